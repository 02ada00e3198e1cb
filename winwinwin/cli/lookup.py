"""Finding one interaction in files, by its id."""

from collections.abc import Sequence
from typing import Any

from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    near_ones,
    printable,
    quoted,
)
from winwinwin.interaction import Recorded
from winwinwin.judgement import Unjudged
from winwinwin.sources.documents import STANDARD_INPUT, read_all
from winwinwin.sources.shapes import PassedOverError

MOST = 5
"""Ids that are offered, or mistakes that are told, where an id is not there."""


def from_file(
    name: str, record_id: str | None, flags: dict[str, Any], input_format: str | None
) -> Recorded:
    """Find the one interaction with an id in a file (or what else batch reads).

    Raises UsageError without an id or with flags beside it, WinwinwinError where the id is not
    there, is there twice, or is that of an invalid record, or may be.
    """
    if flags or record_id is None:
        hint = "Give a file and the id of one of its interactions, or flags alone."
        raise UsageError(Problem("a file goes with an id, and not with flags", hint=hint))
    found: list[Recorded] = []
    others: list[str] = []
    problems: list[Problem] = []
    nameless: list[Problem] = []
    """What is wrong with records whose id can't be read."""
    for item in read_all([name], input_format):
        if isinstance(item, PassedOverError):
            continue
        if isinstance(item, UnreadableError):
            problems += item.problems
        elif isinstance(item, Unjudged):
            problems += item.problems if item.id == record_id else ()
            nameless += item.problems if item.id is None else ()
        elif item.about.id == record_id:
            found.append(item)
        elif item.about.id:
            others.append(item.about.id)
    if len(found) == 1:
        return found[0]
    if found:
        raise WinwinwinError(_several(name, record_id, found))
    raise WinwinwinError(*(problems or [_none(name, record_id, others), *nameless[:MOST]]))


def _several(name: str, record_id: str, found: Sequence[Recorded]) -> Problem:
    places = ", ".join(f"{recorded.source}:{recorded.line}" for recorded in found)
    what = f"{len(found)} interactions have the id {quoted(record_id)}: {places}"
    return Problem(what, hint="Give each an id of its own.", place=_place(name))


def _none(name: str, record_id: str, others: Sequence[str]) -> Problem:
    """Say that no interaction has an id, and which have one that holds it or is like it."""
    holding = [other for other in others if record_id.lower() in other.lower()]
    near = list(dict.fromkeys([*holding[:MOST], *near_ones(record_id, others, MOST)]))[:MOST]
    also = f"or {', '.join(near[1:])}" if near[1:] else ""
    what = f"no interaction has the id {quoted(record_id)}"
    return Problem(what, printable(also), near[0] if near else None, place=_place(name))


def _place(name: str) -> Place:
    return Place("standard input" if name == STANDARD_INPUT else name)

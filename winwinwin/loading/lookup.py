"""Finding one interaction in files, by its id or by its place."""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    printable,
    quoted,
)
from winwinwin.kernel.judgement import Unjudged
from winwinwin.loading.documents import read_as
from winwinwin.loading.paths import READ_FROM
from winwinwin.loading.shapes import INTERACTIONS, PassedOverError
from winwinwin.near import near_ones
from winwinwin.output import streams
from winwinwin.output.streams import STANDARD_INPUT
from winwinwin.parsing.draft import Draft
from winwinwin.record.checking import check
from winwinwin.record.interaction import Recorded

MOST = 5
"""Names that are offered, or mistakes that are named, where nothing is found."""
PLACE = re.compile(r"(?:(.+?)??:)?([1-9][0-9]{0,8})(?::[0-9]+)?", re.DOTALL)
"""`week.yaml:12`, `:12` or `12`; a column behind it, as in messages, is passed over."""


class Wanted(NamedTuple):
    """What a record is looked for by."""

    name: str
    """Its id."""
    source: str | None
    """The file of its place; None for any."""
    line: int | None
    """A line of it; None where the name is not a place."""

    @classmethod
    def of(cls, written: str) -> "Wanted":
        """Read an id that may be a place too: a record with this id comes first."""
        place = PLACE.fullmatch(written)
        return cls(written, place[1], int(place[2])) if place else cls(written, None, None)


class Found(NamedTuple):
    """A record, and the lines that it takes."""

    item: Recorded | Unjudged
    source: str
    lines: range

    @property
    def id(self) -> str | None:
        return self.item.about.id if isinstance(self.item, Recorded) else self.item.id

    @property
    def place(self) -> str:
        return f"{self.source}:{self.lines.start}"

    def match(self, wanted: Wanted) -> int | None:
        """Return how this record is meant: 0 by its id, 1 by its place, None if it is not.

        2 is by its place with the name of the file alone, unless another file has that name.
        """
        if self.id == wanted.name:
            return 0
        if wanted.line is None or wanted.line not in self.lines:
            return None
        if wanted.source is None or is_same_source(wanted.source, self.source):
            return 1
        is_other = os.path.exists(wanted.source)  # noqa: PTH110  # Path.exists raises for a name that is too long
        return None if is_other or wanted.source != Path(self.source).name else 2


def is_same_source(written: str, source: str) -> bool:
    """Tell whether somebody means a source; a file by any of its paths."""
    if READ_FROM in (written, source):
        return written == source
    return os.path.realpath(written) == os.path.realpath(source)


def found(draft: Draft) -> Found:
    """Check a record, and tell its lines: those of its text, or of the mistakes in it."""
    item = check(draft)
    if draft.line:
        text = draft.tape.text(draft.start, draft.end).rstrip().split("\n")
        while text[1:] and (not text[-1].strip() or text[-1].lstrip().startswith("#")):
            text.pop()  # what is above the next record belongs to that
        return Found(item, draft.tape.source, range(draft.line, draft.line + len(text)))
    at = [problem.place.line for problem in draft.problems if problem.place]
    known = [line for line in at if line is not None] or [0]
    return Found(item, draft.tape.source, range(min(known), max(known) + 1))


def from_file(
    name: str, record_id: str | None, flags: dict[str, Any], input_format: str | None
) -> Recorded:
    """Find the one interaction with an id, or at a place, in a file (or what else batch reads).

    Raises UsageError without an id or with flags beside it, WinwinwinError where nothing has the
    id or the place, several have it, or an invalid record has it or may have.
    """
    if flags or record_id is None:
        what = "Either a file and the id of one of its interactions, or flags"
        raise UsageError(Problem(what))
    items = read_as(found, [name], input_format, INTERACTIONS)
    held = (item for item in items if not isinstance(item, PassedOverError))
    return one_of(held, Wanted.of(record_id), _place(name))


def one_of(items: Iterable[Found | UnreadableError], wanted: Wanted, where: Place) -> Recorded:
    """Return the one record that is wanted; raises as `from_file` does."""
    meant: tuple[list[Found], ...] = ([], [], [])
    """By how they are meant."""
    others: list[Other] = []
    unread: list[Problem] = []
    nameless: list[Problem] = []
    """What is wrong with records whose id can't be read."""
    for item in items:
        if isinstance(item, UnreadableError):
            unread += item.problems
        elif (match := item.match(wanted)) is not None:
            meant[match].append(item)
        elif isinstance(item.item, Recorded):
            others.append(Other(item.id, item.place, item.lines.start))
        elif item.id is None:
            nameless += item.item.problems
    matches = next(filter(None, meant), [])
    if not matches:
        problems = unread or [_none(wanted, others).at(where), *nameless[:MOST]]
        raise WinwinwinError(*problems)
    if matches[1:]:
        raise WinwinwinError(_several(wanted, matches).at(where))
    [only] = matches
    if isinstance(only.item, Unjudged):
        raise WinwinwinError(*only.item.problems)
    alike = [only.place, *(other.place for other in others if only.id and other.id == only.id)]
    if alike[1:]:
        hint = f"This is the one at {printable(only.place)}."
        streams.warn(f"{Problem(_shared(only.id or '', alike), hint=hint)}\n")
    return only.item


class Other(NamedTuple):
    """What is kept of a record that is not wanted, to be offered instead."""

    id: str | None
    place: str
    line: int


def _several(wanted: Wanted, matches: Sequence[Found]) -> Problem:
    if matches[0].id != wanted.name:
        places = listed_some([match.place for match in matches])
        what = f"{len(matches)} interactions are at {quoted(wanted.name)}: {places}"
        return Problem(what, hint="Name the file too.")
    what = _shared(wanted.name, [match.place for match in matches])
    return Problem(what, hint="Give each an id of its own, or explain one by its place.")


def _shared(name: str, places: Sequence[str]) -> str:
    return f"{len(places)} interactions have the id {quoted(name)}: {listed_some(places)}"


def listed_some(words: Sequence[str]) -> str:
    more = f" and {len(words) - MOST:,} more" if len(words) > MOST else ""
    return printable(", ".join(words[:MOST]) + more)


def _none(wanted: Wanted, others: Sequence[Other]) -> Problem:
    """Say that nothing is found, and what is like it: an id that holds it, or a record near by."""
    ids = [other.id for other in others if other.id]
    holding = [name for name in ids if wanted.name.lower() in name.lower()]
    near = [*holding[:MOST], *near_ones(wanted.name, ids, MOST), *_beside(wanted, others)]
    near = list(dict.fromkeys(near))[:MOST]
    also = f"or {', '.join(near[1:])}" if near[1:] else ""
    by = "id" if wanted.line is None else "id or place"
    what = f"no interaction has the {by} {quoted(wanted.name)}"
    hint = "A number is a line of the file." if wanted.name.isdigit() and wanted.line else ""
    return Problem(what, printable(also), near[0] if near else None, hint)


def _beside(wanted: Wanted, others: Sequence[Other]) -> list[str]:
    """Return the places of the records that are nearest to a line."""
    line = wanted.line
    if line is None:
        return []
    nearest = sorted(others, key=lambda other: abs(other.line - line))
    return [other.place for other in nearest[:2]]


def _place(name: str) -> Place:
    return Place(READ_FROM if name == STANDARD_INPUT else name)

"""The last record of a YAML file taken back, and every other byte left as it is."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from winwinwin.errors import Place, Problem, WinwinwinError
from winwinwin.loading.appending import (
    BOM,
    End,
    end_of,
    held,
    newline_of,
    placed,
    refuse_others,
    said,
)

BY_HAND = "Remove the record by hand."


class Cut(NamedTuple):
    """A file's text in two."""

    kept: str
    removed: str
    """The lines of the last record."""


def cut(content: str, name: str) -> Cut:
    """Cut the last record out of the text of a file; comments above and below it are kept.

    A record that was appended leaves the very text that it was appended to. Raises WinwinwinError
    where the text is not YAML, looks like a rulebook, cases or a mapping, or does not end with a
    record that can be cut out.
    """
    refuse_others(content, name)
    try:
        end = end_of(content, name)
    except WinwinwinError as error:
        raise WinwinwinError(*(_by_hand(problem) for problem in error.problems)) from None
    if end.is_empty:
        raise _refusal(name, "holds no record to take back", "")
    mark = BOM if content.startswith(BOM) else ""
    lines = content.removeprefix(BOM).splitlines(keepends=True)
    dash = _dash(lines, end)
    before = mark + "".join(lines[:dash])
    record, tail = lines[dash : end.last + 1], lines[end.last + 1 :]
    kept = next(_origins(content, before, record, name), before + "".join(tail))
    if not all(map(_is_no_data, tail)) or not _holds_the_others(kept, content, name):
        raise _refusal(name, "does not end with a record that can be cut out", BY_HAND)
    return Cut(kept, "".join(record))


def _dash(lines: list[str], end: End) -> int:
    """Return the line of the last record's dash: what it says may begin further down."""
    line = end.first
    while line > 0 and lines[line][: end.column + 1].strip() != "-":
        line -= 1
    return line


def _origins(content: str, before: str, record: list[str], name: str) -> Iterator[str]:
    """Yield the texts that become this one when the record is appended; there is one at most."""
    newline = newline_of(content)
    lines = [line.rstrip("\r\n") for line in record]
    for added in ("", newline, newline * 2):
        if before.endswith(added):
            old = before.removesuffix(added)
            with suppress(WinwinwinError):
                if placed(old, lines, end_of(old, name)) == content:
                    yield old


def _is_no_data(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _holds_the_others(kept: str, content: str, name: str) -> bool:
    """Tell whether all records but the last are read as before."""
    try:
        left = held(kept, name)
    except WinwinwinError:
        return False
    return list(map(said, left)) == list(map(said, held(content, name)[:-1]))


def _by_hand(problem: Problem) -> Problem:
    """Give advice on removing where there was some on adding; a fault of the text keeps its own."""
    is_whole = problem.place is not None and problem.place.line is None
    return replace(problem, hint=BY_HAND) if is_whole else problem


def _refusal(name: str, what: str, hint: str) -> WinwinwinError:
    return WinwinwinError(Problem(what, hint=hint, place=Place(name)))

"""Names for columns whose header gives them none of their own."""

from collections.abc import Iterator, Sequence

from winwinwin.errors import count, quoted

MOST = 3
"""Columns that a line names; the others are counted."""


def repaired(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the names without blanks around them, each one of its own, and lines on what was done.

    A blank name becomes that of its place, `column 4`, and a repeated one gets a number, `Notes 2`.
    """
    bare = [name.strip() for name in names]
    taken = {name.lower() for name in bare}
    last: dict[str, int] = {}
    seen: set[str] = set()
    blank: list[str] = []
    again: list[str] = []
    found = []
    for place, name in enumerate(bare, 1):
        if name and name.lower() not in seen:
            its_own = name
        elif name:
            last[name.lower()] = number = _free(name, last.get(name.lower(), 1) + 1, taken)
            its_own = f"{name} {number}"
            again.append(its_own)
        else:
            its_own = f"column {_free('column', place, taken)}"
            blank.append(its_own)
        taken.add(its_own.lower())
        seen.add(its_own.lower())
        found.append(its_own)
    return found, [*_said(blank, "without a name"), *_said(again, "with a name used before")]


def _free(name: str, number: int, taken: set[str]) -> int:
    """Return the first number, from this one on, with which a name is no other's."""
    while f"{name} {number}".lower() in taken:
        number += 1
    return number


def _said(names: Sequence[str], why: str) -> Iterator[str]:
    if names:
        more = len(names) - MOST
        named = ", ".join(map(quoted, names[:MOST])) + (f" and {more:,} more" if more > 0 else "")
        yield f"{count(len(names), 'column')} {why}: read as {named}"

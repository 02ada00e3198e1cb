"""Names of columns that are usable: none blank, none there twice."""

from collections.abc import Iterable, Sequence

from winwinwin.errors import quoted

MOST = 5
"""Repairs that a note names; the others are counted."""


def repaired(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return names without blanks around them, and lines that say which of them had to be made.

    A blank name becomes `column 4`, by its place; one that is there before, in any case, `Notes 2`.
    """
    stripped = [name.strip() for name in names]
    used = {name.lower() for name in stripped}
    seen: set[str] = set()
    found: list[str] = []
    made: list[str] = []
    for place, name in enumerate(stripped, 1):
        own = name
        if not name:
            own = _free(f"column {place}", used)
            made.append(f"column {place} has no name and is called {quoted(own)}")
        elif name.lower() in seen:
            own = _free(name, used, first=2)
            made.append(f"column {place} repeats {quoted(name)} and is called {quoted(own)}")
        used.add(own.lower())
        seen.add(own.lower())
        found.append(own)
    return found, _said(made)


def _free(name: str, used: Iterable[str], first: int = 1) -> str:
    number, found = first, name if first == 1 else f"{name} {first}"
    while found.lower() in used:
        number += 1
        found = f"{name} {number}"
    return found


def _said(made: Sequence[str]) -> list[str]:
    if not made:
        return []
    more = [f"{len(made) - MOST:,} more likewise"] if len(made) > MOST else []
    return ["; ".join([*made[:MOST], *more])]

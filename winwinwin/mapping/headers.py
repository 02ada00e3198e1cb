"""Finding a column by a name that its header may spell in another way."""

import re
from collections.abc import Iterable, Sequence

from winwinwin.errors import Problem, quoted

FILLERS = re.compile(r"[\s_-]+")


def folded(name: str) -> str:
    """Return what two spellings of a name have in common: neither case, blanks, `-` nor `_`."""
    return FILLERS.sub("", name).casefold()


def columns_called(name: str, columns: Sequence[str]) -> list[str]:
    """Return the column with exactly this name, or else every column that spells it differently."""
    if name in columns:
        return [name]
    wanted = folded(name)
    return [column for column in columns if folded(column) == wanted]


def unnumbered(name: str, columns: Iterable[str]) -> str:
    """Return what a column was called before its name, which another had too, got a number."""
    bare, _, number = name.rpartition(" ")
    is_again = number.isdecimal() and any(bare.lower() == each.lower() for each in columns)
    return bare if is_again else name


def ambiguous(name: str, columns: Iterable[str]) -> Problem:
    """Return the problem of a name that fits several columns."""
    what = f"columns {' and '.join(map(quoted, columns))} both match {quoted(name)}"
    return Problem(what, hint="Rename one of them, or map the right one with --map.")

"""What the readers of all formats share."""

import glob
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.kernel.rulebook import Stamp

if TYPE_CHECKING:
    import ibis.expr.types as ir

AS_IT_IS: dict[str, Any] = {"hive_partitioning": False}
"""Folders called `name=value` are not columns: they would replace a file's own."""


class Manner(NamedTuple):
    """How a text is read. The usual manner is strict, and the fastest."""

    extra: int = 0
    """Values that a row may have beyond the header's, all of them blank; short rows are padded. 0: none, strict."""
    is_cut: bool = False
    """Whether rows are copied without most of what they have beyond that, however much it is."""
    is_long: bool = False
    """Whether lines may be longer than usual, which takes memory."""


class UnevenError(UnreadableError):
    """A row has more or fewer values than the header: padding may help."""


class TooLongError(UnreadableError):
    """A line is longer than is usual: more memory may help."""


def unchecked(_given: int) -> None:
    """Take any number of rows."""


class Read(NamedTuple):
    """Files as one table."""

    table: "ir.Table"
    questions: dict[str, str] = {}  # noqa: RUF012  # nobody adds to it
    """What was asked, by the name of its column, where the file says so."""
    copies: dict[str, Path] = {}  # noqa: RUF012  # nobody adds to it
    """The files that copies of them are read for, by the copy's name."""
    again: Callable[[Manner, list[str]], "ir.Table"] | None = None
    """Reads them in another manner, adding to the notes; None where there is only one."""
    refuse_fewer: Callable[[int], None] = unchecked
    """Raises UnreadableError where an engine gave fewer rows than the files hold."""
    stamps: dict[str, Stamp] = {}  # noqa: RUF012  # nobody adds to it
    """What names the rulebook that judged the rows of a file before, by the file's name."""


def names(paths: Sequence[Path]) -> list[str]:
    """Return the names escaped, because DuckDB would read them as globs."""
    return [glob.escape(str(path)) for path in paths]


def other_columns(place: Place, first: Path) -> Problem:
    hint = f"All tables of a run must have the columns of {first}."
    return Problem("has different columns", hint=hint, place=place)

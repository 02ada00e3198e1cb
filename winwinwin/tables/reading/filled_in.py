"""A workbook that `rules export` wrote and a person filled in."""

from collections.abc import Iterable, Sequence
from typing import Any

from winwinwin.errors import Place, Problem, UnreadableError, count
from winwinwin.kernel.rulebook import Stamp
from winwinwin.mapping.headers import columns_called
from winwinwin.rows.fillable import RULEBOOK
from winwinwin.rows.looking_up import KIND, KINDS
from winwinwin.rows.workbook import SUMMARY
from winwinwin.tables.reading.grid import Grid, texts_of

OTHERS = (SUMMARY, RULEBOOK, KINDS)
"""Its sheets beside that of the entries."""


def stamp_in(rows: Iterable[Sequence[Any]]) -> Stamp | None:
    """Return what names a rulebook in the sheet of that name; None where nothing does."""
    named = {key: value for key, value, *_ in (texts_of(row) for row in rows if len(row) > 1)}
    if not named.get("fingerprint"):
        return None
    return Stamp(*(named.get(key, "") for key in Stamp._fields))


def refuse_unreckoned(grid: Grid, place: Place) -> None:
    """Raise UnreadableError for entries whose formulas hold nothing: their order would be lost."""
    names = texts_of(grid.names)
    columns = [names.index(name) for name in columns_called(KIND, names)]
    bare = [
        number
        for number, row in enumerate(grid.rows, grid.first)
        if grid.holds(number) and any(row[column] == "" for column in columns)
    ]
    if bare:
        rows = f"{count(len(bare), 'row')} filled in"
        what = f"{rows} without a result beside the answers, from row {bare[0]} on"
        hint = (
            "Open it in a spreadsheet, which works the formulas out, and save it there. Where a row still "
            "has no verdict, copy the formulas of another row to it first."
        )
        raise UnreadableError(Problem(what, hint=hint, place=place))

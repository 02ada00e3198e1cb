"""Rows of a text that cannot be read at all: marked by its reader, and invalid, whatever they hold."""

from collections.abc import Sequence

import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError
from winwinwin.tables.steps import HELPER, fetched

MARK = f"{HELPER}broken"
"""The column that says what is wrong with a row: a kind, and the first line that has it."""
MORE, NUL = "more", "nul"
PROBLEMS = {
    MORE: (
        "this row has more values than the header",
        "Quote a value that holds the delimiter, or name the line of the header: --header-row LINE",
    ),
    NUL: ("this row holds a NUL character", "Take it out"),
}


def marked(kind: str, line: int | None) -> str:
    return f"{kind} {line or ''}"


def problem_of(mark: str) -> Problem:
    kind, _, line = mark.partition(" ")
    what, hint = PROBLEMS[kind]
    where = f"; the first such row begins in line {int(line):,}" if line else ""
    return Problem(f"{what}{where}", hint=f"{hint}.")


def unmarked(columns: Sequence[str]) -> list[str]:
    """Return the columns that a table came with."""
    return [name for name in columns if name != MARK]


def readable(table: ir.Table) -> ir.Table:
    """Return the rows that are not marked, with their own columns."""
    if MARK not in table.columns:
        return table
    return table.filter(table[MARK].isnull()).drop(MARK)


def refuse_marked(table: ir.Table) -> ir.Table:
    """Return a table without its marks. Raises UnreadableError for one that has any."""
    if MARK not in table.columns:
        return table
    found = fetched(table.filter(table[MARK].notnull()).select(MARK).limit(1))
    if found:
        raise UnreadableError(problem_of(found[0][MARK]))
    return table.drop(MARK)

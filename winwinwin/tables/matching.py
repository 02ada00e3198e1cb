"""What tables that are brought together need: their rows in order, keys as text, names of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Place, Problem, WinwinwinError, quoted
from winwinwin.mapping.headers import ambiguous, columns_called
from winwinwin.near import nearest
from winwinwin.tables.steps import HELPER, fetched, settled
from winwinwin.tables.texts import as_text
from winwinwin.tables.traits import traits_of

ROW = f"{HELPER}place"
"""The place of a row in a table that has an order, from 0."""
SHOWN = 5
"""How many ids or rows a message names."""


class Prepared(NamedTuple):
    """A table that is ready to be judged."""

    table: ir.Table
    lines: Sequence[str] = ()
    """What to report about how the table was prepared."""


def words_of(column: ir.Value) -> ir.StringValue:
    """Write a column as text without the blanks around it; a blank one is null."""
    return as_text(column).strip().nullif("")


def numbered(table: ir.Table) -> ir.Table:
    """Number the rows of a table that has an order."""
    has_order = traits_of(table).has_order
    return table.mutate(**{ROW: ibis.row_number()}) if has_order else table


def kept(table: ir.Table) -> ir.Table:
    """Return the result of a query, in the order of its numbers where it has them.

    DuckDB keeps it as a table, so that a query with a join is made once and has an order after all.
    """
    return table.order_by(ROW).cache() if ROW in table.columns else settled(table)


def places_of(rows: ir.Table) -> str:
    """Return the numbers of the first of some rows, counted from 1; "" where rows have no order."""
    if ROW not in rows.columns:
        return ""
    few = fetched(rows.order_by(ROW).select(ROW).limit(SHOWN + 1))
    numbers = [f"{row[ROW] + 1:,}" for row in few]
    noun = "row" if len(numbers) == 1 else "rows"
    return f"{noun} {', '.join([*numbers[:SHOWN], *('…' for _ in numbers[SHOWN:])])}"


def column_called(
    name: str, columns: Sequence[str], *, where: str, field: str, place: Place | None
) -> str:
    """Return the column with a name. Raises WinwinwinError where there is none, or several."""
    several = columns_called(name, columns)
    if len(several) == 1:
        return several[0]
    if several:
        problem = ambiguous(name, several)
    else:
        near = nearest(name, columns)
        problem = Problem(f"{where} has no column {quoted(name)}", ", ".join(columns), near)
    raise WinwinwinError(replace(problem, field=field, place=place))


def free_name(name: str, taken: Iterable[str], of: str) -> str:
    """Return a name that no column has in any case: with what it is of after it, and then a number."""
    there = {each.lower() for each in taken}
    found, number = name, 1
    while found.lower() in there:
        found = f"{name} ({of})" if number == 1 else f"{name} ({of} {number})"
        number += 1
    return found

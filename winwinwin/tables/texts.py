"""Columns of any type as text."""

import ibis
import ibis.expr.types as ir

from winwinwin.tables.traits import traits_of

EXACT = 1e15
"""Floats up to here have every whole number."""


def as_text(column: ir.Value) -> ir.StringValue:
    """Write a column as a file would have it: whole numbers without a point, lists with commas."""
    kind = column.type()
    if kind.is_string():
        return column
    if kind.is_array():
        return column.map(lambda item: item.cast("string")).join(",")
    if kind.is_floating() or kind.is_decimal():
        number = column.cast("float64")
        exact = ibis.ifelse(number.abs() < EXACT, number, 0.0)  # rounding makes an int64 of it
        is_whole = (number == exact) & (exact == exact.round())
        whole = ibis.ifelse(is_whole, exact, 0.0).cast("int64").cast("string")
        written = ibis.cases(
            (is_whole, whole),
            (number == exact, number.cast("string")),  # without the zeros that a decimal ends in
            else_=column.cast("string"),
        )
        if traits_of(column).has_loose_types:
            return ibis.ifelse(holds_number(column), written, column.cast("string"))
        return ibis.ifelse(number.isnan(), ibis.null("string"), written)
    return column.cast("string")


def holds_number(column: ir.Value) -> ir.BooleanValue:
    """Tell where a column of numbers holds one: no null, no NaN, and no text in a loose type."""
    if traits_of(column).has_loose_types:
        return column.typeof().isin(("integer", "real"))
    number = column.cast("float64")
    return number.notnull() & ~number.isnan()

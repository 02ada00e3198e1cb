"""What the columns of a table hold, for the draft of a mapping."""

import ibis
import ibis.expr.types as ir

from winwinwin.mapping.drafting.columns import KEPT, Column
from winwinwin.mapping.values import NUMBER
from winwinwin.tables.steps import fetched
from winwinwin.tables.structs import leaves
from winwinwin.tables.texts import as_text


def columns_of(table: ir.Table) -> list[Column]:
    """Ask the engine for the most frequent values of each column."""
    return [_column(table, name, value) for name, value in leaves(table)]


def _column(table: ir.Table, name: str, value: ir.Value) -> Column:
    values = table.select(value=as_text(value)).filter(ibis._.value.notnull())
    counted = values.group_by("value").agg(rows=ibis._.count())
    top = fetched(counted.order_by([ibis.desc("rows"), "value"]).limit(KEPT))
    is_number = values.value.strip().re_search(NUMBER)
    number = ibis.ifelse(is_number, values.value.strip(), "0").cast("float64")
    [summed] = fetched(
        values.agg(
            distinct=values.value.nunique(),
            rows=values.count(),
            numeric=is_number.all(),
            whole=(number == number.round()).all(),
            low=number.min(),
            high=number.max(),
        )
    )
    is_numeric = bool(summed["numeric"])
    numbers = (summed["low"], summed["high"]) if is_numeric else None
    is_whole = is_numeric and bool(summed["whole"])
    listed = [row["value"] for row in top]
    return Column(name, listed, summed["distinct"], summed["rows"], numbers, is_whole).looked_at

"""What the columns of a table hold, for the draft of a mapping."""

import ibis
import ibis.expr.types as ir

from winwinwin.mapping.drafting import FEW, Column
from winwinwin.mapping.values import NUMBER
from winwinwin.tables.structs import leaves
from winwinwin.tables.texts import as_text


def columns_of(table: ir.Table) -> list[Column]:
    """Ask the engine for the most frequent values of each column."""
    return [_column(table, name, value) for name, value in leaves(table)]


def _column(table: ir.Table, name: str, value: ir.Value) -> Column:
    values = table.select(value=as_text(value)).filter(ibis._.value.notnull())
    counted = values.group_by("value").agg(rows=ibis._.count())
    top = counted.order_by([ibis.desc("rows"), "value"]).limit(FEW + 1).to_pyarrow().to_pylist()
    is_number = values.value.strip().re_search(NUMBER)
    number = ibis.ifelse(is_number, values.value.strip(), "0").cast("float64")
    [summed] = (
        values.agg(
            distinct=values.value.nunique(),
            numeric=is_number.all(),
            low=number.min(),
            high=number.max(),
        )
        .to_pyarrow()
        .to_pylist()
    )
    numbers = (summed["low"], summed["high"]) if summed["numeric"] else None
    return Column(name, [row["value"] for row in top], summed["distinct"], numbers)

"""Tables of any size, on any engine that Ibis reaches: each kind judged once, and joined back."""

from typing import Any

import ibis
import ibis.expr.types as ir

from winwinwin.evaluation import Judge
from winwinwin.rulebook import Rulebook
from winwinwin.sources.mapping import Mapping
from winwinwin.sources.mapping_file import load_mapping, mapping_of
from winwinwin.tables.judged import judge_rows
from winwinwin.tables.layout import refuse_helpers
from winwinwin.tables.steps import HELPER
from winwinwin.tables.verdicts import refuse_clash

ROW = f"{HELPER}row"


def judge_table(
    table: Any,
    mapping: Mapping | dict[str, Any] | str | None = None,
    rulebook: Rulebook | None = None,
    *,
    assumptions: bool = True,
    prefix: str = "",
) -> ir.Table:
    """Return a table with the verdict columns added, to be computed when it is asked for.

    Takes a table of Ibis, or what `ibis.memtable` takes: a pandas, Polars or Arrow frame. The
    mapping is a file's name, or its content as plain values; without one, columns are found by
    their names. The distinct values are read at once, the rows not before the result is executed.
    A row that cannot be read has the verdict `invalid` and a `problem`.

    Raises WinwinwinError where no column holds a fact, or one holds too many distinct values.
    """
    is_frame = not isinstance(table, ir.Table)
    source = ibis.memtable(table) if is_frame else table
    if isinstance(mapping, str):
        mapping = load_mapping(mapping)
    elif isinstance(mapping, dict):
        mapping = mapping_of(mapping)
    refuse_helpers(source.columns)
    refuse_clash(source.columns, prefix)
    if is_frame:  # the rows of a frame have an order, those of a table have none
        source = source.mutate(**{ROW: ibis.row_number()})
    judged = judge_rows(source, mapping, Judge(rulebook, assumptions=assumptions)).rows(prefix)
    return judged.order_by(ROW).drop(ROW) if is_frame else judged

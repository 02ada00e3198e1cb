"""What becomes of a table before its rows are judged: a row per interaction, with what belongs to it."""

import ibis.expr.types as ir

from winwinwin.errors import printable
from winwinwin.mapping.model import Mapping
from winwinwin.tables.joining import joined
from winwinwin.tables.layout import refuse_helpers
from winwinwin.tables.marks import unmarked
from winwinwin.tables.matching import Prepared
from winwinwin.tables.widening import widened


def prepared(
    table: ir.Table, mapping: Mapping | None, name: str = "", *, has_tables: bool = True
) -> Prepared:
    """Return a table with a row per interaction and the columns of all that is joined.

    It has a name where others may be meant by what is said of it.

    Its engine has other tables that may be joined, or only the files. Raises WinwinwinError where a
    column that this needs is missing, where an id has two answers to one question, and where a row
    would match several of what is joined.
    """
    lines: list[str] = []
    if mapping and (mapping.long or mapping.joins):
        refuse_helpers(unmarked(table.columns))
    if mapping and mapping.long:
        table, said = widened(table, mapping.long, mapping)
        lines += [f"{printable(name)}: {line}" if name else line for line in said]
    if mapping and mapping.joins:
        table, said = joined(table, mapping.joins, has_tables=has_tables)
        lines += said
    return Prepared(table, lines)

"""Building a query in steps that stay steps, and fetching what little it comes down to."""

from typing import Any

import ibis.expr.types as ir
from ibis.util import gen_name

from winwinwin.tables.traits import traits_of

HELPER = "winwinwin__"
"""What the names of helper columns begin with."""


EVERY_ROW = 1 << 62


def settled(table: ir.Table) -> ir.Table:
    """Return the same rows as a query of their own.

    Ibis fuses a step with the next one by writing out each column wherever it is used; over a few
    steps that makes megabytes of SQL. A limit of nothing keeps them apart. PostgreSQL's planner does
    the same to nested queries, and is only kept from it by a limit that is there. SQLite's parser
    takes only so many in each other: with a name, each stands before the next.
    """
    its = traits_of(table)
    step = table.limit(EVERY_ROW if its.fuses_queries else None)
    return step.alias(gen_name(HELPER)) if its.names_queries else step


def fetched(table: ir.Table) -> Any:
    """Return a small result as a table of Arrow.

    Asked for in batches: to give it whole, Ibis loads pandas for DuckDB, half a second of a start.
    """
    import pyarrow as pa

    schema = table.schema().to_pyarrow()
    batches = [*table.to_pyarrow_batches()]  # each has the types that the engine chose
    return pa.Table.from_batches(batches).cast(schema) if batches else schema.empty_table()


def rows_of(table: ir.Table) -> int:
    """Return the number of rows of a table."""
    return int(fetched(table.agg(rows=table.count()))["rows"][0].as_py())


def literal(text: str) -> str:
    """Write a text in SQL."""
    return "'" + text.replace("'", "''") + "'"

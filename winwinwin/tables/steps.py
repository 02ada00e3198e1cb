"""Building a query in steps that stay steps, and fetching what little it comes down to."""

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.util import gen_name

from winwinwin.tables.traits import traits_of

HELPER = "winwinwin__"
"""What the names of helper columns begin with."""


EVERY_ROW = 1 << 62
PLAIN = (dt.String, dt.Boolean, dt.Integer, dt.Floating)
"""The types whose values are the same, whoever hands them over."""


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


def viewed(table: ir.Table, *, is_kept: bool = False) -> ir.Table:
    """Return the same rows as a view of an engine of this process, or as a table that it keeps.

    Ibis writes a query out anew for each that is made of it, which takes a quarter of a second for
    the tokens of a mapping. The view goes with the connection; what Ibis caches may go before it.
    """
    if not traits_of(table).is_local or table.op().find(ops.InMemoryTable):
        return table.cache() if is_kept else table
    engine, name = ibis.get_backend(table), gen_name(HELPER)
    engine.raw_sql(
        f"CREATE TEMP {'TABLE' if is_kept else 'VIEW'} {name} AS {engine.compile(table)}"
    )
    return ops.DatabaseTable(name, schema=table.schema(), source=engine).to_expr()


def fetched(table: ir.Table) -> list[dict[str, Any]]:
    """Return a small result, row by row."""
    names = table.columns
    return [dict(zip(names, row, strict=True)) for row in fetched_values(table)]


def fetched_values(table: ir.Table) -> list[tuple[Any, ...]]:
    """Return the values of each row of a small result, in the order of the columns.

    An engine of this process hands plain values over by itself: Arrow and its NumPy take a fifth of
    a second of a start. The others are asked in batches: to give all at once, Ibis loads pandas.
    """
    schema = table.schema()
    if _is_at_hand(table):
        engine = ibis.get_backend(table)
        found: list[tuple[Any, ...]] = engine.raw_sql(engine.compile(table)).fetchall()
        return found
    import pyarrow as pa

    batches = [*table.to_pyarrow_batches()]  # each has the types that the engine chose
    if not batches:
        return []
    columns = pa.Table.from_batches(batches).cast(schema.to_pyarrow()).columns
    return [*zip(*(column.to_pylist() for column in columns), strict=True)]


def _is_at_hand(table: ir.Table) -> bool:
    """Tell whether the engine has the values itself; a frame is first brought there, by Ibis."""
    is_plain = all(isinstance(kind, PLAIN) for kind in table.schema().types)
    return is_plain and traits_of(table).is_local and not table.op().find(ops.InMemoryTable)


def rows_of(table: ir.Table) -> int:
    """Return the number of rows of a table."""
    [found] = fetched(table.agg(rows=table.count()))
    return int(found["rows"])


def literal(text: str) -> str:
    """Write a text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def value(given: Any) -> str:
    """Write in SQL of DuckDB a text, a number, an answer, or a list or mapping of these."""
    if isinstance(given, Mapping):
        return f"{{{', '.join(f'{literal(key)}: {value(each)}' for key, each in given.items())}}}"
    if isinstance(given, list):
        return f"[{', '.join(map(value, given))}]"
    return literal(given) if isinstance(given, str) else str(given).lower()

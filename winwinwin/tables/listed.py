"""The values of the kinds as lists of DuckDB, looked up by position.

A join would lose the order of the rows; this keeps it. And as each list holds few different texts,
they are an enumeration's: a row carries a byte or two and no text, which halves the time of writing.
"""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from winwinwin.tables.kinds import KEY
from winwinwin.tables.steps import HELPER, literal
from winwinwin.tables.verdicts import (
    GAP_SECONDS,
    LookUp,
    VerdictValues,
    helper,
    join,
    values_table,
)

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

LONGEST = 1 << 22
"""Places of a list. More keys than that are joined, and the rows sorted: slower, and rarely needed."""
TABLE = f"{HELPER}values"
ROW = f"{HELPER}row"


def _variable(of: dt.DataType) -> Any:
    """Return the function that gets a list from a variable."""
    signature = ((dt.string,), dt.Array(of))
    return ibis.udf.scalar.builtin(_any, name="getvariable", signature=signature)


def _element(of: dt.DataType) -> Any:
    """Return the function that gets a value of a list, counted from 1."""
    signature = ((dt.Array(of), dt.int64), of)
    return ibis.udf.scalar.builtin(_any_at, name="list_extract", signature=signature)


def _any(variable: Any) -> Any:
    """Stand for a function of the engine."""


def _any_at(values: Any, place: Any) -> Any:
    """Stand for another one."""


def listed(engine: "Backend", *, enumerated: bool) -> LookUp:
    """Return what looks values up in lists; enumerated ones are for files, which hold text."""

    def look_up(table: ir.Table, decided: VerdictValues) -> ir.Table:
        if decided.size > LONGEST:
            among = engine.create_table(TABLE, values_table(decided), temp=True, overwrite=True)
            return join(table.mutate(**{ROW: ibis.row_number()}), decided, among).order_by(ROW)
        _make_lists(engine, decided, enumerated=enumerated)
        place = (table[KEY] + 1).cast("int64")
        types = {name: _type(name) for name in decided.columns if name != KEY}
        added = {
            helper(name): _element(kind)(_variable(kind)(helper(name)), place)
            for name, kind in types.items()
        }
        return table.mutate(**added)

    return look_up


def _type(name: str) -> dt.DataType:
    return dt.float64 if name == GAP_SECONDS else dt.string


def _make_lists(engine: "Backend", decided: VerdictValues, *, enumerated: bool) -> None:
    """Set a variable for each verdict column: a list with the value of every key at its place.

    They go there as JSON: to take values of Python, DuckDB loads pandas, a third of a second.
    """
    columns = decided.columns
    types = dict.fromkeys(columns, "VARCHAR") | {KEY: "BIGINT"}
    if GAP_SECONDS in types:
        types[GAP_SECONDS] = "DOUBLE"
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    read = f"from_json({literal(json.dumps(rows))}, {literal(json.dumps([types]))})"
    made = f"SELECT unnest({read}, recursive := true)"
    engine.raw_sql(f"CREATE OR REPLACE TEMP TABLE {TABLE} AS {made}")
    every_key = f"range({decided.size}) AS every({KEY}) LEFT JOIN {TABLE} USING ({KEY})"
    for name, values in columns.items():
        if name != KEY:
            value = _value(name, values, enumerated=enumerated)
            made = f"SELECT list({value} ORDER BY {KEY}) FROM {every_key}"  # noqa: S608  # our own names
            engine.raw_sql(f"SET VARIABLE {helper(name)} = ({made})")
    engine.raw_sql(f"DROP TABLE {TABLE}")


def _value(name: str, values: Iterable[str], *, enumerated: bool) -> str:
    """Write in SQL what a list holds of a verdict column."""
    if name == GAP_SECONDS:
        return f'"{name}"'
    text = f"nullif(\"{name}\", '')"
    words = ", ".join(map(literal, sorted(set(values) - {""})))
    return f"CAST({text} AS ENUM({words}))" if enumerated else text

"""The answers of the kinds as lists of DuckDB, looked up by position.

A join would lose the order of the rows; this keeps it. And as each list holds few different texts,
they are an enumeration's: a row carries a byte or two and no text, which halves the time of writing.
"""

from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from winwinwin.tables.kinds import KEY, Kinds, key_count
from winwinwin.tables.steps import HELPER, literal
from winwinwin.tables.verdicts import (
    ANSWERS,
    GAP_SECONDS,
    LookUp,
    answer,
    answer_rows,
    answers_table,
    join,
)

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

LONGEST = 1 << 22
"""Places of a list. More keys than that are joined, and the rows sorted: slower, and rarely needed."""
TABLE = f"{HELPER}answers"
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
    """Return what looks answers up in lists; enumerated ones are for files, which hold text."""

    def look_up(table: ir.Table, kinds: Kinds) -> ir.Table:
        if key_count(kinds.alphabets) > LONGEST:
            answers = engine.create_table(TABLE, answers_table(kinds), temp=True, overwrite=True)
            return join(table.mutate(**{ROW: ibis.row_number()}), answers).order_by(ROW)
        _make_lists(engine, kinds, enumerated=enumerated)
        place = (table[KEY] + 1).cast("int64")
        numbers, texts = dt.float64, dt.string
        added = {
            answer(name): _element(kind)(_variable(kind)(answer(name)), place)
            for name, kind in {**dict.fromkeys(ANSWERS, texts), GAP_SECONDS: numbers}.items()
        }
        return table.mutate(**added)

    return look_up


def _make_lists(engine: "Backend", kinds: Kinds, *, enumerated: bool) -> None:
    """Set a variable for each answer: a list with the answer of every key at its place."""
    import pyarrow as pa

    columns = answer_rows(kinds)
    source = f"{HELPER}every_answer"
    engine.con.register(source, pa.table({"key": columns.pop(KEY), **columns}))
    every_key = f"range({key_count(kinds.alphabets)}) AS every(key) LEFT JOIN {source} USING (key)"
    for name, values in columns.items():
        value = f'"{name}"'
        words = sorted(set(values) - {""}) if name != GAP_SECONDS else []
        if name != GAP_SECONDS:
            value = f"nullif({value}, '')"
        if words and enumerated:
            value = f"CAST({value} AS ENUM({', '.join(map(literal, words))}))"
        made = f"SELECT list({value} ORDER BY key) FROM {every_key}"  # noqa: S608  # our own names
        engine.raw_sql(f"SET VARIABLE {answer(name)} = ({made})")
    engine.con.unregister(source)

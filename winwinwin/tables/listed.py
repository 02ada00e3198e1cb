"""The answers of the kinds as lists of DuckDB, looked up by position.

A join would lose the order of the rows; this keeps it. And as each list holds few different texts,
they are an enumeration's: a row carries a byte or two and no text, which halves the time of writing.
"""

from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from winwinwin.tables.kinds import KEY, Kinds, key_count
from winwinwin.tables.steps import HELPER
from winwinwin.tables.verdicts import ANSWERS, GAP_SECONDS, LookUp, answer, answer_rows, answers_table, join

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

LONGEST = 1 << 22
"""Places of a list. More keys than that are joined, and the rows sorted: slower, and rarely needed."""
TABLE = f"{HELPER}answers"
ROW = f"{HELPER}row"


def _variable(of: dt.DataType) -> Any:
    signature = ((dt.string,), dt.Array(of))
    return ibis.udf.scalar.builtin(lambda variable: None, name="getvariable", signature=signature)  # noqa: ARG005  # the name of its parameter


def _element(of: dt.DataType) -> Any:
    signature = ((dt.Array(of), dt.int64), of)
    return ibis.udf.scalar.builtin(lambda values, place: None, name="list_extract", signature=signature)  # noqa: ARG005  # as above


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
            value = f"CAST({value} AS ENUM({', '.join(map(_literal, words))}))"
        engine.raw_sql(f"SET VARIABLE {answer(name)} = (SELECT list({value} ORDER BY key) FROM {every_key})")
    engine.con.unregister(source)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"

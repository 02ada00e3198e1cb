"""Writing judged tables to files, by the engine that holds them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from winwinwin.errors import Place, Problem, UsageError
from winwinwin.tables.json_numbers import with_finite
from winwinwin.tables.steps import literal
from winwinwin.tables.traits import traits
from winwinwin.tables.verdicts import GAP_SECONDS

OPTIONS = {
    "csv": "FORMAT csv, HEADER",
    "tsv": "FORMAT csv, HEADER, DELIMITER '\t'",
    "parquet": "FORMAT parquet",
    "jsonl": "FORMAT json",
    "json": "FORMAT json, ARRAY true",
}
"""DuckDB's options for each format that holds rows."""

TEXTS = ("csv", "tsv")
"""The formats where every value is text."""

NUMERIC = (*TEXTS, "parquet")
"""The formats that can hold what is not a number; JSON can't."""

COMMON = (dt.String, dt.Binary, dt.Boolean, dt.Numeric, dt.Date, dt.Time, dt.Timestamp)
"""Types that files and databases have alike."""


MODEST = "400MB"
"""The memory in which DuckDB writes rows, where that is enough: with more it only reads further ahead."""


def write_file(
    engine: Any,
    judged: ir.Table,
    path: Path,
    its_format: str,
    prefix: str,
    memory_limit: str | None = None,
) -> int:
    """Write a table and return the number of rows written."""
    table = with_short_gaps(judged, prefix) if its_format in TEXTS else judged
    its = traits(engine)
    if its.is_local:
        copy = _copy(engine.compile(table), table.schema(), path, its_format)
        return _copied(engine, copy) if memory_limit else _copied_modestly(engine, copy)
    if its.writes_folders:
        return _write_folder(engine, table, path, its_format)
    import duckdb

    sent = with_texts(table, is_text=its_format in TEXTS)
    with duckdb.connect() as local:
        local.register("judged", engine.to_pyarrow_batches(sent))
        copy = _copy("FROM judged", sent.schema(), path, its_format)
        return int(local.execute(copy).fetchall()[0][0])


def _copied(engine: Any, copy: str) -> int:
    return int(engine.raw_sql(copy).fetchall()[0][0])


def _copied_modestly(engine: Any, copy: str) -> int:
    """Copy in little memory, or from the start in all that the engine may use."""
    import duckdb

    [[usual]] = engine.raw_sql("SELECT current_setting('memory_limit')").fetchall()
    try:
        engine.raw_sql(f"SET memory_limit = {literal(MODEST)}")
        return _copied(engine, copy)
    except duckdb.OutOfMemoryException:  # the rows are long, or the tables lie in memory
        pass
    finally:
        engine.raw_sql(f"SET memory_limit = {literal(usual)}")
    return _copied(engine, copy)


def _copy(query: str, schema: Mapping[str, dt.DataType], path: Path, its_format: str) -> str:
    """Return the statement by which DuckDB writes a query's rows."""
    rows = query if its_format in NUMERIC else with_finite(query, schema)
    return f"COPY ({rows}) TO {literal(str(path))} ({OPTIONS[its_format]})"


def _write_folder(engine: Any, table: ir.Table, path: Path, its_format: str) -> int:
    """Have the workers of a cluster write a folder, so that no row comes here."""
    if its_format == "parquet":
        engine.to_parquet_dir(table, path)
        return int(engine.read_parquet(path).count().to_pyarrow().as_py())
    texts = with_texts(table, is_text=True)
    engine.to_csv_dir(texts, path, options={"header": "true", "quote": '"', "escape": '"'})
    written = engine.read_csv(path, header=True, multiLine=True, quote='"', escape='"')
    return int(written.count().to_pyarrow().as_py())


def refuse_folder(name: str) -> None:
    """Raise UsageError for a folder that exists: a cluster writes new ones."""
    if Path(name).exists():
        hint = "A cluster writes a folder; choose another name."
        raise UsageError(Problem("already exists", hint=hint, place=Place(name)))


def with_texts(table: ir.Table, *, is_text: bool) -> ir.Table:
    """Have a database write as text what a file has no type for: in a file of text, everything."""
    return table.mutate(
        **{
            name: table[name].cast("string")
            for name, kind in table.schema().items()
            if not (kind.is_string() if is_text else _is_common(kind))
        }
    )


def _is_common(kind: dt.DataType) -> bool:
    """Tell whether files have a type like a database's; not for numbers of any length."""
    if isinstance(kind, dt.Array):
        return _is_common(kind.value_type)
    if isinstance(kind, dt.Decimal):
        return kind.precision is not None
    return isinstance(kind, COMMON)


def with_short_gaps(judged: ir.Table, prefix: str) -> ir.Table:
    """Write whole gaps without a point, as in the CSV of records."""
    name = f"{prefix}{GAP_SECONDS}"
    gap = judged[name]
    whole = gap == gap.floor()
    digits = ibis.ifelse(whole, gap, 0.0).cast("int64").cast("string")
    return judged.mutate(**{name: ibis.ifelse(whole, digits, gap.cast("string"))})

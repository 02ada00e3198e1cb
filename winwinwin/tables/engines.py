"""Databases and clusters: whatever Ibis reaches by a URL."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    interruption,
    missing,
    nearest,
    quoted,
)
from winwinwin.tables.files import without_bar
from winwinwin.tables.traits import traits

EXTRAS = {"postgres": "postgres", "postgresql": "postgres", "spark": "spark", "pyspark": "spark"}
"""The part of the installation that a URL's scheme needs."""

FILE_ENGINES = ("duckdb", "sqlite")
"""Engines whose URL names a file."""

SPARK = {
    "spark.log.level": "ERROR",  # the program reports what matters
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",  # or the workers need this very Python
}
"""Settings of Spark, where its URL says nothing else."""

PREFACE = "An error occurred while calling "
"""The line that comes before what Spark says."""


def connect(url: str) -> Any:
    """Connect to the engine at a URL.

    Raises UsageError for a URL of no engine, MissingExtraError for an engine that is not installed,
    UnreadableError where it does not answer.
    """
    scheme = urlsplit(url).scheme
    if not scheme:
        hint = "Write it like postgres://user@host/database or duckdb://file.db."
        raise UsageError(Problem(f"--connect: {quoted(url)} is not a URL", hint=hint))
    _check_file(url)
    try:
        engine = _spark(url) if scheme == "spark" else ibis.connect(url)
    except ImportError as error:
        raise missing(EXTRAS.get(scheme, "tables"), error) from None
    except Exception as error:  # each engine has exceptions of its own
        what = f"cannot be reached: {brief(error)}"
        hint = "Check the address, and that the engine is running."
        raise UnreadableError(Problem(what, hint=hint, place=Place(shown(url)))) from None
    return without_bar(engine) if traits(engine).is_local else engine


def _check_file(url: str) -> None:
    """Raise UnreadableError for a database's file that is not there: it would be made."""
    parts = urlsplit(url)
    name = f"{parts.netloc}{parts.path}"
    is_file = parts.scheme in FILE_ENGINES and name and ":" not in name
    if is_file and not Path(name).exists():
        problem = Problem("no such database", hint="Check its name.")
        raise UnreadableError(problem.at(Place(shown(url))))


def _spark(url: str) -> Any:
    """Connect to a cluster by its master's URL, with Spark's settings after a question mark."""
    from pyspark.sql import SparkSession

    parts = urlsplit(url)
    builder = SparkSession.builder.master(f"spark://{parts.netloc}").appName("winwinwin")
    for name, value in {**SPARK, **dict(parse_qsl(parts.query))}.items():
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.getOrCreate())


def shown(url: str) -> str:
    """Return a URL without what may be secret: its password, and the settings after it."""
    parts = urlsplit(url)
    plain = url.partition("?")[0]
    if parts.password is None:
        return plain
    return plain.replace(f":{parts.password}@", ":***@", 1)


def open_table(engine: Any, name: str) -> ir.Table:
    """Return a table by its name, or schema and name. Raises UnreadableError if it does not exist."""
    *schema, table = name.split(".")
    try:
        found = engine.table(table, database=".".join(schema) or None)
        return _passed_on(found) if traits(engine).has_own_types else found
    except Exception as error:  # as above
        try:
            near = nearest(table, engine.list_tables())
        except Exception:  # as above, and the first error says more
            near = None
        what = f"no such table: {brief(error)}"
        raise UnreadableError(Problem(what, nearest=near, place=Place(name))) from None


def _passed_on(table: ir.Table) -> ir.Table:
    """Return a table whose JSON stays JSON: Ibis makes text of it at the end of a query."""
    types = {name: _unknown(kind) for name, kind in table.schema().items()}
    return table.op().copy(schema=ibis.schema(types)).to_expr()


def _unknown(kind: dt.DataType) -> dt.DataType:
    from sqlglot import exp

    if kind.is_json():
        return dt.Unknown(exp.DataType.build("jsonb" if kind.binary else "json"))
    return dt.Unknown(exp.DataType.build("hstore")) if kind.is_map() else kind


def refuse_existing(engine: Any, name: str) -> None:
    """Raise UsageError for a table that exists, in any case of letters."""
    *schema, table = name.split(".")
    there = engine.list_tables(database=".".join(schema) or None)
    if table.lower() in map(str.lower, there):
        hint = "Choose another name; tables are never overwritten."
        raise UsageError(Problem(f"--into: {quoted(name)} already exists", hint=hint))


def write_into(engine: Any, judged: ir.Table, name: str) -> int:
    """Write a new table and return its number of rows; a failure leaves none behind.

    Raises UsageError for a table that is there by now.
    """
    *schema, table = name.split(".")
    database = ".".join(schema) or None
    refuse_existing(engine, name)
    try:
        written = engine.create_table(table, judged, database=database)
        return int(written.count().to_pyarrow().as_py())
    except BaseException:  # a signal too: Ibis makes the table first, and then fills it
        with suppress(Exception):
            engine.drop_table(table, database=database, force=True)
        raise


@contextmanager
def explained(source: str) -> Iterator[None]:
    """Turn an engine's message about a failed query into a problem of one line."""
    try:
        yield
    except WinwinwinError:
        raise
    except Exception as error:  # each engine has exceptions of its own
        if stopped := interruption(error):
            raise stopped from None
        what = f"the engine failed: {brief(error)}"
        raise UnreadableError(Problem(what, place=Place(source))) from None


def brief(error: Exception) -> str:
    """Return the first line of what an engine says."""
    lines = [line.lstrip(": ").rstrip(" .") for line in str(error).splitlines() if line.strip()]
    lines = [line for line in lines if not line.startswith(PREFACE)]
    return (lines[0] if lines else type(error).__name__)[:200]

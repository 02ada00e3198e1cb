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
    MissingExtraError,
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    interruption,
    missing,
    printable,
    quoted,
)
from winwinwin.loading.addresses import Address
from winwinwin.loading.paths import unreadable
from winwinwin.near import nearest
from winwinwin.output.leftovers import is_left, own_name
from winwinwin.output.together import Part
from winwinwin.tables.files import on_its_own
from winwinwin.tables.traits import traits

EXTRAS = {"postgres": "postgres", "postgresql": "postgres", "spark": "spark", "pyspark": "spark"}
"""The part of the installation that a URL's scheme needs."""

REACH = "Check the address, and that the engine is running."
ESCAPE = "Check the address. Write @ : / ? # in a name or password as %40 %3A %2F %3F %23."

SPARK = {
    "spark.log.level": "ERROR",  # the program reports what matters
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",  # or the workers need this very Python
}
"""Settings of Spark, where its URL says nothing else."""

PREFACE = "An error occurred while calling "
"""The line that comes before what Spark says."""
WITHIN = ". Detail: Python exception"
"""What comes before a traceback in what Arrow says."""


def connect(address: Address) -> Any:
    """Connect to the engine at an address.

    Raises MissingExtraError for an engine that is not installed, UnreadableError where it does not
    answer.
    """
    _check_file(address)
    try:
        engine = _spark(address.url) if address.scheme == "spark" else ibis.connect(address.url)
    except ImportError as error:
        raise _uninstalled(address.scheme, error) from None
    except Exception as error:  # each engine has exceptions of its own
        what = f"cannot be reached{said(error, address)}"
        hint = REACH if address.is_clear else ESCAPE
        raise UnreadableError(Problem(what, hint=hint, place=Place(address.shown))) from None
    return on_its_own(engine) if traits(engine).is_local else engine


def _uninstalled(scheme: str, error: ImportError) -> MissingExtraError:
    """Return the error for an engine that is not installed: some have an extra of Ibis alone."""
    if scheme in EXTRAS:
        return missing(EXTRAS[scheme], error)
    return missing(scheme, error, "ibis-framework")


def _check_file(address: Address) -> None:
    """Raise UnreadableError for a database's file that is not there: it would be made."""
    try:
        if address.file and not Path(address.file).exists():
            problem = Problem("no such database", hint="Check its name.")
            raise UnreadableError(problem.at(Place(address.shown)))
    except OSError as error:
        raise unreadable(address.shown, error) from None


def _spark(url: str) -> Any:
    """Connect to a cluster by its master's URL, with Spark's settings after a question mark."""
    from pyspark.sql import SparkSession

    parts = urlsplit(url)
    builder = SparkSession.builder.master(f"spark://{parts.netloc}").appName("winwinwin")
    for name, value in {**SPARK, **dict(parse_qsl(parts.query))}.items():
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.getOrCreate())


def parts_of(name: str, flag: str) -> tuple[str | None, str]:
    """Return the schema, if it is named, and the name of a table. Raises UsageError for no name."""
    *schema, table = name.split(".")
    if not all((*schema, table)):
        hint = "Write NAME or SCHEMA.NAME."
        raise UsageError(Problem(f"{flag}: {quoted(name)} is not the name of a table", hint=hint))
    return ".".join(schema) or None, table


MOST_NAMED = 20
"""Tables that a message names."""


def open_table(engine: Any, name: str, address: Address | None = None) -> ir.Table:
    """Return a table by its name, or schema and name. Raises UnreadableError if it does not exist."""
    schema, table = parts_of(name, "--table")
    try:
        found = engine.table(table, database=schema)
        return _passed_on(found) if traits(engine).has_own_types else found
    except Exception as error:  # as above
        try:
            there = sorted(engine.list_tables(database=schema))
        except Exception:  # as above, and the first error says more
            there = []
        is_named = table in there  # and yet it can't be opened
        what = "no such table" if there and not is_named else f"no such table{said(error, address)}"
        accepted = ", ".join(map(printable, there[:MOST_NAMED]))
        hint = "Name a table that is there." if there else ""
        problem = Problem(what, accepted, nearest(table, there), hint, place=Place(name))
        raise UnreadableError(problem) from None


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
    schema, table = parts_of(name, "--into")
    there = engine.list_tables(database=schema)
    if table.lower() in map(str.lower, there):
        hint = "Choose another name; tables are never overwritten."
        raise UsageError(Problem(f"--into: {quoted(name)} already exists", hint=hint))


class NewTable(Part):
    """A table that has a name of its own until it is put in its place.

    So nothing but what this run has made is ever dropped.
    """

    def __init__(self, engine: Any, name: str) -> None:
        self.name = name
        self._engine = engine
        self._schema, self._table = parts_of(name, "--into")
        self._own = own_name()
        self._is_placed = False

    def fill(self, judged: ir.Table) -> int:
        """Make it, and return its number of rows; drop what killed runs have left."""
        for left in filter(is_left, self._engine.list_tables(database=self._schema)):
            self._drop(left)
        made = self._engine.create_table(self._own, judged, database=self._schema)
        return int(made.count().to_pyarrow().as_py())

    def place(self) -> None:
        """Rename it. Raises UsageError where another table has got the name meanwhile."""
        refuse_existing(self._engine, self.name)
        try:
            self._rename(self._own, self._table)
        except Exception:
            refuse_existing(self._engine, self.name)  # the other was faster by less than a moment
            raise
        self._is_placed = True

    def take_back(self) -> None:
        if self._is_placed:
            self._rename(self._table, self._own)

    def drop(self) -> None:
        self._drop(self._own)

    def _drop(self, own: str) -> None:
        with suppress(Exception):
            self._engine.drop_table(own, database=self._schema, force=True)

    def _rename(self, old: str, new: str) -> None:
        from sqlglot import exp

        catalog, _, schema = (self._schema or "").rpartition(".")
        within = {"db": schema or None, "catalog": catalog or None}
        across = within if traits(self._engine).renames_across else {}
        old, new = (
            exp.table_(table, **place, quoted=True).sql(self._engine.dialect)
            for table, place in ((old, within), (new, across))
        )
        # Ibis' own way for statements without a result: each engine ends and commits them otherwise
        with self._engine._safe_raw_sql(f"ALTER TABLE {old} RENAME TO {new}"):  # noqa: SLF001
            pass


@contextmanager
def explained(source: str, address: Address | None = None) -> Iterator[None]:
    """Turn an engine's message about a failed query into a problem of one line."""
    try:
        yield
    except WinwinwinError:
        raise
    except Exception as error:  # each engine has exceptions of its own
        if stopped := interruption(error):
            raise stopped from None
        what = f"the engine failed{said(error, address)}"
        raise UnreadableError(Problem(what, place=Place(source))) from None


def said(error: Exception, address: Address | None) -> str:
    """Return what an engine says, after a colon; nothing where it repeats what may be secret."""
    return f": {brief(error)}" if address is None or address.may_say(str(error)) else ""


def brief(error: Exception) -> str:
    """Return the first line of what an engine says."""
    lines = [line.lstrip(": ").rstrip(" .") for line in str(error).splitlines() if line.strip()]
    lines = [line.split(WITHIN)[0] for line in lines if not line.startswith(PREFACE)]
    return (lines[0] if lines else type(error).__name__)[:200]

"""Files as tables, by DuckDB: CSV, TSV, Parquet and Excel, compressed or not, one or many alike."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis

from winwinwin.errors import Problem, UnreadableError, UsageError, quoted
from winwinwin.loading.content import misnamed
from winwinwin.loading.file_layout import FileLayout
from winwinwin.loading.paths import table_format
from winwinwin.tables.reading.common import Read
from winwinwin.tables.reading.csv_text import read_csv
from winwinwin.tables.reading.excel import read_excel
from winwinwin.tables.reading.mistakes import explained
from winwinwin.tables.reading.parquet import read_parquet

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


SIZE = re.compile(r"\s*[\d.]*[1-9]")
"""What a size begins with that is more than nothing."""
SETTINGS = {
    "enable_progress_bar": "true",
    "enable_progress_bar_print": "false",
    "autoinstall_known_extensions": "false",  # it would ask a server for them
    "autoload_known_extensions": "false",
}
"""What DuckDB is told in every run."""


def connect(folder: str, memory_limit: str | None = None, threads: int | None = None) -> "Backend":
    """Open an engine in memory that spills into a folder.

    Raises UsageError for a memory limit that is not a size.
    """
    import duckdb

    settings: dict[str, Any] = {"temp_directory": folder}
    if threads is not None:
        settings["threads"] = min(threads, os.cpu_count() or threads)  # more gain nothing
    if memory_limit is not None:
        if not SIZE.match(memory_limit):  # DuckDB takes a negative one for none
            raise _no_size(memory_limit)
        settings["memory_limit"] = memory_limit
    try:
        return on_its_own(ibis.duckdb.connect(**settings))
    except duckdb.Error:
        raise _no_size(memory_limit) from None


def _no_size(written: str | None) -> UsageError:
    hint = "Write a size such as 2GB."
    return UsageError(Problem(f"--memory-limit: {quoted(written)} is not a size", hint=hint))


def on_its_own(engine: "Backend") -> "Backend":
    """Have DuckDB measure its progress without drawing it, and fetch no extension by itself."""
    for setting, value in SETTINGS.items():
        engine.raw_sql(f"SET {setting} = {value}")
    return engine


def read(
    engine: "Backend",
    paths: Sequence[Path],
    input_format: str | None,
    layout: FileLayout,
    notes: list[str],
) -> Read:
    """Return files as one table: every column of CSV and Excel is text, as written.

    Adds to the notes a line, which begins with the file's name, for whatever is read otherwise than
    as it stands there. Raises UnreadableError for a file that cannot be read, or that has different
    columns than the first, and UsageError for a layout that does not fit it.
    """
    formats = {input_format or table_format(path) or "csv" for path in paths}
    if len(formats) > 1:
        what = f"the tables have several formats: {', '.join(sorted(formats))}"
        raise UsageError(Problem(what, hint="Run once for each format."))
    [its_format] = formats
    layout.refuse_unfit(its_format)
    with explained(paths):
        if problems := [each for path in paths if (each := misnamed(path, its_format))]:
            raise UnreadableError(*problems)
        if its_format == "parquet":
            return read_parquet(engine, paths)
        if its_format == "xlsx":
            return read_excel(engine, paths, layout, notes)
        return read_csv(engine, paths, layout, "\t" if its_format == "tsv" else None, notes)

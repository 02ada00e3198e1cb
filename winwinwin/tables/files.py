"""Files as tables, by DuckDB: CSV, TSV, Parquet and Excel, compressed or not, one or many alike."""

import csv
import glob
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.types as ir

from winwinwin.errors import (
    SHOWN,
    Place,
    Problem,
    UnreadableError,
    UsageError,
    count,
    interruption,
    quoted,
)
from winwinwin.loading.paths import table_format, unreadable
from winwinwin.tables.layout import check_names
from winwinwin.tables.steps import HELPER

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

DELIMITERS = ",;\t|"
QUOTED_NAME = re.compile(f'(?:^|(?<=[{DELIMITERS}]))"(?:[^"]|"")*"')
AS_IT_IS: dict[str, Any] = {"hive_partitioning": False}
"""Folders called `name=value` are not columns: they would replace a file's own."""
LONGEST_HEADER = 1 << 20
"""Bytes that the names of the columns may have."""
LONGEST_VALUE = 1 << 30
"""Characters of a value that is passed over on the way to a line."""


def connect(folder: str, memory_limit: str | None = None, threads: int | None = None) -> "Backend":
    """Open an engine in memory that spills into a folder.

    Raises UsageError for a memory limit that is not a size.
    """
    import duckdb

    settings: dict[str, Any] = {"temp_directory": folder}
    if threads is not None:
        settings["threads"] = threads
    if memory_limit is not None:
        settings["memory_limit"] = memory_limit
    try:
        return without_bar(ibis.duckdb.connect(**settings))
    except duckdb.Error:
        hint = "Write a size such as 2GB."
        raise UsageError(
            Problem(f"--memory-limit: {quoted(memory_limit)} is not a size", hint=hint)
        ) from None


def without_bar(engine: "Backend") -> "Backend":
    """Have DuckDB measure its progress without drawing it on standard output."""
    engine.raw_sql("SET enable_progress_bar = true")
    engine.raw_sql("SET enable_progress_bar_print = false")
    return engine


def read(engine: "Backend", paths: Sequence[Path], input_format: str | None = None) -> ir.Table:
    """Return files as one table: every column of CSV and Excel is text, as written.

    Raises UnreadableError for a file that cannot be read, or that has different columns than the first.
    """
    formats = {input_format or table_format(path) or "csv" for path in paths}
    if len(formats) > 1:
        what = f"the tables have several formats: {', '.join(sorted(formats))}"
        raise UsageError(Problem(what, hint="Run once for each format."))
    [its_format] = formats
    with explained(paths):
        if its_format == "parquet":
            return _read_parquet(engine, paths)
        if its_format == "xlsx":
            return _read_excel(engine, paths)
        return _read_csv(engine, paths, "\t" if its_format == "tsv" else None)


def _read_parquet(engine: "Backend", paths: Sequence[Path]) -> ir.Table:
    """Read files by the names of their columns, whose order may differ."""
    from pyarrow.parquet import read_schema

    table = engine.read_parquet(_names(paths), **AS_IT_IS)
    first, *others = (read_schema(path) for path in paths)
    check_names(Place(str(paths[0])), first.names)
    types = dict(zip(first.names, first.types, strict=True))
    for path, other in zip(paths[1:], others, strict=True):
        if sorted(other.names) != sorted(first.names):
            raise UnreadableError(_other_columns(Place(str(path)), paths[0]))
        for name, kind in zip(other.names, other.types, strict=True):
            if kind != types[name]:  # DuckDB would make the one of the other, and 2 of 1.5
                what = f"column {quoted(name)} is of type {kind}, and {types[name]} in {paths[0]}"
                hint = "Write it with one type, or run once for each."
                raise UnreadableError(Problem(what, hint=hint, place=Place(str(path))))
    return table


def _read_csv(engine: "Backend", paths: Sequence[Path], delimiter: str | None) -> ir.Table:
    first, *others = paths
    header, delimiter = _header(first, delimiter)
    for other in others:
        its_header, _ = _header(other, delimiter)
        if its_header != header:
            raise UnreadableError(_other_columns(Place(str(other), 1), first))
    return engine.read_csv(
        _names(paths),
        **AS_IT_IS,
        header=True,
        auto_detect=False,
        delim=delimiter,
        quote='"',
        escape='"',
        columns=dict.fromkeys(header, "VARCHAR"),
    )


def _names(paths: Sequence[Path]) -> list[str]:
    """Return the names escaped, because DuckDB would read them as globs."""
    return [glob.escape(str(path)) for path in paths]


def _header(path: Path, delimiter: str | None) -> tuple[list[str], str]:
    """Return the columns named in a file's first line, and their delimiter."""
    with _open(path) as stream:
        first = _first_record(stream)
    try:
        text = first.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "Save the file as UTF-8."
        raise UnreadableError(
            Problem("is not UTF-8", hint=hint, place=Place(str(path), 1))
        ) from None
    [plain, *_] = QUOTED_NAME.sub('"', text).splitlines() or [""]
    if not plain.strip():
        hint = "Its first line names the columns."
        raise UnreadableError(Problem("holds no table", hint=hint, place=Place(str(path))))
    chosen = delimiter or max(DELIMITERS, key=plain.count)
    header = next(csv.reader(io.StringIO(text, newline=""), delimiter=chosen))
    check_names(Place(str(path), 1), header)
    return header, chosen


def _open(path: Path) -> io.BufferedReader:
    """Open a file, a compressed one as what it holds."""
    import pyarrow as pa

    return io.BufferedReader(pa.input_stream(str(path), compression="detect"))


def _first_record(stream: io.BufferedReader) -> bytes:
    """Read the first line, and more of them while a quoted name goes on."""
    record = stream.readline(LONGEST_HEADER)
    while record.count(b'"') % 2 and len(record) < LONGEST_HEADER:
        more = stream.readline(LONGEST_HEADER)
        if not more:
            break
        record += more
    return record


def _read_excel(engine: "Backend", paths: Sequence[Path]) -> ir.Table:
    import pyarrow as pa

    first, *others = (_sheet(path) for path in paths)
    for path, other in zip(paths[1:], others, strict=True):
        if other.column_names != first.column_names:
            raise UnreadableError(_other_columns(Place(str(path), 1), paths[0]))
    return engine.create_table(f"{HELPER}sheets", pa.concat_tables([first, *others]), temp=True)


def _other_columns(place: Place, first: Path) -> Problem:
    hint = f"All tables of a run must have the columns of {first}."
    return Problem("has different columns", hint=hint, place=place)


def _sheet(path: Path) -> Any:
    """Read the first sheet of a workbook into a table of Arrow; its first row names the columns."""
    import pyarrow as pa
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as stream:
            rows = CalamineWorkbook.from_filelike(io.BytesIO(stream.read())).get_sheet_by_index(0)
            header, *cells = rows.to_python() or [[]]
    except CalamineError as error:
        what = f"cannot be read as Excel: {error}"
        raise UnreadableError(Problem(what, place=Place(str(path)))) from None
    names = [_cell(name) or "" for name in header]
    if not names:
        hint = "The first row of its first sheet names the columns."
        raise UnreadableError(Problem("holds no table", hint=hint, place=Place(str(path))))
    check_names(Place(str(path), 1), names)
    columns = zip(*cells, strict=True) if cells else ([] for _ in names)
    texts = [pa.array([_cell(cell) for cell in column], pa.string()) for column in columns]
    return pa.table(texts, names=names)


def _cell(value: Any) -> str | None:
    """Write a cell as a file of text would have it."""
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


@contextmanager
def explained(paths: Sequence[Path]) -> Iterator[None]:
    """Turn DuckDB's message about a file that it cannot read into a problem with a line."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        hint = "Raise --memory-limit, or free space for temporary files."
        raise UnreadableError(Problem(f"out of memory: {_first(error)}", hint=hint)) from None
    except duckdb.Error as error:
        raise UnreadableError(_explained(str(error), paths)) from None
    except OSError as error:
        raise unreadable(str(paths[0]), error) from None
    except RuntimeError as error:
        raise interruption(error) or error from None


def _explained(said: str, paths: Sequence[Path]) -> Problem:
    record = re.search(r"CSV Error on Line: (\d+)", said)
    file = re.search(r"^\s*file = (.+)$", said, re.MULTILINE)
    source = _as_named(file[1], paths) if file else str(paths[0])
    if "CSV Parser state machine" in said:
        what, hint = (
            "the lines end in different ways",
            "Save the file with the same line ending throughout.",
        )
        return Problem(what, hint=hint, place=_other_end(source))
    if record is None:
        return Problem(f"cannot be read: {_first(said)}", place=Place(source))
    place = _start(source, int(record[1]), _delimiter(said))
    columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if columns:
        wanted, found = int(columns[1]), int(columns[2])
        what = f"this line has {count(found, 'value')}, but the header has {wanted:,}"
        hint = "Quote a value that holds the delimiter, or complete the line."
    elif "quote found" in said:
        what = "a quoted value does not end, or something follows its closing quote"
        hint = "Write a quote inside a quoted value twice."
    elif "unicode" in said or "utf-8" in said:
        what, hint = "this line is not UTF-8", "Save the file as UTF-8."
    else:
        what, hint = f"this line is not CSV: {_first(said.partition('Original Line')[2])}", ""
    return Problem(what, hint=hint, place=place)


def _delimiter(said: str) -> str:
    found = re.search(r"^\s*delimiter = (.+) \(Set By User\)$", said, re.MULTILINE)
    return found[1].replace("\\t", "\t") if found else ","


def _start(source: str, record: int, delimiter: str) -> Place:
    """Return the line where a record starts: DuckDB counts records, and some have several lines."""
    with io.TextIOWrapper(_open(Path(source)), "utf-8-sig", "replace", newline="") as lines:
        csv.field_size_limit(LONGEST_VALUE)
        rows = csv.reader(lines, delimiter=delimiter)
        for _ in islice(rows, record - 1):
            pass
        return Place(source, rows.line_num + 1, 1, next(lines, "").rstrip("\r\n")[:SHOWN])


def _other_end(source: str) -> Place:
    """Return the first line that ends otherwise than the header; not within a quoted value."""
    with io.TextIOWrapper(_open(Path(source)), "utf-8-sig", "replace", newline="") as lines:
        first, is_quoted = None, False
        for number, line in enumerate(lines, 1):
            text = line.rstrip("\r\n")
            is_quoted ^= text.count('"') % 2 == 1
            end = line.removeprefix(text)
            first = first or (None if is_quoted else end)
            if not is_quoted and end not in (first, ""):
                return Place(source, number, len(text) + 1, text, len(text))
    return Place(source)


def _as_named(found: str, paths: Sequence[Path]) -> str:
    return next((str(path) for path in paths if str(path.resolve()) == found), found)


def _first(said: object) -> str:
    return str(said).strip().partition("\n")[0].partition(": ")[2] or str(said).strip()

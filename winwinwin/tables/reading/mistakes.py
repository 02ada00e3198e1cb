"""What DuckDB says of a file that it cannot read, in words and with a line."""

import csv
import io
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

from winwinwin.errors import SHOWN, Place, Problem, UnreadableError, count, interruption, is_about
from winwinwin.limits import LONGEST_LINE
from winwinwin.loading.compressed import opened
from winwinwin.loading.paths import unreadable
from winwinwin.tables.reading.common import TooLongError, UnevenError
from winwinwin.tables.reading.rows import LONGEST_VALUE

NO_ROOM = "does not support a full read on this file"
"""What DuckDB says where a line has no room in what it reads at once."""


def _of_arrow() -> type[Exception]:
    """Return what Arrow raises. It is imported only where something was raised."""
    from pyarrow import ArrowException

    return ArrowException  # type: ignore[no-any-return]  # it comes without types


@contextmanager
def explained(paths: Sequence[Path], copies: Mapping[str, Path] | None = None) -> Iterator[None]:
    """Turn DuckDB's message about a file that it cannot read into a problem with a line.

    Copies are called by the names of the files that they stand for.
    """
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException as error:
        hint = "Raise --memory-limit, or free space for temporary files."
        raise UnreadableError(Problem(f"out of memory: {_first(error)}", hint=hint)) from None
    except duckdb.Error as error:
        raise _explained(str(error), paths, copies or {}) from None
    except OSError as error:
        if not is_about(error, *paths):
            raise
        raise unreadable(error.filename or str(paths[0]), error) from None
    except _of_arrow() as error:  # it looks into Parquet
        raise UnreadableError(_damaged(error, paths)) from None
    except RuntimeError as error:
        raise interruption(error) or error from None


def _damaged(error: Exception, paths: Sequence[Path]) -> Problem:
    return Problem(f"cannot be read: {_first(error)}", place=Place(str(paths[0])))


def _explained(said: str, paths: Sequence[Path], copies: Mapping[str, Path]) -> UnreadableError:
    record = re.search(r"CSV Error on Line: (\d+)", said)
    file = re.search(r"^\s*file = (.+)$", said, re.MULTILINE)
    read = Path(file[1]) if file else paths[0]
    source = str(copies.get(str(read), _as_named(str(read), paths)))
    if "CSV Parser state machine" in said:
        what, hint = (
            "the lines end in different ways",
            "Save the file with the same line ending throughout.",
        )
        return UnreadableError(Problem(what, hint=hint, place=_other_end(read, source)))
    if NO_ROOM in said:
        return TooLongError(too_long(Place(source)))
    if record is None:
        return UnreadableError(Problem(f"cannot be read: {_first(said)}", place=Place(source)))
    place = start_of(read, source, int(record[1]), _delimiter(said))
    columns = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if columns:
        return UnevenError(other_number(place, int(columns[2]), int(columns[1])))
    if "Maximum line size" in said:
        return TooLongError(too_long(place))
    if "quote found" in said:
        what = "a quoted value does not end, or something follows its closing quote"
        hint = "Write a quote inside a quoted value twice."
    else:
        what, hint = f"this line is not CSV: {_first(said.partition('Original Line')[2])}", ""
    return UnreadableError(Problem(what, hint=hint, place=place))


def other_number(place: Place, found: int, wanted: int) -> Problem:
    """Return the problem of a row with more or fewer values than the header."""
    what = f"this line has {count(found, 'value')}, but the header has {wanted:,}"
    hint = "Quote a value that holds the delimiter, or complete the line."
    if wanted == 1:
        hint = "Where another line names the columns: --header-row LINE."
    return Problem(what, hint=hint, place=place)


def too_long(place: Place) -> Problem:
    hint = f"A line may have {LONGEST_LINE >> 20} MB."
    return Problem("this line is too long", hint=hint, place=place)


def _delimiter(said: str) -> str:
    found = re.search(r"^\s*delimiter = (.+) \(Set By User\)$", said, re.MULTILINE)
    return found[1].replace("\\t", "\t") if found else ","


def start_of(read: Path, source: str, record: int, delimiter: str) -> Place:
    """Return the line where a record starts: DuckDB counts records, and some have several lines."""
    with io.TextIOWrapper(opened(read), "utf-8-sig", "replace", newline="") as lines:
        csv.field_size_limit(LONGEST_VALUE)
        rows = csv.reader(lines, delimiter=delimiter)
        for _ in islice(rows, record - 1):
            pass
        return Place(source, rows.line_num + 1, 1, next(lines, "").rstrip("\r\n")[:SHOWN])


def _other_end(read: Path, source: str) -> Place:
    """Return the first line that ends otherwise than the header; not within a quoted value."""
    with io.TextIOWrapper(opened(read), "utf-8-sig", "replace", newline="") as lines:
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
    return next((str(path) for path in paths if os.path.realpath(path) == found), found)


def _first(said: object) -> str:
    return str(said).strip().partition("\n")[0].partition(": ")[2] or str(said).strip()

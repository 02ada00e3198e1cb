"""CSV and TSV, compressed or not, as one table of text."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import ibis.expr.types as ir

from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.loading.compressed import opened
from winwinwin.tables.layout import check_names
from winwinwin.tables.reading.common import AS_IT_IS, names, other_columns

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

DELIMITERS = ",;\t|"
QUOTED_NAME = re.compile(f'(?:^|(?<=[{DELIMITERS}]))"(?:[^"]|"")*"')
LONGEST_HEADER = 1 << 20
"""Bytes that the names of the columns may have."""


def read_csv(engine: "Backend", paths: Sequence[Path], delimiter: str | None) -> ir.Table:
    first, *others = paths
    header, delimiter = _header(first, delimiter)
    for other in others:
        its_header, _ = _header(other, delimiter)
        if its_header != header:
            raise UnreadableError(other_columns(Place(str(other), 1), first))
    return engine.read_csv(
        names(paths),
        **AS_IT_IS,
        header=True,
        auto_detect=False,
        delim=delimiter,
        quote='"',
        escape='"',
        columns=dict.fromkeys(header, "VARCHAR"),
    )


def _header(path: Path, delimiter: str | None) -> tuple[list[str], str]:
    """Return the columns named in a file's first line, and their delimiter."""
    with opened(path) as stream:
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


def _first_record(stream: BinaryIO) -> bytes:
    """Read the first line, and more of them while a quoted name goes on."""
    record = stream.readline(LONGEST_HEADER)
    while record.count(b'"') % 2 and len(record) < LONGEST_HEADER:
        more = stream.readline(LONGEST_HEADER)
        if not more:
            break
        record += more
    return record

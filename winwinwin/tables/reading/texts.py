"""A file of text made ready for an engine: looked at from both ends, checked, and copied where it has to be."""

from codecs import BOM_UTF8
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, count, printable
from winwinwin.loading.compressed import opened
from winwinwin.loading.file_layout import FileLayout
from winwinwin.tables.reading.copying import copied, cut, evened
from winwinwin.tables.reading.encodings import encoding_of, is_clean
from winwinwin.tables.reading.nuls import refuse_nul
from winwinwin.tables.reading.outline import Outline, outlined
from winwinwin.tables.reading.scanning import Scan, scan
from winwinwin.tables.reading.titles import ending, footer_start, last_rows
from winwinwin.tables.reading.totals import totals, totals_said

HEAD = 1 << 16
LONGEST_HEAD = 1 << 20
"""Bytes that are looked at where the first row is longer than the usual head."""
TAIL = 1 << 16


class Text(NamedTuple):
    """A file of text that an engine can read."""

    path: Path
    """As the user named it."""
    readable: Path
    """The file itself, or a copy."""
    outline: Outline
    dropped: int
    """Rows that hold nothing, and that the engine would give all the same."""
    rows: int
    """Rows that hold something, as its lines tell: single quotes may make this wrong."""
    nul: int | None
    """The line of the first NUL character."""
    has_quotes: bool
    narrow: Path
    """Where a copy with narrower rows may be written."""


def ready(
    path: Path, layout: FileLayout, delimiter: str | None, copy: Path, notes: list[str]
) -> Text:
    """Return a file with where its table is. Raises UnreadableError where there is none."""
    head, is_cut = _head(path)
    encoding = encoding_of(head, layout.encoding)
    readable = path
    if not is_clean(encoding):
        readable = copy
        copied(path, encoding, copy)
        head, is_cut = _head(copy)
    refuse_nul(path, head, layout)
    outline = _outline(path, head, layout, delimiter, is_cut=is_cut)
    said = list(outline.notes)
    found = scan(readable, outline.delimiter, len(outline.names))
    end = _end(path, found, outline, layout, said)
    if end is not None:
        cut(readable, end, copy)
        readable, found = copy, scan(copy, outline.delimiter, len(outline.names))
    if not found.is_even or not (outline.above == outline.skip or _counts_lines(head)):
        even = copy.with_suffix(".even.csv")
        skip = evened(readable, outline.delimiter, outline.skip, len(outline.names), even)
        outline = outline._replace(skip=skip, blank=0, empty=0)
        readable, found = even, scan(even, outline.delimiter, len(outline.names))
    blank = max(found.blank - outline.blank, 0)
    rows = max(found.empty - outline.empty, 0)
    if empty := blank + rows:
        said.append(f"{count(empty, 'empty row')} passed over")
    notes += [f"{printable(str(path))}: {line}" for line in said]
    narrow = copy.with_suffix(".narrow.csv")
    full = found.lines - outline.skip - blank - rows
    dropped = blank if len(outline.names) == 1 else rows
    return Text(path, readable, outline, dropped, full, found.nul, found.has_quotes, narrow)


def _counts_lines(head: bytes) -> bool:
    """Tell whether an engine counts the lines of a header with line breaks as rows."""
    return not head.startswith(BOM_UTF8) and b"\r" not in head


def _head(path: Path) -> tuple[bytes, bool]:
    """Return the first bytes of a file, and whether it goes on; more of them where no row ends there."""
    with opened(path) as stream:
        head = stream.read(HEAD)
        if head.count(b"\n") < 2 or head.partition(b"\n")[0].count(b'"') % 2:  # noqa: PLR2004  # a header and a row
            head += stream.read(LONGEST_HEAD - HEAD)
        return head, bool(stream.read(1))


def _outline(
    path: Path, head: bytes, layout: FileLayout, delimiter: str | None, *, is_cut: bool
) -> Outline:
    text = head.decode("utf-8-sig", "replace")  # whether it is UTF-8 is checked of the whole file
    try:
        return outlined(text, layout, delimiter, is_cut=is_cut)
    except WinwinwinError as error:
        raise type(error)(*(problem.at(Place(str(path))) for problem in error.problems)) from None


def _too_many(found: Scan, outline: Outline, number: int) -> Problem | None:
    """Return the problem of a footer with more rows than there are."""
    there = found.lines - outline.skip - max(found.blank - outline.blank, 0)
    hint = "Count the rows at the end that are no data."
    if found.lines and number > there:
        what = f"{number:,} is more than the {count(there, 'row')} below the names of the columns"
        return Problem(what, hint=hint)
    if last_rows(found.tail, number) is None:
        what = (
            f"{number:,} rows are not in the last {len(found.tail):,} bytes, where they are sought"
        )
        return Problem(what, hint=hint)
    return None


def _end(
    path: Path, found: Scan, outline: Outline, layout: FileLayout, said: list[str]
) -> int | None:
    """Return where the data ends, None where that is the end of the file."""
    begin, wanted = found.size - len(found.tail), layout.skip_footer
    if wanted is not None:
        if not wanted:
            return None
        if problem := _too_many(found, outline, wanted):
            placed = layout.told("skip_footer", problem.at(Place(str(path))))
            raise UnreadableError(placed)
        return begin + (last_rows(found.tail, wanted) or 0)
    if len(outline.names) == 1:
        return None
    tail = found.tail
    footer = footer_start(tail[-TAIL:], outline.delimiter)
    if footer is not None:
        footer += max(len(tail) - TAIL, 0)
        lines: Sequence[bytes] = [line for line in tail[footer:].splitlines() if line.strip()]
        said.append(f"{count(len(lines), 'line')} of a footer passed over")
        tail = tail[:footer]
    last = ending(tail, outline.delimiter, None if begin else outline.above)
    number = totals(last.rows, are_all=last.is_whole)
    found_totals = last.rows[len(last.rows) - number :]
    said += totals_said(found_totals, last.rows[-1] if last.rows else [])
    at = last.starts[-number] if number else footer
    return None if at is None else begin + at

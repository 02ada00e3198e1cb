"""A file of text made ready for an engine: looked at from both ends, checked, and copied where it has to be."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, count, printable
from winwinwin.loading.compressed import opened
from winwinwin.loading.file_layout import FileLayout
from winwinwin.tables.reading.copying import copied, cut
from winwinwin.tables.reading.encodings import encoding_of, is_clean, likely_encoding
from winwinwin.tables.reading.outline import Outline, outlined
from winwinwin.tables.reading.scanning import scan
from winwinwin.tables.reading.titles import footer_start, last_rows

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
    _refuse_nul(path, head)
    outline = _outline(path, head, layout, delimiter, is_cut=is_cut)
    said = list(outline.notes)
    readable = _without_footer(readable, copy, layout, outline, said)
    found = scan(readable, outline.delimiter, len(outline.names))
    blank = max(found.blank - outline.blank, 0)
    has_one = len(outline.names) == 1
    rows = max(found.empty - outline.empty, 0)
    if empty := blank + rows:
        said.append(f"{count(empty, 'empty row')} passed over")
    notes += [f"{printable(str(path))}: {line}" for line in said]
    full = found.lines - outline.skip - blank - rows
    return Text(path, readable, outline, blank if has_one else rows, full)


def _head(path: Path) -> tuple[bytes, bool]:
    """Return the first bytes of a file, and whether it goes on; more of them where no row ends there."""
    with opened(path) as stream:
        head = stream.read(HEAD)
        if head.count(b"\n") < 2 or head.partition(b"\n")[0].count(b'"') % 2:  # noqa: PLR2004  # a header and a row
            head += stream.read(LONGEST_HEAD - HEAD)
        return head, bool(stream.read(1))


def _refuse_nul(path: Path, head: bytes) -> None:
    if b"\0" not in head:
        return
    line = head.partition(b"\0")[0].count(b"\n") + 1
    likely = likely_encoding(head, is_text=False)
    what = "holds a NUL character" + (f", and looks like {likely}" if likely else "")
    hint = f"Read it with --encoding {likely}." if likely else "Save the file as UTF-8."
    raise UnreadableError(Problem(what, hint=hint, place=Place(str(path), line)))


def _outline(
    path: Path, head: bytes, layout: FileLayout, delimiter: str | None, *, is_cut: bool
) -> Outline:
    text = head.decode("utf-8-sig", "replace")  # whether it is UTF-8 is checked of the whole file
    try:
        return outlined(text, layout, delimiter, is_cut=is_cut)
    except WinwinwinError as error:
        raise type(error)(*(problem.at(Place(str(path))) for problem in error.problems)) from None


def _without_footer(
    readable: Path, copy: Path, layout: FileLayout, outline: Outline, said: list[str]
) -> Path:
    """Return a file without its footer: the file itself where it has none."""
    wanted = layout.skip_footer
    if wanted == 0:
        return readable
    size = readable.stat().st_size
    with readable.open("rb") as file:
        start = max(size - (TAIL if wanted is None else LONGEST_HEAD), 0)
        file.seek(start)
        tail = file.read()
    if wanted is not None:
        found = last_rows(tail, wanted)
    else:
        found = footer_start(tail, outline.delimiter) if len(outline.names) > 1 else None
    if found is None:
        return readable
    if wanted is None:
        lines: Sequence[bytes] = [line for line in tail[found:].splitlines() if line.strip()]
        said.append(f"{count(len(lines), 'line')} of a footer passed over")
    cut(readable, start + found, copy)
    return copy

"""How large a workbook is, looked up before its reader takes memory for every place of a sheet.

That is one for each row and column between the first and the last cell: a single cell far down and
to the right would take hundreds of gigabytes, and end the process.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from typing import IO, Any

from winwinwin.errors import Problem, UnreadableError, count
from winwinwin.limits import MOST_PLACES, PLACES_EACH
from winwinwin.loading.compressed import most_unpacked, too_much
from winwinwin.tables.reading.trial import refuse_fatal

BLOCK = 1 << 20
ANY_SIZE = 1 << 62
"""Bytes that a part is allowed to hold while it is counted, whatever it says of itself."""
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What comes of a file that the workbook's reader has words of its own for."""
ZIPPED = b"PK"
OTHERS = re.compile(r"content\.xml|.*\.bin", re.IGNORECASE)
"""The sheets of ODF and of Excel's binary format."""
PREFIXED = b":sheetData"
"""What is in a sheet whose cells are written as `x:c`."""
AHEAD = 32
"""Bytes that the start of a usual cell does not exceed."""
OPEN, SPACES, USUAL = ord("<"), b" />\t\r\n", b'r="'
CELL = re.compile(
    rb"<(?:\w{1,9}:)?(?:(row)|c)(?=[\s/>])"
    rb"(?:[^<>]*?\sr\s*=\s*[\"']([A-Za-z]{0,8})(\d{1,10}))?[^<>]*?(/?)>"
)
"""A row or a cell, however it is written; one that is closed at once is empty and takes no memory."""
A = ord("A") - 1


class Extent:
    """The cells of a sheet, and between which rows and columns they are."""

    def __init__(self) -> None:
        self.cells = 0
        self.rows: list[int] = []
        self.columns: list[int] = []

    @property
    def places(self) -> int:
        return _span(self.rows) * _span(self.columns)

    @property
    def is_too_large(self) -> bool:
        return self.places > max(MOST_PLACES, PLACES_EACH * self.cells)

    def add(self, rows: Any, columns: Any) -> None:
        """Add cells, of which there is one at least."""
        self.cells += len(rows)
        self.rows = [min(*self.rows, *_ends(rows)), max(*self.rows, *_ends(rows))]
        self.columns = [min(*self.columns, *_ends(columns)), max(*self.columns, *_ends(columns))]


def _ends(numbers: Any) -> tuple[int, int]:
    return int(min(numbers)), int(max(numbers))


def _span(ends: list[int]) -> int:
    return ends[1] - ends[0] + 1 if ends else 0


def refuse_too_large(workbook: IO[bytes]) -> None:
    """Raise UnreadableError, without a place, for a workbook that would take too much memory."""
    workbook.seek(0)
    is_zipped = workbook.read(len(ZIPPED)) == ZIPPED
    try:
        if is_zipped and not _has_others(workbook):
            return
    except DAMAGED:
        return
    refuse_fatal(workbook)


def _has_others(workbook: IO[bytes]) -> bool:
    """Look at each part of a workbook; tell whether some may be sheets of another kind than Excel's."""
    left = most_unpacked(workbook.seek(0, 2))
    with zipfile.ZipFile(workbook) as parts:
        found = parts.infolist()
        for part in found:
            for block in _blocks(parts, part):
                left -= len(block)
                if left < 0:
                    raise UnreadableError(too_much(None))
            extent = _usual_extent(_blocks(parts, part))
            if extent is None or extent.is_too_large:
                _refuse(_exact_extent(_blocks(parts, part)))
        return any(OTHERS.fullmatch(part.filename) for part in found)


def _refuse(extent: Extent) -> None:
    if not extent.is_too_large:
        return
    rows, columns = _span(extent.rows), _span(extent.columns)
    what = (
        f"has a sheet of {count(rows, 'row')} and {count(columns, 'column')},"
        f" of which only {count(extent.cells, 'cell')} {'holds' if extent.cells == 1 else 'hold'} something"
    )
    hint = "Delete what stands far below or right of the table, or export it as CSV."
    raise UnreadableError(Problem(what, hint=hint))


def _blocks(parts: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a part holds, and not only as much as it says that it does."""
    whole = copy(part)
    whole.file_size = ANY_SIZE
    with parts.open(whole) as stream:
        while block := stream.read(BLOCK):
            yield block


def _tags(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield a text in pieces of whole tags."""
    rest = b""
    for block in blocks:
        text = rest + block
        cut = text.rfind(b"<")
        if cut < 0 or len(text) - cut > 2 * BLOCK:  # no tag is that long
            cut = len(text)
        yield text[:cut]
        rest = text[cut:]
    yield rest


def _usual_extent(blocks: Iterator[bytes]) -> Extent | None:
    """Return the extent of a sheet, its empty cells among them; None where cells are written unusually."""
    import numpy as np

    extent = Extent()
    for text in _tags(blocks):
        if PREFIXED in text:
            return None
        codes = np.frombuffer(text + bytes(AHEAD), np.uint8)
        at = np.flatnonzero(codes[:-AHEAD] == OPEN)
        at = at[(codes[at + 1] == ord("c")) & np.isin(codes[at + 2], list(SPACES))]
        if not len(at):
            continue
        for index, code in enumerate(USUAL):
            if (codes[at + 3 + index] != code).any():
                return None
        place, columns = _number(codes, at + 6, b"AZ", 26, 8)
        place, rows = _number(codes, place, b"09", 10, 10)
        if (codes[place] != ord('"')).any() or not (columns.all() and rows.all()):
            return None
        extent.add(rows, columns)
    return extent


def _number(codes: Any, place: Any, digits: bytes, base: int, most: int) -> tuple[Any, Any]:
    """Return the numbers that begin at some places, and where they end."""
    import numpy as np

    first, last = digits
    zero = A if base > 10 else first  # noqa: PLR2004  # letters count from 1
    found = np.zeros(len(place), np.int64)
    for _ in range(most):
        is_digit = (codes[place] >= first) & (codes[place] <= last)
        found = np.where(is_digit, found * base + codes[place] - zero, found)
        place = place + is_digit
    return place, found


def _exact_extent(blocks: Iterator[bytes]) -> Extent:
    """Return the extent of the cells that hold something, each looked at by itself."""
    extent, row, column = Extent(), 0, 0
    for text in _tags(blocks):
        rows, columns = [], []
        for is_row, letters, digits, is_closed in CELL.findall(text):
            if is_row:
                row, column = int(digits) if digits else row + 1, 0
                continue
            column = _of_letters(letters) if letters else column + 1
            row = int(digits) if letters and digits else row
            if not is_closed:
                rows.append(row)
                columns.append(column)
        if rows:
            extent.add(rows, columns)
    return extent


def _of_letters(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - A
    return number

"""One look at all bytes of a text before an engine reads it: its encoding, its line ends, its empty rows."""

import csv
from collections import deque
from pathlib import Path
from typing import Any, NamedTuple

from winwinwin.tables.reading.encodings import Decoding, blocks, line_at

NEWLINE, RETURN, END, QUOTE = b'\n\r\0"'
BLANKS = b" \t"
LONGEST_EMPTY = 1 << 12
"""Bytes of a row that can be told to hold nothing, but for wider tables."""
KEPT = 5
"""Blocks of the end that are kept."""


class Scan(NamedTuple):
    """What was found."""

    blank: int
    """Lines without a character, outside of quotes."""
    empty: int
    """Rows of nothing but delimiters and blanks."""
    lines: int
    """All lines but those within quotes; 0 where a quote without another one hides what is within."""
    is_even: bool
    """Whether all lines end alike, outside of quotes, and as an engine takes them."""
    nul: int | None
    """The line of the first NUL character."""
    size: int
    """Its bytes."""
    tail: bytes
    """The last of them."""
    has_quotes: bool


class _Lines:
    """Counts the lines that hold nothing, and tells how lines end, in blocks of any size."""

    def __init__(self, delimiter: str, width: int) -> None:
        import numpy as np

        self._delimiter = delimiter
        self._is_wide = width > 1
        self._ahead = max(LONGEST_EMPTY, 4 * width)
        self._is_nothing = np.zeros(256, bool)
        self._is_nothing[[*BLANKS, QUOTE, *delimiter.encode()]] = True
        self._is_end = np.zeros(256, bool)
        self._is_end[[NEWLINE, RETURN, END]] = True
        self._known: dict[bytes, bool] = {}
        self._carried = b""
        self._quotes = 0
        self.blank = self.empty = 0
        self._lines = 1
        self._newlines = self._returns = self._pairs = 0

    def add(self, block: bytes) -> None:
        text = self._carried + block
        cut = max(len(text) - self._ahead, 0)
        self._look(text, cut)
        self._carried = text[cut:]

    def end(self) -> None:
        self._look(self._carried + bytes([END]) * self._ahead, len(self._carried))

    @property
    def has_quotes(self) -> bool:
        return self._quotes > 0

    @property
    def lines(self) -> int:
        return 0 if self._quotes % 2 else self._lines

    def _look(self, text: bytes, cut: int) -> None:
        """Look at the line ends before the cut, and at the lines that start after them."""
        import numpy as np

        codes = np.frombuffer(text, np.uint8)
        quotes = np.flatnonzero(codes[:cut] == QUOTE)
        ends = np.flatnonzero(codes[:cut] == NEWLINE)

        def outside(found: Any) -> Any:
            return found[(self._quotes + np.searchsorted(quotes, found)) % 2 == 0]

        starts = ends + 1
        first = codes[starts]
        self._lines += len(outside(starts[first != END]))
        returned = starts[first == RETURN]
        self.blank += len(outside(starts[first == NEWLINE]))
        self.blank += len(outside(returned[codes[returned + 1] == NEWLINE]))
        if self._is_wide:
            self._count_empty(text, codes, starts[self._is_nothing[first]], outside)
        if RETURN in text:
            self._count_ends(codes, ends, np.flatnonzero(codes[:cut] == RETURN), outside)
        else:
            self._newlines += len(ends)
        self._quotes += len(quotes)

    def _count_ends(self, codes: Any, newlines: Any, returns: Any, outside: Any) -> None:
        """Count what lines end with: where all ends are alike, quotes make no difference."""
        is_pair = codes[returns + 1] == NEWLINE
        is_alike = len(returns) == len(newlines) and is_pair.all()
        kept = (lambda found: found) if is_alike else outside
        self._newlines += len(kept(newlines))
        self._returns += len(kept(returns))
        self._pairs += len(kept(returns[is_pair]))

    @property
    def is_even(self) -> bool:
        """Tell whether all lines end alike, as an engine takes them."""
        return not self._returns or self._newlines == self._returns == self._pairs

    def _count_empty(self, text: bytes, codes: Any, starts: Any, outside: Any) -> None:
        """Count the rows that hold nothing among those that start so."""
        ends = starts + 1
        for _ in range(self._ahead):  # of a longer row, it is not told
            if not len(starts):
                break
            is_end = self._is_end[codes[ends]]
            empty = dict(zip(starts[is_end], ends[is_end], strict=True))
            self.empty += sum(
                self._holds_nothing(text[at : empty[at]]) for at in outside(starts[is_end])
            )
            goes_on = self._is_nothing[codes[ends]] & (ends + 1 < len(codes))
            starts, ends = starts[goes_on], ends[goes_on] + 1

    def _holds_nothing(self, line: bytes) -> bool:
        if line not in self._known:
            row = next(csv.reader([line.decode()], delimiter=self._delimiter), [])
            self._known[line] = len(row) > 1 and not any(map(str.strip, row))
        return self._known[line]


def scan(path: Path, delimiter: str, width: int) -> Scan:
    """Look through a file with so many columns.

    Raises UnreadableError with the line of what is not UTF-8.
    """
    decoding, lines = Decoding(path, "utf-8"), _Lines(delimiter, width)
    nul, size, last = -1, 0, deque[bytes](maxlen=KEPT)
    for block in blocks(path):
        decoding.check(block)
        lines.add(block)
        if nul < 0 and (at := block.find(b"\0")) >= 0:
            nul = size + at
        size += len(block)
        last.append(block)
    decoding.check(b"")
    lines.end()
    line = None if nul < 0 else line_at(path, nul)
    tail = b"".join(last)
    return Scan(
        lines.blank,
        lines.empty,
        lines.lines,
        lines.is_even,
        line,
        size,
        tail,
        lines.has_quotes,
    )

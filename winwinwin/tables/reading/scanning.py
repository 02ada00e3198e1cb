"""One look at all bytes of a text before an engine reads it: is it UTF-8, and which lines hold nothing?"""

from pathlib import Path
from typing import Any, NamedTuple

from winwinwin.tables.reading.encodings import Decoding, blocks

NEWLINE, RETURN, END, QUOTE = b'\n\r\0"'


class Scan(NamedTuple):
    """What was found."""

    blank: int
    """Lines without a character, outside of quotes."""
    empty: int
    """Rows of nothing but delimiters."""
    lines: int
    """All lines but those within quotes; 0 where a quote without another one hides what is within."""


class _Lines:
    """Counts the lines that hold nothing, in blocks of any size."""

    def __init__(self, delimiter: str, width: int) -> None:
        plain, quoted = ([cell] * width for cell in ("", '""'))
        self._patterns = (
            [delimiter.join(row).encode() for row in (plain, quoted)] if width > 1 else []
        )
        self._ahead = max(map(len, self._patterns), default=0) + 2
        self._carried = b""
        self._quotes = 0
        self.blank = self.empty = 0
        self._lines = 1

    def add(self, block: bytes) -> None:
        text = self._carried + block
        cut = max(len(text) - self._ahead, 0)
        self._count(text, cut)
        self._carried = text[cut:]

    def end(self) -> None:
        self._count(self._carried + bytes([END]) * self._ahead, len(self._carried))

    @property
    def lines(self) -> int:
        return 0 if self._quotes % 2 else self._lines

    def _count(self, text: bytes, cut: int) -> None:
        """Count the lines that start after the line ends before the cut."""
        import numpy as np

        codes = np.frombuffer(text, np.uint8)
        quotes = np.flatnonzero(codes[:cut] == QUOTE)
        starts = np.flatnonzero(codes[:cut] == NEWLINE) + 1

        def outside(found: Any) -> int:
            before = self._quotes + np.searchsorted(quotes, found)
            return int(np.count_nonzero(before % 2 == 0))

        first = codes[starts]
        self._lines += outside(starts[first != END])
        returned = starts[first == RETURN]
        self.blank += outside(starts[first == NEWLINE])
        self.blank += outside(returned[codes[returned + 1] == NEWLINE])
        for pattern in self._patterns:
            found = starts
            for place, code in enumerate(pattern):
                found = found[codes[found + place] == code]
                if not len(found):
                    break
            ends = codes[found + len(pattern)] if len(found) else found
            is_end = (ends == NEWLINE) | (ends == RETURN) | (ends == END)
            self.empty += outside(found[is_end])
        self._quotes += len(quotes)


def scan(path: Path, delimiter: str, width: int) -> Scan:
    """Look through a file with so many columns.

    Raises UnreadableError with the line of what is not UTF-8.
    """
    decoding, lines = Decoding(path, "utf-8"), _Lines(delimiter, width)
    for block in blocks(path):
        decoding.check(block)
        lines.add(block)
    decoding.check(b"")
    lines.end()
    return Scan(lines.blank, lines.empty, lines.lines)

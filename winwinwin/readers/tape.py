"""A text stream that remembers the last stretch it read."""

import codecs
import io
import re
from collections import deque
from typing import IO

from winwinwin.errors import SHOWN, Place, Problem, UnreadableError

CHUNK = 1 << 16

CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
SUSPICIOUS_BYTES = (b"\xc2", b"\xef")
"""First bytes of the C1 controls and of the marks that are not characters."""
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""What no text file may hold. Replaced as it is read and reported by the record it stands in."""


class Tape:
    """UTF-8 text, read once from start to end, of which any stretch not yet let go can be reread.

    A byte-order mark is passed over and every line end is read as a line feed. Positions count
    characters from the start of the text.
    """

    def __init__(self, stream: IO[bytes], source: str) -> None:
        self.source = source
        self.illegal: deque[tuple[int, Problem]] = deque()
        """Position and problem of each illegal character that no record has reported yet."""
        self._stream = stream
        self._decoder = io.IncrementalNewlineDecoder(
            codecs.getincrementaldecoder("utf-8-sig")(), translate=True
        )
        self._kept: deque[str] = deque()
        self._start = 0
        self._end = 0
        self._lines = 0

    def read(self, size: int = CHUNK) -> str:
        """Return the next characters, '' at the end.

        Raises UnreadableError where the bytes are not UTF-8.
        """
        text = ""
        while not text:
            raw = self._stream.read(size)
            try:
                text = self._decoder.decode(raw, final=not raw)
            except UnicodeDecodeError as error:
                raise UnreadableError(self._not_utf8(raw, error)) from None
            if not raw:
                break
            if len(raw.translate(None, CONTROL_BYTES)) != len(raw) or any(
                byte in raw for byte in SUSPICIOUS_BYTES
            ):
                text = self._without_illegal(text)
        self._keep(text)
        return text

    def read_all(self) -> str:
        """Return everything from here to the end."""
        return "".join(iter(self.read, ""))

    def let_go(self, position: int) -> None:
        """Forget what stands before a position, a chunk at a time."""
        while self._kept and self._start + len(self._kept[0]) <= position:
            self._start += len(self._kept.popleft())

    def text(self, start: int, end: int | None = None) -> str:
        """Return a stretch again, of what was read and not let go; to the end without one."""
        first = max(start - self._start, 0)
        if end is None:
            return "".join(self._kept)[first:]
        parts, length = [], 0
        for chunk in self._kept:
            if length >= end - self._start:
                break
            parts.append(chunk)
            length += len(chunk)
        return "".join(parts)[first : max(end - self._start, 0)]

    def place(self, position: int, line: int, column: int) -> Place:
        """Return a position as a place, its line (from 1) and column (from 0) being known."""
        caret = min(column, SHOWN)
        line_text = self.text(position - caret, position + SHOWN)
        caret = min(caret, len(line_text))
        after = line_text[caret:].partition("\n")[0]
        return Place(self.source, line, column + 1, line_text[:caret] + after, caret)

    def illegal_before(self, position: int) -> list[Problem]:
        """Take the problems of the illegal characters that stand before a position."""
        taken = []
        while self.illegal and self.illegal[0][0] < position:
            taken.append(self.illegal.popleft()[1])
        return taken

    def _keep(self, text: str) -> None:
        self._kept.append(text)
        self._end += len(text)
        self._lines += text.count("\n")

    def _without_illegal(self, text: str) -> str:
        for match in ILLEGAL.finditer(text):
            before = text[: match.start()]
            column = len(before) - (before.rfind("\n") + 1)
            problem = Problem(
                f"character U+{ord(match[0]):04X} is not text",
                hint="Remove it, or write it as an escape in double quotes.",
                place=Place(self.source, self._lines + before.count("\n") + 1, column + 1),
            )
            self.illegal.append((self._end + match.start(), problem))
        return ILLEGAL.sub("\ufffd", text)

    def _not_utf8(self, raw: bytes, error: UnicodeDecodeError) -> Problem:
        line = self._lines + raw[: error.start].count(b"\n") + 1
        return Problem(
            f"byte 0x{error.object[error.start]:02x} is not UTF-8",
            hint="Save the file as UTF-8.",
            place=Place(self.source, line),
        )

"""A text stream that remembers what it read last."""

import codecs
import io
import re
from bisect import bisect_left, insort
from collections import deque
from collections.abc import Iterable
from typing import IO, NamedTuple

from winwinwin.errors import SHOWN, Place, Problem, UnreadableError, UsageError, count

CHUNK = 1 << 16
MOST_ILLEGAL = 10_000
"""Illegal characters to remember at a time; a file with more is not text."""

CONTROL_BYTES = bytes({*range(0x20), 0x7F} - set(b"\t\n\r"))
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
"""What no text file may hold. It is replaced while reading and reported by its record."""
MARK = "\ufeff"
"""The byte-order mark, with which a file begins; where files were joined, a line in the middle does."""
ILLEGAL_HINT = "Remove it."
HALF_HINT = "It is half of a pair: write both halves, or remove it."


class Point(NamedTuple):
    """A position, and its line and column (from 1)."""

    position: int
    line: int
    column: int

    def after(self, text: str) -> "Point":
        """Return the point behind a text that begins here."""
        lines = text.count("\n")
        column = len(text) - text.rfind("\n") if lines else self.column + len(text)
        return Point(self.position + len(text), self.line + lines, column)


class Tape:
    """UTF-8 text, read once from start to end, of which any stretch not yet let go can be reread.

    A byte-order mark before a line is passed over and every line end is read as a line feed. Positions count
    characters from the start of the text.
    """

    refused = ILLEGAL
    """A reader that refuses more characters sets this before it reads."""

    def __init__(self, stream: IO[bytes], source: str) -> None:
        self.source = source
        self.illegal: list[tuple[int, str]] = []
        """Position of each illegal character that no record has reported yet, in order."""
        self._stream = stream
        self._begun = b""
        """The first line, where it was asked for and is still to be read."""
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._line_ends = io.IncrementalNewlineDecoder(None, translate=True)
        self._not_utf8: int | None = None
        """The byte at which the text ends because it is not UTF-8."""
        self._failure: UnreadableError | OSError | None = None
        self._is_over = False
        """Whether the stream has ended: a keyboard that is asked again waits for another end."""
        self._kept: deque[str] = deque()
        self._end = 0
        self._begins_line = False
        """Whether what is read next begins a line, but for the first: its mark is the decoder's."""
        self._first = Point(0, 1, 1)
        """The first character kept."""
        self._asked = self._first
        """The last place that was asked for: the next one is counted on from there."""

    @property
    def end(self) -> int:
        """Position after the last character that was read."""
        return self._end

    def first_line(self) -> bytes:
        """Return the first line, or a chunk of a long one, as it is; `read` still begins with it."""
        self._begun = self._stream.readline(CHUNK)
        return self._begun

    def read(self, size: int = CHUNK) -> str:
        """Return the next characters, '' at the end.

        Raises UnreadableError where the bytes are not UTF-8, all before them having been read, and
        what it has once raised ever after.
        """
        if self._failure is not None:
            raise self._failure
        try:
            return self._read(size)
        except (UnreadableError, OSError) as failure:
            self._failure = failure
            raise

    def _read(self, size: int) -> str:
        text = ""
        while not (text or self._is_over):
            if self._not_utf8 is not None:
                what = f"byte 0x{self._not_utf8:02x} is not UTF-8"
                problem = Problem(what, hint="Save the file as UTF-8.", place=self.place(self._end))
                raise UnreadableError(problem)
            raw = self._begun or self._stream.read(size)
            self._begun = b""
            text = self._decoded(raw)
            ended = not raw or self._not_utf8 is not None
            text = self._line_ends.decode(text, final=ended)
            self._is_over = not raw and self._not_utf8 is None
            has_controls = len(raw.translate(None, CONTROL_BYTES)) != len(raw)
            if (has_controls or not text.isascii()) and self.refused.search(text):
                text = self._without_illegal(self._without_marks(text))
        if text:
            self._kept.append(text)
            self._begins_line = text.endswith("\n")
        self._end += len(text)
        return text

    def read_all(self) -> str:
        """Return everything from here to the end."""
        return "".join(iter(self.read, ""))

    def following(self, position: int) -> str:
        """Return some of what follows a position that was not let go, '' at the end."""
        at = self._first.position
        for chunk in self._kept:
            if at + len(chunk) > position:
                return chunk[max(position - at, 0) :]
            at += len(chunk)
        return self.read()

    def let_go(self, position: int) -> None:
        """Forget what is before a position and was reported, a chunk at a time."""
        if self.illegal:
            position = min(position, self.illegal[0][0])
        while self._kept and self._first.position + len(self._kept[0]) <= position:
            self._first = self._first.after(self._kept.popleft())

    def text(self, start: int, end: int) -> str:
        """Return a stretch again, as far as it was read and not let go."""
        at = self._first.position
        parts = []
        for chunk in self._kept:
            if at >= end:
                break
            if at + len(chunk) > start:
                parts.append(chunk[max(start - at, 0) : end - at])
            at += len(chunk)
        return "".join(parts)

    def point(self, position: int) -> Point:
        """Return a position that was not let go with its line and column."""
        asked_before = self._first.position <= self._asked.position <= position
        known = self._asked if asked_before else self._first
        self._asked = known.after(self.text(known.position, position))
        return self._asked

    def place(self, position: int) -> Place:
        """Return a position that was not let go as a place, with what is near it on its line."""
        _, line, column = self.point(position)
        left = self.text(position - SHOWN, position).rpartition("\n")[2]
        right = self.text(position, position + SHOWN).partition("\n")[0]
        return Place(self.source, line, column, left + right, caret=len(left))

    def refuse(self, position: int, character: str) -> None:
        """Note a character that the text has only as an escape."""
        insort(self.illegal, (position, character))

    def illegal_before(self, position: int) -> list[Problem]:
        """Take the illegal characters that stand before a position, as one problem or none."""
        cut = bisect_left(self.illegal, (position, ""))
        taken = self.illegal[:cut]
        del self.illegal[:cut]
        if not taken:
            return []
        at, character = taken[0]
        more = f" (the first of {len(taken):,})" if taken[1:] else ""
        what = f"character U+{ord(character):04X} is not text{more}"
        hint = HALF_HINT if "\ud800" <= character <= "\udfff" else ILLEGAL_HINT
        return [Problem(what, hint=hint, place=self.place(at))]

    def _without_marks(self, text: str) -> str:
        if self._begins_line:
            text = text.removeprefix(MARK)
        return text.replace(f"\n{MARK}", "\n")

    def _without_illegal(self, text: str) -> str:
        for match in self.refused.finditer(text):
            self.illegal.append((self._end + match.start(), match[0]))
        if len(self.illegal) > MOST_ILLEGAL:
            what = f"holds more than {count(MOST_ILLEGAL, 'character')} that are not text"
            hint = "Save the file as UTF-8."
            raise UnreadableError(Problem(what, hint=hint, place=Place(self.source)))
        return self.refused.sub("\ufffd", text)

    def _decoded(self, raw: bytes) -> str:
        """Decode the next bytes, as far as they are UTF-8."""
        try:
            return self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            self._not_utf8 = error.object[error.start]
            return error.object[: error.start].decode()


def utf8(raw: bytes, source: str) -> str:
    """Return the text of a whole file as it is. Raises UnreadableError where it is not UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        Tape(io.BytesIO(raw), source).read_all()  # it knows the place
        raise


def is_utf8(text: str) -> bool:
    """Tell whether a text has no bytes in it that are not UTF-8, which Python carries as half characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def unencodable(error: UnicodeEncodeError, given: Iterable[str]) -> UsageError:
    """Return the error for what is not UTF-8, where it has to be: the argument, or what is around it."""
    around = error.object[max(error.start - SHOWN, 0) : error.end + SHOWN]
    name = next((each for each in given if not is_utf8(each)), around)
    hint = "Choose a name or value in UTF-8."
    return UsageError(Problem("this is not UTF-8", hint=hint, place=Place(name)))

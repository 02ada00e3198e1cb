"""What the tests of the reading side share: a text goes in, all that comes out is told in words."""

import io
from collections.abc import Iterable, Iterator
from textwrap import dedent
from typing import BinaryIO

from winwinwin.errors import UnreadableError
from winwinwin.kernel.judgement import Unjudged
from winwinwin.loading.documents import READERS, Item, read_stream
from winwinwin.parsing.tape import CHUNK, Tape
from winwinwin.record.checking import check
from winwinwin.record.interaction import Recorded

KEYS = "(id, date, employee, channel, notes, tags, rulebook, salesperson, customer, organization, order)"
"""What may stand in a record, as it is told where something else does."""
EMPTY = "holds no interactions. Record at least one; `winwinwin new` prints a template."
"""What is told of a file that has no record."""


def read(text: str | bytes, form: str = "yaml") -> list[Item]:
    """Read a file called `week` of this form."""
    raw = text.encode() if isinstance(text, str) else text
    return list(read_stream(check, io.BytesIO(raw), f"week.{form}", READERS[form]))


def read_one(text: str | bytes, form: str = "yaml") -> Recorded:
    """Read the one interaction that a file holds."""
    [item] = read(text, form)
    assert isinstance(item, Recorded), item
    return item


def is_shown(line: str) -> bool:
    """Tell whether a terminal shows a line, and does nothing else: it has letters and joiners."""
    return line.translate({0x200C: None, 0x200D: None}).isprintable()


def told(items: Iterable[Item]) -> str:
    """Tell each item: line and id of a record that could be read, every problem of the others."""
    return "\n".join(map(_told, items)) + "\n"


def _told(item: Item) -> str:
    if isinstance(item, Recorded):
        return f"line {item.line}: {item.interaction.id}"
    heading = f"invalid: {item.id or '-'}" if isinstance(item, Unjudged) else "unreadable:"
    return "\n".join([heading, *map(str, item.problems)])


def expected(words: str) -> str:
    """Take the indentation of a test off what it expects to be told."""
    return dedent(words).lstrip("\n")


def expect_report(text: str | bytes, words: str, form: str = "yaml") -> None:
    """Check all that is told of a text, word for word."""
    got, want = told(read(text, form)), expected(words)
    assert got == want, f"what is told:\n{got}"


def ids(items: Iterable[Item]) -> list[str | None]:
    """Return the ids of the records that could be read, in order."""
    return [item.interaction.id for item in items if isinstance(item, Recorded)]


def places(items: Iterable[Item]) -> list[str]:
    """Return the place of every problem, in order."""
    return [
        str(problem.place)
        for item in items
        if isinstance(item, Unjudged | UnreadableError)
        for problem in item.problems
    ]


def number(items: Iterable[Item]) -> int:
    """Return how many problems there are, those that are only counted too."""
    wrong = (item for item in items if isinstance(item, Unjudged | UnreadableError))
    return sum(problem.number for item in wrong for problem in item.problems)


def generated(head: str, record: str, times: int, tail: str = "") -> BinaryIO:
    """Open a file that is made as it is read: the same record over and over."""
    return io.BufferedReader(_Generated(head, record, times, tail))


class _Generated(io.RawIOBase):
    def __init__(self, head: str, record: str, times: int, tail: str) -> None:
        self._parts = self._all_parts(head, record, times, tail)
        self._left = b""

    @staticmethod
    def _all_parts(head: str, record: str, times: int, tail: str) -> Iterator[bytes]:
        yield head.encode()
        for _ in range(times // 100):
            yield record.encode() * 100
        yield tail.encode()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # what is handed over
        while len(self._left) < len(buffer) and (part := next(self._parts, None)) is not None:
            self._left += part
        read, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(read)] = read
        return len(read)


class WatchedTape(Tape):
    """Knows the most that it ever kept."""

    most = 0

    def read(self, size: int = CHUNK) -> str:
        text = super().read(size)
        self.most = max(self.most, sum(map(len, self._kept)))
        return text

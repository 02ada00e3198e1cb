"""A clean copy of a text that DuckDB could not read as it is; each line keeps its number."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from winwinwin.tables.reading.encodings import Decoding, blocks
from winwinwin.tables.reading.rows import LONGEST_VALUE


def copied(path: Path, encoding: str, target: Path) -> None:
    """Write a file as UTF-8, without holding it. Raises UnreadableError where the text is not in its encoding."""
    decoding = Decoding(path, encoding)
    with target.open("w", encoding="utf-8", newline="") as out:
        for block in blocks(path):
            out.write(decoding.text(block))
        out.write(decoding.text(b""))


def cut(path: Path, length: int, target: Path) -> None:
    """Write the first bytes of what a file holds; to the file itself by cutting it off."""
    if target == path:
        with path.open("r+b") as file:
            file.truncate(length)
        return
    with target.open("wb") as out:
        for block in blocks(path):
            out.write(block[: length - out.tell()])
            if out.tell() >= length:
                break


class Record(NamedTuple):
    """A row of a text."""

    line: int
    """Where it begins, from 1."""
    values: list[str]
    lines: list[str]
    """As it stands there."""

    @property
    def has_lone_return(self) -> bool:
        return self.lines[-1].endswith("\r")

    @property
    def end(self) -> str:
        return self.lines[-1].removeprefix(self.lines[-1].rstrip("\r\n"))


def records(path: Path, delimiter: str) -> Iterator[Record]:
    """Yield the rows of a file in UTF-8, blank lines among them."""
    csv.field_size_limit(LONGEST_VALUE)
    taken: list[str] = []
    with io.TextIOWrapper(path.open("rb"), "utf-8-sig", "replace", newline="") as lines:

        def kept() -> Iterator[str]:
            for line in lines:
                taken.append(line)
                yield line

        number = 1
        for values in csv.reader(kept(), delimiter=delimiter):
            yield Record(number, values, [*taken])
            number += len(taken)
            taken.clear()


def narrowed(path: Path, delimiter: str, skip: int, width: int, target: Path) -> None:
    """Write a file whose rows of data have one value beyond the width at most; blank if all of them were."""
    with target.open("w", encoding="utf-8", newline="") as out:
        for number, record in enumerate(records(path, delimiter)):
            beyond = record.values[width:]
            if number < skip or len(beyond) <= 1:
                out.write("".join(record.lines))
            else:
                one = next(filter(str.strip, beyond), "")
                out.write(_written([*record.values[:width], one], delimiter, record.end))


def evened(path: Path, delimiter: str, skip: int, width: int, target: Path) -> int:
    """Write a file with one kind of line ends outside of quotes, and blank out what is above the data.

    Takes the number of rows above the data, and returns that of lines.
    """
    found = records(path, delimiter)
    with target.open("w", encoding="utf-8", newline="") as out:
        above = [*islice(found, skip)]
        number = sum(len(each.lines) for each in above)
        out.write("-\n" * number)
        has_newlines = not (above and above[-1].has_lone_return)
        for record in _whole(found, delimiter, width) if has_newlines else found:
            out.write("".join(record.lines).rstrip("\r\n") + "\n")
    return number


def _whole(found: Iterator[Record], delimiter: str, width: int) -> Iterator[Record]:
    """Yield rows, those put together again that a lone carriage return within a value has parted."""
    held: Record | None = None
    for record in found:
        if (
            held
            and held.values
            and record.values
            and len(held.values) + len(record.values) - 1 == width > 1
        ):
            held = _together(held, record, delimiter)
        else:
            if held:
                yield held
            held = record
        if not held.has_lone_return:
            yield held
            held = None
    if held:
        yield held


def _together(first: Record, second: Record, delimiter: str) -> Record:
    values = [*first.values[:-1], f"{first.values[-1]}\r{second.values[0]}", *second.values[1:]]
    end = "\r" if second.has_lone_return else "\n"
    return Record(first.line, values, [_written(values, delimiter, end)])


def _written(values: Sequence[str], delimiter: str, end: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerow(values)
    return text.getvalue().removesuffix("\r\n") + end

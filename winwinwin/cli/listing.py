"""What is in files: a row for each interaction, those of some verdicts or all."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from typing import NamedTuple, TypeAlias

from pydantic_core import to_json

from winwinwin.batch.asking import checked_dimension, verdict_named
from winwinwin.batch.choosing import Choosing, say
from winwinwin.batch.face import Source
from winwinwin.batch.opening import files_of
from winwinwin.batch.other_rulebooks import OtherRulebooks
from winwinwin.batch.records import awaited
from winwinwin.batch.repeated import RepeatedIds
from winwinwin.cli import writing
from winwinwin.cli.inputs import RecordInput
from winwinwin.cli.options import Output, Rules
from winwinwin.errors import DONE, INVALID, SHOWN, UnreadableError, printable, shortened
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Unjudged, encodable
from winwinwin.kernel.verdict import Verdict
from winwinwin.loading.documents import read_all
from winwinwin.loading.shapes import PassedOverError
from winwinwin.output import streams
from winwinwin.output.reports import Reports
from winwinwin.pages.blocks import Block, Table, Text
from winwinwin.pages.page import Page
from winwinwin.pages.words import verdict_text
from winwinwin.record.interaction import Recorded
from winwinwin.rows.records import harmless, row_writer

Verdicts: TypeAlias = Collection[Verdict]
HEADS = ("id", "date", "triple", "verdict")
TO_THE_MINUTE = len("2026-11-23T14:30")
NONE = "-"
"""What a person is shown where there is nothing."""


class Row(NamedTuple):
    """One interaction in a list."""

    id: str | None
    source: str
    line: int | None
    """Where it is; None where a mistake left no line to name."""
    date: date | None
    triple: str | None
    """None where the record is invalid."""
    verdict: Verdict

    @property
    def name(self) -> str:
        """What `explain` finds it by: its id, or else its place."""
        return self.id or (f"{self.source}:{self.line}" if self.line else self.source)

    @property
    def values(self) -> dict[str, str | int | None]:
        """What machine formats have."""
        return {
            "id": self.id,
            "source": encodable(self.source),
            "line": self.line,
            "date": self.date.isoformat() if self.date else None,
            "triple": self.triple,
            "verdict": self.verdict.value,
        }

    @property
    def cells(self) -> tuple[str, str, str]:
        """What a person reads before the verdict."""
        day = self.date.isoformat()[:TO_THE_MINUTE] if self.date else NONE
        return self.name, day, self.triple or NONE


def row_of(item: Recorded | Unjudged, judge: Judge) -> Row:
    if isinstance(item, Recorded):
        about, outcomes, source, line = item
        judgement = judge.outcomes(outcomes)
        return Row(about.id, source, line, about.date, judgement.triple, judgement.verdict)
    place = item.problems[0].place
    source, at = (place.source, place.line) if place else ("", None)
    return Row(item.id, source, at, None, None, item.verdict)


def selected(rows: Iterable[Row], only: Verdicts) -> Iterator[Row]:
    """Return the rows with one of these verdicts; all where none is named."""
    return (row for row in rows if not only or row.verdict in only)


def verdicts(written: Iterable[str]) -> frozenset[Verdict]:
    """Read verdicts, each word one or several with commas. Raises UsageError for any other word."""
    words = [word.strip() for words in written for word in words.split(",")]
    return frozenset(verdict_named(word, "--only", tuple(Verdict)) for word in words)


def blocks(rows: Iterable[Row]) -> list[Block]:
    """Return the list as a table, nothing where there is no row."""
    shown = tuple(
        (*(Text(shortened(cell, SHOWN)) for cell in row.cells), verdict_text(row.verdict))
        for row in rows
    )
    return [Table(HEADS, shown)] if shown else []


def lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a line a row, for a pipe."""
    for row in rows:
        name, day, triple = map(printable, row.cells)
        yield f"{name:<14}  {day:<10}  {triple:<14}  {row.verdict}\n"


def json_lines(rows: Iterable[Row]) -> Iterator[str]:
    return (_encoded(row) + "\n" for row in rows)


def json_list(rows: Iterable[Row]) -> Iterator[str]:
    separator = "["
    for row in rows:
        yield f"{separator}\n{_encoded(row)}"
        separator = ","
    yield "[]\n" if separator == "[" else "\n]\n"


def _encoded(row: Row) -> str:
    return to_json(row.values).decode()


def csv_rows(rows: Iterable[Row]) -> Iterator[str]:
    """Yield a heading and a row a record, with no cell that a spreadsheet would run."""
    written = row_writer()
    yield written(Row._fields)
    for row in rows:
        values = row.values.values()
        yield written(harmless(cell) if isinstance(cell, str) else cell for cell in values)


TEXTS: dict[str, Callable[[Iterable[Row]], Iterator[str]]] = {
    "text": lines,
    "json": json_list,
    "jsonl": json_lines,
    "csv": csv_rows,
}
"""What writes a list in each format that is not set as a table."""


def page(rows: Sequence[Row]) -> Page:
    """Return the list in every format: a table, a line a row in a pipe, or data."""
    return Page(
        blocks=blocks(rows),
        rows={name: partial(_joined, write, rows) for name, write in TEXTS.items()},
    )


def _joined(write: Callable[[Iterable[Row]], Iterator[str]], rows: Sequence[Row]) -> str:
    return "".join(write(rows))


class Reading:
    """The rows of files, read one by one; what can't be read is reported on standard error."""

    def __init__(self, source: Source, judge: Judge) -> None:
        self._items = read_all(source.paths, source.input_format)
        self._reports = Reports(source.max_errors)
        self._judge = judge
        self._choosing = Choosing(source.selection, source.aliases)
        self.code = DONE
        """The exit code."""
        self.is_whole = True
        """Whether every source of records could be read."""

    def __iter__(self) -> Iterator[Row]:
        kept, others, repeated = 0, OtherRulebooks(self._judge), RepeatedIds()
        for item in chain.from_iterable(self._choosing.of([item]) for item in self._items):
            if not isinstance(item, Recorded):
                if not isinstance(item, PassedOverError):
                    self.code = INVALID
                self._reports.show(item.problems)
            if isinstance(item, UnreadableError):
                self.is_whole &= isinstance(item, PassedOverError)
            else:
                kept += 1
                recorded = [item] if isinstance(item, Recorded) else []
                others.take(recorded)
                repeated.take(recorded)
                yield row_of(item, self._judge)
        self._reports.end()
        streams.warn(repeated.end() + others.end())
        selected = self._choosing.selected(kept)
        say(selected, self._choosing.unmet())
        if selected and not kept:
            self.code = INVALID


def source_of(paths: Sequence[str], reading: RecordInput) -> Source:
    return Source(paths, reading.input_format, max_errors=reading.max_errors)


def write(source: Source, only: Verdicts, to: Output, rules: Rules) -> int:
    """Write what is in files, and return the exit code."""
    for dimension in source.selection.only:
        checked_dimension(dimension, "--only")
    found = Reading(source, rules.judge())
    awaited(source)
    rows = list(selected(found, only))
    writing.write(page(rows), to, [*files_of(source), *rules.files])
    if only and found.is_whole and not rows:
        streams.warn(f"No interaction has the verdict {' or '.join(sorted(only))}.\n")
    return found.code

"""Lists to work off: calls to talk about, and whom to ask what; a row an interaction."""

import io
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol, TypeAlias

from winwinwin.kernel.judgement import Judgement, encodable
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.pages.talk import Call, decided, helps, is_hidden_loss
from winwinwin.pages.words import listed, questions
from winwinwin.rows.records import harmless, row_writer
from winwinwin.rows.workbook import Workbook
from winwinwin.vocabulary import FACT

Row: TypeAlias = dict[str, Any]
"""A value for each column; None where there is none."""


class Listing(NamedTuple):
    """Which calls are in a list, and what is said of each."""

    name: str
    columns: tuple[str, ...]
    is_in: Callable[[Judgement], bool]
    said: Callable[[Judgement, Rulebook], Row]
    """What follows from the kind, besides what tells calls apart."""


def _talk(judgement: Judgement, rulebook: Rulebook) -> Row:
    return {
        "verdict": judgement.verdict.value,
        "triple": judgement.triple,
        "hidden_loss": is_hidden_loss(judgement),
        "why": decided(judgement, rulebook),
        "would_help": helps(judgement),
    }


def _ask(judgement: Judgement, _: Rulebook) -> Row:
    needs = judgement.needs
    return {
        "ask": listed(list(dict.fromkeys(FACT[fact].asked for fact in needs)), "and"),
        "question": questions(needs),
        "facts": ";".join(needs),
    }


ABOUT = ("id", "date", "employee", "channel")
TALK = Listing(
    "calls to talk about",
    (*ABOUT, "notes", "verdict", "triple", "hidden_loss", "why", "would_help"),
    lambda _: True,
    _talk,
)
ASK = Listing(
    "ask next",
    (*ABOUT, "ask", "question", "facts"),
    lambda judgement: bool(judgement.needs),
    _ask,
)


class Writer(Protocol):
    """Writes rows in a format, to what takes text or bytes."""

    def add(self, row: Row) -> None: ...

    def end(self) -> None: ...


class CallList:
    """A list that is being written."""

    def __init__(self, listing: Listing, rulebook: Rulebook, writer: Writer) -> None:
        self._listing = listing
        self._rulebook = rulebook
        self._writer = writer
        self._kinds: dict[Any, Row] = {}

    def add(self, call: Call) -> None:
        if self._listing.is_in(call.judgement):
            row = {**_about(call), **self._said(call.judgement)}
            self._writer.add({name: row[name] for name in self._listing.columns})

    def end(self) -> None:
        self._writer.end()

    def _said(self, judgement: Judgement) -> Row:
        facts = judgement.facts
        if facts not in self._kinds:
            self._kinds[facts] = self._listing.said(judgement, self._rulebook)
        return self._kinds[facts]


def _about(call: Call) -> Row:
    return {
        "id": encodable(call.name),
        "date": call.date,
        "employee": call.employee,
        "channel": call.channel,
        "notes": call.notes,
    }


Write: TypeAlias = Callable[[str | bytes], object]


class _Separated:
    def __init__(self, listing: Listing, write: Write, delimiter: str) -> None:
        self._write = write
        self._row = row_writer(delimiter)
        self._write(self._row(listing.columns))

    def add(self, row: Row) -> None:
        self._write(self._row(map(_cell, row.values())))

    def end(self) -> None: ...


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else harmless(str(value))


class _Lines:
    def __init__(self, _: Listing, write: Write) -> None:
        self._write = write

    def add(self, row: Row) -> None:
        self._write(json.dumps(row, ensure_ascii=False, default=str) + "\n")

    def end(self) -> None: ...


class _Book:
    def __init__(self, listing: Listing, write: Write) -> None:
        self._write = write
        self._file = io.BytesIO()
        self._book = Workbook(listing.columns, self._file, "verdict", rows=listing.name)

    def add(self, row: Row) -> None:
        self._book.add(row.values())

    def end(self) -> None:
        self._book.end_rows()
        self._book.close()
        self._write(self._file.getvalue())


WRITERS: Mapping[str, Callable[[Listing, Write], Writer]] = {
    "csv": lambda listing, write: _Separated(listing, write, ","),
    "tsv": lambda listing, write: _Separated(listing, write, "\t"),
    "jsonl": _Lines,
    "xlsx": _Book,
}
"""By format."""


def call_list(listing: Listing, rulebook: Rulebook, its_format: str, write: Write) -> CallList:
    """Begin a list. Raises MissingExtraError for a workbook without XlsxWriter."""
    return CallList(listing, rulebook, WRITERS[its_format](listing, write))

"""Machine formats: one object or row for each interaction."""

import csv
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from winwinwin.errors import printable
from winwinwin.facts import Facts, word
from winwinwin.kernel.judgement import Judgement, Subject, Unjudged, seconds
from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.words import remedies_code
from winwinwin.record.described import Described
from winwinwin.record.interaction import FLAT_PATHS, Outcomes, Recorded

RUN_AS_FORMULA = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes a cell for a formula by; some fold the wide signs of Asian texts."""

ABOUT_COLUMNS = ("id", "date", "employee", "channel", "tags", "about_notes")
VERDICT_COLUMNS = (
    "verdict",
    "organization_outcome",
    "triple",
    "rule",
    "order_status",
    "gap_seconds",
    "assumed",
    "possible",
    "needs",
    "contradicts_books",
    "notes",
    "remedies",
    "problem",
)
COLUMNS = (*ABOUT_COLUMNS, *FLAT_PATHS, *VERDICT_COLUMNS)
GAP = COLUMNS.index("gap_seconds")


OF_RECORD = ("id", "about")
"""Keys of an object that differ between interactions of one kind."""
OF_ORDER = ("id", "gap_seconds", "facts", "about")
"""Those that differ where something is recorded of the order, in the order of the object."""


def _encode(value: Any) -> str:
    return to_json(value).decode()


def _encode_about(about: Described) -> str:
    """Encode what describes an interaction: where and by whom repeats, and notes are only text."""
    if about.tags or about.rulebook:
        return _encode(about.about)
    around = _encode_around(about.date, about.employee, about.channel)
    if not about.notes:
        return f"{{{around}}}"
    return f'{{{around}{"," if around else ""}"notes":{_encode(about.notes)}}}'


@lru_cache(maxsize=4096)
def _encode_around(moment: date | None, employee: str | None, channel: str | None) -> str:
    values = {"date": moment, "employee": employee, "channel": channel}
    return _encode({name: value for name, value in values.items() if value})[1:-1]


class JsonObjects:
    """Writes judgements as `Judgement.to_dict` describes them; a kind is encoded once."""

    def __init__(self, stamp: Stamp, after: str = "") -> None:
        """Name a rulebook in each object, and put something after it."""
        self._rulebook = stamp._asdict()
        self._after = after
        self._plain: dict[Facts, list[str]] = {}
        self._timed: dict[Facts, list[str]] = {}

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        about, outcomes = recorded.about, recorded.outcomes
        if outcomes.has_order:
            return self._judged_in_order(about, outcomes, judgement)
        texts = self._plain.get(judgement.facts)
        if texts is None:
            texts = self._plain[judgement.facts] = self._around(OF_RECORD, outcomes, judgement)
        begin, said, end = texts
        return f"{begin}{_encode(about.id)}{said}{_encode_about(about)}{end}"

    def _judged_in_order(self, about: Described, outcomes: Outcomes, judgement: Judgement) -> str:
        texts = self._timed.get(judgement.facts)
        if texts is None:
            texts = self._timed[judgement.facts] = self._around(OF_ORDER, outcomes, judgement)
        begin, before_gap, after_gap, before_about, end = texts
        gap, facts = _encode(seconds(judgement.gap)), _encode(outcomes.recorded)
        said = f"{before_gap}{gap}{after_gap}{facts}{before_about}"
        return f"{begin}{_encode(about.id)}{said}{_encode_about(about)}{end}"

    def _around(self, keys: Collection[str], outcomes: Outcomes, judgement: Judgement) -> list[str]:
        """Encode what goes around the values of some keys."""
        subject = Subject(None, outcomes.recorded, {}, self._rulebook)
        written = replace(judgement, subject=lambda: subject).to_dict()
        texts = [""]
        for key, value in written.items():
            texts[-1] += f",{_encode(key)}:"
            if key in keys:
                texts.append("")
            else:
                texts[-1] += _encode(value)
        texts[0] = "{" + texts[0].removeprefix(",")
        texts[-1] += "}" + self._after
        return texts

    def unjudged(self, unjudged: Unjudged) -> str:
        return unjudged.to_json() + self._after


class _Echo:
    """What a writer of CSV writes to, so that it returns the row."""

    def write(self, row: str) -> str:
        return row


def row_writer(delimiter: str = ",") -> Callable[[Iterable[Any]], str]:
    """Return what makes a line of CSV of the cells of a row."""
    # the writer keeps its own line end: with another it would leave a CR in a cell unquoted
    written: Callable[[Iterable[Any]], str] = csv.writer(_Echo(), delimiter=delimiter).writerow
    return lambda cells: written(cells).removesuffix("\r\n") + "\n"


class CsvRows:
    """Writes judgements as rows of CSV: what was recorded, then the verdict columns."""

    def __init__(self) -> None:
        self._row = row_writer()
        self._facts: dict[Facts, list[str]] = {}
        self._verdicts: dict[Facts, list[str]] = {}

    def header(self) -> str:
        return self._row(COLUMNS)

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        about, outcomes = recorded.about, recorded.outcomes
        kind = judgement.facts
        if outcomes.has_order:
            facts = fact_cells(outcomes)
        elif (known := self._facts.get(kind)) is not None:
            facts = known
        else:
            facts = self._facts[kind] = fact_cells(outcomes)
        verdicts = self._verdicts.get(kind)
        if verdicts is None:
            said = verdict_columns(judgement)
            verdicts = self._verdicts[kind] = [said.get(column, "") for column in VERDICT_COLUMNS]
        cells: list[Any] = [*about_columns(about).values(), *facts, *verdicts]
        if judgement.gap is not None:
            cells[GAP] = seconds(judgement.gap)
        return self._row(cells)

    def unjudged(self, unjudged: Unjudged) -> str:
        row = {
            "id": harmless(printable(unjudged.id or "")),  # it may be what is wrong
            "verdict": unjudged.verdict,
            "problem": harmless("; ".join(problem.line for problem in unjudged.problems)),
        }
        return self._row([row.get(column, "") for column in COLUMNS])


def fact_cells(outcomes: Outcomes) -> list[str]:
    """Return what was recorded of the facts, a cell each."""
    recorded = outcomes.recorded
    return [written(recorded[name]) if name in recorded else "" for name in FLAT_PATHS]


def verdict_columns(judgement: Judgement) -> dict[str, str]:
    """Return the flat columns that a kind decides; lists joined by `;`."""
    return {
        "verdict": judgement.verdict,
        "organization_outcome": word(judgement.organization),
        "triple": judgement.triple,
        "rule": judgement.rule or "",
        "order_status": word(judgement.order),
        "assumed": ";".join(setting.fact for setting in judgement.assumed),
        "possible": ";".join(judgement.possible),
        "needs": ";".join(judgement.needs),
        "contradicts_books": word(judgement.contradicts_books),
        "notes": ";".join(judgement.notes),
        "remedies": remedies_code(judgement.remedies),
    }


def tags_text(about: Described) -> str:
    return ";".join(f"{name}={value or ''}" for name, value in about.tags.items())


def about_columns(about: Described) -> dict[str, str]:
    return {
        "id": harmless(about.id or ""),
        "date": written(about.date),
        "employee": harmless(about.employee or ""),
        "channel": harmless(about.channel or ""),
        "tags": harmless(tags_text(about)),
        "about_notes": harmless(about.notes or ""),
    }


def written(value: Any) -> str:
    """Write a recorded value as it is read: parties joined by `;`, times as ISO 8601."""
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, date) else word(value)


def harmless(cell: str) -> str:
    """Return outside text as a cell that no spreadsheet runs."""
    return f"'{cell}" if cell.startswith(RUN_AS_FORMULA) else cell

"""Machine formats: one object or row for each interaction."""

import csv
import io
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic_core import to_json

from winwinwin.errors import printable
from winwinwin.facts import Facts, word
from winwinwin.kernel.judgement import Judgement, Subject, Unjudged, seconds
from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.words import remedies_code
from winwinwin.record.interaction import FLAT_PATHS, About, Outcomes, Recorded

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


OF_RECORD = ("id", "about")
"""Keys of an object that differ between interactions of one kind."""
OF_ORDER = ("id", "gap_seconds", "facts", "about")
"""Those that differ where something is recorded of the order, in the order of the object."""


def _encode(value: Any) -> str:
    return to_json(value).decode()


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
        return f"{begin}{_encode(about.id)}{said}{_encode(about.about)}{end}"

    def _judged_in_order(self, about: About, outcomes: Outcomes, judgement: Judgement) -> str:
        texts = self._timed.get(judgement.facts)
        if texts is None:
            texts = self._timed[judgement.facts] = self._around(OF_ORDER, outcomes, judgement)
        begin, before_gap, after_gap, before_about, end = texts
        gap, facts = _encode(seconds(judgement.gap)), _encode(outcomes.recorded)
        said = f"{before_gap}{gap}{after_gap}{facts}{before_about}"
        return f"{begin}{_encode(about.id)}{said}{_encode(about.about)}{end}"

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


class CsvRows:
    """Writes judgements as rows of CSV: what was recorded, then the verdict columns."""

    def __init__(self) -> None:
        self._buffer = io.StringIO()
        # the writer keeps its own line end: with another it would leave a CR in a cell unquoted
        self._writer = csv.writer(self._buffer)
        self._kinds: dict[Facts, dict[str, Any]] = {}

    def header(self) -> str:
        return self._row(COLUMNS)

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        kind = self._kinds.get(judgement.facts)
        if kind is None:
            kind = self._kinds[judgement.facts] = verdict_columns(judgement)
        row = {
            **about_columns(recorded.about),
            **{name: written(value) for name, value in recorded.outcomes.recorded.items()},
            **kind,
            "gap_seconds": seconds(judgement.gap),
        }
        return self._row(row.get(column, "") for column in COLUMNS)

    def unjudged(self, unjudged: Unjudged) -> str:
        row = {
            "id": harmless(printable(unjudged.id or "")),  # it may be what is wrong
            "verdict": unjudged.verdict,
            "problem": harmless("; ".join(problem.line for problem in unjudged.problems)),
        }
        return self._row(row.get(column, "") for column in COLUMNS)

    def _row(self, cells: Iterable[Any]) -> str:
        self._writer.writerow(cells)
        row = self._buffer.getvalue().removesuffix("\r\n") + "\n"
        self._buffer.seek(0)
        self._buffer.truncate()
        return row


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


def tags_text(about: About) -> str:
    return ";".join(f"{name}={value or ''}" for name, value in about.tags.items())


def about_columns(about: About) -> dict[str, str]:
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

"""Machine formats: one object or row for each interaction, written out field by field."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, NamedTuple

from pydantic_core import to_json

from winwinwin.errors import Problem
from winwinwin.facts import Facts, word
from winwinwin.interaction import FLAT_PATHS, About, Outcomes, Recorded
from winwinwin.judgement import Judgement, RuleFinding, Unjudged
from winwinwin.render.view import remedies_code
from winwinwin.rulebook import Stamp

SCHEMA = "winwinwin/1"

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
MOMENTS = ("order", "salesperson_won_at", "customer_won_at", "organization_won_at")
"""The facts that a kind holds only as what follows from them."""
COLUMNS = (*ABOUT_COLUMNS, *FLAT_PATHS, *VERDICT_COLUMNS)


def _encode(value: Any) -> str:
    return to_json(value).decode()


class JsonObjects:
    """Writes judgements as JSON objects; what they say of a kind is encoded once."""

    def __init__(self, stamp: Stamp, after: str = "") -> None:
        """Name a rulebook in each object, and put something after it."""
        self._begin = f'{{"schema":"{SCHEMA}","id":'
        self._end = f',"rulebook":{_encode(stamp._asdict())}}}{after}'
        self._after = after
        self._kinds: dict[Facts, _Kind] = {}

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        about, outcomes = recorded.about, recorded.outcomes
        kind = self._kinds.get(judgement.facts)
        if kind is None:
            kind = self._kinds[judgement.facts] = _encode_kind(judgement)
        said = kind.timed(outcomes, judgement) if outcomes.has_order else kind.said
        return f"{self._begin}{_encode(about.id)}{said}{_encode(about.about)}{self._end}"

    def unjudged(self, unjudged: Unjudged) -> str:
        problems = [problem_object(problem) for problem in unjudged.problems]
        head = {"schema": SCHEMA, "id": unjudged.id, "verdict": unjudged.verdict}
        return _encode(head | {"problems": problems}) + self._after


class _Kind(NamedTuple):
    """What an object says between the id and what the interaction is about."""

    said: str
    """All of it, where nothing is recorded of the order."""
    before_gap: str
    after_gap: str
    facts: str
    """Those that stand before the order and the times."""

    def timed(self, outcomes: Outcomes, judgement: Judgement) -> str:
        """Return all of it, with the order and the times as they were recorded."""
        gap = _encode(seconds(judgement.gap))
        recorded = outcomes.recorded
        moments = {name: recorded[name] for name in recorded if name in MOMENTS}
        facts = ",".join(filter(None, (self.facts, _members(moments))))
        return _between(self.before_gap, gap, self.after_gap, facts)


def _between(before_gap: str, gap: str, after_gap: str, facts: str) -> str:
    return f',{before_gap},"gap_seconds":{gap},{after_gap},"facts":{{{facts}}},"about":'


def _encode_kind(judgement: Judgement) -> _Kind:
    """Encode what a kind decides."""
    before_gap = {
        "verdict": judgement.verdict,
        "organization": judgement.organization,
        "triple": judgement.triple,
        "rule": judgement.rule,
        "rules": [rule_object(finding) for finding in judgement.rules],
        "order": judgement.order,
    }
    after_gap = {
        "assumed": [setting.fact for setting in judgement.assumed],
        "possible": judgement.possible,
        "needs": judgement.needs,
        "contradicts_books": judgement.contradicts_books,
        "notes": judgement.notes,
        "remedies": [dict(remedy) for remedy in judgement.remedies],
    }
    facts = judgement.facts._asdict()
    del facts["order"]  # it stands as it was recorded, not as it was reduced
    recorded = {fact: value for fact, value in facts.items() if value is not None}
    parts = _members(before_gap), _members(after_gap), _members(recorded)
    return _Kind(_between(parts[0], "null", *parts[1:]), *parts)


def _members(value: dict[str, Any]) -> str:
    """Encode an object without its braces."""
    return _encode(value)[1:-1]


def rule_object(finding: RuleFinding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "consequence": finding.consequence,
        "status": finding.status,
        "conditions": [condition._asdict() for condition in finding.conditions],
    }


def problem_object(problem: Problem) -> dict[str, Any]:
    place = problem.place
    return {
        "source": encodable(place.source) if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "field": problem.field,
        "message": problem.message,
    }


def encodable(name: str) -> str:
    """Return a file's name as text, with escapes for bytes of it that are none."""
    return name.encode(errors="backslashreplace").decode()


def seconds(gap: timedelta | None) -> float | None:
    """Return a gap in seconds, whole where it is."""
    if gap is None:
        return None
    total = gap.total_seconds()
    return int(total) if total.is_integer() else total


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
            "id": harmless(unjudged.id or ""),
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


def about_columns(about: About) -> dict[str, str]:
    tags = ";".join(f"{name}={value or ''}" for name, value in about.tags.items())
    return {
        "id": harmless(about.id or ""),
        "date": written(about.date),
        "employee": harmless(about.employee or ""),
        "channel": harmless(about.channel or ""),
        "tags": harmless(tags),
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

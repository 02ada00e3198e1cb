"""Machine formats: one object or row for each interaction, written out field by field."""

import csv
import io
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from pydantic_core import to_json

from winwinwin.errors import Problem
from winwinwin.facts import Facts, word
from winwinwin.interaction import FLAT_PATHS, About, Outcomes, Recorded
from winwinwin.judgement import Judgement, RuleFinding, Unjudged
from winwinwin.render.view import remedies_code
from winwinwin.rulebook import Stamp

SCHEMA = "winwinwin/1"

RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes a cell for a formula by."""

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


def _encode(value: Any) -> str:
    return to_json(value).decode()


class JsonObjects:
    """Writes judgements as JSON objects; what they say of a kind is encoded once."""

    def __init__(self, stamp: Stamp) -> None:
        self._rulebook = _encode(stamp._asdict())
        self._kinds: dict[Facts, tuple[str, str, str]] = {}

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        about, outcomes, *_ = recorded
        kind = self._kinds.get(judgement.facts)
        if kind is None:
            kind = self._kinds[judgement.facts] = _encode_kind(judgement)
        before_gap, after_gap, facts = kind
        gap = "null" if judgement.gap is None else _encode(seconds(judgement.gap))
        moments = _encode_moments(outcomes, facts) if outcomes.has_order else ""
        return (
            f'{{"schema":"{SCHEMA}","id":{_encode(about.id)},{before_gap},'
            f'"gap_seconds":{gap},{after_gap},"facts":{{{facts}{moments}}},'
            f'"about":{_encode(about.about)},"rulebook":{self._rulebook}}}'
        )

    def unjudged(self, unjudged: Unjudged) -> str:
        problems = [problem_object(problem) for problem in unjudged.problems]
        head = {"schema": SCHEMA, "id": unjudged.id, "verdict": unjudged.verdict}
        return _encode(head | {"problems": problems})


def _encode_kind(judgement: Judgement) -> tuple[str, str, str]:
    """Encode what a kind decides: the fields before the gap, those after it, and its facts."""
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
    return _members(before_gap), _members(after_gap), _members(recorded)


def _encode_moments(outcomes: Outcomes, before: str) -> str:
    """Encode the order and times as recorded, to follow the other facts."""
    recorded = outcomes.recorded
    moments = {name: recorded[name] for name in recorded if name == "order" or "_won_at" in name}
    return ("," if before else "") + _members(moments)


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
        "source": place.source if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "field": problem.field,
        "message": problem.message,
    }


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

"""What a check found, for a person and for a program."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any, NamedTuple

from winwinwin.analysis.checks import SEVERITIES, Finding, Severity
from winwinwin.analysis.table import kinds
from winwinwin.errors import Place, count
from winwinwin.kernel.rulebook import Stamp
from winwinwin.kernel.verdict import WORDINGS
from winwinwin.pages.blocks import Block, Line, Text, Title, line
from winwinwin.pages.page import Page
from winwinwin.pages.words import FACTS, kind_words, listed
from winwinwin.vocabulary import Tone

SENTENCES: dict[str, str] = {
    "never-fires": "rule {0} never fires: no interaction meets its conditions",
    "never-decides": "rule {0} never decides: whenever it fires, an earlier rule decides",
    "redundant-rule": "removing rule {0} would change no verdict",
    "idle-alternative": "removing this alternative would not change when rule {0} fires",
    "idle-condition": "removing the condition on '{1}' would not change when rule {0} fires",
    "unused-assumption": "the assumption about '{0}' is never used: its conditions are never met",
    "redundant-assumption": "removing the assumption about '{0}' would change no verdict",
    "unreachable-verdict": "no interaction can have the verdict '{0}'",
    "gap": "no rule fires for some interactions",
    "conflict": "rules {0} and {1} can both fire and disagree: {0} comes first and decides",
}
TONES: dict[Severity, Tone] = {"error": "lost", "warning": "open", "note": "muted"}
FEW = 5
"""Findings of a kind that are shown one by one; only one more is shown too."""
MOST_NAMES = 12
"""What the others are about is named up to here."""
NAMES = {**FACTS, **{verdict.value: wording.label for verdict, wording in WORDINGS.items()}}
"""How a fact or a verdict is called."""


class Placed(NamedTuple):
    """A finding and its place in the file."""

    finding: Finding
    place: Place


def findings_page(found: Sequence[Placed], stamp: Stamp) -> Page:
    """Show the findings, the most serious first; all of them are in the data."""
    return Page(
        blocks=findings_blocks(found, stamp),
        data=lambda: [*map(finding_object, found)],
        brief=lambda: [line(totals(found))],
    )


def findings_blocks(found: Sequence[Placed], stamp: Stamp) -> list[Block]:
    checked = count(len(kinds()), "kind")
    return [
        Title(Text(f"{stamp.title}: checked on all {checked}", "strong")),
        *(
            shown
            for _, alike in groupby(found, key=lambda placed: placed.finding.id)
            for shown in alike_lines(list(alike))
        ),
        line(totals(found)),
        line(stamp.fingerprint, label="fingerprint"),
    ]


def alike_lines(alike: Sequence[Placed]) -> Iterator[Line]:
    """Show the first findings of one kind on a line each, and on a last one what the others are about."""
    shown = alike if len(alike) <= FEW + 1 else alike[:FEW]
    for finding, place in shown:
        said = f": {sentence(finding)}{_in_kinds(finding)}"
        yield line(f"{place}: ", _head(finding), said)
    if others := [finding for finding, _ in alike[len(shown) :]]:
        yield line(f"and {len(others):,} more: ", _head(others[0]), f": {about(others)}")


def about(findings: Sequence[Finding]) -> str:
    """Name the first that the findings are about, each with its number where it has several."""
    numbers = Counter(_named(finding.subjects[0]) for finding in findings)
    named = [
        f"{name} ({number:,})" if number > 1 else name
        for name, number in islice(numbers.items(), MOST_NAMES)
    ]
    left = len(numbers) - len(named)
    words = listed([*named, count(left, "other")] if left else named, "and")
    return f"{words} (--format json has all)"


def _head(finding: Finding) -> Text:
    return Text(f"{finding.severity} {finding.id}", TONES[finding.severity])


def _named(subject: str) -> str:
    return NAMES.get(subject, subject)


def sentence(finding: Finding) -> str:
    """Say what was found."""
    return SENTENCES[finding.id].format(*map(_named, finding.subjects))


def totals(found: Sequence[Placed]) -> str:
    """Count the findings by severity: `1 error, 0 warnings, 2 notes`."""
    numbers = Counter(placed.finding.severity for placed in found)
    severities = dict.fromkeys(SEVERITIES.values())
    return ", ".join(count(numbers[severity], severity) for severity in severities)


def _in_kinds(finding: Finding) -> str:
    if finding.example is None:
        return ""
    return f" ({count(finding.kinds, 'kind')}, such as {kind_words(finding.example)})"


def finding_object(placed: Placed) -> dict[str, Any]:
    finding, place = placed
    example = finding.example
    recorded = example._asdict() if example else {}
    return {
        "id": finding.id,
        "severity": finding.severity,
        "message": sentence(finding),
        "subjects": finding.subjects,
        "kinds": finding.kinds,
        "example": {fact: value for fact, value in recorded.items() if value is not None}
        if example
        else None,
        "source": place.source,
        "line": place.line,
        "column": place.column,
    }

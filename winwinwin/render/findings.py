"""What a check found, for a person and for a program."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from winwinwin.analysis.checks import SEVERITIES, Finding, Severity
from winwinwin.analysis.table import kinds
from winwinwin.errors import Place, count
from winwinwin.judgement import WORDINGS
from winwinwin.render.blocks import Block, Text, Title, line
from winwinwin.render.page import Page
from winwinwin.render.view import FACTS, kind_words
from winwinwin.rulebook import Stamp
from winwinwin.vocabulary import Tone

SENTENCES: dict[str, str] = {
    "never-fires": "rule {0} never fires: no interaction meets its conditions",
    "never-decides": "rule {0} never decides: wherever it fires, a rule before it decides",
    "redundant-rule": "without rule {0} every verdict would be the same",
    "idle-alternative": "without this alternative rule {0} would fire just the same",
    "idle-condition": "without the condition on {1} rule {0} would fire just the same",
    "unused-assumption": "the assumption on {0} is never used: its conditions are never met",
    "redundant-assumption": "without the assumption on {0} every verdict would be the same",
    "unreachable-verdict": "no interaction is {0}",
    "gap": "no rule fires",
    "conflict": "rules {0} and {1} both fire and disagree: {0} comes first and outranks the other",
}
TONES: dict[Severity, Tone] = {"error": "lost", "warning": "open", "note": "muted"}


class Placed(NamedTuple):
    """A finding, and where in its file it is true."""

    finding: Finding
    place: Place


def findings_page(found: Sequence[Placed], stamp: Stamp) -> Page:
    """Show each finding on a line of its own, the gravest first."""
    return Page(
        blocks=findings_blocks(found, stamp),
        data=lambda: [*map(finding_object, found)],
        brief=lambda: f"{totals(found)}\n",
    )


def findings_blocks(found: Sequence[Placed], stamp: Stamp) -> list[Block]:
    proved = count(len(kinds()), "kind")
    return [
        Title(Text(f"{stamp.title}: what is proved over {proved}", "strong")),
        *(
            line(
                f"{placed.place}: ",
                Text(
                    f"{placed.finding.severity} {placed.finding.id}", TONES[placed.finding.severity]
                ),
                f": {sentence(placed.finding)}{_in_kinds(placed.finding)}",
            )
            for placed in found
        ),
        line(totals(found)),
        line(stamp.fingerprint, label="fingerprint"),
    ]


def sentence(finding: Finding) -> str:
    """Say what is found."""
    names = {**FACTS, **{verdict.value: wording.label for verdict, wording in WORDINGS.items()}}
    return SENTENCES[finding.id].format(*(names.get(word, word) for word in finding.subjects))


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

"""What enumeration proves about a rulebook: what it leaves open, and which parts do nothing.

The verdict of a kind follows from those of the complete kinds that it could turn out to be. So a
change to the rules that alters the verdict of no complete kind alters no verdict at all.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

from winwinwin.analysis.table import complete_kinds, decision_table, kinds
from winwinwin.analysis.weakened import (
    without_alternative,
    without_assumption,
    without_fact,
    without_rule,
)
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts, value_of
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Alternatives, Rulebook
from winwinwin.kernel.ruling import applies, assume, remembered, rulings
from winwinwin.kernel.verdict import WORDINGS, Verdict

Severity: TypeAlias = Literal["error", "warning", "note"]
Part: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from the rulebook down to a part of it."""

SEVERITIES: dict[str, Severity] = {
    "never-fires": "error",
    "never-decides": "error",
    "redundant-rule": "warning",
    "idle-alternative": "warning",
    "idle-condition": "warning",
    "unused-assumption": "warning",
    "redundant-assumption": "warning",
    "unreachable-verdict": "warning",
    "gap": "warning",
    "conflict": "note",
}
"""Every kind of finding, the most serious first."""


class Finding(NamedTuple):
    """One thing that is true of a rulebook."""

    id: str
    part: Part
    """The part of the rulebook it is about."""
    subjects: tuple[str, ...]
    """What it is about: the ids of rules, a fact, or a verdict."""
    kinds: int
    """How many kinds it concerns."""
    example: Facts | None
    """The one of them with the fewest facts recorded; None where it concerns none."""

    @property
    def severity(self) -> Severity:
        return SEVERITIES[self.id]


def findings(judge: Judge) -> list[Finding]:
    """Return everything found, the most serious first."""
    table, rulebook = decision_table(judge), judge.rulebook
    found = [
        *idle_rules(rulebook, table),
        *idle_assumptions(rulebook),
        *unreachable_verdicts(table),
        *gaps(table),
        *conflicts(rulebook, table),
    ]
    most_serious_first = list(SEVERITIES)
    return sorted(found, key=lambda finding: most_serious_first.index(finding.id))


def idle_rules(rulebook: Rulebook, table: Sequence[Judgement]) -> Iterator[Finding]:
    """Find rules that could be removed without any change, and such parts of the other rules."""
    for place, rule in enumerate(rulebook.rules):
        part: Part = ("rules", place)
        firing = [judgement.facts for judgement in table if rule.id in fired(judgement)]
        deciding = [judgement.facts for judgement in table if judgement.rule == rule.id]
        if not firing:
            yield _finding("never-fires", part, (rule.id,), ())
        elif not deciding:
            yield _finding("never-decides", part, (rule.id,), firing)
        elif verdicts(without_rule(rulebook, place)) == verdicts(rulebook):
            yield _finding("redundant-rule", part, (rule.id,), deciding)
        else:
            yield from idle_parts(rulebook, place, firing)


def idle_parts(rulebook: Rulebook, place: int, firing: Sequence[Facts]) -> Iterator[Finding]:
    """Find conditions that could be removed without changing when the rule fires."""
    rule = rulebook.rules[place]
    now = fires_on(rule.when, rulebook)
    for index, conjunction in enumerate(rule.when):
        part: Part = ("rules", place, "when", index)
        if fires_on(without_alternative(rule, index), rulebook) == now:
            yield _finding("idle-alternative", part, (rule.id,), firing)
            continue
        for fact in conjunction:
            if fires_on(without_fact(rule, index, fact), rulebook) == now:
                yield _finding("idle-condition", (*part, fact), (rule.id, fact), firing)


def idle_assumptions(rulebook: Rulebook) -> Iterator[Finding]:
    """Find assumptions that are never used, and those that change nothing."""
    now = possible(rulebook)
    for place, assumption in enumerate(rulebook.assumptions):
        part: Part = ("assumptions", place)
        missing_in = (kind for kind in kinds() if value_of(kind, assumption.fact) is None)
        made = [kind for kind in missing_in if applies(assumption.when, kind)]
        if not made:
            yield _finding("unused-assumption", part, (assumption.fact,), ())
        elif possible(without_assumption(rulebook, place)) == now:
            yield _finding("redundant-assumption", part, (assumption.fact,), made)


def unreachable_verdicts(table: Sequence[Judgement]) -> Iterator[Finding]:
    reached = {judgement.verdict for judgement in table}
    for verdict, wording in WORDINGS.items():
        if wording.organization and verdict not in reached:
            yield _finding("unreachable-verdict", ("rules",), (verdict.value,), ())


def gaps(table: Sequence[Judgement]) -> Iterator[Finding]:
    """Find the kinds that no rule covers."""
    uncovered = [judgement.facts for judgement in table if judgement.verdict is Verdict.NOT_COVERED]
    if uncovered:
        yield _finding("gap", ("rules",), (), uncovered)


def conflicts(rulebook: Rulebook, table: Sequence[Judgement]) -> Iterator[Finding]:
    """Find rules that fire together and disagree; the earlier one outranks the other."""
    for (_, first), (place, second) in combinations(enumerate(rulebook.rules), 2):
        both = [judgement.facts for judgement in table if {first.id, second.id} <= fired(judgement)]
        if both and first.organization != second.organization:
            yield _finding("conflict", ("rules", place), (first.id, second.id), both)


def _finding(name: str, part: Part, subjects: tuple[str, ...], found: Sequence[Facts]) -> Finding:
    example = min(found, key=lambda kind: sum(value is not None for value in kind), default=None)
    return Finding(name, part, subjects, len(found), example)


def fired(judgement: Judgement) -> set[str]:
    """Return the ids of the rules that fire in every completion."""
    return {finding.id for finding in judgement.rules if finding.status == "fired"}


def verdicts(rulebook: Rulebook) -> list[Verdict]:
    """Return the verdict of each complete kind."""
    return [ruling.verdict for kind in complete_kinds() for ruling in rulings(kind, rulebook)]


def possible(rulebook: Rulebook) -> list[set[Verdict]]:
    """Return the possible verdicts of each kind."""
    of = remembered(rulebook)
    return [{ruling.verdict for ruling in of(kind)} for kind in kinds()]


def fires_on(when: Alternatives, rulebook: Rulebook) -> list[Facts]:
    """Return the complete kinds in which conditions hold, assumptions applied."""
    return [kind for kind in complete_kinds() if applies(when, assume(kind, rulebook))]

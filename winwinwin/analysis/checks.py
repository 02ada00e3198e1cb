"""What enumeration proves about a rulebook: what it leaves open, and which parts do nothing.

The verdict of a kind follows from those of the complete kinds that it could turn out to be. So a
change to the rules that alters the verdict of no complete kind alters no verdict at all.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Literal, NamedTuple, TypeAlias

from winwinwin.analysis.weakened import without_alternative, without_assumption, without_fact
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.kernel.kinds import CONSISTENT, HAVING, NONE, Kinds, simplest, where
from winwinwin.kernel.ruling import Rulings
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
    rulings = judge.rulings
    found = [
        *idle_rules(rulings),
        *idle_assumptions(rulings),
        *unreachable_verdicts(rulings),
        *gaps(rulings),
        *conflicts(rulings),
    ]
    most_serious_first = list(SEVERITIES)
    return sorted(found, key=lambda finding: most_serious_first.index(finding.id))


def idle_rules(rulings: Rulings) -> Iterator[Finding]:
    """Find rules that could be removed without any change, and such parts of those that decide."""
    for place, rule in enumerate(rulings.rulebook.rules):
        part: Part = ("rules", place)
        firing = rulings.firing[place].every & CONSISTENT
        deciding = rulings.rule[rule.id] & CONSISTENT
        if not firing:
            yield _finding("never-fires", part, (rule.id,), NONE)
        elif not deciding:
            yield _finding("never-decides", part, (rule.id,), firing)
        else:
            if is_redundant(rulings, place):
                yield _finding("redundant-rule", part, (rule.id,), deciding)
            yield from idle_parts(rulings, place, firing)


def is_redundant(rulings: Rulings, place: int) -> bool:
    """Tell whether later rules decide the same wherever this one decides."""
    rules, left = rulings.rulebook.rules, rulings.decides[place] & rulings.complete
    for later in range(place + 1, len(rules)):
        taken_over = left & rulings.fires[later]
        if taken_over and rules[later].organization != rules[place].organization:
            return False
        left &= ~taken_over
    return not left


def idle_parts(rulings: Rulings, place: int, firing: Kinds) -> Iterator[Finding]:
    """Find conditions that could be removed without changing when the rule fires."""
    rule, known = rulings.rulebook.rules[place], rulings.completions.known
    within = rulings.complete
    now = rulings.fires[place] & within
    for index, conjunction in enumerate(rule.when):
        part: Part = ("rules", place, "when", index)
        if where(without_alternative(rule, index), known) & within == now:
            yield _finding("idle-alternative", part, (rule.id,), firing)
            continue
        for fact in conjunction:
            if where(without_fact(rule, index, fact), known) & within == now:
                yield _finding("idle-condition", (*part, fact), (rule.id, fact), firing)


def idle_assumptions(rulings: Rulings) -> Iterator[Finding]:
    """Find assumptions that are never used, and those that change nothing."""
    for place, assumption in enumerate(rulings.rulebook.assumptions):
        part: Part = ("assumptions", place)
        made = HAVING[assumption.fact][None] & where(assumption.when) & CONSISTENT
        if not made:
            yield _finding("unused-assumption", part, (assumption.fact,), NONE)
        elif possible(Rulings(without_assumption(rulings.rulebook, place))) == possible(rulings):
            yield _finding("redundant-assumption", part, (assumption.fact,), made)


def possible(rulings: Rulings) -> list[Kinds]:
    """Return where each verdict may be given."""
    return [kinds & CONSISTENT for kinds in rulings.possible.values()]


def unreachable_verdicts(rulings: Rulings) -> Iterator[Finding]:
    for verdict, wording in WORDINGS.items():
        if wording.organization and not rulings.verdict[verdict] & CONSISTENT:
            yield _finding("unreachable-verdict", ("rules",), (verdict.value,), NONE)


def gaps(rulings: Rulings) -> Iterator[Finding]:
    """Find the kinds that no rule covers."""
    if uncovered := rulings.verdict[Verdict.NOT_COVERED] & CONSISTENT:
        yield _finding("gap", ("rules",), (), uncovered)


def conflicts(rulings: Rulings) -> Iterator[Finding]:
    """Find rules that fire together and disagree; the earlier one outranks the other."""
    fired = zip(rulings.rulebook.rules, rulings.firing, strict=True)
    for (_, (first, one)), (place, (second, other)) in combinations(enumerate(fired), 2):
        both = one.every & other.every & CONSISTENT
        if both and first.organization != second.organization:
            yield _finding("conflict", ("rules", place), (first.id, second.id), both)


def _finding(name: str, part: Part, subjects: tuple[str, ...], found: Kinds) -> Finding:
    return Finding(name, part, subjects, found.bit_count(), simplest(found))

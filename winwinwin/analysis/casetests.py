"""Cases against a rulebook: which hold, what they cover, and which changes they would notice."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from winwinwin.analysis.weakened import (
    with_conditions,
    without_alternative,
    without_fact,
    without_rule,
)
from winwinwin.errors import Place
from winwinwin.evaluation import Judge
from winwinwin.facts import word
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.kinds import Kinds
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.ruling import Rulings
from winwinwin.record.interaction import Interaction

Effects: TypeAlias = tuple[tuple[str, Kinds, Kinds], ...]
"""What each rule does: its id, where it fires, and where it decides."""


class Case(NamedTuple):
    """An interaction and the judgement that is expected for it."""

    name: str
    interaction: Interaction
    expected: Mapping[str, Any]
    """By the names that `expectable` gives, as text."""
    assumptions: bool
    place: Place


class Mismatch(NamedTuple):
    """What a case expects in one field, and what is there."""

    field: str
    expected: Any
    actual: Any


class CaseResult(NamedTuple):
    """A case, and every field in which it fails."""

    case: Case
    mismatches: tuple[Mismatch, ...]


class Mutant(NamedTuple):
    """A rulebook with one rule dropped or weakened."""

    rule: str
    left_out: str
    """The condition or alternative that is missing; '' where the whole rule is.

    A condition that stands in several alternatives comes with the number of its own.
    """
    rulebook: Rulebook


class Report(NamedTuple):
    """What running some cases shows."""

    results: tuple[CaseResult, ...]
    rules: dict[str, bool]
    """By rule, whether it decides a case."""
    kinds: int
    """How many different kinds the cases have."""
    noticed: tuple[Mutant, ...]
    """Changes to the rules that make a case fail."""
    unnoticed: tuple[Mutant, ...]

    @property
    def failed(self) -> list[CaseResult]:
        return [result for result in self.results if result.mismatches]


class Judges:
    """A rulebook with and without its assumptions, whichever a case asks for."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._judges = {mode: Judge(rulebook, assumptions=mode) for mode in (True, False)}

    def __call__(self, case: Case) -> Judgement:
        return self._judges[case.assumptions](case.interaction)


def run(cases: Sequence[Case], rulebook: Rulebook) -> Report:
    """Run cases against a rulebook, and against each way to weaken one of its rules."""
    judges = Judges(rulebook)
    results = tuple(CaseResult(case, tuple(mismatches(case, judges(case)))) for case in cases)
    holding = [result.case for result in results if not result.mismatches]
    decided = {judges(case).rule for case in cases}
    found = [(mutant, notices(holding, mutant.rulebook)) for mutant in mutants(rulebook)]
    return Report(
        results=results,
        rules={rule.id: rule.id in decided for rule in rulebook.rules},
        kinds=len({case.interaction.facts for case in cases}),
        noticed=tuple(mutant for mutant, is_noticed in found if is_noticed),
        unnoticed=tuple(mutant for mutant, is_noticed in found if not is_noticed),
    )


def mismatches(case: Case, judgement: Judgement) -> Iterator[Mismatch]:
    actual = expectable(judgement)
    if "rules" in case.expected:  # only those it names: a rulebook may have others
        actual["rules"] = {name: actual["rules"].get(name) for name in case.expected["rules"]}
    for field, expected in case.expected.items():
        if actual[field] != expected:
            yield Mismatch(field, expected, actual[field])


def notices(holding: Sequence[Case], rulebook: Rulebook) -> bool:
    """Tell whether any of the cases that hold would fail with this rulebook."""
    judges = Judges(rulebook)
    return any(any(mismatches(case, judges(case))) for case in holding)


def mutants(rulebook: Rulebook) -> Iterator[Mutant]:
    """Yield each way to drop or weaken a rule that changes any decision; of equal ones, the first."""
    now, seen = decisions(rulebook), set()
    for mutant in every_mutant(rulebook):
        found = effects(mutant.rulebook)
        if decided(found) != now and found not in seen:
            seen.add(found)
            yield mutant


def every_mutant(rulebook: Rulebook) -> Iterator[Mutant]:
    for place, rule in enumerate(rulebook.rules):
        yield Mutant(rule.id, "", without_rule(rulebook, place))
        for index, conjunction in enumerate(rule.when):
            if len(rule.when) > 1:
                less = without_alternative(rule, index)
                left_out = f"alternative {index + 1}"
                yield Mutant(rule.id, left_out, with_conditions(rulebook, place, less))
            for fact, value in conjunction.items():
                less = without_fact(rule, index, fact)
                left_out = f"{fact}: {word(value)}"
                if [other.get(fact) for other in rule.when].count(value) > 1:
                    left_out += f" in alternative {index + 1}"
                yield Mutant(rule.id, left_out, with_conditions(rulebook, place, less))


def decisions(rulebook: Rulebook) -> list[tuple[str, Kinds]]:
    """Return which complete kinds each rule decides, in both modes; its verdict follows from it."""
    return decided(effects(rulebook))


def decided(found: Effects) -> list[tuple[str, Kinds]]:
    return [(rule, decides) for rule, _, decides in found if decides]


def effects(rulebook: Rulebook) -> Effects:
    """Return in which complete kinds each rule fires and decides, in both modes: all else follows."""
    modes = map(Rulings, (rulebook, rulebook.without_assumptions()))
    return tuple(
        (rule.id, fires & rulings.complete, decides & rulings.complete)
        for rulings in modes
        for rule, fires, decides in zip(
            rulings.rulebook.rules, rulings.fires, rulings.decides, strict=True
        )
    )


def expectable(judgement: Judgement) -> dict[str, Any]:
    """Return everything a case can expect, by the keys of the JSON object, values as text."""
    return {
        "verdict": judgement.verdict.value,
        "organization": judgement.organization,
        "triple": judgement.triple,
        "rule": judgement.rule,
        "rules": {finding.id: finding.status for finding in judgement.rules},
        "order": judgement.order,
        "gap_seconds": None if judgement.gap is None else f"{judgement.gap.total_seconds():.15g}",
        "assumed": [setting.fact for setting in judgement.assumed],
        "possible": [verdict.value for verdict in judgement.possible],
        "needs": list(judgement.needs),
        "contradicts_books": as_text(judgement.contradicts_books),
        "notes": list(judgement.notes),
        "remedies": [
            {fact: word(value) for fact, value in remedy} for remedy in judgement.remedies
        ],
    }


def as_text(value: Any) -> Any:
    """Return a value as it is in both YAML and JSON: true and false become words."""
    if isinstance(value, dict):
        return {name: as_text(item) for name, item in value.items()}
    if isinstance(value, list):
        return [as_text(item) for item in value]
    return word(value) if isinstance(value, bool) else value

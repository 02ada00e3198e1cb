"""The ladder that rules on facts: small pure functions over a kind and a rulebook.

Read top to bottom: when a conjunction holds, when a rule fires, which rule decides and what the
verdict of a complete kind is, how an incomplete one is completed, and what can be ruled of it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple, TypeAlias

from winwinwin.facts import (
    DOMAINS,
    JUDGED_FACTS,
    Facts,
    Outcome,
    Setting,
    Value,
    both_won,
)
from winwinwin.judgement import Verdict
from winwinwin.rulebook import Conjunction, Rule, Rulebook


class Ruling(NamedTuple):
    """What the rules say of one complete kind."""

    verdict: Verdict
    organization: Outcome | None
    fired: frozenset[str]
    """Ids of every rule that fires, the deciding one and those it outranks."""


RulingsOf: TypeAlias = Callable[[Facts], frozenset[Ruling]]
"""What rules on facts over all their completions."""


def holds(conjunction: Conjunction, facts: Facts) -> bool:
    return all(getattr(facts, fact) == wanted for fact, wanted in conjunction.items())


def applies(alternatives: Sequence[Conjunction], facts: Facts) -> bool:
    return any(holds(conjunction, facts) for conjunction in alternatives)


def fires(rule: Rule, facts: Facts) -> bool:
    return applies(rule.when, facts)


def rule_on(complete: Facts, rulebook: Rulebook) -> Ruling:
    """Rule on a kind with nothing missing: the first rule in precedence that fires decides."""
    fired = [rule for rule in rulebook.rules if fires(rule, complete)]
    decider = fired[0] if fired else None
    return Ruling(
        verdict=verdict_by(decider, complete),
        organization=decider.organization if decider else None,
        fired=frozenset(rule.id for rule in fired),
    )


def verdict_by(decider: Rule | None, complete: Facts) -> Verdict:
    if decider is None:
        return Verdict.NOT_COVERED
    if decider.organization == "lost":
        return Verdict.ORGANIZATION_LOSES
    return Verdict.WIN_WIN_WIN if complete.order in ("kept", None) else Verdict.OUT_OF_ORDER


def assumptions_for(facts: Facts, rulebook: Rulebook) -> tuple[Setting, ...]:
    """Return what the assumptions fill in, in fact order; never a recorded fact.

    A rulebook has no two that would give the same fact different values.
    """
    filled = {
        assumption.fact: assumption.value
        for assumption in rulebook.assumptions
        if getattr(facts, assumption.fact) is None and applies(assumption.when, facts)
    }
    return tuple(Setting(fact, filled[fact]) for fact in JUDGED_FACTS if fact in filled)


def with_settings(facts: Facts, settings: Sequence[Setting]) -> Facts:
    if not settings:
        return facts
    return facts._replace(**dict(settings))  # type: ignore[arg-type]  # a setting's value is of its fact's domain


def assume(facts: Facts, rulebook: Rulebook) -> Facts:
    return with_settings(facts, assumptions_for(facts, rulebook))


def answers(facts: Facts, fact: str) -> tuple[Value, ...]:
    """Return the values that a missing fact can still turn out to have.

    The order is only asked where salesperson and customer both won.
    """
    if fact != "order":
        return DOMAINS[fact]
    if not both_won(facts):
        return ()
    early = facts.organization != "lost"
    return tuple(value for value in DOMAINS[fact] if early or value != "organization_early")


def missing(facts: Facts) -> list[str]:
    """Return the facts that could still be asked, in fact order; what the books say never is."""
    return [fact for fact in JUDGED_FACTS if getattr(facts, fact) is None]


def answered(facts: Facts, fact: str, known: Facts) -> Iterator[Facts]:
    """Yield the facts with each value that a missing one can have, by what is known."""
    return (facts._replace(**{fact: value}) for value in answers(known, fact))  # type: ignore[arg-type]  # as above


def rulings(facts: Facts, rulebook: Rulebook, of: RulingsOf | None = None) -> frozenset[Ruling]:
    """Return all that can be ruled, over every way to fill in what is missing.

    The assumptions are applied again inside each. A caller that remembers rulings passes what
    rules on the facts with one more of them filled in.
    """
    known = assume(facts, rulebook)
    open_fact = next((fact for fact in missing(known) if answers(known, fact)), None)
    if open_fact is None:
        return frozenset([rule_on(known, rulebook)])
    rule_further = of or partial(rulings, rulebook=rulebook)
    return frozenset().union(*map(rule_further, answered(facts, open_fact, known)))


def remembered(rulebook: Rulebook) -> RulingsOf:
    """Return what rules by a rulebook, and on the same facts only once."""

    @cache
    def of(facts: Facts) -> frozenset[Ruling]:
        return rulings(facts, rulebook, of)

    return of


def verdicts(all_rulings: Iterable[Ruling]) -> set[Verdict]:
    return {ruling.verdict for ruling in all_rulings}

"""The ladder that rules on facts: small pure functions over a kind and a rulebook.

Read it from top to bottom: when a conjunction holds, when a rule fires, which rule decides and what
verdict a complete kind gets, how an incomplete one is completed, and what its rulings are.
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
from winwinwin.kernel.rulebook import Conjunction, Rule, Rulebook
from winwinwin.kernel.verdict import Verdict


class Ruling(NamedTuple):
    """What the rules say about one complete kind."""

    verdict: Verdict
    organization: Outcome | None
    fired: frozenset[str]
    """The ids of all rules that fire: the deciding one and those it outranks."""


RulingsOf: TypeAlias = Callable[[Facts], frozenset[Ruling]]
"""A function that rules on facts over all their completions."""


def holds(conjunction: Conjunction, facts: Facts) -> bool:
    return all(getattr(facts, fact) == wanted for fact, wanted in conjunction.items())


def applies(alternatives: Sequence[Conjunction], facts: Facts) -> bool:
    return any(holds(conjunction, facts) for conjunction in alternatives)


def fires(rule: Rule, facts: Facts) -> bool:
    return applies(rule.when, facts)


def rule_on(complete: Facts, rulebook: Rulebook) -> Ruling:
    """Rule on a kind with nothing missing: the first rule that fires decides."""
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

    No two assumptions of a rulebook give the same fact different values.
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


def possible_values(facts: Facts, fact: str) -> tuple[Value, ...]:
    """Return the values that a missing fact could turn out to have.

    The order is only asked where salesperson and customer both won.
    """
    if fact != "order":
        return DOMAINS[fact]
    if not both_won(facts):
        return ()
    early = facts.organization != "lost"
    return tuple(value for value in DOMAINS[fact] if early or value != "organization_early")


def missing(facts: Facts) -> list[str]:
    """Return the facts that could still be asked, in fact order; never what the books say."""
    return [fact for fact in JUDGED_FACTS if getattr(facts, fact) is None]


def filled_in(facts: Facts, fact: str, known: Facts) -> Iterator[Facts]:
    """Yield the facts with each value that a missing one could have, given what is known."""
    return (facts._replace(**{fact: value}) for value in possible_values(known, fact))  # type: ignore[arg-type]  # as above


def rulings(facts: Facts, rulebook: Rulebook, of: RulingsOf | None = None) -> frozenset[Ruling]:
    """Return the rulings over every way to fill in what is missing.

    The assumptions are applied again in each. A caller that remembers rulings passes the function
    that rules on the facts with one more of them filled in.
    """
    known = assume(facts, rulebook)
    open_fact = next((fact for fact in missing(known) if possible_values(known, fact)), None)
    if open_fact is None:
        return frozenset([rule_on(known, rulebook)])
    rule_further = of or partial(rulings, rulebook=rulebook)
    return frozenset().union(*map(rule_further, filled_in(facts, open_fact, known)))


def remembered(rulebook: Rulebook) -> RulingsOf:
    """Return a function that rules by a rulebook, and on the same facts only once."""

    @cache
    def of(facts: Facts) -> frozenset[Ruling]:
        return rulings(facts, rulebook, of)

    return of


def verdicts(all_rulings: Iterable[Ruling]) -> set[Verdict]:
    return {ruling.verdict for ruling in all_rulings}

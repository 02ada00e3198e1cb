"""The ladder that rules on facts: small pure functions over a kind and a rulebook.

Read top to bottom: when a conjunction holds, when a rule fires, which rule decides, what the
verdict of a complete kind is, how an incomplete one is completed, and which verdicts can come.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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


def holds(conjunction: Conjunction, facts: Facts) -> bool:
    return all(getattr(facts, fact) == wanted for fact, wanted in conjunction.items())


def applies(alternatives: Sequence[Conjunction], facts: Facts) -> bool:
    return any(holds(conjunction, facts) for conjunction in alternatives)


def fires(rule: Rule, facts: Facts) -> bool:
    return applies(rule.when, facts)


def deciding_rule(complete: Facts, rulebook: Rulebook) -> Rule | None:
    """Return the first rule in precedence that fires; None where none does."""
    return next((rule for rule in rulebook.rules if fires(rule, complete)), None)


def rule_on(complete: Facts, rulebook: Rulebook) -> Ruling:
    """Rule on a kind with nothing missing."""
    decider = deciding_rule(complete, rulebook)
    return Ruling(
        verdict=verdict_of(complete, rulebook),
        organization=decider.organization if decider else None,
        fired=frozenset(rule.id for rule in rulebook.rules if fires(rule, complete)),
    )


def verdict_of(complete: Facts, rulebook: Rulebook) -> Verdict:
    decider = deciding_rule(complete, rulebook)
    if decider is None:
        return Verdict.NOT_COVERED
    if decider.organization == "lost":
        return Verdict.ORGANIZATION_LOSES
    return Verdict.WIN_WIN_WIN if complete.order in ("kept", None) else Verdict.OUT_OF_ORDER


def assumptions_for(facts: Facts, rulebook: Rulebook) -> tuple[Setting, ...]:
    """Return what the assumptions fill in, in fact order; never a recorded fact.

    Of several that would fill in the same fact, the rulebook's first does.
    """
    filled: dict[str, Value] = {}
    for assumption in rulebook.assumptions:
        if getattr(facts, assumption.fact) is None and applies(assumption.when, facts):
            filled.setdefault(assumption.fact, assumption.value)
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


def completions(facts: Facts, rulebook: Rulebook) -> Iterator[Facts]:
    """Yield every way to fill in the facts, the assumptions applied again inside each."""
    known = assume(facts, rulebook)
    open_fact = next((fact for fact in missing(known) if answers(known, fact)), None)
    if open_fact is None:
        yield known
        return
    for value in answers(known, open_fact):
        yield from completions(with_settings(facts, [Setting(open_fact, value)]), rulebook)


def rulings(facts: Facts, rulebook: Rulebook) -> list[Ruling]:
    return [rule_on(complete, rulebook) for complete in completions(facts, rulebook)]


def verdicts(facts: Facts, rulebook: Rulebook) -> Iterator[Verdict]:
    """Yield the verdict of one completion after the other."""
    return (verdict_of(complete, rulebook) for complete in completions(facts, rulebook))


def is_settled(facts: Facts, rulebook: Rulebook) -> bool:
    """Tell whether all completions have the same verdict."""
    possible = verdicts(facts, rulebook)
    first = next(possible)
    return all(verdict is first for verdict in possible)


def wins(facts: Facts, rulebook: Rulebook) -> bool:
    """Tell whether every completion is WIN/WIN/WIN."""
    return all(verdict is Verdict.WIN_WIN_WIN for verdict in verdicts(facts, rulebook))

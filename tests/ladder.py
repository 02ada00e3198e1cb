"""The judge over single kinds, one after the other: what the sets of the kernel are compared with.

Read it from top to bottom: when a conjunction holds, when a rule fires, which rule decides and what
verdict a complete kind gets, how an incomplete one is completed, what its rulings are, and two
searches that try every set of one fact, then of two and so on.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import combinations
from typing import Any, NamedTuple, TypeAlias

from winwinwin.facts import (
    DOMAINS,
    JUDGED_FACTS,
    Facts,
    Outcome,
    Setting,
    Value,
    both_won,
    is_consistent,
    value_of,
)
from winwinwin.kernel.judgement import RuleStatus, Settings
from winwinwin.kernel.rulebook import Conjunction, Rule, Rulebook
from winwinwin.kernel.ruling import REMEDIES
from winwinwin.kernel.verdict import WORDINGS, Verdict


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


def settling(
    facts: Facts, still_missing: Sequence[str], rulebook: Rulebook, of: RulingsOf
) -> tuple[tuple[str, ...], ...]:
    """Return every smallest set of missing facts that settles the verdict, in fact order."""
    for size in range(1, len(still_missing) + 1):
        found = tuple(
            asked
            for asked in combinations(still_missing, size)
            if all(len(verdicts(of(known))) == 1 for known in every_answer(facts, asked, rulebook))
        )
        if found:
            return found
    return ()


def every_answer(facts: Facts, asked: Sequence[str], rulebook: Rulebook) -> Iterator[Facts]:
    """Yield the facts with every combination of answers to what is asked.

    What the earlier answers leave nothing to ask about (the order, unless both won) stays missing.
    """
    if not asked:
        yield facts
        return
    first, *rest = asked
    known = assume(facts, rulebook)
    for further in list(filled_in(facts, first, known)) or [facts]:
        yield from every_answer(further, rest, rulebook)


def remedies(facts: Facts, of: RulingsOf) -> tuple[Settings, ...]:
    """Return every smallest set of changes to the recorded facts that gives WIN/WIN/WIN."""
    for size in range(1, len(REMEDIES) + 1):
        found = tuple(
            tuple(Setting(fact, getattr(altered, fact)) for fact in changed)
            for changed in combinations(REMEDIES, size)
            for altered in every_change(facts, changed)
            if is_consistent(altered) and wins(of(altered))
        )
        if found:
            return found
    return ()


def every_change(facts: Facts, changed: Sequence[str]) -> list[Facts]:
    """Return the facts with these set to every value other than the recorded one."""
    found = [facts]
    for fact in changed:
        found = [further for altered in found for further in changes_of(altered, fact)]
    return found


@cache  # it depends on the facts alone, so it serves every rulebook
def changes_of(facts: Facts, fact: str) -> tuple[Facts, ...]:
    """Return the facts with one of them set to another value than the recorded one."""
    others = (value for value in REMEDIES[fact] if value != value_of(facts, fact))
    return tuple(facts._replace(**{fact: value}) for value in others)  # type: ignore[arg-type]  # as above


def wins(all_rulings: Iterable[Ruling]) -> bool:
    """Tell whether every completion is WIN/WIN/WIN."""
    return all(ruling.verdict is Verdict.WIN_WIN_WIN for ruling in all_rulings)


def status(rule: Rule, all_rulings: Collection[Ruling]) -> RuleStatus:
    fired = [rule.id in ruling.fired for ruling in all_rulings]
    if all(fired):
        return "fired"
    return "open" if any(fired) else "not_fired"


def rule_that_decides(
    verdict: Verdict,
    organization: Outcome | None,
    statuses: Sequence[RuleStatus],
    rulebook: Rulebook,
) -> str | None:
    """Return the first fired rule that agrees with the ruling; None where no rule decides alone."""
    if WORDINGS[verdict].organization is None:
        return None
    agreeing = (
        rule.id
        for rule, found in zip(rulebook.rules, statuses, strict=True)
        if found == "fired" and rule.organization == organization
    )
    return next(agreeing, None)


def judged(facts: Facts, rulebook: Rulebook, of: RulingsOf) -> dict[str, Any]:
    """Return the fields of a judgement that follow from the rules."""
    all_rulings = of(facts)
    seen = verdicts(all_rulings)
    possible = tuple(verdict for verdict in Verdict if verdict in seen)
    verdict = possible[0] if len(possible) == 1 else Verdict.UNDETERMINED
    outcomes = {ruling.organization for ruling in all_rulings}
    organization = outcomes.pop() if len(outcomes) == 1 else None
    statuses = tuple(status(rule, all_rulings) for rule in rulebook.rules)
    ids = [rule.id for rule in rulebook.rules]
    deciding = {
        next((rule for rule in ids if rule in ruling.fired), None) for ruling in all_rulings
    }
    assumed = assumptions_for(facts, rulebook)
    still_missing = missing(with_settings(facts, assumed))
    return {
        "verdict": verdict,
        "organization": organization,
        "rule": rule_that_decides(verdict, organization, statuses, rulebook),
        "deciders": tuple(rule for rule in (*ids, None) if rule in deciding),
        "statuses": statuses,
        "possible": possible,
        "settling": settling(facts, still_missing, rulebook, of) if len(possible) > 1 else (),
        "notes": tuple(note.id for note in rulebook.notes if applies(note.when, facts)),
        "assumed": assumed,
        "remedies": () if verdict is Verdict.WIN_WIN_WIN else remedies(facts, of),
    }

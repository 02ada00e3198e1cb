"""The judge: one kind and a rulebook in, a judgement with its reasons out. Pure, no I/O."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from winwinwin.facts import Facts, Outcome, Setting, value_of
from winwinwin.kernel.judgement import ConditionFinding, Judgement, Origin, RuleFinding, RuleStatus
from winwinwin.kernel.rulebook import Rule, Rulebook
from winwinwin.kernel.ruling import (
    Ruling,
    RulingsOf,
    applies,
    assumptions_for,
    missing,
    rulings,
    verdicts,
    with_settings,
)
from winwinwin.kernel.search import remedies, settling
from winwinwin.kernel.verdict import WORDINGS, Verdict


class Ruled(NamedTuple):
    """What the rules say about a kind; from this for all kinds follow the needs and the remedies."""

    verdict: Verdict
    organization: Outcome | None
    rule: str | None
    deciders: tuple[str | None, ...]
    possible: tuple[Verdict, ...]
    statuses: tuple[RuleStatus, ...]
    """Of every rule, in precedence order."""
    assumed: tuple[Setting, ...]
    notes: tuple[str, ...]


def judge_kind(facts: Facts, rulebook: Rulebook, of: RulingsOf | None = None) -> Judgement:
    """Judge one kind: pure, no memory, no I/O.

    A caller that remembers the rulings passes them in (`ruling.remembered`).
    """
    of = of or partial(rulings, rulebook=rulebook)
    ruled = rule_kind(facts, rulebook, of)
    known = with_settings(facts, ruled.assumed)
    is_open = len(ruled.possible) > 1
    return Judgement(
        facts=facts,
        verdict=ruled.verdict,
        organization=ruled.organization,
        triple=triple(facts, ruled.organization, rulebook),
        rule=ruled.rule,
        deciders=ruled.deciders,
        rules=rule_findings(facts, known, rulebook, ruled.statuses),
        assumed=ruled.assumed,
        possible=ruled.possible,
        settling=settling(facts, missing(known), rulebook, of) if is_open else (),
        contradicts_books=contradicts_books(facts, ruled.organization),
        notes=ruled.notes,
        remedies=() if ruled.verdict is Verdict.WIN_WIN_WIN else remedies(facts, of),
    )


def rule_kind(facts: Facts, rulebook: Rulebook, of: RulingsOf) -> Ruled:
    """Rule on a kind over all its completions."""
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
    return Ruled(
        verdict=verdict,
        organization=organization,
        rule=rule_that_decides(verdict, organization, statuses, rulebook),
        deciders=tuple(rule for rule in (*ids, None) if rule in deciding),
        possible=possible,
        statuses=statuses,
        assumed=assumptions_for(facts, rulebook),
        notes=tuple(note.id for note in rulebook.notes if applies(note.when, facts)),
    )


def triple(facts: Facts, organization: Outcome | None, rulebook: Rulebook) -> str:
    """Show the recorded parties and the ruled organization, in the rulebook's order of parties."""
    ruled = facts._replace(organization=organization)
    shown = {"won": "WIN", "lost": "LOSE", None: "?"}
    return "/".join(shown[getattr(ruled, party)] for party in rulebook.parties)


def contradicts_books(facts: Facts, organization: Outcome | None) -> bool | None:
    if facts.organization is None or organization is None:
        return None
    return facts.organization != organization


def rule_findings(
    facts: Facts, known: Facts, rulebook: Rulebook, statuses: Sequence[RuleStatus]
) -> tuple[RuleFinding, ...]:
    return tuple(
        RuleFinding(
            id=rule.id,
            consequence=rule.consequence,
            status=found,
            conditions=tuple(condition_findings(rule, facts, known)),
        )
        for rule, found in zip(rulebook.rules, statuses, strict=True)
    )


def status(rule: Rule, all_rulings: Collection[Ruling]) -> RuleStatus:
    fired = [rule.id in ruling.fired for ruling in all_rulings]
    if all(fired):
        return "fired"
    return "open" if any(fired) else "not_fired"


def condition_findings(rule: Rule, recorded: Facts, known: Facts) -> Iterator[ConditionFinding]:
    for alternative, conjunction in enumerate(rule.when, start=1):
        for fact, wanted in conjunction.items():
            yield ConditionFinding(
                alternative, fact, wanted, value_of(known, fact), origin(fact, recorded, known)
            )


def origin(fact: str, recorded: Facts, known: Facts) -> Origin:
    if value_of(recorded, fact) is not None:
        return "recorded"
    return "missing" if value_of(known, fact) is None else "assumed"


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

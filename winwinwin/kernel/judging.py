"""The judge: one kind out of what is ruled of all, with its reasons. Pure, no I/O."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from winwinwin.facts import Facts, Outcome, Setting, value_of
from winwinwin.kernel.judgement import ConditionFinding, Judgement, RuleFinding, origin
from winwinwin.kernel.kinds import Kinds, only
from winwinwin.kernel.rulebook import Rule, Rulebook
from winwinwin.kernel.ruling import Rulings

What = TypeVar("What")


def judge_kind(facts: Facts, rulings: Rulings) -> Judgement:
    """Judge one kind by what is ruled of all: pure, no I/O."""
    its = only(facts)

    def those(kinds_of: Mapping[What, Kinds]) -> tuple[What, ...]:
        return tuple(what for what, kinds in kinds_of.items() if kinds & its)

    [verdict] = those(rulings.verdict)
    organization = next(iter(those(rulings.organization)), None)
    assumed = those(rulings.completions.assumed)
    return Judgement(
        facts=facts,
        verdict=verdict,
        organization=organization,
        triple=triple(facts, organization, rulings.rulebook),
        rule=next(iter(those(rulings.rule)), None),
        deciders=those(rulings.deciding),
        rules=tuple(rule_findings(facts, assumed, rulings)),
        assumed=assumed,
        possible=those(rulings.possible),
        settling=those(rulings.settling),
        contradicts_books=contradicts_books(facts, organization),
        notes=those(rulings.notes),
        remedies=those(rulings.remedies),
        reasons=those(rulings.reasons),
        firmness=next(iter(those(rulings.firmness)), None),
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
    facts: Facts, assumed: Sequence[Setting], rulings: Rulings
) -> Iterator[RuleFinding]:
    """Yield what is found of every rule, in precedence order."""
    known = facts.having(assumed)
    its = only(facts)
    for rule, fires in zip(rulings.rulebook.rules, rulings.firing, strict=True):
        yield RuleFinding(
            id=rule.id,
            consequence=rule.consequence,
            status="fired" if fires.every & its else "open" if fires.some & its else "not_fired",
            conditions=tuple(condition_findings(rule, facts, known)),
        )


def condition_findings(rule: Rule, recorded: Facts, known: Facts) -> Iterator[ConditionFinding]:
    for alternative, conjunction in enumerate(rule.when, start=1):
        for fact, wanted in conjunction.items():
            yield ConditionFinding(
                alternative, fact, wanted, value_of(known, fact), origin(fact, recorded, known)
            )

"""Why not another verdict, what a slip of the pen would change, and what makes two differ."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Literal, NamedTuple, TypeAlias

from winwinwin.evaluation import Judge
from winwinwin.facts import DOMAINS, Facts, Outcome, Setting, Value, is_consistent, value_of
from winwinwin.kernel.judgement import ConditionFinding, Judgement, RuleFinding, Settings
from winwinwin.kernel.kinds import only
from winwinwin.kernel.verdict import JUDGED, WORDINGS, Verdict

Part: TypeAlias = Literal["lacks", "comes_later", "fires", "may_fire"]
"""How a rule stands in the way of a verdict: it would give it but lacks something, or but for an
earlier rule that decides; or it gives another and fires, or may."""


class Slip(NamedTuple):
    """Facts recorded otherwise, and the verdict that they would give."""

    changes: Settings
    verdict: Verdict


class Obstacle(NamedTuple):
    """A rule that stands in the way of a verdict."""

    rule: str
    part: Part
    conditions: tuple[ConditionFinding, ...]
    """Those that are not met, of a rule that lacks something; else those that are met or may be."""


class WhyNot(NamedTuple):
    """What keeps an interaction from a verdict."""

    verdict: Verdict
    changes: tuple[Settings, ...]
    """Every smallest set of changes that gives it; empty where it has it, or none can."""
    obstacles: tuple[Obstacle, ...]


class Comparison(NamedTuple):
    """Two judged interactions beside each other."""

    verdict: Verdict
    """The other's."""
    same: tuple[Setting, ...]
    """Facts that both have recorded alike."""
    differs: dict[str, tuple[Value | None, Value | None]]
    """The facts that are recorded differently, this one's value first; None where it is missing."""
    decisive: tuple[tuple[str, ...], ...]
    """Every smallest set of differences that alone would give this one the other's verdict; empty
    where they have the same one."""


def slips(judgement: Judgement, judge: Judge) -> Iterator[Slip]:
    """Yield every way to record as few facts otherwise as give another verdict."""
    if judgement.firmness is None:
        return
    recorded = [fact for fact, value in judgement.facts._asdict().items() if value is not None]
    for facts in combinations(recorded, judgement.firmness):
        others = ([v for v in DOMAINS[f] if v != value_of(judgement.facts, f)] for f in facts)
        for values in product(*others):
            changes = tuple(map(Setting, facts, values))
            verdict = _verdict_of(judgement.facts.having(changes), judge)
            if verdict and verdict is not judgement.verdict:
                yield Slip(changes, verdict)


def _verdict_of(kind: Facts, judge: Judge) -> Verdict | None:
    """Return the verdict of a kind; None where no interaction can be of it."""
    return judge.kind(kind).verdict if is_consistent(kind) else None


def why_not(judgement: Judgement, verdict: Verdict, judge: Judge) -> WhyNot:
    """Find what would give a verdict, and the rules that stand in its way.

    Raises ValueError for a word that is not a verdict of a judgement.
    """
    if verdict not in JUDGED:
        raise ValueError(f"{verdict!r} is not one of {', '.join(JUDGED)}")
    verdict = Verdict(verdict)  # a program may give its word
    its = only(judgement.facts)
    ways = judge.rulings.ways(verdict).items()
    changes = tuple(way for way, kinds in ways if kinds & its)
    obstacles = () if verdict is judgement.verdict else obstacles_to(verdict, judgement, judge)
    return WhyNot(verdict, changes, tuple(obstacles))


def obstacles_to(verdict: Verdict, judgement: Judgement, judge: Judge) -> Iterator[Obstacle]:
    wanted = WORDINGS[verdict].organization
    for finding in judgement.rules:
        gives = judge.rulebook.rule(finding.id).organization
        obstacle = _obstacle(finding, gives, wanted)
        if obstacle and not (gives == wanted and finding.id == judgement.rule):
            yield obstacle


def _obstacle(finding: RuleFinding, gives: Outcome, wanted: Outcome | None) -> Obstacle | None:
    """Return how a rule stands in the way of an outcome of the organization; None where it doesn't."""
    if gives == wanted:
        if finding.status == "fired":
            return Obstacle(finding.id, "comes_later", ())
        unmet = (each for each in finding.conditions if each.value != each.wanted)
        return Obstacle(finding.id, "lacks", tuple(unmet))
    if finding.status == "not_fired":
        return None
    met = (each for each in finding.conditions if each.value in (each.wanted, None))
    return Obstacle(finding.id, "fires" if finding.status == "fired" else "may_fire", tuple(met))


def compared(one: Judgement, other: Judgement, judge: Judge) -> Comparison:
    """Compare what is recorded of two interactions, and what of it makes their verdicts differ."""
    pairs = {
        fact: (value_of(one.facts, fact), value_of(other.facts, fact)) for fact in Facts._fields
    }
    same = tuple(Setting(fact, a) for fact, (a, b) in pairs.items() if a == b and a is not None)
    differs = {fact: pair for fact, pair in pairs.items() if pair[0] != pair[1]}
    return Comparison(other.verdict, same, differs, _decisive(one, other, differs, judge))


def _decisive(
    one: Judgement, other: Judgement, differs: Mapping[str, object], judge: Judge
) -> tuple[tuple[str, ...], ...]:
    """Return every smallest set of facts that give one the other's verdict, taken from the other."""

    def gives_theirs(facts: tuple[str, ...]) -> bool:
        taken = one.facts.having((fact, value_of(other.facts, fact)) for fact in facts)
        return _verdict_of(taken, judge) is other.verdict

    by_size = (combinations(differs, size) for size in range(1, len(differs) + 1))
    found = (tuple(filter(gives_theirs, sets)) for sets in by_size)
    return () if one.verdict is other.verdict else next(filter(None, found), ())

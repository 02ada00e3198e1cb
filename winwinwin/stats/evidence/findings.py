"""Each claim tested, and one of four words said about it. The rule of the words is here alone.

holds          the difference goes the way of the claim
contradicted   it goes the other way
idle           it is smaller than the margin, whichever way it goes
cannot tell    anything else

Each of the first three is said only where it is more than chance in the completion that speaks least
for it, with the probabilities of a run adjusted by Holm's method. "Idle" goes first: a difference that
is shown to be smaller than the margin makes none, even where it is surely not zero. So in a run where
no claim makes any difference, the chance that any is said to hold or to be contradicted is at most
5%; and the chance that any claim with a difference of the margin or more is said to be idle is, too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import sqrt

from winwinwin.stats.bounds import CONFIDENCE, Bounds, Interval, wilson
from winwinwin.stats.evidence.chance import above, binomial, quantile
from winwinwin.stats.evidence.claims import Claim, Counts
from winwinwin.stats.evidence.difference import Estimate, World, between, estimate, strata_of
from winwinwin.stats.evidence.power import needed
from winwinwin.stats.evidence.sides import Sides, clusters, sides_of, totals
from winwinwin.stats.exact import SIGNIFICANCE, Part, holm
from winwinwin.stats.trend import trend_chances

MARGIN = 0.05
"""The difference below which a claim is idle."""
FEW_CLUSTERS = 10
HALF = 0.5


class Word(StrEnum):
    """What is said of a claim."""

    HOLDS = "holds"
    CONTRADICTED = "contradicted"
    IDLE = "idle"
    CANNOT_TELL = "cannot tell"


@dataclass(frozen=True, slots=True)
class Tested:
    """A claim before its probabilities are adjusted for the others of its run."""

    claim: Claim
    sides: Sides
    recorded: Estimate | None
    """As far as everything is recorded; None where one side has nobody."""
    least: Estimate | None
    """In the completion that speaks least for the claim; None where nothing can be compared in it."""
    most: Estimate | None
    clusters: int | None
    """That record what is compared; None where clusters were not asked for."""

    @property
    def ends(self) -> list[Estimate]:
        return [end for end in (self.recorded, self.least, self.most) if end is not None]

    @property
    def is_whole(self) -> bool:
        return None not in (self.recorded, self.least, self.most)

    @property
    def is_open(self) -> bool:
        """Whether what is not recorded can change anything."""
        return self.sides.least != self.sides.most

    def turns(self, margin: float) -> bool:
        """Tell whether completions differ in what they speak for, however many there are like them."""
        ways = {end.way(margin) for end in self.ends}
        return not self.is_whole or len(ways) > 1

    @property
    def chance(self) -> float:
        """Of the difference by chance, where it is likeliest; 1 where it may go either way."""
        signs = {end.difference > 0 for end in self.ends}
        if not self.is_whole or len(signs) > 1 or any(not end.difference for end in self.ends):
            return 1.0
        return max(end.chance for end in self.ends)

    @property
    def beyond(self) -> float:
        """Of so small a difference where it is as large as the margin, where that is likeliest."""
        return max(end.beyond for end in self.ends) if self.is_whole else 1.0

    @property
    def interval(self) -> Interval | None:
        """The 95% interval around the differences of all completions."""
        if not self.is_whole:
            return None
        intervals = [end.interval for end in self.ends]
        return Interval(min(each.low for each in intervals), max(each.high for each in intervals))


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found of a claim."""

    tested: Tested
    word: Word
    chance: float
    """Adjusted for the claims of the run."""
    beyond: float
    """Likewise."""
    as_recorded: Word
    """What would be said if nothing but what is recorded were there."""
    more: int | None
    """How many more interactions would tell; None where no number is in sight, or none is missing."""
    turns: bool
    """Whether what is not recorded can turn it, so that they tell only where everything is recorded."""

    @property
    def claim(self) -> Claim:
        return self.tested.claim


def findings(
    claims: Iterable[Claim], counts: Counts, margin: float = MARGIN, *, is_clustered: bool = False
) -> list[Finding]:
    """Test the claims of a run together."""
    tested = []
    for claim in claims:
        sides = sides_of(claim.counted(counts))
        one = _tested(claim, sides, margin, is_clustered=is_clustered)
        tested.append(_with_trend(one, claim.trend(counts.followed)) if claim.trend else one)
    return _worded(tested, margin)


def _with_trend(tested: Tested, shares: Sequence[Bounds]) -> Tested:
    """Take the chance of a trend; no surer than clusters let the difference of the halves be."""
    found = trend_chances(shares)

    def chance(end: Estimate | None, of_trend: float) -> Estimate | None:
        if end is None:
            return None
        ways = {1: found.fall, -1: found.rise}
        sign = 1 if end.difference > 0 else -1
        its = max(of_trend, end.chance) if tested.clusters else of_trend
        return end._replace(chance=its if ways[sign] < 1 else 1.0)

    return replace(
        tested,
        recorded=chance(tested.recorded, found.recorded),
        least=chance(tested.least, found.highest),
        most=chance(tested.most, found.highest),
    )


def _tested(claim: Claim, sides: Sides, margin: float, *, is_clustered: bool) -> Tested:
    """Estimate the difference in the three worlds that count."""

    def estimated(world: World) -> Estimate | None:
        one, _ = totals(world)
        if claim.other is None:
            return against_half(world, margin, is_clustered=is_clustered) if one.total else None
        can = any(a.total and b.total for a, b in strata_of(world).values())
        return estimate(world, margin, is_clustered=is_clustered) if can else None

    number = clusters(sides.recorded) if is_clustered else None
    recorded, least, most = map(estimated, (sides.recorded, sides.least, sides.most))
    return Tested(claim, sides, recorded, least, most, number)


def against_half(world: World, margin: float, *, is_clustered: bool) -> Estimate:
    """Compare the share of the ones with one half: the binomial test, and Wilson's interval."""
    one, _ = totals(world)
    away = abs(one.share - HALF)
    found = Interval(*(end - HALF for end in wilson(*one)))
    limit = HALF + margin
    error = sqrt(limit * (1 - limit) / one.total)
    simple = Estimate(one.share - HALF, found, binomial(*one), above((margin - away) / error))
    return _in_clusters(world, one, simple, margin) if is_clustered else simple


def _in_clusters(world: World, one: Part, simple: Estimate, margin: float) -> Estimate:
    """Return an estimate that is no surer than the differences between the clusters let it be."""
    pulls: dict[str | None, float] = {}
    for (_, cluster), (part, _) in world.items():
        pulls[cluster] = pulls.get(cluster, 0.0) + part.hits - one.share * part.total
    variance = between(pulls.values(), one.total)
    independent = max(one.share * (1 - one.share), 1 / (4 * one.total)) / one.total
    if variance <= independent:
        return simple
    error, degrees = sqrt(variance), max(1, len(pulls) - 1)
    away = quantile((1 + CONFIDENCE) / 2, degrees) * error
    low, high = simple.interval
    difference = simple.difference
    return Estimate(
        difference,
        Interval(min(low, difference - away), max(high, difference + away)),
        max(simple.chance, 2 * above(abs(difference) / error, degrees)),
        max(simple.beyond, above((margin - abs(difference)) / error, degrees)),
        error,
        degrees,
    )


def _worded(tested: Sequence[Tested], margin: float) -> list[Finding]:
    """Adjust the probabilities for each other, and say a word of each claim."""
    testable = [each for each in tested if each.recorded is not None]
    chances = _adjusted(testable, [each.chance for each in testable])
    beyonds = _adjusted(testable, [each.beyond for each in testable])
    plain = _adjusted(testable, [each.recorded.chance for each in testable if each.recorded])
    small = _adjusted(testable, [each.recorded.beyond for each in testable if each.recorded])
    found = []
    for each in tested:
        name = each.claim.id
        chance, beyond = chances.get(name, 1.0), beyonds.get(name, 1.0)
        said = word(each.recorded, chance, beyond)
        recorded = word(each.recorded, plain.get(name, 1.0), small.get(name, 1.0))
        turns = each.turns(margin)
        wanted = said is Word.CANNOT_TELL and (recorded is said or not turns)
        more = _more(each, margin, len(testable)) if wanted else None
        found.append(Finding(each, said, chance, beyond, recorded, more, turns))
    return found


def _adjusted(tested: Sequence[Tested], chances: Sequence[float]) -> dict[str, float]:
    return dict(zip([each.claim.id for each in tested], holm(chances), strict=True))


def word(found: Estimate | None, chance: float, beyond: float) -> Word:
    """Say the word; the probabilities are adjusted, and those of the least favourable completion."""
    if found is None:
        return Word.CANNOT_TELL
    if beyond < SIGNIFICANCE:
        return Word.IDLE
    if chance < SIGNIFICANCE:
        return Word.HOLDS if found.difference > 0 else Word.CONTRADICTED
    return Word.CANNOT_TELL


def _more(tested: Tested, margin: float, tests: int) -> int | None:
    """Return how many more would tell in the completion that takes most; as recorded, where that turns it."""
    sides = tested.sides
    worlds = [(tested.recorded, sides.recorded)]
    if not tested.turns(margin):
        worlds += [(tested.least, sides.least), (tested.most, sides.most)]
    found = [
        _more_of(end, world, tested.claim, margin, tests)
        for end, world in worlds
        if end is not None
    ]
    return None if not found or None in found else max(filter(None, found))


def _more_of(end: Estimate, world: World, claim: Claim, margin: float, tests: int) -> int | None:
    one, other = totals(world)
    enough = needed(end, one, other if claim.other else None, margin, tests)
    return None if enough is None else max(1, enough - one.total - other.total)

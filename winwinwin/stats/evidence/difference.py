"""How far two shares differ: the difference, its interval, and whether it is more than chance.

Three ways, by what is known of the interactions. Alone: Newcombe's interval, Fisher's exact test, and
for a margin the score test of Farrington and Manning. Within strata: the difference of Mantel and
Haenszel with Sato's variance, and an exact test within the strata. In clusters: the same difference
with a variance between the clusters and Student's t; it only ever makes what is found less certain.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping
from math import acos, copysign, cos, pi, sqrt
from typing import NamedTuple, TypeAlias

from statsmodels.stats.proportion import confint_proportions_2indep

from winwinwin.stats.bounds import CONFIDENCE, Interval
from winwinwin.stats.evidence.chance import above, quantile, stratified
from winwinwin.stats.exact import Part

Place: TypeAlias = tuple[Hashable, str | None]
"""The stratum and the cluster of some interactions."""
World: TypeAlias = Mapping[Place, tuple[Part, Part]]
"""Hits among the ones and among the others, by place: all that is known, or one completion of it."""
NOWHERE = Part(0, 0)


class Estimate(NamedTuple):
    """What one world says of a difference."""

    difference: float
    """The share of the ones minus that of the others, from -1 to 1."""
    interval: Interval
    chance: float
    """Of a difference as large or larger where there is none; two-sided."""
    beyond: float
    """Of one as small or smaller where it is as large as the margin or larger."""
    error: float | None = None
    """Its standard error, within strata or between clusters; None where two shares tell it."""
    degrees: int | None = None
    """Of freedom of that error; None where it is taken for normal."""

    def way(self, margin: float) -> int:
        """Return 1 for a difference of the margin or more, -1 for one the other way, 0 for a smaller one."""
        return 0 if abs(self.difference) < margin else 1 if self.difference > 0 else -1


def together(parts: Iterable[Part]) -> Part:
    """Add up."""
    hits = total = 0
    for part in parts:
        hits, total = hits + part.hits, total + part.total
    return Part(hits, total)


def estimate(world: World, margin: float, *, is_clustered: bool) -> Estimate:
    """Compare the ones with the others. Neither may be none."""
    strata = strata_of(world)
    if len(strata) > 1 or is_clustered:
        return _among(world, strata, margin, is_clustered=is_clustered)
    [(one, other)] = strata.values()
    beyond = max(
        _score(one, other, -margin, way=1),
        _score(one, other, margin, way=-1),
    )
    found = newcombe(one, other)
    return Estimate(one.share - other.share, found, stratified([(one, other)]), beyond)


def strata_of(world: World) -> dict[Hashable, tuple[Part, Part]]:
    """Add up by stratum, whatever the cluster."""
    found: dict[Hashable, tuple[Part, Part]] = defaultdict(lambda: (NOWHERE, NOWHERE))
    for (stratum, _), sides in world.items():
        one, other = (together(parts) for parts in zip(found[stratum], sides, strict=True))
        found[stratum] = one, other
    return dict(found)


def newcombe(one: Part, other: Part) -> Interval:
    """Return the 95% interval of a difference by Newcombe's method 10, without correction."""
    low, high = confint_proportions_2indep(*one, *other, method="newcomb")
    return Interval(float(low), float(high))


def _score(one: Part, other: Part, limit: float, *, way: int) -> float:
    """Return the chance of a difference as far above a limit (way 1), or below it (-1), if it is there.

    The variance is that of the likeliest shares that differ by the limit (Farrington and Manning,
    1990), with the factor of Miettinen and Nurminen.
    """
    total = one.total + other.total
    first, second = _likeliest(one, other, limit)
    variance = first * (1 - first) / one.total + second * (1 - second) / other.total
    variance *= total / (total - 1)
    away = way * (one.share - other.share - limit)
    if variance <= 0:
        return 0.0 if away > 0 else 1.0
    return above(away / sqrt(variance))


def _likeliest(one: Part, other: Part, limit: float) -> tuple[float, float]:
    """Return the two shares with this difference that make what was found likeliest."""
    ratio = other.total / one.total
    a = 1 + ratio
    b = -(1 + ratio + one.share + ratio * other.share + limit * (ratio + 2))
    c = limit * limit + limit * (2 * one.share + ratio + 1) + one.share + ratio * other.share
    d = -one.share * limit * (1 + limit)
    v = b**3 / (27 * a**3) - b * c / (6 * a * a) + d / (2 * a)
    u = copysign(sqrt(max(0.0, b * b / (9 * a * a) - c / (3 * a))), v)
    angle = (pi + acos(max(-1.0, min(1.0, v / u**3 if u else 0.0)))) / 3
    first = 2 * u * cos(angle) - b / (3 * a)
    first = max(0.0, limit, min(1.0, 1 + limit, first))
    return first, first - limit


def _among(
    world: World, strata: Mapping[Hashable, tuple[Part, Part]], margin: float, *, is_clustered: bool
) -> Estimate:
    """Compare within strata, and with a variance between clusters where there are any."""
    usable = {name: sides for name, sides in strata.items() if sides[0].total and sides[1].total}
    weight = sum(_weight(*sides) for sides in usable.values())
    difference = (
        sum(_weight(*sides) * (sides[0].share - sides[1].share) for sides in usable.values())
        / weight
    )
    variance = _sato(usable.values(), difference, weight)
    chance = stratified(list(usable.values()))
    degrees: int | None = None
    if is_clustered:
        pulled, clusters = _pulled(world, usable, weight)
        variance, degrees = max(variance, pulled), max(1, clusters - 1)
        error = sqrt(variance)
        chance = max(chance, 2 * above(abs(difference) / error, degrees)) if error else chance
    error = sqrt(variance)
    away = quantile((1 + CONFIDENCE) / 2, degrees) * error
    beyond = above((margin - abs(difference)) / error, degrees)
    found = Interval(max(-1.0, difference - away), min(1.0, difference + away))
    return Estimate(difference, found, chance, beyond, error, degrees)


def _weight(one: Part, other: Part) -> float:
    return one.total * other.total / (one.total + other.total)


def _sato(strata: Iterable[tuple[Part, Part]], difference: float, weight: float) -> float:
    """Return the variance of a difference of Mantel and Haenszel (Sato, 1989).

    Where all interactions of each stratum ended alike it would be none: then each side counts as if
    half of one more interaction were a hit.
    """
    summed = 0.0
    sides = list(strata)
    for one, other in sides:
        total = one.total + other.total
        half = one.total * other.total * (other.total - one.total) / 2
        uneven = one.total**2 * other.hits - other.total**2 * one.hits + half
        mixed = one.hits * (other.total - other.hits) + other.hits * (one.total - one.hits)
        summed += difference * uneven / total**2 + mixed / (2 * total)
    if summed > 1e-12:  # noqa: PLR2004  # what rounding leaves of nothing
        return summed / weight**2
    pooled = [together(parts) for parts in zip(*sides, strict=True)]
    shares = [((part.hits + 0.5) / (part.total + 1), part.total) for part in pooled]
    return sum(share * (1 - share) / total for share, total in shares)


def _pulled(
    world: World, strata: Mapping[Hashable, tuple[Part, Part]], weight: float
) -> tuple[float, int]:
    """Return the variance of the difference by how clusters differ, and their number."""
    pulls: dict[str | None, float] = defaultdict(float)
    for (stratum, cluster), (one, other) in world.items():
        if stratum not in strata:
            continue
        first, second = strata[stratum]
        its = _weight(first, second)
        pulls[cluster] += its * (one.hits - first.share * one.total) / first.total
        pulls[cluster] -= its * (other.hits - second.share * other.total) / second.total
    return between(pulls.values(), weight), len(pulls)


def between(pulls: Collection[float], weight: float) -> float:
    """Return the variance of a share, or of a difference, by how far each cluster pulls it.

    One cluster does not differ from itself: then it is 1, more than any.
    """
    number = len(pulls)
    squares = sum(pull * pull for pull in pulls) / weight**2
    return squares * number / (number - 1) if number > 1 else 1.0

"""Distributions that the tests of claims look up: Student's t, and sums of hypergeometric draws."""

from collections.abc import Sequence
from functools import lru_cache
from math import atan, comb, cos, erfc, exp, lgamma, log, pi, sin, sqrt
from statistics import NormalDist

from winwinwin.stats.exact import Part

NORMAL = NormalDist()
MANY = 500
"""Degrees of freedom from which on Student's t is taken for normal."""
SLACK = 1 + 1e-7
"""By what factor two equal chances may differ in floating point."""
MOST_EXACT = 20_000
"""Steps up to which the draws of all strata are counted."""
WIDEST = 1e6
"""More standard errors than anything is away."""


def above(z: float, degrees: int | None = None) -> float:
    """Return the chance that a normal value, or one of Student's t, is above another."""
    if degrees is None or degrees >= MANY:
        return erfc(z / sqrt(2)) / 2
    within = _within(abs(z), degrees)
    return (1 - within) / 2 if z > 0 else (1 + within) / 2


def _within(t: float, degrees: int) -> float:
    """Return the chance of a value between -t and t: a finite sum for whole degrees of freedom."""
    angle = atan(t / sqrt(degrees))
    odd = degrees % 2
    term = cos(angle) if odd else 1.0
    summed = term if degrees > 1 else 0.0
    for step in range(2 + odd, degrees - 1, 2):
        term *= cos(angle) ** 2 * (step - 1) / step
        summed += term
    return 2 / pi * (angle + sin(angle) * summed) if odd else sin(angle) * summed


@lru_cache(maxsize=256)
def quantile(share: float, degrees: int | None = None) -> float:
    """Return the value that a share of the normal distribution, or of Student's t, is below."""
    if degrees is None or degrees >= MANY:
        return NORMAL.inv_cdf(share)
    low, high = -WIDEST, WIDEST
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if above(middle, degrees) > 1 - share else (low, middle)
    return (low + high) / 2


def binomial(hits: int, total: int) -> float:
    """Return how probable a share as unlikely as this is where hits and misses are equally likely."""
    fewer = min(hits, total - hits)
    if not total or 2 * fewer == total:
        return 1.0
    if total > MOST_EXACT:
        return min(1.0, 2 * above((total / 2 - fewer - 0.5) / sqrt(total / 4)))
    every = total * log(2)
    tail = sum(exp(_log_choose(total, count) - every) for count in range(fewer + 1))
    return min(1.0, 2 * tail)


def stratified(strata: Sequence[tuple[Part, Part]]) -> float:
    """Return how probable hits as unevenly spread are by chance alone, within strata: two-sided.

    Exact over all tables with the same margins in each stratum where these are few, which for one
    stratum is Fisher's test; else the chi-square test of Cochran, Mantel and Haenszel.
    """
    fit = [(one, other) for one, other in strata if one.total and other.total]
    widths = [_range(one, other) for one, other in fit]
    steps, width = 0, 1
    for each in widths:
        steps += width * len(each)
        width += len(each) - 1
    if width <= 1:
        return 1.0
    return _exact(fit, widths) if steps <= MOST_EXACT else _mantel_haenszel(fit)


def _range(one: Part, other: Part) -> range:
    hits = one.hits + other.hits
    return range(max(0, hits - other.total), min(hits, one.total) + 1)


def _exact(strata: Sequence[tuple[Part, Part]], widths: Sequence[range]) -> float:
    chances = [1.0]
    for (one, other), counts in zip(strata, widths, strict=True):
        hits, total = one.hits + other.hits, one.total + other.total
        every = _log_choose(total, one.total)
        own = [
            exp(_log_choose(hits, count) + _log_choose(total - hits, one.total - count) - every)
            for count in counts
        ]
        summed = [0.0] * (len(chances) + len(own) - 1)
        for place, chance in enumerate(chances):
            for further, more in enumerate(own):
                summed[place + further] += chance * more
        chances = summed
    found = sum(one.hits for one, _ in strata) - sum(counts[0] for counts in widths)
    limit = chances[found] * SLACK
    return min(1.0, sum(chance for chance in chances if chance <= limit))


def _mantel_haenszel(strata: Sequence[tuple[Part, Part]]) -> float:
    away = variance = 0.0
    for one, other in strata:
        total, hits = one.total + other.total, one.hits + other.hits
        if total > 1:
            away += one.hits - one.total * hits / total
            both = one.total * other.total * hits * (total - hits)
            variance += both / (total * total * (total - 1))
    return 2 * above(abs(away) / sqrt(variance)) if variance else 1.0


def _log_choose(total: int, count: int) -> float:
    if total <= 60:  # noqa: PLR2004  # exact, and as fast
        return log(comb(total, count))
    return lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)

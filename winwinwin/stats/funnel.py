"""How far shares of groups stray from the share of all by chance: control limits, which form a funnel.

The limits are those of Spiegelhalter, Funnel plots for comparing institutional performance,
Statistics in Medicine 24 (2005), pages 1185 to 1202, appendix A.1.1: quantiles of the binomial
distribution around the share of all, interpolated between two whole numbers so that they are smooth.
"""

from math import exp, lgamma, log, sqrt
from statistics import NormalDist

from winwinwin.stats.bounds import CONFIDENCE, Interval

LEVELS = (CONFIDENCE, 0.998)
"""How many of the groups that differ by chance alone lie within the inner and the outer limits."""
POINTS = 40
"""Sizes of a group for which the limits are drawn."""
NEGLIGIBLE = 1e-17


def limits(share: float, total: int, level: float) -> Interval:
    """Return the limits within which so many groups of this size have their share by chance alone."""
    if not 0 < share < 1:
        return Interval(share, share)
    tail = (1 - level) / 2
    low = _quantile(tail, total, share)
    high = total - 1 - _quantile(tail, total, 1 - share)  # the published one, counted in misses
    return Interval(max(0.0, low / total), min(1.0, high / total))


def sizes(least: int, most: int) -> list[int]:
    """Return the sizes of a group for which the limits are drawn: closer together where they bend."""
    ratio = (most / least) ** (1 / POINTS)
    return sorted({*(round(least * ratio**step) for step in range(POINTS)), most})


def _quantile(probability: float, total: int, share: float) -> float:
    """Return the number of hits that has this probability below it, between two whole numbers.

    The share is neither 0 nor 1, the probability below one half.
    """
    spread = sqrt(total * share * (1 - share))
    hits = max(0, int(total * share + NormalDist().inv_cdf(probability) * spread))
    odds = share / (1 - share)
    chance = exp(_log_chance(hits, total, share))
    below = _at_most(hits, chance, total, odds)
    while below < probability:
        chance *= (total - hits) / (hits + 1) * odds
        hits += 1
        below += chance
    while hits and below - chance >= probability:
        below -= chance
        chance *= hits / (total - hits + 1) / odds
        hits -= 1
    return hits - (below - probability) / chance


def _at_most(hits: int, chance: float, total: int, odds: float) -> float:
    """Return the chance of at most so many hits, given the chance of exactly so many."""
    summed = 0.0
    while chance > summed * NEGLIGIBLE:
        summed += chance
        chance *= hits / (total - hits + 1) / odds
        hits -= 1
    return summed


def _log_chance(hits: int, total: int, share: float) -> float:
    misses = total - hits
    choices = lgamma(total + 1) - lgamma(hits + 1) - lgamma(misses + 1)
    return choices + hits * log(share) + misses * log(1 - share)

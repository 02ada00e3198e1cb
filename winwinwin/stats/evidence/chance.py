"""Distributions and tests of SciPy and statsmodels, asked as the tests of claims ask them."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from scipy import stats
from statsmodels.stats.contingency_tables import StratifiedTable

from winwinwin.stats.exact import Part

SLACK = 1 + 1e-7
"""By what factor two equal chances may differ in floating point."""
MOST_EXACT = 20_000
"""Steps up to which the draws of all strata are counted."""


def above(z: float, degrees: int | None = None) -> float:
    """Return the chance that a normal value, or one of Student's t, is above another."""
    return float(_distribution(degrees).sf(z))


@lru_cache(maxsize=256)
def quantile(share: float, degrees: int | None = None) -> float:
    """Return the value that a share of the normal distribution, or of Student's t, is below."""
    return float(_distribution(degrees).ppf(share))


@lru_cache(maxsize=256)
def _distribution(degrees: int | None) -> Any:
    return stats.norm if degrees is None else stats.t(degrees)


def binomial(hits: int, total: int) -> float:
    """Return how probable a share as unlikely as this is where hits and misses are equally likely."""
    return float(stats.binomtest(hits, total).pvalue) if total else 1.0


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
    chances = np.ones(1)
    for (one, other), counts in zip(strata, widths, strict=True):
        drawn = stats.hypergeom(one.total + other.total, one.hits + other.hits, one.total)
        chances = np.convolve(chances, drawn.pmf(counts))
    found = sum(one.hits for one, _ in strata) - sum(counts[0] for counts in widths)
    return min(1.0, float(chances[chances <= chances[found] * SLACK].sum()))


def _mantel_haenszel(strata: Sequence[tuple[Part, Part]]) -> float:
    tables = [[[part.hits, part.total - part.hits] for part in sides] for sides in strata]
    return float(StratifiedTable(list(map(np.array, tables))).test_null_odds().pvalue)

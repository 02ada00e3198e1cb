"""Control limits: exact, as published, and wide where there is little."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from winwinwin.stats.funnel import LEVELS, limits, sizes

SHARES = st.floats(0.001, 0.999)
LEVEL = st.sampled_from([0.8, *LEVELS])


def published(share: float, total: int, probability: float) -> float:
    """Return a limit by the formula of Spiegelhalter (2005), appendix A.1.1, with scipy's binomial."""
    hits = binom.ppf(probability, total, share)
    excess = binom.cdf(hits, total, share) - probability
    return (hits - excess / binom.pmf(hits, total, share)) / total


@given(SHARES, st.integers(1, 20_000), LEVEL)
def test_the_limits_are_those_that_scipy_gives(share: float, total: int, level: float) -> None:
    low, high = limits(share, total, level)
    tail = (1 - level) / 2
    near = pytest.approx
    assert low == near(max(0.0, published(share, total, tail)), abs=1e-6)
    assert high == near(min(1.0, published(share, total, 1 - tail)), abs=1e-6)


def test_a_million_interactions_have_limits_too() -> None:
    low, high = limits(0.6, 1_000_000, 0.95)
    assert low == pytest.approx(published(0.6, 1_000_000, 0.025), abs=1e-8)
    assert high == pytest.approx(published(0.6, 1_000_000, 0.975), abs=1e-8)


class Physician(NamedTuple):
    satisfied: int
    patients: int
    is_extreme: tuple[bool, bool]
    """Beyond the 80% limits, and beyond the 95% limits."""


PHYSICIANS = [
    Physician(130, 150, (True, True)),
    Physician(65, 200, (True, True)),
    Physician(155, 300, (False, False)),
    Physician(125, 250, (False, False)),
    Physician(19, 50, (True, False)),
    Physician(185, 220, (True, True)),
    Physician(82, 100, (True, True)),
    Physician(77, 90, (True, True)),
    Physician(50, 400, (True, True)),
    Physician(80, 425, (True, True)),
]
"""The example of the R package funnelR 0.1.0 (M. Kumar, CRAN 2018, vignette "Funnel Plots for
Proportion Data", example 3): patients satisfied with ten physicians against a benchmark of 50%, and
which physicians it calls extreme."""


@pytest.mark.parametrize("physician", PHYSICIANS)
def test_a_published_example_has_the_same_outside(physician: Physician) -> None:
    satisfied, patients, is_extreme = physician
    found = [limits(0.5, patients, level) for level in (0.80, 0.95)]
    share = satisfied / patients
    assert tuple(not low <= share <= high for low, high in found) == is_extreme


@given(SHARES, st.integers(10, 5_000))
def test_the_outer_limits_enclose_the_inner_ones_and_both_the_share_of_all(
    share: float, total: int
) -> None:
    inner, outer = (limits(share, total, level) for level in LEVELS)
    slack = 1 / total  # a limit is that of a whole number, or less than one away from it
    assert 0 <= outer.low <= inner.low <= share + slack
    assert share - slack <= inner.high <= outer.high <= 1


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_where_all_are_alike_none_strays(share: float) -> None:
    assert limits(share, 50, 0.95) == (share, share)


@given(st.integers(1, 100), st.integers(0, 1_000_000))
def test_the_limits_are_drawn_from_the_smallest_group_to_the_largest(least: int, more: int) -> None:
    drawn = sizes(least, least + more)
    assert (drawn[0], drawn[-1]) == (least, least + more)
    assert drawn == sorted(set(drawn))
    assert len(drawn) <= 41

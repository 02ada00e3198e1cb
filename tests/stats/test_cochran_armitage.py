"""The test for a trend, by its definition, by scipy and by every completion."""

from fractions import Fraction
from itertools import product
from math import comb, prod

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from winwinwin.stats.bounds import Bounds, of_all
from winwinwin.stats.exact import NO_CHANCES, SIGNIFICANCE
from winwinwin.stats.trend import _tails, trend_chances


def by_definition(sizes: tuple[int, ...], hits: tuple[int, ...]) -> tuple[Fraction, Fraction]:
    """Count all ways to draw the hits from the periods, by the sum of the periods' numbers."""
    found = sum(place * count for place, count in enumerate(hits))
    high = low = 0
    for drawn in product(*(range(size + 1) for size in sizes)):
        if sum(drawn) == sum(hits):
            ways = prod(comb(size, count) for size, count in zip(sizes, drawn, strict=True))
            summed = sum(place * count for place, count in enumerate(drawn))
            high += ways * (summed >= found)
            low += ways * (summed <= found)
    every = comb(sum(sizes), sum(hits))
    return Fraction(2 * high, every), Fraction(2 * low, every)


@st.composite
def few(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    sizes = tuple(draw(st.lists(st.integers(0, 7), min_size=2, max_size=4)))
    return sizes, tuple(draw(st.integers(0, size)) for size in sizes)


@settings(deadline=None)
@given(few())
def test_few_hits_are_tested_exactly(case: tuple[tuple[int, ...], tuple[int, ...]]) -> None:
    assert _tails(*case) == pytest.approx([*map(float, by_definition(*case))])


@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.integers(21, 60), st.integers(21, 60)), min_size=2, max_size=8))
def test_many_hits_are_tested_as_scipy_correlates_them(counts: list[tuple[int, int]]) -> None:
    """The chi-square test for trend: all but one, times the squared correlation."""
    places = [place for place, (hits, misses) in enumerate(counts) for _ in range(hits + misses)]
    results = [result for hits, misses in counts for result in [1] * hits + [0] * misses]
    correlation = scipy.stats.pearsonr(places, results).statistic
    chance = scipy.stats.chi2.sf((len(places) - 1) * correlation**2, 1)
    found = trend_chances([of_all(hits, hits + misses) for hits, misses in counts])
    assert found.recorded == pytest.approx(chance, rel=1e-6)
    assert found.lowest in (found.recorded, pytest.approx(min(1.0, found.lowest)))


def test_it_is_close_to_a_permutation_test() -> None:
    shares = [of_all(25, 60), of_all(30, 60), of_all(38, 60)]
    places = np.repeat([0, 1, 2], 60)
    results = np.concatenate([np.repeat([1, 0], [it.sure, 60 - it.sure]) for it in shares])
    permuted = scipy.stats.permutation_test(
        (results,),
        lambda drawn: float(np.dot(places, drawn)),
        permutation_type="pairings",
        n_resamples=5_000,
        rng=np.random.default_rng(0),
    )
    assert trend_chances(shares).recorded == pytest.approx(permuted.pvalue, abs=0.01)


@st.composite
def open_courses(draw: st.DrawFn) -> list[Bounds]:
    shares = []
    for _ in range(draw(st.integers(2, 4))):
        total = draw(st.integers(1, 15))
        sure = draw(st.integers(0, total))
        most = draw(st.integers(sure, min(total, sure + 3)))
        shares.append(Bounds(sure, most, total, total))
    return shares


@settings(deadline=None)
@given(open_courses())
def test_the_ends_are_those_of_all_completions(shares: list[Bounds]) -> None:
    sizes = tuple(found.most_of for found in shares)
    worlds = product(*(range(found.sure, found.possible + 1) for found in shares))
    tails = [_tails(sizes, world) for world in worlds]
    found = trend_chances(shares)
    assert found.rise == pytest.approx(min(1.0, *(high for high, _ in tails)))
    assert found.fall == pytest.approx(min(1.0, *(low for _, low in tails)))
    least = min(1.0, max(high for high, _ in tails), max(low for _, low in tails))
    assert found.highest == pytest.approx(least)


def test_one_period_has_no_trend() -> None:
    assert trend_chances([]) == trend_chances([of_all(1, 3), of_all(0, 0)]) == NO_CHANCES


def test_a_share_that_never_changes_has_no_trend() -> None:
    for hits in (0, 30, 60):
        found = trend_chances([of_all(hits, 60)] * 3)
        assert found.lowest >= SIGNIFICANCE
        assert found.recorded == 1.0


def test_very_many_open_ones_are_looked_at_in_steps() -> None:
    found = trend_chances(
        [Bounds(10_000 * n, 10_000 * n + 5_000, 50_000, 50_000) for n in range(4)]
    )
    assert found.highest < SIGNIFICANCE
    assert found.fall == 1.0

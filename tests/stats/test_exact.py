"""Exact tests of two shares, by their definitions and by every completion."""

from fractions import Fraction
from itertools import product
from math import comb

import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from winwinwin.stats.bounds import Bounds, of_all
from winwinwin.stats.exact import SIGNIFICANCE, Part, chances, fisher, holm, peaks, raised


def by_definition(before: Part, after: Part) -> Fraction:
    """Fisher's exact test as it is defined, in whole numbers."""
    hits, total = before.hits + after.hits, before.total + after.total
    counts = range(max(0, hits - after.total), min(hits, before.total) + 1)
    ways = {n: comb(hits, n) * comb(total - hits, before.total - n) for n in counts}
    as_unlikely = sum(way for way in ways.values() if way <= ways[before.hits])
    return Fraction(as_unlikely, sum(ways.values()))


@st.composite
def parts(draw: st.DrawFn) -> Part:
    total = draw(st.integers(0, 60))
    return Part(draw(st.integers(0, total)), total)


@settings(deadline=None)  # a busy machine is not slow code
@given(parts(), parts())
def test_the_test_is_fishers_by_definition(before: Part, after: Part) -> None:
    assert fisher(before, after) == pytest.approx(float(by_definition(before, after)), rel=1e-6)


@settings(deadline=None)  # a busy machine is not slow code
@given(parts(), parts())
def test_the_test_has_no_direction(one: Part, other: Part) -> None:
    assert fisher(one, other) == pytest.approx(fisher(other, one), rel=1e-9)


@pytest.mark.parametrize(
    ("before", "after", "chance"),
    [
        # the tea of Fisher's lady: three of four guessed right
        (Part(3, 4), Part(1, 4), 0.4857142857142857),
        (Part(8, 10), Part(1, 6), 0.03496503496503495),
        (Part(300_000, 600_000), Part(301_500, 600_000), 0.00620406),
        (Part(0, 0), Part(3, 4), 1.0),
        (Part(4, 4), Part(3, 3), 1.0),
    ],
)
def test_known_probabilities(before: Part, after: Part, chance: float) -> None:
    assert fisher(before, after) == pytest.approx(chance, rel=1e-5)


def test_probabilities_are_adjusted_by_holms_method() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []
    assert holm([0.6, 0.7]) == [1.0, 1.0]


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), max_size=8))
def test_an_adjusted_probability_is_never_smaller_and_keeps_the_order(chances: list[float]) -> None:
    adjusted = holm(chances)
    assert all(1 >= now >= was for was, now in zip(chances, adjusted, strict=True))
    by_size = sorted(zip(chances, adjusted, strict=True))
    assert [now for _, now in by_size] == sorted(adjusted)


@settings(deadline=None)
@given(st.lists(st.sampled_from([0, 1e-3, 1e-2, 0.02, 0.1, 0.5, 1]), min_size=1), st.data())
def test_one_raised_probability_is_adjusted_as_among_all(
    chances: list[float], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(chances) - 1))
    chance = data.draw(st.floats(chances[place], 1))
    among_all = holm([*chances[:place], chance, *chances[place + 1 :]])[place]
    if chance > chances[place]:
        assert raised(chances)(place, chance) == pytest.approx(among_all)


def test_a_raised_probability_stays_one() -> None:
    assert raised([0, 0.5, 0.5])(0, 0.75) == 1.0


@settings(deadline=None)
@given(parts(), parts())
def test_the_test_is_that_of_scipy(before: Part, after: Part) -> None:
    table = [[part.hits, part.total - part.hits] for part in (before, after)]
    assert fisher(before, after) == pytest.approx(scipy.stats.fisher_exact(table).pvalue, rel=1e-6)


# What is open.


@st.composite
def open_shares(draw: st.DrawFn) -> Bounds:
    total = draw(st.integers(1, 30))
    sure = draw(st.integers(0, total))
    return Bounds(sure, draw(st.integers(sure, min(total, sure + 5))), total, total)


@settings(deadline=None)
@given(open_shares(), open_shares())
def test_the_ends_are_those_of_all_completions(before: Bounds, after: Bounds) -> None:
    rises, falls, levels = [], [], []
    for one, other in product(*(range(it.sure, it.possible + 1) for it in (before, after))):
        turn = other * before.most_of - one * after.most_of
        side = rises if turn > 0 else falls if turn < 0 else levels
        side.append(fisher(Part(one, before.most_of), Part(other, after.most_of)))
    found = chances(before, after)
    assert found.rise == min([*rises, 1.0])
    assert found.fall == min([*falls, 1.0])
    one_way = [side for side in (rises, falls) if side]
    assert found.highest == (1.0 if levels or len(one_way) > 1 else max(one_way[0]))


@settings(deadline=None)
@given(parts(), parts())
def test_without_anything_open_all_ends_are_the_test(before: Part, after: Part) -> None:
    found = chances(of_all(*before), of_all(*after))
    assert found.recorded == fisher(before, after)
    assert found.lowest in (found.recorded, 1.0)
    assert found.highest in (found.recorded, 1.0)


def test_of_very_many_completions_the_extremes_are_tested() -> None:
    before, after = (
        Bounds(40_000, 50_000, 100_000, 100_000),
        Bounds(60_000, 70_000, 100_000, 100_000),
    )
    found = chances(before, after)
    assert found.highest == fisher(Part(50_000, 100_000), Part(60_000, 100_000)) < SIGNIFICANCE
    assert found.fall == 1.0


def test_what_may_turn_either_way_is_never_sure() -> None:
    found = chances(Bounds(0, 40, 40, 40), Bounds(0, 40, 40, 40))
    assert (found.rise < SIGNIFICANCE, found.fall < SIGNIFICANCE, found.highest) == (
        True,
        True,
        1.0,
    )


@given(st.lists(st.floats(0, 2), max_size=20), st.integers(0, 20), st.integers(0, 20))
def test_the_largest_between_two_places_is_found(values: list[float], begin: int, end: int) -> None:
    end = min(end, len(values))
    assert peaks(values)(begin, end) == max(values[begin:end], default=0.0)

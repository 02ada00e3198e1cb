"""The methods behind the claims, against published figures, scipy, statsmodels and brute force."""

from fractions import Fraction
from itertools import product
from math import comb, isclose, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import minimize_scalar
from statsmodels.api import OLS

from winwinwin.stats.evidence import chance, difference
from winwinwin.stats.evidence.chance import above, binomial, quantile, stratified
from winwinwin.stats.evidence.difference import NOWHERE, estimate, newcombe
from winwinwin.stats.evidence.findings import against_half
from winwinwin.stats.evidence.power import needed
from winwinwin.stats.evidence.sides import totals
from winwinwin.stats.exact import Part, fisher

MARGIN = 0.05


@st.composite
def parts(draw: st.DrawFn, most: int = 60) -> Part:
    total = draw(st.integers(1, most))
    return Part(draw(st.integers(0, total)), total)


@pytest.mark.parametrize(
    ("degrees", "wanted"), [(1, 12.706), (2, 4.303), (9, 2.262), (30, 2.042), (None, 1.960)]
)
def test_students_t_is_that_of_the_tables(degrees: int | None, wanted: float) -> None:
    assert round(quantile(0.975, degrees), 3) == wanted
    assert isclose(above(wanted, degrees), 0.025, rel_tol=1e-3)


@given(parts(60))
def test_the_binomial_test_adds_up_what_is_as_unlikely(part: Part) -> None:
    ways = [comb(part.total, count) for count in range(part.total + 1)]
    as_unlikely = sum(number for number in ways if number <= ways[part.hits])
    assert isclose(binomial(*part), as_unlikely / 2**part.total, rel_tol=1e-6)


@given(parts(), parts())
def test_within_one_stratum_the_exact_test_is_fishers(one: Part, other: Part) -> None:
    assert isclose(stratified([(one, other)]), fisher(one, other), rel_tol=1e-5)


@given(st.lists(st.tuples(parts(6), parts(6)), min_size=1, max_size=3))
def test_within_strata_the_exact_test_counts_every_table_with_the_same_margins(
    strata: list[tuple[Part, Part]],
) -> None:
    ranges = [
        range(max(0, a.hits + b.hits - b.total), min(a.hits + b.hits, a.total) + 1)
        for a, b in strata
    ]
    ways: dict[int, int] = {}
    for counts in product(*ranges):
        number = 1
        for count, (a, b) in zip(counts, strata, strict=True):
            number *= comb(a.total, count) * comb(b.total, a.hits + b.hits - count)
        ways[sum(counts)] = ways.get(sum(counts), 0) + number
    found = ways[sum(a.hits for a, _ in strata)]
    wanted = sum(number for number in ways.values() if number <= found) / sum(ways.values())
    assert isclose(stratified(strata), wanted, rel_tol=1e-5)


def test_among_many_strata_it_is_the_test_of_cochran_mantel_and_haenszel(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chance, "MOST_EXACT", 0)
    strata = [(Part(12, 40), Part(6, 38)), (Part(30, 50), Part(20, 44)), (Part(3, 9), Part(4, 20))]
    away = variance = Fraction(0)
    for a, b in strata:
        hits, total = a.hits + b.hits, a.total + b.total
        away += a.hits - Fraction(a.total * hits, total)
        variance += Fraction(a.total * b.total * hits * (total - hits), total * total * (total - 1))
    wanted = stats.chi2.sf(float(away**2 / variance), 1)
    assert isclose(stratified(strata), wanted, rel_tol=1e-9)


def test_newcombes_interval_is_the_one_that_he_published() -> None:
    low, high = newcombe(
        Part(56, 70), Part(48, 80)
    )  # Statistics in Medicine 17 (1998), example (a)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


@given(parts(), parts(), st.sampled_from([-0.2, -0.05, 0.05, 0.2]))
def test_the_shares_of_the_score_test_are_the_likeliest_that_differ_by_the_limit(
    one: Part, other: Part, limit: float
) -> None:
    def unlikely(first: float) -> float:
        logs = zip(
            (one.hits, one.total - one.hits, other.hits, other.total - other.hits),
            (first, 1 - first, first - limit, 1 - first + limit),
            strict=True,
        )
        return -sum(number * np.log(max(share, 1e-300)) for number, share in logs if number)

    ends = max(0.0, limit), min(1.0, 1 + limit)
    searched = minimize_scalar(unlikely, bounds=ends, method="bounded", options={"xatol": 1e-10})
    first, second = difference._likeliest(one, other, limit)
    assert isclose(first - second, limit, abs_tol=1e-9)
    assert unlikely(first) <= searched.fun + 1e-6


def test_a_small_difference_of_many_is_shown_to_be_small_and_one_of_few_is_not() -> None:
    many = {(None, None): (Part(4_000, 8_000), Part(4_040, 8_000))}
    few = {(None, None): (Part(40, 80), Part(40, 80))}
    assert estimate(many, MARGIN, is_clustered=False).beyond < 0.001
    assert estimate(few, MARGIN, is_clustered=False).beyond > 0.2


def test_the_difference_within_strata_is_that_of_mantel_and_haenszel() -> None:
    strata = {("a", None): (Part(8, 10), Part(10, 20)), ("b", None): (Part(2, 30), Part(1, 30))}
    found = estimate(strata, MARGIN, is_clustered=False)
    weights = 10 * 20 / 30, 30 * 30 / 60
    by_hand = (weights[0] * (0.8 - 0.5) + weights[1] * (2 / 30 - 1 / 30)) / sum(weights)
    assert isclose(found.difference, by_hand)
    wald = (
        sum(
            w * w * (a * (1 - a) / n + b * (1 - b) / m)
            for w, (a, n), (b, m) in zip(
                weights, ((0.8, 10), (2 / 30, 30)), ((0.5, 20), (1 / 30, 30)), strict=True
            )
        )
        / sum(weights) ** 2
    )
    half = (found.interval.high - found.interval.low) / 2
    assert isclose(half, 1.96 * sqrt(wald), rel_tol=0.1)


def test_strata_that_are_alike_take_the_confounding_out_of_a_difference() -> None:
    """Simpson's paradox: within each stratum nothing differs, though the pooled shares do."""
    strata = {("a", None): (Part(90, 100), Part(9, 10)), ("b", None): (Part(1, 10), Part(10, 100))}
    found = estimate(strata, MARGIN, is_clustered=False)
    assert found.difference == pytest.approx(0)
    assert found.chance == pytest.approx(1)


def test_the_variance_between_clusters_is_that_of_a_regression_with_clustered_errors() -> None:
    choose = np.random.default_rng(3)
    level = choose.random(15)
    cluster = np.repeat(np.arange(15), 20)
    is_one = choose.random(300) < np.repeat(choose.random(15), 20)
    hit = choose.random(300) < level[cluster]
    world = {
        (None, str(each)): tuple(
            Part(int(hit[chosen].sum()), int(chosen.sum()))
            for chosen in ((cluster == each) & is_one, (cluster == each) & ~is_one)
        )
        for each in range(15)
    }
    found = estimate(world, MARGIN, is_clustered=True)  # type: ignore[arg-type]  # pairs
    design = np.column_stack([np.ones(300), is_one])
    fitted = OLS(hit.astype(float), design).fit(
        cov_type="cluster", cov_kwds={"groups": cluster}, use_t=True
    )
    error = fitted.bse[1] / sqrt(299 / 298)  # its correction for the number of regressors
    assert isclose(found.difference, fitted.params[1])
    assert isclose(found.interval.high - found.difference, error * stats.t.ppf(0.975, 14))


@given(parts(), parts())
def test_clusters_never_make_a_difference_surer(one: Part, other: Part) -> None:
    alone = estimate({(None, None): (one, other)}, MARGIN, is_clustered=False)
    world = {(None, "a"): (one, Part(0, 0)), (None, "b"): (Part(0, 0), other)}
    apart = estimate(world, MARGIN, is_clustered=True)
    assert apart.chance >= alone.chance - 1e-6


def more_than(one: Part, other: Part, margin: float = MARGIN) -> int | None:
    found = estimate({(None, None): (one, other)}, margin, is_clustered=False)
    return needed(found, one, other, margin, 1)


def test_as_many_are_needed_as_a_textbook_says() -> None:
    """Fleiss, Statistical Methods for Rates and Proportions: 60% against 50%, without correction."""
    assert more_than(Part(600, 1_000), Part(500, 1_000)) == 2 * 388
    assert more_than(Part(500, 1_000), Part(500, 1_000), 0.1) == 2 * 429
    assert more_than(Part(5_000, 10_000), Part(5_499, 10_000)) is None
    share = Part(60, 100)
    found = against_half({(None, None): (share, NOWHERE)}, MARGIN, is_clustered=False)
    assert needed(found, share, None, MARGIN, 1) == 194


@pytest.mark.parametrize("number", [3, 12])
def test_so_many_clusters_are_needed_that_the_difference_between_them_can_tell(number: int) -> None:
    """Each further cluster is like those there are, so the standard error falls with their root."""
    world = {
        (None, str(each)): (Part(6 + each % 3, 10), Part(4 + 2 * (each % 3), 10))
        for each in range(number)
    }
    found = estimate(world, MARGIN, is_clustered=True)
    assert found.error is not None
    one, other = totals(world)
    enough = needed(found, one, other, MARGIN, 1)
    assert enough is not None
    error = found.error * ((one.total + other.total) / enough) ** 0.5
    student = stats.t(number - 1)
    away = abs(found.difference)
    if away >= MARGIN:
        assert away / error == pytest.approx(student.ppf(0.975) + student.ppf(0.8), rel=0.01)
    else:
        reached = (MARGIN - away) / error - student.ppf(0.95)
        assert reached == pytest.approx(student.ppf(0.9 if not away else 0.8), rel=0.01)

"""The shares of both sides, and their difference, against every completion."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from winwinwin.stats.bounds import Results
from winwinwin.stats.evidence.difference import World
from winwinwin.stats.evidence.sides import Sides, Unit, ends, sides_of, totals
from winwinwin.stats.exact import Part

WAYS = [("one", True), ("one", False), ("other", True), ("other", False), (None, False)]
Way = tuple[str | None, bool]


def results(ways: tuple[Way, ...], side: str) -> Results:
    return frozenset(hit if its == side else None for its, hit in ways)


def sides(batch: list[tuple[Way, ...]]) -> Sides:
    return sides_of((Unit(results(ways, "one"), results(ways, "other")), 1) for ways in batch)


def difference(world: World) -> float | None:
    one, other = totals(world)
    return one.share - other.share if one.total and other.total else None


batches = st.lists(
    st.lists(st.sampled_from(WAYS), min_size=1, max_size=3, unique=True).map(tuple),
    min_size=1,
    max_size=6,
)
"""What each of a few interactions may turn out to be."""


@given(batches)
def test_the_share_of_each_side_is_bounded_by_all_completions_and_reaches_its_bounds(
    batch: list[tuple[Way, ...]],
) -> None:
    found = sides(batch)
    for side, share in (("one", found.one.whole), ("other", found.other.whole)):
        shares = []
        for world in product(*batch):
            hits = [hit for its, hit in world if its == side]
            if hits:
                shares.append(sum(hits) / len(hits))
        assert ends(share) == ((min(shares), max(shares)) if shares else None)


@given(batches)
def test_no_completion_has_a_smaller_or_larger_difference(batch: list[tuple[Way, ...]]) -> None:
    found = sides(batch)
    least, most = difference(found.least), difference(found.most)
    if least is None or most is None:
        return
    assert least <= most
    for world in product(*batch):
        ones, others = ([hit for its, hit in world if its == side] for side in ("one", "other"))
        if ones and others:
            between = sum(ones) / len(ones) - sum(others) / len(others)
            assert least - 1e-12 <= between <= most + 1e-12


@given(batches)
def test_where_each_is_surely_a_hit_or_a_miss_some_completion_reaches_both(
    batch: list[tuple[Way, ...]],
) -> None:
    alike = [ways for ways in batch if len({hit for its, hit in ways if its}) < 2]
    found = sides(alike)
    least, most = difference(found.least), difference(found.most)
    reached = set()
    for world in product(*alike):
        ones, others = ([hit for its, hit in world if its == side] for side in ("one", "other"))
        if ones and others:
            reached.add(sum(ones) / len(ones) - sum(others) / len(others))
    assert least is None or least in reached
    assert most is None or most in reached


def test_a_share_is_said_among_what_is_recorded_then_among_the_sided_then_whatever_is_true() -> (
    None
):
    hit, miss, either = frozenset({True}), frozenset({False}), frozenset({True, False})
    none, maybe = frozenset({None}), frozenset({None, False})
    found = sides_of(
        [
            (Unit(hit, none), 8),
            (Unit(miss, none), 2),
            (Unit(either, none), 2),
            (Unit(maybe, none), 4),
        ]
    ).one
    assert found.recorded == Part(8, 10)
    assert (found.sided.share_sure, found.sided.share_possible) == (8 / 12, 10 / 12)
    assert (found.whole.share_sure, found.whole.share_possible) == (8 / 16, 10 / 12)

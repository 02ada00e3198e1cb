"""Shares and their bounds, against every way of completing small batches, by the specification."""

from collections import Counter
from functools import cache
from itertools import product
from math import isclose, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import completed, rules_that_fire, verdict_on

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.verdict import JUDGED, Verdict
from winwinwin.pages.words import interval_words, share_words
from winwinwin.stats.bounds import (
    Bounds,
    agrees_with_books,
    bounds,
    decided_by,
    has_verdict,
    of_all,
    wilson,
)
from winwinwin.stats.groups import Group

KINDS = [*every_kind()]
JUDGES = {True: Judge(), False: Judge(assumptions=False)}
BOTH_MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "plain"])
MOST_WORLDS = 3_000
RULED = {"win_win_win": "won", "out_of_order": "won", "organization_loses": "lost"}


@cache
def worlds(kind: Facts, assuming: bool) -> frozenset[tuple[str, str | None]]:
    """Return what each completion of a kind comes to: its verdict, and the rule that decides."""
    return frozenset(
        (verdict_on(known), next(iter(rules_that_fire(known)), None))
        for known in completed(kind, assuming)
    )


@st.composite
def batches(draw: st.DrawFn) -> list[Facts]:
    """Draw a few kinds that together have few enough completions to look at each."""
    return draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=6))


def group_of(batch: list[Facts], assuming: bool) -> Group:
    return Group(JUDGES[assuming].kind, Counter(batch))


@BOTH_MODES
@given(batches())
def test_the_share_of_a_verdict_is_bounded_by_all_completions_and_reaches_its_bounds(
    assuming: bool, batch: list[Facts]
) -> None:
    all_worlds = [worlds(kind, assuming) for kind in batch]
    if prod(map(len, all_worlds)) > MOST_WORLDS:
        return
    group = group_of(batch, assuming)
    for verdict in set(JUDGED) - {Verdict.UNDETERMINED}:
        counts = [sum(found == verdict for found, _ in world) for world in product(*all_worlds)]
        assert group.share(has_verdict(verdict)) == Bounds(
            min(counts), max(counts), len(batch), len(batch)
        )


@BOTH_MODES
@given(batches())
def test_the_share_that_agrees_with_the_books_is_bounded_though_its_members_are_open(
    assuming: bool, batch: list[Facts]
) -> None:
    all_worlds = [worlds(kind, assuming) for kind in batch]
    if prod(map(len, all_worlds)) > MOST_WORLDS:
        return
    shares = []
    for world in product(*all_worlds):
        ruled = [RULED.get(verdict) for verdict, _ in world]
        pairs = [(kind.organization, outcome) for kind, outcome in zip(batch, ruled, strict=True)]
        compared = [booked == outcome for booked, outcome in pairs if booked and outcome]
        shares.append(sum(compared) / len(compared) if compared else None)
    found = group_of(batch, assuming).share(agrees_with_books)
    known = [share for share in shares if share is not None]
    if known:
        assert isclose(found.share_sure, min(known) if None not in shares else found.share_sure)
        assert isclose(found.share_possible, max(known))
    else:
        assert (found.sure, found.possible) == (0, 0)


@BOTH_MODES
def test_a_rule_may_decide_an_interaction_exactly_where_it_does_in_a_completion(
    assuming: bool,
) -> None:
    for kind in KINDS:
        judgement = JUDGES[assuming].kind(kind)
        for rule in judgement.rules:
            results = set(decided_by(rule.id)(judgement))
            assert results == {decider == rule.id for _, decider in worlds(kind, assuming)}


@BOTH_MODES
def test_what_is_undetermined_is_so_for_sure(assuming: bool) -> None:
    group = group_of(KINDS, assuming)
    number = group.verdicts()[Verdict.UNDETERMINED]
    assert group.share(has_verdict(Verdict.UNDETERMINED)) == of_all(number, len(KINDS))


@BOTH_MODES
def test_the_sure_hits_are_the_verdicts_that_are_counted(assuming: bool) -> None:
    group = group_of(KINDS, assuming)
    for verdict, number in group.verdicts().items():
        found = group.share(has_verdict(verdict))
        assert (found.sure, found.fewest_of, found.most_of) == (number, len(KINDS), len(KINDS))


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from([True, False, None]), min_size=1), st.integers(1, 3)),
        max_size=6,
    )
)
def test_bounds_are_sharp_for_any_results(counted: list[tuple[set[bool | None], int]]) -> None:
    single = [results for results, number in counted for _ in range(number)][:7]
    shares = []
    for world in product(*single):
        members = [result for result in world if result is not None]
        shares.append(sum(members) / len(members) if members else None)
    found = bounds((results, 1) for results in single)
    known = [share for share in shares if share is not None]
    if known and None not in shares:
        assert isclose(found.share_sure, min(known))
    if known:
        assert isclose(found.share_possible, max(known))
    assert 0 <= found.share_sure <= found.share_possible <= 1 or not found.most_of


def test_the_interval_goes_around_both_bounds() -> None:
    found = Bounds(26, 29, 50, 50)
    assert found.interval == (wilson(26, 50).low, wilson(29, 50).high)
    assert found.open == 3


@pytest.mark.parametrize(
    ("found", "said", "interval"),
    [
        (of_all(26, 50), "52%", "39% to 65%"),
        (Bounds(26, 30, 50, 50), "52%, up to 60%", "39% to 72%"),
        (Bounds(1, 1, 3, 3), "1 of 3", ""),
        (Bounds(1, 2, 3, 3), "1 of 3, up to 2", ""),
        (Bounds(1, 3, 4, 3), "1 of 4, up to 3 of 3", ""),
        (Bounds(5000, 5001, 10_000, 10_000), "50%", "49% to 51%"),
        (of_all(10**9, 10**9), "100%", "100%"),
        (of_all(0, 0), "0 of 0", ""),
    ],
)
def test_a_share_is_written_with_its_bounds_where_they_differ(
    found: Bounds, said: str, interval: str
) -> None:
    assert (share_words(found), interval_words(found)) == (said, interval)


def judged(**facts: str) -> Judgement:
    return JUDGES[True].kind(Facts(**facts))  # type: ignore[arg-type]  # outcomes by name


def test_what_is_not_booked_is_no_member_of_what_agrees_with_the_books() -> None:
    assert set(agrees_with_books(judged(salesperson="won", customer="won"))) == {None}
    lost = judged(salesperson="lost", customer="won", organization="won")
    assert set(agrees_with_books(lost)) == {False}

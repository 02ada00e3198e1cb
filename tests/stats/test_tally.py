"""The tally: each figure against a naive recount, over every kind and over known numbers."""

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from math import isclose, sqrt
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.evaluation import Judge
from winwinwin.facts import JUDGED_FACTS, Facts, Setting, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.verdict import Verdict
from winwinwin.pages.summary import summary
from winwinwin.record.interaction import Interaction, Recorded
from winwinwin.renderers import plain
from winwinwin.stats.bounds import wilson
from winwinwin.stats.dimensions import DIMENSIONS, grouping
from winwinwin.stats.gates import Gate
from winwinwin.stats.groups import Backtest, Group, Lever
from winwinwin.stats.tally import Tally

JUDGES = {True: Judge(), False: Judge(assumptions=False)}
MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "plain"])


@cache
def every(assuming: bool) -> tuple[Group, list[Judgement]]:
    """Return a group of every kind, each a different number of times, and one judgement for each."""
    group = Group(JUDGES[assuming].kind)
    judged = []
    for number, kind in enumerate(every_kind()):
        times = number % 3 + 1
        group.kinds[kind] = times
        judged += [group.judge(kind)] * times
    return group, judged


# Groups, over every kind.


@MODES
def test_the_total_is_the_number_of_interactions(assuming: bool) -> None:
    group, judged = every(assuming)
    assert group.total == len(judged) == 2052


@MODES
def test_verdicts_are_counted_and_every_one_is_listed(assuming: bool) -> None:
    group, judged = every(assuming)
    recount = dict.fromkeys(Verdict, 0)
    del recount[Verdict.INVALID]
    for judgement in judged:
        recount[judgement.verdict] += 1
    assert [*group.verdicts().items()] == [*recount.items()]


def test_verdicts_that_do_not_occur_are_none() -> None:
    assert [*Group(JUDGES[True].kind).verdicts().values()] == [0, 0, 0, 0, 0]


@MODES
def test_rules_and_notes_are_counted(assuming: bool) -> None:
    group, judged = every(assuming)
    sure = [each.deciders[0] if len(each.deciders) == 1 else None for each in judged]
    assert group.rules() == Counter(sure)
    assert all(each.rule is None or each.rule in each.deciders for each in judged)
    assert group.notes() == Counter(note for judgement in judged for note in judgement.notes)


@MODES
def test_each_fact_is_recorded_assumed_or_missing(assuming: bool) -> None:
    group, judged = every(assuming)
    recount: dict[str, Counter[str]] = {fact: Counter() for fact in JUDGED_FACTS}
    for judgement in judged:
        both_won = judgement.facts.salesperson == judgement.facts.customer == "won"
        for fact in JUDGED_FACTS:
            if getattr(judgement.facts, fact) is not None:
                recount[fact]["recorded"] += 1
            elif fact in dict(judgement.assumed):
                recount[fact]["assumed"] += 1
            elif fact != "order" or both_won:
                recount[fact]["missing"] += 1
    assert group.origins() == recount
    assert [*group.origins()] == [*JUDGED_FACTS]


@MODES
def test_a_lever_counts_every_interaction_that_its_remedy_would_turn(assuming: bool) -> None:
    group, judged = every(assuming)
    levers = group.levers()
    settled = [each for each in judged if each.verdict is not Verdict.UNDETERMINED]
    assert dict(levers) == Counter(remedy for each in settled for remedy in each.remedies)
    turned = [lever.turned for lever in levers]
    assert turned == sorted(turned, reverse=True)


def test_the_undetermined_are_asked_about_and_no_lever_counts_them() -> None:
    tally = Tally(JUDGES[True].kind)
    tally.all.kinds.update({Facts("won", "lost"): 1, Facts("won"): 30})
    assert tally.all.levers() == [Lever((Setting("customer", "won"),), 1)]
    text = plain.paint(summary(tally))
    assert "\nbiggest lever: 1 of 1 would be WIN/WIN/WIN if the customer had won\n" in text
    assert (
        "\nask next: Did the customer win or lose, in their own view? Settles 30 of 30 und" in text
    )


def test_an_interaction_with_two_remedies_counts_for_both_levers() -> None:
    group = Group(JUDGES[True].kind)
    group.kinds[Facts("won", "lost")] = 3
    group.kinds[Facts("lost", "won")] = 1
    assert group.levers() == [
        Lever((Setting("customer", "won"),), 3),
        Lever((Setting("salesperson", "won"),), 1),
    ]


@MODES
@given(st.randoms(use_true_random=False))
def test_what_is_counted_alike_has_an_order_of_its_own(assuming: bool, choose: Random) -> None:
    kinds = choose.sample([*every_kind()], 40)
    group, again = (Group(JUDGES[assuming].kind) for _ in range(2))
    group.kinds.update(kinds)
    again.kinds.update(choose.sample(kinds, len(kinds)))
    for counts in (Group.rules, Group.notes):
        assert [*counts(again).items()] == [*counts(group).items()]
    assert again.levers() == group.levers()


def test_rules_are_counted_in_precedence_order_and_equal_levers_as_they_are_tried() -> None:
    group = Group(JUDGES[True].kind)
    group.kinds.update({Facts("lost", "lost"), Facts("won", "won"), Facts("won", "lost")})
    group.kinds.update({Facts("lost", "won"), Facts("won", "won", order="customer_first")})
    rules = ["disgruntled-salesperson", "beaten-customer", "mutual-win", None]
    assert [*group.rules()] == rules
    assert [[*map(str, lever.remedy)] for lever in group.levers()] == [
        ["salesperson=won"],
        ["customer=won"],
        ["order=kept"],
    ]


@MODES
def test_the_backtest_sets_ruled_against_booked(assuming: bool) -> None:
    group, judged = every(assuming)
    booked = [judgement for judgement in judged if judgement.facts.organization]
    ruled = [judgement for judgement in booked if judgement.organization]
    test = group.backtest()
    assert test.cells == Counter((j.organization, j.facts.organization) for j in ruled)
    assert test.compared == len(ruled)
    assert test.unruled == len(booked) - len(ruled)
    assert test.agreeing == sum(j.organization == j.facts.organization for j in ruled)
    assert group.contradictions == test.compared - test.agreeing
    assert group.contradictions == sum(bool(j.contradicts_books) for j in judged)


def test_without_books_there_is_nothing_to_compare() -> None:
    group = Group(JUDGES[True].kind, Counter({Facts("won", "won"): 4}))
    assert group.backtest() == Backtest(Counter(), 0)
    assert (group.backtest().compared, group.contradictions) == (0, 0)


# The Wilson interval.

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution, from a table."""


def bounds(hits: int, total: int) -> tuple[float, float]:
    """Solve |hits/total - p| = Z sqrt(p (1 - p) / total) for p."""
    a = 1 + Z**2 / total
    b = -(2 * hits / total + Z**2 / total)
    c = (hits / total) ** 2
    root = sqrt(b * b - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


@pytest.mark.parametrize(
    ("hits", "total"), [(29, 40), (1, 2), (1, 1000), (999, 1000), (5, 10), (0, 7), (7, 7), (1, 1)]
)
def test_the_interval_solves_its_equation(hits: int, total: int) -> None:
    low, high = bounds(hits, total)
    interval = wilson(hits, total)
    assert isclose(interval.low, low, rel_tol=1e-9, abs_tol=1e-12)
    assert isclose(interval.high, high, rel_tol=1e-9, abs_tol=1e-12)
    assert 0 <= interval.low < interval.high <= 1


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (29, 40, 0.5717, 0.8389),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (0, 0, 0.0, 1.0),
    ],
)
def test_the_interval_has_its_known_values(hits: int, total: int, low: float, high: float) -> None:
    assert tuple(round(bound, 4) for bound in wilson(hits, total)) == (low, high)


# The run as a whole.


def interaction(**values: Any) -> Interaction:
    return Interaction.model_validate({"salesperson": "won", "customer": "won"} | values)


def tallied(*interactions: Interaction, by: tuple[str, ...] = ()) -> Tally:
    tally = Tally(JUDGES[True].kind, by)
    for each in interactions:
        tally.add([(Recorded.of(each), JUDGES[True](each))])
    return tally


def with_gap(minutes: int) -> Interaction:
    start = datetime(2026, 11, 2, 12)  # noqa: DTZ001  # no zone is part of it
    return interaction(
        salesperson={"outcome": "won", "won_at": start},
        customer={"outcome": "won", "won_at": start + timedelta(minutes=minutes)},
    )


@pytest.mark.parametrize(
    ("minutes", "median", "ninth_decile"),
    [
        ([7], 7, 7),
        ([10, 20], 15, 19),
        ([*range(11)], 5, 9),
        ([*range(10, -1, -1)], 5, 9),
        ([-30, 0, 60], 0, 48),
        ([5] * 9 + [1000], 5, 104.5),
    ],
)
def test_the_gaps_have_a_median_and_a_ninth_decile(
    minutes: list[int], median: float, ninth_decile: float
) -> None:
    gaps = tallied(interaction(), *map(with_gap, minutes)).gaps
    assert gaps
    assert gaps.measured == len(minutes)
    assert (gaps.median, gaps.ninth_decile) == (60 * median, 60 * ninth_decile)


def test_there_are_no_gaps_without_times() -> None:
    assert tallied(interaction()).gaps is None


def test_the_total_counts_invalid_records_and_the_judged_do_not() -> None:
    tally = tallied(interaction(), interaction())
    tally.invalid = 3
    assert (tally.total, tally.all.total) == (5, 2)


GROUPED = [
    interaction(employee="Ana", channel="phone", date="2026-12-31", tags={"product": "boiler"}),
    interaction(employee="Ana", channel="store", date="2027-01-03T23:59", tags={"product": ""}),
    interaction(employee="Ben", date="2027-01-04", customer="lost", tags={"product": None}),
    interaction(employee="", customer="unknown", tags={"region": "north"}),
    interaction(channel="phone", date=date(2026, 12, 1)),
]

VALUES = {
    "employee": {"Ana": 2, "Ben": 1, None: 2},
    "channel": {"phone": 2, "store": 1, None: 2},
    "week": {"2026-W53": 2, "2027-W01": 1, "2026-W49": 1, None: 1},
    "month": {"2026-12": 2, "2027-01": 2, None: 1},
    "tags.product": {"boiler": 1, None: 4},
    "tags.region": {"north": 1, None: 4},
    "tags.no such": {None: 5},
}


@pytest.mark.parametrize("dimension", VALUES)
def test_a_dimension_groups_by_its_values_and_what_has_none(dimension: str) -> None:
    groups = tallied(*GROUPED, by=(dimension,)).groups[dimension]
    assert {value: group.total for value, group in groups.items()} == VALUES[dimension]


def test_every_group_is_counted_by_kind_and_all_groups_are_the_whole() -> None:
    tally = tallied(*GROUPED, by=("employee", "tags.product"))
    assert [*tally.groups] == ["employee", "tags.product"]
    for groups in tally.groups.values():
        assert sum((group.kinds for group in groups.values()), Counter()) == tally.all.kinds
    ben = tally.groups["employee"]["Ben"]
    assert ben.kinds == {Facts("won", "lost"): 1}
    assert ben.verdicts()[Verdict.ORGANIZATION_LOSES] == 1


@pytest.mark.parametrize("dimension", ["", "tags", "tags.", "Employee", "notes", "date"])
def test_what_is_no_dimension_is_refused(dimension: str) -> None:
    with pytest.raises(KeyError):
        grouping(dimension)


def test_every_dimension_can_be_grouped_by() -> None:
    assert [*DIMENSIONS] == ["employee", "channel", "day", "week", "month"]
    assert all(callable(grouping(dimension)) for dimension in [*DIMENSIONS, "tags.x"])


# Gates and the exit code.

LOST = [interaction(customer="lost")] * 3
WON = [interaction()] * 7


@pytest.mark.parametrize(
    ("invalid", "unreadable", "code"), [(0, 0, 1), (1, 0, 2), (0, 1, 2), (1, 1, 2)]
)
def test_anything_unread_outranks_a_failed_gate(invalid: int, unreadable: int, code: int) -> None:
    tally = tallied(*LOST)
    tally.invalid, tally.unreadable = invalid, unreadable
    gates = [Gate(Verdict.OUT_OF_ORDER), Gate(Verdict.ORGANIZATION_LOSES)]
    assert tally.exit_code(gates) == code
    assert tally.exit_code() == (0 if code == 1 else 2)


def test_an_empty_run_never_passes() -> None:
    assert Tally(JUDGES[True].kind).exit_code([Gate(Verdict.UNDETERMINED, 5)]) == 2


# The summary.


def test_a_run_without_a_valid_record_sums_up_its_failures() -> None:
    tally = Tally(JUDGES[True].kind)
    tally.invalid, tally.unreadable = 1, 2
    said = "Nothing was judged\nnot judged: 1 invalid record and 2 unreadable sources\n"
    assert plain.paint(summary(tally)) == said


def test_a_run_of_wins_only_has_no_lever_no_books_no_notes_and_no_gap() -> None:
    assert (
        plain.paint(summary(tallied(*WON)))
        == """\
7 interactions judged
  verdict             count   share
  win/win/win             7  7 of 7
  out of order            0  0 of 7
  organization loses      0  0 of 7
  not covered             0  0 of 7
  undetermined            0  0 of 7

Who won, and what the rules say about the organization
                    customer won  customer lost  customer ?
  salesperson won   7 (WIN)       0              0
  salesperson lost  0             0              0
  salesperson ?     0             0              0

Which rule decided
  rule        count   share
  mutual-win      7  7 of 7

How complete the records are
  fact                                          recorded  assumed  missing
  salesperson                                          7        0        0
  customer                                             7        0        0
  salesperson feels good about the work                0        7        0
  salesperson feels they lost for the customer         0        7        0
  customer thinks the salesperson                      0        7        0
  order of the wins                                    0        7        0
"""
    )


def test_a_single_lever_is_said_once() -> None:
    text = plain.paint(summary(tallied(*LOST, *WON)))
    assert "\nbiggest lever: 3 of 3 would be WIN/WIN/WIN if the customer had won\n" in text
    assert "What would make the others" not in text


def test_the_biggest_levers_are_listed_and_the_rest_are_counted() -> None:
    group, _ = every(assuming=True)
    tally = Tally(group.judge)
    tally.all = group
    text = plain.paint(summary(tally))
    listed = text.partition("would fix\n")[2].partition("\n\n")[0].splitlines()
    assert len(listed) == 5 + 1
    assert listed[-1] == f"and {len(group.levers()) - 5} smaller ones"


def test_gaps_are_counted_by_length_each_edge_in_the_longer_one() -> None:
    tally = Tally(JUDGES[True].kind)
    won = Facts("won", "won")
    for seconds in (-1, 0, 59, 60, 30 * 86_400):
        tally.count(won, timedelta(seconds=seconds), 1)
    assert tally.gaps is not None
    assert tally.gaps.lengths == (1, 2, 1, 0, 0, 0, 0, 0, 1)

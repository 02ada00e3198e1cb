"""The order of the wins: from a list, from times, from both, and what may not be."""

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from winwinwin import Interaction, judge
from winwinwin.facts import PARTIES, OrderStatus, Party
from winwinwin.record.order import breaches, order_status, time_between

S, C, ORG = PARTIES
EVERYBODY = set(PARTIES)
MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), date(2026, 11, 4)
NOON = datetime(2026, 11, 2, 12)  # noqa: DTZ001  # times without a zone are allowed
EVENING = datetime(2026, 11, 2, 18)  # noqa: DTZ001  # likewise
NOON_UTC = NOON.replace(tzinfo=UTC)
NOON_IN_MADRID = NOON.replace(tzinfo=timezone(timedelta(hours=1)))

STATUSES: dict[str, tuple[tuple[Party, ...], dict[Party, date], OrderStatus | None]] = {
    "nothing": ((), {}, None),
    "salesperson, customer": ((S, C), {}, "kept"),
    "salesperson, customer, organization": ((S, C, ORG), {}, "kept"),
    "customer, salesperson": ((C, S), {}, "customer_first"),
    "customer, salesperson, organization": ((C, S, ORG), {}, "customer_first"),
    "customer, organization, salesperson": ((C, ORG, S), {}, "customer_first"),
    "organization, customer, salesperson": ((ORG, C, S), {}, "customer_first"),
    "salesperson, organization, customer": ((S, ORG, C), {}, "organization_early"),
    "organization, salesperson, customer": ((ORG, S, C), {}, "organization_early"),
    "organization, salesperson": ((ORG, S), {}, "organization_early"),
    "organization, customer": ((ORG, C), {}, "organization_early"),
    "salesperson, organization": ((S, ORG), {}, None),
    "customer, organization": ((C, ORG), {}, None),
    "one party alone": ((S,), {}, None),
    "times in order": ((), {S: MONDAY, C: TUESDAY}, "kept"),
    "times in order, organization last": ((), {S: MONDAY, C: TUESDAY, ORG: WEDNESDAY}, "kept"),
    "times of the customer before": ((), {S: TUESDAY, C: MONDAY}, "customer_first"),
    "organization before the salesperson": ((), {S: TUESDAY, ORG: MONDAY}, "organization_early"),
    "organization before the customer": ((), {C: TUESDAY, ORG: MONDAY}, "organization_early"),
    "organization between": ((), {S: MONDAY, C: WEDNESDAY, ORG: TUESDAY}, "organization_early"),
    "organization after one, no third": ((), {S: MONDAY, ORG: TUESDAY}, None),
    "one time": ((), {S: MONDAY}, None),
    "tie": ((), {S: MONDAY, C: MONDAY}, "kept"),
    "tie of all": ((), {S: MONDAY, C: MONDAY, ORG: MONDAY}, "kept"),
    "tie of date-times": ((), {S: NOON, C: NOON}, "kept"),
    "hours in order": ((), {S: NOON, C: EVENING}, "kept"),
    "hours of the customer before": ((), {S: EVENING, C: NOON}, "customer_first"),
    "the day of an hour is a tie": ((), {S: EVENING, C: MONDAY}, "kept"),
    "an hour of the day is a tie": ((), {S: MONDAY, C: NOON}, "kept"),
    "an hour of the day before": ((), {S: TUESDAY, C: EVENING}, "customer_first"),
    "zones: the same clock, an hour apart": (
        (),
        {S: NOON_UTC, C: NOON_IN_MADRID},
        "customer_first",
    ),
    "zones: the other way round": ((), {S: NOON_IN_MADRID, C: NOON_UTC}, "kept"),
    "a list breaks the tie of its times": ((C, S), {S: MONDAY, C: MONDAY}, "customer_first"),
    "list of two, times of two others": ((S, ORG), {C: MONDAY, ORG: TUESDAY}, None),
    "a place in the list and a time": ((S,), {C: MONDAY}, None),
    "customer first by way of the organization, list and then times": (
        (C, ORG),
        {ORG: MONDAY, S: TUESDAY},
        "customer_first",
    ),
    "customer first by way of the organization, times and then list": (
        (ORG, S),
        {C: MONDAY, ORG: TUESDAY},
        "customer_first",
    ),
    "organization early by a list, customer's time after it": (
        (ORG, S),
        {ORG: MONDAY, C: TUESDAY},
        "organization_early",
    ),
    "list of both, organization's time early": (
        (S, C),
        {C: TUESDAY, ORG: MONDAY},
        "organization_early",
    ),
}


@pytest.mark.parametrize(("order", "moments", "status"), STATUSES.values(), ids=STATUSES.keys())
def test_order_and_times_reduce_to_one_status(
    order: tuple[Party, ...], moments: dict[Party, date], status: OrderStatus | None
) -> None:
    assert list(breaches(EVERYBODY, order, moments)) == []
    assert order_status(order, moments) == status


@pytest.mark.parametrize(
    ("start", "end", "between"),
    [
        (MONDAY, WEDNESDAY, timedelta(days=2)),
        (WEDNESDAY, MONDAY, timedelta(days=-2)),
        (NOON, EVENING, timedelta(hours=6)),
        (EVENING, NOON, timedelta(hours=-6)),
        (EVENING, TUESDAY, timedelta(days=1)),
        (MONDAY, EVENING, timedelta()),
        (NOON_UTC, MONDAY, timedelta()),
        (NOON_IN_MADRID, NOON_UTC, timedelta(hours=1)),
    ],
)
def test_the_time_between_two_wins(start: date, end: date, between: timedelta) -> None:
    assert time_between({S: start, C: end}, S, C) == between


@pytest.mark.parametrize("moments", [{}, {S: MONDAY}, {C: MONDAY}, {S: MONDAY, ORG: TUESDAY}])
def test_there_is_no_time_between_where_one_is_missing(moments: dict[Party, date]) -> None:
    assert time_between(moments, S, C) is None


TWICE = "Name each party at most once."
NO_ZONE = "Give every time of an interaction a zone, or none of them."
BREACHES: dict[str, tuple[set[Party], tuple[Party, ...], dict[Party, date], list[Any]]] = {
    "twice in the order": (
        EVERYBODY,
        (S, C, S),
        {},
        [(("order", 2), S, "'salesperson' is in the order twice", TWICE)],
    ),
    "twice, although not won": (
        set(),
        (ORG, ORG),
        {},
        [
            (
                ("order", 0),
                ORG,
                "'organization' has a place in the order but is not recorded as won",
                "Record organization: won, or remove it from the order.",
            ),
            (("order", 1), ORG, "'organization' is in the order twice", TWICE),
        ],
    ),
    "twice hides the disagreement with the times": (
        EVERYBODY,
        (S, C, S),
        {S: TUESDAY, C: MONDAY},
        [(("order", 2), S, "'salesperson' is in the order twice", TWICE)],
    ),
    "a place without a win": (
        {S},
        (S, C),
        {},
        [
            (
                ("order", 1),
                C,
                "'customer' has a place in the order but is not recorded as won",
                "Record customer: won, or remove it from the order.",
            )
        ],
    ),
    "a time without a win": (
        {S, ORG},
        (),
        {S: MONDAY, C: TUESDAY},
        [
            (
                ("customer", "won_at"),
                TUESDAY,
                "the customer has a time of winning but is not recorded as won",
                "Record customer as won, or remove the time.",
            )
        ],
    ),
    "a zone beside none": (
        EVERYBODY,
        (),
        {S: NOON, C: NOON_UTC},
        [
            (
                ("customer", "won_at"),
                NOON_UTC,
                "this time has a zone, but the salesperson's has none",
                NO_ZONE,
            )
        ],
    ),
    "no zone beside two": (
        EVERYBODY,
        (C, S),
        {S: NOON_UTC, C: EVENING, ORG: NOON_IN_MADRID},
        [
            (
                ("customer", "won_at"),
                EVENING,
                "this time has no zone, but the salesperson's has one",
                NO_ZONE,
            )
        ],
    ),
    "two without a zone beside a first with one, dates not counted": (
        EVERYBODY,
        (),
        {S: MONDAY, C: NOON_UTC, ORG: NOON},
        [
            (
                ("organization", "won_at"),
                NOON,
                "this time has no zone, but the customer's has one",
                NO_ZONE,
            )
        ],
    ),
    "the times say otherwise": (
        EVERYBODY,
        (S, C),
        {S: TUESDAY, C: MONDAY},
        [
            (
                ("order", 0),
                S,
                "the order puts the salesperson before the customer, but the times say otherwise",
                "Correct one of them.",
            )
        ],
    ),
    "the times say otherwise of two pairs": (
        EVERYBODY,
        (S, C, ORG),
        {S: WEDNESDAY, C: MONDAY, ORG: TUESDAY},
        [
            (
                ("order", 0),
                S,
                f"the order puts the salesperson before the {other}, but the times say otherwise",
                "Correct one of them.",
            )
            for other in (C, ORG)
        ],
    ),
    "the times say otherwise of the later pair": (
        EVERYBODY,
        (S, C, ORG),
        {C: TUESDAY, ORG: MONDAY},
        [
            (
                ("order", 1),
                C,
                "the order puts the customer before the organization, but the times say otherwise",
                "Correct one of them.",
            )
        ],
    ),
}


@pytest.mark.parametrize(
    ("winners", "order", "moments", "expected"), BREACHES.values(), ids=BREACHES.keys()
)
def test_every_breach_is_found_with_its_place_and_what_to_do(
    winners: set[Party],
    order: tuple[Party, ...],
    moments: dict[Party, date],
    expected: list[Any],
) -> None:
    found = [
        (path, value, problem.what, problem.hint)
        for path, value, problem in breaches(winners, order, moments)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("order", "moments"),
    [
        ((), {}),
        ((S, C), {S: MONDAY, C: MONDAY}),
        ((S, C), {S: MONDAY, C: TUESDAY}),
        ((C, ORG), {S: WEDNESDAY, C: MONDAY, ORG: TUESDAY}),
        ((S, C), {S: EVENING, C: MONDAY}),
        ((), {S: NOON_UTC, C: MONDAY, ORG: NOON_IN_MADRID}),
        ((), {S: NOON, C: MONDAY, ORG: EVENING}),
    ],
)
def test_an_order_and_times_that_agree_breach_nothing(
    order: tuple[Party, ...], moments: dict[Party, date]
) -> None:
    assert list(breaches(EVERYBODY, order, moments)) == []


orders = st.permutations(PARTIES).flatmap(
    lambda parties: st.integers(0, 3).map(lambda length: tuple(parties[:length]))
)


@st.composite
def order_with_times(draw: st.DrawFn) -> tuple[tuple[Party, ...], dict[Party, date]]:
    """Draw an order and times that say the same: days apart, each with an hour or without."""
    order = draw(orders)
    days = sorted(draw(st.sets(st.integers(0, 900), min_size=len(order), max_size=len(order))))
    moments: dict[Party, date] = {}
    for party, day in zip(order, days, strict=True):
        hour = draw(st.none() | st.integers(0, 23))
        at = datetime(2026, 1, 1, hour or 0, tzinfo=UTC) + timedelta(days=day)
        moments[party] = at.date() if hour is None else at
    return order, moments


@settings(deadline=None)  # a busy machine is no failure
@given(order_with_times())
def test_an_order_as_a_list_and_as_times_have_the_same_status(
    order_and_times: tuple[tuple[Party, ...], dict[Party, date]],
) -> None:
    order, moments = order_and_times
    assert list(breaches(EVERYBODY, order, moments)) == []
    assert order_status((), moments) == order_status(order, {}) == order_status(order, moments)


@settings(deadline=None)  # a busy machine is no failure
@given(order_with_times(), st.data())
def test_leaving_out_times_that_the_list_has_changes_no_status(
    order_and_times: tuple[tuple[Party, ...], dict[Party, date]], data: st.DataObject
) -> None:
    order, moments = order_and_times
    kept = data.draw(st.sets(st.sampled_from(PARTIES)))
    some = {party: moment for party, moment in moments.items() if party in kept}
    assert order_status(order, some) == order_status(order, {})


@settings(deadline=None)  # a busy machine is no failure
@given(order_with_times())
def test_an_interaction_has_one_status_by_list_and_by_times(
    order_and_times: tuple[tuple[Party, ...], dict[Party, date]],
) -> None:
    order, moments = order_and_times
    outcomes = dict.fromkeys(order, "won")
    times = {f"{party}_won_at": moment.isoformat() for party, moment in moments.items()}
    by_list = Interaction.from_flat(outcomes | {"order": list(order)})
    by_times = Interaction.from_flat(outcomes | times)
    assert by_list.facts == by_times.facts
    assert by_list.gap is None
    assert by_times.gap == time_between(moments, S, C)


BERLIN = ZoneInfo("Europe/Berlin")
SUMMER = datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN)
WINTER = datetime(2026, 10, 25, 2, 10, fold=1, tzinfo=BERLIN)
"""Half an hour later, though the clock says otherwise."""


def won(salesperson: datetime, customer: datetime) -> Interaction:
    """Return an interaction that both won, at these times."""
    return Interaction(
        salesperson={"outcome": "won", "won_at": salesperson},
        customer={"outcome": "won", "won_at": customer},
    )


def test_times_in_one_zone_are_compared_as_times_and_not_as_clocks() -> None:
    assert won(SUMMER, WINTER).facts.order == "kept"
    assert won(SUMMER, WINTER).gap == timedelta(minutes=30)
    assert won(WINTER, SUMMER).facts.order == "customer_first"
    day_before = datetime(2026, 10, 24, 23, tzinfo=BERLIN)
    assert won(day_before, day_before + timedelta(hours=13)).gap == timedelta(hours=14)
    for interaction in (won(SUMMER, WINTER), won(WINTER, SUMMER)):
        again = Interaction.model_validate_json(interaction.model_dump_json())
        assert judge(again) == judge(interaction)


def test_times_without_a_zone_are_those_of_a_clock_that_nobody_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")  # where one did, between these two
    time.tzset()
    evening = datetime(2026, 10, 24, 23)  # noqa: DTZ001  # as above
    assert won(evening, evening + timedelta(hours=13)).gap == timedelta(hours=13)
    monkeypatch.undo()
    time.tzset()

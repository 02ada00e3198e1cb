"""The order in which the parties won, from a list and from times, which must agree."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import TypeAlias

from winwinwin.errors import Problem
from winwinwin.facts import OrderStatus, Party

Moments: TypeAlias = Mapping[Party, date]
"""When each party won: dates, or date-times (which are dates too)."""

Breach: TypeAlias = tuple[tuple[str | int, ...], object, Problem]
"""A path in the record, the value there, and what is wrong with it."""

WRITTEN: Mapping[OrderStatus, tuple[Party, ...]] = {
    "kept": ("salesperson", "customer"),
    "customer_first": ("customer", "salesperson"),
    "organization_early": ("organization", "salesperson", "customer"),
}
"""How each order is written in a record, of these parties those that won; in the order of the fact's values."""


def order_status(order: Sequence[Party], moments: Moments) -> OrderStatus | None:
    """Reduce the recorded order and times to one finite fact; None where it is not recorded.

    A tie counts as the right order.
    """

    def before(first: Party, second: Party) -> bool:
        return won_before(first, second, order, moments)

    organization_before_salesperson = before("organization", "salesperson")
    if before("customer", "salesperson") or (
        before("customer", "organization") and organization_before_salesperson
    ):
        return "customer_first"
    if organization_before_salesperson or before("organization", "customer"):
        return "organization_early"
    for places in (order, moments):
        if "salesperson" in places and "customer" in places:
            return "kept"
    return None


def won_before(first: Party, second: Party, order: Sequence[Party], moments: Moments) -> bool:
    """Tell whether one party is known to have won before another."""
    if first in order and second in order:
        return order.index(first) < order.index(second)
    between = time_between(moments, first, second)
    return between is not None and between > timedelta()


def time_between(moments: Moments, first: Party, second: Party) -> timedelta | None:
    """Return the second party's moment minus the first's; None where one is missing.

    A date without a time means the whole day, so next to a date-time only the days count.
    """
    if first not in moments or second not in moments:
        return None
    start, end = moments[first], moments[second]
    if not (isinstance(start, datetime) and isinstance(end, datetime)):
        return day(end) - day(start)
    return _since_the_first(end) - _since_the_first(start)


def _since_the_first(moment: datetime) -> timedelta:
    """Count from year 1, in UTC if there is a zone: Python ignores a zone that two moments share."""
    clock = moment.replace(tzinfo=None) - datetime.min  # noqa: DTZ901  # the zone comes next
    return clock - (moment.utcoffset() or timedelta())


def day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def breaches(winners: set[Party], order: Sequence[Party], moments: Moments) -> Iterator[Breach]:
    """Yield every way in which order and times contradict each other or the outcomes."""
    yield from misplaced(winners, order)
    yield from mistimed(winners, moments)
    mixed = list(mixed_zones(moments))
    yield from mixed
    if not mixed and len(set(order)) == len(order):
        yield from disagreements(order, moments)


def misplaced(winners: set[Party], order: Sequence[Party]) -> Iterator[Breach]:
    for index, party in enumerate(order):
        if order.index(party) < index:
            what = f"'{party}' is in the order twice"
            yield ("order", index), party, Problem(what, hint="Name each party at most once.")
        elif party not in winners:
            what = f"'{party}' has a place in the order but is not recorded as won"
            hint = f"Record {party}: won, or remove it from the order."
            yield ("order", index), party, Problem(what, hint=hint)


def mistimed(winners: set[Party], moments: Moments) -> Iterator[Breach]:
    for party, moment in moments.items():
        if party not in winners:
            what = f"the {party} has a time of winning but is not recorded as won"
            hint = f"Record {party} as won, or remove the time."
            yield (party, "won_at"), moment, Problem(what, hint=hint)


def mixed_zones(moments: Moments) -> Iterator[Breach]:
    zoned = {
        party: moment.utcoffset() is not None
        for party, moment in moments.items()
        if isinstance(moment, datetime)
    }
    for party, has_zone in zoned.items():
        first = next(iter(zoned))
        if has_zone != zoned[first]:
            has = ("a zone", "none") if has_zone else ("no zone", "one")
            what = f"this time has {has[0]}, but the {first}'s has {has[1]}"
            hint = "Give every time of an interaction a zone, or none of them."
            yield (party, "won_at"), moments[party], Problem(what, hint=hint)


def disagreements(order: Sequence[Party], moments: Moments) -> Iterator[Breach]:
    for first, second in combinations(order, 2):
        between = time_between(moments, first, second)
        if between is not None and between < timedelta():
            what = f"the order puts the {first} before the {second}, but the times say otherwise"
            hint = "Correct one of them."
            yield ("order", order.index(first)), first, Problem(what, hint=hint)

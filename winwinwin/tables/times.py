"""Several times of a row reduced to what the rules can tell apart: their forms and who was first."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from itertools import combinations, product

import ibis
import ibis.expr.types as ir

from winwinwin.facts import Party
from winwinwin.mapping.fields import WON_AT
from winwinwin.record.order import time_between
from winwinwin.tables.moments import (
    ABSENT,
    DATE,
    DAY_NUMBER,
    DAY_SECONDS,
    FORM,
    INSTANT,
    LOCAL,
    SECOND,
    ZONED,
    part,
)

MOMENTS: dict[str, Party] = WON_AT

FORMS = (ABSENT, DATE, LOCAL, ZONED)
PAIRS = tuple(combinations(MOMENTS, 2))
UNCOMPARED, BEFORE, TIED, AFTER = range(4)
"""How the first time of a pair compares to the second."""
BASE = 4
"""Forms, and ways to compare: the digits of a shape."""


def shape(table: ir.Table, names: Iterable[str]) -> ir.Value:
    """Number what the rules can tell apart in the times of a row; 0 without any.

    The digits are the form of each time, then how each pair compares.
    """
    present = set(names)
    digits: list[ir.Value | int] = [
        table[part(name, FORM)] if name in present else ABSENT for name in MOMENTS
    ]
    digits += [
        _compared(table, *pair) if present.issuperset(pair) else UNCOMPARED for pair in PAIRS
    ]
    code = ibis.literal(0, "int64")
    for index, digit in enumerate(digits):
        code = code + digit * BASE**index
    return code


def between(table: ir.Table, first: str, second: str, *, days: bool) -> ir.Value:
    """Return the second time minus the first: in days, or in microseconds; null where one is missing."""
    what = DAY_NUMBER if days else INSTANT
    return table[part(second, what)] - table[part(first, what)]


def gap(table: ir.Table) -> ir.Value:
    """Return the customer's time minus the salesperson's in seconds, as `order.time_between` does."""
    first, second = "salesperson_won_at", "customer_won_at"
    days = between(table, first, second, days=True) * DAY_SECONDS
    exact = between(table, first, second, days=False)
    return ibis.ifelse(
        _by_days(table, first, second), days.cast("float64"), exact.cast("float64") / SECOND
    )


def _by_days(table: ir.Table, first: str, second: str) -> ir.BooleanValue:
    return (table[part(first, FORM)] == DATE) | (table[part(second, FORM)] == DATE)


def _compared(table: ir.Table, first: str, second: str) -> ir.Value:
    forms = table[part(first, FORM)], table[part(second, FORM)]
    mixed = (forms[0] != forms[1]) & (forms[0] >= LOCAL) & (forms[1] >= LOCAL)
    difference = ibis.ifelse(
        _by_days(table, first, second),
        between(table, first, second, days=True),
        between(table, first, second, days=False),
    )
    return ibis.cases(
        (mixed | difference.isnull(), UNCOMPARED),
        (difference > 0, BEFORE),
        (difference == 0, TIED),
        else_=AFTER,
    )


@cache
def examples(code: int) -> dict[str, date]:
    """Return times of a shape: of the right forms, and comparing as they should."""
    digits = [code // BASE**index % BASE for index in range(len(MOMENTS) + len(PAIRS))]
    forms, signs = digits[: len(MOMENTS)], digits[len(MOMENTS) :]
    for chosen in product(*(_candidates(form) for form in forms)):
        times = dict(zip(MOMENTS, chosen, strict=True))
        if all(
            sign == UNCOMPARED or sign == _sign(times, *pair)
            for pair, sign in zip(PAIRS, signs, strict=True)
        ):
            return {name: time for name, time in times.items() if time is not None}
    raise AssertionError(f"no times have the shape {code}")  # the shapes come from times


def _sign(times: dict[str, date | None], first: str, second: str) -> int:
    moments = {MOMENTS[name]: time for name, time in times.items() if time is not None}
    difference = time_between(moments, MOMENTS[first], MOMENTS[second])
    if difference is None:
        return UNCOMPARED
    seconds = difference.total_seconds()
    return BEFORE if seconds > 0 else TIED if seconds == 0 else AFTER


@cache
def _candidates(form: int) -> tuple[date | None, ...]:
    """Return enough times of a form: three of them stand to each other in any way among these."""
    if form == ABSENT:
        return (None,)
    days = [date(2026, 1, day) for day in (1, 2, 3)]
    if form == DATE:
        return tuple(days)
    zone = UTC if form == ZONED else None
    return tuple(
        datetime(day.year, day.month, day.day, hour, tzinfo=zone)
        for day in days
        for hour in (0, 1, 2)
    )

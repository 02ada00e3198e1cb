"""The formats of dates: known from the values, or asked for where nothing tells day from month."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from winwinwin.mapping.drafting.columns import Column
from winwinwin.record.spelling import NOT_RECORDED, bare, read_moment

TIME = (
    r"(?P<hour>\d{1,2}):\d{2}(?P<seconds>:\d{2})?(?P<fraction>[.]\d{1,6})?"
    r"(?P<half>(?P<blank> ?)[AaPp][Mm])?(?P<zone> ?(?:Z|UTC|GMT)?(?:[+-]\d{1,2}(?::?\d{2})?)?)"
)
BASIC = re.compile(r"^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")
NUMERIC = re.compile(
    rf"^(?P<first>\d{{1,2}})(?P<sign>[./-])(?P<second>\d{{1,2}})(?P=sign)(?P<year>\d{{4}}|\d{{2}})"
    rf"(?:(?P<gap>T|,? ){TIME})?$"
)
EPOCHS = {"epoch seconds": 1, "epoch milliseconds": 1000}
FIRST_EPOCH, LAST_EPOCH = 946_684_800, 4_102_444_800
"""The years 2000 to 2100, in seconds."""
LAST_MONTH, LAST_DAY = 12, 31
YEARS = range(20, 32)
"""Two digits that are a year of these days, and may be a day."""
ENOUGH = 0.5
"""The share of the distinct values that must be dates for the column to hold dates."""


class Dates(NamedTuple):
    """How the dates of a column are written."""

    formats: list[str]
    """Those that have to be named; [] where none has to be."""
    candidates: list[str]
    """The formats between which nothing tells."""
    unread: list[str]
    """Values that are no dates."""


def dates_of(column: Column) -> Dates | None:
    """Return how the dates of a column are written; None where it holds none."""
    values = [value.strip() for value in column.values if bare(value) not in NOT_RECORDED]
    if not values:
        return None
    if column.numbers is not None:
        return _of_numbers(column, values)
    numeric = {value: found for value in values if (found := NUMERIC.match(value))}
    unread = [value for value in values if value not in numeric and not _is_plain(value)]
    orders = _orders(numeric.values())
    if orders is None:
        unread = [value for value in values if not _is_plain(value)]
        orders, numeric = {}, {}
    if len(unread) > ENOUGH * len(values):
        return None
    known, asked = _formats(numeric.values(), orders)
    return Dates(known, asked, unread)


def _of_numbers(column: Column, values: Sequence[str]) -> Dates | None:
    if all(BASIC.match(value) for value in values):
        return Dates([], [], [])
    low, high = column.numbers or (0, 0)
    for name, factor in EPOCHS.items():
        if column.is_whole and FIRST_EPOCH * factor <= low and high <= LAST_EPOCH * factor:
            return Dates([name], [], [])
    return None


def _is_plain(value: str) -> bool:
    """Tell whether a date is read without a format."""
    try:
        return read_moment(value) is not None
    except PydanticCustomError:
        return False


def _orders(found: Iterable[re.Match[str]]) -> dict[str, str] | None:
    """Return for each separator whether the day or the month comes first, "?" where nothing tells.

    None where some values say one thing and some the other.
    """
    greatest: dict[str, tuple[int, int]] = {}
    for each in found:
        first, second = greatest.get(each["sign"], (0, 0))
        greatest[each["sign"]] = max(first, int(each["first"])), max(second, int(each["second"]))
    orders = {sign: _order(sign, *both) for sign, both in greatest.items()}
    return None if "" in orders.values() else orders


def _order(sign: str, first: int, second: int) -> str:
    if first > LAST_MONTH and second > LAST_MONTH:
        return ""
    if first > LAST_MONTH or sign == ".":  # nobody writes the month first with dots
        return "day" if second <= LAST_MONTH else ""
    return "month" if second > LAST_MONTH else "?"


def _formats(found: Iterable[re.Match[str]], orders: dict[str, str]) -> tuple[list[str], list[str]]:
    known: dict[str, None] = {}
    asked: dict[str, None] = {}
    every = list(found)
    may_begin_with_years = all(map(_may_begin_with_a_year, every))
    for each in every:
        order = orders[each["sign"]]
        if may_begin_with_years:
            day_first = _format(each, "day")
            asked |= {
                day_first: None,
                day_first.replace("%d", "§").replace("%y", "%d").replace("§", "%y"): None,
            }
        elif order == "?":
            asked |= {_format(each, "day"): None, _format(each, "month"): None}
        else:
            known[_format(each, order)] = None
    return list(known), list(asked)


def _may_begin_with_a_year(found: re.Match[str]) -> bool:
    """Tell whether `26/11/23` may be of the year 26 as well as of its day."""
    is_short = len(found["year"]) == 2 and found["sign"] != "."  # noqa: PLR2004  # digits
    return is_short and int(found["first"]) in YEARS and 1 <= int(found["year"]) <= LAST_DAY


def _format(found: re.Match[str], order: str) -> str:
    sign = found["sign"]
    days = ("%d", "%m") if order == "day" else ("%m", "%d")
    written = sign.join((*days, "%Y" if len(found["year"]) > 2 else "%y"))  # noqa: PLR2004  # digits
    if found["hour"] is None:
        return written
    clock = "%I:%M" if found["half"] else "%H:%M"
    clock += (":%S" if found["seconds"] else "") + (".%f" if found["fraction"] else "")
    clock += f"{found['blank']}%p" if found["half"] else ""
    zone = found["zone"]
    return f"{written}{found['gap']}{clock}" + (
        (" " if zone[0] == " " else "") + "%z" if zone else ""
    )

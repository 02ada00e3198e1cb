"""Days, weeks, months and lengths of time, as people name them."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from winwinwin.stats.dimensions import DATE_PARTS, date_part

DAYS = {"d": 1, "w": 7}
"""The days of each unit of a length."""
LENGTH = re.compile(r"([1-9][0-9]{0,3})([dw])")
MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""The months of each part of a calendar but the week."""
LENGTHS = ("7d", "4w", "week", *MONTHS)
"""What can be asked for; any other number of days or weeks can too."""
WRITTEN = {
    "day": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "week": re.compile(r"([0-9]{4})-W([0-9]{2})"),
    "month": re.compile(r"([0-9]{4})-([0-9]{2})"),
}


class Period(NamedTuple):
    """Days from the first to the last, both included."""

    first: date
    last: date


def period_of(part: str, written: str) -> Period | None:
    """Return the days of a day, week or month that is written as groups are; None of anything else."""
    found = WRITTEN[part].fullmatch(written)
    if found is None:
        return None
    try:
        match part:
            case "day":
                first = last = date.fromisoformat(written)
            case "week":
                first = date.fromisocalendar(int(found[1]), int(found[2]), 1)
                last = first + timedelta(days=6)
            case _:
                first = date(int(found[1]), int(found[2]), 1)
                last = _before(*_months_on(first, 1))
    except (ValueError, OverflowError):
        return None
    return Period(first, last) if date_part(first, DATE_PARTS[part]) == written else None


def any_period(written: str) -> Period | None:
    """Return the days of what is written as a day, a week or a month; None of anything else."""
    return next(filter(None, (period_of(part, written) for part in WRITTEN)), None)


def last_period(written: str, today: date, until: date | None = None) -> Period | None:
    """Return the days of a length that ends on a day, or of the last whole week, month, quarter or year.

    A length such as 7d ends on the day that is given, or else today. A part of the calendar is the
    last one that is over by the end of that day, or else by yesterday. None of anything else, and
    before year 1.
    """
    try:
        if days := days_of(written):
            last = until or today
            return Period(last - timedelta(days=days - 1), last)
        over = (until or today - timedelta(days=1)) + timedelta(days=1)
        if written == "week":
            monday = over - timedelta(days=over.weekday())
            return Period(monday - timedelta(days=7), monday - timedelta(days=1))
        if months := MONTHS.get(written):
            begun = date(over.year, over.month - (over.month - 1) % months, 1)
            return Period(date(*_months_on(begun, -months), 1), _before(begun.year, begun.month))
    except (ValueError, OverflowError):
        pass
    return None


def days_of(written: str) -> int | None:
    """Return the days of a number of days or weeks, such as 90d; None of anything else."""
    length = LENGTH.fullmatch(written)
    return int(length[1]) * DAYS[length[2]] if length else None


def _months_on(day: date, months: int) -> tuple[int, int]:
    """Return the year and month that are so many months after those of a day."""
    number = 12 * day.year + day.month - 1 + months
    return number // 12, number % 12 + 1


def _before(year: int, month: int) -> date:
    """Return the day before the first of a month, which may be of the year 10000."""
    if year > date.max.year:
        return date.max
    return date(year, month, 1) - timedelta(days=1)

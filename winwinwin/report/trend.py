"""The verdicts over time, as rows of the report."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from winwinwin.report.counts import row
from winwinwin.report.shared import Shared
from winwinwin.stats.dimensions import DATE_PARTS, date_part
from winwinwin.stats.groups import Group
from winwinwin.stats.slices import MOST_PERIODS
from winwinwin.stats.tally import Tally

FIRST_DAYS: dict[str, Callable[[str], date]] = {
    "day": date.fromisoformat,
    "week": lambda week: date.fromisocalendar(int(week[:4]), int(week[6:]), 1),
    "month": lambda month: date.fromisoformat(f"{month}-01"),
}
"""How the first day of a period is read from its name."""


def trend(tally: Tally, period: str, shared: Shared) -> dict[str, Any]:
    """Return the verdicts by day, week or month; each row has the number of its period.

    Interactions without a date and those before the first row are in none of the rows, but counted.
    """
    groups = tally.groups.get(period, {})
    values = sorted(value for value in groups if value is not None)
    shown = without_holes(values, period)
    nothing = Group(tally.all.judge)
    rows = []
    for value in shown:
        number = shared.period(value, FIRST_DAYS[period](value).isoformat())
        rows.append(row(number, groups.get(value, nothing), shared))
    dated = sum(groups[value].total for value in values)
    earlier = sum(groups[value].total for value in values if value < shown[0])
    return {
        "period": period,
        "rows": rows,
        "undated": tally.all.total - dated,
        "earlier": earlier,
    }


def without_holes(values: Sequence[str], period: str) -> Sequence[str]:
    """Add the periods in which nothing happened, where there is room."""
    if not values:
        return values
    first, last = map(FIRST_DAYS[period], (values[0], values[-1]))
    whole: list[str] = []
    for passed in range((last - first).days + 1):
        if len(whole) > MOST_PERIODS[period]:
            break
        if (value := date_part(first + timedelta(passed), DATE_PARTS[period])) not in whole[-1:]:
            whole.append(value)
    return whole if len(whole) <= MOST_PERIODS[period] else values[-MOST_PERIODS[period] :]

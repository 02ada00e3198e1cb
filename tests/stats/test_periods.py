"""Days, weeks, months and lengths of time as they are asked for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.stats.dimensions import DATE_PARTS, date_part
from winwinwin.stats.periods import LENGTHS, any_period, last_period, period_of

FRIDAY = date(2026, 11, 27)


def said(written: str, today: date = FRIDAY, until: date | None = None) -> str:
    found = last_period(written, today, until)
    return "" if found is None else f"{found.first} {found.last}"


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("1d", "2026-11-27 2026-11-27"),
        ("7d", "2026-11-21 2026-11-27"),
        ("4w", "2026-10-31 2026-11-27"),
        ("week", "2026-11-16 2026-11-22"),
        ("month", "2026-10-01 2026-10-31"),
        ("quarter", "2026-07-01 2026-09-30"),
        ("year", "2025-01-01 2025-12-31"),
        ("0d", ""),
        ("7", ""),
        ("7m", ""),
        ("weeks", ""),
        ("9999w", "1835-04-11 2026-11-27"),
    ],
)
def test_a_length_ends_today_and_a_part_of_the_calendar_is_the_last_whole_one(
    written: str, days: str
) -> None:
    assert said(written) == days


@pytest.mark.parametrize(
    ("written", "until", "days"),
    [
        ("week", date(2026, 11, 22), "2026-11-16 2026-11-22"),
        ("week", date(2026, 11, 21), "2026-11-09 2026-11-15"),
        ("month", date(2026, 11, 30), "2026-11-01 2026-11-30"),
        ("quarter", date(2026, 3, 31), "2026-01-01 2026-03-31"),
        ("year", date(2024, 12, 31), "2024-01-01 2024-12-31"),
        ("7d", date(2026, 3, 1), "2026-02-23 2026-03-01"),
    ],
)
def test_the_day_of_until_stands_for_today(written: str, until: date, days: str) -> None:
    assert said(written, until=until) == days


def test_on_its_first_day_a_month_or_week_is_not_over() -> None:
    assert said("week", date(2026, 11, 23)) == "2026-11-16 2026-11-22"
    assert said("month", date(2026, 12, 1)) == "2026-11-01 2026-11-30"
    assert said("month", date(2026, 11, 30)) == "2026-10-01 2026-10-31"


@given(today=st.dates(), written=st.sampled_from(LENGTHS))
def test_a_length_is_over_or_ends_today(today: date, written: str) -> None:
    found = last_period(written, today)
    if found is not None:  # before the year 1 there is none
        assert found.first <= found.last <= today
    else:
        assert today.year <= 2


@given(day=st.dates(), part=st.sampled_from(sorted(DATE_PARTS)))
def test_a_period_has_the_days_that_a_group_of_its_name_has(day: date, part: str) -> None:
    written = date_part(day, DATE_PARTS[part])
    found = period_of(part, written)
    if found is None:  # the last week of all begins in the year 9999 and ends after it
        assert (part, day.year) == ("week", 9999) or day < date(1, 1, 2)
        return
    assert found == any_period(written)
    assert found.first <= day <= found.last
    for outside in (found.first - timedelta(1) if found.first > date.min else None,):
        assert outside is None or date_part(outside, DATE_PARTS[part]) != written


@given(written=st.text(max_size=12) | st.from_regex(r"\A[0-9]{4}-W?[0-9]{2}(-[0-9]{2})?\Z"))
def test_anything_else_is_no_period(written: str) -> None:
    found = any_period(written)
    parts = [] if found is None else [date_part(found.first, form) for form in DATE_PARTS.values()]
    assert found is None or written in parts

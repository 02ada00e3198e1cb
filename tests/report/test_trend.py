"""Shares over time: by which period, from when to when, and as the tally has them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from browser import opened
from conftest import ROOT, Run
from playwright.sync_api import Browser

from winwinwin import Judge, read_all
from winwinwin.record.interaction import Interaction, Recorded
from winwinwin.report import trend as report_trend
from winwinwin.report.counts import IS_LOSS, Shared
from winwinwin.stats.slices import MOST_PERIODS, Slices, Slicing
from winwinwin.stats.standing import IS_WIN
from winwinwin.stats.tally import Tally

WEEK = ROOT / "examples" / "week.yaml"


def test_the_lines_are_the_sure_and_possible_shares_of_the_tally(
    run: Run, browser: Browser, tmp_path: Path
) -> None:
    judge, path = Judge(), tmp_path / "report.html"
    tally = Tally(judge.kind, ["day"])
    for item in read_all([str(WEEK)]):
        assert isinstance(item, Recorded)
        tally.add([(item, judge(item.interaction))])
    assert run("batch", WEEK, "-o", path).code == 0
    with opened(browser, path) as seen:
        points = seen.page.evaluate(
            """[...document.querySelectorAll("#chart-trend .mark-symbol path")].map((point) => point.__data__.datum)
            .map(({period, line, share, possible}) => [period, line, share, possible])"""
        )
        shown = {(period, line): ends for period, line, *ends in points}
        for day, group in tally.groups["day"].items():
            for line, of in (("win/win/win", IS_WIN), ("organization loses", IS_LOSS)):
                found = group.share(of)
                ends = [found.share_sure, found.share_possible]
                assert shown.pop((day, line)) == pytest.approx(ends)
        assert shown == {}
        text = seen.page.locator("#chart-trend .role-axis-label text").all_text_contents()
        assert "16 Nov" in text
        assert seen.text(".eyebrow").endswith("2026-11-16 to 2026-11-21")


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Asia/Tokyo"])
def test_a_day_is_the_same_day_in_every_zone(
    run: Run, browser: Browser, tmp_path: Path, zone: str
) -> None:
    path = tmp_path / "report.html"
    assert run("batch", WEEK, "-o", path).code == 0
    with browser.new_context(timezone_id=zone, offline=True) as context:
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-shown]", state="attached")
        labels = page.locator("#chart-trend .role-axis-label text").all_text_contents()
        assert labels[:6] == ["16 Nov", "17 Nov", "18 Nov", "19 Nov", "20 Nov", "21 Nov"]


def dated(*days: date) -> Slices:
    judge = Judge()
    slicing = Slicing(judge.kind, ())
    for day in days:
        interaction = Interaction(date=day, salesperson="won", customer="won")
        slicing.add(interaction, judge(interaction))
    return slicing.slices


def periods_of(slices: Slices) -> list[list[str]]:
    """Return the names and first days of the rows."""
    shared = Shared()
    rows = report_trend.trend(slices.whole, slices.trend, shared)["rows"]
    return [shared.periods[row[0]] for row in rows]


def test_more_than_half_a_year_goes_by_month() -> None:
    first = date(2026, 1, 5)
    half = dated(*(first + timedelta(days=day) for day in range(26 * 7)))
    longer = dated(*(first + timedelta(days=day) for day in range(27 * 7)))
    assert (half.trend, longer.trend) == ("week", "month")
    assert periods_of(half)[:2] == [
        ["2026-W02", "2026-01-05"],
        ["2026-W03", "2026-01-12"],
    ]
    assert periods_of(longer)[:2] == [
        ["2026-01", "2026-01-01"],
        ["2026-02", "2026-02-01"],
    ]


@pytest.mark.parametrize(
    ("dates", "period", "rows"),
    [
        (["2026-11-16", "2026-11-18"], "day", ["2026-11-16", "2026-11-17", "2026-11-18"]),
        ([f"2026-{m:02}-{d:02}" for m in (1, 2) for d in range(1, 28)], "week", None),
        ([f"{y}-{m:02}-01" for y in (2024, 2025) for m in range(1, 13)], "day", None),
        (["1970-01-01", "2026-11-16"], "day", ["1970-01-01", "2026-11-16"]),
        ([f"{2020 + i // 360}-{1 + i // 30 % 12:02}-{1 + i % 28:02}" for i in range(1800)], "month", None),
    ],
)  # fmt: skip
def test_a_trend_goes_by_the_finest_period_there_is_room_for(
    dates: list[str], period: str, rows: list[str] | None
) -> None:
    judge = Judge()
    slicing = Slicing(judge.kind, ())
    for written in dates:
        interaction = Interaction(date=written, salesperson="won", customer="won")
        slicing.add(interaction, judge(interaction))
    slices = slicing.slices
    shared = Shared()
    found = report_trend.trend(slices.whole, slices.trend, shared)
    assert found["period"] == period
    assert found["undated"] == 0
    assert len(found["rows"]) <= MOST_PERIODS[period]
    if rows:
        assert [shared.periods[row[0]][0] for row in found["rows"]] == rows


def test_a_slice_goes_by_the_period_of_the_whole() -> None:
    """Of many days only the first are told apart, and a later colleague has none of these."""
    judge = Judge()
    slicing = Slicing(judge.kind, ("employee",))
    for number in range(120):
        day = date(2026, 1, 5) + timedelta(days=number)
        employee = "Ann" if number < 110 else "Bob"
        interaction = Interaction(date=day, employee=employee, salesperson="won", customer="won")
        slicing.add(interaction, judge(interaction))
    slices = slicing.slices
    assert slices.trend == "week"
    found = report_trend.trend(slices.parts["employee"]["Bob"], slices.trend, Shared())
    assert sum(row[1] for row in found["rows"]) == 10
    assert found["undated"] == 0


def test_periods_before_the_first_row_are_counted() -> None:
    judge = Judge()
    slicing = Slicing(judge.kind, ())
    for number in range(MOST_PERIODS["month"] + 10):
        month = date(2000 + number // 12, 1 + number % 12, 1)
        interaction = Interaction(date=month, salesperson="won", customer="won")
        slicing.add(interaction, judge(interaction))
    slices = slicing.slices
    found = report_trend.trend(slices.whole, slices.trend, Shared())
    assert (found["period"], found["earlier"]) == ("month", 10)
    assert len(found["rows"]) == MOST_PERIODS["month"]

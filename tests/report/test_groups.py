"""Groups beside each other: in what order, beside what, and what chance explains."""

import json
import random
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from conftest import ROOT, Run
from playwright.sync_api import Browser

from winwinwin import Judge
from winwinwin.pages.groups import standing_sentence
from winwinwin.pages.words import interval_words, share_words
from winwinwin.record.interaction import Interaction
from winwinwin.report import groups as report_groups
from winwinwin.report.counts import Shared
from winwinwin.stats.funnel import LEVELS, limits
from winwinwin.stats.slices import MOST_GROUPS, Slices, Slicing
from winwinwin.stats.standing import IS_WIN, standings

WEEK = ROOT / "examples" / "week.yaml"
TEAM = {f"E{place:02}": (20 + 5 * place, 0.5) for place in range(12)} | {
    "Best": (90, 0.95),
    "Few": (6, 0.5),
    "": (15, 0.5),
}
"""How many interactions each employee has, and how probably the customer wins."""


def records() -> list[dict[str, str]]:
    chance = random.Random(3)  # noqa: S311  # no cryptography
    return [
        {
            "employee": name,
            "salesperson": "won",
            "customer": chance.choices(("won", "lost", ""), (share, 1 - share, 0.1))[0],
        }
        for name, (number, share) in TEAM.items()
        for _ in range(number)
    ]


@pytest.fixture(scope="module")
def slices() -> Slices:
    judge = Judge()
    found = Slicing(judge.kind, ("employee",))
    for record in records():
        interaction = Interaction.model_validate(record)
        found.add(interaction, judge(interaction))
    return found.slices


@pytest.fixture(scope="module")
def page(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("groups")
    source, path = folder / "team.jsonl", folder / "report.html"
    source.write_text("".join(json.dumps(record) + "\n" for record in records()))
    assert run("batch", source, "-o", path).code == 0
    return path


def test_groups_stand_beside_all_the_smallest_share_first(
    browser: Browser, page: Path, slices: Slices
) -> None:
    found = standings("employee", slices.whole.groups["employee"])
    everyone = slices.whole.all.share(IS_WIN)
    with opened(browser, page) as seen:
        assert seen.cells("#bars-group-0") == [
            [
                report_groups.name_of(one.value),
                f"{one.group.total}",
                share_words(one.wins),
                interval_words(one.wins),
            ]
            for one in found
        ]
        foot = seen.page.locator("#bars-group-0 tfoot tr:last-child").inner_text().split("\t")
        assert [part.strip() for part in foot] == [
            "all",
            f"{slices.whole.all.total}",
            share_words(everyone),
            interval_words(everyone),
        ]
        assert seen.text("#standing-0") == standing_sentence("employee", found)
        assert "Best above the rest" in seen.text("#standing-0")


def test_no_one_stands_out_of_the_example_week(run: Run, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert run("batch", WEEK, "-o", path).code == 0
    with opened(browser, path) as seen:
        said = "stands out from the rest by more than chance."
        assert seen.text("#standing-0") == f"No one {said}"
        assert seen.text("#standing-1") == f"None {said}"  # channels are nobody
        assert not seen.page.locator("#chart-funnel-0").is_visible()  # too few for a rate


def test_the_line_of_all_stays_when_the_page_is_about_one(browser: Browser, page: Path) -> None:
    with opened(browser, page) as seen:
        foot = seen.page.locator("#bars-group-0 tfoot tr:last-child")
        line = seen.page.locator("#bars-group-0 .shares u")
        before = (foot.inner_text(), line.first.get_attribute("style"))
        seen.pick("Best")
        assert [cells[0] for cells in seen.cells("#bars-group-0")] == ["Best"]
        assert (foot.inner_text(), line.first.get_attribute("style")) == before


def test_the_first_ten_groups_are_shown_then_all(browser: Browser, page: Path) -> None:
    with opened(browser, page) as seen:
        rows = seen.page.locator("#bars-group-0 tbody tr")
        assert (rows.locator("visible=true").count(), rows.count()) == (10, len(TEAM))
        seen.page.locator("#bars-group-0").get_by_role("button", name="Show all 15").click()
        assert rows.locator("visible=true").count() == len(TEAM)
        assert seen.page.evaluate("document.activeElement.rowIndex") == 11
        assert seen.findings() == []


def dots(seen: Any) -> dict[str, tuple[float, float]]:
    """Return the size and share that each dot of the funnel stands for."""
    rows = seen.page.evaluate("""[...document.querySelectorAll("#chart-funnel-0 .mark-symbol path")]
        .map((dot) => dot.__data__.datum).map(({group, size, share}) => [group, size, share])""")
    return {group: (size, share) for group, size, share in rows}


def test_the_dots_of_the_funnel_are_the_groups_with_a_name_and_a_rate(
    browser: Browser, page: Path, slices: Slices
) -> None:
    groups = slices.whole.groups["employee"]
    with opened(browser, page) as seen:
        assert dots(seen) == {
            value: (group.total, pytest.approx(group.share(IS_WIN).share_sure))
            for value, group in groups.items()
            if value not in (None, "Few")
        }
        assert seen.text("#funnel-said-0").endswith(
            "2 groups without a name, with fewer than 10 interactions or among the others have no dot."
        )
        colours = seen.page.locator("#chart-funnel-0 .mark-symbol path").evaluate_all(
            "all => all.map(dot => dot.getAttribute('fill'))"
        )
        assert set(colours) == {"var(--plain)"}


NAMES = "#chart-funnel-0 .mark-text.role-mark text"


def test_only_those_outside_the_limits_are_named_and_no_name_covers_another(
    browser: Browser, page: Path, slices: Slices
) -> None:
    groups = slices.whole.groups["employee"]
    listed = report_groups.biggest(slices, "employee")
    found = report_groups.funnel(slices.whole, "employee", listed)
    assert found is not None
    outside = {listed[place] for place in found["outside"]}
    share = slices.whole.all.share(IS_WIN).share_sure
    assert "Best" in outside
    assert outside == {
        value
        for value in set(listed) - {None, "Few"}
        if not limits(share, groups[value].total, LEVELS[0]).low
        <= groups[value].share(IS_WIN).share_sure
        <= limits(share, groups[value].total, LEVELS[0]).high
    }
    boxes = "all => all.map(text => text.getBoundingClientRect()).map(({left, top, right, bottom}) => [left, top, right, bottom])"
    with opened(browser, page) as seen:
        assert f"{report_groups.NAMED}{report_groups.RECONCILED}" in seen.text("#funnel-said-0")
        names = seen.page.locator(NAMES)
        assert set(names.all_text_contents()) <= outside | {"all", "95%", "99.8%"}
        assert "Best" in names.all_text_contents()
        shown = names.evaluate_all(boxes)
        for place, one in enumerate(shown):
            for other in shown[place + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0]
                assert (
                    apart or one[3] <= other[1] + 4 or other[3] <= one[1] + 4
                )  # letters, not lines


def test_of_one_group_the_funnel_names_this_one(browser: Browser, page: Path) -> None:
    with opened(browser, page) as seen:
        before = dots(seen)
        seen.pick("E03")
        assert "The large dot is E03." in seen.text("#funnel-said-0")
        assert dots(seen) == before
        assert set(seen.page.locator(NAMES).all_text_contents()) - {"all", "95%", "99.8%"} == {
            "E03"
        }


def test_many_groups_are_summed_up_as_others() -> None:
    judge = Judge()
    slicing = Slicing(judge.kind, ("employee",))
    for number in range(MOST_GROUPS + 3):
        interaction = Interaction(employee=f"E{number}", salesperson="won", customer="won")
        slicing.add(interaction, judge(interaction))
    slices = slicing.slices
    told, shared = report_groups.biggest(slices, "employee"), Shared()
    rows = report_groups.groups_rows(slices.whole, "employee", told, shared)["rows"]
    name, *counts, words, interval = rows[-1]
    assert (name, counts) == ("(3 others)", [3, 0, 0, 0, 0, 3, 0])
    assert (shared.words[words], shared.intervals[interval]) == ("3 of 3", [""])
    assert sum(sum(row[1:6]) for row in rows) == slices.whole.all.total


@pytest.mark.parametrize(
    ("dimension", "numbers"),
    [("employee", [50] * 4), ("employee", [9] * 20), ("week", [50] * 8)],
    ids=["four", "small", "periods"],
)
def test_there_is_no_funnel_of_few_or_small_groups_or_of_periods(
    dimension: str, numbers: list[int]
) -> None:
    judge = Judge()
    slicing = Slicing(judge.kind, (dimension,))
    for place, number in enumerate(numbers):
        record = {"employee": f"E{place}", "date": f"2026-01-{1 + 7 * (place % 4):02}"}
        interaction = Interaction.model_validate(record | {"salesperson": "won"})
        for _ in range(number):
            slicing.add(interaction, judge(interaction))
    slices = slicing.slices
    listed = report_groups.biggest(slices, dimension)
    assert report_groups.funnel(slices.whole, dimension, listed) is None

"""The list of calls to talk about, in a real browser: searched, sorted, drilled into, on any screen."""

from pathlib import Path
from typing import Any

import pytest
from browser import Scheme, Seen, opened
from conftest import ROOT, Run
from playwright.sync_api import Browser

from winwinwin import Judge, Verdict, read_all
from winwinwin.pages.talk import is_hidden_loss
from winwinwin.record.interaction import Recorded

WEEK = ROOT / "examples" / "week.yaml"
MANY = "- {salesperson: won, customer: lost, organization: won, employee: Amara}\n"
MOST = 2_000


def names(seen: Seen) -> list[str]:
    return [cells[0] for cells in seen.cells("#talk")]


@pytest.fixture(scope="module")
def week(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("talk") / "report.html"
    assert run("batch", WEEK, "--by", "week", "-o", path).code == 0
    return path


@pytest.fixture(scope="module")
def many(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("many")
    source, path = folder / "records.yaml", folder / "report.html"
    source.write_text(MANY * (MOST + 5), encoding="utf-8")
    assert run("batch", source, "-o", path).code == 0
    return path


def test_the_first_ten_are_shown_the_worst_first_and_all_on_demand(
    browser: Browser, week: Path
) -> None:
    judge = Judge()
    found = [item for item in read_all([str(WEEK)]) if isinstance(item, Recorded)]
    losses = {item.name for item in found if is_hidden_loss(judge(item.interaction))}
    with opened(browser, week) as seen:
        assert len(names(seen)) == 10
        assert set(names(seen)[:9]) == losses
        assert seen.text("#found") == "10 of 24 shown."
        seen.page.get_by_role("button", name="Show all 24").click()
        assert len(names(seen)) == 24
        assert seen.text("#found") == "24 of 24 shown."
        assert not seen.page.locator("#all-calls").is_visible()
        assert seen.page.evaluate("document.activeElement.cells[0].textContent") == names(seen)[10]
        reasons = [cells[-1] for cells in seen.cells("#talk")]
        assert all("It would be WIN/WIN/WIN if" in reason for reason in reasons[:20])
        assert all(" Ask: " in reason for reason in reasons[20:])


def test_calls_can_be_searched_and_sorted(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        seen.page.fill("#search", "HENRIK")
        assert {cells[3] for cells in seen.cells("#talk")} == {"Henrik"}
        assert seen.text("#found") == "7 of 7 shown."
        seen.page.fill("#search", "recital")
        assert names(seen) == ["W47-011"]
        seen.page.fill("#search", "nobody's")
        assert (names(seen), seen.text("#no-calls")) == ([], "None of the calls is like this.")
        seen.page.fill("#search", "heñrik  RECITAL")
        assert names(seen) == ["W47-011"]
        seen.page.fill("#search", "")
        worst_first = names(seen)
        for wanted in ("ascending", "descending"):
            seen.page.get_by_role("button", name="employee").click()
            found = [cells[3] for cells in seen.cells("#talk")]
            assert found == sorted(found, reverse=wanted == "descending")
            heading = seen.page.locator(f"#talk th[aria-sort={wanted}]")
            assert heading.inner_text().startswith("employee")
        assert seen.page.evaluate("document.activeElement.textContent") == "employee"
        seen.page.get_by_role("button", name="employee").click()
        assert names(seen) == worst_first


def test_calls_are_searched_and_sorted_by_keyboard_alone(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        keyboard = seen.page.keyboard
        keyboard.press("Tab")
        keyboard.press("Tab")
        keyboard.type("Henrik")
        seen.page.wait_for_selector('html:not([data-shown="0"])', state="attached")
        for _ in range(80):
            if seen.page.evaluate("document.activeElement.id") == "search":
                break
            keyboard.press("Tab")
        keyboard.type("2026-11-1")
        shown = len(names(seen))
        assert 0 < shown < 7
        assert seen.text("#found") == f"{shown} of {shown} shown."
        keyboard.press("Tab")
        keyboard.type("hidden")
        assert len(names(seen)) < shown
        keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.id") == "talk-box"
        keyboard.press("Tab")
        keyboard.press("Tab")
        keyboard.press("Enter")
        keyboard.press("Space")
        assert seen.page.locator("#talk th[aria-sort=descending]").inner_text().startswith("date")
        dates = [cells[1] for cells in seen.cells("#talk")]
        assert dates == sorted(dates, reverse=True)


CHOICES = {
    "hidden": 9,
    Verdict.ORGANIZATION_LOSES.value: 14,
    Verdict.NOT_COVERED.value: 2,
    Verdict.OUT_OF_ORDER.value: 4,
    Verdict.UNDETERMINED.value: 4,
}


def test_hidden_losses_and_each_verdict_can_be_chosen(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        options = seen.page.locator("#talk-of option")
        values = options.evaluate_all("all => all.map(one => one.value)")
        assert sorted(values) == sorted(["", *CHOICES])
        for value, number in CHOICES.items():
            seen.page.select_option("#talk-of", value)
            assert seen.text("#found") == f"{min(number, 10)} of {number} shown."
        assert all(cells[5].endswith("undetermined") for cells in seen.cells("#talk"))


DRILLS = {
    "'cell', 1": ("customer lost \u00d7 salesperson won", 8),
    "'cell', 8": ("customer not recorded \u00d7 salesperson not recorded", 1),
    "'verdict', 'not_covered'": ("not covered", 2),
    "'verdict', 'win_win_win'": ("win/win/win", "0 of 26; the other 26 are WIN/WIN/WIN"),
    "'lever', data.slices[0].levers.rows[0][0]": (
        "would be WIN/WIN/WIN if the customer had won",
        8,
    ),
    "'cell', 0": ("customer won \u00d7 salesperson won", "6 of 32; the other 26 are WIN/WIN/WIN"),
    "'group', [1, 2]": ("employee Henrik", "7 of 8; the other 1 is WIN/WIN/WIN"),
    "'period', '2026-11-20'": ("2026-11-20", "4 of 9; the other 5 are WIN/WIN/WIN"),
}


def drill(seen: Any, drilled: str) -> None:
    """Press a button as the cards have them, of what is drilled into."""
    seen.page.evaluate(f"""() => {{
        const {{data}} = JSON.parse(document.getElementById("data").textContent);
        const [what, value] = [{drilled}];
        const button = document.createElement("button");
        Object.assign(button.dataset, {{drill: what, value: JSON.stringify(value)}});
        document.getElementById("report").append(button);
        button.click();
        button.remove();
    }}""")


@pytest.mark.parametrize("drilled", DRILLS)
def test_what_is_drilled_into_is_shown_and_said_and_can_be_undone(
    browser: Browser, week: Path, drilled: str
) -> None:
    words, told = DRILLS[drilled]
    number = int(str(told).split()[0])
    with opened(browser, week) as seen:
        seen.page.fill("#search", "Bridget")
        drill(seen, drilled)
        assert seen.text("#drilled-words") == f"Showing: {words} ({told})"
        assert seen.text("#found") == f"{number} of {number} shown."
        assert len(names(seen)) == number
        assert seen.page.evaluate("document.activeElement.id") == "drilled"
        assert seen.findings() == []
        seen.page.locator("#undrill").click()
        assert seen.text("#found") == "10 of 24 shown."
        assert not seen.page.locator("#drilled").is_visible()


def test_what_is_drilled_into_follows_the_filter(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        drill(seen, "'cell', 1")
        seen.pick("Bridget")
        assert seen.text("#drilled-words") == "Showing: customer lost \u00d7 salesperson won (7)"
        assert {cells[3] for cells in seen.cells("#talk")} == {"Bridget"}


def test_what_to_ask_next_follows_the_filter(browser: Browser, week: Path) -> None:
    asked = "Ask next: Did the salesperson win or lose? Settles 1 of 4 undetermined."
    with opened(browser, week) as seen:
        assert seen.text("#ask") == asked
        seen.pick("Mateo")
        assert seen.text("#ask") == asked.replace("4 undetermined", "1 undetermined")
        seen.pick("Henrik")
        assert not seen.page.locator("#ask").is_visible()


def test_more_calls_than_the_page_holds_are_counted(browser: Browser, many: Path) -> None:
    no_room = "The page has no room for 5 of the calls: --talk calls.csv writes them all."
    with opened(browser, many) as seen:
        assert seen.text("#found") == f"10 of 2,005 shown. {no_room}"
        seen.page.get_by_role("button", name="Show all 2,000").click()
        assert len(names(seen)) == MOST
        assert seen.text("#found") == f"2,000 of 2,005 shown. {no_room}"
        drill(seen, "'verdict', 'organization_loses'")
        told = "2,000 of 2,005; the other 5 are more than the page has room for"
        assert seen.text("#drilled-words") == f"Showing: organization loses ({told})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_calls_are_cards_on_a_phone_and_still_a_table(
    browser: Browser, week: Path, scheme: Scheme
) -> None:
    with opened(browser, week, width=390, scheme=scheme) as seen:
        label = "getComputedStyle(document.querySelector('#talk td'), '::before').content"
        assert seen.page.evaluate(label) == '"interaction"'
        table = seen.page.locator("#talk-box").get_by_role("table")
        assert table.get_by_role("columnheader").count() == 8
        assert table.get_by_role("row").count() == 11
        assert table.get_by_role("cell", name="Henrik").count() > 1
        seen.page.get_by_role("button", name="employee").click()
        assert seen.cells("#talk")[0][3] == "Amara"
        drill(seen, "'verdict', 'undetermined'")
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
        assert seen.findings() == []

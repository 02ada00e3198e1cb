"""The filter of the page: by any group, kept in its address."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import PATIENCE, Seen, opened
from conftest import ROOT, Run
from playwright.sync_api import Browser

WEEK = ROOT / "examples" / "week.yaml"
STATUS = "Everything below is about"


@pytest.fixture(scope="module")
def week(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filter") / "report.html"
    by = [option for name in ("employee", "channel", "tags.region") for option in ("--by", name)]
    assert run("batch", WEEK, *by, "-o", path).code == 0
    return path


def go(seen: Seen, path: Path, address: str) -> None:
    """Open the page anew at an address."""
    seen.page.goto("about:blank")
    seen.page.goto(f"{path.as_uri()}{address}")
    seen.page.wait_for_selector("html[data-shown]", state="attached", timeout=PATIENCE)


def wait_for(seen: Seen, status: str) -> None:
    seen.page.wait_for_function(
        "status => document.querySelector('#status').textContent.startsWith(status)",
        arg=status,
        timeout=PATIENCE,
    )


def test_what_is_picked_is_in_the_address_and_back_goes_back(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        seen.pick("Henrik")
        assert seen.page.evaluate("location.hash") == "#employee=Henrik"
        seen.pick("phone")
        assert seen.page.evaluate("location.hash") == "#channel=phone"
        seen.page.go_back()
        wait_for(seen, f"{STATUS} Henrik: 8 of 50")
        assert seen.page.locator("#slice option:checked").inner_text() == "Henrik"
        seen.page.go_back()
        wait_for(seen, "")
        seen.page.wait_for_selector("html[data-shown='0']", state="attached", timeout=PATIENCE)
        assert not seen.page.locator("#status").is_visible()
        seen.page.go_forward()
        wait_for(seen, f"{STATUS} Henrik")


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("#employee=Henrik", f"{STATUS} Henrik: 8 of 50 interactions."),
        ("#channel=phone", f"{STATUS} phone: "),
        ("#tags.region=north", f"{STATUS} north: "),
        ("#employee=Bob", "There is no employee “Bob” here, so this is about everything."),
        ("#empl%6Fyee=%3Cb%3E", "There is no employee “<b>” here"),
        ("#colour=red", "There is no colour “red” here"),
        ("#employee=", "There is no employee “” here"),
        ("#employee=%E0%A4%A", "There is no employee “%E0%A4%A” here"),
        ("#main", ""),
        ("", ""),
    ],
)
def test_an_address_shows_what_it_says(
    browser: Browser, week: Path, address: str, status: str
) -> None:
    with opened(browser, week) as seen:
        go(seen, week, address)
        assert (seen.page.locator("#status").text_content() or "").startswith(status)
        assert seen.page.locator("#status").is_visible() == bool(status)
        is_whole = seen.page.locator("html").get_attribute("data-shown") == "0"
        assert is_whole == (not status.startswith(STATUS))


NAMES = ["José Núñez", "A=B&C#D", "100 %", "a/b?c", "50%25", "(not recorded)", "o'\"<b>"]


def test_any_name_can_stand_in_an_address(run: Run, browser: Browser, tmp_path: Path) -> None:
    source, path = tmp_path / "names.json", tmp_path / "report.html"
    records = [
        {"employee": name, "salesperson": "won"}
        for name in [*NAMES, "x" * 90 + "1", "x" * 90 + "2", ""]
    ]
    source.write_text(json.dumps(records), encoding="utf-8")
    assert run("batch", source, "-o", path).code == 0
    with opened(browser, path) as seen:
        options = seen.page.locator("#slice option").all_inner_texts()
        assert len(set(options)) == len(options) == len(records) + 1
        for name in NAMES:
            go(seen, path, f"#employee={quote(name, safe='')}")
            wait_for(seen, f"{STATUS} {name}: 1 of {len(records)}")
        for name in options[1:]:
            go(seen, path, "")
            seen.pick(name)
            hash_ = seen.page.evaluate("location.hash")
            go(seen, path, hash_)
            assert seen.page.locator("#slice option:checked").inner_text() == name


def test_a_link_within_the_page_leaves_the_filter_as_it_is(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        seen.pick("Henrik")
        seen.page.locator(".skip").focus()
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("location.hash") == "#main"
        assert seen.text("#status").startswith(f"{STATUS} Henrik")
        assert seen.page.locator("#slice option:checked").inner_text() == "Henrik"


# What leads to the list.

DRILLS = {
    "#matrix [data-drill]": ("cell", range(9)),
    "#verdicts [data-drill]": (
        "verdict",
        ("out_of_order", "organization_loses", "not_covered", "undetermined"),
    ),
    "#table-levers [data-drill]": ("lever", None),
    "#bars-group-1 [data-drill]": ("group", [[1, place] for place in range(9)]),
    "#table-trend [data-drill]": (
        "period",
        [f"2026-11-{day}" for day in range(16, 22)],
    ),
}


@pytest.mark.parametrize("selector", DRILLS)
def test_a_figure_is_a_button_that_names_its_interactions(
    browser: Browser, week: Path, selector: str
) -> None:
    what, values = DRILLS[selector]
    with opened(browser, week) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        buttons = seen.page.locator(selector)
        told = buttons.evaluate_all(
            "all => all.map(({dataset}) => [dataset.drill, JSON.parse(dataset.value)])"
        )
        assert {kind for kind, _ in told} == {what}
        assert {
            *buttons.evaluate_all("all => all.map(({tagName, type}) => `${tagName} ${type}`)")
        } == {"BUTTON button"}
        if values is not None:
            assert all(value in values for _, value in told)
        buttons.first.click()

"""The page on paper, and on a phone: nothing is cut off, and it stays short."""

import json
import random
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from browser import PATIENCE, Seen, opened
from conftest import Run
from playwright.sync_api import Browser

NUMBER = 2_000
MOST_PAGES, MOST_SHEETS = 10, 2
MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
NAMES = ("Mateo", "Bridget O'Sullivan-Featherstonehaugh", "Jo", "Maximiliane von Hohenzollern")


@pytest.fixture(scope="module")
def big(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the report on a year of a team, with an invalid record."""
    chance = random.Random(7)  # noqa: S311  # no cryptography
    folder = tmp_path_factory.mktemp("paper")
    source, path = folder / "year.jsonl", folder / "report.html"
    lines = ['{"salesperson": "wun"}\n']
    for number in range(NUMBER):
        salesperson, customer = (chance.choice(("won", "won", "lost", "")) for _ in range(2))
        record = {
            "id": f"C-{number}",
            "date": (date(2026, 1, 5) + timedelta(days=chance.randrange(360))).isoformat(),
            "employee": f"{chance.choice(NAMES)} {min(int(chance.expovariate(0.2)), 9)}",
            "channel": chance.choice(("phone", "store", "e-mail", "chat")),
            "salesperson": {"outcome": salesperson, "feels_good": number % 9 > 0 or None},
            "customer": customer,
            "organization": chance.choice(("won", "lost", "")),
            "notes": "The line was busy for a long time, and the part came late. "
            * chance.randrange(8),
            "tags": {"account": f"Customer account {chance.randrange(50)}"},
        }
        lines.append(json.dumps(record) + "\n")
    source.write_text("".join(lines))
    by = [option for name in ("employee", "channel", "tags.account") for option in ("--by", name)]
    assert run("batch", source, *by, "-o", path).code == 2
    return path


def pages(seen: Seen) -> int:
    """Return the number of pages where a printer leaves wide margins."""
    return len(re.findall(rb"/Type\s*/Page\b", seen.page.pdf(format="A4", margin=MARGINS)))


def test_two_thousand_interactions_print_on_ten_pages(browser: Browser, big: Path) -> None:
    with opened(browser, big) as seen:
        assert pages(seen) <= MOST_PAGES


def test_one_persons_page_prints_on_two(browser: Browser, big: Path) -> None:
    with opened(browser, big) as seen:
        seen.pick("Maximiliane von Hohenzollern 0")
        assert int(seen.text("#status").rpartition(": ")[2].split()[0]) > 60
        assert pages(seen) <= MOST_SHEETS


def test_of_a_sheet_each_table_has_the_first_rows_and_says_so(browser: Browser, big: Path) -> None:
    with opened(browser, big) as seen:
        seen.pick("Jo 1")
        seen.page.emulate_media(media="print")
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert seen.page.locator("#talk tbody tr").locator("visible=true").count() == 6
        rows = seen.page.locator("#bars-group-2 tbody tr")
        assert rows.locator("visible=true").count() == 5
        more = (
            "getComputedStyle(document.querySelector('#bars-group-2 .more td'), '::after').content"
        )
        left = seen.page.locator("#bars-group-2 .more td").get_attribute("data-sheet")
        assert left == f"and {rows.count() - 5} more"
        assert seen.page.evaluate(more) in (f'"{left}"', "attr(data-sheet)")


@pytest.mark.parametrize("width", [1000, 1200])
def test_the_list_is_as_wide_as_its_place(browser: Browser, big: Path, width: int) -> None:
    with opened(browser, big, width=width) as seen:
        assert (
            seen.page.locator("#talk-box").evaluate("box => box.scrollWidth - box.clientWidth") == 0
        )


def test_of_a_long_table_paper_has_the_first_rows_and_says_so(browser: Browser, big: Path) -> None:
    with opened(browser, big) as seen:
        seen.page.emulate_media(media="print")
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        rows = seen.page.locator("#talk tbody tr")
        assert rows.locator("visible=true").count() == 30
        said = "getComputedStyle(document.querySelector('.card.long'), '::after').content"
        assert (
            seen.page.evaluate(said) == '"Only the first 30 are printed; the page has the others."'
        )
        more = seen.page.locator("#bars-group-0 .more td")
        assert re.fullmatch(r"and \d+ more", more.get_attribute("data-more") or "")
        assert not more.locator("button").is_visible()


@pytest.mark.parametrize("width", [360, 390, 768, 1200])
def test_nothing_is_cut_off_at_a_side(browser: Browser, big: Path, width: int) -> None:
    cut = """[...document.querySelectorAll("#report .card *")]
        .filter(part => part.clientWidth && part.getBoundingClientRect().right > innerWidth && !part.closest(".wide, .unseen"))
        .map(part => part.outerHTML.slice(0, 90))"""
    with opened(browser, big, width=width) as seen:
        assert seen.page.evaluate(cut) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_words_of_a_lever_wrap_on_a_phone(browser: Browser, big: Path) -> None:
    with opened(browser, big, width=390) as seen:
        buttons = seen.page.locator("#table-levers .drill")
        heights = [(button.bounding_box() or {})["height"] for button in buttons.all()]
        assert max(heights) > 1.5 * min(heights)
        assert buttons.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")


def test_groups_have_the_whole_width_for_their_names_on_a_phone(
    browser: Browser, big: Path
) -> None:
    with opened(browser, big, width=360) as seen:
        table = seen.page.locator("#bars-group-0")
        wide = table.bounding_box() or {}
        name = table.locator("tbody th").first.bounding_box() or {}
        assert name["width"] > 0.95 * wide["width"]
        assert table.get_by_role("columnheader").count() == 4
        assert table.get_by_role("rowheader").count() > 9


def test_what_is_invalid_stands_under_the_headline(browser: Browser, big: Path) -> None:
    with opened(browser, big) as seen:
        wins, failures, losses = (
            (seen.page.locator(f"#{place}").bounding_box() or {})["y"]
            for place in ("wins", "failures", "losses-said")
        )
        assert wins < failures < losses


def test_charts_have_their_size_on_the_screen_again_after_printing(
    browser: Browser, big: Path
) -> None:
    with opened(browser, big) as seen:
        width = "document.querySelector('#chart-books svg').clientWidth"
        before = seen.page.evaluate(width)
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        seen.page.wait_for_function(f"{width} < {before}", timeout=PATIENCE)
        seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
        seen.page.wait_for_function(f"Math.abs({width} - {before}) < 3", timeout=PATIENCE)
        assert abs(seen.page.evaluate(width) - before) < 3

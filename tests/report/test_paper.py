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
            "employee": f"Employee {min(int(chance.expovariate(0.08)), 30)}",
            "channel": chance.choice(("phone", "store", "e-mail", "chat")),
            "salesperson": salesperson,
            "customer": customer,
            "organization": chance.choice(("won", "lost", "")),
            "notes": "The line was busy for a long time, and the part came late.",
        }
        lines.append(json.dumps(record) + "\n")
    source.write_text("".join(lines))
    assert run("batch", source, "-o", path).code == 2
    return path


def pages(seen: Seen) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", seen.page.pdf(format="A4")))


def test_two_thousand_interactions_print_on_ten_pages(browser: Browser, big: Path) -> None:
    with opened(browser, big) as seen:
        assert pages(seen) <= MOST_PAGES


def test_one_persons_page_prints_on_two(browser: Browser, big: Path) -> None:
    with opened(browser, big) as seen:
        seen.pick("Employee 3")
        assert int(seen.text("#status").rpartition(": ")[2].split()[0]) > 80
        assert pages(seen) <= MOST_SHEETS


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

"""The page of two runs as its readers see it, in a real browser."""

import json
import sys
from pathlib import Path

import pytest
from browser import Scheme, opened
from conftest import Run
from playwright.sync_api import Browser

from winwinwin.stats.slices import MOST_GROUPS

HOSTILE = "</text></svg><script>document.title='hit'</script><img src=x>"


def records(folder: Path, name: str, lost: int) -> Path:
    """Return thirty interactions of each employee, of whom the hostile one has some lost."""
    path = folder / f"{name}.json"
    found = [
        {"employee": who, "salesperson": "won", "customer": "lost" if hit else "won"}
        for who in ("Ann", HOSTILE)
        for hit in [True] * (lost if who == HOSTILE else 15) + [False] * 15
    ]
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


@pytest.fixture
def change(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "change.html"
    before, after = records(tmp_path, "before", 0), records(tmp_path, "after", 25)
    assert run("compare", before, after, "--by", "employee", "-o", path).code == 0
    return path


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_without_a_word_and_axe_finds_nothing(
    browser: Browser, change: Path, scheme: Scheme, width: int
) -> None:
    with opened(browser, change, scheme=scheme, width=width) as seen:
        assert seen.findings() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.locator("[role=img] svg").count() == 2


def test_a_long_word_pushes_no_figure_out_of_sight(
    run: Run, browser: Browser, tmp_path: Path
) -> None:
    source, path = tmp_path / "calls.json", tmp_path / "change.html"
    record = {"employee": "x" * 300, "salesperson": "won", "customer": "won"}
    source.write_text(json.dumps([record]))
    assert run("compare", source, source, "--by", "employee", "-o", path).code == 0
    hidden = "[...document.querySelectorAll('.wide')].filter(w => w.scrollWidth > w.clientWidth)"
    with opened(browser, path) as seen:
        assert seen.page.locator(".wide").count() > 0
        assert seen.page.evaluate(f"{hidden}.length") == 0


@pytest.mark.parametrize("width", [600, 1000, 1200, 1440])
@pytest.mark.parametrize("flags", [["--by", "employee"], []], ids=["groups", "whole"])
def test_no_figure_is_out_of_sight_beside_what_is_undetermined(
    run: Run, browser: Browser, tmp_path: Path, width: int, flags: list[str]
) -> None:
    source, path = tmp_path / "calls.json", tmp_path / "change.html"
    won, lost, unknown = (
        {"salesperson": "won", "customer": each} for each in ("won", "lost", None)
    )
    source.write_text(json.dumps([won] * 30 + [lost] * 30 + [unknown] * 20))
    assert run("compare", source, "examples/week.yaml", *flags, "-o", path).code == 0
    hidden = "[...document.querySelectorAll('.wide')].filter(w => w.scrollWidth > w.clientWidth)"
    with opened(browser, path, width=width) as seen:
        assert seen.page.locator(".wide").count() > 0
        assert seen.page.evaluate(f"{hidden}.length") == 0


def test_charts_say_what_moved(browser: Browser, change: Path) -> None:
    with opened(browser, change) as seen:
        captions = seen.page.locator("figcaption").all_inner_texts()
        assert captions == [
            "Shares of the verdicts as recorded, before and after",
            "win/win/win by employee, as recorded: from the ring (before) to the dot (after), in points",
        ]
        drawn = seen.page.locator("figure").nth(1).locator("svg").text_content() or ""
        assert "Ann" in drawn
        assert "no change" in drawn
        assert "\N{MINUS SIGN}62.5" in drawn
        worse = seen.page.locator("figure").nth(1).locator("[stroke='var(--lost)']").count()
        assert worse > 0
        levels = seen.page.locator("h1, h2, h3").evaluate_all("all => all.map(h => h.tagName)")
        assert levels[0] == "H1"
        assert set(levels[1:]) == {"H2", "H3"}


@pytest.mark.parametrize("width", [390, 1200])
def test_no_words_of_a_chart_are_cut_off(
    run: Run, browser: Browser, tmp_path: Path, width: int
) -> None:
    path = tmp_path / "change.html"
    name = "Priyadarshini Ramanathan Subramaniam"
    records = [{"employee": name, "salesperson": "won", "customer": who} for who in ("won", None)]
    for when, number in (("before", 15), ("after", 20)):
        (tmp_path / f"{when}.json").write_text(json.dumps(records * number))
    sources = tmp_path / "before.json", tmp_path / "after.json"
    assert run("compare", *sources, "--by", "employee", "-o", path).code == 0
    cut = """[...document.querySelectorAll("svg text")].filter(text =>
        text.getBoundingClientRect().right > text.ownerSVGElement.getBoundingClientRect().right + 1)
        .map(text => text.textContent)"""
    with opened(browser, path, width=width) as seen:
        assert seen.page.evaluate(cut) == []


def test_nothing_is_cut_off_on_paper(browser: Browser, change: Path) -> None:
    hidden = "[...document.querySelectorAll('.wide')].filter(w => w.scrollWidth > w.clientWidth)"
    with opened(browser, change, width=680) as seen:
        seen.page.emulate_media(media="print")
        assert seen.page.evaluate(f"{hidden}.length") == 0


def test_hostile_names_never_act(browser: Browser, change: Path) -> None:
    with opened(browser, change) as seen:
        assert seen.page.title() != "hit"
        assert seen.page.locator("img, script").count() == 0
        assert "</text></svg><script>" in (seen.page.text_content("body") or "")


def test_groups_that_are_not_drawn_are_counted(run: Run, browser: Browser, tmp_path: Path) -> None:
    table, path = tmp_path / "calls.csv", tmp_path / "change.html"
    rows = "".join(f"won,won,E{number}\n" for number in range(MOST_GROUPS + 3))
    table.write_text(f"salesperson,customer,employee\n{rows}")
    assert run("compare", table, table, "--by", "employee", "-o", path).code == 0
    with opened(browser, path) as seen:
        assert (
            seen.page.locator("figcaption")
            .nth(1)
            .inner_text()
            .endswith("; 3 more only in the table")
        )
        assert seen.page.locator("tbody tr", has_text="E42").count() == 2


def test_nothing_to_compare_has_no_charts(run: Run, browser: Browser, tmp_path: Path) -> None:
    path, one = tmp_path / "change.html", tmp_path / "one.yaml"
    one.write_text("- {salesperson: won}\n")
    assert run("compare", one, tmp_path / "none.yaml", "-o", path).code == 2
    with opened(browser, path) as seen:
        assert seen.page.locator("figure").count() == 0
        assert "One of the two runs has nothing to compare." in seen.text("main")


def test_a_missing_library_is_told_before_the_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("winwinwin.report.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "altair", None)
    done = run("compare", "examples/week.yaml", "examples/week.yaml", "-o", tmp_path / "c.html")
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "this needs altair, which is not installed. Install it: pip install 'winwinwin[report]'\n"
    )


def test_the_headline_is_the_verdict_on_the_change(browser: Browser, change: Path) -> None:
    with opened(browser, change) as seen:
        assert seen.text("h1") == "Worse than before"
        assert seen.page.locator("h1").get_attribute("class") == "lost"
        runs = seen.page.locator(".run").all_inner_texts()
        assert [text.split()[:2] for text in runs] == [["before", "67%"], ["after", "43%"]]


def test_each_run_has_its_column_and_a_change_its_sign_and_words(
    browser: Browser, change: Path
) -> None:
    with opened(browser, change) as seen:
        heads = seen.page.locator(".card thead").first.locator("th").all_inner_texts()
        assert heads == ["verdict", "before", "after", "change"]
        wins = seen.page.locator(".card tbody tr").first
        assert wins.locator("td").nth(1).inner_text().split("\n")[0] == "43%"
        told = wins.locator("td").nth(2)
        assert told.inner_text().split("\n") == ["\N{MINUS SIGN}23.8 points", "worse, significant"]
        assert told.get_attribute("class") == "lost"


@pytest.fixture
def sides(run: Run, tmp_path: Path) -> Path:
    path = tmp_path / "sides.html"
    for name, people in {"before": ("Ann", "Old"), "after": ("Ann", "New")}.items():
        won = [{"employee": who, "salesperson": "won", "customer": "won"} for who in people]
        (tmp_path / f"{name}.json").write_text(json.dumps(won))
    sources = tmp_path / "before.json", tmp_path / "after.json"
    assert run("compare", *sources, "--by", "employee", "-o", path).code == 0
    return path


def test_groups_of_one_side_have_a_list_of_their_own(browser: Browser, sides: Path) -> None:
    with opened(browser, sides) as seen:
        names = seen.page.locator(".names")
        assert names.all_inner_texts() == ["Old 1 of 1", "New 1 of 1"]
        rows = seen.page.locator("section:has(.names) tbody th").all_inner_texts()
        assert rows == ["Ann", "Ann"]
        assert seen.text("h1") == "No change"


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_periods_have_cards_too(
    run: Run, browser: Browser, tmp_path: Path, scheme: Scheme, width: int
) -> None:
    path = tmp_path / "periods.html"
    runs = [records(tmp_path, str(lost), lost) for lost in (0, 10, 25)]
    assert run("compare", *runs, "--by", "employee", "-o", path).code == 0
    with opened(browser, path, scheme=scheme, width=width) as seen:
        assert seen.findings() == []
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.text("h1") == "Worse over time"
        assert seen.page.locator("[role=img] svg").count() == 2
        assert seen.page.locator("img, script").count() == 0

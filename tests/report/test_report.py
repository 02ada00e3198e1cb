"""The report as its readers see it: in a real browser, beside the tally that it is drawn from."""

import json
import re
import sys
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Literal

import pytest
from browser import Scheme, Seen, opened
from conftest import ROOT, Run
from playwright.sync_api import Browser

from winwinwin import Judge, Unjudged, Verdict, WinwinwinError, read_all
from winwinwin.batch.keeping import ALWAYS
from winwinwin.evaluation import fingerprint
from winwinwin.facts import Facts, every_kind
from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages import summary
from winwinwin.pages.run import MOST_CALLS as MOST_CALLS_BY_FORMAT
from winwinwin.pages.talk import Call, number_of
from winwinwin.pages.words import percent, share
from winwinwin.record.described import Described
from winwinwin.record.interaction import Recorded
from winwinwin.renderers.html import embedded
from winwinwin.renderers.looks import fill
from winwinwin.report.page import page
from winwinwin.rows.basis import Basis
from winwinwin.stats.bounds import agrees_with_books
from winwinwin.stats.groups import Group
from winwinwin.stats.slices import Slices, Slicing
from winwinwin.stats.tally import Tally

WEEK = ROOT / "examples" / "week.yaml"
HOSTILE = "</script><img src=x onerror=document.title='hit'><b>&amp;\u2028{{7*7}}${1}"
MOST_BYTES = 2_000_000
MOST_CALLS = MOST_CALLS_BY_FORMAT["html"]


def basis_of(judge: Judge, *by: str) -> Basis:
    return Basis(judge.kind, judge.rulebook, lambda: judge.stamp, by)


@pytest.fixture(scope="module")
def week(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    assert run("batch", WEEK, "-o", path).code == 0
    return path


@pytest.fixture(scope="module")
def grouped(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "grouped.html"
    dimensions = ("--by", "employee", "--by", "channel", "--by", "week")
    assert run("batch", WEEK, *dimensions, "-o", path).code == 0
    return path


@pytest.fixture(scope="module")
def tally() -> Tally:
    judge = Judge()
    tally = Tally(judge.kind, ["employee", "channel", "day"])
    for item in read_all([str(WEEK)]):
        assert isinstance(item, Recorded)
        tally.add([(item, judge(item.interaction))])
    return tally


def made(records: str, folder: Path, run: Run, *options: str, code: int = 0) -> Path:
    """Return the report on records in YAML."""
    source, path = folder / "records.yaml", folder / "report.html"
    source.write_text(records, encoding="utf-8")
    assert run("batch", source, "-o", path, *options).code == code
    return path


def counts(group: Group) -> list[str]:
    return [f"{number:,}" for number in group.verdicts().values()]


def shown_verdicts(seen: Seen) -> list[str]:
    return [seen.text(f"[data-verdict={verdict}] b") for verdict in JUDGED]


# What the page says is what the tally says.


def test_the_headline_counts_what_the_tally_counts(
    browser: Browser, week: Path, tally: Tally
) -> None:
    won = tally.all.verdicts()[Verdict.WIN_WIN_WIN]
    with opened(browser, week) as seen:
        assert shown_verdicts(seen) == counts(tally.all)
        assert seen.text("#share") == percent(share(won, tally.all.total))
        assert seen.text("#wins") == (
            f"{won} of {tally.all.total} interactions are WIN/WIN/WIN,"
            " up to 29 once 3 undetermined are known (95% interval 39% to 71%)."
        )
        assert seen.text("#losses-said") == (
            "The organization loses in 14 of 50, up to 18 once 4 undetermined are known"
            " (95% interval 17% to 50%); 9 of them are booked as won."
        )


def test_the_matrix_counts_what_the_tally_counts(
    browser: Browser, week: Path, tally: Tally
) -> None:
    cells = tally.all.matrix()
    with opened(browser, week) as seen:
        rows = seen.page.locator("#matrix tbody tr")
        for row, salesperson in enumerate(("won", "lost", None)):
            for column, customer in enumerate(("won", "lost", None)):
                ruled = {o: cells[salesperson, customer, o] for o in ("won", "lost", None)}
                words = rows.nth(row).locator("td").nth(column).inner_text().split()
                assert int(words[0]) == sum(ruled.values())
                assert ("WIN" in words, "LOSE" in words, "?" in words) == tuple(
                    map(bool, ruled.values())
                )


def test_a_verdict_has_one_colour_in_every_chart(browser: Browser, week: Path) -> None:
    parts = """[...document.querySelectorAll("#bars-group-0 .shares i")]
        .map(part => part.title.replace(/:.*/, "") + " " + part.style.background)"""
    points = """[...document.querySelectorAll("#chart-trend .mark-symbol path")]
        .map(path => path.getAttribute("aria-label").match(/share of: ([^;]+)/)[1] + " " + path.getAttribute("fill"))"""
    with opened(browser, week) as seen:
        shown = {f"{WORDINGS[verdict].label} {fill(verdict)}" for verdict in JUDGED}
        assert set(seen.page.evaluate(parts)) == shown
        watched = set(seen.page.evaluate(points))
        assert len(watched) == 2
        assert watched < shown
        keys = seen.page.locator("#verdicts .key").evaluate_all(
            "all => all.map(key => key.style.background)"
        )
        assert keys == list(map(fill, JUDGED))


def test_a_cell_of_the_matrix_is_that_of_the_summary(
    browser: Browser, week: Path, tally: Tally
) -> None:
    tiles = [tile for _, tiles in summary.matrix(tally.all).rows for tile in tiles]
    with opened(browser, week) as seen:
        shown = seen.page.locator("#matrix tbody td").all_inner_texts()
        assert [" ".join(text.split()) for text in shown] == [
            f"{tile.number} {tile.share} {tile.words}".strip() for tile in tiles
        ]


def test_the_levers_are_those_of_the_tally(browser: Browser, week: Path, tally: Tally) -> None:
    with opened(browser, week) as seen:
        shown = [int(cells[1]) for cells in seen.cells("#table-levers")]
        assert shown == [lever.turned for lever in tally.all.levers()][: len(shown)]
        assert seen.cells("#table-levers")[0] == ["the customer had won", "8"]
        assert seen.text("#more-levers") == "and 3 smaller ones"


@pytest.mark.parametrize(("index", "dimension"), [(0, "employee"), (1, "channel")])
def test_every_group_has_the_counts_of_the_tally(
    browser: Browser, week: Path, tally: Tally, index: int, dimension: str
) -> None:
    with opened(browser, week) as seen:
        shown = {cells[0]: cells[1:6] for cells in seen.cells(f"#table-group-{index}")}
        assert shown == {name: counts(group) for name, group in tally.groups[dimension].items()}


def test_the_trend_has_the_counts_of_the_tally(browser: Browser, week: Path, tally: Tally) -> None:
    with opened(browser, week) as seen:
        shown = {cells[0]: cells[2:7] for cells in seen.cells("#table-trend")}
        assert shown == {day: counts(group) for day, group in tally.groups["day"].items()}
        assert list(shown) == sorted(shown)


def test_books_gaps_and_origins_are_those_of_the_tally(
    browser: Browser, week: Path, tally: Tally
) -> None:
    with opened(browser, week) as seen:
        assert seen.cells("#books") == [["ruled won", "25", "2"], ["ruled lost", "9", "4"]]
        low, high = tally.all.share(agrees_with_books).interval
        agreed = 29 / 40
        assert seen.cells("#table-books") == [
            [f"{100 * part:.1f}%" for part in (agreed, low, high)]
        ]
        gaps = [int(cells[1]) for cells in seen.cells("#table-gaps")]
        assert tally.gaps is not None
        assert gaps == list(tally.gaps.lengths)
        assert sum(gaps) == tally.gaps.measured
        shown = [[*map(int, cells[1:])] for cells in seen.cells("#table-quality")]
        assert shown == [
            [origins["recorded"], origins["assumed"], origins["missing"]]
            for origins in tally.all.origins().values()
        ]


def test_every_chart_is_drawn(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        charts = seen.page.locator("figure:not([hidden]) .chart")
        assert charts.count() == 4
        for chart in charts.all():
            assert chart.get_attribute("aria-label")
            assert chart.locator("svg path, svg text").count() > 3


# The filter.


def test_everything_follows_the_filter(browser: Browser, week: Path, tally: Tally) -> None:
    henrik = tally.groups["employee"]["Henrik"]
    with opened(browser, week) as seen:
        whole = {place: seen.text(f"#{place}") for place in ("matrix", "books-said", "gaps-said")}
        kept = seen.text("#talk-box")
        seen.pick("Henrik")
        assert shown_verdicts(seen) == counts(henrik)
        assert seen.text("#status") == "Everything below is about Henrik: 8 of 50 interactions."
        assert [cells[0] for cells in seen.cells("#table-group-0")] == ["Henrik"]
        assert sum(int(n) for cells in seen.cells("#table-group-1") for n in cells[1:6]) == 8
        assert sum(int(n) for cells in seen.cells("#table-trend") for n in cells[2:7]) == 8
        assert all(seen.text(f"#{place}") != words for place, words in whole.items())
        assert int(seen.cells("#table-levers")[0][1]) == henrik.levers()[0].turned
        assert {cells[2] for cells in seen.cells("#talk")} == {"Henrik"}
        assert len(seen.cells("#talk")) == number_of(henrik)
        assert sum(map(int, seen.cells("#table-quality")[0][1:])) == 8
        seen.pick("everything")
        assert shown_verdicts(seen) == counts(tally.all)
        assert seen.text("#matrix") == whole["matrix"]
        assert seen.text("#talk-box") == kept


def test_a_group_of_any_dimension_can_be_picked(run: Run, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert run("batch", WEEK, "--by", "tags.region", "--by", "week", "-o", path).code == 0
    with opened(browser, path) as seen:
        groups = seen.page.locator("#slice optgroup")
        labels = [group.get_attribute("label") for group in groups.all()]
        assert labels == ["by tags.region", "by week", "by employee", "by channel"]
        seen.pick("2026-W47")
        assert seen.text("#status").endswith("50 of 50 interactions.")


# Reading it in every way.


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    browser: Browser, week: Path, scheme: Scheme, width: int
) -> None:
    with opened(browser, week, scheme=scheme, width=width) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert seen.findings() == []
        seen.pick("Amara")
        assert seen.findings() == []


def test_every_table_has_a_caption_and_every_part_a_heading(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        captions = seen.page.locator("#report table").evaluate_all(
            "tables => tables.map(table => table.caption?.textContent ?? '')"
        )
        assert len(captions) == 12
        assert all(captions)
        sections = seen.page.locator("main section")
        labels = sections.evaluate_all(
            """all => all.map(part => part.getAttribute("aria-label")
                || document.getElementById(part.getAttribute("aria-labelledby")).textContent)"""
        )
        assert labels == [
            "The result",
            "Who won",
            "The biggest levers",
            "Verdicts by employee",
            "Verdicts by channel",
            "Over time",
            "Calls to talk about",
            "From the salesperson\u2019s win to the customer\u2019s",
            "Rules and books",
            "How complete the records are",
        ]


def test_axe_would_find_something(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        seen.page.evaluate("document.querySelector('label[for=slice]').remove()")
        assert any(found.startswith("select-name") for found in seen.findings())


@pytest.mark.parametrize("width", [360, 768, 1200])
def test_nothing_is_wider_than_the_screen(browser: Browser, week: Path, width: int) -> None:
    with opened(browser, week, width=width) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("medium", "width"),
    [("screen", 360), ("screen", 768), ("screen", 960), ("screen", 1200), ("print", 720)],
)
def test_calls_are_read_without_scrolling_sideways(
    browser: Browser, grouped: Path, medium: Literal["screen", "print"], width: int
) -> None:
    with opened(browser, grouped, width=width) as seen:
        seen.page.emulate_media(media=medium)
        box = "document.querySelector('#talk-box')"
        wide, shown = seen.page.evaluate(f"[{box}.scrollWidth, {box}.clientWidth]")
        assert 0 < wide <= shown


def test_light_and_dark_differ_and_charts_follow(browser: Browser, week: Path) -> None:
    bar = "getComputedStyle(document.querySelector('#chart-gaps path[fill^=var]')).fill"
    looks = set()
    for scheme in ("light", "dark"):
        with opened(browser, week, scheme=scheme) as seen:  # type: ignore[arg-type]  # one of the two
            paper = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
            looks.add((paper, seen.page.evaluate(bar)))
    assert len({paper for paper, _ in looks}) == len({fill for _, fill in looks}) == 2


def test_it_can_be_printed(browser: Browser, week: Path) -> None:
    with opened(browser, week, scheme="dark") as seen:
        pdf = seen.page.pdf(format="A4")
        assert pdf.startswith(b"%PDF-")
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) >= 2
        seen.page.emulate_media(media="print")
        paper = seen.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper == "rgb(255, 255, 255)"
        assert not seen.page.locator("#slice").is_visible()
        assert seen.page.locator("#table-levers").is_visible()
        assert seen.page.locator("#talk tbody tr").last.is_visible()


def test_the_keyboard_reaches_the_filter_after_the_skip_link(browser: Browser, week: Path) -> None:
    with opened(browser, week) as seen:
        reached = []
        for _ in range(2):
            seen.page.keyboard.press("Tab")
            reached.append(
                seen.page.evaluate("document.activeElement.id || document.activeElement.className")
            )
        assert reached == ["skip", "slice"]


def test_a_browser_without_scripts_shows_the_summary(browser: Browser, week: Path) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(week.as_uri())
        assert "50 interactions judged" in page.inner_text("noscript")
        assert "8 of 20 would be WIN/WIN/WIN if the customer had won" in page.inner_text("noscript")


# Little, or nothing, to show.

EMPTY = {
    "one": ("- {salesperson: won, customer: won}\n", "1 of 1 interaction is WIN/WIN/WIN."),
    "no wins": ("- {salesperson: lost}\n- {customer: lost}\n", "0 of 2 interactions are"),
}


@pytest.mark.parametrize("name", EMPTY)
def test_what_is_not_there_is_said(run: Run, browser: Browser, tmp_path: Path, name: str) -> None:
    records, wins = EMPTY[name]
    with opened(browser, made(records, tmp_path, run)) as seen:
        assert seen.text("#wins").startswith(wins)
        assert seen.text("#trend-said") == "No interaction has a date."
        assert seen.text("#books-said").startswith("Nothing to compare: ")
        assert seen.text("#gaps-said").startswith("No interaction has both times")
        assert seen.text("#no-calls").startswith("None") == (name == "one")
        assert seen.page.locator("#no-levers").is_visible()
        assert not seen.page.locator("#filter").is_visible()
        for chart in ("trend", "books", "gaps"):
            figure = seen.page.locator("figure", has=seen.page.locator(f"#chart-{chart}"))
            assert figure.is_hidden()
        assert seen.findings() == []


def test_what_could_not_be_read_is_said(run: Run, browser: Browser, tmp_path: Path) -> None:
    records = "- {salesperson: won, customer: won}\n- {salesperson: wun}\n"
    with opened(browser, made(records, tmp_path, run, code=2)) as seen:
        said = "Not judged, so in none of the figures: 1 invalid record."
        assert seen.text("#failures") == seen.text("#quality-failures") == said
        assert said in (seen.page.locator("noscript").text_content() or "")


def test_a_run_without_a_valid_record_has_a_page_too(
    run: Run, browser: Browser, tmp_path: Path
) -> None:
    with opened(browser, made("- {salesperson: wun}\n", tmp_path, run, code=2)) as seen:
        assert seen.text("#wins") == "Nothing was judged."
        assert seen.text("#failures").endswith("1 invalid record.")
        assert (
            not seen.page.locator("#cards, #share, #strip, #verdicts")
            .locator("visible=true")
            .count()
        )
        assert seen.findings() == []


HEADLINES = {
    "- {salesperson: won, customer: lost, organization: won}\n": (
        "0 of 1 interaction is WIN/WIN/WIN.",
        "The organization loses in 1 of 1; 1 of them is booked as won.",
        "Biggest lever: 1 of 1 would be WIN/WIN/WIN if the customer had won.",
    ),
    "- {salesperson: won, customer: won}\n- {salesperson: won}\n": (
        "1 of 2 interactions is WIN/WIN/WIN, up to 2 once 1 undetermined is known.",
        "The organization loses in 0 of 2, up to 1 once 1 undetermined is known.",
        "",
    ),
}


@pytest.mark.parametrize("records", HEADLINES)
def test_small_numbers_are_said_in_good_english(
    run: Run, browser: Browser, tmp_path: Path, records: str
) -> None:
    with opened(browser, made(records, tmp_path, run)) as seen:
        assert tuple(map(seen.text, ("#wins", "#losses-said", "#lever"))) == HEADLINES[records]


@pytest.mark.parametrize(("number", "is_drawn"), [(9, False), (10, True)])
def test_below_ten_interactions_agreement_is_no_rate(
    run: Run, browser: Browser, tmp_path: Path, number: int, *, is_drawn: bool
) -> None:
    record = "- {salesperson: won, customer: won, organization: won}\n"
    with opened(browser, made(record * number, tmp_path, run)) as seen:
        assert seen.text("#books-said").startswith(f"They agree on {number} of {number}")
        assert seen.page.locator("#chart-books").is_visible() == is_drawn


def test_the_page_rounds_a_half_as_its_headline_does(
    run: Run, browser: Browser, tmp_path: Path
) -> None:
    won, lost = "- {salesperson: won, customer: won}\n", "- {salesperson: won, customer: lost}\n"
    with opened(browser, made(won * 9 + lost * 31, tmp_path, run)) as seen:
        assert seen.text("#share") == seen.text("[data-verdict=win_win_win] small") == "23%"
        assert "23%" in seen.text("#matrix tbody")


# Text from outside.


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.mark.parametrize(("medium", "width"), [("screen", 1200), ("screen", 390), ("print", 720)])
def test_long_names_leave_room_for_the_reasons(
    run: Run, browser: Browser, tmp_path: Path, medium: Literal["screen", "print"], width: int
) -> None:
    record = {"id": LONG, "employee": LONG, "salesperson": "won", "customer": "lost"}
    path = made(json.dumps([{**record, "organization": "won"}]), tmp_path, run)
    with opened(browser, path, width=width) as seen:
        seen.page.emulate_media(media=medium)
        box = "document.querySelector('#talk-box')"
        wide, shown = seen.page.evaluate(f"[{box}.scrollWidth, {box}.clientWidth]")
        assert 0 < wide <= shown
        assert (seen.page.locator("#talk td").last.bounding_box() or {})["width"] > 150


def test_hostile_text_is_shown_and_never_acts(run: Run, browser: Browser, tmp_path: Path) -> None:
    record = {
        "id": HOSTILE,
        "employee": HOSTILE,
        "channel": HOSTILE,
        "salesperson": "won",
        "customer": "lost",
        "organization": "won",
    }
    path = made(json.dumps([record]), tmp_path, run)
    with opened(browser, path) as seen:
        title = seen.page.title()
        assert seen.cells("#talk")[0][0].startswith("</script><img src=x")
        assert seen.page.locator("img").count() == 0
        assert "</script><img" in seen.cells("#table-group-0")[0][0]
        seen.page.locator("#slice").select_option(index=1)
        assert seen.page.title() == title


def test_what_is_embedded_cannot_end_its_script() -> None:
    value = {"<!--": HOSTILE, "]]>": "\u2029"}
    text = embedded(value)
    assert not re.search(r"[<>&\u2028\u2029]", text)
    assert json.loads(text) == value


class Sources(HTMLParser):
    """Gathers what a page would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}={value}" for name, value in attrs if name in ("src", "href")]


def test_the_page_stands_alone(week: Path) -> None:
    text = week.read_text(encoding="utf-8")
    sources = Sources()
    sources.feed(text)
    assert sources.found == ["a href=#main"]
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy.startswith("default-src &#39;none&#39;; ")
    assert "unsafe-eval" not in policy
    assert "connect-src" not in policy


def test_the_rulebook_and_its_fingerprint_stand_at_the_foot() -> None:
    judge = Judge()
    slices = Slicing(judge.kind, ()).slices
    foot = page(slices, slices.whole, [], basis_of(judge)).partition("<footer>")[2]
    assert "Confusion About Win/Win" in foot
    assert f"fingerprint <code>{fingerprint(judge)}</code>" in foot


# However much there is.


def big() -> str:
    """Return the report on 1,026,000 interactions of every kind, with more of all than it has room for."""
    judge = Judge()
    slicing = Slicing(judge.kind, ("tags.product", *ALWAYS))
    for index, kind in enumerate(every_kind()):
        judgement = judge.kind(kind)
        for turn in range(4):
            place = 4 * index + turn
            about = Described(
                date=date(2025 + place % 2, 1 + place % 12, 1 + place % 28),
                employee=f"employee {place % 900} " + "y" * 200,
                channel=f"channel {place % 50}",
                tags={"product": f"product {place % 700} " + "x" * 200},
            )
            for _ in range(250):
                slicing.add(about, judgement)
    slices = slicing.slices
    assert slices.whole.all.total == 1_026_000
    lost = judge.kind(Facts(salesperson="won", customer="lost", organization="won"))
    calls = []
    for number in range(MOST_CALLS):
        employee = f"employee {number % 900}"
        groups = {"employee": employee}
        notes = "n" * 1000
        calls.append(Call(f"{number} " + "z" * 300, None, employee, None, notes, groups, lost))
    return page(slices, slices.whole, calls, basis_of(judge))


def test_a_million_interactions_stay_under_two_megabytes() -> None:
    assert len(big().encode()) < MOST_BYTES


def test_slices_add_up_to_the_whole() -> None:
    judge = Judge()
    slicing = Slicing(judge.kind, ("employee", "channel"))
    for item in read_all([str(WEEK)]):
        assert not isinstance(item, Unjudged | WinwinwinError)
        slicing.add(item.interaction, judge(item.interaction))
    slices = slicing.slices
    assert slices.whole.all.total == 50
    assert [*slices.parts] == ["employee", "channel"]
    for parts in slices.parts.values():
        kinds = sum(
            (part.all.kinds for part in parts.values()), start=type(slices.whole.all.kinds)()
        )
        assert kinds == slices.whole.all.kinds
        assert slices.whole.gaps is not None
        lengths = [part.gaps.lengths for part in parts.values() if part.gaps is not None]
        assert tuple(map(sum, zip(*lengths, strict=True))) == slices.whole.gaps.lengths


# Without its libraries.


@pytest.mark.parametrize("library", ["altair", "vl_convert", "jinja2"])
def test_a_missing_library_is_told_before_the_run(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    for name in [name for name in sys.modules if name.startswith("winwinwin.report.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    path = tmp_path / "report.html"
    done = run("batch", tmp_path / "nothing.yaml", "-o", path)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"this needs {library}, which is not installed."
        " Install it: pip install 'winwinwin[report]'\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_tally_without_groups_is_enough(browser: Browser, tmp_path: Path) -> None:
    judge = Judge()
    tally = Tally(judge.kind)
    tally.count(Facts("won", "won"), None, 1_000_000)
    path = tmp_path / "report.html"
    slices = Slices((), tally, {}, "")
    path.write_text(page(slices, tally, [], basis_of(judge)), encoding="utf-8")
    with opened(browser, path) as seen:
        assert seen.text("#wins") == (
            "1,000,000 of 1,000,000 interactions are WIN/WIN/WIN (95% interval 100%)."
        )
        assert seen.page.locator(".card h2", has_text="Verdicts by").count() == 0
        assert not seen.page.locator("#filter").is_visible()
        assert seen.text("#trend-said") == "No interaction has a date."

"""Whatever a block has, each painter writes as text: every kind of block, read back."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import opened
from outside import TEXTS, in_markdown, in_svg, on_lines, on_terminal, seen

from winwinwin.errors import Place, Problem, printable
from winwinwin.pages.blocks import Bar, Block, Line, Matrix, Table, Text, Tile, Title, Triple
from winwinwin.renderers import html, markdown, plain, sheet, svg, terminal

if TYPE_CHECKING:
    from playwright.sync_api import Browser

each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
ELEMENTS = "document.querySelectorAll('*').length"


def blocks_of(words: str) -> list[Block]:
    """Return a block of each kind, with these words wherever one has words."""
    text = Text(words)
    return [
        Title(text),
        Line((text, Text(words, "strong"))),
        Line((text,), words),
        Triple(((words, text),) * 3),
        Table((words, ""), ((text, Bar(0.5)), (Text(words, "lost", whole=True), Bar(0.1)))),
        Table(("x", words), ((text, text),), headings=1),
        Table((words, words), ((text, text),), frozenset({1})),
        Matrix((words,), ((words, (Tile(words, words, words, "won"),)),)),
    ]


@each_text
@pytest.mark.parametrize("width", [40, 140])
def test_a_terminal_shows_it(text: str, width: int) -> None:
    for boxed in (False, True):
        shown = terminal.render(blocks_of(text), width, color=True, boxed=boxed, side_by_side=True)
        on_terminal(shown, width)
    assert seen(text) in on_terminal(terminal.render([Title(Text(text))], width, color=True), width)


@each_text
def test_lines_show_it(text: str) -> None:
    assert on_lines(plain.paint(blocks_of(text))).count(seen(text)) >= 15


@each_text
def test_markdown_shows_it(text: str) -> None:
    assert in_markdown(markdown.paint(blocks_of(text))).count(seen(text)) >= 15


@each_text
def test_a_picture_shows_it(text: str) -> None:
    in_svg(svg.picture(blocks_of(text), boxed=True))
    assert seen(text) in in_svg(svg.picture([Title(Text(text))]))


@each_text
def test_a_sheet_shows_it(text: str) -> None:
    rows = [cell.words for row in sheet.paint(blocks_of(text)) for cell in row]
    assert sum(printable(text) in words for words in rows) >= 10


def test_a_page_shows_it(browser: "Browser", tmp_path: Path) -> None:
    usual = tmp_path / "usual.html"
    usual.write_text(html.page("x", blocks_of("x")))
    with opened(browser, usual) as page:
        elements = page.page.evaluate(ELEMENTS)
    for number, text in enumerate(TEXTS.values()):
        file = tmp_path / f"{number}.html"
        file.write_text(html.page(text, blocks_of(text)), encoding="utf-8")
        with opened(browser, file) as page:
            assert page.page.evaluate(ELEMENTS) == elements
            assert page.page.evaluate("document.title").split() == printable(text).split()
            assert seen(text) in seen(page.page.locator("h1").text_content() or "")


@each_text
def test_a_problem_is_a_line(text: str) -> None:
    problem = Problem(text, text, text, text, text, Place(text, 1, 1, text, 1))
    assert "\n" not in problem.line
    on_lines(str(problem))

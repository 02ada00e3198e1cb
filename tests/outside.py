"""Text from outside that tries to be more than text, and how each medium is read back."""

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pyte
from looks import bare
from markdown_it import MarkdownIt
from pydantic_core import from_json

from winwinwin.errors import printable
from winwinwin.rows.records import RUN_AS_FORMULA

TEXTS = {
    "rich markup": "[/x][bold red]b[link=http://127.0.0.1:9/]l[/link]:boom:",
    "colours": "a\x1b[31mred\x1b[2J\x1b[H",
    "a title": "a\x1b]0;PWNED\x07",
    "a link of a terminal": "\x1b]8;;http://127.0.0.1:9/\x1b\\here\x1b]8;;\x1b\\",
    "the clipboard": "\x1b]52;c;aGk=\x07",
    "C1": "a\x9b31m\x9d0;PWNED\x9c\x85b",
    "a carriage return": "good\rbad\x08\x7f",
    "reversed": "a\u202edlrow\u2066b\u2069\u200f",
    "of no width": "a\u200bb\ufeffc\u2060d\u00ade",
    "a script": "<script>document.title='PWNED'</script>",
    "elements": "<img src=http://127.0.0.1:9/ onerror=document.title='PWNED'>\"'&amp;<b>",
    "ends": "</script></title></style></main>-->]]><!--",
    "a template": "{{ 7 * 7 }}{% raw %}${7*7}",
    "an image": "![i](http://127.0.0.1:9/i.png) [l](javascript:alert(1))",
    "markup": "**b** _i_ ~~s~~ `c` $m$ | x \\| y &lt;",
    "a heading": "# h #",
    "a list": "- x",
    "a numbered list": "1. x",
    "a rule": "---",
    "code": "    x",
    "a quotation": "> q",
    "addresses": "http://127.0.0.1:9/ www.example.com a@b.example @octocat #1 GH-1 :tada:",
    "lines": "a\n\n# b\n::error::c\u2028d\r\ne",
    "a formula": "=1+1",
    "a plus": "+1",
    "a minus": "-1+1",
    "an at": "@SUM(1)",
    "a tab": "\t=1",
    "a wide sign": "\uff1d1",
    "no XML": "a\ufffe\uffff\x0b_x0041_",
    "YAML": "a: {b: [c, 'd\"]} # e\u0085*f &g !h",
    "SQL": "a'; DROP TABLE x; --\"/*",
    "NUL": "a\x00b",
    "halves": "a\ud83d \udcffb",
    "emoji": "Kunde \U0001f4a5 \U0001f469\u200d\U0001f4bb",
    "long": "word " * 500 + "x" * 2_000,
}
ARGUMENTS = {**TEXTS, "halves": "a\udcffb", "NUL": ""}
"""What a system can pass on of them."""
WRITABLE = {name: text for name, text in TEXTS.items() if name != "halves"}
"""Those that a file can hold."""
OWN_LOOKS = re.compile(r"0|1|7|38;5;(31|137|166|98|243)")
SVG = {"svg", "style", "defs", "clipPath", "rect", "text", "g", "circle"}
MARKDOWN = {"inline", "heading", "paragraph", "text", "text_special", "softbreak", "strong"}
MARKDOWN |= {"table", "thead", "tbody", "tr", "th", "td"}


class Watching:
    """A terminal that remembers all that it was asked to do."""

    def __init__(self, width: int) -> None:
        self.screen = pyte.HistoryScreen(width, 40, history=100_000)
        self.asked: set[str] = set()

    def __getattr__(self, event: str) -> Any:
        act = getattr(self.screen, event)

        def watched(*given: Any, **named: Any) -> Any:
            self.asked.add(event)
            return act(*given, **named)

        return watched

    @property
    def text(self) -> str:
        lines = [*self.screen.history.top, *self.screen.buffer.values()]
        return "".join("".join(line[at].data for at in sorted(line)) for line in lines)


def on_terminal(sent: str, width: int = 80) -> str:
    """Return what a terminal shows, without blanks; nothing but words and our looks may be sent."""
    sent = re.sub("[\u200c\u200d]", "", sent)  # the emulator draws nothing after a joiner
    bare(sent)
    for codes in re.findall(r"\x1b\[([\d;]*)m", sent):
        assert re.fullmatch(rf"({OWN_LOOKS.pattern})(;({OWN_LOOKS.pattern}))*", codes), codes
    terminal = Watching(width)
    pyte.Stream(terminal).feed(sent.replace("\n", "\r\n"))
    assert terminal.asked <= {"draw", "linefeed", "carriage_return", "select_graphic_rendition"}
    return unspaced(terminal.text)


def on_lines(written: str) -> str:
    """Return what was written for a person, without blanks; each line is text alone."""
    for line in written.split("\n"):
        assert line.replace("\u200d", "").isprintable(), line
    return unspaced(written)


def unspaced(text: str) -> str:
    return re.sub("[\\s\u200b\u200c\u200d]", "", text)


def seen(text: str) -> str:
    """Return a text from outside as a person is shown it, without blanks."""
    return unspaced(printable(text))


def in_markdown(written: str) -> str:
    """Return the words of Markdown; it may hold what we put there, and nothing that acts."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    words = []
    for token in parser.parse(written):
        for each in (token, *(token.children or ())):
            assert re.sub("_(open|close)$", "", each.type) in MARKDOWN, (each.type, each.content)
            words.append(each.content if each.type in ("text", "text_special") else "")
        words.append("\n")
    said = "".join(words)
    assert not re.search(r"://|\bwww\.|[@#]\w|\bGH-\d|:tada:", said)
    return unspaced(said)


def in_svg(written: str) -> str:
    """Return the words of a picture, in which nothing else may be."""
    found = ET.fromstring(written)  # noqa: S314  # our own
    assert {each.tag.removeprefix("{http://www.w3.org/2000/svg}") for each in found.iter()} <= SVG
    assert not any(
        "href" in name or name.startswith("on") for each in found.iter() for name in each.attrib
    )
    return unspaced("".join(found.itertext()).replace("\u00a0", ""))


def in_json(written: str) -> Any:
    """Return what JSON holds, as a strict parser reads it."""

    def refused(constant: str) -> None:
        raise AssertionError(constant)

    from_json(written, allow_inf_nan=False)
    return json.loads(written, parse_constant=refused)


def strings(value: Any) -> Iterator[str]:
    """Return every text in a value of JSON, names included."""
    if isinstance(value, str):
        yield value
    for each in (*value, *value.values()) if isinstance(value, dict) else ():
        yield from strings(each)
    for each in value if isinstance(value, list) else ():
        yield from strings(each)


def in_workbook(path: Path) -> list[str]:
    """Return the texts of a workbook; nothing in it is a formula or a link."""
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    return [cell.value for cell in cells if isinstance(cell.value, str)]


def in_csv(written: str, *, harmless: bool) -> list[list[str]]:
    """Return the rows of CSV; no cell of records is one that a spreadsheet runs."""
    rows = list(csv.reader(io.StringIO(written, newline="")))
    assert len({len(row) for row in rows}) == 1
    if harmless:
        assert not any(cell.startswith(RUN_AS_FORMULA) for row in rows for cell in row)
    return rows


def in_junit(written: str) -> str:
    found = ET.fromstring(written)  # noqa: S314  # our own
    tags = {"testsuites", "testsuite", "testcase", "system-out", "failure", "error"}
    assert {each.tag for each in found.iter()} <= tags
    words = ((each.text or "", *each.attrib.values()) for each in found.iter())
    return unspaced("".join(part for parts in words for part in parts))

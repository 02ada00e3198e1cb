"""Text from outside stays text: every field, name and message through every medium, read back."""

import json
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from browser import opened
from conftest import ROOT, Run
from hypothesis import given
from hypothesis import strategies as st
from outside import (
    ARGUMENTS,
    TEXTS,
    WRITABLE,
    in_csv,
    in_json,
    in_junit,
    in_markdown,
    in_svg,
    in_workbook,
    on_lines,
    on_terminal,
    seen,
    strings,
    unspaced,
)

from winwinwin.mapping.drafting.columns import Column
from winwinwin.mapping.drafting.entries import Entry
from winwinwin.mapping.drafting.guessing import Guesses
from winwinwin.mapping.drafting.writing import written
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_records import read_yaml

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Records: what is valid of it is judged, and all of it is shown.


def records(folder: Path) -> Path:
    """Write a record for each text in each field, beside what no record may hold."""
    lines: list[dict[str, Any]] = []
    for text in TEXTS.values():
        facts = {"salesperson": "won", "customer": "won", "organization": "lost"}
        lines += [facts | {field: text} for field in ("id", "employee", "channel", "notes")]
        lines += [facts | {"tags": {text: "x"}}, facts | {"tags": {"a": text}}]
        lines += [facts | {text: "x"}, facts | {"customer": text}, facts | {"date": text}]
    file = folder / "week.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    return file


@pytest.fixture(scope="module")
def judged(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the records, and what each format has of them."""
    folder = tmp_path_factory.mktemp("outside")
    records(folder)
    names = ["json", "jsonl", "csv", "xlsx", "xml", "md", "html", "svg", "txt"]
    files = [part for name in names for part in ("-o", f"out.{name}")]
    by = [part for text in TEXTS.values() for part in ("--by", f"tags.{text}")]
    by = [part for part in by if "\ud83d" not in part and part != "--by"]
    dimensions = [part for name in ("employee", "channel", *by) for part in ("--by", name)]
    ran = run("batch", "week.jsonl", *files, *dimensions, cwd=folder)
    assert ran.code == 2
    on_lines(ran.err)
    return folder


def test_files_of_records_hold_it_as_text(judged: Path) -> None:
    texts = {name: (judged / f"out.{name}").read_text() for name in ("md", "svg", "txt", "xml")}
    found = [on_lines(texts["txt"]), in_markdown(texts["md"]), in_svg(texts["svg"])]
    for name in ("rich markup", "an image", "a script", "a formula", "elements"):
        assert all(seen(f"By tags.{TEXTS[name]}")[:60] in words for words in found[:2]), name
        assert seen(TEXTS[name]) in in_junit(texts["xml"])
    rows = in_csv((judged / "out.csv").read_text(), harmless=True)
    objects = in_json((judged / "out.json").read_text())
    lines = (judged / "out.jsonl").read_text().removesuffix("\n").split("\n")
    assert list(map(in_json, lines)) == objects
    assert len(rows) == 1 + len(objects) == 1 + 9 * len(TEXTS)
    assert {TEXTS["a script"], TEXTS["a formula"], TEXTS["emoji"]} <= set(strings(objects))
    assert {TEXTS["a script"], TEXTS["a formula"]} <= set(in_workbook(judged / "out.xlsx"))


def test_the_report_shows_it(browser: "Browser", judged: Path) -> None:
    with opened(browser, judged / "out.html") as page:
        assert page.page.locator("script").count() == 3
        assert not page.page.locator("main img, main a[href^=http], main iframe").count()
        assert page.page.evaluate("document.title").startswith("Win/win report")
        said = unspaced(page.page.locator("main").text_content() or "")
        assert seen(f"Verdicts by tags.{TEXTS['a script']}") in said


COMMANDS = (
    ("batch", "week.jsonl", "--by", "employee", "--by", "tags.[/x]"),
    ("list", "week.jsonl"),
    ("compare", "week.jsonl", "week.jsonl", "--by", "employee"),
    ("explain", "week.jsonl", TEXTS["rich markup"]),
    ("evidence", "week.jsonl", "--cluster", "tags.[/x]", "--customer", "employee"),
    ("evidence", "week.jsonl", "--list", "mutual-win"),
    ("map", "week.jsonl"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("width", [60, 200])
def test_a_command_at_a_terminal_shows_it(
    run: Run, judged: Path, command: tuple[str, ...], width: int
) -> None:
    ran = run(*command, terminal=True, width=width, cwd=judged)
    assert ran.code in (0, 2), ran.err  # 2: a text that no record is called
    on_terminal(ran.out, width)
    on_terminal(ran.err, width)


@pytest.mark.parametrize("its_format", ["json", "jsonl", "csv", "junit", "github", "markdown"])
def test_a_machine_format_at_a_terminal_is_text(run: Run, judged: Path, its_format: str) -> None:
    command = ("batch", "week.jsonl", "--format", its_format, "--quiet")
    shown, piped = (run(*command, terminal=screen, cwd=judged).out for screen in (True, False))
    on_terminal(shown.replace("\t", ""), 200)
    if its_format == "json":
        assert in_json(shown) == in_json(piped)
    if its_format == "github":
        assert all(line.startswith("::") for line in piped.splitlines())


# Names and words of a command line, of files and of settings.

MESSAGES = (
    ("score", "-s", "{}"),
    ("score", "--order", "{}", "--id", "{}"),
    ("batch", "{}"),
    ("batch", "examples/week.yaml", "--by", "{}"),
    ("batch", "examples/week.yaml", "--map", "{}"),
    ("batch", "examples/week.yaml", "--fail-on", "{}"),
    ("batch", "examples/week.yaml", "-o", "nowhere/{}"),
    ("batch", "examples/survey.csv", "--by", "{}", "--sheet", "{}"),
    ("batch", "examples/survey.csv", "--delimiter", "{}"),
    ("batch", "--connect", "duckdb://:memory:", "--table", "{}"),
    ("list", "examples/week.yaml", "--only", "{}"),
    ("explain", "examples/week.yaml", "{}"),
    ("rules", "show", "{}"),
    ("rules", "table", "--sql", "{}"),
    ("help", "{}"),
    ("{}",),
    ("batch", "--{}"),
    ("batch", "--format", "{}"),
    ("schema", "{}"),
)


@pytest.mark.parametrize("text", ARGUMENTS.values(), ids=ARGUMENTS)
def test_a_message_shows_it(run: Run, text: str) -> None:
    for message in MESSAGES:
        ran = run(*(part.format(text) for part in message), terminal=True)
        assert ran.code in (0, 2), message
        on_terminal(ran.out)
        on_terminal(ran.err)


# Tables: a column's name and its values, in every format.

FORMATS = ["json", "jsonl", "csv", "tsv", "parquet", "xlsx", "xml", "md", "html", "svg", "txt"]


@pytest.mark.parametrize(
    "name", sorted(WRITABLE.keys() - {"NUL"})
)  # of which no engine makes a column
def test_a_column_of_a_table_is_text(run: Run, tmp_path: Path, name: str) -> None:
    text = WRITABLE[name]
    columns = {"id": ["a", "b"], "salesperson": ["won"] * 2, "customer": ["won"] * 2}
    pq.write_table(pa.table(columns | {text: [text, "x"]}), tmp_path / "t.parquet")
    files = [part for each in FORMATS for part in ("-o", f"o.{each}")]
    ran = run("batch", "t.parquet", "--by", text, *files, cwd=tmp_path)
    assert ran.code == 0, ran.err
    on_lines(ran.err)
    written = {each: (tmp_path / f"o.{each}") for each in FORMATS}
    in_junit(written["xml"].read_text())
    in_svg(written["svg"].read_text())
    assert in_json(written["json"].read_text())[0][text] == text
    with written["csv"].open(newline="", encoding="utf-8") as file:
        head, first, _ = in_csv(file.read(), harmless=False)
    assert text in head
    assert text in first
    assert seen(f"By {text}".rstrip()) in in_markdown(written["md"].read_text())
    assert seen(f"By {text}".rstrip()) in on_lines(written["txt"].read_text())
    in_workbook(written["xlsx"])


@pytest.mark.parametrize("its_format", ["text", "csv", "tsv", "json", "jsonl", "markdown"])
def test_a_table_at_a_terminal_is_text(run: Run, tmp_path: Path, its_format: str) -> None:
    columns = {"id": ["a"], "salesperson": ["won"], "customer": ["wun\x9b"]}
    for text in WRITABLE.values():
        columns[text.replace("\0", "")] = [text]
    pq.write_table(pa.table(columns), tmp_path / "t.parquet")
    ran = run("batch", "t.parquet", "--format", its_format, terminal=True, cwd=tmp_path)
    on_terminal(ran.out.replace("\t", ""))
    on_terminal(ran.err)
    if its_format == "json":
        assert in_json(ran.out)[0][TEXTS["C1"]] == TEXTS["C1"]


# Mappings, rulebooks and the names of files.


@given(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1),
)
def test_a_draft_is_read_back_as_it_was_meant(name: str, values: list[str]) -> None:
    column = Column(name, values, len(values), len(values), question=name)
    cases = {"won": [{name: values}], "lost": [{name: [""]}]}
    entries = {
        "id": Entry("id", (column,)),
        "customer": Entry("customer", (column,), {"won": values, "lost": []}),
        "salesperson": Entry("salesperson", (column,), conditions=cases),
    }
    [draft] = read_yaml(
        Tape(BytesIO(written(Guesses(None, entries, {}, {}, [column]), name).encode()), name)
    )
    assert draft.value["id"] == draft.value["customer"]["column"] == name
    assert draft.value["customer"]["won"] == values
    [case] = draft.value["salesperson"]["won"]["when"]
    assert case == {name: values if len(values) > 1 else values[0]}


@pytest.mark.parametrize("text", ARGUMENTS.values(), ids=ARGUMENTS)
def test_the_rulebook_of_a_house_is_text(run: Run, tmp_path: Path, text: str) -> None:
    rulebook = yaml.safe_load((ROOT / "winwinwin/kernel/rulebook.yaml").read_text())
    rulebook["title"] = rulebook["source"] = text
    rulebook["rules"][0] |= {"title": text, "says": text, "why": text}
    house = tmp_path / "house.yaml"
    house.write_text(json.dumps(rulebook))
    for command in (("list",), ("show", "disgruntled-salesperson"), ("check",), ("diff",)):
        ran = run("rules", *command, "--rulebook", house, terminal=True)
        on_terminal(ran.out)
        on_terminal(ran.err)
    pages = ("score", "won", "lost", "--no-feels-good", "--rulebook", house)
    ran = run(*pages, "--format", "markdown")
    in_markdown(ran.out)
    on_lines(ran.err)
    if ran.code == 0:
        in_svg(run(*pages, "--format", "svg").out)


@pytest.mark.parametrize("text", ARGUMENTS.values(), ids=ARGUMENTS)
def test_the_name_of_a_file_is_text(run: Run, tmp_path: Path, text: str) -> None:
    file = tmp_path / f"a{text[:60].replace('/', '')}.yaml"
    file.write_text("- {id: a, salesperson: won, customer: wun}\n- {salesperson: won}\n")
    for its_format in ("text", "json", "junit", "github", "markdown", "csv"):
        ran = run("batch", file, "--format", its_format, terminal=True)
        on_terminal(ran.out.replace("\t", ""))
        on_terminal(ran.err)
    listed = in_json(run("list", file, "--format", "json").out)
    assert len(listed) == 2
    compared = run("compare", file, file, "--format", "json")
    in_json(compared.out)
    on_lines(compared.err)

"""`rules export`: the workbook judges every kind as the judge does, and `batch` reads it back alike."""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from conftest import Run
from office import recalculated
from python_calamine import CalamineWorkbook
from rulebooks import seeded_rulebooks

from winwinwin.analysis.table import decision_table
from winwinwin.errors import printable
from winwinwin.evaluation import Judge
from winwinwin.facts import DOMAINS, Facts, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.pages.words import if_had, questions, value_words, verdict_sentence
from winwinwin.rows.fillable import fillable
from winwinwin.rows.looking_up import SPELT
from winwinwin.rows.records import verdict_columns

ID, EMPLOYEE, SELLER, ORDER, REMARKS = 1, 3, 5, 11, 12
"""Columns to fill in, as openpyxl counts."""
SAID = slice(12, 17)
BOOKS: list[Rulebook] = [builtin(), *seeded_rulebooks(2)]
PLAIN = ["--no-assumptions"]
NAMES = {
    f"{number}{''.join(mode)}.xlsx": (number, mode)
    for number in range(len(BOOKS))
    for mode in ([], PLAIN)
}
each_book = pytest.mark.parametrize("name", NAMES)
pytestmark = pytest.mark.xdist_group("office")  # LibreOffice starts once
ODD: dict[str, dict[int, Any]] = {
    "in capitals": {SELLER: "WON "},
    "a wildcard": {SELLER: "*"},
    "another word": {SELLER: "perhaps"},
    "only the remarks": {ID: None, REMARKS: "late"},
    "an order without winners": {ORDER: value_words("customer_first")},
    "an order of another kind": {ORDER: "backwards"},
    "an order beside quotes": {SELLER: "“won”", SELLER + 1: "won", ORDER: "customer first"},
}
"""What can be pasted where a list would not take it, or typed where nothing is chosen."""
PEOPLE = ["=1+1", "A*", "Ana", "A?a", "<b>", "Ana", "ana", "~", "Employee", "Ana "]
BASE = Facts("won", "won", "won")
WORDS = [
    (fact, written, BASE._replace(**{fact: value}))
    for spelt in SPELT
    for fact in spelt.facts
    for word, value in spelt.words.items()
    for written in (word, word.upper(), f"\u00a0{word.title()} ", f"{word}\ufe0f\n")
]
"""Every word that `batch` reads, as people and their programs write it, with the kind that it makes."""


@cache
def judge_of(name: str) -> Judge:
    number, mode = NAMES[name]
    return Judge(BOOKS[number], assumptions=not mode)


def export(path: Path, judge: Judge, rows: int) -> Path:
    path.write_bytes(fillable(decision_table(judge), judge.rulebook, judge.stamp, rows))
    return path


def fill(path: Path, rows: Sequence[dict[int, Any]]) -> Path:
    """Type entries into a workbook, each by column, as its cells take them: as text."""
    book = openpyxl.load_workbook(path)
    for number, row in enumerate(rows, 2):
        for column, value in row.items():
            cell = book["interactions"].cell(number, column, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(path)
    return path


def column(fact: str) -> int:
    return SELLER + Facts._fields.index(fact)


def entry(number: int, kind: Facts) -> dict[int, Any]:
    chosen = {c: value_words(value) for c, value in enumerate(kind, SELLER) if value is not None}
    return {ID: f"{number}"} | chosen


@cache
def values(path: Path, sheet: str = "interactions") -> list[list[Any]]:
    """Return what a sheet shows; '' where that is nothing."""
    return list(CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python())


def said(judgement: Judgement, rulebook: Rulebook) -> list[str]:
    """Return what a row of the sheet has to say."""
    rule = judgement.rule
    why = rulebook.rule(rule).says if rule else verdict_sentence(judgement)
    texts = (rule, printable(why), questions(judgement.needs), if_had(judgement.remedies))
    label = judgement.verdict.replace("_", "/" if judgement.verdict == "win_win_win" else " ")
    return [label, *(text or "" for text in texts)]


@pytest.fixture(scope="module")
def reckoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder: every kind by each rulebook in each mode, and what is odd, filled in and reckoned."""
    folder = tmp_path_factory.mktemp("fillable")
    kinds = [entry(*each) for each in enumerate(every_kind())]
    files = [fill(export(folder / name, judge_of(name), 1030), kinds) for name in NAMES]
    odd = [{ID: name} | row for name, row in ODD.items()]
    files.append(fill(export(folder / "odd.xlsx", Judge(), 9), odd))
    people = [{EMPLOYEE: name, SELLER: "lost", SELLER + 1: "won"} for name in PEOPLE]
    files.append(fill(export(folder / "people.xlsx", Judge(), 12), people))
    pasted = [entry(n, BASE) | {column(fact): word} for n, (fact, word, _) in enumerate(WORDS)]
    files.append(fill(export(folder / "words.xlsx", Judge(), len(WORDS)), pasted))
    return recalculated(files, folder)


@each_book
def test_the_sheet_says_of_every_kind_what_the_judge_says(reckoned: Path, name: str) -> None:
    judge = judge_of(name)
    _, *rows = values(reckoned / name)
    wanted = [said(judge.kind(kind), judge.rulebook) for kind in every_kind()]
    assert [row[SAID] for row in rows[: len(wanted)]] == wanted
    assert not any(map(any, rows[len(wanted) :]))  # an empty row shows nothing


@each_book
def test_batch_reads_it_back_and_judges_alike(
    run: Run, reckoned: Path, tmp_path: Path, name: str
) -> None:
    number, mode = NAMES[name]
    book = tmp_path / "book.json"
    book.write_text(json.dumps(BOOKS[number].model_dump(mode="json")))  # escapes what is no text
    words = ["batch", reckoned / name, "--rulebook", book, *mode, "--format", "csv", "--quiet"]
    done = run(*map(str, words))
    assert (done.code, done.err) == (0, "")
    judge = judge_of(name)
    for kind, row in zip(every_kind(), csv.DictReader(io.StringIO(done.out)), strict=True):
        assert verdict_columns(judge.kind(kind)).items() <= row.items()


@each_book
def test_the_summary_counts_the_verdicts(reckoned: Path, name: str) -> None:
    counted = {row[0]: row[1:3] for row in values(reckoned / name, "summary")[3:10]}
    verdicts = Counter(judge_of(name).kind(kind).verdict.replace("_", " ") for kind in every_kind())
    assert counted.pop("judged") == [1026, ""]
    assert counted.pop("invalid") == [0, ""]
    for label, (number, share) in counted.items():
        assert number == verdicts[label.replace("/", " ")]
        assert share == pytest.approx(number / 1026)


def test_what_no_list_has_is_invalid_to_the_sheet_and_to_batch(run: Run, reckoned: Path) -> None:
    _, *rows = values(reckoned / "odd.xlsx")
    verdicts = dict(zip(ODD, (row[12] for row in rows), strict=False))
    invalid = dict.fromkeys([*ODD][1:], "invalid")
    assert verdicts == invalid | {
        "in capitals": "undetermined",
        "only the remarks": "undetermined",
    }
    done = run("batch", str(reckoned / "odd.xlsx"), "--format", "csv", "--quiet")
    assert done.code == 2
    judged = [row["verdict"] for row in csv.DictReader(io.StringIO(done.out))]
    assert judged == list((verdicts | {"an order beside quotes": "out_of_order"}).values())


def test_the_sheet_reads_every_word_that_batch_reads(run: Run, reckoned: Path) -> None:
    _, *rows = values(reckoned / "words.xlsx")
    judged = [Judge().kind(kind) for _, _, kind in WORDS]
    assert [row[SAID] for row in rows] == [said(each, builtin()) for each in judged]
    done = run("batch", str(reckoned / "words.xlsx"), "--format", "csv", "--quiet")
    assert done.code == 0
    for each, row in zip(judged, csv.DictReader(io.StringIO(done.out)), strict=True):
        assert verdict_columns(each).items() <= row.items()


def test_employees_are_counted_apart_whatever_they_are_called(reckoned: Path) -> None:
    counted = [row[:5] for row in values(reckoned / "people.xlsx", "summary")[12:] if row[0]]
    each = Counter(PEOPLE)
    assert counted == [[name, number, 0, 0, number] for name, number in each.items()]


def test_a_file_judged_by_another_rulebook_is_told(run: Run, reckoned: Path) -> None:
    path = reckoned / "people.xlsx"
    done = run("batch", str(path), *PLAIN, "--quiet")
    by = [
        f"Confusion About Win/Win ({print_})" for print_ in ("bc191029b6a3e682", "fbc5cf0e2cabdbd7")
    ]
    assert done.code == 0
    assert done.err == (
        f"{path}: its rows were judged by {by[0]} in the sheet, here by {by[1]}. To judge them "
        "alike, give its file and its assumptions: --rulebook FILE, --no-assumptions.\n"
    )
    assert run("batch", str(path), "--sheet", "interactions", *PLAIN, "--quiet").err == done.err
    assert run("batch", str(path), "--quiet").err == ""


def test_entries_that_no_spreadsheet_reckoned_are_refused(run: Run, tmp_path: Path) -> None:
    path = fill(export(tmp_path / "a.xlsx", Judge(), 9), [{}, entry(1, Facts("won", "won"))])
    refused = (
        f"{path}: 1 row filled in without a result beside the answers, from row 3 on. Open it "
        "in a spreadsheet, which works the formulas out, and save it there. Where a row still has no "
        "verdict, copy the formulas of another row to it first.\n"
    )
    assert run("batch", str(path)) == (2, "", refused)


def test_one_that_nobody_filled_in_has_no_rows(run: Run, tmp_path: Path) -> None:
    path = export(tmp_path / "a.xlsx", Judge(), 9)
    said_of = f"{path}: has no rows. There is nothing to judge.\n"
    assert run("batch", str(path)) == (2, "", said_of)


def test_each_fact_has_its_list_and_text_stays_text(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(export(tmp_path / "a.xlsx", Judge(), 9))["interactions"]
    lists = {
        str(each.sqref).partition(":")[0]: each.formula1.strip('"').split(",")
        for each in sheet.data_validations.dataValidation
        if each.type == "list"
    }
    words = [list(map(value_words, domain)) for domain in DOMAINS.values()]
    assert lists == dict(zip(("E2", "F2", "G2", "H2", "I2", "J2", "K2"), words, strict=True))
    formats = {letter: sheet.column_dimensions[letter].number_format for letter in "ABCEL"}
    assert formats == dict.fromkeys("ACEL", "@") | {"B": "yyyy-mm-dd"}


@pytest.mark.parametrize("assumes", [True, False])
def test_the_rulebook_sheet_says_what_is_assumed(assumes: bool, tmp_path: Path) -> None:
    path = export(tmp_path / "a.xlsx", Judge(assumptions=assumes), 1)
    said_there = {row[0] for row in values(path, "rulebook")}
    assert ("Assumed if not recorded" in said_there) is assumes
    assert ("Nothing is assumed" in said_there) is not assumes


def test_each_sheet_that_is_read_is_printed_on_the_width_of_a_page(tmp_path: Path) -> None:
    sheets = openpyxl.load_workbook(export(tmp_path / "a.xlsx", Judge(), 9)).worksheets
    printed = {
        sheet.title: (sheet.page_setup.orientation, sheet.page_setup.fitToHeight)
        for sheet in sheets
        if sheet.sheet_state == "visible" and sheet.sheet_properties.pageSetUpPr.fitToPage
    }
    assert printed == dict.fromkeys(("interactions", "summary", "rulebook"), ("landscape", 0))


def test_no_text_of_a_rulebook_becomes_a_formula_and_there_is_no_macro(tmp_path: Path) -> None:
    rule = BOOKS[0].rules[0].model_copy(update={"says": '=HYPERLINK("http://a.example")'})
    title = "@SUM(A1)\x1b" + 40_000 * "x"
    book = BOOKS[0].model_copy(update={"title": title, "rules": [rule]})
    path = export(tmp_path / "a.xlsx", Judge(book), 2)
    with zipfile.ZipFile(path) as parts:
        content = {name: parts.read(name) for name in parts.namelist()}
    assert not any("vba" in name for name in content)
    formulas = [
        part.split(b"</f>")[0] for text in content.values() for part in text.split(b"<f>")[1:]
    ]
    assert formulas
    assert not any(b"HYPERLINK" in each or b"@SUM" in each for each in formulas)
    assert b"<hyperlink" not in b"".join(content.values())


def test_the_command_says_what_comes_next_and_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    words = ["rules", "export", "house.xlsx", "-n", "3", *PLAIN]
    following = "fill it in, then winwinwin batch house.xlsx --no-assumptions"
    assert run(*words, cwd=tmp_path) == (0, "", f"Wrote house.xlsx. Next: {following}\n")
    before = (tmp_path / "house.xlsx").read_bytes()
    assert openpyxl.load_workbook(io.BytesIO(before))["interactions"].max_row == 1 + 3
    refused = "house.xlsx: already exists. Choose another name.\n"
    assert run(*words, cwd=tmp_path) == (2, "", refused)
    assert (tmp_path / "house.xlsx").read_bytes() == before
    wrong = "house.csv: '.csv' is not the suffix of a format here. (.xlsx)\n"
    assert run("rules", "export", "house.csv", cwd=tmp_path) == (2, "", wrong)
    again = export(tmp_path / "again.xlsx", Judge(assumptions=False), 3)
    assert again.read_bytes() == before

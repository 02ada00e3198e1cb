"""Workbooks: which sheet, which rows of it, and what is said about the others."""

import gzip
import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from openpyxl import Workbook

HERE = Path(__file__).parent
HEADER = ["id", "salesperson", "customer"]
WEEK = [HEADER, ["A", "won", "won"], ["B", "won", "lost"]]


def saved(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


@pytest.fixture
def judged(run: Run) -> Any:
    """Return the verdicts by id, and what is said of the file."""

    def of(path: Path, *options: object, code: int = 0) -> tuple[dict[str, str], str]:
        done = run("batch", path, "--format", "jsonl", "-q", *options)
        assert done.code == code, done.err
        rows = [json.loads(line) for line in done.out.splitlines()]
        return {row["id"]: row["triple"] for row in rows}, done.err.replace(f"{path.parent}/", "")

    return of


TWO = {"A": "WIN/WIN/WIN", "B": "WIN/LOSE/LOSE"}


@pytest.mark.parametrize("name", ["two.xls", "two.ods"])
def test_workbooks_of_other_formats_are_read_by_suffix_and_from_a_pipe(
    name: str, judged: Any, tmp_path: Path
) -> None:
    assert judged(HERE / name) == (TWO, "")
    other = tmp_path / "a.xlsm"  # the reader finds out by itself which it is
    other.write_bytes((HERE / name).read_bytes())
    assert judged(other) == (TWO, "")


def test_a_compressed_workbook_is_read(judged: Any, tmp_path: Path) -> None:
    packed = tmp_path / "two.xls.gz"
    packed.write_bytes(gzip.compress((HERE / "two.xls").read_bytes()))
    assert judged(packed) == (TWO, "")


def test_the_sheet_that_holds_the_table_is_read_and_the_others_are_named(
    judged: Any, tmp_path: Path
) -> None:
    about = [["About this export"], ["made by", "X"]]
    summary = [["customer", "n"], ["won", 3]]
    path = saved(tmp_path / "w.xlsx", About=about, Summary=summary, Data=WEEK, Empty=[])
    said = "w.xlsx: sheet 'Data' is read, not 'About', 'Summary': --sheet NAME reads another\n"
    assert judged(path) == (TWO, said)
    assert judged(path, "--sheet", "data") == (TWO, "")


def test_the_first_of_like_sheets_is_read(judged: Any, tmp_path: Path) -> None:
    more = [HEADER, *([f"C{n}", "won", "won"] for n in range(50))]
    path = saved(tmp_path / "w.xlsx", January=WEEK, February=more, Lists=[[n] for n in range(99)])
    found, said = judged(path)
    assert found == TWO
    assert "'January' is read, not 'February', 'Lists'" in said


def test_a_summary_before_a_much_larger_table_is_passed_over(run: Run, tmp_path: Path) -> None:
    calls = [["Case", "Agent", "Mood"], *([n, "Linh", "good"] for n in range(9))]
    path = saved(tmp_path / "w.xlsx", Pivot=[["Mood", "Count"], ["good", 9]], Calls=calls)
    done = run("map", path)
    assert "sheet 'Calls' is read, not 'Pivot'" in done.err
    assert "Agent" in done.out


def test_a_hidden_sheet_is_only_read_where_it_is_named(judged: Any, tmp_path: Path) -> None:
    book = Workbook()
    for row in WEEK:
        book.active.append(row)
    hidden = book.create_sheet("Raw")
    hidden.append(HEADER)
    hidden.append(["R", "won", "won"])
    hidden.sheet_state = "veryHidden"
    book.save(tmp_path / "w.xlsx")
    assert judged(tmp_path / "w.xlsx") == (TWO, "w.xlsx: hidden sheet 'Raw' is not read\n")
    assert judged(tmp_path / "w.xlsx", "--sheet", "Raw") == ({"R": "WIN/WIN/WIN"}, "")


def test_a_workbook_whose_only_table_is_hidden_says_so(judged: Any, tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Raw").append(["id"])
    book["Raw"].sheet_state = "hidden"
    book.save(tmp_path / "w.xlsx")
    _, said = judged(tmp_path / "w.xlsx", code=2)
    assert said == (
        "w.xlsx: holds no table. Its hidden sheet 'Raw' holds something: name it with --sheet.\n"
    )


def test_hidden_rows_are_read_and_counted(judged: Any, tmp_path: Path) -> None:
    book = Workbook()
    for row in [["Report"], [], *WEEK, [], ["C", "won", "won"]]:
        book.active.append(row)
    for number in (1, 5, 6, 7):  # a title and an empty row are no data
        book.active.row_dimensions[number].hidden = True
    book.create_sheet("Other").row_dimensions[1].hidden = True
    book.save(tmp_path / "w.xlsx")
    found, said = judged(tmp_path / "w.xlsx")
    assert found == TWO | {"C": "WIN/WIN/WIN"}
    assert said.splitlines() == [
        "w.xlsx: row 3 names the columns; 1 row of titles above passed over",
        "w.xlsx: 1 empty row passed over",
        "w.xlsx: 2 hidden rows are read too",
    ]


TITLES = {
    "a lone cell": [["Weekly report"], []],
    "several, without a gap": [["Weekly report"], ["by Linh"]],
    "further down": [[], [], ["Weekly report"]],
}


@pytest.mark.parametrize("above", TITLES.values(), ids=TITLES)
def test_titles_above_the_header_are_passed_over(
    above: list[list[str]], judged: Any, tmp_path: Path
) -> None:
    path = saved(tmp_path / "w.xlsx", S=[*above, *WEEK])
    found, said = judged(path)
    assert found == TWO
    assert f"row {len(above) + 1} names the columns" in said


def test_pairs_above_a_wide_header_are_titles_where_a_gap_follows(
    judged: Any, tmp_path: Path
) -> None:
    wide = [[*row, "x"] for row in WEEK]
    wide[0][-1] = "team"
    path = saved(tmp_path / "w.xlsx", S=[["From", "1 May"], ["To", "7 May"], [], *wide])
    assert judged(path) == (
        TWO,
        "w.xlsx: row 4 names the columns; 2 rows of titles above passed over\n",
    )


def test_a_header_of_one_name_stays_a_header(run: Run, tmp_path: Path) -> None:
    path = saved(tmp_path / "w.xlsx", S=[["salesperson"], ["won"], ["lost"]])
    done = run("batch", path, "-q")
    assert done.err == ""
    assert [line.split()[2] for line in done.out.splitlines()] == ["WIN/?/?", "LOSE/?/?"]


def test_where_the_header_is_in_doubt_the_option_is_named(judged: Any, tmp_path: Path) -> None:
    rows = [["Report"], ["id", 2026, "customer"], ["A", "won", "won"]]
    path = saved(tmp_path / "w.xlsx", S=rows)
    _, said = judged(path, code=2)
    assert "w.xlsx: row 1 names 1 column of 3; if another row does, say --header-row N\n" in said


def test_the_rows_that_the_layout_names_are_obeyed(judged: Any, tmp_path: Path) -> None:
    asked = ["Which?", "How did it go?", "And for you?"]
    rows = [["x", "y", "z"], HEADER, asked, *WEEK[1:], ["Total", "2", ""], ["made by X"]]
    path = saved(tmp_path / "w.xlsx", Cover=[["hello"]], S=rows)
    options = ("--header-row", "2", "--skip-rows", "1", "--skip-footer", "2")
    found, said = judged(path, *options)
    assert found == TWO
    assert "1 row below the header passed over" in said
    assert "2 footer rows passed over, from 'Total' on\n" in said


def test_a_row_that_is_not_there_can_be_no_header(judged: Any, tmp_path: Path) -> None:
    path = saved(tmp_path / "w.xlsx", S=WEEK)
    _, said = judged(path, "--header-row", "9", code=2)
    assert said == "w.xlsx: --header-row: row 9 is empty. The filled rows are 1 to 3.\n"


def test_a_sheet_that_is_not_there_names_those_that_are(judged: Any, tmp_path: Path) -> None:
    path = saved(tmp_path / "w.xlsx", Calls=WEEK, Notes=[["x"]])
    _, said = judged(path, "--sheet", "Cals", code=2)
    assert (
        said == "w.xlsx: --sheet: there is no sheet 'Cals'. Did you mean 'Calls'? (Calls, Notes)\n"
    )


def test_a_footer_of_lone_cells_is_passed_over(judged: Any, tmp_path: Path) -> None:
    path = saved(tmp_path / "w.xlsx", S=[*WEEK, [], ["Confidential"], [], ["Copyright 2026"]])
    assert judged(path) == (
        TWO,
        "w.xlsx: 2 footer rows passed over, from 'Confidential' on; if they are data, say --skip-footer 0\n",
    )
    found, _ = judged(path, "--skip-footer", "0")
    assert [*found] == ["A", "B", "Confidential", "Copyright 2026"]


def test_a_last_row_without_a_gap_is_data(judged: Any, tmp_path: Path) -> None:
    path = saved(tmp_path / "w.xlsx", S=[*WEEK, ["C"]])
    assert judged(path) == (TWO | {"C": "?/?/?"}, "")


def test_headers_without_a_name_get_one(run: Run, tmp_path: Path) -> None:
    rows = [[" id ", "salesperson", "customer ", None, "Note", "note"], ["A", "won", "won"]]
    path = saved(tmp_path / "w.xlsx", S=rows)
    done = run("batch", path, "--format", "csv", "-q")
    assert done.out.startswith("id,salesperson,customer,column 4,Note,note 2,verdict,")
    assert "column without a name: read as 'column 4'" in done.err
    assert "column with a name used before: read as 'note 2'" in done.err


def test_cells_are_read_as_a_person_sees_them(run: Run, tmp_path: Path) -> None:
    cells = ["A", "won", 0.1 + 0.2, 12.0, True, datetime(2026, 5, 1), datetime(2026, 5, 1, 9, 5)]  # noqa: DTZ001  # a cell has no zone
    header = ["id", "salesperson", "a", "b", "c", "d", "e"]
    path = saved(tmp_path / "w.xlsx", S=[header, cells])
    done = run("batch", path, "--format", "csv", "-q")
    assert done.out.splitlines()[1].startswith("A,won,0.3,12,true,2026-05-01,2026-05-01T09:05:00,")


def test_a_pipe_is_named_in_what_is_said_of_it(run_piped: Any, tmp_path: Path) -> None:
    path = saved(tmp_path / "w.xlsx", S=[["Report"], *WEEK])
    done = run_piped(path, "--input-format", "xlsx")
    assert done.stderr.decode().startswith("standard input: row 2 names the columns;")
    piped = run_piped(HERE / "two.xls")
    assert b"Judge it: winwinwin batch - --input-format xlsx" in piped.stderr
    assert run_piped(HERE / "two.ods", "--input-format", "xlsx").returncode == 0


@pytest.fixture
def run_piped() -> Any:
    import subprocess
    import sys

    def piped(path: Path, *options: str) -> Any:
        command = [sys.executable, "-m", "winwinwin", "batch", "-", "-q", *options]
        with path.open("rb") as stream:
            return subprocess.run(command, stdin=stream, capture_output=True, check=False)

    return piped


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"\xef\xbb\xbf<html><table>", "It is a web page or XML called so"),
        (b"id\tsalesperson\nA\twon\n", "try --input-format csv (or tsv)"),
        (b"\0\1\2", "Save it as .xlsx, or export it as CSV."),
    ],
)
def test_what_is_only_called_a_workbook_is_told_apart(
    content: bytes, advice: str, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "w.xls").write_bytes(content)
    done = run("batch", tmp_path / "w.xls")
    assert done.code == 2
    assert "cannot be read as Excel" in done.err
    assert advice in done.err


def test_a_workbook_that_its_reader_gives_up_on_is_damaged(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    panic = type("PanicException", (BaseException,), {})

    class Book:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise panic

    monkeypatch.setattr("python_calamine.CalamineWorkbook", Book)
    done = run("batch", HERE / "two.xls")
    assert done.code == 2
    assert "two.xls: cannot be read as Excel: it is damaged. Save it as .xlsx" in done.err


def test_a_protected_workbook_says_so(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from python_calamine import PasswordError

    class Book:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise PasswordError

    monkeypatch.setattr("python_calamine.CalamineWorkbook", Book)
    done = run("batch", HERE / "two.xls")
    assert "two.xls: is protected by a password. Save it without one.\n" in done.err

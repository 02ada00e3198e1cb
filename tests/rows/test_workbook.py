"""Workbooks of Excel: every value as it was, nothing that runs, and whole or not at all."""

import csv
import errno
import io
import os
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from winwinwin.errors import WinwinwinError
from winwinwin.renderers.sheet import INKS
from winwinwin.rows import workbook
from winwinwin.rows.workbook import CUT, MOST_CHARACTERS, Workbook

RUNS = ("=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://a.example", "mailto:a@b.example", "007")


def written(rows: Sequence[Sequence[Any]], columns: Sequence[str] = ("verdict", "b")) -> Any:
    """Write rows, and return the workbook as openpyxl reads it, and its bytes."""
    file = io.BytesIO()
    book = Workbook(columns, file, "verdict")
    for row in rows:
        book.add(row)
    book.sum_up([])
    book.close()
    return openpyxl.load_workbook(file), file.getvalue()


def values(book: Any) -> list[Any]:
    return [row[1] for row in book["interactions"].iter_rows(min_row=2, values_only=True)]


@pytest.mark.parametrize("text", RUNS)
def test_no_text_runs_or_becomes_something_else(text: str) -> None:
    book, content = written([["won", text]], ("verdict", text))
    assert values(book) == [text]
    assert book["interactions"]["B2"].data_type == "s"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            part = parts.read(name)
            assert b"<f>" not in part
            assert b"hyperlink" not in part


@given(st.text(st.characters(), max_size=20))
def test_any_text_comes_back_as_it_was_from_two_readers(text: str) -> None:
    book, content = written([["won", f"a{text}b"]])
    seen = "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in f"a{text}b")
    [found] = values(book)
    by_calamine = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    other = by_calamine.to_python()[1][1]
    for each in (found, other):
        assert plain(each) == plain(seen)


def plain(text: str) -> str:
    """Return what readers agree on: XML folds line ends, and some leave escapes as they stand."""
    from openpyxl.utils.escape import unescape

    return unescape(text).replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (8.5, 8.5),
        (7, 7),
        (True, True),
        (Decimal("12.50"), 12.5),
        (date(2026, 5, 1), datetime(2026, 5, 1)),  # noqa: DTZ001  # a sheet knows no zones
        (datetime(2026, 5, 1, 9, 5, 7), datetime(2026, 5, 1, 9, 5, 7)),  # noqa: DTZ001  # as above
        (None, None),
        ("", None),
        # and what Excel would not keep
        (10**15, "1000000000000000"),
        (Decimal("1234567890.1234567"), "1234567890.1234567"),
        (float("inf"), "inf"),
        (date(1900, 2, 28), "1900-02-28"),
        (datetime(2026, 5, 1, tzinfo=timezone(timedelta(hours=2))), "2026-05-01T00:00:00+02:00"),
        (datetime(2026, 5, 1, 0, 0, 0, 1), "2026-05-01T00:00:00.000001"),  # noqa: DTZ001  # as above
        (time(9, 5), "09:05:00"),
        (["a", date(2026, 5, 1)], '["a", "2026-05-01"]'),
        (b"a\xff", "a\\xff"),
    ],
)
def test_a_value_has_its_own_type_where_excel_keeps_it(value: Any, found: Any) -> None:
    book, _ = written([["won", value]])
    assert (values(book) or [None]) == [found]


@pytest.mark.parametrize("letter", ["x", "\U0001f600"])
def test_a_text_too_long_for_a_cell_is_cut_visibly_and_counted(letter: str) -> None:
    fits = letter * (MOST_CHARACTERS // len(letter.encode("utf-16-le")) * 2)
    file = io.BytesIO()
    book = Workbook(["verdict"], file, "verdict")
    for text in (fits, fits + letter * 2):
        book.add([text])
    assert book.notes == "1 text of more than 32,767 characters cut\n"
    book.sum_up([])
    book.close()
    rows = list(openpyxl.load_workbook(file)["interactions"].iter_rows(values_only=True))
    assert rows[1][0] == fits
    assert rows[2][0].endswith(CUT)
    assert MOST_CHARACTERS - 2 <= len(rows[2][0].encode("utf-16-le")) / 2 <= MOST_CHARACTERS


def test_a_sheet_can_be_full(monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    said = "a sheet of Excel holds at most 2 rows below its header. Write .csv or .parquet instead."
    for name, text in (
        ("a.csv", "salesperson\nwon\nwon\nlost\n"),
        ("a.jsonl", '{"salesperson": "won"}\n' * 3),
    ):
        (tmp_path / name).write_text(text)
        done = run("batch", name, "-q", "-o", "v.xlsx", "-o", "v.csv", cwd=tmp_path)
        assert done.code == 2
        assert said in done.err
        assert not list(tmp_path.glob("v.*"))
    monkeypatch.setattr(workbook, "MOST_COLUMNS", 1)
    with pytest.raises(WinwinwinError, match=r"at most 1 column\. Write \.csv"):
        Workbook(["verdict", "b"], io.BytesIO(), "verdict")


def test_a_run_that_fails_leaves_nothing_behind(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (tmp_path / "a.yaml").write_text("calls: won\n")
    (tmp_path / "m.yaml").write_text("customer: mood\n")
    done = run("batch", "a.yaml", "--map", "m.yaml", "-o", "v.xlsx", cwd=tmp_path)
    assert done.code == 2
    assert not list(tmp_path.glob("*v.xlsx*"))
    assert not list(temporary.iterdir())


def test_records_are_written_with_their_summary(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "- {id: =A, date: 2026-05-01, salesperson: {outcome: won, feels_good: false}}\n"
        "- {id: B, customer: wun, tags: {=x: 1}}\n"
    )
    assert run("batch", "a.yaml", "-q", "-o", "v.xlsx", cwd=tmp_path).code == 2
    book = openpyxl.load_workbook(tmp_path / "v.xlsx")
    assert book.sheetnames == ["interactions", "summary"]
    sheet = book["interactions"]
    header, *rows = sheet.iter_rows(values_only=True)
    first, second = (dict(zip(header, row, strict=True)) for row in rows)
    assert (first["id"], first["salesperson_feels_good"]) == ("=A", False)
    assert first["date"] == datetime(2026, 5, 1)  # noqa: DTZ001  # a sheet knows no zones
    assert (second["verdict"], second["id"]) == ("invalid", "B")
    assert "'wun' is not an outcome" in second["problem"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    verdict = sheet.cell(2, header.index("verdict") + 1)
    assert verdict.font.color.rgb == f"FF{INKS['lost'][1:].upper()}"
    assert sheet.column_dimensions["A"].width < sheet.column_dimensions["AC"].width
    summed = [row[0] for row in book["summary"].iter_rows(values_only=True)]
    assert summed[:3] == ["1 interaction judged", "verdict", "win/win/win"]


def test_a_table_keeps_its_columns_and_types(run: Run, tmp_path: Path) -> None:
    query = """SELECT 1.5 AS n, DATE '2026-05-01' AS d, 'won' AS salesperson, 'x' AS verdict,
        uuid() AS u, {'a': 1} AS s, [1, 2] AS l, 1234567890123456789::BIGINT AS h,
        TIMESTAMPTZ '2026-05-01 00:00:00+00' AS z,
        (DATE '9999-12-31' + 9999) AS far, INTERVAL 1 DAY AS i"""
    with duckdb.connect() as local:
        local.execute(f"COPY ({query}) TO '{tmp_path}/t.parquet'")
    options = ["-q", "--prefix", "v_", "-o", "v.xlsx"]
    done = run("batch", "t.parquet", *options, cwd=tmp_path)
    assert (done.code, done.err) == (0, "v.xlsx: 1 row read, 1 written\n")
    sheet = openpyxl.load_workbook(tmp_path / "v.xlsx")["interactions"]
    header, row = sheet.iter_rows(values_only=True)
    found = dict(zip(header, row, strict=True))
    assert (found["n"], found["verdict"], found["v_verdict"]) == (1.5, "x", "undetermined")
    assert found["d"] == datetime(2026, 5, 1)  # noqa: DTZ001  # a sheet knows no zones
    assert (found["l"], found["h"]) == ("[1, 2]", "1234567890123456789")
    assert found["z"].startswith("2026-05-01T00:00:00+00:00")
    assert sheet.cell(2, header.index("v_verdict") + 1).font.color.rgb.endswith("7A52C7")


def test_a_workbook_is_no_text_for_a_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("salesperson\nwon\n")
    for name in ("xlsx", "parquet"):
        done = run("batch", "a.csv", "--format", name, cwd=tmp_path, terminal=True)
        assert done.code == 2
        assert done.out == ""
        assert f"--format: {name} is not text. Write a file with -o FILE" in done.err


def test_what_was_written_can_be_judged_again(run: Run, tmp_path: Path) -> None:
    run("batch", "examples/week.yaml", "-q", "-o", tmp_path / "v.xlsx")
    again = run("batch", tmp_path / "v.xlsx", "-q", "--prefix", "v_", "--format", "csv").out
    assert again.count("\n") == 51
    rows = list(csv.DictReader(io.StringIO(again)))
    assert all(row["v_triple"] == row["triple"] for row in rows)


def test_the_inks_are_those_of_the_pages() -> None:
    page = files("winwinwin.renderers").joinpath("page.css").read_text(encoding="utf-8")
    names = {"order": "order-ink"}
    for tone, ink in INKS.items():
        assert f"--{names.get(tone, tone)}: {ink};" in page


def test_a_full_disk_is_told_of_the_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile.write", full)
    (tmp_path / "a.csv").write_text("salesperson\nwon\n")
    done = run("batch", "a.csv", "-q", "-o", "v.xlsx", "-o", "v.csv", cwd=tmp_path)
    assert done.code == 2
    assert "v.xlsx: cannot be written: no space left on device." in done.err
    assert not list(tmp_path.glob("*v.*"))


def test_the_figures_of_the_summary_are_numbers(run: Run, tmp_path: Path) -> None:
    assert run("batch", "examples/week.yaml", "-q", "-o", tmp_path / "w.xlsx").code == 0
    sheet = openpyxl.load_workbook(tmp_path / "w.xlsx")["summary"]
    rows = [[(cell.value, cell.number_format) for cell in row[:3]] for row in sheet.iter_rows()]
    [won] = [row for row in rows if row[0][0] == "win/win/win" and row[2][0] is not None]
    assert won[1:] == [(26, "#,##0"), (0.52, "0%")]

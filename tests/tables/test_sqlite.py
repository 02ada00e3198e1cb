"""SQLite, whose types bind no value and which lacks much of what Ibis asks of other engines: all the same verdicts."""

import csv
import sqlite3
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, Run
from table_rows import COLUMNS, expected, rows
from test_mapped_kinds import MAPPING, MODES
from test_mapped_kinds import TABLE as MAPPED
from test_mapped_kinds import check as check_mapped
from test_tables_everywhere import TIMED, check, check_timed

from winwinwin import judge_table


def filled(
    file: Path, name: str, columns: dict[str, str], values: list[Any]
) -> tuple[str, str, str, str]:
    """Make a table with a type for each column, and return the flags that name it."""
    with sqlite3.connect(file) as base:
        typed = ", ".join(f'"{column}" {its}' for column, its in columns.items())
        base.execute(f"CREATE TABLE {name} ({typed})")
        marks = ", ".join("?" * len(columns))
        base.executemany(f"INSERT INTO {name} VALUES ({marks})", values)  # noqa: S608  # our own
    return "--connect", f"sqlite://{file}", "--table", name


def of_arrow(file: Path, name: str, table: pa.Table, **types: str) -> tuple[str, str, str, str]:
    values = [
        [value if value is None else str(value) for value in row.values()]
        for row in table.to_pylist()
    ]
    columns = {column: types.get(column, "text") for column in table.column_names}
    return filled(file, name, columns, values)


def test_every_kind_and_every_mistake(run: Run, tmp_path: Path) -> None:
    several = rows()
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    source = of_arrow(tmp_path / "a.db", "calls", pa.Table.from_pylist(several, schema=schema))
    done = run("batch", *source, "--into", "verdicts", "-q")
    assert (done.code, f"{len(several):,} written" in done.err) == (2, True), done.err
    judged = ibis.sqlite.connect(tmp_path / "a.db").table("verdicts").to_pyarrow().to_pylist()
    check(judged, expected(several, tmp_path))


@MODES
def test_every_kind_through_a_mapping(tmp_path: Path, assumptions: bool) -> None:
    of_arrow(tmp_path / "a.db", "mapped", MAPPED)
    table = ibis.sqlite.connect(tmp_path / "a.db").table("mapped")
    judged = judge_table(table, MAPPING, assumptions=assumptions).to_pyarrow().to_pylist()
    check_mapped(judged, assumptions)


def test_times_in_columns_of_times(run: Run, tmp_path: Path) -> None:
    timed = TIMED.drop_columns(["several"])
    its = {"salesperson_won_at": "timestamp", "customer_won_at": "datetime", "date": "date"}
    source = of_arrow(tmp_path / "a.db", "timed", timed, **its)
    flags = ["--by", "month", "-o", tmp_path / "o.parquet", "-o", tmp_path / "o.html"]
    done = run("batch", *source, *flags)
    assert "2024-10" in done.out
    assert done.code == 0
    check_timed(pq.read_table(tmp_path / "o.parquet").to_pylist())


def test_a_date_that_only_looks_like_one_is_counted(run: Run, tmp_path: Path) -> None:
    values = [["won", "won", "2026-11-23"], ["won", "won", "23.11.26"]]
    columns = {"salesperson": "text", "customer": "text", "date": "date"}
    done = run("batch", *filled(tmp_path / "a.db", "t", columns, values), "--by", "month")
    assert "date: 1 x '23.11.26' read as not recorded" in done.err


TYPES = ["real", "double precision", "float", "numeric", "decimal(10,2)", "integer", "bigint", "", "varchar(9)"]  # fmt: skip


@pytest.mark.parametrize("its", TYPES)
def test_a_range_in_a_column_of_any_type(run: Run, tmp_path: Path, its: str) -> None:
    values = [["A", 5], ["B", 1], ["C", None], ["D", "n/a"], ["E", 4.5], ["F", "4"], ["G", "bad"]]
    source = filled(tmp_path / "a.db", "t", {"id": "text", "score": its}, values)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "id: id\ncustomer: {column: score, won: [{at least: 4}], lost: [{at most: 2}, bad]}\n"
    )
    done = run("batch", *source, "--map", mapping, "-o", tmp_path / "o.csv", "-q")
    assert done.err.splitlines()[0] == "customer: 1 x 'n/a' read as not recorded"
    with (tmp_path / "o.csv").open() as file:
        found = {row["id"]: row["triple"] for row in csv.DictReader(file)}
    won, lost, none = "?/WIN/?", "?/LOSE/?", "?/?/?"
    assert found == {"A": won, "B": lost, "C": none, "D": none, "E": won, "F": won, "G": lost}
    drafted = run("map", *source)
    assert (drafted.code, "'n/a'" in drafted.out) == (0, True), drafted.err


@pytest.mark.parametrize("its", ["real", "numeric"])
def test_whole_numbers_are_written_as_in_a_file(run: Run, tmp_path: Path, its: str) -> None:
    values = [["A", 5], ["B", 1.0], ["C", "n/a"]]
    source = filled(tmp_path / "a.db", "t", {"id": "text", "score": its}, values)
    (tmp_path / "m.yaml").write_text("id: id\ncustomer: {column: score, won: 5, lost: [1, n/a]}\n")
    done = run("batch", *source, "--map", tmp_path / "m.yaml", "-q")
    triples = [line.split()[1] for line in done.out.splitlines()]
    assert triples == ["?/WIN/?", "?/LOSE/?", "?/LOSE/?"]


def test_tables_and_files_are_joined_by_numbers(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.db"
    source = filled(file, "tickets", {"id": "integer"}, [[1], [2], [3]])
    filled(file, "csat", {"ticket": "text", "stars": "real"}, [["1", 5], ["2", 1.5], ["9", None]])
    (tmp_path / "staff.csv").write_text("of,mood\n1,9\n3,2\n")
    (tmp_path / "m.yaml").write_text(
        "join: [{table: csat, on: {id: ticket}}, {file: staff.csv, on: {id: of}}]\nid: id\n"
        "customer: {column: stars, won: {at least: 4}, lost: {at most: 2}}\n"
        "salesperson: {column: mood, won: {at least: 7}, lost: {at most: 4}}\n"
    )
    done = run("batch", *source, "--map", tmp_path / "m.yaml", "-q")
    triples = [line.split()[1] for line in done.out.splitlines()]
    assert triples == ["WIN/WIN/WIN", "?/LOSE/?", "LOSE/?/?"], done.err


def test_a_row_per_question_may_have_columns_of_numbers(run: Run, tmp_path: Path) -> None:
    columns = {"nr": "integer", "asked": "text", "said": "text", "stars": "real", "date": "date"}
    values = [
        [1, "Q", "won", 4.5, "2026-11-23"],
        [1, "R", "x", None, "2026-11-23"],
        [2, "Q", "lost", 1, None],
    ]
    source = filled(tmp_path / "a.db", "t", columns, values)
    (tmp_path / "m.yaml").write_text(
        "long: {id: nr, question: asked, answer: said}\nid: nr\ndate: date\nsalesperson: Q\n"
        "customer: {column: stars, won: {at least: 4}, lost: {at most: 2}}\n"
    )
    done = run("batch", *source, "--map", tmp_path / "m.yaml", "-q")
    assert [line.split()[:2] for line in done.out.splitlines()] == [
        ["1", "WIN/WIN/WIN"],
        ["2", "LOSE/LOSE/?"],
    ]


def test_the_survey_says_what_its_file_says(run: Run, tmp_path: Path) -> None:
    file, mapping = ROOT / "examples" / "survey.csv", ROOT / "examples" / "survey.map.yaml"
    with file.open(encoding="utf-8") as lines:
        head, *values = csv.reader(lines)
    columns = {name: "real" if "1-10" in name else "text" for name in head}
    source = filled(tmp_path / "a.db", "t", columns, values)
    done = run("batch", *source, "--map", mapping, "--by", "Channel")
    assert done.out == run("batch", file, "--map", mapping, "--by", "Channel").out
    assert run("map", *source, tmp_path / "draft.yaml").code == 0
    assert run("batch", *source, "--map", tmp_path / "draft.yaml").code == 0

"""`rules table`: the same decisions as a page, as rows, and as SQL that databases run."""

import csv
import io
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow.parquet as pq
import pytest
import sqlglot
from conftest import Run
from looks import bare
from psycopg.rows import dict_row

from winwinwin.analysis.table import decision_table
from winwinwin.evaluation import Judge, fingerprint
from winwinwin.facts import Facts, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.rows.records import verdict_columns

PLAIN, HOUSE = ["--no-assumptions"], ["--rulebook", "examples/house.yaml"]
BOTH_MODES = pytest.mark.parametrize("mode", [[], PLAIN], ids=["assuming", "plain"])
BOOKS = pytest.mark.parametrize("book", [[], HOUSE])
KEYS = [
    *("salesperson", "customer", "organization", "salesperson_feels_good"),
    *("salesperson_believes_lost_for_customer", "customer_believes_salesperson", "order_status"),
]
ANSWERS = [
    *("verdict", "organization_outcome", "triple", "rule", "assumed", "possible", "needs"),
    *("contradicts_books", "notes", "remedies"),
]
WRITTEN = {None: "", True: "true", False: "false"}


def judged(mode: list[str]) -> tuple[Judgement, ...]:
    return decision_table(Judge(assumptions=not mode))


def row(judgement: Judgement) -> dict[str, str]:
    """Return the flat row of a kind, from the columns that CSV documents."""
    facts = [WRITTEN.get(value, value) for value in judgement.facts]
    kind = {key: str(value) for key, value in zip(KEYS, facts, strict=True)}
    return kind | {column: verdict_columns(judgement)[column] for column in ANSWERS}


@BOTH_MODES
def test_csv_has_a_flat_row_for_every_kind(run: Run, mode: list[str]) -> None:
    done = run("rules", "table", "--format", "csv", *mode)
    reader = csv.DictReader(io.StringIO(done.out))
    assert (done.code, done.err) == (0, "")
    assert list(reader) == [row(judgement) for judgement in judged(mode)]
    assert reader.fieldnames == [*KEYS, *ANSWERS]


@BOTH_MODES
def test_json_and_json_lines_have_the_same_rows_with_null_for_nothing(
    run: Run, mode: list[str]
) -> None:
    wanted = [{k: v or None for k, v in row(judgement).items()} for judgement in judged(mode)]
    lines = run("rules", "table", "--format", "jsonl", *mode).out.splitlines()
    assert [json.loads(line) for line in lines] == wanted
    whole = json.loads(run("rules", "table", "--format", "json", *mode).out)
    assert whole["kinds"] == wanted
    assert whole["rulebook"]["title"] == "Confusion About Win/Win"
    assert whole["rulebook"]["fingerprint"] in run("rules", "table", *mode).out


@pytest.mark.parametrize(
    ("book", "mode", "number"),
    [([], [], 20), ([], PLAIN, 17), (HOUSE, [], 17), (HOUSE, PLAIN, 17)],
)
def test_the_page_expands_to_the_whole_table(
    run: Run, book: list[str], mode: list[str], number: int
) -> None:
    full = run("rules", "table", "--full", "--format", "markdown", *mode, *book).out
    few = run("rules", "table", "--format", "markdown", *mode, *book).out
    every = list(cells(full))
    merged = list(cells(few))
    assert len(every) == 1026
    assert len(merged) == number
    heads = [head for head in merged[0] if head not in ("kinds", "verdict", "organization", "rule")]
    for kind in every:
        matching = [
            line for line in merged if all(allows(line[head], kind[head]) for head in heads)
        ]
        answers = {
            tuple(line[head] for head in ("verdict", "organization", "rule")) for line in matching
        }
        assert answers == {(kind["verdict"], kind["organization"], kind["rule"])}
    for line in merged:
        matched = [k for k in every if all(allows(line[head], k[head]) for head in heads)]
        assert len(matched) == int(line["kinds"])


def allows(cell: str, value: str) -> bool:
    """Tell whether a cell stands for a value; an order is wrong in two ways."""
    words = cell.replace("wrong", "customer first or organization too early")
    return cell == "any" or value in words.split(" or ")


def cells(page: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a table in Markdown."""
    lines = [line.strip("| \n").split(" | ") for line in page.splitlines() if line.startswith("|")]
    head, _, *rows = lines
    return (dict(zip(head, cells, strict=True)) for cells in rows)


def test_a_terminal_shows_the_page_and_a_file_its_own_format(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "table.jsonl"
    shown = run("rules", "table", "-o", file, terminal=True, width=160, NO_COLOR="1")
    assert "20 rows for 1,026 kinds." in shown.out
    assert file.read_text("utf-8") == run("rules", "table", "--format", "jsonl").out


@pytest.mark.parametrize("width", [80, 100, 125])
@BOTH_MODES
@BOOKS
def test_a_narrow_terminal_sets_the_same_rows_below_what_they_share(
    run: Run, mode: list[str], book: list[str], width: int
) -> None:
    wanted = cells(run("rules", "table", "--format", "markdown", *mode, *book).out)
    shown = bare(run("rules", "table", *mode, *book, terminal=True, width=width, NO_COLOR="1").out)
    assert max(map(len, shown.splitlines())) <= width
    assert sorted(below_headings(shown)) == sorted(tuple(row.values()) for row in wanted)


def below_headings(shown: str) -> Iterator[tuple[str, ...]]:
    """Yield the cells of each row, and of the heading above it."""
    heading: tuple[str, ...] = ()
    for line in shown.splitlines():
        if found := re.fullmatch(r"  verdict: (.+), organization: (.+), rule: (.+?) *", line):
            heading = found.groups()
        elif heading and re.fullmatch(r"  .* \d+ *", line):
            yield *re.split(" {2,}", line.strip()), *heading


# SQL.

TYPES = {"salesperson_feels_good": "BOOLEAN", "salesperson_believes_lost_for_customer": "BOOLEAN"}
CREATE = ", ".join(f"{key} {TYPES.get(key, 'VARCHAR')}" for key in KEYS)


def statements(run: Run, dialect: str, mode: list[str]) -> list[str]:
    """Return the two statements, without their comments."""
    done = run("rules", "table", "--sql", dialect, *mode)
    assert (done.code, done.err) == (0, "")
    lines = [line for line in done.out.splitlines(keepends=True) if not line.startswith("--")]
    create, join, after = "".join(lines).split(";\n")  # within values it ends no line
    assert not after
    return [create, join]


def joined(connection: Any, create: str, join: str) -> dict[Facts, dict[str, Any]]:
    """Return what the join says of a table of every kind."""
    connection.execute(create)
    connection.execute(f"CREATE TABLE interactions (number INTEGER, {CREATE})")
    marks = ", ".join("?" for _ in [0, *KEYS])
    rows = [[number, *kind] for number, kind in enumerate(every_kind())]
    connection.executemany(f"INSERT INTO interactions VALUES ({marks})", rows)  # noqa: S608  # names of our own
    kinds = list(every_kind())
    found = connection.execute(join)
    names = [column[0] for column in found.description]
    answers = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
    assert len(answers) == len(kinds)
    return {kinds[answer["number"]]: answer for answer in answers}


@BOTH_MODES
@pytest.mark.parametrize("dialect", ["duckdb", "sqlite"])
def test_the_join_says_of_every_kind_what_the_judge_says(
    run: Run, dialect: str, mode: list[str]
) -> None:
    connection = duckdb.connect() if dialect == "duckdb" else sqlite3.connect(":memory:")
    try:
        answers = joined(connection, *statements(run, dialect, mode))
        for judgement in judged(mode):
            wanted = row(judgement)
            found = answers[judgement.facts]
            assert {column: found[column] for column in ANSWERS} == {
                column: wanted[column] for column in ANSWERS
            }
        nulls = " OR ".join(f"{key} IS NULL OR {key} = ''" for key in KEYS)
        query = f"SELECT COUNT(*) FROM winwinwin_kinds WHERE {nulls}"  # noqa: S608  # likewise
        assert connection.execute(query).fetchall() == [(0,)]
    finally:
        connection.close()


@pytest.mark.parametrize("dialect", ["mysql", "snowflake", "spark", "tsql"])
def test_what_other_dialects_say_is_what_the_judge_says(run: Run, dialect: str) -> None:
    translated = sqlglot.transpile(";".join(statements(run, dialect, [])), dialect, "duckdb")
    with duckdb.connect() as connection:
        connection.execute(
            "SET max_expression_depth TO 5000"
        )  # DuckDB 1.4: a union of 1,026 is deep
        answers = joined(connection, *translated)
    for judgement in judged([]):
        wanted, found = row(judgement), answers[judgement.facts]
        assert {c: found[c] for c in ANSWERS} == {c: wanted[c] for c in ANSWERS}


@pytest.mark.xdist_group("postgres")
def test_a_postgresql_server_says_what_the_judge_says(run: Run, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE SCHEMA looked_up; SET search_path TO looked_up")
        create, join = statements(run, "postgres", [])
        connection.execute(create.encode())
        connection.execute(f"CREATE TABLE interactions (number INTEGER, {CREATE})".encode())
        marks = ", ".join("%s" for _ in [0, *KEYS])
        rows = [[number, *kind] for number, kind in enumerate(every_kind())]
        connection.cursor().executemany(f"INSERT INTO interactions VALUES ({marks})".encode(), rows)  # noqa: S608  # names of our own
        found = connection.cursor(row_factory=dict_row).execute(join.encode()).fetchall()
    kinds = list(every_kind())
    answers = {kinds[answer["number"]]: answer for answer in found}
    assert len(found) == len(answers) == len(kinds)
    for judgement in judged([]):
        wanted, answer = row(judgement), answers[judgement.facts]
        assert {c: answer[c] for c in ANSWERS} == {c: wanted[c] for c in ANSWERS}


def test_a_file_of_sql_has_a_line_for_each_row(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lookup.sql"
    done = run("rules", "table", "--sql", "bigquery", "-o", file)
    assert (done.code, done.err) == (0, "")
    assert file.read_text("utf-8") == done.out
    assert sum("'organization_loses'" in line for line in done.out.splitlines()) == 656
    assert sum("STRUCT(" in line for line in done.out.splitlines()) == 1026


def test_a_dialect_that_there_is_not_is_a_usage_error(run: Run) -> None:
    done = run("rules", "table", "--sql", "duckdbb")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(
        "--sql: 'duckdbb' is not a dialect. Did you mean 'duckdb'? (athena, bigquery, "
    )


def test_without_sqlglot_the_install_command_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    said = "this needs sqlglot, which is not installed. Install it: pip install 'winwinwin[sql]'\n"
    assert run("rules", "table", "--sql", "duckdb") == (2, "", said)


def test_sql_is_duckdb_s_unless_another_dialect_is_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lookup.sql"
    assert run("rules", "table", "-o", file).code == 0
    assert file.read_text() == run("rules", "table", "--sql", "duckdb").out
    assert file.read_text() == run("rules", "table", "--format", "sql").out
    assert run("rules", "table", "--sql", "bigquery", "-o", file).out == file.read_text()
    assert file.read_text() != run("rules", "table", "--sql", "duckdb").out


@BOTH_MODES
def test_parquet_has_the_rows_of_csv_and_names_the_rulebook(
    run: Run, tmp_path: Path, mode: list[str]
) -> None:
    file = tmp_path / "table.parquet"
    done = run("rules", "table", *mode, "-o", file, "--format", "csv")
    assert done.code == 0
    table = pq.read_table(file)
    rows = [{name: cell or "" for name, cell in row.items()} for row in table.to_pylist()]
    assert rows == list(csv.DictReader(io.StringIO(done.out)))
    judge = Judge(assumptions=not mode)
    assert table.schema.metadata[b"fingerprint"].decode() == fingerprint(judge)


def test_without_pyarrow_the_install_command_is_told(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("rules", "table", "-o", tmp_path / "table.parquet", "--format", "csv")
    said = (
        "this needs pyarrow, which is not installed. Install it: pip install 'winwinwin[tables]'\n"
    )
    assert (done.code, done.err) == (2, said)
    assert not list(tmp_path.iterdir())

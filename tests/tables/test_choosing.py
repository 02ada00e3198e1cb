"""The same interactions are looked at as records and as rows of every engine, and none is lost."""

import gc
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run

from winwinwin.loading.addresses import address
from winwinwin.tables import engines

WHO = ["Mateo", "Linh", " Mateo", "mateo", "", None, "O'Neil", "Ωmega", "12", "=1+1"]
WHEN = [
    "2026-11-15",
    "2026-11-16",
    "2026-11-16T00:30+02:00",
    "2026-11-15T23:30:00-08:00",
    "2026-11-22 23:59",
    "2026-W47-3",
    "20261118",
    "Nov 19, 2026",
    "19. November 2026 14:30",
    "23.11.2026",
    "someday",
    "2026-02-30",
    "",
    "unknown",
    None,
    "2026-11-23",
]
REGIONS = ["South", None, "North"]
ROWS = [
    {
        "id": f"R{number:03}",
        "who": WHO[number % len(WHO)],
        "when": when,
        "region": REGIONS[number % len(REGIONS)],
        "went": ("won", "lost", "wun")[number // 3 % 3],
        "theirs": "won",
    }
    for number, when in enumerate(WHEN * 6)
]
MAPPING = """\
id: id
date: {column: when%s}
employee: who
tags: [region]
salesperson: went
customer: theirs
"""
FILTERS: list[list[str]] = [
    ["--only", "employee=Mateo"],
    ["--only", "employee=Mateo", "--only", "employee=O'Neil", "--only", "employee=12"],
    ["--only", "employee="],
    ["--only", "employee=", "--only", "employee==1+1"],
    ["--only", "tags.region=South", "--only", "employee=Ωmega"],
    ["--only", "tags.region="],
    ["--since", "2026-11-16"],
    ["--until", "2026-11-15"],
    ["--since", "2026-W47", "--until", "2026-W47"],
    ["--last", "week", "--until", "2026-11-22", "--only", "tags.region=North"],
    ["--only", "week=2026-W47"],
    ["--only", "day=2026-11-19", "--only", "day=2026-11-16"],
    ["--only", "month=2026-11", "--until", "2026-11-18"],
    ["--only", "month="],
    ["--only", "week=2026-W47", "--only", "week="],
    ["--only", "day=2026-11-31", "--only", "day=2026-11-15"],
]


FEW = [
    [*FILTERS[1], "--since", "2026-11-16", "--anonymous"],
    ["--anonymous", "--only", "employee=", "--only", "week=2026-W47", "--only", "week="],
    ["--last", "week", "--until", "2026-11-22", "--anonymous"],
]
"""What asks of an engine all that can be asked."""


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINWINWIN_KEY", "a key of the tests' own")


def table(folder: Path, strict: str = "") -> pa.Table:
    (folder / "m.yaml").write_text(MAPPING % strict)
    return pa.Table.from_pylist(ROWS, schema=pa.schema([(name, pa.string()) for name in ROWS[0]]))


def of_records(run: Run, folder: Path, filters: list[str], *more: str) -> tuple[list[Any], str]:
    """Return id and verdict of each record that is looked at, and the line about them."""
    file = folder / "rows.jsonl"
    file.write_text("".join(f"{json.dumps(row)}\n" for row in ROWS))
    done = run("batch", file, "--map", folder / "m.yaml", "--format", "jsonl", *filters, *more)
    found = [json.loads(line) for line in done.out.splitlines()]
    rows = [(each["id"], each["verdict"], each.get("about", {}).get("employee")) for each in found]
    return rows, selected(done.err)


def selected(said: str) -> str:
    return next(line for line in said.splitlines() if line.startswith("selected: "))


def of_rows(run: Run, source: list[str], out: Path, filters: list[str]) -> tuple[list[Any], str]:
    done = run("batch", *source, "--map", out.parent / "m.yaml", "-o", out, "-q", *filters)
    assert out.exists(), done.err
    return told(pq.read_table(out).to_pylist()), selected(done.err)


def told(found: list[dict[str, Any]]) -> list[Any]:
    """Return id, verdict and employee of rows with their verdicts; an invalid record names nobody."""
    return [
        (each["id"], each["verdict"], (each["verdict"] != "invalid" and each["who"]) or None)
        for each in found
    ]


@pytest.mark.parametrize("strict", ["", ", otherwise: error"])
@pytest.mark.parametrize("filters", FILTERS, ids=" ".join)
def test_records_and_files_of_tables_agree(
    run: Run, tmp_path: Path, filters: list[str], strict: str
) -> None:
    pq.write_table(table(tmp_path, strict), tmp_path / "rows.parquet")
    of_file = of_rows(run, [str(tmp_path / "rows.parquet")], tmp_path / "out.parquet", filters)
    assert of_file == of_records(run, tmp_path, filters)
    assert 0 < len(of_file[0]) < len(ROWS)


def in_sqlite(folder: Path) -> list[str]:
    with sqlite3.connect(folder / "a.db") as base:
        columns = ", ".join(f'"{name}" text' for name in ROWS[0])
        base.execute(f"CREATE TABLE calls ({columns})")
        marks = ", ".join("?" * len(ROWS[0]))
        base.executemany(f"INSERT INTO calls VALUES ({marks})", [(*row.values(),) for row in ROWS])  # noqa: S608  # our own
    return ["--connect", f"sqlite://{folder / 'a.db'}", "--table", "calls"]


def in_duckdb(folder: Path) -> list[str]:
    engine = ibis.duckdb.connect(folder / "a.duckdb")
    engine.create_table("calls", table(folder))
    engine.disconnect()
    return ["--connect", f"duckdb://{folder / 'a.duckdb'}", "--table", "calls"]


def check_engine(run: Run, folder: Path, source: list[str]) -> None:
    for filters in FEW:
        rows, said = of_rows(run, source, folder / "out.parquet", filters)
        expected, expected_said = of_records(run, folder, filters)
        assert (sorted(rows), said) == (sorted(expected), expected_said), filters


@pytest.mark.parametrize("made", [in_sqlite, in_duckdb])
def test_databases_agree(run: Run, tmp_path: Path, made: Callable[[Path], list[str]]) -> None:
    table(tmp_path)
    check_engine(run, tmp_path, made(tmp_path))


@pytest.mark.xdist_group("postgres")
def test_postgresql_agrees(run: Run, tmp_path: Path, postgres_url: str) -> None:
    engine = ibis.connect(postgres_url)
    engine.create_table("chosen_calls", table(tmp_path), overwrite=True)
    engine.disconnect()
    source = ["--connect", postgres_url, "--table", "chosen_calls"]
    check_engine(run, tmp_path, source)


@pytest.mark.xdist_group("spark")
def test_spark_agrees(run: Run, tmp_path: Path, spark_url: str) -> None:
    engine = engines.connect(address(spark_url))
    engine.create_table("chosen_calls", table(tmp_path), overwrite=True)
    source = ["--connect", spark_url, "--table", "chosen_calls", "--map", tmp_path / "m.yaml"]
    for filters in FEW:
        done = run("batch", *source, *filters, "--by", "employee")
        assert "Mateo" not in done.out
        assert selected(done.err) == of_records(run, tmp_path, filters)[1]


def check_into(run: Run, folder: Path, source: list[str], url: str) -> None:
    """A new table of the engine has the rows that are looked at, and no others."""
    engine = engines.connect(address(url))
    engine.drop_table("judged", force=True)
    engine = let_go(engine)
    mapping, filters = ["--map", str(folder / "m.yaml")], FEW[1]
    done = run("batch", *source, *mapping, "--into", "judged", "-q", *filters)
    expected, said = of_records(run, folder, filters)
    assert selected(done.err) == said
    assert f"judged: {len(expected)} rows read, {len(expected)} written\n" in done.err
    engine = engines.connect(address(url))
    found = told(engine.table("judged").to_pyarrow().to_pylist())
    assert sorted(found, key=str) == sorted(expected, key=str)
    engine.drop_table("judged")
    engine = let_go(engine)


def let_go(engine: Any) -> None:
    if engine.name != "pyspark":  # which all tests share
        gc.collect()
        engine.disconnect()


@pytest.mark.parametrize("made", [in_sqlite, in_duckdb])
def test_a_new_table_has_what_is_looked_at(
    run: Run, tmp_path: Path, made: Callable[[Path], list[str]]
) -> None:
    table(tmp_path)
    source = made(tmp_path)
    check_into(run, tmp_path, source, source[1])


@pytest.mark.xdist_group("postgres")
def test_so_has_one_of_postgresql(run: Run, tmp_path: Path, postgres_url: str) -> None:
    engine = ibis.connect(postgres_url)
    engine.create_table("chosen_calls", table(tmp_path), overwrite=True)
    engine.disconnect()
    check_into(run, tmp_path, ["--connect", postgres_url, "--table", "chosen_calls"], postgres_url)


@pytest.mark.xdist_group("spark")
def test_so_has_one_of_spark(run: Run, tmp_path: Path, spark_url: str) -> None:
    engine = engines.connect(address(spark_url))
    engine.create_table("chosen_calls", table(tmp_path), overwrite=True)
    check_into(run, tmp_path, ["--connect", spark_url, "--table", "chosen_calls"], spark_url)


def test_a_column_of_our_own_is_none_to_choose_by(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,salesperson,customer\n1,won,won\n2,won,won,more\n")
    for word in ("winwinwin__broken=x", "Y=1"):
        done = run("batch", "t.csv", "-q", "--only", word, cwd=tmp_path)
        assert done.code == 2
        assert "is not a column of the table. (id, salesperson, customer)" in done.err

"""Calls to talk about of a table: the same, in the same order, as of records, from every engine."""

import csv
import io
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from conftest import Run
from test_sqlite import of_arrow

from winwinwin.loading.addresses import address
from winwinwin.tables import engines

COLUMNS = ("id", "date", "employee", "notes", "salesperson", "customer", "organization")
OUTCOMES = ("won", "lost", "")
IDS = ("b", "B", "\u00e9", "a b", "-c", "")


def made() -> list[dict[str, str]]:
    """Return rows that differ in the case and the signs of their ids, and in what they leave out."""
    return [
        {
            "id": f"{IDS[number % 6]}{number % 40}" if number % 6 < 5 else "",
            "date": f"2026-11-{1 + number % 9:02}" if number % 4 else "",
            "employee": f"E{number:03}",
            "notes": "=SUM(A1)" if number % 2 else "",
            "salesperson": OUTCOMES[number % 3],
            "customer": OUTCOMES[number // 3 % 3],
            "organization": OUTCOMES[number // 9 % 3],
        }
        for number in range(240)
    ]


@pytest.fixture
def wanted(run: Run, tmp_path: Path) -> dict[str, list[dict[str, str]]]:
    """The lists that the same rows give as records."""
    records = [{name: value for name, value in row.items() if value} for row in made()]
    source = tmp_path / "records.json"
    source.write_text(json.dumps(records))
    return lists(run, tmp_path, str(source))


def lists(run: Run, folder: Path, *source: str) -> dict[str, list[dict[str, str]]]:
    """Return both lists, without names for what has none."""
    flags = ("--talk", folder / "talk.csv", "--ask", folder / "ask.csv", "-o", folder / "o.md")
    done = run("batch", *source, "-q", *flags)
    assert done.code == 0, done.err
    return lists_in(folder)


def lists_in(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for name in ("talk", "ask"):
        rows = list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text())))
        found[name] = [row | {"id": row["id"] if known(row["id"]) else ""} for row in rows]
    return found


def known(name: str) -> bool:
    return not (name in ("-", "'-") or name.startswith("row ") or ".json:" in name)


def table() -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    return pa.Table.from_pylist(made(), schema=schema)


def test_of_a_file(run: Run, tmp_path: Path, wanted: object) -> None:
    pa_csv.write_csv(table(), tmp_path / "calls.csv")
    assert lists(run, tmp_path, str(tmp_path / "calls.csv")) == wanted


def test_of_sqlite(run: Run, tmp_path: Path, wanted: object) -> None:
    source = of_arrow(tmp_path / "a.db", "calls", table())
    assert lists(run, tmp_path, *source) == wanted


@pytest.mark.xdist_group("postgres")
def test_of_postgresql(run: Run, tmp_path: Path, wanted: object, postgres_url: str) -> None:
    engine = engines.connect(address(postgres_url))
    engine.create_table("talk_rows", table())
    engine.disconnect()
    assert lists(run, tmp_path, "--connect", postgres_url, "--table", "talk_rows") == wanted


@pytest.mark.xdist_group("spark")
def test_of_spark(run: Run, tmp_path: Path, wanted: object, spark_url: str) -> None:
    engine = engines.connect(address(spark_url))
    pq.write_table(table(), tmp_path / "rows.parquet")
    engine.create_table("talk_rows", engine.read_parquet(tmp_path / "rows.parquet"))
    assert lists(run, tmp_path, "--connect", spark_url, "--table", "talk_rows") == wanted

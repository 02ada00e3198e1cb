"""Evidence of a table: the same claims, with the same counts, as of records, from every engine."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from conftest import Run
from test_sqlite import of_arrow

from winwinwin.loading.addresses import address
from winwinwin.record.interaction import nested
from winwinwin.tables import engines

COLUMNS = (
    *("id", "date", "employee", "account", "salesperson", "customer", "organization"),
    *("salesperson_won_at", "customer_won_at"),
)
OUTCOMES = ("won", "won", "lost", "")
FLAGS = ("--cluster", "employee", "--within", "20d", "--format", "json", "--customer")


def made() -> list[dict[str, str]]:
    """Return rows in which no salesperson has two on a day, for not every engine has an order."""
    rows = []
    for number in range(240):
        name, day = number % 7, number // 7
        both = OUTCOMES[number % 4] == OUTCOMES[number // 4 % 4] == "won"
        date = f"2026-{1 + day // 28:02}-{1 + day % 28:02}"
        rows.append(
            {
                "id": f"R{number}",
                "date": date if number % 11 else "",
                "employee": f"E{name}" if number % 13 else "",
                "account": f"A{number * number % 50}" if number % 5 else "",
                "salesperson": OUTCOMES[number % 4],
                "customer": OUTCOMES[number // 4 % 4],
                "organization": ("won", "lost", "")[number % 3],
                "salesperson_won_at": f"{date}T08:00:00" if both else "",
                "customer_won_at": f"{date}T{8 + number % 9:02}:00:30" if both else "",
            }
        )
    return rows


@pytest.fixture
def wanted(run: Run, tmp_path: Path) -> dict[str, Any]:
    """The evidence that the same rows give as records."""
    records = []
    for row in made():
        flat = {name: value for name, value in row.items() if value}
        about = {name: flat.pop(name) for name in ("id", "date", "employee") if name in flat}
        account = flat.pop("account", None)
        records.append(nested(flat) | about | ({"tags": {"account": account}} if account else {}))
    source = tmp_path / "records.json"
    source.write_text(json.dumps(records))
    return evidence(run, "tags.account", str(source))


def evidence(run: Run, customer: str, *source: str) -> dict[str, Any]:
    done = run("evidence", *source, *FLAGS, customer)
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert {each["claim"] for each in found["claims"] if each["difference"] is not None} >= {
        "stays-away",
        "next-customer",
        "close-together",
    }
    return {name: found[name] for name in ("judged", "claims", "cells")}


def table() -> pa.Table:
    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    return pa.Table.from_pylist(made(), schema=schema)


def test_of_a_file(run: Run, tmp_path: Path, wanted: object) -> None:
    pa_csv.write_csv(table(), tmp_path / "calls.csv")
    assert evidence(run, "account", str(tmp_path / "calls.csv")) == wanted


def test_clusters_can_be_periods(run: Run, tmp_path: Path) -> None:
    pa_csv.write_csv(table(), tmp_path / "calls.csv")
    words = ("evidence", tmp_path / "calls.csv", "--cluster", "week", "--format", "json")
    claims = {each["claim"]: each for each in json.loads(run(*words).out)["claims"]}
    # a week more: what has no date
    assert claims["mutual-win"]["clusters"] == claims["next-customer"]["clusters"] + 1


def test_of_sqlite(run: Run, tmp_path: Path, wanted: object) -> None:
    source = of_arrow(tmp_path / "a.db", "calls", table())
    assert evidence(run, "account", *source) == wanted


@pytest.mark.xdist_group("postgres")
def test_of_postgresql(run: Run, wanted: object, postgres_url: str) -> None:
    engine = engines.connect(address(postgres_url))
    engine.create_table("evidence_rows", table())
    engine.disconnect()
    source = ("--connect", postgres_url, "--table", "evidence_rows")
    assert evidence(run, "account", *source) == wanted


@pytest.mark.xdist_group("spark")
def test_of_spark(run: Run, tmp_path: Path, wanted: object, spark_url: str) -> None:
    engine = engines.connect(address(spark_url))
    pq.write_table(table(), tmp_path / "rows.parquet")
    engine.create_table("evidence_rows", engine.read_parquet(tmp_path / "rows.parquet"))
    source = ("--connect", spark_url, "--table", "evidence_rows")
    assert evidence(run, "account", *source) == wanted

"""Dates that an engine has and Python hasn't: outside the years 1 to 9999, and infinity."""

import csv
from collections.abc import Sequence
from pathlib import Path

import duckdb
import ibis
import pytest
from conftest import Run

DAYS = {
    "DATE": ["290000-01-01", "5000000-01-01", "infinity", "-infinity", "0044-03-15 (BC)", "10000-01-01"],
    "TIMESTAMP": ["290000-01-01 00:00:00", "infinity", "-infinity", "0044-03-15 (BC) 00:00:00"],
    "TIMESTAMPTZ": ["290000-01-01 00:00:00+00", "infinity", "-infinity", "10000-01-02 00:00:00+00"],
    "TIMESTAMP_MS": ["290000-01-01 00:00:00", "infinity", "10000-01-01 00:00:00"],
}  # fmt: skip
KNOWN = ["0001-01-02", "9999-12-30", "2026-11-23"]
"""Days that both have."""
LIMITS = ["-infinity", "infinity", "4713-01-01 BC", "10000-01-01", "294276-12-31"]
"""Days of PostgreSQL's."""
MAPPING = "id: id\nsalesperson: salesperson\ncustomer: customer\nsalesperson_won_at: day\ndate: "
STRICT = "{column: day, otherwise: error}"
OUTPUTS = ("html", "json", "jsonl", "csv", "xlsx", "parquet")


def rows(kind: str, days: list[str]) -> str:
    """Return a query for rows that have these days."""
    listed = ", ".join(f"({number}, '{day}'::{kind})" for number, day in enumerate(days))
    return f"SELECT id, 'won' salesperson, 'won' customer, day FROM (VALUES {listed}) d(id, day)"  # noqa: S608  # of this file's own days


def verdicts(
    run: Run, folder: Path, *source: object, otherwise: str = "", outputs: Sequence[str] = OUTPUTS
) -> list[str]:
    """Return the verdicts of a table whose column of days is both the date and the time of a win."""
    mapping = folder / "days.map.yaml"
    mapping.write_text(f"{MAPPING}{otherwise or 'day'}\n")
    flags = [word for suffix in outputs for word in ("-o", f"o.{suffix}")]
    done = run("batch", *source, "--map", mapping, "--by", "month", "-q", *flags, cwd=folder)
    assert done.code == (2 if otherwise else 0), done.err
    assert ("not a date" if otherwise else "not recorded") in done.err
    with (folder / "o.csv").open(encoding="utf-8", newline="") as rows:
        return [row["verdict"] for row in csv.DictReader(rows)]


@pytest.mark.parametrize("kind", DAYS)
@pytest.mark.parametrize("place", ["file", "database"])
def test_a_day_that_python_has_not_is_not_recorded(
    run: Run, tmp_path: Path, kind: str, place: str
) -> None:
    with duckdb.connect(tmp_path / "d.db") as database:
        database.execute(f"CREATE TABLE days AS {rows(kind, KNOWN + DAYS[kind])}")
        database.execute(f"COPY days TO '{tmp_path / 'days.parquet'}'")
    source = (
        ["days.parquet"] if place == "file" else ["--connect", "duckdb://d.db", "--table", "days"]
    )
    assert verdicts(run, tmp_path, *source) == ["win_win_win"] * len(KNOWN + DAYS[kind])
    strict = verdicts(run, tmp_path, *source, otherwise=STRICT)
    assert strict == ["win_win_win"] * len(KNOWN) + ["invalid"] * len(DAYS[kind])


def test_a_day_before_the_year_1000_has_four_digits_everywhere(run: Run, tmp_path: Path) -> None:
    with duckdb.connect() as database:
        database.execute(f"COPY ({rows('DATE', KNOWN)}) TO '{tmp_path / 'days.parquet'}'")
    (tmp_path / "days.map.yaml").write_text(f"{MAPPING}day\n")
    for part, first in (("day", "0001-01-02"), ("week", "0001-W01"), ("month", "0001-01")):
        out = run("batch", "days.parquet", "--map", "days.map.yaml", "--by", part, cwd=tmp_path).out
        assert f"\n  {first} " in out


@pytest.mark.parametrize("kind", ["date", "timestamp", "timestamptz"])
def test_postgresql_has_such_days_too(
    run: Run, tmp_path: Path, postgres_url: str, kind: str
) -> None:
    database = ibis.connect(postgres_url)
    database.raw_sql(f"CREATE TABLE far_{kind} AS {rows(kind, KNOWN + LIMITS)}").close()
    try:
        source = ["--connect", postgres_url, "--table", f"far_{kind}"]
        strict = verdicts(run, tmp_path, *source, otherwise=STRICT, outputs=["csv"])
        assert strict.count("invalid") == len(LIMITS)
        found = verdicts(run, tmp_path, *source, outputs=["csv", "html"])
        assert found == ["win_win_win"] * len(KNOWN + LIMITS)
        typed = run("batch", *source, "--map", "days.map.yaml", "-q", "-o", "o.xlsx", cwd=tmp_path)
        assert typed.code == 2  # its driver gives no such day, but text
        assert not (tmp_path / "o.xlsx").exists()
    finally:
        database.raw_sql(f"DROP TABLE far_{kind}").close()
        database.disconnect()

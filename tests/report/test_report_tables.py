"""The report on a table: the same numbers as on the same interactions in a file of records."""

import csv
import json
import random
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from browser import opened
from conftest import Run
from playwright.sync_api import Browser

from winwinwin.loading.addresses import address
from winwinwin.stats.slices import MOST_GROUPS
from winwinwin.tables import engines
from winwinwin.tables.moments import month_number

COLUMNS = (
    "id", "date", "employee", "channel", "salesperson", "customer", "organization",
    "salesperson_won_at", "customer_won_at",
)  # fmt: skip
EMPLOYEES = 60
"""More than the page tells apart."""


def rows(number: int, days: int) -> Iterator[dict[str, str]]:
    """Return rows as a team would record them; some with times, some without a name or a date."""
    chance = random.Random(5)  # noqa: S311  # no cryptography
    for index in range(number):
        day = date(2026, 1, 5) + timedelta(days=chance.randrange(days))
        won_at = datetime(day.year, day.month, day.day, 9)  # noqa: DTZ001  # local, as recorded
        later = won_at + timedelta(minutes=chance.choice((-30, 0, 20, 90, 400, 5000)))
        salesperson, customer = (chance.choice(("won", "won", "lost", "")) for _ in range(2))
        timed = salesperson == customer == "won" and chance.random() < 0.6
        form = chance.choice(("%Y-%m-%d", "%Y-%m-%d", "%G-W%V-%u"))  # one that only Python reads
        yield {
            "id": f"R{index:05}",
            "date": day.strftime(form) if chance.random() < 0.9 else "",
            "employee": chance.choice(
                ("", f"E{int(chance.expovariate(0.1)) % EMPLOYEES:02} \"'\\")
            ),
            "channel": chance.choice(("phone", "<store>", "")),
            "salesperson": salesperson,
            "customer": customer,
            "organization": chance.choice(("won", "lost", "", "wun" if index % 50 == 0 else "")),
            "salesperson_won_at": won_at.isoformat() if timed else "",
            "customer_won_at": later.isoformat() if timed else "",
        }


def nested(row: dict[str, str]) -> dict[str, Any]:
    """Return a row as a record has it."""
    record: dict[str, Any] = {name: value for name, value in row.items() if value}
    for party in ("salesperson", "customer"):
        at = record.pop(f"{party}_won_at", None)
        record[party] = {"outcome": record.get(party), "won_at": at}
    return record


@pytest.fixture
def sources(days: int, tmp_path: Path) -> tuple[Path, Path]:
    """The same interactions as records and as a table, over so many days."""
    found = list(rows(1500, days))
    records, table = tmp_path / "records.jsonl", tmp_path / "table.csv"
    records.write_text("".join(json.dumps(nested(row)) + "\n" for row in found))
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(found)
    return records, table


def embedded(page: Path) -> dict[str, Any]:
    """Return what a report shows; levers in an order of their own, for equal ones have none."""
    text = page.read_text(encoding="utf-8")
    [found] = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL
    )
    data: dict[str, Any] = json.loads(found)["data"]
    words, intervals, periods = (data.pop(name) for name in ("words", "intervals", "periods"))

    def told(row: list[Any]) -> list[Any]:
        """Return a row of counts with its words."""
        return [*row[:8], words[row[8]], intervals[row[9]], *row[10:]]

    data["all"] = told(data["all"])
    for slice_ in data["slices"]:
        del slice_["headline"]["lever"]
        for groups in slice_["groups"].values():
            groups["said"] = words[groups["said"]]
            groups["rows"] = list(map(told, groups["rows"]))
        slice_["trend"]["rows"] = [
            [*periods[row[0]], *told(row)[1:]] for row in slice_["trend"]["rows"]
        ]
        levers = slice_["levers"]["rows"]
        least = min(
            (turned for _, turned in levers), default=0
        )  # of equal ones any may be the last
        slice_["levers"]["rows"] = sorted(
            (words[said], turned) for said, turned in levers if turned > least
        )
    kinds = [
        [verdict, triple, words[why], hidden, cell, [words[lever] for lever in found]]
        for verdict, triple, why, hidden, cell, found in data["talk"]["kinds"]
    ]
    data["talk"] = [[*about, kinds[kind], groups] for *about, kind, groups in data["talk"]["rows"]]
    return data


def report(run: Run, folder: Path, *source: object) -> dict[str, Any]:
    path = folder / "report.html"
    done = run("batch", *source, "-o", path)
    assert done.code == 2  # some rows are wrong
    return embedded(path)


@pytest.mark.parametrize(
    ("days", "by"), [(20, ()), (200, ("week",)), (900, ("month", "day"))], ids=str
)
def test_the_numbers_are_those_of_the_same_records(
    run: Run, sources: tuple[Path, Path], tmp_path: Path, by: tuple[str, ...]
) -> None:
    options = [option for name in by for option in ("--by", name)]
    records, table = (report(run, tmp_path, source, *options) for source in sources)
    assert table["filters"] == records["filters"] != []
    assert len(table["slices"]) == len(records["slices"]) > MOST_GROUPS
    assert table == records


def test_the_filter_works_on_any_column(run: Run, browser: Browser, tmp_path: Path) -> None:
    table, path = tmp_path / "calls.csv", tmp_path / "report.html"
    table.write_text(
        "salesperson,customer,organization,Store,week\n"
        "won,won,won,North,odd\nwon,lost,won,South,even\nwon,lost,won,,odd\n"
    )
    assert run("batch", table, "--by", "Store", "--by", "week", "-o", path).code == 0
    with opened(browser, path) as seen:
        labels = seen.page.locator("#slice optgroup").evaluate_all("all => all.map(g => g.label)")
        assert labels == ["by Store", "by week"]
        seen.pick("South")
        assert seen.text("#status") == "Everything below is about South: 1 of 3 interactions."
        assert seen.text("[data-verdict=organization_loses] b") == "1"
        assert [cells[0] for cells in seen.cells("#table-group-1")] == ["even"]
        assert [cells[2] for cells in seen.cells("#talk")] == ["South"]
        seen.pick("(not recorded)")
        assert len(seen.cells("#talk")) == 1
        assert seen.findings() == []


def test_a_table_may_have_columns_like_the_verdicts(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "judged.csv"
    done = run("batch", "examples/week.yaml", "-q", "-o", table, "-o", tmp_path / "records.html")
    assert done.code == 0
    assert run("batch", table, "-q", "-o", tmp_path / "table.html").code == 0
    assert embedded(tmp_path / "table.html") == embedded(tmp_path / "records.html")


def test_very_many_groups_are_counted_as_others(run: Run, tmp_path: Path) -> None:
    number = 12_000  # more than a summary can list
    table = pa.table({
        "salesperson": ["won"] * number,
        "customer": ["won", "lost"] * (number // 2),
        "employee": [f"E{place:05}" for place in range(number)],
        "channel": ["web", "web", "web", "shop"] * (number // 4),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "calls.parquet")
    path = tmp_path / "report.html"
    assert run("batch", tmp_path / "calls.parquet", "-o", path).code == 0
    data = embedded(path)
    whole, *parts = data["slices"]
    assert len(whole["groups"]["employee"]["rows"]) == MOST_GROUPS + 1
    assert whole["groups"]["employee"]["rows"][-1][0] == f"({number - MOST_GROUPS:,} others)"
    shop = parts[-2]
    assert shop["total"] == number // 4
    rows = shop["groups"]["employee"]["rows"]
    assert rows[-1][0] == f"({number // 4 - len(rows) + 1:,} others)"
    assert sum(map(sum, (row[1:6] for row in rows))) == number // 4
    assert len(path.read_bytes()) < 2_000_000


@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("days", [200])
def test_postgresql_counts_the_same(
    run: Run, sources: tuple[Path, Path], postgres_url: str, tmp_path: Path
) -> None:
    _, table = sources
    engine = engines.connect(address(postgres_url))
    name = "report_rows"
    engine.create_table(name, pa_csv.read_csv(table))
    here = report(run, tmp_path, table)
    there = report(run, tmp_path, "--connect", postgres_url, "--table", name)
    engine.disconnect()
    assert there == here


@pytest.mark.xdist_group("spark")
@pytest.mark.parametrize("days", [200])
def test_spark_counts_the_same(
    run: Run, sources: tuple[Path, Path], spark_url: str, tmp_path: Path
) -> None:
    _, table = sources
    engine = engines.connect(address(spark_url))
    pq.write_table(pa_csv.read_csv(table), tmp_path / "rows.parquet")
    name = "report_rows"
    engine.create_table(name, engine.read_parquet(tmp_path / "rows.parquet"))
    here = report(run, tmp_path, table)
    there = report(run, tmp_path, "--connect", spark_url, "--table", name)
    assert there == here


def test_months_are_numbered_as_pythons_calendar_has_them() -> None:
    days = [date(year, month, day) for year in (1, 4, 1900, 2000, 2024, 2026, 9999)
            for month in range(1, 13) for day in (1, 2, 28)]  # fmt: skip
    days += [date(year, 2, 29) for year in (4, 2000, 2024)]
    days += [date(2026, month, 1) - timedelta(days=1) for month in range(1, 13)]
    table = ibis.memtable({"day": [day.toordinal() for day in days]})
    found = table.select("day", month=month_number(table.day)).to_pyarrow().to_pylist()
    assert [row["month"] for row in found] == [12 * day.year + day.month - 1 for day in days]

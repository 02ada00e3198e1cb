"""What becomes of cells and types in each format, as docs/trust.md says."""

import csv
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run

FORMATS = ("csv", "tsv", "parquet", "jsonl", "json", "xlsx")
CELLS = ["007", "1.50", "1e5", " x ", "x,y", 'a "b"', "two\nlines", "=1+1", " ", "TRUE"]


def read_back(path: Path) -> list[dict[str, Any]]:
    match path.suffix:
        case ".csv" | ".tsv":
            with path.open(newline="", encoding="utf-8") as file:
                return list(csv.DictReader(file, delimiter="\t" if path.suffix == ".tsv" else ","))
        case ".parquet":
            return pq.read_table(path).to_pylist()  # type: ignore[no-any-return]
        case ".xlsx":
            names, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
            return [dict(zip(map(str, names), row, strict=True)) for row in rows]
        case ".json":
            return json.loads(path.read_text())  # type: ignore[no-any-return]
    return list(map(json.loads, path.read_text().splitlines()))


def judged(run: Run, source: Path, its_format: str) -> list[dict[str, Any]]:
    target = source.with_name(f"v.{its_format}")
    assert run("batch", source, "-q", "-o", target).code == 0
    return read_back(target)


@pytest.mark.parametrize("its_format", FORMATS)
def test_a_cell_of_text_is_the_same_in_every_format(
    run: Run, tmp_path: Path, its_format: str
) -> None:
    with (tmp_path / "t.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["customer", "x"], *(["won", cell] for cell in CELLS)])
    found = [row["x"] for row in judged(run, tmp_path / "t.csv", its_format)]
    assert found == CELLS


@pytest.mark.parametrize("its_format", FORMATS)
def test_blanks_before_quotes_go_and_nothing_is_null(
    run: Run, tmp_path: Path, its_format: str
) -> None:
    (tmp_path / "t.csv").write_text('customer,x\nwon, "q"\nwon,\nwon,""\n')
    found = [row["x"] for row in judged(run, tmp_path / "t.csv", its_format)]
    nothing = "" if its_format in ("csv", "tsv") else None
    assert found == ["q", nothing, nothing]


def test_types_of_parquet_stay_as_they_were(run: Run, tmp_path: Path) -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    columns = {
        "customer": pa.array(["won", "lost"]),
        "text": pa.array(["", None]),
        "u8": pa.array([1, None], pa.uint8()),
        "f32": pa.array([0.5, None], pa.float32()),
        "money": pa.array([Decimal("1.50"), None], pa.decimal128(10, 2)),
        "big": pa.array([2**63 - 1, None]),
        "zoned": pa.array([noon, None], pa.timestamp("us", "UTC")),
        "berlin": pa.array([noon, None], pa.timestamp("us", "Europe/Berlin")),
        "ns": pa.array([1_767_268_800_123_456_789, None], pa.timestamp("ns")),
        "day": pa.array([date(2026, 1, 1), None]),
        "bytes": pa.array([b"\x00\xff", None]),
        "list": pa.array([[1, 2], None]),
        "struct": pa.array([{"a": 1, "b": "z"}, None]),
    }
    source = tmp_path / "t.parquet"
    pq.write_table(pa.table(columns), source)
    target = tmp_path / "v.parquet"
    assert run("batch", source, "-q", "-o", target).code == 0
    found = pq.read_table(target)
    for name, column in columns.items():
        wanted = pa.timestamp("us", "UTC") if name == "berlin" else column.type
        assert (name, found[name].type) == (name, wanted)
        assert found[name].combine_chunks().cast(column.type) == column


@pytest.mark.parametrize(
    ("its_format", "kept"),
    [("csv", ["", "", "1.50"]), ("jsonl", ["", None, 1.5]), ("xlsx", [None, None, 1.5])],
)
def test_empty_text_of_parquet_is_told_from_null_where_a_format_can(
    run: Run, tmp_path: Path, its_format: str, kept: list[Any]
) -> None:
    rows = {"customer": ["won", "won"], "x": ["", None], "n": [Decimal("1.50")] * 2}
    pq.write_table(pa.table(rows), tmp_path / "t.parquet")
    first, second = judged(run, tmp_path / "t.parquet", its_format)
    assert [first["x"], second["x"], first["n"]] == kept
    if its_format == "csv":
        assert '\nwon,"",1.50,' in (tmp_path / "v.csv").read_text()
        assert "\nwon,,1.50," in (tmp_path / "v.csv").read_text()

"""Files that hold something else than their names say: refused with what they are and what to do."""

import gzip
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run

TABLE = b"id,salesperson,customer\nA,won,lost\n"
RECORDS = b'{"id": "A", "salesperson": "won"}\n'


def plain(path: Path) -> None:
    path.write_bytes(TABLE)


def gzipped(path: Path) -> None:
    path.write_bytes(gzip.compress(RECORDS if ".json" in path.name else TABLE))


def zstandard(path: Path) -> None:
    with pa.CompressedOutputStream(str(path), "zstd") as stream:
        stream.write(TABLE)


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("week.csv", TABLE)


def workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for line in TABLE.decode().splitlines():
        book.active.append(line.split(","))
    whole = path.with_name("whole.xlsx")
    book.save(whole)
    whole.rename(path)


def parquet(path: Path) -> None:
    pq.write_table(pa.table({"id": ["A"], "salesperson": ["won"], "customer": ["lost"]}), path)


def pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n")


def sqlite(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0")


COMPRESSED = "is compressed, and its name does not say so. Rename it to "
WORKBOOK = "is a workbook, and its name does not say so. Read it as such: --input-format xlsx."
PARQUET = "is Parquet, and its name does not say so. Read it as such: --input-format parquet."
TEXT = "is not compressed, though its name says so. If it is what "
CASES: list[tuple[str, Callable[[Path], None], str]] = [
    ("a.csv", gzipped, f"{COMPRESSED}a.csv.gz."),
    ("a.xlsx", gzipped, f"{COMPRESSED}a.xlsx.gz."),
    ("a.parquet", gzipped, f"{COMPRESSED}a.parquet.gz."),
    ("a.jsonl", gzipped, f"{COMPRESSED}a.jsonl.gz."),
    ("a.tsv", zstandard, f"{COMPRESSED}a.tsv.zst."),
    ("a b.csv", zipped, f"{COMPRESSED}'a b.csv.zip'."),
    ("a.csv", workbook, WORKBOOK),
    ("a.tsv", workbook, WORKBOOK),
    ("a.json", workbook, WORKBOOK),
    ("a.parquet", workbook, WORKBOOK),
    ("a.csv", parquet, PARQUET),
    ("a.xlsx", parquet, PARQUET),
    ("a.parquet", plain, "is text, and not Parquet. Read it as such: --input-format csv (or tsv)."),
    ("a.csv.gz", plain, f"{TEXT}'a.csv' says, rename it so."),
    ("a.csv.zst", plain, f"{TEXT}'a.csv' says, rename it so."),
    ("a.jsonl.gz", plain, f"{TEXT}'a.jsonl' says, rename it so."),
    ("a.csv.gz", zstandard, f"{TEXT}'a.csv' says, rename it so."),
    ("a.csv", pdf, "is a PDF, made to be read by people, which is not read. Ask"),
    ("a.csv", sqlite, "is a database of SQLite, which is not read. Name its engine"),
]


@pytest.mark.parametrize(("name", "write", "said"), CASES)
def test_it_is_refused_with_what_it_is(
    name: str, write: Callable[[Path], None], said: str, run: Run, tmp_path: Path
) -> None:
    write(tmp_path / name)
    done = run("batch", name, "-q", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{name}: {said}"), done.err


@pytest.mark.parametrize("write", [plain, gzipped, zstandard, zipped, workbook, parquet])
def test_what_is_called_what_it_is_is_read(
    write: Callable[[Path], None], run: Run, tmp_path: Path
) -> None:
    ends = {
        plain: ".csv",
        gzipped: ".csv.gz",
        zstandard: ".csv.zst",
        zipped: ".zip",
        workbook: ".xls",
        parquet: ".parquet",
    }
    write(tmp_path / f"a{ends[write]}")
    done = run("batch", f"a{ends[write]}", "-q", "--format", "csv", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[1].startswith("A,won,lost,")


def test_what_it_is_can_be_said(run: Run, tmp_path: Path) -> None:
    workbook(tmp_path / "a.csv")
    shutil.copy(tmp_path / "a.csv", tmp_path / "b.csv")
    done = run(
        "batch", "a.csv", "b.csv", "--input-format", "xlsx", "-q", "--format", "csv", cwd=tmp_path
    )
    assert done.code == 0
    assert done.err.startswith("a.csv, b.csv: 1 id used twice or more, in 2 rows: 'A'.")
    assert len(done.out.splitlines()) == 3

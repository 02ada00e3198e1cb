"""What is said of a file and means nothing to its format, or is more than it holds, is refused."""

from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run

from winwinwin.loading.file_layout import FITTING, FOR, KEYS, flag

ROWS = {"id": ["A", "B"], "salesperson": ["won", "won"], "customer": ["won", "lost"]}
VALUES = {
    "encoding": "utf-8",
    "delimiter": ",",
    "header_row": "1",
    "skip_rows": "0",
    "skip_footer": "0",
    "sheet": "Sheet",
    "records": "calls",
}
MAPPING = "id: id\nsalesperson: salesperson\ncustomer: customer\n"
TABLES = ("csv", "tsv", "xlsx", "parquet")


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """A folder with the same two rows in every format."""
    lines = ["\t".join(ROWS), *("\t".join(row) for row in zip(*ROWS.values(), strict=True))]
    (tmp_path / "calls.tsv").write_text("\n".join(lines))
    (tmp_path / "calls.csv").write_text("\n".join(lines).replace("\t", ","))
    pq.write_table(pa.table(ROWS), tmp_path / "calls.parquet")
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line.split("\t"))
    book.save(tmp_path / "calls.xlsx")
    with duckdb.connect(str(tmp_path / "calls.db")) as base:
        base.execute(f"CREATE TABLE calls AS FROM '{tmp_path}/calls.parquet'")
    return tmp_path


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("form", TABLES)
def test_an_option_fits_or_is_refused(run: Run, calls: Path, form: str, key: str) -> None:
    value = "\t" if (form, key) == ("tsv", "delimiter") else VALUES[key]
    done = run("batch", f"calls.{form}", flag(key), value, "-q", cwd=calls)
    drafted = run("map", f"calls.{form}", flag(key), value, cwd=calls)
    if key in FITTING[form].keys:
        assert (done.code, drafted.code, len(done.out.splitlines())) == (0, 0, 2), done.err
    else:
        said = f"{flag(key)}: this is for {FOR[key]}. Leave it out: {FITTING[form].named}.\n"
        assert (done.code, done.err) == (drafted.code, drafted.err) == (2, said)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("form", TABLES)
def test_a_key_of_a_mapping_is_refused_with_its_place(
    run: Run, calls: Path, form: str, key: str
) -> None:
    value = '"\\t"' if (form, key) == ("tsv", "delimiter") else f'"{VALUES[key]}"'
    (calls / "m.yaml").write_text(f"file: {{{key}: {value}}}\n{MAPPING}")
    done = run("batch", f"calls.{form}", "--map", "m.yaml", "-q", cwd=calls)
    if key in FITTING[form].keys:
        assert done.code == 0, done.err
    else:
        assert done.code == 2
        assert done.err.startswith(f"m.yaml:1:{len(key) + 10}: {key}: this is for {FOR[key]}."), (
            done.err
        )


def test_a_key_of_a_join_is_refused_with_its_place(run: Run, calls: Path) -> None:
    (calls / "other.csv").write_text("id,mood\nA,1\n")
    (calls / "m.yaml").write_text(f"join:\n- file: other.csv\n  on: id\n  sheet: Calls\n{MAPPING}")
    done = run("batch", "calls.csv", "--map", "m.yaml", "-q", cwd=calls)
    assert done.code == 2
    assert "m.yaml:4:10: sheet: this is for workbooks. Leave it out: this is CSV." in done.err


@pytest.mark.parametrize("key", KEYS)
def test_a_database_is_laid_out_by_itself(run: Run, calls: Path, key: str) -> None:
    source = ("--connect", "duckdb://calls.db", "--table", "calls")
    done = run("batch", *source, flag(key), VALUES[key], cwd=calls)
    assert done.code == 2
    assert done.err.startswith(f"{flag(key)}: this is for {FOR[key]}."), done.err


@pytest.mark.parametrize("form", ["csv", "tsv", "xlsx"])
def test_a_footer_is_no_longer_than_its_table(run: Run, calls: Path, form: str) -> None:
    what = "is more than the 2 rows below the names of the columns. Count"
    for command in (["batch", "-q"], ["map"]):
        done = run(*command, f"calls.{form}", "--skip-footer", "99", cwd=calls)
        assert (done.code, done.out) == (2, "")
        assert done.err.startswith(f"calls.{form}: --skip-footer: 99 {what}"), done.err
    (calls / "m.yaml").write_text(f"file: {{skip_footer: 3}}\n{MAPPING}")
    done = run("batch", f"calls.{form}", "--map", "m.yaml", cwd=calls)
    assert (done.code, f"m.yaml:1:21: skip_footer: 3 {what}" in done.err) == (2, True), done.err
    done = run("batch", f"calls.{form}", "--skip-footer", "1", "-q", cwd=calls)
    assert (done.code, len(done.out.splitlines())) == (0, 1)

"""Two batches of any kind beside each other: a table is counted as the same records are."""

import csv
import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
from conftest import Run
from table_rows import as_csv

WEEK = "examples/week.yaml"
SURVEY = ("examples/survey.csv", "examples/survey.map.yaml")


def parquet(table: Path) -> Path:
    pq.write_table(pa_csv.read_csv(table), table.with_suffix(".parquet"))
    return table.with_suffix(".parquet")


def zipped(table: Path) -> Path:
    path = table.with_suffix(".csv.gz")
    path.write_bytes(gzip.compress(table.read_bytes()))
    return path


def tabbed(table: Path) -> Path:
    with table.open(newline="") as file, table.with_suffix(".tsv").open("w", newline="") as target:
        csv.writer(target, delimiter="\t").writerows(csv.reader(file))
    return table.with_suffix(".tsv")


def excel(table: Path) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    with table.open(newline="") as file:
        for row in csv.reader(file):
            book.active.append([cell or None for cell in row])
    book.save(table.with_suffix(".xlsx"))
    return table.with_suffix(".xlsx")


MAKERS: dict[str, Callable[[Path], Path]] = {
    "csv": lambda table: table,
    "parquet": parquet,
    "csv.gz": zipped,
    "tsv": tabbed,
    "xlsx": excel,
}


@pytest.fixture
def batches(tmp_path: Path) -> tuple[Path, Path]:
    """Two batches in YAML: a week, and the same with every other loss turned."""
    text = Path(WEEK).read_text(encoding="utf-8")
    before, after = tmp_path / "before.yaml", tmp_path / "after.yaml"
    before.write_text(text, encoding="utf-8")
    after.write_text(text.replace("customer: lost", "customer: won", 9), encoding="utf-8")
    return before, after


def told(run: Run, *arguments: object) -> dict[str, Any]:
    """Return what a comparison says as JSON, its lists in an order of their own."""
    done = run("compare", *arguments, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    for which in ("before", "after"):
        del found[which]["source"]
    for which in ("rules", "levers", "groups"):  # of equal numbers, or in the order of occurrence
        found[which].sort(key=json.dumps)
    return found


BY = ("--by", "employee", "--by", "week")


@pytest.mark.parametrize("kind", MAKERS)
def test_a_table_compares_as_the_same_records(
    run: Run, batches: tuple[Path, Path], tmp_path: Path, kind: str
) -> None:
    tables = [MAKERS[kind](as_csv(run, it, tmp_path / f"{it.stem}.csv")) for it in batches]
    records = told(run, *batches, *BY)
    assert records["before"]["judged"] == 50
    assert len(records["groups"]) > 5
    assert told(run, *tables, *BY) == records
    # and where only one of the two is a table
    assert told(run, batches[0], tables[1], *BY) == records
    assert told(run, tables[0], batches[1], *BY) == records


@pytest.mark.parametrize("suffix", ["txt", "md", "html", "svg", "json"])
def test_tables_are_compared_in_every_format(run: Run, tmp_path: Path, suffix: str) -> None:
    records = tmp_path / "week.yml"  # a name as long as the table's, which is wrapped alike
    records.write_bytes(Path(WEEK).read_bytes())
    written = []
    for after in (as_csv(run, WEEK, tmp_path / "week.csv"), records):
        path = tmp_path / f"change.{suffix}"
        done = run("compare", WEEK, after, "--by", "channel", "-o", path)
        assert (done.code, done.err) == (0, "")
        written.append(path.read_text(encoding="utf-8").replace("week.csv", "week.yml"))
    assert written[0] == written[1]
    assert "week.yml" in written[0]


def test_a_table_may_be_grouped_by_any_column(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "week.csv"
    table.write_text("customer,salesperson,Store\nwon,won,North\nlost,won,\n")
    found = told(run, table, table, "--by", "Store")
    assert [group["value"] for group in found["groups"]] == ["North", None]


def test_worse_fails_on_tables_too(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("salesperson,customer\n" + "won,won\n" * 30)
    bad.write_text("salesperson,customer\n" + "won,lost\n" * 30)
    assert run("compare", good, bad, "--fail-on-worse").code == 1
    assert run("compare", bad, good, "--fail-on-worse").code == 0


def test_each_side_is_read_by_its_mapping(run: Run) -> None:
    table, mapping = SURVEY
    both = run("compare", table, table, "--map", mapping, "--by", "Region")
    assert both.code == 0
    assert both.err.count("customer: 20 x 'Undecided' read as not recorded\n") == 2
    mixed = run("compare", WEEK, table, "--map-after", mapping)
    assert mixed.code == 0
    assert "before: examples/week.yaml, 50 interactions\n" in mixed.out
    assert "after: examples/survey.csv, 320 interactions\n" in mixed.out
    other = run("compare", table, WEEK, "--map-before", mapping)
    assert "before: examples/survey.csv, 320 interactions\n" in other.out


def test_records_are_read_by_a_mapping(run: Run, tmp_path: Path) -> None:
    calls, mapping = tmp_path / "calls.jsonl", tmp_path / "map.yaml"
    calls.write_text('{"staff": "won", "mood": "happy"}\n{"staff": "won", "mood": "so-so"}\n')
    mapping.write_text("salesperson: staff\ncustomer: {column: mood, won: happy, lost: sad}\n")
    done = run("compare", calls, calls, "--map", mapping, "--format", "json")
    assert done.code == 0
    [won] = [rule for rule in json.loads(done.out)["rules"] if rule["rule"] == "mutual-win"]
    assert won["after"] == {
        "count": 1, "total": 2, "share": 0.5, "possible": 2, "share_possible": 1.0
    }  # fmt: skip
    assert done.err == "customer: 1 x 'so-so' read as not recorded\n" * 2


def test_rows_that_cannot_be_read_are_counted_and_told(run: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text("salesperson,customer\nwon,won\n")
    bad.write_text("salesperson,customer\nwon,won\nwun,won\nwun,lost\n")
    done = run("compare", good, bad, "--format", "json", "--fail-on-worse")
    assert done.code == 2
    assert json.loads(done.out)["after"] == {
        "source": str(bad), "judged": 1, "invalid": 2, "unreadable": 0
    }  # fmt: skip
    assert done.err == (
        f"{bad}: salesperson: 'wun' is not an outcome. Did you mean 'won'?"
        " (won, lost or unknown) (2 rows)\n"
        'to see which rows, use batch -o FILE (column "problem")\n'
    )


ERRORS = {
    "a missing table": (("{}/none.csv",), "none.csv: no such file or folder."),
    "no row": (("{}/empty.csv",), "empty.csv: has no rows."),
    "no fact": (("{}/other.csv",), "no column has the name of a fact"),
    "no column": (
        ("{}/week.csv", "--by", "Stor"),
        "week.csv: --by: 'Stor' is not a column of the table",
    ),
    "no mapping": (("{}/week.csv", "--map", "{}/none.yaml"), "none.yaml: no such file or folder"),
    "not by records": (
        ("examples/week.yaml", "--by", "Store"),
        "--by: 'Store' is not a dimension. (employee, channel, day, week, month, tags.NAME)",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_cannot_be_done_is_told_as_batch_tells_it(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "week.csv").write_text("salesperson,Store\nwon,North\n")
    (tmp_path / "empty.csv").write_text("salesperson,Store\n")
    (tmp_path / "other.csv").write_text("Store\nNorth\n")
    (wanted, *options), says = ERRORS[name]
    filled = [option.format(tmp_path) for option in (wanted, *options)]
    done = run("compare", tmp_path / "week.csv", *filled)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_nothing_that_is_read_is_overwritten(run: Run, tmp_path: Path) -> None:
    table, mapping = tmp_path / "week.csv", tmp_path / "map.json"
    table.write_text("staff\nwon\n")
    mapping.write_text('{"salesperson": "staff"}')
    done = run("compare", table, table, "--map", mapping, "-o", mapping)
    assert (done.code, done.out) == (2, "")
    assert "is already read or written by this run" in done.err
    assert json.loads(mapping.read_text()) == {"salesperson": "staff"}


def test_a_dimension_that_is_named_twice_counts_once(run: Run, batches: tuple[Path, Path]) -> None:
    once = told(run, *batches, "--by", "employee")
    assert told(run, *batches, "--by", "employee", "--by", "employee") == once


def test_a_table_beside_records_in_a_folder_is_passed_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("salesperson\nwon\n")
    (tmp_path / "b.yaml").write_text("- {salesperson: won}\n")
    (tmp_path / "c.csv.gz").write_bytes(b"")
    done = run("compare", tmp_path, WEEK)
    assert done.code == 0
    assert done.err.splitlines() == [
        f"{file}: is a table. Judge it alone: winwinwin batch {file}"
        for file in (tmp_path / "a.csv", tmp_path / "c.csv.gz")
    ]


@pytest.mark.parametrize("names", [["a.csv", "b.yaml"], ["*"], ["a.csv", "."], ["a.csv", "-"]])
def test_names_of_both_sorts_are_refused(run: Run, tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "a.csv").write_text("salesperson\nwon\n")
    (tmp_path / "b.yaml").write_text("- {salesperson: won}\n")
    done = run("batch", *names, cwd=tmp_path, stdin="")
    other = "b.yaml" if names == ["*"] else names[1]
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        f"a.csv and {other} cannot be judged together: only the first is a table. "
        "Name tables alone, or files of records alone.\n"
    )

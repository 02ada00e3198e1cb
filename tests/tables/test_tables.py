"""The command on tables: files of every sort, what is written, and what is refused."""

import csv
import gzip
import io
import json
import subprocess
import sys
from decimal import Decimal
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as ET

import duckdb
import ibis
import openpyxl
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run
from table_rows import as_csv

from winwinwin import Judge, WinwinwinError, judge_table
from winwinwin.output import progress as progress_line
from winwinwin.rows.records import VERDICT_COLUMNS
from winwinwin.tables import kinds, listed
from winwinwin.tables.engines import explained as engines_explained
from winwinwin.tables.reading import mistakes
from winwinwin.tables.texts import as_text

WEEK = """\
id,salesperson,customer,employee,date,remark
A,won,won,Linh,2026-11-23,010
B,won,lost,Mateo,2026-11-24,"say ""hi""\"
C,lost,won,Linh,2026-11-30,no
D,,won,Mateo,2026-W49-2,=1+1
"""
TRIPLES = ["WIN/WIN/WIN", "WIN/LOSE/LOSE", "LOSE/WIN/LOSE", "?/WIN/?"]


@pytest.fixture
def week(tmp_path: Path) -> Path:
    file = tmp_path / "week.csv"
    file.write_text(WEEK, encoding="utf-8")
    return file


def triples(out: str) -> list[str]:
    return [line.split()[1] for line in out.splitlines()]


def test_a_table_is_listed_and_summed_up_as_records_are(run: Run, week: Path) -> None:
    done = run("batch", week)
    assert done.code == 0
    assert triples(done.out.partition("\n\n")[0]) == TRIPLES
    assert "4 interactions judged\n" in done.out
    assert done.err == ""


def test_the_same_summary_comes_from_a_table_and_from_records(run: Run, tmp_path: Path) -> None:
    table = as_csv(run, "examples/week.yaml", tmp_path / "week.csv")
    by = ["--by", "employee", "--by", "week", "--by", "month"]
    records = run("batch", "examples/week.yaml", "-o", tmp_path / "x.csv", *by)
    tables = run("batch", table, "-o", tmp_path / "y.csv", *by)
    assert tables.out == records.out


def test_a_run_on_a_file_loads_no_pandas(week: Path) -> None:
    code = (
        "import sys\nfrom winwinwin.cli.app import main\n"
        "try:\n    main()\nfinally:\n    print('pandas' in sys.modules, file=sys.stderr)\n"
    )
    target = week.with_name("out.csv")
    command = [sys.executable, "-c", code, "batch", str(week), "-o", str(target)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == f"{target}: 4 rows read, 4 written\nFalse\n"


def test_own_columns_stay_as_they_are_and_the_verdict_follows(run: Run, week: Path) -> None:
    target = week.with_name("out.csv")
    done = run("batch", week, "-o", target)
    assert done.err == f"{target}: 4 rows read, 4 written\n"
    before = list(csv.reader(io.StringIO(WEEK)))
    after = list(csv.reader(io.StringIO(target.read_text())))
    assert [row[:6] for row in after] == before
    assert after[0][6:] == list(VERDICT_COLUMNS)


@pytest.mark.parametrize("suffix", [".parquet", ".jsonl", ".json", ".tsv", ".csv"])
def test_every_format_of_rows(run: Run, week: Path, suffix: str) -> None:
    target = week.with_name(f"it's out{suffix}")
    assert run("batch", week, "-o", target).code == 0
    read = {
        ".parquet": lambda: pq.read_table(target).to_pylist(),
        ".jsonl": lambda: [json.loads(line) for line in target.read_text().splitlines()],
        ".json": lambda: json.loads(target.read_text()),
        ".tsv": lambda: list(csv.DictReader(io.StringIO(target.read_text()), delimiter="\t")),
        ".csv": lambda: list(csv.DictReader(io.StringIO(target.read_text()))),
    }
    rows = read[suffix]()
    assert [row["triple"] for row in rows] == TRIPLES
    assert [row["remark"] for row in rows] == ["010", 'say "hi"', "no", "=1+1"]
    assert sorted(week.parent.iterdir()) == [target, week]


@pytest.mark.parametrize("its_format", ["csv", "jsonl", "json"])
def test_the_formats_that_hold_rows(run: Run, week: Path, its_format: str) -> None:
    target = week.with_name(f"out.{its_format}")
    assert run("batch", week, "-q", "-o", target).code == 0
    done = run("batch", week, "--format", its_format)
    assert (done.code, done.out) == (0, target.read_text())
    assert done.err.startswith("4 interactions judged\n")


def test_markdown_sums_up_and_lists_calls_by_reason(run: Run, week: Path) -> None:
    header, *rows = WEEK.splitlines(keepends=True)
    booked = [f"won,{row}" for row in rows[:2]] + [f"lost,{row}" for row in rows[2:]]
    week.write_text(f"organization,{header}{''.join(booked)}", encoding="utf-8")
    out = run("batch", week, "--format", "markdown").out
    assert out.startswith("## 4 interactions judged\n")
    calls = out.partition("**booked as won, ruled lost: 1**. ")[2].split("\n\n")[1]
    assert [line.split(" | ")[0] for line in calls.splitlines()[2:]] == ["| B"]


def test_a_summary_can_be_a_file(run: Run, week: Path) -> None:
    target = week.with_name("out.md")
    run("batch", week, "-o", target)
    assert "## 4 interactions judged" in target.read_text()


def test_compressed_files_globs_folders_and_standard_input(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.csv.gz").write_bytes(gzip.compress(WEEK.encode()))
    with pa.CompressedOutputStream(str(tmp_path / "a" / "2.csv.zst"), "zstd") as out:
        out.write(WEEK.encode())
    assert "8 interactions judged" in run("batch", tmp_path / "a").out
    assert "4 interactions judged" in run("batch", tmp_path / "a" / "*.zst").out
    assert "4 interactions judged" in run("batch", "-", "--input-format", "csv", stdin=WEEK).out
    semicolons = WEEK.replace(",", ";").replace("\n", "\r\n")
    assert (
        "4 interactions judged" in run("batch", "-", "--input-format", "csv", stdin=semicolons).out
    )


def test_excel_is_read(run: Run, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(WEEK)):
        book.active.append(row)
    book.active.append(["E", "won", "won", True, 7.0, 2.5])
    book.save(tmp_path / "week.xlsx")
    done = run("batch", tmp_path / "week.xlsx", "--format", "jsonl", "-q")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [row["triple"] for row in rows] == [*TRIPLES, "WIN/WIN/WIN"]
    assert rows[4]["employee"] == "true"
    assert rows[4]["remark"] == "2.5"
    assert "date: 1 x '7' read as not recorded" in done.err


def test_typed_columns_of_parquet_are_read(run: Run, tmp_path: Path) -> None:
    table = pa.table(
        {
            "salesperson": ["won", "won", "won"],
            "customer": ["won", "won", None],
            "salesperson_feels_good": [True, False, None],
            "salesperson_believes_lost_for_customer": [0.0, 1.0, float("nan")],
            "order": [["salesperson", "customer"], None, None],
            "salesperson_won_at": pa.array(
                [1_700_000_000_000_000, None, 5], pa.timestamp("us", "UTC")
            ),
            "customer_won_at": pa.array(
                [1_700_000_000_250_000, None, None], pa.timestamp("us", "UTC")
            ),
            "date": pa.array([0, 20_000, None], pa.date32()),
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    done = run("batch", tmp_path / "t.parquet", "-o", tmp_path / "o.parquet", "--by", "month")
    judged = pq.read_table(tmp_path / "o.parquet")
    comparable = [name for name in table.column_names if "believes" not in name]  # nan is not nan
    assert judged.select(comparable).to_pylist() == table.select(comparable).to_pylist()
    assert judged["verdict"].to_pylist() == ["win_win_win", "organization_loses", "undetermined"]
    assert judged["gap_seconds"].to_pylist() == [0.25, None, None]
    assert "1970-01" in done.out
    assert "2024-10" in done.out


def test_rows_keep_their_order_through_many_threads(run: Run, tmp_path: Path) -> None:
    many = 300_000
    customer = pa.array(["won", "lost", None] * (many // 3))
    table = pa.table({"number": pa.array(range(many)), "customer": customer})
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=20_000)
    run("batch", tmp_path / "t.parquet", "-o", tmp_path / "o.parquet", "--threads", 4)
    judged = pq.read_table(tmp_path / "o.parquet")
    assert judged["number"].to_pylist() == list(range(many))
    assert judged["triple"].to_pylist() == ["?/WIN/?", "?/LOSE/?", "?/?/?"] * (many // 3)


def test_more_keys_than_a_list_holds_are_joined_in_order(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["won", "win", "w", "lost", "loss", "l", ""]
    rows = "".join(f"{','.join(row)}\n" for row in product(words, repeat=3))
    (tmp_path / "t.csv").write_text(f"salesperson,customer,organization\n{rows}")
    batch = ("batch", tmp_path / "t.csv", "--format", "csv", "-q")
    from_lists = run(*batch)
    joined, join = [], listed.join
    monkeypatch.setattr(listed, "LONGEST", 2)
    monkeypatch.setattr(listed, "join", lambda *tables: joined.append(tables) or join(*tables))
    assert (run(*batch), len(joined)) == (from_lists, 1)
    assert len(from_lists.out.splitlines()) == 7**3  # the row without a value is none


def test_any_column_groups(run: Run, week: Path) -> None:
    done = run("batch", week, "--by", "remark", "--by", "week", "-o", week.with_name("o.csv"))
    assert "By remark" in done.out
    assert "  2026-W48" in done.out
    assert "  2026-W49" in done.out


def test_gates_and_exit_codes_are_those_of_records(run: Run, week: Path) -> None:
    assert run("batch", week, "--fail-on", "organization_loses=2").code == 0
    done = run("batch", week, "--fail-on", "organization_loses=1")
    assert done.code == 1
    assert "gate organization_loses=1 failed" in done.err


def test_a_bad_value_keeps_its_row(run: Run, week: Path) -> None:
    week.write_text(WEEK.replace("B,won", "B,wun").replace("C,lost", "C,wun"))
    done = run("batch", week, "--format", "csv", "-q")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    said = "salesperson: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)"
    assert [row["problem"] for row in rows] == ["", said, said, ""]
    assert rows[1]["verdict"] == "invalid"
    told = f"{week}: {said} (2 rows)\nto see which rows, "
    assert done.err == f'{told}see their column "problem"\n'
    assert done.code == 2
    summed = run("batch", week, "--quiet", "--prefix", "v_")
    assert summed.err == f'{told}use batch -o FILE (column "v_problem")\n'


def test_where_a_verdict_column_would_clash_the_hint_has_a_prefix_that_works(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "noted.csv"
    file.write_text("salesperson,customer,notes\nwon,won,hi\nwun,won,ho\n")
    said = 'to see which rows, use batch -o FILE --prefix verdict_ (column "verdict_problem")'
    assert said in run("batch", file, "-q").err.splitlines()
    done = run("batch", file, "--format", "csv", "-q", "--prefix", "verdict_")
    assert [bool(row["verdict_problem"]) for row in csv.DictReader(io.StringIO(done.out))] == [
        False,
        True,
    ]


def test_rows_without_an_id_are_named_by_their_number(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "nameless.csv"
    booked = ["won,won,won", "won,lost,won"] * 3
    file.write_text("\n".join(["salesperson,customer,organization", *booked]))
    out = run("batch", file, "--format", "markdown").out
    assert [line.split("|")[1].strip() for line in out.splitlines() if "| row " in line] == [
        "row 2",
        "row 4",
        "row 6",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('customer,x\nwon,"1\n', "{}:2:1: a quoted value does not end"),
        (b"customer,x\nwon,\xff\n", "{}:2: is not UTF-8, but looks like cp1252."),
        (b"customer,\xff\nwon,1\n", "{}:1: is not UTF-8, but looks like cp1252."),
        ("customer,x\n", "{}: has no rows."),
        ("", "{}: holds no table."),
        ('id,customer\n"1\n2",won\n"3"x,won\n', "{}:4:1: a quoted value does not end"),
        (b'id,customer\n"1\n2",won\n\xe9,won\n', "{}:4: is not UTF-8, but looks like cp1252."),
        ("mood,custmer\nwon,1\n", "no column has the name of a fact. Did you mean 'customer'?"),
        ("1,Won\n2,lost\n", "If 'Won' is a value, name the columns in a line above it."),
        (
            "customer,verdict\nwon,1\n",
            "the table already has columns named like the verdict's: 'verdict'.",
        ),
    ],
)
def test_what_is_no_table_is_told_with_its_line(
    run: Run, tmp_path: Path, content: str | bytes, said: str
) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    done = run("batch", file, "-o", tmp_path / "o.csv")
    assert done.code == 2
    assert said.format(file) in done.err
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("customer,x\nwon,1,2\n", 2),
        ('id,customer\n"1\n2",won\n\n3,a,b\n', 5),
        ('customer,"a\r\nb"\r\nwon,"1\r\n2"\r\nx,y,z\r\n', 5),
    ],
)
def test_the_first_line_of_rows_with_too_many_values_is_named(
    run: Run, tmp_path: Path, content: str, line: int
) -> None:
    (tmp_path / "t.csv").write_bytes(content.encode())
    done = run("batch", tmp_path / "t.csv")
    assert done.code == 2
    assert f"more values than the header; the first such row begins in line {line}." in done.err


@pytest.mark.parametrize("suffix", ["csv.gz", "tsv"])
def test_a_line_is_named_in_compressed_files_and_others(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    delimiter = "\t" if suffix == "tsv" else ","
    content = 'id,customer\n"1\n2",won\n3,4,5\n'.replace(",", delimiter)
    file = tmp_path / f"t.{suffix}"
    file.write_bytes(gzip.compress(content.encode()) if suffix == "csv.gz" else content.encode())
    assert (
        f"{file}: this row has more values than the header; the first such row begins in line 4."
        in run("batch", file).err
    )


def test_a_quoted_name_may_hold_delimiters_and_line_ends(run: Run, tmp_path: Path) -> None:
    name = "How did it go,\nall in all, for you?"
    (tmp_path / "t.csv").write_text(f'customer;"{name}"\nwon;"a\nb"\n')
    done = run("batch", tmp_path / "t.csv", "--format", "csv", "-q")
    [row] = csv.DictReader(io.StringIO(done.out))
    assert (row[name], row["triple"]) == ("a\nb", "?/WIN/?")


def test_files_of_parquet_have_the_same_columns(run: Run, tmp_path: Path) -> None:
    for number, columns in enumerate([["customer", "id"], ["id", "customer"], ["id"] * 2]):
        arrays = [pa.array(["won"]) for _ in columns]
        pq.write_table(pa.table(arrays, names=columns), tmp_path / f"{number}.parquet")
    both = run("batch", *(tmp_path / f"{number}.parquet" for number in (0, 1)), "-q")
    assert triples(both.out) == ["?/WIN/?"] * 2
    pq.write_table(pa.table({"customer": [""], "id": [""], "x": [""]}), tmp_path / "3.parquet")
    other = run("batch", *(tmp_path / f"{number}.parquet" for number in (0, 3)))
    assert other.err.startswith(f"{tmp_path / '3.parquet'}: has different columns.")
    twice = run("batch", tmp_path / "2.parquet")
    assert "column 2 has the same name as another: 'id'." in twice.err


def test_standard_input_is_called_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,customer\nA,won\n")
    flags = ["--input-format", "csv"]
    broken = run("batch", "-", *flags, stdin="customer\nwon,won\n")
    assert broken.err.startswith(
        "standard input: this row has more values than the header; the first such row begins in line 2."
    )
    assert run("batch", "-", *flags, stdin="").err.startswith("standard input: holds no table.")
    other = run("batch", tmp_path / "t.csv", "-", *flags, stdin="customer\nwon\n")
    assert other.err.startswith("standard input:1: has different columns.")


def test_names_of_helper_columns_are_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("customer,Winwinwin__key\nwon,1\n")
    done = run("batch", tmp_path / "t.csv")
    assert "t.csv: the name of column 'Winwinwin__key' is reserved" in done.err
    with pytest.raises(WinwinwinError, match="is reserved"):
        judge_table(pa.table({"customer": ["won"], "winwinwin__row": [1]}))


def test_what_is_wrong_is_told_in_the_same_order_every_time(run: Run, tmp_path: Path) -> None:
    values = ["b", "a", "d", "c", "d"]
    rows = "".join(f"{value},{value}\n" for value in values)
    (tmp_path / "t.csv").write_text(f"customer,mood\n{rows}")
    said = run("batch", tmp_path / "t.csv").err
    assert [line.split("'")[1] for line in said.splitlines() if "outcome" in line] == list("dabc")
    (tmp_path / "m.yaml").write_text("customer: {column: mood, won: x}\n")
    told = run("batch", tmp_path / "t.csv", "--map", tmp_path / "m.yaml").err
    assert [line.split("'")[1] for line in told.splitlines()] == list("dabc")


def test_a_prefix_tells_columns_apart(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("customer,verdict\nwon,mine\n")
    done = run("batch", tmp_path / "t.csv", "--prefix", "our_", "--format", "csv", "-q")
    [row] = csv.DictReader(io.StringIO(done.out))
    assert (row["verdict"], row["our_verdict"]) == ("mine", "undetermined")


def test_a_column_that_is_nearly_a_fact_is_warned_of(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("salesperson,Custmer,Organization\nwon,won,won\n")
    done = run("batch", tmp_path / "t.csv")
    assert "column 'Custmer' is not read. Did you mean 'customer'?\n" in done.err
    assert "'Organization'" not in done.err


SPELT = {
    "Salesperson": ["won", "won", "lost"],
    "CUSTOMER": ["won", "lost", "won"],
    "Salesperson Feels-Good": ["yes", None, None],
    "salesperson-won-at": ["2026-11-23", None, None],
    "customer won at": ["2026-11-24", None, None],
    "Employee": ["Linh", "Mateo", "Linh"],
    "Sales region": ["north", "south", "south"],
}


def test_headers_match_without_regard_to_case_blanks_and_dashes() -> None:
    judged = judge_table(pa.table(SPELT))
    assert judged.columns == (*SPELT, *VERDICT_COLUMNS)
    plain = {"salesperson_feels_good": SPELT["Salesperson Feels-Good"]}
    plain |= {name.lower(): SPELT[name] for name in ("Salesperson", "CUSTOMER")}
    plain |= {name: SPELT[name.replace("_", " ")] for name in ("customer_won_at",)}
    plain |= {"salesperson_won_at": SPELT["salesperson-won-at"]}
    expected = judge_table(pa.table(plain)).to_pyarrow().select(VERDICT_COLUMNS)
    assert judged.to_pyarrow().select(VERDICT_COLUMNS) == expected
    assert expected["gap_seconds"].to_pylist() == [86_400, None, None]


def test_a_connection_of_the_caller_s_keeps_no_view() -> None:
    engine = ibis.duckdb.connect()
    judged = judge_table(engine.create_table("calls", pa.table(SPELT)))
    assert judged.count().to_pyarrow().as_py() == 3
    assert not [name for name in engine.list_tables() if name.startswith("winwinwin")]


@pytest.mark.parametrize("mapping", [None, {"customer": "customer", "salesperson": "sales_person"}])
def test_a_dimension_finds_a_header_that_is_spelt_differently(
    run: Run, tmp_path: Path, mapping: dict[str, str] | None
) -> None:
    pq.write_table(pa.table(SPELT), tmp_path / "t.parquet")
    arguments = ["batch", tmp_path / "t.parquet", "--by", "employee", "--by", "sales_region"]
    if mapping:
        (tmp_path / "m.yaml").write_text(json.dumps(mapping))
        arguments += ["--map", tmp_path / "m.yaml"]
    done = run(*arguments, "-o", tmp_path / "o.csv")
    assert done.code == 0
    assert "By employee" in done.out
    assert "  Linh" in done.out
    assert "  south" in done.out
    header = (tmp_path / "o.csv").read_text().partition("\n")[0]
    assert header.startswith("Salesperson,CUSTOMER,Salesperson Feels-Good,salesperson-won-at,")


def test_a_mapped_column_may_be_spelt_differently_and_an_exact_name_wins() -> None:
    table = pa.table({"Q 3": ["good"], "q3": ["bad"], "How it went": ["good"]})
    mapping = {
        "customer": {"column": "q3", "won": "good", "lost": "bad"},
        "salesperson": {"column": "how-it-went", "won": "good"},
    }
    assert judge_table(table, mapping).to_pyarrow()["triple"].to_pylist() == ["WIN/LOSE/LOSE"]


def test_an_exact_header_wins_over_one_that_is_spelt_differently() -> None:
    table = pa.table({"customer_won_at": [None], "customer won at": ["soon"], "customer": ["won"]})
    assert judge_table(table).to_pyarrow()["problem"].to_pylist() == [None]


@pytest.mark.parametrize(
    "mapping", [None, {"customer": "customer", "customer_won_at": "CustomerWonAt"}]
)
def test_a_name_that_two_headers_match_is_refused(mapping: dict[str, str] | None) -> None:
    table = pa.table({"customer-won-at": [None], "customer won at": [None], "customer": ["won"]})
    said = "columns 'customer-won-at' and 'customer won at' both match"
    with pytest.raises(WinwinwinError, match=said) as caught:
        judge_table(table, mapping)
    [problem] = caught.value.problems
    assert problem.field == ("customer_won_at" if mapping else None)


def test_a_dimension_that_two_headers_match_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("customer,sales-region,Sales region\nwon,a,b\n")
    done = run("batch", tmp_path / "t.csv", "--by", "sales_region")
    assert done.code == 2
    assert done.err == (
        "--by: columns 'sales-region' and 'Sales region' both match 'sales_region'. Name one of them.\n"
    )


def test_words_of_a_table_are_read_without_what_is_around_them() -> None:
    spelt = ["won", "“won”", "\xa0WIN\u2009", "✔️", "Closed Won", "« success »"]
    judged = judge_table(pa.table({"customer": spelt})).to_pyarrow()
    assert judged["triple"].to_pylist() == ["?/WIN/?"] * len(spelt)
    mapping = {"customer": {"column": "c", "won": {"at least": 7}, "lost": {"less than": 4}}}
    marks = pa.table({"c": ["7", "“8”", "\xa09.5 ", "«3»", "5", "“5”"]})
    judged = judge_table(marks, mapping).to_pyarrow()
    assert judged["triple"].to_pylist() == ["?/WIN/?"] * 3 + ["?/LOSE/?"] + ["?/?/?"] * 2
    table = pa.table(
        {"customer": ["won"], "customer_won_at": ["“2026-11-23”"], "date": ["\xa02026-11-23"]}
    )
    assert judge_table(table).to_pyarrow()["problem"].to_pylist() == [None]


def test_text_of_a_table_is_carried_through_whatever_it_holds(run: Run, tmp_path: Path) -> None:
    row = "A\x1b[D,won,lost,won,a\tb,one\x07two\n"
    (tmp_path / "t.csv").write_text(f"id,salesperson,customer,organization,employee,remark\n{row}")
    done = run("batch", tmp_path / "t.csv", "--by", "employee", "-o", tmp_path / "o.csv")
    assert done.code == 0
    assert (tmp_path / "o.csv").read_text().splitlines()[1].startswith(row.rstrip("\n"))
    listed = run("batch", tmp_path / "t.csv", "--by", "employee")
    assert (listed.code, listed.err) == (0, "")
    assert "A\\x1b[D" in listed.out


def test_a_column_with_too_many_values_is_no_outcome(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"{number / 10},won\n" for number in range(1_001))
    (tmp_path / "t.csv").write_text(f"customer,salesperson\n{rows}")
    done = run("batch", tmp_path / "t.csv")
    assert done.code == 2
    assert "column 'customer' has more than 1,000 distinct values" in done.err
    assert "Does it really hold `customer`?" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Nothing to judge. Name files or folders, or a table: --connect URL --table NAME."),
        (["week.csv", "examples"], "week.csv and examples cannot be judged together: only the first is a table."),
        (["week.csv", "--by", "remrk"], "--by: 'remrk' is not a column of the table. Did you mean 'remark'?"),
        (["week.csv", "--by", "weak"], "--by: 'weak' is not a column of the table. Did you mean 'week'?"),
        (["week.csv", "--memory-limit", "much"], "--memory-limit: 'much' is not a size."),
        (["week.csv", "--memory-limit", "-5GB"], "--memory-limit: '-5GB' is not a size."),
        (["week.csv", "--memory-limit", "0GB"], "--memory-limit: '0GB' is not a size."),
        (["week.csv", "--table", "t"], "--table: --connect is missing. Name the engine too"),
        (["week.csv", "--connect", "duckdb://", "--table", "t"], "--connect: files are given too."),
        (["--connect", "duckdb://"], "--connect: no table is named."),
        (["--connect", "nowhere", "--table", "t"], "--connect: this is not a URL."),
        (["--connect", "nowhere://x", "--table", "t"], "cannot be reached"),
        (["--connect", "duckdb://", "--table", "t"], "t: no such table"),
        (["--connect", "duckdb://", "--table", "t", "--threads", "2"], "--threads: this is for files."),
        (["week.csv", "-o", "week.csv"], "week.csv: is already read or written by this run."),
        (["week.csv", "-o", "nowhere/o.csv"], "nowhere/o.csv: cannot be written: no such file or directory."),
        (["week.csv", "-o", "o.docx"], "'.docx' is not the suffix of a format here."),
        (["week.csv", "other.csv"], "other.csv:1: has different columns."),
        (["week.csv", "t.parquet"], "the tables have several formats: csv, parquet."),
        (["t.parquet"], "t.parquet: is text, and not Parquet"),
        (["t.xlsx"], "t.xlsx: cannot be read as Excel"),
        (["none.csv"], "none.csv: no such file or folder."),
        (["one.yaml", "--prefix", "x"], "--prefix: this is for tables."),
        (["week.csv", "--map", "m.yaml"], "m.yaml:1:11: customer: the table has no column 'remrk'. Did you mean 'remark'?"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_said(run: Run, week: Path, arguments: list[str], said: str) -> None:
    week.with_name("other.csv").write_text("customer\nwon\n")
    week.with_name("one.yaml").write_text("customer: won\n")
    week.with_name("m.yaml").write_text("customer: remrk\n")
    week.with_name("t.parquet").write_text("text")
    week.with_name("t.xlsx").write_text("text")
    (week.parent / "examples").mkdir()
    (week.parent / "examples" / "one.yaml").write_text("customer: won\n")
    done = run("batch", *arguments, cwd=week.parent)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err


def test_no_database_is_made_by_reading_it(run: Run, tmp_path: Path) -> None:
    for engine in ("duckdb", "sqlite"):
        done = run("batch", "--connect", f"{engine}://{tmp_path}/no.db", "--table", "t")
        assert (done.code, "no such database" in done.err) == (2, True)
    assert not list(tmp_path.iterdir())


def test_a_database_file_is_read_and_written(run: Run, week: Path) -> None:
    file = week.with_name("crm.db")
    with duckdb.connect(str(file)) as base:
        base.execute(f"CREATE TABLE calls AS FROM '{week}'")
    flags = ["--connect", f"duckdb://{file}", "--table", "calls", "--into", "verdicts"]
    done = run("batch", *flags)
    assert done.err == "verdicts: 4 rows read, 4 written\n"
    with duckdb.connect(str(file)) as base:
        assert base.sql("SELECT triple FROM verdicts").fetchall() == [
            (triple,) for triple in TRIPLES
        ]
        assert (
            dict(base.sql("DESCRIBE verdicts").fetchall()[i][:2] for i in (6, 11))["verdict"]
            == "VARCHAR"
        )
    again = run("batch", *flags)
    assert again.code == 2
    assert "--into: 'verdicts' already exists." in again.err


@pytest.mark.parametrize(
    "frame", [lambda t: t.to_pandas(), pl.from_arrow, lambda t: t, ibis.memtable]
)
def test_frames_of_any_sort_are_judged(frame: object) -> None:
    table = pa.table({"id": ["A", "B", None], "customer": ["won", None, "lost"]})
    judged = judge_table(frame(table)).to_pyarrow()  # type: ignore[operator]
    got = dict(zip(judged["id"].to_pylist(), judged["triple"].to_pylist(), strict=True))
    assert got == {"A": "?/WIN/?", "B": "?/?/?", None: "?/LOSE/?"}


def test_nulls_of_frames_are_not_recorded() -> None:
    columns = {"customer": ["won", None], "salesperson": [None, float("nan")]}
    frame = pd.DataFrame(columns | {"salesperson_feels_good": [1.0, float("nan")]})
    table = pa.table({"customer": ["won"], "salesperson": pa.array([None]), "date": pa.nulls(1)})
    assert judge_table(frame).to_pyarrow()["triple"].to_pylist() == ["?/WIN/?", "?/?/?"]
    assert judge_table(table).to_pyarrow()["triple"].to_pylist() == ["?/WIN/?"]


def test_judge_table_takes_a_mapping_file_and_a_rulebook(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("customer: {column: mood, won: good}\n")
    table = pa.table({"mood": ["good", "bad"]})
    judged = judge_table(table, str(tmp_path / "m.yaml"), Judge().rulebook, prefix="v_")
    assert judged.to_pyarrow()["v_triple"].to_pylist() == ["?/WIN/?", "?/?/?"]
    with pytest.raises(WinwinwinError, match="no column has the name of a fact"):
        judge_table(table)


def test_too_many_combinations_blame_the_widest_column(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MOST_COMBINATIONS", 3)
    table = pa.table({"customer": ["won", "win", "w", "lost"], "salesperson": ["won"] * 4})
    with pytest.raises(WinwinwinError, match="column 'customer' has"):
        judge_table(table)


def test_progress_shows_on_standard_error_at_a_terminal_only(
    run: Run, week: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_line, "PATIENCE", 0)
    monkeypatch.setattr(progress_line, "BEAT", 0.001)
    shown = run("batch", week, terminal=False, error_terminal=True, width=300)
    assert f"counting {week}" in shown.err
    assert shown.err.endswith(progress_line.ERASE)
    assert "counting" not in run("batch", week).err
    assert "4 interactions judged" in run("batch", week, terminal=True).out


def test_a_draft_is_a_mapping_that_batch_takes(run: Run, tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    done = run("map", "examples/survey.csv", draft)
    assert done.err.splitlines() == [
        f"Wrote {draft}. Next: edit it, then winwinwin batch examples/survey.csv --map {draft}",
        f"To have an editor check it: winwinwin schema mapping -o {tmp_path}/mapping.schema.json",
    ]
    text = draft.read_text()
    assert "  won: [Very satisfied, Satisfied]\n" in text
    assert run("batch", "examples/survey.csv", "--map", draft, "-q").code == 0
    assert run("map", "examples/survey.csv", draft).code == 2
    assert run("map", "examples/survey.csv").out == text


def test_a_draft_guesses_nothing_where_no_name_speaks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a: b,n\n" + "".join(f"'x{n},{n}\n" for n in range(20)))
    done = run("map", tmp_path / "t.csv")
    assert "# No fact was found: every row will be undetermined until salesperson" in done.out
    assert '# "a: b": 20 values, such as' in done.out
    assert "# n: 20 numbers from 0 to 19\n" in done.out


def test_the_example_is_what_its_script_makes() -> None:
    made = subprocess.run(
        [sys.executable, "examples/survey.py"], capture_output=True, text=True, check=True
    )
    assert Path("examples/survey.csv").read_text() == made.stdout
    assert len(made.stdout.splitlines()) == 1 + 320


@pytest.mark.parametrize("command", [["batch", "week.csv"], ["map", "week.csv"]])
def test_without_the_extra_the_message_names_the_install_command(
    run: Run, week: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = ("winwinwin.tables", "winwinwin.batch.table", "winwinwin.batch.opened")
    for name in [
        name for name in sys.modules if name.split(".")[0] == "ibis" or name.startswith(ours)
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ibis", None)
    done = run(*command, cwd=week.parent)
    assert (done.code, done.out) == (2, "")
    assert done.err == (
        "this needs ibis, which is not installed. Install it: pip install 'winwinwin[tables]'\n"
    )


def test_a_run_on_records_imports_no_engine() -> None:
    code = "import sys; sys.argv[1:] = ['batch', 'examples/one.yaml']\nfrom winwinwin.cli.app import main\ntry:\n    main()\nfinally:\n    assert not {'ibis', 'duckdb', 'pyarrow'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)


def test_the_report_on_a_table_has_its_groups_gaps_and_calls(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    mapping = ("--map", "examples/survey.map.yaml")
    done = run("batch", "examples/survey.csv", *mapping, "--by", "Region", "-o", target)
    assert done.code == 0
    embedded = target.read_text().partition('id="data">')[2].partition("</script>")[0]
    data = json.loads(embedded)["data"]
    whole, *parts = data["slices"]
    assert [each["dimension"] for each in data["filters"]] == ["Region", "employee", "channel"]
    assert sum(part["total"] for part in parts) == 3 * 320
    assert whole["total"] == 320
    assert sum(whole["gaps"]["bins"]) == 70
    assert list(data["names"]) == ["Region", "employee", "channel"]
    calls, kinds = data["talk"]["rows"], data["talk"]["kinds"]
    assert (len(calls), whole["talk"], whole["hidden"]) == (201, 201, 68)
    hidden = [kinds[row[-2]][3] for row in calls]
    assert hidden == sorted(hidden, reverse=True) == [1] * 68 + [0] * 133
    places = zip(*(row[-1] for row in calls), strict=True)
    named = {dimension: set(range(len(names))) for dimension, names in data["names"].items()}
    assert dict(zip(named, map(set, places), strict=True)) == named


def test_a_table_reports_its_mistakes_and_gates_to_ci(run: Run, tmp_path: Path) -> None:
    """What rows share is said once with their number: a row has no line to mark."""
    table, target = tmp_path / "t.csv", tmp_path / "o.xml"
    table.write_text("id,salesperson,customer\na,won,lost\nb,won,won\nc,won,?!\nd,lost,?!\n")
    gate = ("--fail-on", "organization loses")
    done = run("batch", table, "--format", "github", "-o", target, *gate)
    mistake = "'?!' is not an outcome (2 rows). (won, lost or unknown)"
    excess = "gate organization_loses=0 failed: 1 interaction (limit 0, exceeded by 1)"
    assert done.code == 2
    assert done.out.splitlines() == [
        f"::error file={table}::customer: {mistake}",
        f"::error::{excess}",
    ]
    suite = ET.parse(target).getroot()[0]  # noqa: S314  # our own
    assert {key: suite.get(key) for key in ("tests", "errors", "failures")} == {
        "tests": "2",
        "errors": "1",
        "failures": "1",
    }
    assert [(test.get("name"), test[0].get("message")) for test in suite] == [
        (str(table), mistake),
        ("gate organization_loses=0", excess),
    ]


# Files as they are named, and values as they stand.


def test_a_name_is_no_glob_and_a_folder_no_column(run: Run, tmp_path: Path) -> None:
    rows = "id,salesperson,customer\nA,won,won\n"
    folder = tmp_path / "salesperson=lost"
    folder.mkdir()
    for name in ("a[1].csv", "a*.csv", "salesperson=lost/b.csv"):
        (tmp_path / name).write_text(rows)
    (tmp_path / "a1.csv").write_text("id,salesperson,customer\nX,lost,lost\n")
    for name in ("a[1].csv", "a*.csv", "salesperson=lost/b.csv"):
        done = run("batch", name, "-q", "--format", "csv", cwd=tmp_path)
        assert [line[:11] for line in done.out.splitlines()[1:]] == ["A,won,won,w"]
    pq.write_table(pa.table({"salesperson": ["won"], "customer": ["won"]}), folder / "c.parquet")
    done = run("batch", folder / "c.parquet", "-q", "--format", "csv", cwd=tmp_path)
    assert done.out.splitlines()[1].startswith("won,won,win_win_win")


def test_many_odd_texts_overflow_no_key(run: Run, tmp_path: Path) -> None:
    facts = ("salesperson", "customer", "organization", "customer_believes_salesperson")
    lines = [",".join(facts), *(",".join([f"odd{number}"] * 4) for number in range(900))]
    (tmp_path / "odd.csv").write_text("\n".join(lines) + "\n")
    done = run("batch", "odd.csv", "-q", "--format", "csv", cwd=tmp_path)
    assert done.code == 2
    assert sum(",invalid," in line for line in done.out.splitlines()) == 900


def test_parquet_of_other_types_is_refused(run: Run, tmp_path: Path) -> None:
    for name, number in (("a", 1), ("b", 1.5)):
        table = pa.table({"customer": ["won"], "n": [number]})
        pq.write_table(table, tmp_path / f"{name}.parquet")
    done = run("batch", "a.parquet", "b.parquet", "-q", cwd=tmp_path)
    said = "b.parquet: column 'n' is of type double, and int64 in a.parquet."
    assert (done.code, done.out, said in done.err) == (2, "", True)


def test_large_numbers_are_text_as_they_stand() -> None:
    amounts = pa.array([1.0, float("inf"), 1e19, float("nan"), 2.5, None])
    keys = pa.array([Decimal(12345678901234567891), Decimal(4), *[None] * 4], pa.decimal128(38))
    table = ibis.memtable(pa.table({"amount": amounts, "key": keys}))
    written = table.select(amount=as_text(table.amount), key=as_text(table.key)).to_pyarrow()
    assert written["amount"].to_pylist() == ["1", "inf", "1e+19", None, "2.5", None]
    assert written["key"].to_pylist() == ["12345678901234567891", "4", *[None] * 4]


def test_a_file_that_is_replaced_keeps_its_permissions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("customer\nwon\n")
    (tmp_path / "v.csv").touch(0o640)
    (tmp_path / "v.csv").chmod(0o640)
    assert run("batch", "t.csv", "-q", "-o", "v.csv", cwd=tmp_path).code == 0
    assert (tmp_path / "v.csv").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "v.csv").read_text().startswith("customer,verdict")


def test_outputs_are_looked_at_before_any_is_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("customer\nwon\n")
    (tmp_path / "v.csv").write_text("old")
    done = run("batch", "t.csv", "-q", "-o", "v.csv", "-o", "no/x.csv", cwd=tmp_path)
    assert (done.code, (tmp_path / "v.csv").read_text()) == (2, "old")


@pytest.mark.parametrize("raised", [KeyboardInterrupt(), SystemExit(143)])
def test_a_signal_is_not_taken_for_a_failure_of_an_engine(
    week: Path, raised: BaseException
) -> None:
    for explained in (mistakes.explained([week]), engines_explained("t")):
        with pytest.raises(type(raised)), explained:
            raise RuntimeError("Query interrupted") from raised
    with pytest.raises(RuntimeError, match="x"), mistakes.explained([week]):
        raise RuntimeError("x")

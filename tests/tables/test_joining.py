"""Files and tables that are joined: the same as looking each row up in Python."""

import csv
import json
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import COLUMNS, rows

from winwinwin import judge_table
from winwinwin.errors import WinwinwinError
from winwinwin.loading.addresses import address
from winwinwin.mapping.file import mapping_of
from winwinwin.tables import engines, joined_files
from winwinwin.tables.preparing import prepared

CRM = """Ticket,Agent,Staff,Status
7,Ann,won,new
8,Bob,lost,old
9,Cy,won,new
,Di,won,old
7,Ed,won,new
"""
CSAT = """id,CSAT,Status
9,5,sent
7,1,sent
99,3,sent
,2,lost
"""
MAP = """join: {file: csat.csv, on: {ticket: id}}
salesperson: Staff
employee: Agent
id: Ticket
customer: {column: csat, won: {at least: 4}, lost: {at most: 2}}
"""
VERDICTS = [
    ("7", "organization_loses"),
    ("8", "undetermined"),
    ("9", "win_win_win"),
    ("", "undetermined"),
    ("7", "organization_loses"),
]
"""Of CRM with CSAT, row by row."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "crm.csv").write_text(CRM)
    (tmp_path / "csat.csv").write_text(CSAT)
    (tmp_path / "m.yaml").write_text(MAP)
    return tmp_path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_rows_keep_their_number_and_order(run: Run, folder: Path) -> None:
    done = run("batch", "crm.csv", "--map", "m.yaml", "-o", "o.csv", "--by", "csat", cwd=folder)
    assert done.code == 0
    assert done.err.splitlines()[:2] == [
        "csat.csv: column 'Status' is added as 'Status (csat)', for the table has one of that name",
        "csat.csv: 2 of 5 rows have no match there; 2 of its 4 rows match no row",
    ]
    assert "o.csv: 5 rows read, 5 written\n" in done.err
    assert "By csat" in done.out
    found = rows_of(folder / "o.csv")
    assert [(row["Ticket"], row["verdict"]) for row in found] == VERDICTS
    own = ["Ticket", "Agent", "Staff", "Status", "CSAT", "Status (csat)"]
    assert list(found[0])[: len(own)] == own
    assert [row["Status (csat)"] for row in found] == ["sent", "", "sent", "", "sent"]


def test_a_file_is_found_beside_the_mapping(run: Run, folder: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = run("batch", folder / "crm.csv", "--map", folder / "m.yaml", cwd=elsewhere)
    assert "csat.csv: 2 of 5 rows have no match there" in done.err


def test_a_report_and_a_comparison_see_the_joined_columns(run: Run, folder: Path) -> None:
    drawn = run("batch", "crm.csv", "--map", "m.yaml", "-o", "r.html", "--by", "CSAT", cwd=folder)
    assert drawn.code == 0
    assert "CSAT" in (folder / "r.html").read_text()
    compared = run("compare", "crm.csv", "crm.csv", "--map", "m.yaml", "--by", "CSAT", cwd=folder)
    assert compared.code == 0, compared.err


def test_a_joined_file_is_never_overwritten(run: Run, folder: Path) -> None:
    done = run("batch", "crm.csv", "--map", "m.yaml", "-o", "csat.csv", cwd=folder)
    assert done.code == 2
    assert "csat.csv: is already read" in done.err
    assert (folder / "csat.csv").read_text() == CSAT


def test_a_later_file_is_joined_by_a_column_of_an_earlier_one(run: Run, folder: Path) -> None:
    (folder / "staff.csv").write_text("wave,Staff feels\nsent,no\nlost,yes\n")
    (folder / "m.yaml").write_text(
        MAP.replace("join: {", "join:\n- {").replace(
            "salesperson:",
            "- {file: staff.csv, on: {Status (csat): wave}}\n"
            "salesperson_feels_good: Staff feels\nsalesperson:",
            1,
        )
    )
    done = run("batch", "crm.csv", "--map", "m.yaml", "-o", "o.csv", cwd=folder)
    assert "staff.csv: 2 of 5 rows have no match there; 1 of its 2 rows matches no row" in done.err
    found = rows_of(folder / "o.csv")
    assert [row["Staff feels"] for row in found] == ["no", "", "no", "", "no"]
    assert found[2]["rule"] == "disgruntled-salesperson"


def test_how_a_joined_file_is_laid_out_is_its_own(run: Run, folder: Path) -> None:
    pq.write_table(pa.table({"id": [7.0, 9.0], "CSAT": [1, 5]}), folder / "csat.parquet")
    (folder / "m.yaml").write_text(MAP.replace("csat.csv", "csat.parquet"))
    done = run("batch", "crm.csv", "--map", "m.yaml", "-o", "o.csv", cwd=folder)
    assert "csat.parquet: 2 of 5 rows have no match there; 0 of its 2 rows match no row" in done.err
    assert [(row["Ticket"], row["verdict"]) for row in rows_of(folder / "o.csv")] == VERDICTS


MISTAKES = {
    ("csat.csv,", "csta.csv,"): (
        "m.yaml:1:14: join: 'csta.csv': no such file or folder. Did you mean 'csat.csv'?"
    ),
    ("ticket: id", "ticket: di"): (
        "m.yaml:1:37: join.on: csat.csv has no column 'di'. (id, CSAT, Status)"
    ),
    ("ticket: id", "tickt: id"): (
        "m.yaml:1:36: join.on: the table has no column 'tickt'. Did you mean 'Ticket'? "
        "(Ticket, Agent, Staff, Status)"
    ),
    ("column: csat", "column: nps"): (
        "m.yaml:5:20: customer: the table has no column 'nps'. "
        "(Ticket, Agent, Staff, Status, CSAT, Status (csat))"
    ),
    ("csat.csv", "m.yaml"): (
        "m.yaml:1:14: join: 'm.yaml' is not a table. Only tables can be joined: save it as CSV, say."
    ),
    ("file: csat.csv", "table: csat"): (
        "m.yaml:1:15: join: 'csat' is in no engine. Name a file instead"
    ),
    ("file: csat.csv", "file: csat.csv, table: csat"): (
        "m.yaml:1:24: join.table: cannot stand beside 'file'. Keep one of them."
    ),
    (
        "file: csat.csv",
        "table: csat, sheet: a",
    ): "m.yaml:1:21: join.sheet: unknown key. (table, on)",
    ("on:", "onn:"): (
        "m.yaml:1:24: join.onn: unknown key. Did you mean 'on'? (file, table, on, encoding, "
    ),
    (", on: {ticket: id}", ""): (
        "m.yaml:1:7: join: 'on' is missing. Write {file: FILE, on: {COLUMN: COLUMN OF FILE}}, or "
        "table: for a table beside it. (file, table, on, encoding, "
    ),
    ("file: csat.csv, ", ""): "m.yaml:1:7: join: 'file' or 'table' is missing. ",
    ("file: csat.csv", "table: ' '"): "m.yaml:1:15: join.table: ' ' is not a table. Name a table.",
}


@pytest.mark.parametrize(("change", "said"), MISTAKES.items())
def test_every_mistake_has_its_place(
    change: tuple[str, str], said: str, run: Run, folder: Path
) -> None:
    (folder / "m.yaml").write_text(MAP.replace(*change))
    done = run("batch", "crm.csv", "--map", "m.yaml", cwd=folder)
    assert done.code == 2
    assert said in done.err


def test_a_key_of_each_side_is_shown_where_neither_matches(run: Run, folder: Path) -> None:
    (folder / "csat.csv").write_text("id,CSAT\n,5\n007,1\n\x1b08,2\n")
    done = run("batch", "crm.csv", "--map", "m.yaml", cwd=folder)
    assert "csat.csv: no match for Ticket '7', say, and none for its id '007'\n" in done.err


def test_a_joined_workbook_is_told_by_the_keys_of_the_join(run: Run, folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "csat.xlsx") as book:
        for name in ("First", "Second"):
            book.add_worksheet(name).write_row(0, 0, ["id", "CSAT"])
    mapping = MAP.replace("csat.csv", "csat.xlsx")
    (folder / "m.yaml").write_text(mapping.replace("csat.xlsx", "csat.xlsx, sheet: Frist"))
    said = run("batch", "crm.csv", "--map", "m.yaml", cwd=folder).err
    assert said.startswith("m.yaml:1:32: join.sheet: csat.xlsx: there is no sheet 'Frist'. Did you")
    assert "--" not in said
    (folder / "m.yaml").write_text(mapping)
    said = run("batch", "crm.csv", "--map", "m.yaml", cwd=folder).err
    assert "csat.xlsx: sheet 'First' is read, not 'Second': sheet: NAME reads another" in said


def test_a_sheet_that_the_mapping_names_has_its_place_there(run: Run, folder: Path) -> None:
    with xlsxwriter.Workbook(folder / "crm.xlsx") as book:
        book.add_worksheet("First").write_row(0, 0, ["Ticket", "Staff"])
    (folder / "f.yaml").write_text("file: {sheet: Frist}\nsalesperson: Staff\n")
    command = ["batch", "crm.xlsx", "--map", "f.yaml"]
    said = run(*command, cwd=folder).err
    assert said.startswith("f.yaml:1:15: file.sheet: crm.xlsx: there is no sheet 'Frist'. Did you")
    said = run(*command, "--sheet", "Fisrt", cwd=folder).err
    assert said.startswith("crm.xlsx: --sheet: there is no sheet 'Fisrt'.")


def test_a_key_that_is_there_twice_is_refused_with_its_rows(run: Run, folder: Path) -> None:
    (folder / "csat.csv").write_text("id,CSAT\n1,5\n 7 ,1\n8,1\n7,2\n8,2\n,1\n,1\n")
    done = run("batch", "crm.csv", "--map", "m.yaml", cwd=folder)
    assert done.code == 2
    assert done.err == (
        "csat.csv: id '7' is there 2 times, in rows 2, 4, and 1 other key more than once. "
        "Leave one row of each key, or join by more columns.\n"
    )
    (folder / "csat.csv").write_text("id,CSAT\n" + "7,1\n" * 9)
    done = run("batch", "crm.csv", "--map", "m.yaml", cwd=folder)
    assert "id '7' is there 9 times, in rows 1, 2, 3, 4, 5, …. Leave" in done.err


def test_what_is_wrong_with_a_joined_file_is_said_of_it(run: Run, folder: Path) -> None:
    (folder / "csat.csv").write_bytes(b"id,CSAT\n1,\xff\xfe\n")
    done = run("batch", "crm.csv", "--map", "m.yaml", cwd=folder)
    assert done.code == 2
    assert done.err.startswith("csat.csv:2")


def test_records_are_not_joined(run: Run, folder: Path) -> None:
    (folder / "crm.jsonl").write_text('{"Ticket": "7", "Staff": "won"}\n')
    done = run("batch", "crm.jsonl", "--map", "m.yaml", cwd=folder)
    assert done.code == 2
    assert "join: this is for tables, and these are records. Export the records as" in done.err


def test_frames_are_joined_too(folder: Path) -> None:
    frame = pa.table({"Ticket": [9, 7, 8], "Staff": ["won"] * 3})
    mapping = {
        "join": {"file": str(folder / "csat.csv"), "on": {"Ticket": "id"}},
        "salesperson": "Staff",
        "customer": {"column": "CSAT", "won": "5", "lost": "1"},
    }
    with pytest.warns(UserWarning, match="1 of 3 rows has no match there"):
        judged = judge_table(frame, mapping).to_pyarrow().to_pylist()
    assert [row["verdict"] for row in judged] == [
        "win_win_win",
        "organization_loses",
        "undetermined",
    ]
    assert [row["CSAT"] for row in judged] == ["5", "1", None]


ALL = rows()
OURS = ("id", "remark", "salesperson", "order", "salesperson_won_at")
EVERY = {name: name for name in COLUMNS if name != "remark"}


def halves() -> tuple[pa.Table, pa.Table]:
    """Return the columns of every kind and mistake as two tables, the second in another order."""
    others = ["id", *(name for name in COLUMNS if name not in OURS)]
    whole = pa.Table.from_pylist(ALL)
    mixed = sorted(range(len(ALL)), key=lambda number: number * 7919 % len(ALL))
    return whole.select(OURS), whole.select(others).take(mixed[::2] + mixed[1::2])


def test_every_kind_and_mistake_is_judged_as_in_one_table(tmp_path: Path) -> None:
    first, second = halves()
    pq.write_table(second, tmp_path / "second.parquet")
    join = {"join": {"file": str(tmp_path / "second.parquet"), "on": "id"}}
    with pytest.warns(UserWarning, match=f"0 of {len(ALL):,} rows have no match there; 0 of its"):
        judged = judge_table(first, EVERY | join).to_pyarrow().to_pylist()
    assert judged == right()


@cache
def right() -> list[dict[str, Any]]:
    """Return every kind and mistake as judged in one table."""
    return judge_table(pa.Table.from_pylist(ALL), EVERY).to_pyarrow().to_pylist()


def check_kinds(run: Run, url: str, engine: Any, folder: Path) -> None:
    """Judge every kind in two tables of an engine."""
    join = {"join": {"table": "second_half", "on": "id"}}
    (folder / "every.json").write_text(json.dumps(EVERY | join))
    flags = ["--connect", url, "--table", "first_half", "--map", "every.json", "-q"]
    done = run("batch", *flags, "--into", "every", cwd=folder)
    assert f"every: {len(ALL):,} rows read, {len(ALL):,} written\n" in done.err
    judged = engine.table("every").to_pyarrow().to_pylist()
    assert sorted(judged, key=lambda row: row["id"]) == right()


KEYS = st.one_of(st.none(), st.sampled_from(["", " ", "1", "2", " 1", "3 ", "A", "a", "Ä", "07"]))
OWN = st.lists(st.tuples(KEYS, KEYS), min_size=1, max_size=12)
THEIRS = st.lists(st.tuples(KEYS, KEYS, st.sampled_from(["x", "y", None])), max_size=12)


def bare(key: str | None) -> str | None:
    return (key or "").strip() or None


@settings(deadline=None)  # a busy machine is not slow code
@given(OWN, THEIRS)
def test_a_join_is_a_look_up_of_each_row(
    own: list[tuple[str | None, str | None]], theirs: list[tuple[str | None, str | None, Any]]
) -> None:
    at: dict[Any, Any] = {}
    several = set()
    for first, second, value in theirs:
        key = bare(first), bare(second)
        if None not in key:
            several |= {key} & at.keys()
            at[key] = value
    engine = ibis.duckdb.connect()
    text = pa.string()
    schema = pa.schema([("a", text), ("b", text)])
    table = engine.create_table(
        "own", pa.Table.from_pylist([dict(zip("ab", row, strict=True)) for row in own], schema)
    )
    columns = pa.schema([("A", text), ("k", text), ("v", text)])
    engine.create_table(
        "theirs",
        pa.Table.from_pylist([dict(zip("Akv", row, strict=True)) for row in theirs], columns),
    )
    mapping = mapping_of(
        {"salesperson": "v", "join": {"table": "theirs", "on": {"a": "A", "b": "k"}}}
    )
    if several:
        with pytest.raises(WinwinwinError, match=r"^theirs: A '.*' and k '.*' is there \d+ times"):
            prepared(table, mapping)
        return
    done = prepared(table, mapping)
    found = [at.get((bare(first), bare(second))) for first, second in own]
    assert done.table.to_pyarrow().to_pylist() == [
        {"a": first, "b": second, "v": value}
        for (first, second), value in zip(own, found, strict=True)
    ]
    keys = {(bare(first), bare(second)) for first, second in own}
    unmatched = sum((bare(first), bare(second)) not in at for first, second in own)
    idle = sum(None in (k := (bare(row[0]), bare(row[1]))) or k not in keys for row in theirs)
    [line] = done.lines
    assert line.startswith(f"theirs: {unmatched} of {len(own)} row")
    assert f"; {idle} of its {len(theirs)} row" in line


def judged_elsewhere(run: Run, url: str, folder: Path, into: str) -> list[str]:
    """Join a table, and a file, to a table of an engine; return what each run says."""
    said = []
    for name, join in {"a": "table: csat", "b": "file: csat.csv"}.items():
        (folder / "m.yaml").write_text(MAP.replace("file: csat.csv", join))
        flags = ["--connect", url, "--table", "crm", "--map", "m.yaml", "--by", "CSAT"]
        done = run("batch", *flags, "--into", f"{into}_{name}", "-q", cwd=folder)
        assert done.code == 0, done.err
        said.append(done.err)
    return said


def texts(csv_text: str) -> pa.Table:
    rows = list(csv.DictReader(csv_text.splitlines()))
    schema = pa.schema([(name, pa.string()) for name in rows[0]])
    return pa.Table.from_pylist(
        [{name: value or None for name, value in row.items()} for row in rows], schema
    )


UNMATCHED = "2 of 5 rows have no match there; 2 of its 4 rows match no row\n"


def check_elsewhere(engine: Any, said: list[str]) -> None:
    for name, line in zip("ab", said, strict=True):
        judged = engine.table(f"verdicts_{name}").to_pyarrow().to_pylist()
        found = [(row["Ticket"] or "", row["verdict"]) for row in judged]
        assert sorted(found) == sorted(VERDICTS)
        assert sorted(row["CSAT"] or "" for row in judged) == ["", "", "1", "1", "5"]
        assert UNMATCHED in line


def test_tables_of_duckdb_are_joined(run: Run, folder: Path) -> None:
    engine = ibis.duckdb.connect(folder / "crm.db")
    engine.create_table("crm", texts(CRM))
    engine.create_table("csat", texts(CSAT))
    engine.disconnect()
    said = judged_elsewhere(run, f"duckdb://{folder / 'crm.db'}", folder, "verdicts")
    engine = ibis.duckdb.connect(folder / "crm.db")
    check_elsewhere(engine, said)
    engine.disconnect()


@pytest.mark.xdist_group("postgres")
def test_tables_of_postgresql_are_joined(
    run: Run, postgres_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engines.connect(address(postgres_url))
    engine.create_table("crm", texts(CRM))
    engine.create_table("csat", texts(CSAT))
    check_elsewhere(engine, judged_elsewhere(run, postgres_url, folder, "verdicts"))
    for name, half in zip(("first_half", "second_half"), halves(), strict=True):
        engine.create_table(name, half)
    check_kinds(run, postgres_url, engine, folder)
    monkeypatch.setattr(joined_files, "MOST_ROWS", 3)
    flags = ["--connect", postgres_url, "--table", "crm", "--map", "m.yaml"]
    done = run("batch", *flags, cwd=folder)
    assert done.code == 2
    assert "has more than 3 rows, too many to send to the engine. Load it into a table" in done.err
    (folder / "m.yaml").write_text(MAP.replace("file: csat.csv", "table: csats"))
    done = run("batch", *flags, cwd=folder)
    assert done.err.startswith("m.yaml:1:15: join: 'csats': no such table. Did you mean 'csat'? ")
    engine.create_table("twice", texts(CSAT + "9,1,again\n"))
    (folder / "m.yaml").write_text(MAP.replace("file: csat.csv", "table: twice"))
    done = run("batch", *flags, cwd=folder)
    assert done.err.startswith("twice: id '9' is there 2 times. Leave one row")
    engine.disconnect()


@pytest.mark.xdist_group("spark")
def test_tables_of_spark_are_joined(run: Run, spark_url: str, folder: Path) -> None:
    engine = engines.connect(address(spark_url))
    first, second = halves()
    tables = {"crm": texts(CRM), "csat": texts(CSAT), "first_half": first, "second_half": second}
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")
        engine.create_table(name, engine.read_parquet(folder / f"{name}.parquet"))
    check_elsewhere(engine, judged_elsewhere(run, spark_url, folder, "verdicts"))
    check_kinds(run, spark_url, engine, folder)

"""Employees go by other names in all that is written and said, whatever the format."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run

KEY = "a key of the tests' own"
NAMES = ("Mateoxx", "Linhyy", "O'Zzneil")
RECORDS = """\
- {id: A-1, date: 2026-11-16, employee: Mateoxx, salesperson: won, customer: won}
- {id: A-2, date: 2026-11-17, employee: Linhyy, salesperson: won, customer: wun, notes: Mateoxx too}
- {id: A-3, employee: "O'Zzneil", salesperson: lost, customer: won, notes: As Linhyy says.}
- {id: A-4, date: 2026-11-17, employee: Mateoxx, salesperson: won, customer: lost, organization: won}
- {id: A-5, employee: [Mateoxx], salesperson: won}
- {id: A-6, Mateoxx: won}
- {id: A-7, salesperson: won, employee:Mateoxx }
"""
FORMATS = ["text", "json", "jsonl", "csv", "xlsx", "junit", "github", "markdown", "html", "svg"]
ALIAS = "Employee [2-9B-DF-HJ-NP-TV-XZ]{7}"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINWINWIN_KEY", KEY)


def parts(path: Path) -> Iterator[bytes]:
    """Yield all that a file holds, unpacked where it is a workbook."""
    yield path.read_bytes()
    if path.suffix == ".xlsx":
        with ZipFile(path) as book:
            yield from map(book.read, book.namelist())
    if path.suffix == ".parquet":
        yield str(pq.read_table(path).to_pylist()).encode()


def clean(*texts: str | bytes) -> None:
    for text in texts:
        written = text if isinstance(text, str) else text.decode(errors="replace")
        for name in NAMES:
            assert name.lower() not in written.lower()
            assert name.replace("'", "&#39;") not in written


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "only", [[], ["--only", "employee=Mateoxx"], ["--only", "employee=Mateoxy"]]
)
def test_no_format_of_records_names_anybody(
    run: Run, tmp_path: Path, form: str, only: list[str]
) -> None:
    (tmp_path / "a.yaml").write_text(RECORDS)
    suffix = {"text": "txt", "junit": "xml", "markdown": "md", "github": "jsonl"}.get(form, form)
    out = tmp_path / f"out.{suffix}"
    asked = ["--anonymous", "--by", "employee", "--format", form, "-o", out, *only]
    done = run("batch", tmp_path / "a.yaml", *asked)
    assert done.code == 2
    clean(done.out, done.err, *(parts(out) if out.exists() else ()))
    at_screen = run("batch", tmp_path / "a.yaml", *asked[:3], *only, terminal=True)
    clean(at_screen.out, at_screen.err)
    if form in ("json", "csv", "text") and "employee=Mateoxy" not in only:
        assert re.search(ALIAS, done.out)


@pytest.mark.parametrize("command", ["compare", "list"])
@pytest.mark.parametrize("form", ["text", "json", "markdown", "html", "svg"])
def test_neither_do_comparisons_nor_lists(
    run: Run, tmp_path: Path, command: str, form: str
) -> None:
    (tmp_path / "a.yaml").write_text(RECORDS)
    files = [tmp_path / "a.yaml"] * (2 if command == "compare" else 1)
    by = ["--by", "employee"] if command == "compare" else []
    asked = ["--anonymous", *by, "--format", form, "--only", "employee=Mateoxx"]
    done = run(command, *files, *asked)
    assert "selected: 5 of 7 interactions (Employee " in done.err
    clean(done.out, done.err)


def test_a_problem_keeps_its_place_and_field(run: Run) -> None:
    done = run("batch", "-", "--anonymous", "--format", "jsonl", stdin=RECORDS)
    said = "this cannot be read. Run without --anonymous to see why."
    assert f"standard input:2:77: customer: {said}\n" in done.err
    assert f"standard input:6:13: {said}\n" in done.err
    assert "run again" not in done.err


def table(nested: bool = False) -> pa.Table:
    rows = [
        {"id": "T-1", "agent": "Mateoxx", "went": "won", "theirs": "won", "remarks": "Linhyy"},
        {"id": "T-2", "agent": "Linhyy", "went": "won", "theirs": "lost", "remarks": ""},
        {"id": "T-3", "agent": None, "went": "wun", "theirs": "lost", "remarks": None},
        {"id": "T-4", "agent": "O'Zzneil", "went": "lost", "theirs": "won", "remarks": "x"},
    ]
    if nested:
        rows = [row | {"agent": {"Name": row["agent"], "team": {"no": 1}}} for row in rows]
    return pa.Table.from_pylist(rows)


MAPPING = "{id: id, employee: %s, salesperson: went, customer: theirs, notes: remarks}"


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize(
    "form", ["text", "json", "jsonl", "csv", "xlsx", "parquet", "markdown", "html"]
)
def test_no_format_of_tables_names_anybody(
    run: Run, tmp_path: Path, form: str, nested: bool
) -> None:
    pq.write_table(table(nested), tmp_path / "a.parquet")
    (tmp_path / "m.yaml").write_text(MAPPING % ("agent.name" if nested else "agent"))
    out = tmp_path / f"out.{'md' if form == 'markdown' else 'txt' if form == 'text' else form}"
    column = "agent.Name" if nested else "agent"
    asked = ["--map", tmp_path / "m.yaml", "--anonymous", "--by", "employee", "--by", column]
    done = run("batch", tmp_path / "a.parquet", *asked, "-o", out, "--only", f"{column}=Mateoxx")
    clean(done.out, done.err, *parts(out))
    assert f"selected: 1 of 4 interactions ({column} Employee " in done.err
    done = run("batch", tmp_path / "a.parquet", *asked, "-o", out)
    clean(done.out, done.err, *parts(out))
    assert len(set(re.findall(ALIAS, done.out))) == 3
    if form == "parquet":
        [first, _, third, _] = pq.read_table(out).to_pylist()
        assert (first["remarks"], first["went"], third["id"]) == (None, "won", "T-3")
        assert not nested or first["agent"]["team"] == {"no": 1}
    hidden = run("batch", tmp_path / "a.parquet", *asked, "--only", "employee=Mateoxy")
    clean(hidden.out, hidden.err.replace("Mateoxy", ""))
    assert "no interaction has an employee that --only names." in hidden.err


def test_a_name_is_the_same_for_records_tables_and_databases(run: Run, tmp_path: Path) -> None:
    records = run("batch", "-", "--anonymous", "--by", "employee", stdin=RECORDS).out
    pq.write_table(table(), tmp_path / "a.parquet")
    (tmp_path / "m.yaml").write_text(MAPPING % "agent")
    asked = ["--map", tmp_path / "m.yaml", "--anonymous", "--by", "employee"]
    of_file = run("batch", tmp_path / "a.parquet", *asked).out
    with sqlite3.connect(tmp_path / "a.db") as base:
        base.execute("CREATE TABLE calls (id, agent, went, theirs, remarks)")
        rows = [(*row.values(),) for row in table().to_pylist()]
        base.executemany("INSERT INTO calls VALUES (?, ?, ?, ?, ?)", rows)
    base = ["--connect", f"sqlite://{tmp_path / 'a.db'}", "--table", "calls"]
    done = run("batch", *base, *asked, "--into", "judged")
    clean(done.out, done.err)
    written = ibis.sqlite.connect(tmp_path / "a.db").table("judged").to_pyarrow().to_pylist()
    clean(str(written))
    aliases = [set(re.findall(ALIAS, each)) for each in (records, of_file, done.out, str(written))]
    assert aliases[0] < aliases[1] == aliases[2] == aliases[3]  # one record cannot be read
    assert list(map(len, aliases)) == [2, 3, 3, 3]


def test_where_no_column_holds_the_employee_nothing_is_promised(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("salesperson,customer,agent\nwon,won,Mateoxx\n")
    done = run("batch", tmp_path / "a.csv", "--anonymous")
    said = "no column holds the employee, so no name would be replaced. Map it: employee: COLUMN"
    assert (done.code, done.out, said in done.err) == (2, "", True)
    (tmp_path / "m.yaml").write_text("{salesperson: a, customer: b}")
    done = run(
        "batch", "-", "--map", tmp_path / "m.yaml", "--anonymous", stdin="- {a: won, b: won}"
    )
    assert (done.code, "no path holds the employee" in done.err) == (2, True)


EVERYWHERE = """\
Calls of Mateoxx,,,,,,
,,,,,,
id,date,employee,salesperson,customer,remarks,product
A,2026-11-16,Mateoxx,won,won,As Linhyy says,Mateoxx
B,soon,Linhyy,won,wun,Mateoxx,Linhyy
C,2026-11-16,O'Zzneil,won,lost,x,Mateoxx,and Linhyy more
D,2026-11-16,Mateoxx,won,lost,x,Mateoxx
"""
WHERE = """\
id: id
date: date
employee: employee
notes: remarks
tags: [product]
salesperson: salesperson
customer: customer
join:
  - {file: team.csv, on: {employee: name}}
"""


@pytest.mark.parametrize(
    "form", ["text", "json", "jsonl", "csv", "xlsx", "junit", "github", "markdown", "html"]
)
def test_no_message_on_a_table_names_anybody(run: Run, tmp_path: Path, form: str) -> None:
    """Titles, keys without a match and values that were meant are quoted, except here."""
    (tmp_path / "calls.csv").write_text(EVERYWHERE)
    (tmp_path / "m.yaml").write_text(WHERE)
    (tmp_path / "team.csv").write_text("name,team\nMateoxx,x\nO'Zzneil2,y\n")
    asked = ["calls.csv", "--map", "m.yaml", "--anonymous"]
    wanted = ["-q"] if form in ("xlsx", "csv", "json", "jsonl") else ["--format", form]
    done = run("batch", *asked, *wanted, "--only", "tags.product=Mateoxy", cwd=tmp_path)
    said = done.err.replace("Mateoxy", "")
    assert "Mateoxy" in done.err
    clean(said)
    assert "what stands above it is a title: …\n" in said
    assert "team.csv: no match for employee …\n" in said
    listed = ["--talk", "t.csv", "--ask", "k.csv", "--summary", "s.json", "--by", "employee"]
    out = {"junit": "o.xml", "markdown": "o.md", "github": "o.txt", "text": "o.txt"}.get(form)
    done = run("batch", *asked, *listed, "-o", out or f"o.{form}", cwd=tmp_path)
    assert done.code == 2
    clean(done.out, done.err)
    for name in ("t.csv", "k.csv", "s.json"):
        clean(*parts(tmp_path / name))
    if form in ("junit", "markdown", "github", "text"):  # rows keep the table's own columns
        clean(*parts(tmp_path / str(out)))

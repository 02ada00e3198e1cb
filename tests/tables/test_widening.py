"""One row per question becomes one per interaction: the same as collecting answers in Python."""

import csv
import re
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st
from table_rows import rows

from winwinwin import judge_table
from winwinwin.errors import WinwinwinError
from winwinwin.loading.addresses import address
from winwinwin.mapping.file import mapping_of
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.tables import engines, widening
from winwinwin.tables.preparing import prepared

LONG = """ticket,question,answer,employee,date,region,line
B,How was it?,bad,Bob,2026-11-02,S,1
A,How was it?,good,Ann,2026-11-01,N,2
A,Staff?,won,Ann,2026-11-01,N,3
B,Staff?,lost,Bo,2026-11-02,S,4
,Staff?,won,,,,5
C,,,Cy,,S,6
C,staff? ,won,Cy,,S,7
C,Staff?,won,,,S,8
"""
MAP = """long: {id: ticket, question: question, answer: answer}
id: ticket
employee: employee
date: date
salesperson: Staff?
customer: {column: How was it?, won: good, lost: bad}
"""
VERDICTS = {"B": "undetermined", "A": "win_win_win", "C": "undetermined"}
SAID = [
    "long.csv: 8 rows, one per question, became 3 rows, one per 'ticket'",
    "long.csv: 1 row without 'ticket': left out (row 5)",
    "long.csv: 1 row without 'question': without an answer (row 6)",
    "long.csv: 'employee': 1 x several values of one 'ticket' read as not recorded",
    "long.csv: left out, for they differ within one 'ticket': 'line'",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "long.csv").write_text(LONG)
    (tmp_path / "m.yaml").write_text(MAP)
    return tmp_path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_a_row_of_each_id_in_the_order_of_the_file(run: Run, folder: Path) -> None:
    done = run("batch", "long.csv", "--map", "m.yaml", "-o", "o.csv", "--by", "region", cwd=folder)
    assert done.code == 0
    assert done.err.splitlines() == [*SAID, "o.csv: 3 rows read, 3 written"]
    assert "By region" in done.out
    found = rows_of(folder / "o.csv")
    assert [list(row.values())[:6] for row in found] == [
        ["B", "", "2026-11-02", "S", "bad", "lost"],
        ["A", "Ann", "2026-11-01", "N", "good", "won"],
        ["C", "Cy", "", "S", "", "won"],
    ]
    assert list(found[0])[:7] == [
        *("ticket", "employee", "date", "region", "How was it?", "Staff?", "verdict")
    ]
    assert {row["ticket"]: row["verdict"] for row in found} == VERDICTS


def test_other_files_are_joined_to_the_rows_of_the_ids(run: Run, folder: Path) -> None:
    (folder / "feels.csv").write_text("t,Feels\nA,no\nC,yes\nD,yes\n")
    join = "join: {file: feels.csv, on: {ticket: t}}\nsalesperson_feels_good: feels\n"
    (folder / "m.yaml").write_text(MAP + join)
    done = run("batch", "long.csv", "--map", "m.yaml", "-o", "o.csv", cwd=folder)
    assert "feels.csv: 1 of 3 rows has no match there; 1 of its 3 rows matches no row" in done.err
    found = {row["ticket"]: row["verdict"] for row in rows_of(folder / "o.csv")}
    assert found["A"] == "organization_loses"


MISTAKES = {
    ("id: ticket,", "id: tickt,"): (
        "m.yaml:1:12: long.id: the table has no column 'tickt'. Did you mean 'ticket'? "
    ),
    ("answer: answer", "anser: answer"): (
        "m.yaml:1:40: long.anser: unknown key. Did you mean 'answer'? (id, question, answer)"
    ),
    (", answer: answer", ""): (
        "m.yaml:1:7: long: 'answer' is missing. Write {id: COLUMN, question: COLUMN, answer: COLUMN}."
    ),
    ("salesperson: Staff?", "salesperson: Staf?"): (
        "m.yaml:5:14: salesperson: neither a column nor a question is called 'Staf?'. "
        "Did you mean 'Staff?'?"
    ),
    ("employee: employee", "employee: answer"): (
        "m.yaml:3:11: employee: neither a column nor a question is called 'answer'."
    ),
}


@pytest.mark.parametrize(("change", "said"), MISTAKES.items())
def test_every_mistake_has_its_place(
    change: tuple[str, str], said: str, run: Run, folder: Path
) -> None:
    (folder / "m.yaml").write_text(MAP.replace(*change))
    done = run("batch", "long.csv", "--map", "m.yaml", cwd=folder)
    assert done.code == 2
    assert said in done.err


def test_different_answers_to_a_question_are_refused(run: Run, folder: Path) -> None:
    more = "".join(f"{key},Staff?,{said}\n" for key in "HGFEDCB" for said in ("won", "lost"))
    (folder / "long.csv").write_text("ticket,question,answer\nA,How was it?,x\n" + more)
    (folder / "m.yaml").write_text(MAP.replace("employee: employee\ndate: date\n", ""))
    done = run("batch", "long.csv", "--map", "m.yaml", cwd=folder)
    assert done.code == 2
    assert done.err == (
        "long.csv: long: different answers to 'Staff?' of ticket 'H' ('won' in row 2 and 'lost' in "
        "row 3), 'G', 'F', 'E', 'D' and 2 more. "
        "Leave one answer of each to a question.\n"
    )


def test_of_many_questions_only_the_named_become_columns(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (folder / "long.csv").open("a") as file:
        file.write("A,Anything else?,no,Ann,2026-11-01,N,9\n")
    run("batch", "long.csv", "--map", "m.yaml", "-o", "all.csv", cwd=folder)
    assert "Anything else?" in rows_of(folder / "all.csv")[0]
    monkeypatch.setattr(widening, "MOST_COLUMNS", 2)
    run("batch", "long.csv", "--map", "m.yaml", "-o", "few.csv", cwd=folder)
    found = rows_of(folder / "few.csv")
    assert "Anything else?" not in found[0]
    assert {row["ticket"]: row["verdict"] for row in found} == VERDICTS
    monkeypatch.setattr(widening, "MOST_QUESTIONS", 2)
    done = run("batch", "long.csv", "--map", "m.yaml", cwd=folder)
    assert "long: column 'question' has more than 2 different questions." in done.err


def test_a_question_called_like_a_column_is_told_apart(run: Run, folder: Path) -> None:
    with (folder / "long.csv").open("a") as file:
        file.write("A,Region,there,Ann,2026-11-01,N,9\n")
    run("batch", "long.csv", "--map", "m.yaml", "-o", "o.csv", cwd=folder)
    found = rows_of(folder / "o.csv")[1]
    assert (found["region"], found["Region (question)"]) == ("N", "there")


def test_frames_are_widened_and_keep_their_types() -> None:
    frame = pa.table(
        {
            "id": [2, 1, 2],
            "q": ["staff", "staff", "csat"],
            "a": [1.0, 0.0, 5.0],
            "day": pa.array([20_000, 20_001, 20_000], pa.date32()),
        }
    )
    mapping = {
        "long": {"id": "id", "question": "q", "answer": "a"},
        "salesperson": {"column": "staff", "won": 1, "lost": 0},
        "customer": {"column": "csat", "won": {"at least": 4}},
        "date": "day",
    }
    with pytest.warns(UserWarning, match="3 rows, one per question, became 2 rows"):
        judged = judge_table(frame, mapping)
    assert judged.schema()["day"].is_date()
    assert [
        (row["id"], row["csat"], row["verdict"]) for row in judged.to_pyarrow().to_pylist()
    ] == [
        (2, "5", "win_win_win"),
        (1, None, "undetermined"),
    ]


def test_records_are_not_widened(run: Run, folder: Path) -> None:
    (folder / "long.jsonl").write_text('{"ticket": "7", "question": "Staff?", "answer": "won"}\n')
    done = run("batch", "long.jsonl", "--map", "m.yaml", cwd=folder)
    assert done.code == 2
    assert "m.yaml:1:7: long: this is for tables, and these are records." in done.err


WORDS = st.one_of(st.none(), st.sampled_from(["", " ", "x", " x", "y", "Ä"]))
QUESTIONS = st.one_of(st.none(), st.sampled_from(["", "Q1", "q1 ", "Q2", "v", "Q3"]))
ROWS = st.lists(st.tuples(WORDS, QUESTIONS, WORDS, WORDS, WORDS), min_size=1, max_size=10)


def bare(word: str | None) -> str | None:
    return (word or "").strip() or None


def only(values: set[str]) -> str | None:
    """Return the value that several rows have, as the first of them in the alphabet writes it."""
    return min(values) if values and not several(values) else None


def several(values: set[str]) -> bool:
    return len(set(map(bare, values))) > 1


@settings(deadline=None)  # a busy machine is not slow code
@given(ROWS)
def test_widening_is_collecting_answers_row_by_row(written: list[tuple[str | None, ...]]) -> None:
    names: dict[str, str] = {}
    answers: dict[str, dict[str, set[str]]] = {}
    shared: dict[str, dict[str, set[str]]] = {}
    for row_id, question, answer, v, w in written:
        if asked := bare(question):
            names.setdefault(asked.lower(), "v (question)" if asked == "v" else asked)
        if not (key := bare(row_id)):
            continue
        mine, both = answers.setdefault(key, {}), shared.setdefault(key, {"v": set(), "w": set()})
        both["v"] |= {v} if v and bare(v) else set()
        both["w"] |= {w} if w and bare(w) else set()
        if asked and answer and bare(answer):
            mine.setdefault(names[asked.lower()], set()).add(answer)
    schema = pa.schema([(name, pa.string()) for name in "iqavw"])
    records = [dict(zip("iqavw", row, strict=True)) for row in written]
    table = ibis.memtable(pa.Table.from_pylist(records, schema))
    mapping = mapping_of(
        {"long": {"id": "i", "question": "q", "answer": "a"}, "customer": "i", "salesperson": "v"}
    )
    if any(map(several, (said for mine in answers.values() for said in mine.values()))):
        with pytest.raises(WinwinwinError, match="different answers to"):
            prepared(table, mapping)
        return
    has_w = not any(several(both["w"]) for both in shared.values())
    wanted: list[dict[str, Any]] = [
        {"i": key, "v": only(shared[key]["v"])}
        | ({"w": only(shared[key]["w"])} if has_w else {})
        | {name: only(mine.get(name, set())) for name in names.values()}
        for key, mine in answers.items()
    ]
    done = prepared(table, mapping)
    assert done.table.to_pyarrow().to_pylist() == wanted
    total = f"{len(wanted)} row{'s' * (len(wanted) != 1)}"
    assert done.lines[0].endswith(f" became {total}, one per 'i'\n")
    differing = sum(several(both["v"]) for both in shared.values())
    assert any(line.startswith(f"'v': {differing} x") for line in done.lines) == (differing > 0)


ALL = rows()
FACTS = (*FLAT_PATHS, "date")
ASKED = [
    {"id": row["id"], "remark": row["remark"], "fact": name, "said": row[name]}
    for row in ALL
    for name in FACTS
]
EVERY = {name: name for name in ("id", "notes", *FACTS)} | {"notes": "remark"}


def test_every_kind_and_mistake_is_judged_as_in_a_wide_table() -> None:
    long = {"long": {"id": "id", "question": "fact", "answer": "said"}}
    with pytest.warns(UserWarning, match="rows, one per question, became"):
        judged = judge_table(pa.Table.from_pylist(ASKED), EVERY | long).to_pyarrow()
    right = judge_table(pa.Table.from_pylist(ALL), EVERY).to_pyarrow().to_pylist()
    assert list(map(without_blanks, judged.to_pylist())) == list(map(without_blanks, right))


def without_blanks(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row without its blank cells, for a blank answer is none."""
    return {name: value for name, value in row.items() if str(value or "").strip()}


def texts() -> pa.Table:
    found = list(csv.DictReader(LONG.splitlines()))
    schema = pa.schema([(name, pa.string()) for name in found[0]])
    return pa.Table.from_pylist(
        [{name: value or None for name, value in row.items()} for row in found], schema
    )


def check_elsewhere(run: Run, url: str, folder: Path, engine: Any) -> None:
    flags = ["--connect", url, "--table", "answers", "--map", "m.yaml", "--by", "region"]
    done = run("batch", *flags, "--into", "widened", "-q", cwd=folder)
    said = [re.sub(r" \(row .*\)$", "", line.replace("long.csv", "answers")) for line in SAID]
    assert done.err.splitlines() == [*said, "widened: 3 rows read, 3 written"]
    judged = engine.table("widened").to_pyarrow().to_pylist()
    assert {row["ticket"]: row["verdict"] for row in judged} == VERDICTS
    assert {row["ticket"]: row["employee"] for row in judged} == {"A": "Ann", "B": None, "C": "Cy"}
    assert {row["ticket"]: row["How was it?"] for row in judged} == {
        "A": "good",
        "B": "bad",
        "C": None,
    }


@pytest.mark.xdist_group("postgres")
def test_tables_of_postgresql_are_widened(run: Run, postgres_url: str, folder: Path) -> None:
    engine = engines.connect(address(postgres_url))
    engine.create_table("answers", texts())
    with engine.con.transaction():  # types that Ibis does not know are carried through
        engine.con.execute("ALTER TABLE answers ADD COLUMN extra jsonb DEFAULT '{\"a\": 1}'")
        engine.con.execute("ALTER TABLE answers ADD COLUMN is_open boolean DEFAULT true")
    check_elsewhere(run, postgres_url, folder, engine)
    found = engine.con.execute("SELECT extra, pg_typeof(is_open)::text FROM widened").fetchall()
    assert found == [({"a": 1}, "boolean")] * 3
    engine.disconnect()


@pytest.mark.xdist_group("spark")
def test_tables_of_spark_are_widened(run: Run, spark_url: str, folder: Path) -> None:
    engine = engines.connect(address(spark_url))
    pq.write_table(texts(), folder / "answers.parquet")
    engine.create_table("answers", engine.read_parquet(folder / "answers.parquet"))
    check_elsewhere(run, spark_url, folder, engine)

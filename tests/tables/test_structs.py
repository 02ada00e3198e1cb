"""Dotted paths into the structs of a table."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run

from winwinwin import WinwinwinError
from winwinwin.tables import judge_table

CALLS = pa.table(
    {
        "id": ["A", "B"],
        "outcome": [{"staff": "won", "deep": {"mood": 9}}, {"staff": "lost", "deep": None}],
    }
)
MAP: dict[str, Any] = {
    "id": "id",
    "salesperson": "outcome.staff",
    "customer": {"column": "Outcome.Deep.mood", "won": {"at least": 7}},
}


def triples(table: Any, mapping: dict[str, Any]) -> list[str]:
    return [row["triple"] for row in judge_table(table, mapping).to_pyarrow().to_pylist()]


def test_a_path_leads_to_a_value_of_a_struct() -> None:
    judged = judge_table(CALLS, MAP).to_pyarrow()
    assert judged["triple"].to_pylist() == ["WIN/WIN/WIN", "LOSE/?/?"]
    assert judged.select(CALLS.column_names).to_pylist() == CALLS.to_pylist()
    assert not [name for name in judged.column_names if name.startswith("winwinwin__")]


def test_a_column_whose_own_name_holds_the_dots_wins() -> None:
    table = CALLS.append_column("outcome.staff", [["lost", "won"]])
    assert triples(table, {"salesperson": "outcome.staff"}) == ["LOSE/?/?", "WIN/?/?"]


def test_a_misspelled_path_gets_the_nearest() -> None:
    with pytest.raises(WinwinwinError) as caught:
        judge_table(CALLS, {"salesperson": "outcome.stuff"})
    [problem] = caught.value.problems
    assert problem.nearest == "outcome.staff"
    assert problem.accepted == "id, outcome, outcome.staff, outcome.deep.mood"


def test_a_path_to_an_item_of_a_list_says_that_tables_have_none() -> None:
    calls = pa.table({"id": ["A"], "sides": [[{"role": "agent", "csat": 5}]]})
    with pytest.raises(WinwinwinError) as caught:
        judge_table(calls, {"id": "id", "customer": "sides[role=agent].csat"})
    [problem] = caught.value.problems
    assert "the items of a list such as 'sides' are not reached in a table" in problem.what
    assert problem.nearest is None


def test_a_mapped_path_is_a_dimension_too(run: Run, tmp_path: Path) -> None:
    pq.write_table(CALLS, tmp_path / "c.parquet")
    (tmp_path / "m.yaml").write_text("{id: id, salesperson: outcome.staff}\n")
    paths = ["c.parquet", "--map", "m.yaml", "--by"]
    assert "By outcome.staff" in run("batch", *paths, "outcome.staff", cwd=tmp_path).out
    said = run("batch", *paths, "outcome.staf", cwd=tmp_path).err
    assert "Did you mean 'outcome.staff'?" in said


def test_a_path_is_named_where_its_values_are_too_many() -> None:
    table = ibis.memtable({"n": list(range(2_000))})
    packed = table.select(a=ibis.struct({"b": table.n.cast("string")}))
    with pytest.raises(WinwinwinError, match=r"column 'a[.]b' has more than 1,000 distinct values"):
        judge_table(packed, {"customer": "a.b"})


def test_a_file_is_judged_grouped_and_drafted_by_paths(run: Run, tmp_path: Path) -> None:
    pq.write_table(CALLS, tmp_path / "a.parquet")
    (tmp_path / "m.yaml").write_text("salesperson: outcome.staff\ntags: {who: outcome.staff}\n")
    arguments = (
        "a.parquet",
        "--map",
        "m.yaml",
        "--by",
        "tags.who",
        "-o",
        "o.html",
        "-o",
        "o.parquet",
    )
    done = run("batch", *arguments, cwd=tmp_path)
    assert done.code == 0
    assert pq.read_table(tmp_path / "o.parquet").column_names[:3] == ["id", "outcome", "verdict"]
    drafted = run("map", tmp_path / "a.parquet").out
    assert "outcome.staff" in drafted
    assert "outcome.deep.mood" in drafted


def test_one_problem_is_reported_once_whatever_else_its_rows_have(run: Run, tmp_path: Path) -> None:
    zoned = datetime(2026, 11, 23, tzinfo=UTC)
    table = pa.table(
        {
            "salesperson": ["won", "won", "wun"],
            "customer": ["wun", "wun", "won"],
            "customer_won_at": pa.array([None, zoned, None]),
            "organization": ["wun", "won", "won"],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    lines = run("batch", "a.parquet", "-q", cwd=tmp_path).err.splitlines()
    told = [line for line in lines if " customer: 'wun'" in line]
    assert len(told) == 1
    assert told[0].endswith("(2 rows)")

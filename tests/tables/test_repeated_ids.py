"""Rows of a file that have the same id are told of: copies count as often as they are there."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from conftest import Run

from winwinwin.tables import repeated

HINT = "Each row is judged; where they are copies, keep one."


def _said(run: Run, folder: Path, ids: Sequence[str], *options: object) -> str:
    rows = "".join(f"{each},won,lost,Ann\n" for each in ids)
    (folder / "calls.csv").write_text(f"id,salesperson,customer,employee\n{rows}")
    done = run("batch", "calls.csv", "--quiet", *options, cwd=folder)
    assert done.out.count("organization_loses") == len(ids)  # all are judged
    assert done.code == 0
    return done.err


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (["A", "B", "C"], ""),
        (["A", "B", " A "], "1 id used twice or more, in 2 rows: 'A'"),
        (["B", "A", "C", "A", "B", "B"], "2 ids used twice or more, in 5 rows, such as 'B'"),
        (["a", "A"], ""),
        (["", "", "-", "-", "N/A", "n/a", "unknown", "unknown"], ""),
    ],
)
def test_ids_of_several_rows_are_counted(
    run: Run, tmp_path: Path, ids: Sequence[str], said: str
) -> None:
    assert _said(run, tmp_path, ids) == (f"calls.csv: {said}. {HINT}\n" if said else "")


def test_no_id_is_told_where_no_names_are(run: Run, tmp_path: Path) -> None:
    said = f"calls.csv: 1 id used twice or more, in 2 rows. {HINT}\n"
    assert _said(run, tmp_path, ["Ann", "Ann"], "--anonymous") == said


def test_only_the_rows_that_are_looked_at_count(run: Run, tmp_path: Path) -> None:
    (tmp_path / "calls.csv").write_text(
        "id,employee,salesperson,customer\nA,Ann,won,won\nA,Ben,won,won\nB,Ben,won,won\n"
    )
    assert (
        "used twice"
        not in run("batch", "calls.csv", "-q", "--only", "employee=Ben", cwd=tmp_path).err
    )


def test_ids_of_very_many_rows_are_not_compared(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(repeated, "MOST_ROWS", 2)
    assert _said(run, tmp_path, ["A", "A"]).startswith("calls.csv: 1 id used twice")
    assert _said(run, tmp_path, ["A", "A", "A"]) == ""

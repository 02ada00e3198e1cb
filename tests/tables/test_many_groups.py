"""Tables with more groups than anybody reads."""

import json
from pathlib import Path

import pytest
from conftest import Run

from winwinwin.tables import counting

NUMBER = 12_000
"""Groups, each with one win and one loss."""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "t.csv"
    rows = "".join(f"E{each},won,won\nE{each},lost,won\n" for each in range(NUMBER))
    path.write_text(f"employee,salesperson,customer\n{rows}")
    return path


def test_the_first_are_listed_and_the_others_counted(run: Run, table: Path) -> None:
    figures = table.with_name("all.json")
    done = run("batch", table, "--by", "employee", "--summary", figures)
    assert done.code == 0, done.err
    assert "and 11,900 more, which --summary FILE.json lists" in done.out
    groups = json.loads(figures.read_text())["groups"]["employee"]
    assert [each["value"] for each in groups] == sorted(f"E{each}" for each in range(NUMBER))
    assert {(each["total"], each["stands_out"]) for each in groups} == {(2, False)}


def test_too_many_are_refused(run: Run, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST_GROUPS", NUMBER - 1)
    done = run("batch", table, "--by", "employee")
    assert done.code == 2
    assert "--by: 'employee' has more than 11,999 values" in done.err
    assert "Group by something that many rows share." in done.err

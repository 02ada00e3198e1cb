"""Rows are written in little memory, and in more where that is not enough."""

from pathlib import Path

import pytest
from conftest import Run

from winwinwin.tables import writing

ROWS = 1_000


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    file = tmp_path / "calls.csv"
    file.write_text("salesperson,customer,note\n" + f"won,lost,{'x' * 9_999}\n" * ROWS, "utf-8")
    return file


@pytest.mark.parametrize(
    ("modest", "options"),
    [("400MB", []), ("1B", []), ("nobody sets it", ["--memory-limit", "1GB"])],
)
def test_rows_are_written_whatever_memory_they_need(
    run: Run, monkeypatch: pytest.MonkeyPatch, calls: Path, modest: str, options: list[str]
) -> None:
    monkeypatch.setattr(writing, "MODEST", modest)
    out = calls.with_name("verdicts.csv")
    assert run("batch", calls, "-q", "-o", out, *options).code == 0
    assert out.read_text("utf-8").count("x,organization_loses,") == ROWS


def test_of_many_groups_the_first_are_listed(run: Run, calls: Path) -> None:
    rows = "".join(f"g{number:03},{'won' if number % 2 else 'lost'},won\n" for number in range(105))
    calls.write_text(f"team,salesperson,customer\n{rows}", "utf-8")
    summary = calls.with_name("summary.json")
    out = run("batch", calls, "--by", "team", "--summary", summary).out
    assert out.count("\n  g") == 100
    assert "\nand 5 more, which --summary FILE.json lists\n" in out
    assert summary.read_text("utf-8").count('"g') >= 105

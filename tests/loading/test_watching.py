"""Files that change while they are read: said, and never half of one and half of the other."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import Run

from winwinwin import Recorded, read_all
from winwinwin.errors import UnreadableError
from winwinwin.tables.judged import JudgedTable

ROW = "A,won,won\n"


def replaced(file: Path) -> None:
    file.with_name("new").write_text(file.read_text().replace("won", "lost"))
    file.with_name("new").replace(file)


def appended(file: Path) -> None:
    with file.open("a") as more:
        more.write(file.read_text().splitlines()[-1] + "\n")


def rewritten(file: Path) -> None:
    file.write_text(file.read_text().replace("A", "B"))
    os.utime(file, (1, 1))


CHANGES = [replaced, appended, rewritten]


@pytest.mark.parametrize("change", CHANGES)
def test_a_table_that_changes_between_two_readings_is_refused(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("id,salesperson,customer\n" + ROW * 3)
    (tmp_path / "o.csv").write_text("old")
    rows = JudgedTable.rows

    def meanwhile(self: JudgedTable, *more: object) -> object:
        change(file)
        return rows(self, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(JudgedTable, "rows", meanwhile)
    done = run("batch", "a.csv", "-o", "o.csv", "-q", cwd=tmp_path)
    assert done.code == 2
    assert "a.csv: changed while it was read." in done.err
    assert (tmp_path / "o.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced, "was replaced while it was read; what it held before is judged"),
        (appended, "grew while it was read; what was added is not judged"),
        (rewritten, ""),
    ],
)
def test_records_that_change_meanwhile_are_read_as_they_were_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None], said: str
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": "A", "salesperson": "won"}\n' * 3)
    items = read_all([file])
    found = [next(items)]
    change(file)
    found += items
    assert sum(isinstance(item, Recorded) for item in found) == 3
    assert said in capsys.readouterr().err
    errors = [item for item in found if isinstance(item, UnreadableError)]
    assert bool(errors) == (not said)

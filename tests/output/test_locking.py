"""Many runs that save in one file at once: each record that was saved is there in the end."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from conftest import ROOT, Run

from winwinwin import Recorded, read_all
from winwinwin.errors import WinwinwinError
from winwinwin.output import locking
from winwinwin.output.locking import alone

SAVERS, SAVES = 20, 10
SAVER = """
import sys
from pathlib import Path
from winwinwin import Interaction
from winwinwin.cli.keeping import save

sys.stdin.readline()  # all begin at once
for number in range(10):
    save(Path("week.yaml"), Interaction(id=f"{sys.argv[1]}-{number}", salesperson="won"))
"""
PROGRAM = "import sys; from winwinwin.__main__ import main; sys.exit(main())"
HOLDER = """
import sys
from pathlib import Path
from winwinwin.output.locking import alone

with alone(Path("week.yaml")):
    print("held", flush=True)
    sys.stdin.readline()
"""


def started(script: str, cwd: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        command, cwd=cwd, env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def ids(file: Path) -> list[str | None]:
    found = list(read_all([file]))
    assert all(isinstance(item, Recorded) for item in found)
    return [item.about.id for item in found if isinstance(item, Recorded)]


def ended(processes: list[subprocess.Popen[str]], said: str) -> None:
    """Say something to all at once, and wait for their ends, all of them good ones."""
    for process in processes:
        assert process.stdin
        process.stdin.write(said)
        process.stdin.flush()
    ends = [(process.communicate(timeout=60), process.returncode) for process in processes]
    assert [code for _, code in ends] == [0] * len(processes), ends


def test_200_records_that_are_saved_at_once_are_all_there(tmp_path: Path) -> None:
    ended([started(SAVER, tmp_path, str(each)) for each in range(SAVERS)], "go\n")
    wanted = {f"{each}-{number}" for each in range(SAVERS) for number in range(SAVES)}
    found = ids(tmp_path / "week.yaml")
    assert len(found) == SAVERS * SAVES
    assert set(found) == wanted
    assert [file.name for file in tmp_path.iterdir()] == ["week.yaml"]


def test_runs_of_the_program_save_one_after_the_other(tmp_path: Path) -> None:
    names = [f"c{number}" for number in range(6)]
    runs = [started(PROGRAM, tmp_path, "record", "--to", "week.yaml", "--id", n) for n in names]
    ended(runs, "won\nwon\n\n\n\n\n\n")
    assert sorted(map(str, ids(tmp_path / "week.yaml"))) == names


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    process = started(HOLDER, tmp_path)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_run_waits_for_another_one_with_a_word(
    run: Run, tmp_path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "WORDLESS", 0.05)
    threading.Timer(3, lambda: holder.communicate("go\n")).start()
    begun = time.monotonic()
    done = run("record", "--to", "week.yaml", "--id", "A", stdin="won\nwon\n\n\n\n\n", cwd=tmp_path)
    assert time.monotonic() - begun > 0.5
    assert "week.yaml: waiting for another run that saves there\n" in done.err
    assert done.code == 0
    assert ids(tmp_path / "week.yaml") == ["A"]


def test_a_record_is_shown_where_the_other_run_never_ends(
    run: Run, tmp_path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "PATIENCE", 0.1)
    done = run("record", "--to", "week.yaml", "--id", "A", stdin="won\nwon\n\n\n\n\n", cwd=tmp_path)
    assert done.code == 2
    assert "Nothing was saved. This is the record:\n- id: A\n" in done.err
    assert "week.yaml: is being changed by another run of winwinwin. Try again;" in done.err
    assert not (tmp_path / "week.yaml").exists()
    holder.communicate("go\n")


def test_nobody_waits_for_a_run_that_was_killed(
    run: Run, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    holder.kill()
    holder.communicate()
    done = run("record", "--to", "week.yaml", "--id", "A", stdin="won\nwon\n\n\n\n\n", cwd=tmp_path)
    assert done.code == 0
    assert "waiting" not in done.err
    assert [file.name for file in tmp_path.iterdir()] == ["week.yaml"]


def test_a_record_is_taken_back_by_one_run_at_a_time(
    run: Run, tmp_path: Path, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "PATIENCE", 0.1)
    (tmp_path / "week.yaml").write_text("- {id: A, salesperson: won}\n")
    done = run("record", "--to", "week.yaml", "--undo", "--yes", cwd=tmp_path)
    assert done.code == 2
    assert ids(tmp_path / "week.yaml") == ["A"]
    holder.communicate("go\n")


def test_a_folder_that_takes_no_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WinwinwinError, match="cannot be written"), alone(tmp_path / "file" / "a"):
        pass

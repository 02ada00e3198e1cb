"""What killed runs leave, and who removes it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from conftest import Run

from winwinwin.output import files, leftovers
from winwinwin.output.leftovers import own_name


@pytest.fixture
def dead() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def named(process: int, machine: str = "", its: str = "abcdef01") -> str:
    _, here, *_ = own_name().split("_")
    return f"winwinwin_{machine or here}_{process}_{its}_0"


def test_a_name_tells_its_run_and_is_nothing_else_s(dead: int) -> None:
    assert own_name() != own_name()
    assert not leftovers.is_left(own_name())
    assert leftovers.is_left(named(dead))
    assert leftovers.is_left(named(os.getpid()))  # a process before had the same number
    assert leftovers.is_left(named(10**30))
    assert not leftovers.is_left(named(os.getppid()))
    assert not leftovers.is_left(named(1))
    assert not leftovers.is_left(f"x{named(dead)}")
    assert not leftovers.is_left("winwinwin_report")


def test_what_another_machine_made_is_left_after_a_week(dead: int) -> None:
    assert not leftovers.is_left(named(dead, "00000000"))
    assert not leftovers.is_left(named(dead, "00000000"), lambda: leftovers.WEEK - 1)
    assert leftovers.is_left(named(dead, "00000000"), lambda: leftovers.WEEK + 1)


def test_a_run_removes_what_killed_runs_left(
    run: Run, tmp_path: Path, dead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, temporary = tmp_path / "out", tmp_path / "tmp"
    beside.mkdir()
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    (beside / "t.csv").write_text("customer\nwon\n")
    (beside / f".{named(dead)}.part").write_text("half")
    (temporary / named(dead) / "deep").mkdir(parents=True)
    (temporary / named(dead) / "deep" / "spilled").write_text("much")
    kept = [beside / f".{named(1)}.part", beside / ".mine.part", beside / "t.csv"]
    for file in kept[:2]:
        file.write_text("kept")
    (temporary / named(1)).mkdir()
    assert run("batch", "t.csv", "-q", "-o", "v.csv", cwd=beside).code == 0
    assert {*beside.iterdir()} == {*kept, beside / "v.csv"}
    assert [each.name for each in temporary.iterdir()] == [named(1)]


def test_old_things_of_another_machine_go(tmp_path: Path, dead: int) -> None:
    old, young = (tmp_path / f".{named(dead, each)}.part" for each in ("00000000", "00000001"))
    for file in (old, young):
        file.touch()
    before = time.time() - leftovers.WEEK - 60
    os.utime(old, (before, before))
    leftovers.sweep(tmp_path)
    assert [*tmp_path.iterdir()] == [young]


def test_a_link_is_removed_and_not_followed(tmp_path: Path, dead: int) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "kept").touch()
    (tmp_path / named(dead)).symlink_to("mine")
    leftovers.sweep(tmp_path)
    assert [each.name for each in tmp_path.rglob("*")] == ["mine", "kept"]


def test_a_name_as_long_as_names_may_be_is_written(tmp_path: Path) -> None:
    name = str(tmp_path / f"{'a' * 251}.csv")
    with files.replacing(name) as write:
        write("new")
    assert Path(name).read_text() == "new"


# All of a run's outputs, or none.


def fill(*names: Path) -> None:
    with files.together() as outputs:
        for name in names:
            outputs.add(files.target_of(str(name)))("new")


@pytest.mark.parametrize("has_links", [True, False])
@pytest.mark.parametrize("raised", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_where_one_cannot_be_placed_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raised: BaseException, has_links: bool
) -> None:
    names = [tmp_path / f"{each}.csv" for each in "abc"]
    for name in names[1:]:
        name.write_text("old")
    place, placed = files.File.place, []

    def failing(file: files.File) -> None:
        if len(placed) == 2:
            raise raised
        place(file)
        placed.append(file.name)

    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(files.File, "place", failing)
    if not has_links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    with pytest.raises(BaseException, match=r"no space left|^$"):
        fill(*names)
    assert placed == [str(names[2]), str(names[1])]
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {
        "b.csv": "old",
        "c.csv": "old",
    }
    monkeypatch.undo()
    fill(*names)
    assert [each.read_text() for each in sorted(tmp_path.iterdir())] == ["new"] * 3


@pytest.mark.parametrize("command", ["score -s won", "schema", "compare a.csv a.csv", "rules list"])
def test_the_outputs_of_every_command_come_together(
    run: Run, tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").write_text("customer\nwon\n")
    for name in ("v.json", "w.json"):
        (tmp_path / name).write_text("old")
    place = files.File.place

    def failing(file: files.File) -> None:
        if file.name == "v.json":
            raise OSError(28, "No space left on device")
        place(file)

    monkeypatch.setattr(files.File, "place", failing)
    done = run(*command.split(), "-o", "v.json", "-o", "w.json", cwd=tmp_path)
    assert done.code == 2
    assert done.err.endswith("v.json: cannot be written: no space left on device.\n")
    assert [(tmp_path / name).read_text() for name in ("v.json", "w.json")] == ["old", "old"]
    assert len(list(tmp_path.iterdir())) == 3

"""Where text goes: files that are whole or not there, devices, and streams that fail."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import ROOT, Run

from winwinwin.batch import records
from winwinwin.errors import WinwinwinError
from winwinwin.kernel.judgement import Judgement
from winwinwin.loading.documents import read_all
from winwinwin.output import files, streams

FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
CLOSED = BrokenPipeError(errno.EPIPE, os.strerror(errno.EPIPE))


class Failing:
    """A stream that takes nothing."""

    def __init__(self, error: OSError, descriptor: int) -> None:
        self.error = error
        self.descriptor = descriptor

    def fileno(self) -> int:
        return self.descriptor

    def isatty(self) -> bool:
        return False

    def write(self, _text: str) -> int:
        raise self.error

    def flush(self) -> None:
        raise self.error


WRITERS = {"write": lambda: streams.write("x"), "flush": streams.flush}


@pytest.mark.parametrize("writer", WRITERS)
def test_a_stream_that_nobody_reads_ends_the_run_quietly(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, writer: str
) -> None:
    with (tmp_path / "held back").open("w") as file:
        monkeypatch.setattr(sys, "stdout", Failing(CLOSED, file.fileno()))
        with pytest.raises(SystemExit) as ended:
            WRITERS[writer]()
        file.write("what was held back")
    assert ended.value.code == 141
    assert (tmp_path / "held back").read_text() == ""


@pytest.mark.parametrize("writer", WRITERS)
def test_a_stream_that_takes_no_more_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, writer: str
) -> None:
    with (tmp_path / "full").open("w") as file:
        monkeypatch.setattr(sys, "stdout", Failing(FULL, file.fileno()))
        with pytest.raises(WinwinwinError, match=r"^standard output: cannot be written: no space"):
            WRITERS[writer]()


# Files.


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")
    with files.replacing(str(target)) as write:
        write("new\n")
        assert target.read_text() == "old"
        assert len(names(tmp_path)) == 2
    assert names(tmp_path) == ["a.json"]
    assert target.read_bytes() == b"new\n"


@pytest.mark.parametrize("failure", [RuntimeError("x"), KeyboardInterrupt(), typer.Exit(141)])
def test_a_failure_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, failure: BaseException
) -> None:
    target = tmp_path / "a.json"
    target.write_text("old")

    def fail() -> None:
        with files.replacing(str(target)) as write:
            write("half")
            raise failure

    with pytest.raises(type(failure)):
        fail()
    assert names(tmp_path) == ["a.json"]
    assert target.read_text() == "old"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link.json").symlink_to("real.json")
    with files.replacing(str(tmp_path / "link.json")) as write:
        write("new")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() == "new"


def test_of_several_files_the_one_that_fails_is_blamed(tmp_path: Path) -> None:

    def fill() -> None:
        with (
            files.replacing("/dev/full") as first,
            files.replacing(str(tmp_path / "b.json")) as second,
        ):
            second("x")
            first("x" * 100_000)

    with pytest.raises(WinwinwinError, match=r"^/dev/full: cannot be written: no space left on"):
        fill()
    assert names(tmp_path) == []


UNWRITABLE = {
    "missing/a.json": "no such file or directory",
    "folder.json": "is a directory",
    "file.txt/a.json": "not a directory",
    f"{'a' * 300}.json": "file name too long",
    "full.json": "no space left on device",
}


@pytest.mark.parametrize("command", ["score -s won", "explain -s won", "batch -", "schema"])
@pytest.mark.parametrize("name", UNWRITABLE, ids=lambda name: name[:20])
def test_an_output_that_cannot_be_written_is_an_error(
    run: Run, tmp_path: Path, command: str, name: str
) -> None:
    (tmp_path / "folder.json").mkdir()
    (tmp_path / "file.txt").touch()
    (tmp_path / "full.json").symlink_to("/dev/full")
    before = names(tmp_path)
    done = run(*command.split(), "-o", name, stdin="salesperson: won", cwd=tmp_path)
    assert (done.code, done.err) == (2, f"{name}: cannot be written: {UNWRITABLE[name]}.\n")
    assert names(tmp_path) == before


@pytest.mark.parametrize("command", ["score -s won", "explain -s won", "batch -"])
def test_a_device_under_a_telling_name_is_written_to(
    run: Run, tmp_path: Path, command: str
) -> None:
    (tmp_path / "null.json").symlink_to("/dev/null")
    done = run(*command.split(), "-o", "null.json", stdin="salesperson: won", cwd=tmp_path)
    assert (done.code, done.err) == (0, "")
    assert names(tmp_path) == ["null.json"]
    assert (tmp_path / "null.json").is_symlink()


def test_the_null_device_takes_what_is_not_wanted(run: Run) -> None:
    assert run("schema", "-o", "/dev/null") == (0, "", "")
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("device", ["/dev/stdout", "/dev/fd/1"])
def test_standard_output_can_be_named_as_a_file(device: str) -> None:
    command = [sys.executable, "-m", "winwinwin", "schema", "-o", device]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["title"] == "Interactions for winwinwin"


def test_a_full_device_behind_standard_output_is_an_error_of_one_line() -> None:
    command = [sys.executable, "-m", "winwinwin", "batch", "examples/week.yaml"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.stderr == "standard output: cannot be written: no space left on device.\n"
    assert done.returncode == 2


# Outputs of a run.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with two files to read."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.json").write_text('{"id": "A", "salesperson": "won"}')
    (tmp_path / "in" / "b.jsonl").write_text('{"id": "B", "customer": "won"}\n')
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "target"),
    [
        (["in/a.json"], "in/a.json"),
        (["in/a.json"], "./in/../in/a.json"),
        (["in"], "in/b.jsonl"),
        (["in/*.json"], "in/a.json"),
        (["in/b.jsonl", "missing.json", "-", "in/a.json"], "in/a.json"),
        (["link.json"], "in/a.json"),
        (["in/a.json"], "link.json"),
    ],
)
def test_an_output_that_is_an_input_is_refused(
    run: Run, folder: Path, paths: list[str], target: str
) -> None:
    (folder / "link.json").symlink_to("in/a.json")
    said = f"{target}: is already read or written by this run. Choose another name.\n"
    assert run("batch", *paths, "-o", target, cwd=folder) == (2, "", said)
    assert json.loads((folder / "in" / "a.json").read_text())["id"] == "A"


def test_an_output_that_is_given_twice_is_refused(run: Run, folder: Path) -> None:
    said = "./out.csv: is already read or written by this run. Choose another name.\n"
    done = run("batch", "in", "-o", "out.csv", "-o", "./out.csv", cwd=folder)
    assert done == (2, "", said)
    assert names(folder) == ["in"]


def test_a_new_file_in_a_folder_that_is_read_is_no_input_of_this_run(
    run: Run, folder: Path
) -> None:
    done = run("batch", "in", "-o", "in/out.json", "-q", cwd=folder)
    assert done == (0, "", "")
    assert [found["id"] for found in json.loads((folder / "in" / "out.json").read_text())] == [
        "A",
        "B",
    ]


def test_one_run_writes_several_files_and_still_sums_up(run: Run, folder: Path) -> None:
    outputs = ["out.txt", "out.json", "out.jsonl", "out.csv", "out.md"]
    flags = [part for name in outputs for part in ("-o", name)]
    done = run("batch", "in", *flags, cwd=folder)
    assert (done.code, done.err) == (0, "")
    assert names(folder) == ["in", *sorted(outputs)]
    for name, format_name in zip(
        outputs, ["text", "json", "jsonl", "csv", "markdown"], strict=True
    ):
        alone = run("batch", "in", "--format", format_name, cwd=folder).out
        assert (folder / name).read_text() == alone
    summary = (folder / "out.txt").read_text().partition("\n\n")[2]
    assert done.out == summary


def test_a_run_that_raises_midway_leaves_the_old_files(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "out.json").write_text("old")
    reading = read_all

    def breaking(*arguments: Any) -> Iterator[Any]:
        yield next(reading(*arguments))
        raise KeyboardInterrupt

    monkeypatch.setattr(records, "read_all", breaking)
    done = run("batch", "in", "-o", "out.json", "-o", "new.csv", cwd=folder)
    assert (done.code, done.err) == (130, "")
    assert names(folder) == ["in", "out.json"]
    assert (folder / "out.json").read_text() == "old"


def test_a_bug_leaves_the_old_files_too(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def buggy(*_: object) -> Judgement:
        raise ZeroDivisionError

    (folder / "out.json").write_text("old")
    monkeypatch.setattr("winwinwin.evaluation.Judge.outcomes", buggy)
    assert run("batch", "in", "-o", "out.json", cwd=folder).code == 70
    assert names(folder) == ["in", "out.json"]
    assert (folder / "out.json").read_text() == "old"


def test_a_run_with_invalid_records_is_written_all_the_same(run: Run, tmp_path: Path) -> None:
    done = run("batch", "examples/broken.yaml", "-q", "-o", tmp_path / "out.jsonl")
    assert (done.code, done.out) == (2, "")
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 12


@pytest.mark.parametrize(
    ("errors", "size"),
    [((50, 20), (50, 20)), ((0, 0), streams.USUAL_SIZE), (None, streams.USUAL_SIZE)],
)
def test_where_output_goes_elsewhere_the_errors_know_the_width(
    monkeypatch: pytest.MonkeyPatch, errors: tuple[int, int] | None, size: tuple[int, int]
) -> None:
    """As in `winwinwin batch week.yaml --format csv > week.csv`, whose summary a person reads."""
    descriptor = sys.stderr.fileno()

    def measured(asked: int = 1, /) -> os.terminal_size:
        if asked != descriptor or errors is None:
            raise OSError(errno.ENOTTY, os.strerror(errno.ENOTTY))
        return os.terminal_size(errors)

    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)
    monkeypatch.setattr(os, "get_terminal_size", measured)
    assert streams.size() == size


WON = '[{"id": "A", "salesperson": "won", "customer": "won"}]\n'


def piped(*words: str, cwd: Path, name: str) -> subprocess.CompletedProcess[str]:
    """Run the program with standard input from a file."""
    command = [sys.executable, "-m", "winwinwin", *words]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with (cwd / name).open() as stdin:
        return subprocess.run(
            command, stdin=stdin, capture_output=True, text=True, cwd=cwd, check=False, env=environment
        )  # fmt: skip


@pytest.mark.parametrize("output", ["in.json", "./in.json", "link.json", "soft.json"])
def test_the_file_that_standard_input_comes_from_is_no_output(tmp_path: Path, output: str) -> None:
    file = tmp_path / "in.json"
    file.write_text(WON)
    (tmp_path / "link.json").hardlink_to(file)
    (tmp_path / "soft.json").symlink_to("in.json")
    words = ("batch", "-", "--input-format", "json", "-o", output)
    done = piped(*words, cwd=tmp_path, name="in.json")
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == f"{output}: is already read or written by this run. Choose another name.\n"
    )
    assert file.read_text() == WON
    (tmp_path / "other.json").write_text(WON)
    assert piped(*words, cwd=tmp_path, name="other.json").returncode == 0


@pytest.mark.parametrize(
    "words",
    [
        "batch in.csv -o link.csv",
        "batch other.csv in.csv -o link.csv",
        "batch other.csv --map in.csv -o link.csv",
        "batch other.csv --rulebook in.csv -o link.csv",
        "compare other.csv in.csv -o link.json",
        "rules diff in.csv --on other.csv -o link.json",
        "list in.csv -o link.csv",
    ],
)
def test_another_name_of_a_file_that_is_read_is_no_output(
    run: Run, tmp_path: Path, words: str
) -> None:
    for name in ("in.csv", "other.csv"):
        (tmp_path / name).write_text("salesperson: salesperson\n")
    if "--map" not in words:
        for name in ("in.csv", "other.csv"):
            (tmp_path / name).write_text("id,salesperson\nA,won\n")
    (tmp_path / "link.csv").hardlink_to(tmp_path / "in.csv")
    (tmp_path / "link.json").hardlink_to(tmp_path / "in.csv")
    done = run(*words.split(), cwd=tmp_path)
    assert done.code == 2
    assert "is already read or written by this run. Choose another name." in done.err


def write_all(paths: list[Path]) -> None:
    with files.together() as outputs:
        for path in paths:
            outputs.add(files.target_of(str(path)))("new")


@pytest.mark.parametrize("number", [1, 2])
def test_a_signal_after_the_last_file_is_in_its_place_takes_none_away(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: int
) -> None:
    """Alone it stays, as it is whole; of several, all are as they were."""
    names = [tmp_path / f"{place}.txt" for place in range(number)]
    for path in names:
        path.write_text("old")
    place = files.File.place

    def signalled(part: files.File) -> None:
        place(part)
        if part.name == str(names[0]):  # the last to be placed
            raise KeyboardInterrupt

    monkeypatch.setattr(files.File, "place", signalled)
    with pytest.raises(KeyboardInterrupt):
        write_all(names)
    assert [path.read_text() for path in names] == (["new"] if number == 1 else ["old"] * number)
    assert sorted(tmp_path.iterdir()) == sorted(names)

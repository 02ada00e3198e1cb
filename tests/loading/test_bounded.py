"""No file is read without end: documents, devices, and what compressed files hold."""

import gzip
import os
import subprocess
import sys
import zipfile
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pyarrow as pa
import pytest
from conftest import Run

ZERO = Path("/dev/zero")
TOO_LONG = "holds more than 64 MB, too much for a file of this kind. Check its name.\n"
TOO_MUCH = (
    "holds more than 256 MB and 100 times its size together."
    " If that is right, unpack it, and name the file in it.\n"
)


@pytest.mark.parametrize(
    "words",
    [
        "batch examples/week.yaml --rulebook /dev/zero",
        "rules check /dev/zero",
        "rules diff /dev/zero",
        "rules test /dev/zero",
        "batch examples/week.yaml --map /dev/zero",
        "batch examples/survey.csv --map /dev/zero",
    ],
)
def test_a_document_without_end_is_refused(run: Run, words: str) -> None:
    done = run(*words.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.removeprefix("rulebook: ") == f"/dev/zero: {TOO_LONG}"


def test_so_is_a_pipe_that_never_ends(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "house.yaml"
    os.mkfifo(pipe)

    def write() -> None:
        with suppress(BrokenPipeError), pipe.open("wb", 0) as out:
            while True:
                out.write(b"# and so on\n" * 1000)

    writer = Thread(target=write, daemon=True)
    writer.start()
    assert run("rules", "check", "house.yaml", cwd=tmp_path).err == f"house.yaml: {TOO_LONG}"
    writer.join(10)


@pytest.mark.parametrize("name", ["winwinwin.toml", "pyproject.toml"])
def test_defaults_are_not_looked_for_in_a_huge_file(run: Run, tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(65 << 20)
    done = run("score", "won", "won", cwd=tmp_path)
    assert (done.code, done.err) == (2, f"{name}: {TOO_LONG}")


@pytest.mark.parametrize("form", ["csv", "tsv", "parquet", "xlsx", "yaml", "json", "jsonl"])
def test_a_device_without_end_is_no_input(run: Run, form: str) -> None:
    done = run("batch", "/dev/zero", "--input-format", form)
    assert (done.code, done.err) == (2, "/dev/zero: is a device without end. Name a file.\n")


def test_a_device_that_holds_nothing_is_an_empty_file(run: Run) -> None:
    done = run("batch", "/dev/null", "--input-format", "yaml")
    assert "/dev/null: holds no interactions." in done.err


BLOCK = b" " * (1 << 20)
BOMB = 600


def write_bomb(path: Path, begin: bytes) -> None:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("t.csv", begin + BLOCK * BOMB)
        return
    with (
        gzip.open(path, "wb", 1)
        if path.suffix == ".gz"
        else pa.CompressedOutputStream(str(path), "zstd") as out
    ):
        out.write(begin)
        for _ in range(BOMB):
            out.write(BLOCK)


@pytest.mark.parametrize(
    ("name", "begin"),
    [
        ("t.csv.gz", b"customer\n"),
        ("t.csv.zst", b"customer\n"),
        ("t.zip", b"customer\n"),
        ("t.yaml.gz", b"- {}\n"),
        ("t.json.zst", b"["),
    ],
)
def test_a_bomb_is_not_unpacked(run: Run, tmp_path: Path, name: str, begin: bytes) -> None:
    write_bomb(tmp_path / name, begin)
    done = run("batch", name, "-q", "-o", "o.csv", cwd=tmp_path)
    assert done.code == 2
    assert done.err.startswith(f"{name}: {TOO_MUCH}")


def test_nor_is_one_at_standard_input() -> None:
    words = [sys.executable, "-m", "winwinwin", "batch", "-", "--input-format", "xlsx"]
    with ZERO.open("rb") as zero:
        done = subprocess.run(words, stdin=zero, capture_output=True, text=True, check=False)
    said = "standard input: is a device without end. Name a file.\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)

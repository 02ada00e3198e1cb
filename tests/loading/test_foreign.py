"""Files of other programs: what each is, and what to do instead."""

import sqlite3
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest
from conftest import Run

from winwinwin.loading.foreign import FOREIGN
from winwinwin.loading.paths import is_input

SPSS = "is a file of SPSS, which is not read. Export it from SPSS as CSV or Excel"


@pytest.mark.parametrize("suffix", FOREIGN)
def test_every_such_file_is_refused_with_what_to_do(suffix: str, run: Run, tmp_path: Path) -> None:
    name = tmp_path / f"f{suffix.upper()}"
    name.write_bytes(b"\0\1")
    done = run("batch", name, "-q")
    kind = FOREIGN[suffix]
    assert done.code == 2
    assert done.err.startswith(f"{name}: is {kind.name}, which is not read. {kind.advice[:20]}")
    assert not is_input(name)


@pytest.mark.parametrize("command", ["map", "batch", "explain", "compare"])
def test_every_command_says_it(command: str, run: Run, tmp_path: Path) -> None:
    name = tmp_path / "f.sav"
    name.write_bytes(b"$FL2")
    more = {"explain": ["A"], "compare": [name]}.get(command, [])
    done = run(command, name, *more)
    assert done.code == 2
    assert SPSS in done.err


def test_it_is_said_beside_a_table_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("salesperson\nwon\n")
    (tmp_path / "f.sav").touch()
    done = run("batch", "a.csv", "f.sav", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"f.sav: {SPSS}")


def test_a_folder_passes_over_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("salesperson\nwon\n")
    (tmp_path / "f.sav").touch()
    done = run("batch", tmp_path, "-q")
    assert (done.code, done.err) == (0, "")


def test_a_database_is_told_by_what_it_holds(run: Run, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "s.db") as base:
        base.execute("CREATE TABLE calls(id, salesperson, customer)")
        base.execute("INSERT INTO calls VALUES ('A', 'won', 'won')")
    base.close()
    with duckdb.connect(tmp_path / "d.db") as local:
        local.execute("CREATE TABLE calls AS SELECT 'A' id, 'won' salesperson, 'won' customer")
    for name, engine in (("s.db", "sqlite"), ("d.db", "duckdb")):
        said = run("batch", name, cwd=tmp_path).err
        advice = f"--connect {engine}://{name} --table NAME"
        assert advice in said
        options = advice.replace("NAME", "calls").split()
        assert "WIN/WIN/WIN" in run("batch", *options, "-q", cwd=tmp_path).out
    (tmp_path / "o.db").write_bytes(b"?")
    assert "--connect URL --table NAME" in run("batch", "o.db", cwd=tmp_path).err


def test_another_unknown_suffix_is_told_as_before(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.xyz").touch()
    said = run("batch", "a.xyz", cwd=tmp_path).err
    assert said.startswith("a.xyz: the suffix '.xyz' does not name a format.")


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("report.pdf", "holds 'report.pdf', which is a PDF, made to be read by people"),
        ("calls.csv.gz", "holds 'calls.csv.gz', and the suffix '.gz' does not name a format"),
        ("calls", "holds 'calls', and the suffix '' does not name a format"),
    ],
)
@pytest.mark.parametrize("command", ["batch", "map"])
def test_of_a_zip_the_file_inside_is_named(
    run: Run, tmp_path: Path, command: str, inner: str, said: str
) -> None:
    with ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(inner, b"%PDF-1.7")
    done = run(command, "a.zip", cwd=tmp_path)
    assert (done.code, done.err.startswith(f"a.zip: {said}")) == (2, True), done.err

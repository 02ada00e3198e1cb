"""Commands that a message proposes can be pasted, whatever the file is called."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import Run

NAMES = ("week.yaml", "my week.yaml", "-x.yaml", "it's.yaml", "a b/$HOME.yaml")
PROPOSED = re.compile(r"winwinwin (.+?)(?=, then |\. Records |\n|$)")


def commands(said: str) -> list[list[str]]:
    return [shlex.split(found) for found in PROPOSED.findall(said)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a b").mkdir()
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_after_a_new_file(run: Run, folder: Path, name: str) -> None:
    done = run("new", "--", name, cwd=folder)
    assert done.code == 0
    judge, schema = commands(done.err)
    assert run(*judge, cwd=folder).code == 0
    assert run(*schema, cwd=folder).code == 0
    assert (folder / name).with_name("interactions.schema.json").exists()


@pytest.mark.parametrize("name", [name.replace("yaml", "xlsx") for name in NAMES])
def test_what_comes_after_an_exported_table(run: Run, folder: Path, name: str) -> None:
    done = run("rules", "export", "--", name, cwd=folder)
    assert done.code == 0
    [judge] = commands(done.err)
    assert run(*judge, cwd=folder).err.endswith("has no rows. There is nothing to judge.\n")


@pytest.mark.parametrize("command", ["list", "explain", "batch"])
@pytest.mark.parametrize("name", NAMES)
def test_what_reads_records_in_a_wrapper(run: Run, folder: Path, command: str, name: str) -> None:
    (folder / name).write_text("my calls: [{id: A, salesperson: won, customer: won}]\n")
    done = run(command, "--", name, cwd=folder)
    draft, mapped, plain = commands(done.err)
    assert run(*draft, cwd=folder).code == 0
    assert (folder / mapped[-1]).exists()
    judged = run(*plain, "-q", "--format", "csv", cwd=folder)
    assert judged.code == 0
    assert "win_win_win" in judged.out

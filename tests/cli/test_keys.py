"""The key of anonymous names: made once, kept to its owner, or given in a variable."""

import stat
from pathlib import Path

import pytest
from conftest import Run

from winwinwin.cli import keys

WEEK = "examples/week.yaml"
ASKED = ("batch", WEEK, "--by", "employee", "--anonymous")


def test_a_key_is_made_once_and_only_its_owner_reads_it(run: Run, tmp_path: Path) -> None:
    first = run(*ASKED, XDG_CONFIG_HOME=str(tmp_path))
    file = tmp_path / "winwinwin" / "key"
    assert first.err == f"{file}: made the key of anonymous names; whoever has it can undo them\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["key"]
    second = run(*ASKED, XDG_CONFIG_HOME=str(tmp_path))
    assert (second.code, second.err, second.out) == (0, "", first.out)
    file.unlink()
    assert run(*ASKED, XDG_CONFIG_HOME=str(tmp_path)).out != first.out


def test_a_variable_is_a_key_too_and_needs_no_file(run: Run, tmp_path: Path) -> None:
    one, again, other = (
        run(*ASKED, XDG_CONFIG_HOME=str(tmp_path), WINWINWIN_KEY=f"{each} secret of our own").out
        for each in (1, 1, 2)
    )
    assert one == again != other
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("short", ["", "secret", " " * 40])
def test_a_key_that_could_be_guessed_is_refused(run: Run, short: str) -> None:
    done = run(*ASKED, WINWINWIN_KEY=short)
    assert (done.code, done.out) == (2, "")
    assert "could be guessed. Take a secret of at least 16 characters." in done.err


def test_where_no_key_can_be_kept_the_variable_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "winwinwin").touch()
    done = run(*ASKED, XDG_CONFIG_HOME=str(tmp_path))
    assert (done.code, done.out) == (2, "")
    assert "Set the variable WINWINWIN_KEY to a secret of your own." in done.err
    (tmp_path / "winwinwin").unlink()
    (tmp_path / "winwinwin").mkdir()
    (tmp_path / "winwinwin" / "key").write_bytes(b"\xff" * 40)
    assert "it is not text" in run(*ASKED, XDG_CONFIG_HOME=str(tmp_path)).err


def test_of_two_runs_at_once_the_first_ones_key_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(keys.VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    first = keys.key()
    keys._make(tmp_path / "winwinwin" / "key")
    assert keys.key() == first

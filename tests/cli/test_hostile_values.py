"""Arguments, defaults and environments that nobody means: each is an error of a line, or changes nothing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Run

NOT_UTF8 = "a\udcffb"
"""What Python makes of an argument with a byte that is not UTF-8."""


def filled(folder: Path) -> Path:
    (folder / "ok.csv").write_text("id,salesperson,customer\na,won,won\nb,won,lost\n")
    (folder / "ok.yaml").write_text("- {id: a, salesperson: won, customer: lost}\n")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return filled(tmp_path)


@pytest.mark.parametrize(
    "flags",
    [
        f"--prefix {NOT_UTF8} -o o.csv",
        f"--prefix {NOT_UTF8} -o o.xlsx",
        f"--encoding {NOT_UTF8}",
        "--delimiter \udcff",
        f"--memory-limit {NOT_UTF8}",
        f"--by {NOT_UTF8}",
        f"--map {NOT_UTF8}.yaml",
        "--encoding undefined",
        "--encoding punycode",
        "--encoding idna",
        "--encoding base64",
    ],
)
def test_a_value_that_cannot_be_is_an_error(run: Run, folder: Path, flags: str) -> None:
    before = sorted(folder.iterdir())
    done = run("batch", "ok.csv", "-q", *flags.split(), cwd=folder)
    assert done.code == 2
    assert flags.split()[1].replace("\udcff", "\\udcff") in done.err
    assert sorted(folder.iterdir()) == before


def test_a_file_whose_name_is_not_utf8_is_written(run: Run, folder: Path) -> None:
    done = run("batch", "ok.csv", "-q", "-o", f"{NOT_UTF8}.csv", cwd=folder)
    assert done.code == 0, done.err
    assert (folder / f"{NOT_UTF8}.csv").read_text("utf-8").count("\n") == 3


@pytest.mark.parametrize("name", ["\udcff.csv", "\udcff.csv.gz", "\udcff.parquet", "\udcff.yaml"])
def test_a_file_whose_name_is_not_utf8_is_read(run: Run, folder: Path, name: str) -> None:
    if name.endswith(".yaml"):
        written = (folder / "ok.yaml").read_bytes()
    else:
        run("batch", "ok.csv", "-q", "-o", "kept.parquet", "--prefix", "old_", cwd=folder)
        written = (folder / ("kept.parquet" if "parquet" in name else "ok.csv")).read_bytes()
    if name.endswith(".gz"):
        import gzip

        written = gzip.compress(written)
    (folder / name).write_bytes(written)
    done = run("batch", name, "-q", cwd=folder)
    assert done.code == 0, done.err
    assert "beaten-customer" in done.out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[batch]\noutput = "a\\u0000b.csv"', "winwinwin.toml:2:1: 'a\\x00b.csv' is not a value"),
        ('rulebook = "a\\u0000b.yaml"', "winwinwin.toml:1:1: 'a\\x00b.yaml' is not a value"),
        ('[batch]\nby = ["\\u0000"]', "winwinwin.toml:2:1: a list is not a value here"),
        ("batch = 5", "winwinwin.toml:1:1: 'batch' is a command"),
        ("[[batch]]\nformat = 5", "winwinwin.toml: 'batch' is a command"),
        ("x", "winwinwin.toml: is not TOML"),
    ],
)
def test_a_default_that_cannot_be_is_blamed_on_its_file(
    run: Run, folder: Path, text: str, said: str
) -> None:
    (folder / "winwinwin.toml").write_text(text)
    done = run("batch", "ok.csv", "-q", cwd=folder)
    assert done.code == 2
    assert done.err.startswith(said)


@pytest.mark.parametrize("text", ["tool = 5", "[tool]\nwinwinwin = 5", "[[tool.winwinwin]]\nx = 1"])
def test_a_shared_file_of_another_shape_is_blamed(run: Run, folder: Path, text: str) -> None:
    (folder / "pyproject.toml").write_text(f"{text}\n# [tool.winwinwin]\n")
    done = run("score", "won", "lost", cwd=folder)
    assert done.code == 2
    assert done.err.startswith("pyproject.toml: 'tool")
    assert "is not a table" in done.err


def program(
    *arguments: str, folder: Path, **environment: str | None
) -> "subprocess.CompletedProcess[bytes]":
    known = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    variables = {name: value for name, value in known.items() if value is not None}
    command = [sys.executable, "-m", "winwinwin", *arguments]
    return subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False)


ENVIRONMENTS: list[dict[str, str | None]] = [
    {"HOME": None},
    {"TERM": None},
    {"TERM": "dumb"},
    {"LANG": "C", "LC_ALL": "C"},
    {"PYTHONIOENCODING": "ascii"},
    {"TZ": "x/y"},
    *({"COLUMNS": columns} for columns in ("0", "1", "-5", "abc", "9" * 20)),
]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> "subprocess.CompletedProcess[bytes]":
    """Run once in the environment that the tests have."""
    its = filled(tmp_path_factory.mktemp("usual"))
    return program("batch", "ok.csv", "-q", "--format", "json", folder=its)


@pytest.mark.parametrize("environment", ENVIRONMENTS, ids=str)
def test_no_environment_changes_how_a_run_ends(
    folder: Path,
    usual: "subprocess.CompletedProcess[bytes]",
    environment: dict[str, str | None],
) -> None:
    done = program("batch", "ok.csv", "-q", "--format", "json", folder=folder, **environment)
    assert (done.returncode, done.stdout, done.stderr) == (0, usual.stdout, usual.stderr)
    assert program("batch", "ok.yaml", folder=folder, **environment).returncode == 0


@pytest.mark.parametrize(
    "asked", [{}, {"COMP_WORDS": "winwinwin 'a", "COMP_CWORD": "x"}, {"COMP_WORDS": "\udcff"}]
)
def test_a_shell_that_asks_amiss_gets_no_report(run: Run, asked: dict[str, str]) -> None:
    done = run("batch", _WINWINWIN_COMPLETE="complete_bash", **asked)
    assert (done.code, done.err) == (2, "")


@pytest.mark.parametrize("closed", ["0<&-", "1>&-", "2>&-", "0<&- 1>&- 2>&-"])
@pytest.mark.parametrize("command", ["batch ok.csv", "batch - < ok.yaml", "score won lost"])
def test_only_a_closed_stream_that_is_needed_is_an_error(
    folder: Path, command: str, closed: str
) -> None:
    asked = f"'{sys.executable}' -m winwinwin {command} {closed}"
    variables = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["/bin/sh", "-c", asked], cwd=folder, env=variables, capture_output=True, check=False
    )
    is_lost = "1>" in closed or ("0<" in closed and "batch -" in command)
    assert done.returncode == (2 if is_lost else 0), done.stderr
    assert b"fault" not in done.stderr


def test_a_folder_that_was_removed_is_an_error_or_none(folder: Path) -> None:
    gone = folder / "gone"
    gone.mkdir()
    for command, code in (("score won lost", 0), ("batch ok.yaml", 2), ("new x.yaml", 2)):
        asked = f"rmdir '{gone}'; '{sys.executable}' -m winwinwin {command}; code=$?; mkdir '{gone}'; exit $code"
        variables = {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            ["/bin/sh", "-c", asked], cwd=gone, env=variables, capture_output=True, check=False
        )
        assert done.returncode == code, done.stderr
        assert b"fault" not in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'rulebook = "nope.yaml"',
            "nope.yaml: no such file or folder. rulebook is set in winwinwin.toml:1:1.",
        ),
        (
            '[batch]\nmap = "nope.yaml"',
            "nope.yaml: no such file or folder. map is set in winwinwin.toml:2:1.",
        ),
        (
            '[batch]\noutput = ["nope/o.csv"]',
            "nope/o.csv: cannot be written: no such file or directory. output is set in winwinwin.toml:2:1.",
        ),
        (
            '[batch]\nby = ["nope"]',
            "--by: 'nope' is not a column of the table. by is set in winwinwin.toml:2:1. (id, salesperson, customer)",
        ),
        (
            '[batch]\nconnect = "env:NOPE"\ntable = "t"',
            "--connect: the variable 'NOPE' is not set. Set it to the URL, and export it. connect is set in winwinwin.toml:2:1.",
        ),
    ],
)
def test_a_default_that_fails_names_its_file(run: Run, folder: Path, text: str, said: str) -> None:
    (folder / "winwinwin.toml").write_text(text)
    files = () if "connect" in text else ("ok.csv",)
    assert run("batch", *files, "-q", cwd=folder) == (2, "", f"{said}\n")


def test_an_argument_is_not_blamed_on_a_file(run: Run, folder: Path) -> None:
    (folder / "winwinwin.toml").write_text('rulebook = "nope.yaml"')
    for name in ("none.yaml", "nope.yaml"):
        said = f"{name}: no such file or folder.\n"
        assert run("batch", "ok.csv", "--rulebook", name, cwd=folder) == (2, "", said)

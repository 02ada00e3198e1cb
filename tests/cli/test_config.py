"""Defaults from a file: what is read, what is refused with its line, and what is in force."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer
from conftest import ROOT, Run

from winwinwin.cli.commands import program
from winwinwin.cli.config import commands

WEEK = ROOT / "examples" / "week.yaml"
KNOWN = dict(commands(typer.main.get_command(program())))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder below one that may set defaults."""
    (tmp_path / "calls").mkdir()
    return tmp_path


def set_defaults(folder: Path, text: str, name: str = "winwinwin.toml") -> None:
    (folder / name).write_text(text)


def test_a_default_is_found_upwards_and_a_flag_wins(run: Run, folder: Path) -> None:
    set_defaults(folder, '[batch]\nby = "employee"\nquiet = true\n')
    below = folder / "calls"
    assert run("batch", WEEK, cwd=below).out == run("batch", WEEK, "-q", "--by", "employee").out
    set_defaults(folder, '[batch]\nby = ["employee"]\n')
    assert "\nBy employee\n" in run("batch", WEEK, cwd=below).out
    shown = run("batch", WEEK, "--by", "channel", cwd=below).out
    assert "\nBy channel\n" in shown
    assert "\nBy employee\n" not in shown


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("winwinwin.toml", "no-assumptions = true\n"),
        ("winwinwin.toml", "no_assumptions = true\n"),
        ("winwinwin.toml", "[score]\nno-assumptions = true\n"),
        ("pyproject.toml", "[tool.winwinwin]\nno-assumptions = true\n"),
        ("pyproject.toml", "[tool.winwinwin.score]\nno-assumptions = true\n"),
    ],
)
def test_a_default_for_all_commands_or_for_one(
    run: Run, folder: Path, name: str, text: str
) -> None:
    set_defaults(folder, text, name)
    expected = run("score", "won", "lost", "--no-assumptions").out
    assert (
        run("score", "won", "lost", cwd=folder).out == expected != run("score", "won", "lost").out
    )


def test_the_nearest_file_counts_alone(run: Run, folder: Path) -> None:
    set_defaults(folder, "no-assumptions = true\n")
    set_defaults(folder / "calls", "quiet = true\n")
    assert (
        run("score", "won", "lost", cwd=folder / "calls").out
        == run("score", "won", "lost", "-q").out
    )


def test_a_project_file_of_others_sets_nothing(run: Run, folder: Path) -> None:
    set_defaults(folder, "[project]\nname = 'x'\n", "pyproject.toml")
    assert run("config", cwd=folder).out.startswith("No defaults are set\n")


def test_a_file_for_all_commands_is_not_written_over_by_a_schema(run: Run, folder: Path) -> None:
    set_defaults(folder, 'output = "verdicts.json"\n')
    assert "schema" not in run("config", "--format", "json", cwd=folder).out
    (folder / "verdicts.json").unlink()
    assert run("schema", "cases", cwd=folder).out.startswith("{")
    assert not (folder / "verdicts.json").exists()


def test_a_file_without_defaults_is_named_all_the_same(run: Run, folder: Path) -> None:
    set_defaults(folder, "# none yet\n")
    assert run("config", cwd=folder).out == "winwinwin.toml sets no defaults\n"


def test_a_file_is_named_from_the_folder_of_the_defaults(run: Run, folder: Path) -> None:
    (folder / "house.yaml").write_text((ROOT / "examples" / "house.yaml").read_text())
    set_defaults(folder, 'rulebook = "house.yaml"\n')
    listed = run("rules", "list", cwd=folder / "calls")
    assert (listed.code, listed.out) == (
        0,
        run("rules", "list", "--rulebook", "examples/house.yaml").out,
    )


def test_a_format_for_all_reaches_the_commands_that_write_it(run: Run, folder: Path) -> None:
    set_defaults(folder, 'format = "csv"\n')
    assert run("score", "won", "lost", cwd=folder).out.startswith("id,date,")
    assert run("rules", "list", cwd=folder).out == run("rules", "list").out


@pytest.mark.parametrize(("on_github", "annotated"), [("true", True), ("", False)])
def test_annotations_by_default_are_for_github_alone(
    run: Run, folder: Path, on_github: str, annotated: bool
) -> None:
    set_defaults(folder, '[batch]\nformat = "github"\n')
    done = run("batch", WEEK, "-q", cwd=folder, GITHUB_ACTIONS=on_github)
    assert done.out.startswith("::") == annotated
    asked = run("batch", WEEK, "-q", "--format", "github", cwd=folder, GITHUB_ACTIONS="")
    assert asked.out.startswith("::")


MISTAKES = {
    "formt = 1": "1:1: unknown key 'formt'. Did you mean 'format'? `winwinwin COMMAND --help` lists the options.",
    "\n[batc]\nby = 'x'": "2:1: unknown command 'batc'. Did you mean 'batch'? `winwinwin --help` lists the commands.",
    "batch = 3": "1:1: 'batch' is a command. Write [batch], and its options below.",
    "[tool.winwinwin]\nquiet = true": "1:1: unknown key 'tool'. In winwinwin.toml, leave [tool.winwinwin] out.",
    "[batch.x]\nby = 'x'": "1:1: unknown key 'x'. `winwinwin COMMAND --help` lists the options.",
    "[record]\nundo = true": "2:1: undo cannot be set in a file. Give --undo on the command line.",
    "yes = true": "1:1: yes cannot be set in a file. Give --yes on the command line.",
    "[batch]\nbi = 'x'": "2:1: unknown key 'bi'. `winwinwin COMMAND --help` lists the options.",
    "[rules.check]\nstrict = 'yes'": "2:1: 'yes' is not a value here. (true or false, without quotes)",
    "[batch]\n  by = 3": "2:3: 3 is not a value here. (a text in quotes, or a list of these)",
    "[batch]\nthreads = 'two'": "2:1: 'two' is not a value here. (a whole number)",
    "[score]\nformat = 'junit'": "2:1: 'junit' is not a value of format. (text, json, jsonl, csv, markdown, html, svg)",
    "quiet = yes": "1:9: is not TOML: Invalid value.",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_an_error_with_its_line(run: Run, folder: Path, text: str) -> None:
    set_defaults(folder, text)
    done = run("score", "won", "lost", cwd=folder)
    first = done.err.splitlines()[0]
    assert (done.code, done.out, first) == (2, "", f"winwinwin.toml:{MISTAKES[text]}")


def test_every_mistake_is_reported(run: Run, folder: Path) -> None:
    set_defaults(folder, "a = 1\nb = 2\n[batch]\nc = 3\n")
    places = [line[:18] for line in run("config", cwd=folder).err.splitlines() if "unknown" in line]
    assert places == [f"winwinwin.toml:{line}:1" for line in (1, 2, 4)]


@pytest.mark.parametrize(
    "arguments", [["--help"], ["batch", "-h"], ["--version"], ["help"], ["version"]]
)
def test_a_broken_file_keeps_nobody_from_the_help(
    run: Run, folder: Path, arguments: list[str]
) -> None:
    set_defaults(folder, "formt = 1")
    assert run(*arguments, cwd=folder).code == 0


def test_config_shows_what_is_in_force_and_from_where(run: Run, folder: Path) -> None:
    set_defaults(folder, 'no-color = true\n\n[batch]\nby = ["employee", "day"]\n')
    shown = run("config", "--format", "json", cwd=folder / "calls")
    found = json.loads(shown.out)
    assert {setting["command"] for setting in found if setting["option"] == "no-color"} == {
        " ".join(words) for words, options in KNOWN.items() if "no-color" in options
    }
    assert found[-1] == {
        "command": "batch",
        "option": "by",
        "value": ["employee", "day"],
        "source": "../winwinwin.toml",
        "line": 4,
    }
    assert (
        "  by        employee, day  ../winwinwin.toml:4:1  batch\n"
        in run("config", cwd=folder / "calls").out
    )


NUMBERS = ("threads", "max-errors", "header-row", "skip-rows", "skip-footer", "rows")


def value_of(name: str, option: Any) -> str:
    return "true" if option.is_flag else "2" if name in NUMBERS else '"x.json"'


def refusal(words: tuple[str, ...], name: str) -> str:
    """Return how an option is refused that no file sets, or that does not take the value here; '' else."""
    if name in ("format", "input-format"):
        return f"'x.json' is not a value of {name}."
    is_for_once = name in ("undo", "yes") or (
        name == "output" and words in {("schema",), ("form",)}
    )
    return f"{name} cannot be set in a file." if is_for_once else ""


@pytest.mark.parametrize("words", KNOWN, ids=" ".join)
def test_every_option_of_every_command_can_be_set_but_those_that_are_for_once(
    run: Run, folder: Path, words: tuple[str, ...]
) -> None:
    lines = {name: f"{name} = {value_of(name, option)}\n" for name, option in KNOWN[words].items()}
    refused = [name for name in lines if refusal(words, name)]
    heading = f"[{'.'.join(words)}]\n"
    set_defaults(folder, heading + "".join(lines[name] for name in refused))
    done = run("config", "--format", "json", cwd=folder)
    assert done.code == (2 if refused else 0)
    for line, name in enumerate(refused, 2):
        assert f"winwinwin.toml:{line}:1: {refusal(words, name)}" in done.err
    taken = [name for name in lines if name not in refused]
    set_defaults(folder, heading + "".join(lines[name] for name in taken))
    done = run("config", "--format", "json", cwd=folder)
    assert done.code == 0, done.err
    found = [(setting["option"], setting["line"]) for setting in json.loads(done.out)]
    assert found == [(name, line) for line, name in enumerate(taken, 2)]

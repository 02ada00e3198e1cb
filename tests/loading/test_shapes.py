"""Files that hold something other than what a command reads: one line says so, and what takes them."""

import json
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, Run

from winwinwin import Unjudged, WinwinwinError, read_all
from winwinwin.loading.documents import find
from winwinwin.loading.shapes import (
    CASES,
    INTERACTIONS,
    MAPPING,
    RULEBOOK,
    PassedOverError,
    Shape,
    shape_of,
)
from winwinwin.record.interaction import Recorded

EXAMPLES = ROOT / "examples"
USES = {
    "house.yaml": "looks like a rulebook. Use it with --rulebook, or check it: winwinwin rules check {}",
    "house.cases.yaml": "looks like a file of cases. Run them: winwinwin rules test {}",
    "survey.map.yaml": "looks like a mapping. Use it with --map: winwinwin batch FILE --map {}",
    "week.yaml": "looks like a file of interactions. Judge them: winwinwin batch {}",
    "one.yaml": "looks like a file of interactions. Judge them: winwinwin batch {}",
}
COMMANDS = {
    "batch {}": ("house.yaml", "house.cases.yaml", "survey.map.yaml"),
    "rules check {}": ("house.cases.yaml", "survey.map.yaml", "week.yaml", "one.yaml"),
    "batch examples/week.yaml --rulebook {}": ("house.cases.yaml", "week.yaml"),
    "rules test {}": ("house.yaml", "survey.map.yaml", "week.yaml", "one.yaml"),
    "batch examples/survey.csv --map {}": ("house.yaml", "house.cases.yaml", "week.yaml"),
}


@pytest.mark.parametrize(
    ("command", "name"), [(command, name) for command, names in COMMANDS.items() for name in names]
)
def test_a_misplaced_file_is_told_in_one_line(run: Run, command: str, name: str) -> None:
    done = run(*command.format(f"examples/{name}").split(), *(["-q"] if "batch" in command else []))
    file = f"examples/{name}"
    assert (done.code, done.out) == (2, "")
    assert done.err == f"{file}: {USES[name].format(file)}\n"


@pytest.mark.parametrize("name", ["house.yaml", "house.cases.yaml"])
def test_json_is_recognized_too(run: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / "a file.json"
    written = yaml.load((EXAMPLES / name).read_text(), yaml.BaseLoader)  # noqa: S506  # makes nothing but text, lists and dicts
    file.write_text(json.dumps(written))
    assert run("batch", file, "-q").err == f"{file}: {USES[name].format(repr(str(file)))}\n"


def test_standard_input_has_no_name_to_advise_with(run: Run) -> None:
    done = run("batch", "-", "-q", stdin=(EXAMPLES / "house.yaml").read_text())
    assert done.err == f"standard input: {USES['house.yaml'].format('FILE')}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in USES:
        (tmp_path / name).write_bytes((EXAMPLES / name).read_bytes())
    return tmp_path


def test_a_folder_passes_over_them_with_a_line_each_and_reads_the_rest(
    run: Run, folder: Path
) -> None:
    done = run("batch", folder, "-o", folder / "verdicts.csv")
    passed = ("house.cases.yaml", "house.yaml", "survey.map.yaml")
    told = [f"{folder / name}: {USES[name].format(folder / name)}" for name in passed]
    assert done.code == 0
    assert done.err.splitlines() == told
    assert "51 interactions judged" in done.out


def test_a_folder_of_nothing_else_fails_a_run(run: Run, folder: Path) -> None:
    for name in ("week.yaml", "one.yaml"):
        (folder / name).unlink()
    assert run("batch", folder, "-q").code == 2


def test_a_folder_of_cases_passes_over_interactions(run: Run, folder: Path) -> None:
    done = run("rules", "test", folder, "--rulebook", folder / "house.yaml")
    assert done.code == 0
    assert [line.partition(": looks")[0] for line in done.err.splitlines()] == [
        str(folder / name) for name in ("house.yaml", "one.yaml", "survey.map.yaml", "week.yaml")
    ]


def test_an_id_is_found_in_a_folder_with_other_files(run: Run, folder: Path) -> None:
    assert run("explain", folder, "W48-001").code == 0
    assert "looks like" not in run("explain", folder, "W48-009").err


def test_the_library_yields_what_was_passed_over(folder: Path) -> None:
    items = list(read_all(folder))
    passed = [item for item in items if isinstance(item, PassedOverError)]
    assert [item.problems[0].place.source for item in passed if item.problems[0].place] == [
        str(folder / name) for name in ("house.cases.yaml", "house.yaml", "survey.map.yaml")
    ]
    assert all(isinstance(item, WinwinwinError) for item in passed)
    assert sum(isinstance(item, Recorded) for item in items) == 51


def test_a_file_of_a_glob_was_named(folder: Path) -> None:
    items = list(read_all(str(folder / "house*.yaml")))
    assert len(items) == len(list(find(str(folder / "house*.yaml")))) == 2
    assert not any(isinstance(item, PassedOverError | Recorded | Unjudged) for item in items)


LOOKS: list[tuple[object, Shape | None]] = [
    ({"rules": []}, RULEBOOK),
    ({"name": "both", "facts": {"salesperson": "won"}}, CASES),
    ({"customer": {"column": "Q3"}}, MAPPING),
    ({"interactions": None}, INTERACTIONS),
    ({"customer": {"outcome": "won"}}, INTERACTIONS),
    ({"customer": "won", "tags": {"column": "3"}}, INTERACTIONS),
    ({"customer": "won", "rules": "a slip"}, INTERACTIONS),
    ({"salesman": "won"}, None),
    ({}, None),
    (None, None),
    ("text", None),
]


@pytest.mark.parametrize(("value", "shape"), LOOKS)
def test_a_file_is_recognized_by_its_keys(value: object, shape: Shape | None) -> None:
    assert shape_of(value) is shape


def test_records_that_are_mapped_may_look_like_anything(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"name": "A", "facts": {"mood": "won"}, "rules": 3}\n')
    (tmp_path / "m.yaml").write_text("id: name\ncustomer: facts.mood\n")
    done = run("batch", tmp_path / "r.jsonl", "--map", tmp_path / "m.yaml", "--format", "jsonl")
    assert done.code == 0
    assert '"WIN"' in done.out or "?/WIN/?" in done.out
    drafted = run("map", tmp_path / "r.jsonl")
    assert (drafted.code, drafted.err) == (0, "")


def test_a_mapping_of_plain_columns_is_no_file_of_interactions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Q3,Q4\nwon,lost\n")
    (tmp_path / "m.yaml").write_text("customer: Q3\nsalesperson: Q4\n")
    assert run("batch", tmp_path / "t.csv", "--map", tmp_path / "m.yaml", "-q").code == 0

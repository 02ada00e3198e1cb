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
    OUTPUT,
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
    ({"schema": "winwinwin/1", "verdict": "win_win_win"}, OUTPUT),
    ({"schema": "other/1", "customer": "won"}, INTERACTIONS),
    ({"schema": ["winwinwin/1"]}, None),
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


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_output_of_winwinwin_is_told_in_one_line(run: Run, tmp_path: Path, form: str) -> None:
    records, output = tmp_path / "records.yaml", tmp_path / f"out.{form}"
    records.write_bytes((EXAMPLES / "week.yaml").read_bytes())
    assert run("batch", records, "-o", output).code == 0
    told = f"{output}: looks like output of winwinwin. Judge the file that it was made from.\n"
    assert run("batch", output, "-q") == (2, "", told)
    done = run("batch", tmp_path, "-o", tmp_path / "verdicts.csv")
    assert (done.code, done.err) == (0, told)


def test_piped_lines_of_json_are_told_with_their_format(run: Run) -> None:
    done = run("batch", "-", stdin='{"id": "A"}\n{"id": "B"}\n{"id": "C"}\n')
    hint = "Write --- between the records, or name their format: --input-format jsonl."
    assert done.err.startswith(f"standard input:2:1: not YAML. {hint}\n")
    assert done.code == 2


TABLES = {
    "comma": (b"id,salesperson,customer\nA,won,lost\n", "csv"),
    "semicolon": (b"id;salesperson;customer\r\nA;won;lost\r\n", "csv"),
    "tab": (b"id\tsalesperson\nA\twon\n", "csv"),
    "bar": (b"id|salesperson\nA|won\n", "csv"),
    "blanks": (b"id, salesperson, customer\nA, won, lost\n", "csv"),
    "quotes": (b'"id","a: b ""c"", d","customer"\n"A","x","won"\n', "csv"),
    "a colon": (b"id,Staff: how did it go,customer\nA,6,won\n", "csv"),
    "an index": (b",id,customer\n0,A,won\n", "csv"),
    "a byte-order mark": (b"\xef\xbb\xbfid,customer\nA,won\n", "csv"),
    "Latin-1": ("id,Zuständig,customer\nA,B,won\n".encode("latin-1"), "csv"),
    "a text that is no YAML": (b"id,notes\nA,she said: [no\n", "csv"),
    "a header alone": (b"id,customer", "csv"),
    "a long header": (b"id" + b",column" * 20_000 + b"\n", "csv"),
    "of the examples": ((EXAMPLES / "survey.csv").read_bytes(), "csv"),
    "Parquet": (b"PAR1\x15\x04\x15\x10", "parquet"),
    "Excel": (b"PK\x03\x04\x14\x00\x06\x00", "xlsx"),
}
COMMANDS_ON_RECORDS = ("batch - -q", "map -", "list -", "explain - A", "rules diff {} --on -")


@pytest.mark.parametrize("name", TABLES)
def test_a_piped_table_is_told_with_its_format(run: Run, name: str) -> None:
    table, form = TABLES[name]
    done = run("batch", "-", "-q", stdin=table)
    told = f"looks like a table, not YAML. Judge it: winwinwin batch - --input-format {form}"
    assert (done.code, done.out, done.err) == (2, "", f"standard input: {told}\n")


@pytest.mark.parametrize("command", COMMANDS_ON_RECORDS)
def test_every_command_tells_it_in_one_line(run: Run, command: str) -> None:
    done = run(*command.format("examples/house.yaml").split(), stdin=TABLES["comma"][0])
    assert done.code == 2
    assert done.err.startswith("standard input: looks like a table, not YAML. Judge it: ")
    assert done.err.count("\n") == 1


def test_its_advice_works(run: Run) -> None:
    done = run("batch", "-", "--input-format", "csv", "-q", stdin=TABLES["comma"][0])
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("A               WIN/LOSE/LOSE")


RECORDS = {
    "a mapping": "id: A\ncustomer: won\n",
    "a comma in a value": "notes: one, two;three\tfour|five\ncustomer: won\n",
    "a list": "- id: A, B\n- {id: C, customer: won}\n",
    "a list in brackets": "[{customer: won}, {customer: lost}]\n",
    "a mapping in braces": '{"id": "A", "customer": "won"}\n',
    "a list of lists below": "-\n  customer: won\n",
    "a wrapper": "interactions:\n- id: A\n",
    "a comment": "# won, lost; or unknown\nid: A\n",
    "a marker": "--- # one, two\nid: A\n",
    "a directive": "%YAML 1.1\n---\nid: A\n",
    "an anchor": "&a {id: A, customer: won}\n",
    "a blank line": "\nid: A\n",
    "a quoted key": "'id': A, B\n",
    "another quoted key": '"id": A, B\n',
    "blanks before": "  id: A, B\n  customer: won\n",
}
KEYS_WITH_COMMAS = {
    "a comma": "How satisfied, all in all: won\n",
    "two": "Good, bad, or neither: won\n",
    "in quotes": "'good,bad': won\n",
    "in double quotes": '"good,bad": won\n',
}


@pytest.mark.parametrize("name", RECORDS)
def test_piped_records_are_taken_for_no_table(run: Run, name: str) -> None:
    done = run("batch", "-", "-q", stdin=RECORDS[name])
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("name", KEYS_WITH_COMMAS)
def test_nor_are_mapped_records_with_commas_in_their_keys(
    run: Run, tmp_path: Path, name: str
) -> None:
    [key] = yaml.safe_load(KEYS_WITH_COMMAS[name])
    (tmp_path / "m.yaml").write_text(yaml.safe_dump({"customer": key}))
    done = run("batch", "-", "-q", "--map", tmp_path / "m.yaml", stdin=KEYS_WITH_COMMAS[name])
    assert (done.code, done.err) == (0, "")
    assert "?/WIN/?" in done.out


def test_a_format_that_is_said_is_believed(run: Run) -> None:
    done = run("batch", "-", "-q", "--input-format", "yaml", stdin="a,b: won\n")
    assert done.err.startswith("standard input:1:1: a,b: unknown key")

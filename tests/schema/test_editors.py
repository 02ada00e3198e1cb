"""What the program writes for a person to edit names its JSON Schema in the first line."""

import json
from pathlib import Path

import pytest
from conftest import ROOT, Run
from jsonschema import Draft202012Validator

from winwinwin import Judge, read_rulebook
from winwinwin.editors import schema_command, schema_comment, schema_file, with_schema_comment
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_records import read_yaml
from winwinwin.schema import schema_of

WRITTEN: dict[str, tuple[str, ...]] = {
    "interactions": ("new",),
    "mapping": ("map", "examples/survey.csv"),
    "rulebook": ("rules", "show", "--yaml"),
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_the_first_line_names_the_schema_and_the_second_writes_it(
    kind: str, run: Run, tmp_path: Path
) -> None:
    done = run(*WRITTEN[kind])
    first, second, *_ = done.out.splitlines()
    assert first == f"# yaml-language-server: $schema={kind}.schema.json"
    command = second.removeprefix("# (that file: ").removesuffix(")")
    assert run(*command.split()[1:], cwd=tmp_path) == (0, "", "")
    written = json.loads((tmp_path / f"{kind}.schema.json").read_text("utf-8"))
    assert written == schema_of(kind)
    (tmp_path / "written.yaml").write_text(done.out, "utf-8")
    with (tmp_path / "written.yaml").open("rb") as stream:
        for draft in read_yaml(Tape(stream, "written.yaml")):
            Draft202012Validator(written).validate(draft.value)


@pytest.mark.parametrize("arguments", [("new",), ("map", ROOT / "examples/survey.csv")])
def test_what_to_do_next_writes_the_schema_beside_the_file(
    arguments: tuple[object, ...], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "sub").mkdir()
    done = run(*arguments, "sub/mine.yaml", cwd=tmp_path)
    [hint] = [line for line in done.err.splitlines() if " schema " in line]
    assert run(*hint.partition("winwinwin ")[2].split(), cwd=tmp_path).code == 0
    named = (tmp_path / "sub/mine.yaml").read_text("utf-8").partition("$schema=")[2].split()[0]
    assert sorted(path.name for path in (tmp_path / "sub").iterdir()) == sorted(
        ["mine.yaml", named]
    )


@pytest.mark.parametrize("name", [None, "examples/house.yaml"])
def test_a_rulebook_that_is_shown_loads_again_as_the_same(
    name: str | None, run: Run, tmp_path: Path
) -> None:
    options = ["--rulebook", name] if name else []
    mine = tmp_path / "mine.yaml"
    mine.write_text(run("rules", "show", "--yaml", *options).out, "utf-8")
    again = read_rulebook(mine)
    original = read_rulebook(ROOT / name) if name else None
    assert again == (original or Judge().rulebook)
    assert Judge(again).stamp == Judge(original).stamp
    shown = run("rules", "show", "--yaml", "--rulebook", mine).out
    assert shown == mine.read_text("utf-8")
    assert shown.count("$schema=") == 1


def test_a_rulebook_in_json_is_shown_without_a_comment(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "house.json"
    book.write_text(Judge().rulebook.model_dump_json(), "utf-8")
    done = run("rules", "show", "--yaml", "--rulebook", book)
    assert done.out == book.read_text("utf-8")
    assert json.loads(done.out)


def test_a_schema_that_a_text_names_already_stays() -> None:
    named = "# yaml-language-server: $schema=https://example.org/mine.json\ntitle: x\n"
    assert with_schema_comment("rulebook", named) == named
    assert with_schema_comment("cases", "- name: x\n") == schema_comment("cases") + "- name: x\n"
    assert schema_command("cases") == f"winwinwin schema cases -o {schema_file('cases')}"

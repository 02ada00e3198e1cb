"""docs/output.schema.json says what is written as JSON: of every kind, every command and mistakes."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import ROOT, Run
from jsonschema import Draft202012Validator
from test_formats import LINES

from winwinwin.facts import DOMAINS
from winwinwin.kernel.verdict import Verdict

SCHEMA = json.loads((ROOT / "docs/output.schema.json").read_text("utf-8"))
HOUSE = ["--rulebook", "examples/house.yaml"]
SURVEY = ["examples/survey.csv", "--map", "examples/survey.map.yaml"]
WRITTEN = {
    "judged": ["score", "-s", "won", "-c", "lost", "--id", "A"],
    "interaction": ["explain", "examples/week.yaml", "W47-036"],
    "judged ": ["explain", "-s", "won", "-c", "lost", "--why-not", "win_win_win"],
    "interaction ": ["explain", "examples/week.yaml", "W47-036", "--against", "W47-001"],
    "interactions": ["batch", "examples/week.yaml"],
    "interactions ": ["batch", "examples/broken.yaml"],
    "rows": ["batch", *SURVEY],
    "comparison": ["compare", "examples/one.yaml", "examples/week.yaml", "--by", "employee"],
    "comparison ": ["compare", "examples/survey.csv", *SURVEY],
    "periods": ["compare", *["examples/week.yaml"] * 3, "--by", "employee"],
    "periods ": ["compare", "examples/week.yaml", "--by", "week"],
    "evidence": ["evidence", "examples/week.yaml", "--cluster", "employee"],
    "evidence ": ["evidence", "examples/year.csv", "--customer", "account", "--within", "8w"],
    "behind": ["evidence", "examples/week.yaml", "--list", "stays-away"],
    "findings ": ["rules", "check"],
    "list": ["list", "examples/week.yaml"],
    "list ": ["list", "examples/broken.yaml"],
    "rules": ["rules", "list", *HOUSE],
    "rule": ["rules", "show", "beaten-customer"],
    "table": ["rules", "table"],
    "table ": ["rules", "table", "--no-assumptions", *HOUSE],
    "findings": ["rules", "check", "examples/house.yaml"],
    "difference": ["rules", "diff", "examples/house.yaml", "--on", "examples/week.yaml"],
    "tested": ["rules", "test", "examples/house.cases.yaml"],
    "tested ": ["rules", "test", "examples/house.cases.yaml", *HOUSE],
}
"""What a command writes, by the definition that says it."""


def mistakes(name: str, value: Any) -> list[str]:
    found = Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA["$defs"]})
    return [f"{error.json_path}: {error.message}" for error in found.iter_errors(value)]


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$defs"]["verdict"]["enum"] == [
        each.value for each in Verdict if each is not Verdict.INVALID
    ]
    assert SCHEMA["$defs"]["fact"]["enum"] == [*DOMAINS]


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        for part in node.values():
            yield from references(part)
    elif isinstance(node, list):
        for part in node:
            yield from references(part)


def test_each_definition_is_written_by_a_command_or_a_part_of_one() -> None:
    used = {reference.removeprefix("#/$defs/") for reference in references(SCHEMA)}
    assert SCHEMA["$defs"].keys() == used | {name.strip() for name in WRITTEN} | {"settings"}


@pytest.mark.parametrize("name", WRITTEN)
def test_what_a_command_writes_is_what_it_says(name: str, run: Run) -> None:
    done = run(*WRITTEN[name], "--format", "json")
    assert mistakes(name.strip(), json.loads(done.out)) == []


def test_settings_are_what_it_says(run: Run, tmp_path: Any) -> None:
    settings = (
        '[batch]\nquiet = true\nby = ["employee", "week"]\n[compare]\nno-assumptions = true\n'
    )
    (tmp_path / "winwinwin.toml").write_text(settings)
    written = json.loads(run("config", "--format", "json", cwd=tmp_path).out)
    assert len(written) == 3
    assert mistakes("settings", written) == []


@pytest.mark.parametrize("mode", [[], ["--no-assumptions"]], ids=["assuming", "plain"])
def test_every_kind_is_what_it_says(mode: list[str], run: Run) -> None:
    words = ["batch", "-", "--input-format", "jsonl", "--format", "jsonl", "-q", *mode]
    written = [json.loads(line) for line in run(*words, stdin=LINES).out.splitlines()]
    assert len(written) == 1026
    assert [fault for each in written for fault in mistakes("judged", each)] == []


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"verdict": "won"}, r"verdict: 'won' is not one of"),
        ({"extra": 1}, "Additional properties"),
        ({"gap_seconds": "1"}, "gap_seconds: '1' is not of type 'number', 'null'"),
        ({"needs": ["x"]}, r"needs\[0\]: 'x' is not one of"),
        ({"triple": "WIN"}, "triple: 'WIN' does not match"),
    ],
)
def test_it_refuses_anything_else(change: dict[str, Any], fault: str, run: Run) -> None:
    right = json.loads(run("score", "-s", "won", "-c", "lost", "--format", "json").out)
    [said] = mistakes("judged", right | change)
    assert re.search(fault, said)
    [first, *_] = mistakes("judged", {key: right[key] for key in right if key != "rule"})
    assert first == "$: 'rule' is a required property"

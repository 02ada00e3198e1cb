"""The schemas of rulebooks, cases and mappings, held against their readers in both directions."""

import copy
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from conftest import ROOT, Run
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import BaseModel, ValidationError

from winwinwin.editors import KINDS
from winwinwin.errors import WinwinwinError
from winwinwin.facts import word
from winwinwin.kernel.rulebook import Assumption, Note, Rule, Rulebook
from winwinwin.loading.cases import FIELDS, _Case
from winwinwin.mapping.file import KEYS, mapping_of
from winwinwin.schema import schema_of
from winwinwin.schema.cases import EXPECTED

HERE = ROOT / "examples"


class Kind(NamedTuple):
    """A kind of file: how its reader takes what one holds, and what of it stands at one place."""

    read: Callable[[Any], object]
    examples: tuple[str, ...]
    parts: Callable[[dict[str, Any]], Iterator[Any]]
    """Cuts a document so that no two places of it can contradict each other: that no schema knows."""


LISTS = ("assumptions", "rules", "notes")
COMPARED = ("order", "salesperson_won_at", "customer_won_at", "organization_won_at")


def parts_of_rulebook(book: dict[str, Any]) -> Iterator[Any]:
    lists = {name: book[name] for name in LISTS if isinstance(book.get(name), list)}
    first = book | {name: found[:1] for name, found in lists.items()}
    yield first
    for name, found in lists.items():
        yield from (first | {name: [one]} for one in found)


def parts_of_case(case: dict[str, Any]) -> Iterator[Any]:
    facts = case.get("facts")
    if isinstance(facts, dict):
        case = case | {"facts": {name: facts[name] for name in facts if name not in COMPARED}}
    yield case


def parts_of_mapping(mapping: dict[str, Any]) -> Iterator[Any]:
    yield {name: "Q3" for name in mapping if name != "tags"}
    for name, source in mapping.items():
        answers = [key for key in source if key != "column"] if isinstance(source, dict) else []
        yield {"customer": "Q3", name: source if name == "tags" or not answers else "Q3"}
        if name == "tags":
            continue
        for answer in answers:
            kept = ("column", "otherwise", answer)
            yield {"customer": "Q3", name: {key: source[key] for key in source if key in kept}}


SORTS: dict[str, Kind] = {
    "rulebook": Kind(
        Rulebook.model_validate,
        ("examples/house.yaml", "winwinwin/kernel/rulebook.yaml"),
        parts_of_rulebook,
    ),
    "cases": Kind(
        _Case.model_validate,
        ("examples/house.cases.yaml", "tests/cases/worked.yaml", "tests/cases/more.yaml"),
        parts_of_case,
    ),
    "mapping": Kind(mapping_of, ("examples/survey.map.yaml",), parts_of_mapping),
}
each_sort = pytest.mark.parametrize("name", SORTS)
EXAMPLES = [(name, example) for name, kind in SORTS.items() for example in kind.examples]


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name))


def as_reader(value: Any) -> Any:
    """Return a document as the reader of YAML sees it: every key and scalar is text."""
    if isinstance(value, dict):
        return {as_reader(key): as_reader(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_reader(item) for item in value]
    if value is None or isinstance(value, str):
        return value
    return word(value) if isinstance(value, bool) else json.dumps(value)


def readable(name: str, document: Any) -> bool:
    """Tell whether the reader takes what one file holds."""
    try:
        SORTS[name].read(as_reader(document))
    except (WinwinwinError, ValidationError):
        return False
    return True


def is_known_to_a_schema(name: str, document: Any) -> bool:
    """Tell whether a document that is refused has a mistake that shows at one place."""
    parts = SORTS[name].parts(document) if isinstance(document, dict) else [document]
    return not all(readable(name, part) for part in parts)


class Editor(yaml.SafeLoader):
    """Reads a document as an editor sees it: by YAML 1.2, where only true and false are booleans."""


Editor.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in found if not tag.endswith((":bool", ":timestamp"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Editor.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), "tf")


@cache
def text_of(path: str) -> str:
    return (ROOT / path).read_text("utf-8")


def as_editor(text: str) -> Any:
    document = yaml.load(text, Loader=Editor)  # noqa: S506  # a SafeLoader
    return json.loads(json.dumps(document))  # keys are text to a validator


def test_every_kind_of_file_is_tested_here_or_in_test_schema() -> None:
    assert {"interactions", *SORTS} == set(KINDS)


@pytest.mark.parametrize("name", KINDS)
def test_each_is_a_schema_and_the_command_prints_it(name: str, run: Run) -> None:
    Draft202012Validator.check_schema(schema_of(name))
    printed = run("schema", name)
    assert json.loads(printed.out) == schema_of(name)
    assert (printed.code, printed.err) == (0, "")


def test_an_unknown_kind_of_file_is_refused_with_the_nearest(run: Run) -> None:
    done = run("schema", "rulebok")
    assert (done.code, done.out) == (2, "")
    assert "'rulebok' has no schema. Did you mean 'rulebook'?" in done.err


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=str)
def test_an_example_is_valid_to_an_editor_and_to_the_reader(name: str, example: str) -> None:
    document = as_editor(text_of(example))
    assert [*validator(name).iter_errors(document)] == []
    assert [*validator(name).iter_errors(as_reader(document))] == []


@pytest.mark.parametrize(
    ("model", "defined"),
    [(Rulebook, "Rulebook"), (Assumption, "Assumption"), (Rule, "Rule"), (Note, "Note")],
)
def test_a_rulebook_s_schema_has_the_keys_that_its_models_have(
    model: type[BaseModel], defined: str
) -> None:
    schema = schema_of("rulebook")["$defs"][defined]
    assert [*schema["properties"]] == [*model.model_fields]


def test_the_schemas_of_cases_and_mappings_have_all_their_keys() -> None:
    case = schema_of("cases")["$defs"]["Case"]["properties"]
    assert tuple(EXPECTED) == FIELDS == tuple(case["expect"]["properties"])
    assert [*case] == [*_Case.model_fields]
    assert set(schema_of("mapping")["$defs"]["Mapping"]["properties"]) == set(KEYS)


def described(schema: Any) -> Iterator[tuple[str, bool]]:
    """Yield the keys that a person may write, and whether the schema describes each."""
    defined = schema["$defs"]
    for mapping in defined.values():
        for key, found in mapping.get("properties", {}).items():
            target = defined[found["$ref"].rpartition("/")[2]] if "$ref" in found else found
            yield key, bool(target.get("description"))


@each_sort
def test_every_key_is_described_for_people_who_write_one(name: str) -> None:
    found = [*described(schema_of(name))]
    assert found
    assert [key for key, has_description in found if not has_description] == []


# The forms of a file.


@each_sort
def test_a_file_may_be_a_list_or_a_list_that_is_wrapped(name: str) -> None:
    document = as_editor(text_of(SORTS[name].examples[0]))
    one = document[0] if isinstance(document, list) else document
    assert validator(name).is_valid(one)
    assert validator(name).is_valid([one])
    assert validator(name).is_valid({"interactions": [one]})
    assert validator(name).is_valid([one, one]) == (name == "cases")
    for wrong in (None, "x", 1, [None], {"interactions": one}, {"interactions": [one], "x": 1}):
        assert not validator(name).is_valid(wrong)


# Mistakes, by hand.

WON = {"salesperson": "won"}
MISTAKES: dict[str, dict[str, Any]] = {
    "customer.colum": {"customer": {"colum": "Q3"}},
    "a list of lists": {"customer": {"column": "Q3", "won": [["a"]]}},
    "otherwise without values": {"customer": {"column": "Q3", "otherwise": "error"}},
    "a second bound": {"customer": {"column": "Q3", "won": {"at least": 1, "more than": 2}}},
    "true for an outcome": {"customer": {"column": "Q3", "true": ["a"]}},
    "values of a time": {"customer": "Q3", "customer_won_at": {"column": "T", "won": ["a"]}},
    "a list in the tags": {"customer": "Q3", "tags": [["a"]]},
    "a mapping in the tags": {"customer": "Q3", "tags": [{"a": "b"}]},
    "no column and no condition": {"customer": {"won": ["a"]}},
    "an empty condition": {"customer": {"won": {"when": {}}}},
    "a condition beside a value": {"customer": {"won": {"when": {"a": "b"}, "any of": "c"}}},
    "a format of an outcome": {"customer": {"column": "Q3", "format": "%Y"}},
    "a split without values": {"customer": {"column": "Q3", "split": ";"}},
    "an unknown key of the file": {"customer": "Q3", "file": {"encodng": "cp1252"}},
    "a header row that is no number": {"customer": "Q3", "file": {"header_row": "x"}},
    "two characters between values": {"customer": "Q3", "file": {"delimiter": ";;"}},
    "a join without keys": {"customer": "Q3", "join": [{"file": "a.csv"}]},
    "a join on nothing": {"customer": "Q3", "join": {"file": "a.csv", "on": {}}},
    "a long table without answers": {"customer": "Q3", "long": {"id": "a", "question": "b"}},
}


def test_a_mapping_with_every_key_is_valid_to_an_editor_and_to_the_reader() -> None:
    text = text_of("tests/mapping/everything.map.yaml")
    written = as_editor(text)
    assert readable("mapping", written)
    assert {"file", "join", "long", "tags"} <= set(written)
    for seen in (as_editor(text), as_reader(as_editor(text))):
        assert [*validator("mapping").iter_errors(seen)] == []


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_mapping_is_refused_by_both(mistake: str) -> None:
    assert not readable("mapping", MISTAKES[mistake])
    assert not validator("mapping").is_valid(MISTAKES[mistake])


CASE: dict[str, Any] = {"name": "x", "facts": WON, "expect": {"rule": None}}
CASE_MISTAKES: list[Any] = [
    *({key: value for key, value in CASE.items() if key != left_out} for left_out in CASE),
    *(
        CASE | {"facts": facts}
        for facts in (None, [], {"salesperson": "wun"}, {"feels_good": True})
    ),
    CASE | {"facts": {"salesperson": {"outcome": "won"}}},
    *(CASE | {"expect": wrong} for wrong in (None, {}, [], {"verdct": "undetermined"})),
    *(CASE | {"expect": {"verdict": wrong}} for wrong in ("invalid", None, [], "Undetermined")),
    *(CASE | {"expect": {"rules": wrong}} for wrong in (None, {}, [], {"a": "fire"}, {"a": True})),
    CASE | {"assumptions": "maybe"},
    CASE | {"assumption": False},
]


@pytest.mark.parametrize("case", CASE_MISTAKES, ids=str)
def test_a_mistake_in_a_case_is_refused_by_both(case: dict[str, Any]) -> None:
    assert not readable("cases", case)
    assert not validator("cases").is_valid(case)


def test_true_is_no_number_of_a_consequence_in_json_either() -> None:
    document = as_editor(text_of("examples/house.yaml"))
    document["rules"][0]["consequence"] = True
    assert not validator("rulebook").is_valid(document)
    with pytest.raises(ValidationError):
        Rulebook.model_validate(document)


def test_an_assumption_takes_a_value_of_its_fact_and_looks_at_others() -> None:
    for change in (
        {"value": "won"},
        {"fact": "organization"},
        {"when": [{"salesperson_feels_good": False}]},
        {"when": [{"salesperson": "won", "organization": "won"}]},
    ):
        document = as_editor(text_of("examples/house.yaml"))
        document["assumptions"][0] |= change
        assert not readable("rulebook", document)
        assert not validator("rulebook").is_valid(document)


# Every small change to an example: what the reader takes is valid, what shows at one place is not.

SCALARS: list[Any] = [
    *(None, "", " ", "x", "won", "lost", "true", "false", "kept", "2026-11-23", "a b"),
    *(0, 1, 3, -1, 2.5, True, False, "+3", "3.0", "customer", "order", "error"),
    *(
        [],
        {},
        ["won"],
        [[]],
        [None],
        {"won": "x"},
        {"at least": 4},
        {"at most": "4", "less than": 3},
    ),
    *([{"salesperson": "won"}], {"salesperson": "won"}, ["salesperson", "customer"]),
]
NAMES = [
    "x",
    "salesperson",
    "order",
    "when",
    "column",
    "won",
    "true",
    "at least",
    "otherwise",
    "id",
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of everything in a document but its top."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in items:
        yield (*path, step)
        if isinstance(item, dict | list):
            yield from places(item, (*path, step))


def changed(document: Any, path: tuple[Any, ...], change: str, value: Any, name: str) -> Any:
    """Return a document in which something is replaced, left out, or added to."""
    document = copy.deepcopy(document)
    *parents, last = path
    holder = document
    for step in parents:
        holder = holder[step]
    if change == "leave out":
        del holder[last]
    elif change == "add" and isinstance(holder, dict):
        holder[name] = value
    elif change == "add":
        holder.append(value)
    else:
        holder[last] = value
    return document


@cache
def ones(name: str) -> list[Any]:
    """Return what the examples hold, one by one; of a rulebook, enough to be quick."""
    documents = [as_editor(text_of(example)) for example in SORTS[name].examples]
    held = [one for found in documents for one in (found if isinstance(found, list) else [found])]
    if name != "rulebook":
        return held
    return [one | {key: one[key][:2] for key in LISTS} for one in held]


@st.composite
def changes(draw: st.DrawFn, name: str) -> Any:
    document = draw(st.sampled_from(ones(name)))
    for _ in range(draw(st.integers(1, 2))):
        if paths := [*places(document)]:
            document = changed(
                document,
                draw(st.sampled_from(paths)),
                draw(st.sampled_from(["replace", "replace", "leave out", "add"])),
                draw(st.sampled_from(SCALARS)),
                draw(st.sampled_from(NAMES)),
            )
    return document


def agreed(name: str, document: Any) -> str:
    """Hold the schema against the reader; return what both are agreed on, or who is left to say."""
    forms = document, as_reader(document)
    if readable(name, document):
        assert [error for seen in forms for error in validator(name).iter_errors(seen)] == []
        return "good"
    if is_known_to_a_schema(name, document):
        assert not any(validator(name).is_valid(seen) for seen in forms)
        return "wrong"
    return "left to the reader"


def every_change(document: Any) -> Iterator[Any]:
    for path in places(document):
        yield from (changed(document, path, "replace", value, "") for value in SCALARS)
        yield changed(document, path, "leave out", None, "")
        yield from (changed(document, path, "add", "won", name) for name in NAMES)


@each_sort
def test_schema_and_reader_agree_on_every_single_change(name: str) -> None:
    found = Counter(agreed(name, change) for change in every_change(ones(name)[0]))
    assert found["good"] > 20
    assert found["wrong"] > 200
    assert found["left to the reader"] < found["wrong"] / 10


@each_sort
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_schema_and_reader_agree_on_what_is_changed_twice(name: str, data: st.DataObject) -> None:
    assert agreed(name, data.draw(changes(name)))


FILES = {
    "interactions": ("examples/week.yaml", "examples/house.yaml"),
    "rulebook": ("examples/house.yaml", "examples/week.yaml"),
    "cases": ("examples/house.cases.yaml", "examples/house.yaml"),
    "mapping": ("examples/survey.map.yaml", "examples/house.yaml"),
}
"""A file that each schema takes, and one that it doesn't."""


@pytest.mark.parametrize("name", KINDS)
def test_a_validator_with_the_regular_expressions_of_editors_agrees(
    name: str, tmp_path: Path
) -> None:
    """ECMAScript refuses escapes that Python takes."""
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(schema_of(name)))
    found = []
    for file in FILES[name]:
        document = tmp_path / "document.json"  # in JSON, since keys of YAML are texts to an editor
        document.write_text(json.dumps(as_editor(text_of(file))))
        command = ["-m", "check_jsonschema", "-o", "json", "--schemafile", str(schema), document]
        done = subprocess.run(
            [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        found.append(json.loads(done.stdout)["status"])  # text, not JSON, where it is no schema
    assert found == ["ok", "fail"]

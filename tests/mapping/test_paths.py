"""Paths of records: keys, and items of lists by their place or by one of their keys."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.mapping.paths import MOST_LEAVES, found_at, leaves, told_apart

DEAL: dict[str, Any] = {
    "participants": [
        {"id": "9", "role": "customer", "csat": "good"},
        {"id": "4", "role": "agent", "csat": None},
        {"id": "5", "role": "agent", "csat": "bad"},
    ],
    "custom_fields": [{"id": "77", "value": "won"}, {"id": "78", "value": ["a", "b"]}],
    "grid": [["1", "2"], [{"x": "3"}]],
    "odd[0]": {"a]b": [{"is": True, "n": "[yes]"}]},
}


@pytest.mark.parametrize(
    ("written", "path", "value"),
    [
        ("participants[0].csat", ("participants", 0, "csat"), "good"),
        ("participants[-1].csat", ("participants", 2, "csat"), "bad"),
        ("participants[role=customer].csat", ("participants", 0, "csat"), "good"),
        ("participants[role=agent].csat", ("participants", 2, "csat"), "bad"),
        ("custom_fields[id=77].value", ("custom_fields", 0, "value"), "won"),
        ("custom_fields[id=78].value", ("custom_fields", 1, "value"), ["a", "b"]),
        ("custom_fields[id=78].value[1]", ("custom_fields", 1, "value", 1), "b"),
        ("grid[0][1]", ("grid", 0, 1), "2"),
        ("grid[1][0].x", ("grid", 1, 0, "x"), "3"),
        ("odd[0].a]b[is=true].n", ("odd[0]", "a]b", 0, "n"), "[yes]"),
        ("odd[0].a]b[n=[yes]].is", ("odd[0]", "a]b", 0, "is"), True),
    ],
)
def test_a_path_leads_to_an_item_by_its_place_or_by_a_key(
    written: str, path: tuple[str | int, ...], value: Any
) -> None:
    assert found_at(DEAL, written) == (path, value, True)


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("participants[7].csat", ("participants",)),
        ("participants[role=boss].csat", ("participants",)),
        ("participants[0].mood", ("participants", 0)),
        ("custom_fields.id", ()),
        ("participants[0]csat", ("participants",)),
        ("grid[0", ("grid",)),
    ],
)
def test_what_is_not_there_ends_at_the_deepest_part_that_is(
    written: str, path: tuple[str | int, ...]
) -> None:
    found = found_at(DEAL, written)
    assert (found.value, found.is_there) == (None, False)
    assert found.path == path


def test_a_dotted_path_leads_to_a_value() -> None:
    record = {"a": {"b": {"c": "x"}, "b.c": "y"}, "a.b": {"d": "z"}, "n": {"o": None}}
    assert found_at(record, "a.b.d") == (("a.b", "d"), "z", True)
    assert found_at(record, "a.b.c") == (("a", "b.c"), "y", True)
    assert found_at(record, "a.x") == (("a",), None, False)
    assert found_at(record, "n.o") == (("n", "o"), None, True)
    assert found_at("text", "a") == ((), None, False)


def test_items_are_not_told_apart_by_what_only_few_records_have() -> None:
    ids = ["a", "b", "b", "c"]
    records = [{"calls": [{"id": name, "csat": 5}]} for name in ids]
    assert told_apart(records) == {".calls": None}
    roles = ["agent", "customer", "agent", "customer"]
    records = [{"calls": [{"role": name, "csat": 5}]} for name in roles]
    assert told_apart(records) == {".calls": "role"}


def test_items_are_told_apart_by_a_key_whose_values_come_back() -> None:
    records = [
        {
            "fields": [{"id": "77", "value": str(n)}, {"id": "78", "value": "x"}],
            "people": [{"id": str(n), "role": "agent"}, {"id": str(-n), "role": "customer"}],
            "comments": [{"id": str(n), "text": "hm"}],
        }
        for n in range(1, 4)
    ]
    told = told_apart(records)
    assert told == {".fields": "id", ".people": "role", ".comments": None}
    assert [path for path, _ in leaves(records[0], told)] == [
        "fields[id=77].id",
        "fields[id=77].value",
        "fields[id=78].id",
        "fields[id=78].value",
        "people[role=agent].id",
        "people[role=agent].role",
        "people[role=customer].id",
        "people[role=customer].role",
        "comments[0].id",
        "comments[0].text",
    ]


TEXTS = st.text(st.sampled_from(".[]=-01ab"), max_size=4) | st.sampled_from(["id", "role", "a.b"])
JSON = st.recursive(
    st.none() | st.booleans() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


@given(st.lists(JSON, min_size=1, max_size=3))
def test_each_path_that_is_offered_leads_to_its_value(records: list[Any]) -> None:
    told = told_apart(records)
    for record in records:
        for offered in (leaves(record), leaves(record, told)):
            for path, value in offered:
                found = found_at(record, path)
                assert found.is_there
                assert found.value == value
                inside = record
                for step in found.path:
                    inside = inside[step]
                assert inside == value


@pytest.mark.parametrize("end", [{}, {"x": "won"}, [{}], [[]]])
def test_a_bomb_of_aliases_is_passed_through_quickly(end: Any) -> None:
    value = end
    for _ in range(12):
        value = [value] * 10 if isinstance(end, list) else dict.fromkeys("abcdefghij", value)
    begun = time.process_time()
    assert len(list(leaves({"a": value}))) <= MOST_LEAVES
    assert time.process_time() - begun < 2


def test_a_misspelled_item_gets_the_nearest_of_any_of_the_first_records(
    run: Run, tmp_path: Path
) -> None:
    sides = [{"role": "agent", "csat": 5}, {"role": "customer", "csat": 2}]
    records = [{"id": 1, "sides": sides}, {"id": 2, "sides": {"csat": 3}}]
    (tmp_path / "r.json").write_text(json.dumps(records))
    (tmp_path / "m.yaml").write_text('{id: id, customer: "sides[role=agnt].csat"}')
    said = run("batch", "r.json", "--map", "m.yaml", cwd=tmp_path).err
    assert "Did you mean 'sides[role=agent].csat'?" in said

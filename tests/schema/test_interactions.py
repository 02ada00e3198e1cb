"""The JSON Schema: it takes what the reader takes, and knows of a mistake all that a schema can."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, Run
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from winwinwin.facts import PARTIES
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_records import read_yaml
from winwinwin.record.interaction import FLAT_PATHS, Interaction
from winwinwin.record.spelling import ANSWERS, OUTCOMES
from winwinwin.schema.interactions import schema as interactions_schema

EXAMPLES = ROOT / "examples"
GOOD = [EXAMPLES / "week.yaml", EXAMPLES / "one.yaml", ROOT / "winwinwin" / "template.yaml"]


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(interactions_schema())


def valid(document: Any) -> bool:
    return bool(validator().is_valid(document))


def readable(record: Any) -> bool:
    """Tell whether the reader takes a record."""
    try:
        Interaction.model_validate(record)
    except ValidationError:
        return False
    return True


def as_text(text: str) -> Any:
    """Return a document as the reader sees it: every scalar is text."""
    return yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  # makes nothing but text, lists and dicts


def as_typed(value: Any) -> Any:
    """Return a document as an editor sees it: numbers, booleans and null have types of their own."""
    if isinstance(value, dict):
        return {key: as_typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_typed(item) for item in value]
    try:
        return json.loads(value) if value else None
    except ValueError:
        return value


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(interactions_schema())
    assert interactions_schema()["$schema"] == Draft202012Validator.META_SCHEMA["$schema"]


def test_the_command_prints_it(run: Run) -> None:
    printed = run("schema")
    assert json.loads(printed.out) == interactions_schema()
    assert (printed.code, printed.err) == (0, "")


def test_it_describes_every_key_of_a_record_for_people_who_write_one() -> None:
    properties = interactions_schema()["$defs"]["Interaction"]["properties"]
    assert [*properties] == [*Interaction.model_fields]
    assert "pydantic" not in json.dumps(interactions_schema()).lower()


def test_an_editor_is_offered_the_usual_words() -> None:
    schema = interactions_schema()["$defs"]
    for party in PARTIES:
        bare = schema["Interaction"]["properties"][party]["anyOf"]
        assert bare[0] == {"enum": ["won", "lost", "unknown"]}
        assert bare[-1] == {"$ref": f"#/$defs/{party.capitalize()}"}
    assert schema["Salesperson"]["properties"]["feels_good"]["anyOf"][0] == {"enum": [True, False]}
    order = schema["Interaction"]["properties"]["order"]["anyOf"]
    assert order[0]["items"]["anyOf"][0] == {"enum": [*PARTIES]}


# The files that there are.


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_a_good_file_is_valid_with_every_scalar_as_text(file: Path) -> None:
    assert [*validator().iter_errors(as_text(file.read_text("utf-8")))] == []


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_a_good_file_is_valid_with_types_as_an_editor_reads_them(file: Path) -> None:
    assert [*validator().iter_errors(as_typed(as_text(file.read_text("utf-8"))))] == []


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_a_good_file_is_valid_record_by_record_as_the_reader_gives_them(file: Path) -> None:
    with file.open("rb") as stream:
        records = [draft.value for draft in read_yaml(Tape(stream, file.name))]
    assert records
    assert [record for record in records if not valid(record)] == []
    assert valid(records)


BROKEN: dict[str, Any] = {}
for part in (EXAMPLES / "broken.yaml").read_text("utf-8").split("\n- ")[1:]:
    record_id = part.partition("\n")[0].removeprefix("id: ")
    try:
        [BROKEN[record_id]] = as_text(f"- {part}")
    except yaml.YAMLError:
        BROKEN[record_id] = None

TOLD = {
    "B-01": "'wun'",
    "B-02": "'custommer' was unexpected",
    "B-03": "'salesperson_feels_good' was unexpected",
    "B-05": "'maybe'",
    "B-09": "non-unique",
}
"""The mistakes that a schema can know, and what a validator says of them."""

UNTOLD = {
    "B-04": "no mistake",
    "B-06": "a key twice is gone once the text is read",
    "B-08": "who won is said elsewhere in the record",
    "B-10": "times are not compared",
    "B-11": "no mistake",
    "B-12": "times are not compared",
}


def test_every_broken_record_is_accounted_for() -> None:
    assert {"B-07": None}.items() <= BROKEN.items()
    assert BROKEN.keys() == {"B-07", *TOLD, *UNTOLD}


def test_the_broken_file_is_refused() -> None:
    assert not valid([record for record in BROKEN.values() if record])
    assert not valid({"interactions": [record for record in BROKEN.values() if record]})


@pytest.mark.parametrize("record_id", TOLD)
def test_a_mistake_that_a_schema_can_know_is_refused(record_id: str) -> None:
    errors = [*validator().iter_errors(BROKEN[record_id])]
    told = [error.message for top in errors for error in [top, *(top.context or ())]]
    assert errors
    assert [message for message in told if TOLD[record_id] in message]


@pytest.mark.parametrize("record_id", UNTOLD)
def test_a_mistake_between_the_lines_is_left_to_the_reader(record_id: str) -> None:
    assert valid(BROKEN[record_id])


# The forms that a file and a record can have.

RECORD = {"id": "A", "salesperson": "won"}


@pytest.mark.parametrize(
    "document", [RECORD, [RECORD], {"interactions": [RECORD, {}]}, {}, [], {"interactions": []}]
)
def test_a_file_is_a_record_a_list_or_a_list_that_is_wrapped(document: Any) -> None:
    assert valid(document)


@pytest.mark.parametrize(
    "document",
    [
        *(None, "won", 3, True, [None], ["won"], [[RECORD]]),
        *({"interactions": RECORD}, {"interactions": None}, {"interactions": ["won"]}),
        {"interactions": [RECORD], "salesperson": "won"},
        {"interactions": [RECORD], "version": 1},
        [{"interactions": [RECORD]}],
    ],
)
def test_a_file_is_nothing_else(document: Any) -> None:
    assert not valid(document)


FORMS: list[dict[str, Any]] = [
    {"salesperson": "won", "customer": "Lost ", "organization": "?"},
    {"salesperson": {"outcome": "won"}, "customer": {"outcome": "L"}},
    {"salesperson": None, "customer": {}, "organization": {"outcome": None}},
    {"salesperson": {"outcome": "w", "feels_good": True, "believes_lost_for_customer": "NO"}},
    {"salesperson": {"feels_good": 1, "believes_lost_for_customer": 0}},
    {"salesperson": {"feels_good": None, "believes_lost_for_customer": "unknown"}},
    {"customer": {"believes_salesperson": "loss"}},
    {"salesperson": "won", "customer": "won", "order": ["salesperson", "customer"]},
    {"salesperson": "won", "customer": "won", "order": ["Salesperson", " CUSTOMER "]},
    {"salesperson": "won", "customer": "won", "order": "salesperson > customer"},
    {"salesperson": "won", "customer": "won", "order": "Salesperson,customer"},
    {"salesperson": "won", "order": "salesperson"},
    *({"order": nothing} for nothing in (None, [], "", "unknown", "?", "NULL")),
    {"salesperson": {"outcome": "won", "won_at": "2026-11-23T14:30+01:00"}},
    {"salesperson": {"outcome": "won", "won_at": None}, "date": "2026-11-23"},
    {"id": 7, "employee": 1.5, "channel": None, "notes": "a: b", "tags": None},
    {"tags": {"product": "boiler", "size": 12, "none": None}},
    {"salesperson": "“won”", "customer": "\xa0Closed Won\u2009", "organization": "✔️"},
    {"salesperson": {"outcome": "✓", "feels_good": "«yes»", "believes_lost_for_customer": "✗"}},
    {"salesperson": "won", "customer": "won", "order": "“salesperson”\xa0>\xa0“customer”"},
    {"id": "a\u2028b", "notes": "a\r\nb\tc\nd\re", "tags": {"“a”": "b\xa0"}},
]

MISTAKES: list[dict[str, Any]] = [
    {"salesperson": "wun"},
    {"salesperson": True},
    {"salesperson": 1},
    {"salesperson": ["won"]},
    {"salesperson": {"outcome": "wonn"}},
    {"salesperson": {"result": "won"}},
    {"salesperson": {"believes_salesperson": "won"}},
    {"salesperson": {"feels_good": "maybe"}},
    {"salesperson": {"feels_good": 2}},
    {"customer": {"feels_good": True}},
    {"customer": {"believes_salesperson": True}},
    {"organization": {"feels_good": True}},
    {"organization": {"won_at": 5}},
    {"order": ["salesman"]},
    {"order": "salesperson, custmer"},
    {"order": "salesperson customer"},
    {"order": {"first": "salesperson"}},
    {"order": 1},
    {"salesperson": "won", "order": ["salesperson", "salesperson"]},
    {"date": 20261123},
    {"id": ["A"]},
    {"notes": {"a": "b"}},
    {"tags": ["a"]},
    {"tags": "a"},
    {"tags": {"a": ["b"]}},
    {"tags": {"a": {"b": "c"}}},
    {"id": "a\x1b"},
    {"employee": "a\n"},
    {"channel": "\u202ea"},
    {"notes": "a\x1bb"},
    {"id": "a\rb"},
    {"tags": {"a\t": "b"}},
    {"tags": {"a": "b\x9f"}},
    {"customer": "\x1fwon"},
    {"order": "salesperson,\x85customer"},
    {"Salesperson": "won"},
    *({name: "won"} for name, path in FLAT_PATHS.items() if len(path) > 1 and name != path[0]),
]


@pytest.mark.parametrize("record", FORMS, ids=str)
def test_a_record_that_the_reader_takes_is_valid(record: dict[str, Any]) -> None:
    assert readable(record)
    assert [*validator().iter_errors(record)] == []


@pytest.mark.parametrize("record", MISTAKES, ids=str)
def test_a_mistake_is_invalid_to_both(record: dict[str, Any]) -> None:
    assert not readable(record)
    assert not valid(record)


@pytest.mark.parametrize("word", OUTCOMES)
def test_every_spelling_of_an_outcome_is_valid_in_any_case(word: str) -> None:
    for spelt in (
        word,
        word.upper(),
        word.title(),
        f" {word}\t",
        word.replace(" ", " \xa0"),
        f"«\xa0{word} »",
        f"“{word}\ufe0f”",
    ):
        assert valid({"customer": spelt})
        assert valid({"customer": {"outcome": spelt, "believes_salesperson": spelt}})


@pytest.mark.parametrize("word", ANSWERS)
def test_every_spelling_of_an_answer_is_valid_in_any_case(word: str) -> None:
    for spelt in (
        word,
        word.upper(),
        word.title(),
        f" {word}\t",
        word.replace(" ", " \xa0"),
        f"«\xa0{word} »",
        f"“{word}\ufe0f”",
    ):
        assert valid({"salesperson": {"feels_good": spelt, "believes_lost_for_customer": spelt}})


# Whatever the reader takes.

spaces = st.sampled_from(["", " ", "\t", "\n ", "\xa0", "“", "« ", "\x1f"])
single = st.one_of(st.none(), st.text(max_size=5), st.integers(), st.floats(allow_nan=False))


def spelt(*words: str) -> st.SearchStrategy[str]:
    cased = st.sampled_from(words).flatmap(lambda w: st.sampled_from([w, w.upper(), w.title()]))
    return st.builds("{}{}{}".format, spaces, cased, spaces)


moment = st.one_of(
    st.none(), spelt("unknown", ""), st.sampled_from(["2026-11-23", "2026-11-22T09:00", "x"])
)
outcome = st.one_of(st.none(), spelt(*OUTCOMES), st.sampled_from(["x", 1]))
answer = st.one_of(st.none(), st.booleans(), spelt(*ANSWERS), st.sampled_from([0, 1, 2, "x"]))
party = spelt(*PARTIES)
order = st.one_of(
    st.none(),
    st.lists(party, max_size=3),
    st.lists(party, max_size=3).map(" , ".join),
    spelt("unknown", "?", "null", ""),
)


def record_of(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


records = record_of(
    id=single,
    date=moment,
    employee=single,
    salesperson=outcome
    | record_of(
        outcome=outcome, won_at=moment, feels_good=answer, believes_lost_for_customer=answer
    ),
    customer=outcome | record_of(outcome=outcome, won_at=moment, believes_salesperson=outcome),
    organization=outcome | record_of(outcome=outcome, won_at=moment),
    order=order,
    notes=single,
    tags=st.none() | st.dictionaries(st.text(max_size=3), single, max_size=2),
)


@settings(max_examples=150, deadline=None)
@given(records)
def test_whatever_the_reader_takes_is_valid(record: dict[str, Any]) -> None:
    assert not readable(record) or valid(record)

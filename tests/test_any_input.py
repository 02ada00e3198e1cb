"""Whatever comes in: interactions or clear errors come out, and nothing else happens."""

import json
import re
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reading import ids, is_shown, read, told

from winwinwin import Interaction, Unjudged
from winwinwin.errors import SHOWN, Problem, UnreadableError
from winwinwin.loading.documents import READERS, Item
from winwinwin.parsing.tape import ILLEGAL
from winwinwin.parsing.yaml_records import NOT_YAML
from winwinwin.record.interaction import Recorded, nested

FORMS = sorted(READERS)
SLOW = [HealthCheck.too_slow]
THOROUGH = settings(max_examples=300, deadline=None, suppress_health_check=SLOW)
SHORT = settings(max_examples=120, deadline=None, suppress_health_check=SLOW)

BITS = (
    "- ", "-", "\n", "\n- ", "\n  ", "\n ", "    ", ": ", ":", ", ", "[", "]", "{", "}", "'", '"',
    "|\n", ">", "&a ", "*a", "! ", "!!str ", "!<%ed%a0%80> ", "%YAML 1.2\n", "%", "\n---\n", "\n...\n",
    "# ", "? ", "@", "`", "<<: ", "\t", "\r", "\r\n", "\\", "\\u0000", "\\ud800", "\\ud83d\\ude00",
    "\0", "\x07", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "ü", "日本", "😀", "~", "null", "true",
    "NaN", "1e5", "010", "id: ", "1", "customer: ", "salesperson: ", "outcome: ", "feels_good: ",
    "won_at: ", "order: ", "tags: ", "interactions:\n", "interactions: ", '"id": ', '"customer": ',
    "won", "lost", "wun", "2026-11-23", "x" * 80,
)  # fmt: skip
PATCHWORK = st.lists(st.sampled_from(BITS), max_size=30).map("".join)
TEXTS = st.one_of(st.text(max_size=80), PATCHWORK)


def problems_of(items: list[Item]) -> list[Problem]:
    wrong = [item for item in items if not isinstance(item, Recorded)]
    assert all(isinstance(item, Unjudged | UnreadableError) and item.problems for item in wrong)
    return [problem for item in wrong for problem in item.problems]


def is_whole(problem: Problem) -> bool:
    """Tell whether a problem is about a file and not about a place in it."""
    return problem.what == "holds no interactions"


def check_item_line(item: Item, lines: list[str]) -> None:
    if isinstance(item, Recorded):
        assert 1 <= item.line <= len(lines)


def check_place(problem: Problem, lines: list[str]) -> None:
    place = problem.place
    assert place is not None
    assert place.line is not None
    assert place.column is not None
    assert place.text is not None
    assert 1 <= place.line <= len(lines)
    line = lines[place.line - 1]
    assert 1 <= place.column <= len(line) + 1
    around = line[max(place.column - 1 - SHOWN, 0) :]
    assert around.startswith(place.text)
    assert place.text[place.caret :] == line[place.column - 1 :][:SHOWN]


@pytest.mark.parametrize("form", FORMS)
@THOROUGH
@given(text=TEXTS)
@example("")
@example("\ufeff")
@example("a: &a [*a]")
@example("- ? - ?\n- :")
@example("'" + "a" * 1025 + "': b")
@example("[" * 3000)
@example("- a\n- 'b\n---\n- c\n...\nd: 'e")
def test_any_text_ends_in_interactions_and_problems_with_a_place(form: str, text: str) -> None:
    items = read(text, form)
    assert items
    refused = NOT_YAML if form == "yaml" else ILLEGAL
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = refused.sub("\ufffd", text.replace("\n\ufeff", "\n")).split("\n")
    for item in items:
        check_item_line(item, lines)
    for problem in problems_of(items):
        assert all(map(is_shown, str(problem).split("\n")))
        if not is_whole(problem):
            check_place(problem, lines)


@pytest.mark.parametrize("form", FORMS)
@THOROUGH
@given(raw=st.binary(max_size=120) | st.tuples(TEXTS, st.binary(max_size=3), TEXTS).map(
    lambda parts: parts[0].encode() + parts[1] + parts[2].encode()
))  # fmt: skip
def test_any_bytes_end_in_interactions_and_problems(form: str, raw: bytes) -> None:
    items = read(raw, form)
    assert items
    lines = re.split(b"\r\n|\r|\n", raw)
    for problem in problems_of(items):
        assert all(map(is_shown, str(problem).split("\n")))
        assert problem.place is not None
        assert is_whole(problem) or 1 <= (problem.place.line or 0) <= len(lines)


# Values that say the same in every form

WORDS = st.sampled_from(
    ["won", "LOST", "wun", "yes", "No", "", "?", "null", "2026-11-23", "customer"]
)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SCALARS = st.one_of(st.none(), WORDS, TEXT, st.integers(-9, 2**70), st.floats(allow_nan=False))
VALUES = st.recursive(
    SCALARS | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS | TEXT, inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from([*Interaction.model_fields, "custmer", "interactions", "x"])
PARTY_FIELDS = st.sampled_from(["outcome", "won_at", "feels_good", "believes_salesperson", "y"])
RECORDS = st.dictionaries(
    FIELDS, VALUES | st.dictionaries(PARTY_FIELDS, VALUES, max_size=3), max_size=5
)


def meaning(items: list[Item]) -> list[Any]:
    """Return what doesn't depend on the form: interactions, and what is wrong and where."""
    return [
        item.interaction
        if isinstance(item, Recorded)
        else [(problem.field, problem.message, places_of(problem)) for problem in item.problems]
        for item in items
    ]


def places_of(problem: Problem) -> tuple[int | None, int | None]:
    assert problem.place is not None
    return problem.place.line, problem.place.column


def without_booleans(value: Any) -> Any:
    """Write booleans as YAML reads them: as text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return [without_booleans(item) for item in value]
    if isinstance(value, dict):
        return {key: without_booleans(item) for key, item in value.items()}
    return value


@SHORT
@given(record=RECORDS, ascii_only=st.booleans())
def test_a_record_says_the_same_in_json_jsonl_and_yaml(
    record: dict[str, Any], ascii_only: bool
) -> None:
    lists = isinstance(record.get("interactions"), list)
    if lists or (not ascii_only and NOT_YAML.search(json.dumps(record, ensure_ascii=False))):
        record = {"id": 1}
    text = json.dumps(without_booleans(record), ensure_ascii=ascii_only)
    as_json = meaning(read(text, "json"))
    if record != {"interactions": None}:
        assert meaning(read(text, "jsonl")) == as_json
    if "\\ud" not in text:  # YAML has one escape for a character, JSON two halves
        assert meaning(read(text, "yaml")) == as_json


@SHORT
@given(records=st.lists(RECORDS, min_size=1, max_size=4))
def test_records_say_the_same_alone_and_in_a_list(records: list[dict[str, Any]]) -> None:
    alone = [
        [item.interaction] if isinstance(item, Recorded) else [item.id, len(item.problems)]
        for record in records
        for item in read(json.dumps(record), "jsonl")
        if isinstance(item, Recorded | Unjudged)
    ]
    for text in (json.dumps(records, indent=1), json.dumps({"interactions": records})):
        together = [
            [item.interaction] if isinstance(item, Recorded) else [item.id, len(item.problems)]
            for item in read(text, "json")
            if isinstance(item, Recorded | Unjudged)
        ]
        assert together == alone


# Valid interactions

OUTCOMES = st.sampled_from(["won", "lost", None])
ANSWERS = st.sampled_from([True, False, None])
PRINTABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"),
    max_size=12,
)  # fmt: skip
NOT_EMPTY = PRINTABLE.filter(bool)
ABOUT = st.fixed_dictionaries(
    {},
    optional={
        "id": PRINTABLE,
        "date": st.dates() | st.datetimes(),
        "employee": NOT_EMPTY,
        "channel": NOT_EMPTY,
        "notes": NOT_EMPTY | st.just("several\nlines\n\n of text\n"),
        "tags": st.dictionaries(PRINTABLE, PRINTABLE, max_size=3),
    },
)


@st.composite
def interactions(draw: st.DrawFn) -> Interaction:
    outcomes = {party: draw(OUTCOMES) for party in ("salesperson", "customer", "organization")}
    winners = [party for party, outcome in outcomes.items() if outcome == "won"]
    order = draw(st.none() | st.permutations(winners))
    moments = sorted(draw(st.lists(st.dates(), min_size=3, max_size=3)))
    timed = dict(zip(order or winners, moments, strict=False)) if draw(st.booleans()) else {}
    parties: dict[str, Any] = {
        party: {"outcome": outcome, "won_at": timed.get(party)}
        for party, outcome in outcomes.items()
    }
    parties["salesperson"] |= {
        "feels_good": draw(ANSWERS),
        "believes_lost_for_customer": draw(ANSWERS),
    }
    parties["customer"] |= {"believes_salesperson": draw(OUTCOMES)}
    return Interaction(**parties, order=order or None, **draw(ABOUT))


def as_record(interaction: Interaction) -> dict[str, Any]:
    """Write an interaction's facts and what describes it where a record has them."""
    identity = {} if interaction.id is None else {"id": interaction.id}
    return identity | nested(interaction.recorded) | interaction.about


@SHORT
@given(written=interactions(), flow=st.sampled_from([True, False, None]))
def test_what_is_written_as_yaml_is_read_back(written: Interaction, flow: bool | None) -> None:
    record = as_record(written)
    if written.order is not None:
        record["order"] = list(written.order)  # PyYAML has no way to write a tuple
    text = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, default_flow_style=flow)
    [item] = read(text)
    assert isinstance(item, Recorded), told([item])
    assert item.interaction == written


@SHORT
@given(written=interactions(), form=st.sampled_from(["json", "jsonl"]))
def test_what_is_written_as_json_is_read_back(written: Interaction, form: str) -> None:
    [item] = read(json.dumps(as_record(written), default=str), form)
    assert isinstance(item, Recorded), told([item])
    assert item.interaction == written


# Lists in which one line is broken

ITEMS = st.sampled_from(
    [
        ["- id: '{0}'", "  customer: won", "  salesperson: lost"],
        ["- {{id: {0}, customer: won}}"],
        ["- id: {0}", "  notes: |", "    some text: here", "    - and there", "  salesperson:", "    outcome: won"],
        ["-", "  id: {0}", "  order:", "    - salesperson", "    - customer", "  salesperson: won", "  customer: won"],
        ["- id: {0}", '  notes: "it\'s a long', '    text"', "  tags: {{a: b, c: 'd'}}"],
        ["- id: {0}", "  notes: it's", "  # a comment", "", "  tags:", "    region: north"],
    ]
)  # fmt: skip
BREAKS = {
    "a quote is opened": lambda line: line.partition(":")[0] + ": 'x",
    "a double quote is opened": lambda line: line.partition(":")[0] + ': "x',
    "a bracket is opened": lambda line: line.partition(":")[0] + ": [a, b",
    "a brace is opened": lambda line: line.partition(":")[0] + ": {a: b",
    "a brace is closed": lambda line: line + "}",
    "a colon too many": lambda line: line + ": y: z",
    "a tab": lambda line: line.partition(":")[0] + ":\n\t  x",
    "a sign": lambda line: line.partition(":")[0] + ": @x",
    "an escape": lambda line: line.partition(":")[0] + ': "\\q"',
    "an alias": lambda line: line.partition(":")[0] + ": *",
    "a control character": lambda line: line + "\x07",
}


@pytest.mark.parametrize("how", BREAKS)
@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(
    items=st.lists(ITEMS, min_size=1, max_size=5),
    indent=st.sampled_from(["", "  ", "    "]),
    wrapped=st.booleans(),
    data=st.data(),
)
def test_no_item_is_lost_around_a_broken_line(
    how: str, items: list[list[str]], indent: str, wrapped: bool, data: st.DataObject
) -> None:
    lines = [[line.format(number) for line in item] for number, item in enumerate(items)]
    at = data.draw(st.integers(0, len(items) - 1))
    line = data.draw(st.integers(0, len(lines[at]) - 1))
    if lines[at][line] in ("-", ""):  # what is left has to be an item all the same
        line += 1
    lines[at][line] = BREAKS[how](lines[at][line])
    text = "".join(f"{indent}{line}\n" for item in lines for line in item)
    found = read(("interactions:\n" if wrapped else "") + text)
    around = [str(number) for number in range(len(items)) if number != at]
    assert [id_ for id_ in ids(found) if id_ in around] == around
    assert len(ids(found)) <= len(items)

"""`Judge.many` says of each record what judging it alone says, whatever it remembers of others."""

import math
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count, islice
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from winwinwin import Interaction, Judge, Judgement, Unjudged, Verdict, evaluation, judge, read_all
from winwinwin.parsing.refusals import problems_of
from winwinwin.record.checking import worded
from winwinwin.record.interaction import FLAT_PATHS, About, nested

PARIS = timezone(timedelta(hours=1))
TIMES = [
    "2026-11-02", "2026-11-02T10:00", "2026-11-02T10:00Z", date(2026, 11, 2), date(2026, 11, 3),
    datetime(2026, 11, 2, 10, tzinfo=UTC), datetime(2026, 11, 2, 11, tzinfo=PARIS),
]  # fmt: skip
PARTIES = ["salesperson", "customer", "organization"]
VALUES = [
    "won", "W", " lost ", "unknown", "yes", "no", "wun", "", 0, 1, 2, 1.0, True, False, None, math.nan,
    *TIMES, "salesperson, customer", PARTIES[:2], tuple(PARTIES), ["customer", "salesperson"], [], object(),
]  # fmt: skip
"""Right and wrong ones, many of which are equal to another."""
TEXTS = ["A-1", "", None, 7, True, "a\x00", "two\nlines", ["x"]]
MODES = {mode: Judge(assumptions=mode) for mode in (True, False)}
"""They remember what all examples of the law had."""


def likely(name: str) -> st.SearchStrategy[Any]:
    """Draw values of a fact: mostly some that it may have, as half the records should be right."""
    right: list[Any] = ["won", "won", "lost", None]
    if name.endswith(("_good", "_for_customer")):
        right = [True, 1, 1.0, "yes", 0, False, None]
    elif name.endswith("_won_at"):
        right = [*TIMES, None]
    elif name == "order":
        right = ["salesperson, customer", PARTIES[:2], tuple(PARTIES), None]
    return st.one_of(st.sampled_from(right), st.sampled_from(right), st.sampled_from(VALUES))


ABOUT = {name: st.sampled_from(TEXTS) for name in ("id", "employee", "channel", "notes")} | {
    "date": st.sampled_from([*TIMES, "soon", None]),
    "tags": st.sampled_from([{}, {"region": "north"}, {"region": "\x07"}, None, "north"]),
}
FACTS = st.fixed_dictionaries({}, optional={name: likely(name) for name in FLAT_PATHS})
RECORDS = st.lists(st.one_of(FACTS, st.fixed_dictionaries({}, optional=ABOUT).flatmap(
    lambda about: FACTS.map(lambda facts: about | facts)
)), max_size=8).flatmap(lambda some: st.lists(st.sampled_from(some or [{}]), max_size=12))  # fmt: skip


def alone(record: Mapping[str, Any], *, assumptions: bool) -> tuple[Any, ...]:
    """Return what is said of a record that is judged alone: the judgement, or the words."""
    facts = {name: value for name, value in record.items() if name in FLAT_PATHS}
    about = {name: value for name, value in record.items() if name in About.model_fields}
    try:
        judgement = judge(Interaction.from_flat(facts, **about), assumptions=assumptions)
    except ValidationError as error:
        found = problems_of(error, lambda *_: None, about | nested(facts), worded)
        return tuple(problem.message for problem in found.in_order())
    return said(judgement)


def said(judged: Judgement | Unjudged) -> tuple[Any, ...]:
    if isinstance(judged, Unjudged):
        return tuple(problem.message for problem in judged.problems)
    return judged, judged.to_dict()


@given(records=RECORDS, assumptions=st.booleans())
def test_many_records_are_judged_as_each_of_them_alone(
    records: list[dict[str, Any]], assumptions: bool
) -> None:
    expected = [alone(record, assumptions=assumptions) for record in records]
    for remembering in (MODES[assumptions], Judge(assumptions=assumptions)):
        assert [said(judged) for judged in remembering.many(records)] == expected


NAMES = st.sets(st.sampled_from(sorted(ABOUT)), min_size=1).map(sorted)


@given(NAMES.flatmap(lambda names: st.lists(
    st.fixed_dictionaries({name: ABOUT[name] for name in names}), min_size=2, max_size=8
)), st.booleans())  # fmt: skip
def test_records_that_differ_only_in_what_describes_them_are_read_as_each_of_them_alone(
    descriptions: list[dict[str, Any]], assumptions: bool
) -> None:
    judging = Judge(assumptions=assumptions)
    for facts in ({"customer": "won"}, {"salesperson": "won", "customer": "lost"}, {}):
        records = [facts | about for about in descriptions]
        known = [*judging.many([*records, *records])]
        expected = [alone(record, assumptions=assumptions) for record in records]
        assert [said(judged) for judged in known] == expected * 2


def test_what_describes_a_record_stays_as_it_was_when_it_was_judged() -> None:
    tags = {"region": "north"}
    first, second = Judge().many([{"customer": "won", "tags": tags}] * 2)
    tags["region"] = "south"
    assert said(first)[1]["about"] == said(second)[1]["about"] == {"tags": {"region": "north"}}


def test_records_are_judged_in_order_each_when_it_is_asked_for() -> None:
    asked = []

    def endless() -> Iterator[dict[str, Any]]:
        for number in count():
            asked.append(number)
            yield {"id": str(number), "customer": "won" if number % 2 else "lost"}

    judged = Judge().many(endless())
    assert asked == []
    assert [said(each)[1]["id"] for each in islice(judged, 5)] == ["0", "1", "2", "3", "4"]
    assert asked == [0, 1, 2, 3, 4]


def test_facts_that_were_written_alike_share_one_judgement() -> None:
    first, second, other = Judge().many(
        [{"customer": "won"}, {"customer": "won"}, {"customer": "W"}]
    )
    assert first is second
    assert first is not other
    assert first == other


def test_what_describes_a_record_is_its_own() -> None:
    facts = {"salesperson": "won", "customer": "lost"}
    records = [facts | {"id": "1", "notes": "a"}, facts, {"tags": {"a": "b"}} | facts]
    found = [said(each)[1] for each in Judge().many(records)]
    assert [each["id"] for each in found] == ["1", None, None]
    assert [each["about"] for each in found] == [{"notes": "a"}, {}, {"tags": {"a": "b"}}]
    assert len({each["rulebook"]["fingerprint"] for each in found}) == 1


def test_equal_times_keep_their_zones() -> None:
    records = [{"customer": "won", "customer_won_at": moment} for moment in TIMES[-2:]]
    first, second = (said(each)[1]["facts"] for each in Judge().many(records))
    assert first["customer_won_at"] == "2026-11-02T10:00:00Z"
    assert second["customer_won_at"] == "2026-11-02T11:00:00+01:00"


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluation, "WAYS_OF_WRITING", 3)
    records = [{"customer": "won", "customer_won_at": f"2026-11-{day:02}"} for day in range(1, 29)]
    remembering = Judge()
    for _ in remembering.many(records):
        assert len(remembering._as_written) <= 3


def test_every_form_of_a_record_is_judged_alike() -> None:
    flat = {"id": "7", "customer": "won", "salesperson": "won", "salesperson_feels_good": False}
    nested_one = {
        "id": "7",
        "customer": {"outcome": "won"},
        "salesperson": {"outcome": "won", "feels_good": "no"},
    }
    [recorded] = read_all("examples/one.yaml")
    interaction = Interaction.from_flat({k: v for k, v in flat.items() if k != "id"}, id="7")
    found = list(Judge().many([flat, MappingProxyType(flat), nested_one, interaction, recorded]))
    assert found[:-1] == [judge(interaction)] * 4
    assert {said(each)[1]["id"] for each in found[:-1]} == {"7"}
    assert found[-1] == judge(recorded.interaction)
    assert said(found[-1])[1]["about"]["employee"] == "Bridget"


def test_a_mistake_stops_nothing_and_names_the_record_and_the_field_as_it_was_written() -> None:
    wrong: list[Any] = [
        {"id": "A-1", "customer": "won", "salesperson_feels_good": "wel"},
        {"salesman": "won", "customer": "wun"},
        {"salesperson": {"outcome": "won", "won_at": "soon"}},
        {"salesperson": {"outcome": "won"}, "salesperson_feels_good": True},
        {1: 2},
        "won",
        None,
    ]
    *unjudged, last = Judge().many([*wrong, {"customer": "won"}])
    assert isinstance(last, Judgement)
    lines = [problem.line for each in unjudged for problem in each.problems]  # type: ignore[union-attr]
    assert [line.split(". ")[0].split(" (")[0] for line in lines] == [
        "record 1: salesperson_feels_good: 'wel' is not yes or no",
        "record 2: salesman: unknown key",
        "record 2: customer: 'wun' is not an outcome",
        "record 3: salesperson.won_at: 'soon' is not a date",
        "record 4: salesperson_feels_good: this fact belongs elsewhere",
        "record 5: 1: unknown key",
        "record 6: 'won' is not an interaction",
        "record 7: this item is empty",
    ]
    assert unjudged[0].id == "A-1"  # type: ignore[union-attr]
    assert {each.verdict for each in unjudged} == {Verdict.INVALID}


def test_what_could_not_be_read_stays_unjudged() -> None:
    found = list(read_all(["examples/broken.yaml", "missing.yaml"]))
    judged = list(Judge().many(found))
    assert len(judged) == len(found)
    assert [each for each in judged if isinstance(each, Unjudged)][:-1] == [
        each for each in found if isinstance(each, Unjudged)
    ]
    assert said(judged[-1]) == ("no such file or folder.",)

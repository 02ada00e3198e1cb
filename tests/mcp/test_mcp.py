"""Agents: every tool by the SDK's own client, quotes, and mistakes."""

import asyncio
import json
import os
import sys
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run
from jsonschema import Draft202012Validator
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from winwinwin import Interaction, Judge, Verdict, __version__, read_rulebook, why_not
from winwinwin.evaluation import Judge as EveryJudge
from winwinwin.facts import Facts, every_kind
from winwinwin.limits import LONGEST_QUOTE, LONGEST_WORDS, MOST_TAGS, MOST_TOGETHER
from winwinwin.mcp.tools import TOOLS
from winwinwin.record.interaction import nested
from winwinwin.vocabulary import RECORDED

PROGRAM = [sys.executable, "-m", "winwinwin", "mcp"]
HOUSE = str(ROOT / "examples" / "house.yaml")
ORDERS = {"kept": ["salesperson", "customer"], "customer_first": ["customer", "salesperson"]}
KINDS = [kind for kind in every_kind() if kind.organization is None]
QUOTE = "It went as it went."

Call = tuple[str, dict[str, Any]]


def talk(calls: Iterable[Call], *options: str) -> list[Any]:
    """Start a server and return what it answers to each call."""
    server = StdioServerParameters(
        command=sys.executable, args=[*PROGRAM[1:], *options], env=dict(os.environ), cwd=ROOT
    )

    async def ask() -> list[Any]:
        async with Client(stdio_client(server)) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return awaited(ask())


def awaited(asked: Coroutine[Any, Any, Any]) -> Any:
    """Run what waits in a thread of its own: a browser of other tests has a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asked).result()


def given(value: Any, quote: str | None = QUOTE) -> dict[str, Any]:
    return {"value": value} if quote is None else {"value": value, "quote": quote}


def facts(**values: Any) -> dict[str, Any]:
    return {name: given(value) for name, value in values.items()}


def flat(kind: Facts) -> dict[str, Any]:
    """Return a kind as an agent gives it."""
    values = {name: value for name, value in kind._asdict().items() if value is not None}
    return values | ({"order": ORDERS[values["order"]]} if "order" in values else {})


def own(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer without what a tool adds, and without the notes, which have the quotes."""
    added = ("dropped", "sentence", "questions", "why_not", "about")
    return {key: value for key, value in answer.items() if key not in added}


def judged(judge: EveryJudge, **values: Any) -> dict[str, Any]:
    return own(judge(Interaction.from_flat(values)).to_dict())


def test_there_are_five_tools_with_a_schema_each_and_none_changes_anything() -> None:
    async def ask() -> Any:
        server = StdioServerParameters(
            command=sys.executable, args=PROGRAM[1:], env=dict(os.environ), cwd=ROOT
        )
        async with Client(stdio_client(server)) as client:
            return client.server_info, (await client.list_tools()).tools

    info, tools = awaited(ask())
    assert (info.name, info.version) == ("winwinwin", __version__)
    assert [tool.name for tool in tools] == [*TOOLS]
    for tool in tools:
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.annotations.read_only_hint
    record = tools[0].input_schema["properties"]
    assert [*record["facts"]["properties"]] == [fact.name for fact in RECORDED]
    for fact in RECORDED:
        described = record["facts"]["properties"][fact.name]
        assert fact.help in described["description"]
        assert fact.question in described["description"]
        assert described["required"] == ["value", "quote"]


@pytest.mark.parametrize("options", [(), ("--no-assumptions",), ("--rulebook", HOUSE)])
def test_every_kind_is_judged_as_the_judge_does(options: tuple[str, ...]) -> None:
    house = read_rulebook(HOUSE) if HOUSE in options else None
    judge = Judge(house, assumptions="--no-assumptions" not in options)
    assert len(KINDS) == 297
    calls = [("judge", {"facts": facts(**flat(kind))}) for kind in KINDS]
    validator = Draft202012Validator(TOOLS["judge"].schema())
    for kind, (_, arguments), result in zip(KINDS, calls, talk(calls, *options), strict=True):
        validator.validate(arguments)
        assert not result.is_error
        said = result.structured_content
        assert own(said) == judged(judge, **flat(kind))
        assert (said["dropped"], json.loads(result.content[1].text)) == ([], said)


LOST = {"salesperson": "won", "customer": "lost"}
EXPLAINED = (
    "The organization loses. Together these settle it, and nothing else matters: the customer "
    "lost and the customer thinks the salesperson won (assumed). One wrong entry would change it."
)


def test_each_tool_answers_with_the_object_of_json_and_a_sentence() -> None:
    judge = Judge()
    calls: dict[str, Call] = {
        "judge": ("judge", {"facts": facts(**LOST)}),
        "explain": ("explain", {"facts": facts(**LOST)}),
        "why_not": ("explain", {"facts": facts(**LOST), "why_not": "win_win_win"}),
        "ask": ("what_to_ask_next", {"facts": facts(salesperson="won")}),
        "decided": ("what_to_ask_next", {"facts": facts(**LOST)}),
        "remedies": ("remedies", {"facts": facts(**LOST)}),
        "won": ("remedies", {"facts": facts(salesperson="won", customer="won")}),
    }
    results = dict(zip(calls, talk(calls.values()), strict=True))
    said = {name: result.structured_content for name, result in results.items()}
    assert {name: result.content[0].text for name, result in results.items()} == {
        "judge": "The organization loses.",
        "explain": EXPLAINED,
        "why_not": f"{EXPLAINED} It would be win/win/win if the customer had won.",
        "ask": "Did the customer win or lose, in their own view?",
        "decided": "Nothing: the verdict is decided.",
        "remedies": "It would be WIN/WIN/WIN if the customer had won.",
        "won": "Nothing to change: it is WIN/WIN/WIN.",
    }
    for name in ("judge", "explain", "why_not", "decided", "remedies"):
        assert own(said[name]) == judged(judge, **LOST)
    assert [each["fact"] for each in said["ask"]["questions"]] == said["ask"]["needs"]
    judgement = judge(Interaction.from_flat(LOST))
    changes = why_not(judgement, Verdict.WIN_WIN_WIN, judge).changes
    assert said["why_not"]["why_not"]["changes"] == [dict(way) for way in changes]


def test_a_summary_is_that_of_batch(run: Run, tmp_path: Path) -> None:
    about = [{"employee": f"E{number % 3}"} for number in range(len(KINDS))]
    values = [flat(kind) for kind in KINDS]
    records = [{"facts": facts(**one), **other} for one, other in zip(values, about, strict=True)]
    [result] = talk([("batch_summary", {"records": records, "by": ["employee"]})])
    said = result.structured_content
    assert said["sentence"].startswith("297 interactions judged: ")
    assert [said.pop(key) for key in ("problems", "dropped", "warnings")] == [[], [], []]
    del said["sentence"]
    written = [json.dumps(nested(one) | other) for one, other in zip(values, about, strict=True)]
    (tmp_path / "all.jsonl").write_text("\n".join(written))
    run("batch", "all.jsonl", "--by", "employee", "--summary", "all.json", cwd=tmp_path)
    assert said == json.loads((tmp_path / "all.json").read_text())


def test_a_fact_without_a_quote_counts_as_not_recorded_and_is_named() -> None:
    unquoted = {
        "salesperson": given("won"),
        "customer": given("lost", None),
        "order": given(["customer"], " "),
    }
    bare = {"salesperson": "won", "customer": None, "organization": given(None)}
    one, two, three = talk(
        [
            ("judge", {"facts": unquoted, "notes": "By phone."}),
            ("judge", {"facts": bare}),
            ("batch_summary", {"records": [{"facts": unquoted}, {"facts": bare}]}),
        ]
    )
    said = one.structured_content
    assert said["facts"] == {"salesperson": "won"}
    assert said["about"]["notes"] == f'By phone.\nsalesperson: won. "{QUOTE}"'
    assert said["dropped"] == [
        {"fact": "customer", "why": "it has no quote"},
        {"fact": "order", "why": "its quote is empty"},
    ]
    assert said["sentence"].endswith(
        "Not recorded, for want of a quote: customer and order of the wins."
    )
    assert two.structured_content["facts"] == {}
    assert [each["fact"] for each in two.structured_content["dropped"]] == ["salesperson"]
    assert three.structured_content["completeness"]["salesperson"]["recorded"] == 1
    assert [each["record"] for each in three.structured_content["dropped"]] == [1, 1, 2]


def test_a_quote_is_one_line_of_the_notes() -> None:
    quote = 'He said "no"\n\ncustomer: won.  "Yes"\ttwice'
    [result] = talk([("judge", {"facts": {"customer": given("lost", quote)}})])
    notes = result.structured_content["about"]["notes"]
    assert notes == 'customer: lost. "He said "no" customer: won. "Yes" twice"'


WON = facts(salesperson="won")
MANY = f"a list of 1 to {MOST_TOGETHER:,} records"
MISTAKES: dict[str, Call] = {
    "facts.customer.value: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)": (
        "judge",
        {"facts": facts(customer="wun")},
    ),
    "custmer: unknown key. (facts, id, date, employee, channel, notes, tags, rulebook)": (
        "judge",
        {"facts": WON, "custmer": 1},
    ),
    "customer: unknown key. Put it under facts. (facts, id, date, employee, channel, notes, tags, rulebook)": (
        "judge",
        {"facts": WON, "customer": 1},
    ),
    "facts.customer.qoute: unknown key. Did you mean 'quote'? (value, quote)": (
        "judge",
        {"facts": {"customer": {"value": "won", "quote": "a", "qoute": "b"}}},
    ),
    "facts.salesperson_feels_good.value: 'maybe' is not yes or no. (yes, y, true, 1 or no, n, false, 0)": (
        "explain",
        {"facts": facts(salesperson_feels_good="maybe")},
    ),
    "facts: null is not an object. Give each fact as an object with value and quote.": (
        "remedies",
        {},
    ),
    "facts.customer.quote: character 3 of 'no\\x1b[31m' is the control character U+001B. Remove it.": (
        "judge",
        {"facts": {"customer": given("won", "no\x1b[31m")}},
    ),
    f"facts.customer.quote: '{'x' * 39}…' is too long: {LONGEST_QUOTE + 1:,} characters. (up to {LONGEST_QUOTE:,})": (
        "judge",
        {"facts": {"customer": given("won", "x" * (LONGEST_QUOTE + 1))}},
    ),
    f"id: '{'x' * 39}…' is too long: {LONGEST_WORDS + 1} characters. (up to {LONGEST_WORDS})": (
        "judge",
        {"facts": WON, "id": "x" * (LONGEST_WORDS + 1)},
    ),
    f"tags: {MOST_TAGS + 1} tags are too many. (up to {MOST_TAGS})": (
        "judge",
        {"facts": WON, "tags": {f"t{n}": "" for n in range(MOST_TAGS + 1)}},
    ),
    "why_not: 'win' is not a verdict. Did you mean 'win_win_win'? (win_win_win, out_of_order, organization_loses, not_covered)": (
        "explain",
        {"facts": WON, "why_not": "win"},
    ),
    f"records: there are no records. ({MANY})": ("batch_summary", {"records": []}),
    f"records: {MOST_TOGETHER + 1:,} records are too many. ({MANY})": (
        "batch_summary",
        {"records": [{}] * (MOST_TOGETHER + 1)},
    ),
    "path: unknown key. (records, by)": ("batch_summary", {"path": "/etc/passwd"}),
    "by: 'moon' is not a dimension. Did you mean 'month'? (employee, channel, day, week, month, tags.NAME)": (
        "batch_summary",
        {"records": [{"facts": WON}], "by": ["moon"]},
    ),
    "'jugde' is not a tool. Did you mean 'judge'? (judge, explain, what_to_ask_next, remedies, batch_summary)": (
        "jugde",
        {},
    ),
}


def test_a_mistake_is_an_answer_with_its_field_and_what_is_accepted() -> None:
    for said, result in zip(MISTAKES, talk(MISTAKES.values()), strict=True):
        assert result.is_error
        assert result.content[0].text == said
        [problem] = result.structured_content["problems"]
        assert ": ".join(filter(None, (problem["field"], problem["message"]))) == said


def test_a_mistake_that_a_missing_quote_brings_about_says_so() -> None:
    order = {"order": given(["customer"]), "customer": "won"}
    [result] = talk([("judge", {"facts": order})])
    assert result.content[0].text.splitlines()[1:] == [
        "facts.customer: this fact does not count, because it has no quote."
    ]


def test_a_record_that_cannot_be_read_is_counted_and_told_and_the_others_are_summed_up() -> None:
    records = [
        {"facts": WON, "id": "A"},
        {"facts": facts(customer="wun")},
        5,
        {"facts": WON, "id": "A"},
    ]
    [result] = talk([("batch_summary", {"records": records})])
    said = result.structured_content
    assert (said["total"], said["judged"], said["invalid"]) == (4, 2, 2)
    assert [(each["record"], each["field"]) for each in said["problems"]] == [
        (2, "facts.customer.value"),
        (3, None),
    ]
    assert said["warnings"] == [
        "record:4: the id 'A' is already used at record:1. Give each record its own."
    ]
    assert said["sentence"] == (
        "2 interactions judged: 2 undetermined. Not judged: 2 invalid records. "
        "Did the customer win or lose, in their own view? Settles 2 of 2 undetermined. "
        f"{said['warnings'][0]}"
    )

"""The cases of tests/cases, each run through every way in.

A path takes a case and returns what was judged, in the words of the machine formats. Another way
in is one more function in PATHS.
"""

import io
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import yaml
from conftest import ROOT, run_program

from winwinwin import Customer, Interaction, Judge, Judgement, Organization, Salesperson
from winwinwin.facts import word
from winwinwin.kernel.rulebook import builtin
from winwinwin.loading.documents import READERS, read_stream
from winwinwin.record.checking import Recorded, check
from winwinwin.record.spelling import ANSWERS

Case = dict[str, Any]
Judged = dict[str, Any]

NESTED = {
    "salesperson": ("salesperson", "outcome"),
    "salesperson_feels_good": ("salesperson", "feels_good"),
    "salesperson_believes_lost_for_customer": ("salesperson", "believes_lost_for_customer"),
    "salesperson_won_at": ("salesperson", "won_at"),
    "customer": ("customer", "outcome"),
    "customer_believes_salesperson": ("customer", "believes_salesperson"),
    "customer_won_at": ("customer", "won_at"),
    "organization": ("organization", "outcome"),
    "organization_won_at": ("organization", "won_at"),
}
"""Party and key of each fact in a record; the order stands at the record's top."""

FILES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))
CASES: list[Case] = [case for file in FILES for case in yaml.safe_load(file.read_text("utf-8"))]


def record(case: Case) -> dict[str, Any]:
    """Return a case's facts as a record holds them, one mapping for each party."""
    parties: dict[str, dict[str, Any]] = {}
    for name, value in case["facts"].items():
        if name != "order":
            party, key = NESTED[name]
            parties.setdefault(party, {})[key] = value
    order = {"order": case["facts"]["order"]} if "order" in case["facts"] else {}
    return parties | order


def short_record(case: Case) -> dict[str, Any]:
    """Return the same record with a bare outcome where a party has nothing else."""
    return {
        name: value["outcome"] if isinstance(value, dict) and [*value] == ["outcome"] else value
        for name, value in record(case).items()
    }


def judged(case: Case, interaction: Interaction) -> Judged:
    return in_words(judge_of(case.get("assumptions", True))(interaction))


@cache
def judge_of(assuming: bool) -> Judge:
    return Judge(builtin() if assuming else builtin().without_assumptions())


def in_words(judgement: Judgement) -> Judged:
    return {
        "verdict": judgement.verdict.value,
        "organization": judgement.organization,
        "triple": judgement.triple,
        "rule": judgement.rule,
        "rules": {finding.id: finding.status for finding in judgement.rules},
        "order": judgement.order,
        "gap_seconds": judgement.gap.total_seconds() if judgement.gap is not None else None,
        "assumed": [setting.fact for setting in judgement.assumed],
        "possible": [verdict.value for verdict in judgement.possible],
        "needs": list(judgement.needs),
        "contradicts_books": judgement.contradicts_books,
        "notes": list(judgement.notes),
        "remedies": [dict(remedy) for remedy in judgement.remedies],
    }


def by_flat_names(case: Case) -> Judged:
    return judged(case, Interaction.from_flat(case["facts"]))


def by_constructor_of_mappings(case: Case) -> Judged:
    return judged(case, Interaction(**record(case)))


def by_constructor_of_parties(case: Case) -> Judged:
    models = {"salesperson": Salesperson, "customer": Customer, "organization": Organization}
    return judged(
        case,
        Interaction(
            **{
                name: models[name](**value) if name in models else value
                for name, value in record(case).items()
            }
        ),
    )


def by_text(case: Case, form: str, text: str) -> Judged:
    [item] = read_stream(check, io.BytesIO(text.encode()), f"case.{form}", READERS[form])
    assert isinstance(item, Recorded), item
    return judged(case, item.interaction)


def by_yaml(case: Case) -> Judged:
    return by_text(case, "yaml", yaml.safe_dump([short_record(case)]))


def by_yaml_of_one_record(case: Case) -> Judged:
    return by_text(case, "yaml", yaml.safe_dump(record(case), default_flow_style=True))


def by_json(case: Case) -> Judged:
    return by_text(case, "json", json.dumps({"interactions": [record(case)]}, indent=2))


def by_json_in_words(case: Case) -> Judged:
    """Write true and false as text, and the order with commas."""
    facts = {
        name: ", ".join(value) if name == "order" else word(value)
        for name, value in case["facts"].items()
    }
    return by_text(case, "json", json.dumps(short_record(case | {"facts": facts})))


def by_jsonl(case: Case) -> Judged:
    return by_text(case, "jsonl", json.dumps(short_record(case)))


YES_OR_NO = {
    "salesperson_feels_good": "feels-good",
    "salesperson_believes_lost_for_customer": "believes-lost",
}


def flags(facts: dict[str, Any]) -> list[str]:
    """Return facts by flat name as flags of score; something is always given."""
    written = [] if facts else ["--salesperson", "unknown"]
    for name, value in facts.items():
        if name in YES_OR_NO:
            yes = ANSWERS[str(value).lower()]
            written.append(f"--{YES_OR_NO[name]}" if yes else f"--no-{YES_OR_NO[name]}")
        else:
            flag = f"--{name.replace('_', '-')}"
            written += [flag, ",".join(value) if isinstance(value, list) else value]
    return written


def by_flags(case: Case) -> Judged:
    plain = [] if case.get("assumptions", True) else ["--no-assumptions"]
    done = run_program("score", *flags(case["facts"]), *plain, "--format", "json")
    assert (done.code, done.err) == (0, "")
    got: Judged = json.loads(done.out)
    return got | {"rules": {rule["id"]: rule["status"] for rule in got["rules"]}}


PATHS: dict[str, Callable[[Case], Judged]] = {
    "flat names": by_flat_names,
    "constructor of mappings": by_constructor_of_mappings,
    "constructor of parties": by_constructor_of_parties,
    "yaml": by_yaml,
    "yaml of one record": by_yaml_of_one_record,
    "json": by_json,
    "json in words": by_json_in_words,
    "jsonl": by_jsonl,
    "flags": by_flags,
}


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS.keys())
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_is_judged_as_it_states_by_every_path(
    case: Case, path: Callable[[Case], Judged]
) -> None:
    got = path(case)
    assert {field: got[field] for field in case["expect"]} == case["expect"]


def test_every_case_has_a_name_of_its_own_and_states_a_verdict() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names)
    assert all("verdict" in case["expect"] for case in CASES)
    assert {key for case in CASES for key in case} == {"name", "facts", "expect", "assumptions"}


def test_every_verdict_rule_note_and_fact_occurs_in_a_case() -> None:
    rulebook = builtin()
    stated = [case["expect"] for case in CASES]
    assert {expect.get("rule") for expect in stated} == {None, *(r.id for r in rulebook.rules)}
    assert {note for expect in stated for note in expect.get("notes", ())} == {
        note.id for note in rulebook.notes
    }
    assert {fact for expect in stated for fact in expect.get("assumed", ())} == {
        assumption.fact for assumption in rulebook.assumptions
    }
    assert {expect["verdict"] for expect in stated} == {
        "win_win_win",
        "out_of_order",
        "organization_loses",
        "not_covered",
        "undetermined",
    }
    assert {fact for case in CASES for fact in case["facts"]} == {*NESTED, "order"}

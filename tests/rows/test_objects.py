"""What Python hands over of a judgement is what the machine formats write, for every kind."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run

from winwinwin import (
    Interaction,
    Judge,
    Judgement,
    Recorded,
    Unjudged,
    judge,
    read_all,
    read_rulebook,
)
from winwinwin import evaluation as evaluating
from winwinwin.facts import Facts, every_kind, word
from winwinwin.record.interaction import FLAT_PATHS

HOUSE = ROOT / "examples/house.yaml"
MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "plain"])

ORDERS: dict[str | None, dict[str, Any]] = {
    None: {},
    "kept": {"order": ["salesperson", "customer"]},
    "customer_first": {"order": ["customer", "salesperson"]},
}


def flat(kind: Facts) -> dict[str, Any]:
    """Return what a kind is recorded as, by flat name."""
    facts = {name: value for name, value in kind._asdict().items() if value is not None}
    facts.pop("order", None)
    if kind.order == "organization_early":
        winner = "salesperson" if kind.salesperson == "won" else "customer"
        return facts | {"order": ["organization", winner]}
    return facts | ORDERS[kind.order]


KINDS = [Interaction.from_flat(flat(kind), id=f"K{n}") for n, kind in enumerate(every_kind())]

MORE = [
    Interaction(
        id="timed, with a gap in parts of a second",
        date="2026-11-23",
        employee="Åsa",
        channel="phone",
        notes='said "no"\nthen yes',
        tags={"product": "boiler", "size": None},
        salesperson={"outcome": "won", "won_at": "2026-11-02T10:00:01.5", "feels_good": "no"},
        customer={"outcome": "won", "won_at": "2026-11-02T09:00"},
        organization={"outcome": "lost"},
    ),
    Interaction(
        date="2026-11-23T10:00+01:00",
        salesperson={"outcome": "won", "won_at": "2026-11-02T10:00Z"},
        customer={"outcome": "won", "won_at": "2026-11-02T10:30+01:00"},
        order="customer > salesperson",
    ),
    Interaction(
        salesperson={"outcome": "won", "won_at": "2026-11-02"},
        organization={"outcome": "won", "won_at": "2026-11-01"},
        tags={"product": "pump"},
    ),
    Interaction(id="alike, but without the times", salesperson="won", customer="won"),
    Interaction(id="once more", salesperson="won", customer="won", employee="Ana"),
]
"""Times, both kinds of days, and what an interaction is about."""


def lines(records: list[Interaction]) -> str:
    return "".join(record.model_dump_json() + "\n" for record in records)


def batch(run: Run, records: list[Interaction], *options: object) -> list[str]:
    """Return the lines that a batch of these writes."""
    done = run(
        *("batch", "-", "--input-format", "jsonl", "--format", "jsonl", "-q", *options),
        stdin=lines(records),
    )
    assert (done.code, done.err) == (0, "")
    return done.out.splitlines()


def mode(assuming: bool) -> list[str]:
    return [] if assuming else ["--no-assumptions"]


@MODES
def test_every_kind_is_the_object_that_a_batch_writes(run: Run, assuming: bool) -> None:
    written = [json.loads(line) for line in batch(run, KINDS, *mode(assuming))]
    assert len(written) == 1026
    assert [judge(each, assumptions=assuming).to_dict() for each in KINDS] == written


@MODES
@pytest.mark.parametrize("rulebook", [None, HOUSE], ids=["built in", "house"])
def test_times_tags_and_descriptions_are_what_a_batch_writes(
    run: Run, assuming: bool, rulebook: Path | None
) -> None:
    options = [*mode(assuming), *(["--rulebook", rulebook] if rulebook else [])]
    of = Judge(read_rulebook(rulebook) if rulebook else None, assumptions=assuming)
    written = batch(run, MORE, *options)
    assert [of(each).to_json() for each in MORE] == written
    assert [of(each).to_dict() for each in MORE] == [json.loads(line) for line in written]


@pytest.mark.parametrize("interaction", KINDS[3::90], ids=lambda each: str(each.id))
def test_score_writes_the_same_object(run: Run, interaction: Interaction) -> None:
    shorter = {
        "salesperson_feels_good": "feels-good",
        "salesperson_believes_lost_for_customer": "believes-lost",
    }
    flags: list[str] = ["--id", str(interaction.id)]
    for name, value in interaction.recorded.items():
        flag = shorter.get(name, name.replace("_", "-"))
        match value:
            case bool():
                flags.append(f"--{flag}" if value else f"--no-{flag}")
            case tuple():
                flags += [f"--{flag}", ",".join(value)]
            case _:
                flags += [f"--{flag}", word(value)]
    done = run("score", *flags, "--format", "json")
    assert (done.code, done.err) == (0, "")
    assert judge(interaction).to_dict() == json.loads(done.out)


def test_records_of_a_file_are_the_objects_that_a_batch_of_it_writes(run: Run) -> None:
    names = ["examples/week.yaml", "examples/broken.yaml"]
    done = run("batch", *names, "--format", "jsonl", "-q")
    made = [
        item if isinstance(item, Unjudged) else judge(item.interaction)
        for item in read_all([str(ROOT / name) for name in names])
        if isinstance(item, Unjudged | Recorded)
    ]
    shown = done.out.replace('"source":"examples/', f'"source":"{ROOT}/examples/').splitlines()
    assert [each.to_json() for each in made] == shown
    assert [each.to_dict() for each in made] == [json.loads(line) for line in shown]
    assert {type(each) for each in made} == {Judgement, Unjudged}


def test_an_object_is_of_values_that_json_has() -> None:
    def plain(value: Any) -> bool:
        if type(value) is dict:
            return all(type(key) is str and plain(item) for key, item in value.items())
        if type(value) is list:
            return all(map(plain, value))
        return value is None or type(value) in (str, int, float, bool)

    [broken, *_] = read_all(ROOT / "examples/broken.yaml")
    assert isinstance(broken, Unjudged)
    assert plain(broken.to_dict())
    assert all(plain(judge(each).to_dict()) for each in MORE)


def test_outcomes_by_themselves_have_no_id_and_are_about_nothing() -> None:
    [recorded, *_] = read_all(ROOT / "examples/week.yaml")
    assert isinstance(recorded, Recorded)
    whole, part = judge(recorded.interaction).to_dict(), judge(recorded.outcomes).to_dict()
    assert part == whole | {"id": None, "about": {}}
    assert part != whole


def test_a_kind_by_itself_names_neither_an_interaction_nor_a_rulebook() -> None:
    won = Judge().kind(Facts(salesperson="won", customer="won", order="customer_first")).to_dict()
    assert won["order"] == "customer_first"
    assert won["facts"] == {"salesperson": "won", "customer": "won"}
    assert (won["id"], won["about"], won["rulebook"]) == (None, {}, None)
    assert list(won) == list(judge(Interaction()).to_dict())


def test_what_was_judged_takes_no_part_in_whether_two_judgements_are_equal() -> None:
    one, other = (judge(Interaction(id=name, salesperson="won")) for name in "AB")
    assert one == other
    assert hash(one) == hash(other)
    assert one.to_dict() != other.to_dict()
    assert "subject" not in repr(one)


def test_a_judgement_is_the_same_object_in_another_process() -> None:
    made = Judge(read_rulebook(HOUSE), assumptions=False)(MORE[0])
    sent = pickle.loads(pickle.dumps(made))  # noqa: S301  # our own
    assert sent.to_dict() == made.to_dict()


def test_a_fingerprint_is_worked_out_when_it_is_asked_for_and_then_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls = []
    real = evaluating.fingerprint
    monkeypatch.setattr(evaluating, "fingerprint", lambda of: calls.append(of) or real(of))
    of = Judge(read_rulebook(ROOT / "examples/house.yaml"))
    judgements = [of(each) for each in MORE]
    assert not calls
    objects = [judgement.to_dict() for judgement in judgements]
    assert calls == [of]
    assert {tuple(found["rulebook"].values()) for found in objects} == {of.stamp}


def test_every_flat_fact_can_stand_in_an_object() -> None:
    seen = {name for each in [*KINDS, *MORE] for name in judge(each).to_dict()["facts"]}
    assert seen == set(FLAT_PATHS)

"""The example files hold what their comments promise: computed here, not taken on trust."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
import yaml
from conftest import ROOT, Run

from winwinwin import Interaction, Judgement, Unjudged, Verdict, WinwinwinError, judge, read_all
from winwinwin.facts import PARTIES, Setting
from winwinwin.kernel.rulebook import builtin
from winwinwin.record.spelling import OUTCOMES

EXAMPLES = ROOT / "examples"

MISTAKES = """\
broken.yaml:9:13: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
broken.yaml:16:3: custommer: unknown key. Did you mean 'customer'? (id, date, employee, channel, notes, tags, rulebook, salesperson, customer, organization, order)
broken.yaml:24:3: salesperson_feels_good: this fact belongs elsewhere. Write it as feels_good under salesperson.
broken.yaml:37:43: salesperson.feels_good: 'maybe' is not yes or no. (yes, y, true, 1 or no, n, false, 0)
broken.yaml:46:3: customer: given twice. Keep one of them.
broken.yaml:54:10: not YAML. Close what opens here.
broken.yaml:62:24: order: 'customer' has a place in the order but is not recorded as won. Record customer: won, or remove it from the order.
broken.yaml:70:34: order: 'salesperson' is in the order twice. Name each party at most once.
broken.yaml:78:11: order: the order puts the salesperson before the customer, but the times say otherwise. Correct one of them.
broken.yaml:92:36: customer.won_at: this time has no zone, but the salesperson's has one. Give every time of an interaction a zone, or none of them.
"""


@cache
def interactions(name: str) -> list[Interaction]:
    """Read what is valid in an example."""
    return [
        item.interaction
        for item in read_all([str(EXAMPLES / name)])
        if not isinstance(item, Unjudged | WinwinwinError)
    ]


@cache
def judgements(name: str) -> list[Judgement]:
    return [judge(interaction) for interaction in interactions(name)]


def judged_of(employee: str) -> list[Judgement]:
    pairs = zip(interactions("week.yaml"), judgements("week.yaml"), strict=True)
    return [judgement for interaction, judgement in pairs if interaction.employee == employee]


def faults(name: str) -> list[Unjudged | WinwinwinError]:
    """Read what is not valid in an example."""
    items = read_all([str(EXAMPLES / name)])
    return [item for item in items if isinstance(item, Unjudged | WinwinwinError)]


@cache
def written() -> list[dict[str, Any]]:
    """Read the week as it is written, every scalar as text."""
    text = (EXAMPLES / "week.yaml").read_text(encoding="utf-8")
    records: list[dict[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)["interactions"]  # noqa: S506  # makes nothing but text, lists and dicts
    return records


def written_outcomes() -> list[str]:
    parties = [record[party] for record in written() for party in PARTIES if party in record]
    return [party.get("outcome", "") if isinstance(party, dict) else party for party in parties]


def test_the_week_begins_with_its_schema_and_how_to_get_it() -> None:
    first, *others = (EXAMPLES / "week.yaml").read_text(encoding="utf-8").splitlines()
    assert first == "# yaml-language-server: $schema=interactions.schema.json"
    assert any("winwinwin schema -o interactions.schema.json" in line for line in others[:3])


def test_the_week_is_read_whole() -> None:
    assert faults("week.yaml") == []
    assert len(interactions("week.yaml")) == len(written()) == 50


def test_the_week_is_one_team_from_monday_to_saturday() -> None:
    week = interactions("week.yaml")
    assert len({interaction.employee for interaction in week}) == 5
    assert {i.channel for i in week} == {"phone", "store", "email", "visit", "chat"}
    assert {i.date for i in week} == {date(2026, 11, day) for day in range(16, 22)}
    assert [i.id for i in week] == [f"W47-{number:03}" for number in range(1, len(week) + 1)]


@pytest.mark.parametrize("verdict", [v for v in Verdict if v is not Verdict.INVALID])
def test_every_verdict_occurs_in_the_week(verdict: Verdict) -> None:
    assert verdict in {judgement.verdict for judgement in judgements("week.yaml")}


@pytest.mark.parametrize("rule", [rule.id for rule in builtin().rules])
def test_every_rule_decides_something_in_the_week(rule: str) -> None:
    assert rule in {judgement.rule for judgement in judgements("week.yaml")}


@pytest.mark.parametrize("status", ["fired", "not_fired", "open"])
@pytest.mark.parametrize("rule", [rule.id for rule in builtin().rules])
def test_every_rule_has_every_status_in_the_week(rule: str, status: str) -> None:
    found = {(r.id, r.status) for judgement in judgements("week.yaml") for r in judgement.rules}
    assert (rule, status) in found


@pytest.mark.parametrize("assumption", [Setting(a.fact, a.value) for a in builtin().assumptions])
def test_every_assumption_is_used_in_the_week(assumption: Setting) -> None:
    assert assumption in {
        used for judgement in judgements("week.yaml") for used in judgement.assumed
    }


@pytest.mark.parametrize("note", [note.id for note in builtin().notes])
def test_every_remark_applies_in_the_week(note: str) -> None:
    assert note in {found for judgement in judgements("week.yaml") for found in judgement.notes}


@pytest.mark.parametrize("order", ["kept", "customer_first", "organization_early", None])
def test_every_order_occurs_in_the_week(order: str | None) -> None:
    assert order in {judgement.order for judgement in judgements("week.yaml")}


@pytest.mark.parametrize("order", ["kept", "customer_first", "organization_early"])
def test_the_order_is_told_by_lists_and_by_times(order: str) -> None:
    week = zip(interactions("week.yaml"), judgements("week.yaml"), strict=True)
    told = {
        "list" if interaction.order else "times"
        for interaction, judgement in week
        if judgement.order == order
    }
    assert told == {"list", "times"}


def test_a_list_and_times_stand_together_once() -> None:
    assert sum(bool(i.order and i.moments) for i in interactions("week.yaml")) == 1


def test_short_and_nested_parties_occur_in_one_line_and_in_several() -> None:
    text = (EXAMPLES / "week.yaml").read_text(encoding="utf-8")
    for form in (
        "salesperson: won",
        "salesperson: {outcome: won,",
        "salesperson:\n      outcome: won",
    ):
        assert f"\n    {form}" in text


USUAL = ("won", "win", "w", "lost", "lose", "loss", "l", "unknown", "?", "")
"""What people type; signs and words of other programs come from exports."""


@pytest.mark.parametrize("spelling", USUAL)
def test_every_usual_spelling_of_an_outcome_occurs(spelling: str) -> None:
    assert spelling in OUTCOMES
    assert spelling in {outcome.lower() for outcome in written_outcomes()}


def test_outcomes_are_written_in_every_case() -> None:
    assert {"won", "Won", "WIN", "LOST"} <= set(written_outcomes())


def test_dates_date_times_and_zones_all_occur() -> None:
    moments = [moment for i in interactions("week.yaml") for moment in i.moments.values()]
    times = [moment for moment in moments if isinstance(moment, datetime)]
    assert len(times) < len(moments)
    assert {time.tzinfo is None for time in times} == {True, False}


def test_gaps_spread_from_before_through_minutes_to_days() -> None:
    gaps = [judgement.gap for judgement in judgements("week.yaml") if judgement.gap is not None]
    minutes = sorted(gap.total_seconds() / 60 for gap in gaps)
    assert len(minutes) == 10
    assert minutes[0] < 0 < minutes[-1]
    assert any(0 < gap < 60 for gap in minutes)
    assert any(60 <= gap < 1440 for gap in minutes)
    assert minutes[-1] >= 1440


def test_the_books_agree_and_disagree_both_ways() -> None:
    ruled = Counter((j.facts.organization, j.organization) for j in judgements("week.yaml"))
    assert all(ruled[booked, said] for booked in ("won", "lost") for said in ("won", "lost"))


def test_some_losses_are_hidden_in_the_books() -> None:
    hidden = [
        judgement
        for judgement in judgements("week.yaml")
        if judgement.facts.organization == "won" and judgement.organization == "lost"
    ]
    assert len(hidden) == 9
    assert all(judgement.contradicts_books for judgement in hidden)


def test_most_of_the_week_is_healthy() -> None:
    verdicts = Counter(judgement.verdict for judgement in judgements("week.yaml"))
    assert verdicts[Verdict.WIN_WIN_WIN] > len(judgements("week.yaml")) / 2


def test_the_biggest_lever_is_clear() -> None:
    levers = Counter(remedy for j in judgements("week.yaml") for remedy in j.remedies)
    (biggest, turned), (_, next_turned), *_ = levers.most_common()
    assert biggest == (Setting("customer", "won"),)
    assert turned >= 2 * next_turned


@pytest.mark.parametrize(
    ("employee", "rule"), [("Bridget", "beaten-customer"), ("Henrik", "disgruntled-salesperson")]
)
def test_two_of_the_team_need_a_coach(employee: str, rule: str) -> None:
    theirs = judged_of(employee)
    decided = Counter(judgement.rule for judgement in theirs)
    everywhere = Counter(judgement.rule for judgement in judgements("week.yaml"))
    assert decided[rule] > len(theirs) / 2
    assert decided[rule] > everywhere[rule] / 2


@pytest.mark.parametrize("employee", ["Amara", "Linh", "Mateo"])
def test_the_others_are_fine(employee: str) -> None:
    verdicts = Counter(judgement.verdict for judgement in judged_of(employee))
    assert verdicts[Verdict.WIN_WIN_WIN] > verdicts.total() / 2


def test_one_interaction_can_be_a_whole_file() -> None:
    assert faults("one.yaml") == []
    [judgement] = judgements("one.yaml")
    assert judgement.verdict is Verdict.ORGANIZATION_LOSES
    assert judgement.contradicts_books


def test_no_id_occurs_twice_in_the_examples() -> None:
    names = ("week.yaml", "one.yaml", "broken.yaml")
    ids = Counter(interaction.id for name in names for interaction in interactions(name))
    assert ids.most_common(1)[0][1] == 1


def test_every_mistake_is_named_at_its_place() -> None:
    broken = faults("broken.yaml")
    assert len(broken) == 10
    assert [line for fault in broken for line in lines(fault)] == MISTAKES.splitlines()


def lines(fault: Unjudged | WinwinwinError) -> list[str]:
    """Return the first line of each problem, with the path from the examples on."""
    return [problem.line.removeprefix(f"{EXAMPLES}{os.sep}") for problem in fault.problems]


def test_what_cannot_be_read_is_a_record_each_and_never_the_file() -> None:
    assert all(isinstance(fault, Unjudged) for fault in faults("broken.yaml"))


def test_the_good_records_among_the_broken_ones_are_judged() -> None:
    good = zip(interactions("broken.yaml"), judgements("broken.yaml"), strict=True)
    assert [(interaction.id, judgement.verdict) for interaction, judgement in good] == [
        ("B-04", Verdict.WIN_WIN_WIN),
        ("B-11", Verdict.ORGANIZATION_LOSES),
    ]


def test_the_year_is_what_its_script_makes() -> None:
    made = subprocess.run(
        [sys.executable, "examples/year.py"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (EXAMPLES / "year.csv").read_text("utf-8") == made.stdout


def test_of_the_claims_on_the_year_three_hold_one_is_idle_and_one_is_contradicted(run: Run) -> None:
    words = ["evidence", "examples/year.csv", "--customer", "account", "--cluster", "employee"]
    found = json.loads(run(*words, "--format", "json").out)["claims"]
    parts = ("assumption", "condition")
    said = {each["claim"]: each["word"] for each in found if not each["source"].startswith(parts)}
    assert {name: word for name, word in said.items() if word != "cannot tell"} == {
        "mutual-win": "holds",
        "beaten-customer": "holds",
        "stays-away": "holds",
        "order": "idle",
        "disgruntled-salesperson": "contradicted",
    }

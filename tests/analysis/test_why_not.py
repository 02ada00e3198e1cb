"""Slips, obstacles and differences: each is tried out on the judge."""

from itertools import combinations

import pytest
from rulebooks import seeded_rulebooks

from winwinwin import Facts, Judge, Verdict, why_not
from winwinwin.analysis.why import compared, slips
from winwinwin.facts import every_kind, is_consistent, value_of
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.ruling import DECIDED
from winwinwin.kernel.verdict import WORDINGS
from winwinwin.pages.words import had

KINDS = [*every_kind()]
MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "plain"])


def changed(kind: Facts, **values: object) -> Facts:
    return kind._replace(**values)  # type: ignore[arg-type]


@MODES
def test_every_slip_changes_recorded_facts_and_the_verdict(assuming: bool) -> None:
    judge = Judge(assumptions=assuming)
    for kind in KINDS:
        judgement = judge.kind(kind)
        found = [*slips(judgement, judge)]
        assert bool(found) == (judgement.firmness is not None), kind
        for slip in found:
            assert len(slip.changes) == judgement.firmness
            assert all(value_of(kind, fact) not in (None, value) for fact, value in slip.changes)
            assert judge.kind(changed(kind, **dict(slip.changes))).verdict == slip.verdict
            assert slip.verdict != judgement.verdict


EARLY = Rulebook.model_validate(
    {
        "title": "Early",
        "source": "made up",
        "parties": ["salesperson", "customer", "organization"],
        "assumptions": [],
        "rules": [
            {
                "id": "early",
                "title": "Early",
                "when": [{"order": "organization_early"}],
                "organization": "lost",
                "says": "The organization was early.",
                "why": "It could have waited.",
            }
        ],
    }
)
"""Only an organization that won can be early: that the books are wrong, too, may be part of a slip."""


@pytest.mark.parametrize("rulebook", [EARLY, *seeded_rulebooks(5)])
def test_every_slip_has_words(rulebook: Rulebook) -> None:
    judge = Judge(rulebook)
    for kind in KINDS:
        assert all(had(slip.changes) for slip in slips(judge.kind(kind), judge))


def test_the_books_may_be_part_of_a_slip() -> None:
    judge = Judge(EARLY)
    [slip] = slips(judge.kind(Facts("won", "won", "lost", order="kept")), judge)
    assert had(slip.changes) == (
        "the books had shown a win and they had won in the wrong order, the organization too early"
    )


@MODES
@pytest.mark.parametrize("verdict", DECIDED)
def test_what_gives_a_verdict_removes_every_obstacle(assuming: bool, verdict: Verdict) -> None:
    judge = Judge(assumptions=assuming)
    wanted = WORDINGS[verdict].organization
    outcome = {rule.id: rule.organization for rule in judge.rulebook.rules}
    for kind in KINDS:
        judgement = judge.kind(kind)
        found = why_not(judgement, verdict, judge)
        if judgement.verdict is verdict:
            assert (found.changes, found.obstacles) == ((), ())
            continue
        for way in found.changes:
            assert judge.kind(changed(kind, **dict(way))).verdict is verdict
        for obstacle in found.obstacles:
            gives_it = outcome[obstacle.rule] == wanted
            assert gives_it == (obstacle.part in ("lacks", "comes_later"))
            for condition in obstacle.conditions:
                is_met = condition.value == condition.wanted
                assert not is_met if gives_it else is_met or condition.value is None
        parts = {obstacle.rule: obstacle.part for obstacle in found.obstacles}
        if judgement.rule and outcome[judgement.rule] != wanted:
            assert parts[judgement.rule] == "fires", kind


def test_a_rule_that_lacks_something_names_what_it_lacks() -> None:
    judge = Judge()
    found = why_not(judge.kind(Facts("won", "lost")), Verdict.WIN_WIN_WIN, judge)
    parts = {each.rule: (each.part, [c.fact for c in each.conditions]) for each in found.obstacles}
    assert parts == {
        "beaten-customer": ("fires", ["customer", "customer_believes_salesperson"]),
        "mutual-win": ("lacks", ["customer"]),
    }
    assert [dict(way) for way in found.changes] == [{"customer": "won"}]


def test_a_verdict_may_be_given_by_its_word_and_no_other_word_may() -> None:
    judge = Judge()
    judgement = judge.kind(Facts("won", "lost"))
    for verdict in DECIDED:
        found = why_not(judgement, verdict.value, judge)  # type: ignore[arg-type]
        assert found == why_not(judgement, verdict, judge)
        assert found.verdict is verdict
    for word in ("invalid", "won"):
        with pytest.raises(ValueError, match=f"'{word}' is not one of win_win_win, "):
            why_not(judgement, word, judge)  # type: ignore[arg-type]


@MODES
def test_what_makes_two_differ_makes_them_alike_once_it_is_the_same(assuming: bool) -> None:
    judge = Judge(assumptions=assuming)
    pairs = [(one, other) for one in KINDS[::31] for other in KINDS[::37]]
    for one, other in pairs:
        mine, theirs = judge.kind(one), judge.kind(other)
        found = compared(mine, theirs, judge)
        assert found.verdict is theirs.verdict
        assert {*found.differs} == {
            f for f in one._fields if value_of(one, f) != value_of(other, f)
        }
        assert all(value_of(one, fact) == value_of(other, fact) == v for fact, v in found.same)
        assert {*found.decisive} == brute_force(one, other, judge), (one, other)


def brute_force(one: Facts, other: Facts, judge: Judge) -> set[tuple[str, ...]]:
    """Return the smallest differences that give one kind the verdict of the other."""
    wanted = judge.kind(other).verdict
    if judge.kind(one).verdict is wanted:
        return set()
    differs = [fact for fact in one._fields if value_of(one, fact) != value_of(other, fact)]
    every = [
        facts
        for size in range(1, len(differs) + 1)
        for facts in combinations(differs, size)
        if is_consistent(taken := changed(one, **{f: value_of(other, f) for f in facts}))
        and judge.kind(taken).verdict is wanted
    ]
    return {facts for facts in every if len(facts) == len(every[0])}

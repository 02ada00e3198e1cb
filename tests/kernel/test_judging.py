"""The judge with rules of the house, where the built-in ones can't tell right from wrong."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import timedelta
from typing import Any

import pytest

from winwinwin import Facts, Interaction, Judge, Judgement, Verdict, judge
from winwinwin.facts import Setting, Value, every_kind, value_of, word
from winwinwin.kernel import judging as kernel
from winwinwin.kernel.judgement import ConditionFinding, Unjudged
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.kernel.ruling import Rulings

When = list[dict[str, Value]]
BOTH_WON = Facts("won", "won")
SUREST = Facts("won", "won", None, True, False, "won", "kept")


def rule(rule_id: str, organization: str, *when: dict[str, Value]) -> dict[str, Any]:
    text = dict.fromkeys(("title", "says", "why"), rule_id)
    return {"id": rule_id, "organization": organization, "when": list(when), **text}


def assumption(fact: str, value: Value, *when: dict[str, Value]) -> dict[str, Any]:
    return {"fact": fact, "value": value, "when": list(when), "why": "house"}


def house(**changes: Any) -> Rulebook:
    """Return the built-in rulebook with other parts."""
    return Rulebook.model_validate(builtin().model_dump() | changes)


def judge_kind(facts: Facts, rulebook: Rulebook) -> Judgement:
    return kernel.judge_kind(facts, Rulings(rulebook))


def test_the_first_rule_of_the_rulebook_decides() -> None:
    unhappy = BOTH_WON._replace(salesperson_feels_good=False)
    assert judge_kind(unhappy, builtin()).rule == "disgruntled-salesperson"
    win_first = judge_kind(unhappy, house(rules=builtin().model_dump()["rules"][::-1]))
    assert win_first.rule == "mutual-win"
    assert win_first.verdict is Verdict.WIN_WIN_WIN
    assert [finding.id for finding in win_first.rules] == [
        "mutual-win",
        "beaten-customer",
        "disgruntled-salesperson",
    ]


def test_the_triple_follows_the_parties_of_the_rulebook() -> None:
    facts = Facts("won", "lost", organization="won")
    backwards = house(parties=["organization", "customer", "salesperson"])
    assert judge_kind(facts, builtin()).triple == "WIN/LOSE/LOSE"
    assert judge_kind(facts, backwards).triple == "LOSE/LOSE/WIN"


def test_a_win_without_an_order_to_ask_for_is_in_order() -> None:
    kind_to_customers = house(rules=[rule("customer", "won", {"customer": "won"})])
    judgement = judge_kind(Facts("lost", "won"), kind_to_customers)
    assert judgement.verdict is Verdict.WIN_WIN_WIN
    assert judgement.organization == "won"
    assert judgement.triple == "LOSE/WIN/WIN"


def test_alternatives_and_conditions_are_numbered_and_all_of_one_must_hold() -> None:
    rulebook = house(
        rules=[
            rule(
                "either",
                "lost",
                {"salesperson": "lost", "customer": "lost"},
                {"order": "customer_first"},
            )
        ]
    )
    judgement = judge_kind(Facts("lost", customer_believes_salesperson="won"), rulebook)
    [finding] = judgement.rules
    assert finding.status == "open"
    assert finding.consequence is None
    assert finding.conditions == (
        ConditionFinding(1, "salesperson", "lost", "lost", "recorded"),
        ConditionFinding(1, "customer", "lost", None, "missing"),
        ConditionFinding(2, "order", "customer_first", None, "missing"),
    )
    assert judge_kind(Facts("lost", "lost"), rulebook).rule == "either"
    assert judge_kind(Facts("lost", "won"), rulebook).verdict is Verdict.NOT_COVERED
    first = Facts("won", "won", order="customer_first")
    assert judge_kind(first, rulebook).rule == "either"


def test_a_fired_rule_that_says_otherwise_is_not_the_deciding_one() -> None:
    rulebook = house(
        rules=[
            rule("good", "lost", {"salesperson_feels_good": True}),
            rule("bad", "lost", {"salesperson_feels_good": False}),
            rule("win", "won", {"customer": "won"}),
        ]
    ).without_assumptions()
    judgement = judge_kind(Facts(customer="won"), rulebook)
    assert judgement.verdict is Verdict.ORGANIZATION_LOSES
    assert [finding.status for finding in judgement.rules] == ["open", "open", "fired"]
    assert judgement.rule is None


def test_a_rule_that_agrees_decides_though_one_before_it_fires_only_sometimes() -> None:
    rulebook = house(
        rules=[
            rule("sometimes", "lost", {"salesperson_feels_good": False}),
            rule("always", "lost", {"customer": "lost"}),
            rule("too", "lost", {"customer": "lost"}),
        ]
    ).without_assumptions()
    assert judge_kind(Facts(customer="lost"), rulebook).rule == "always"


def test_several_remedies_of_the_same_size_are_all_there_in_fact_order() -> None:
    rulebook = house(
        rules=[
            rule("one", "won", {"salesperson": "won", "salesperson_feels_good": False}),
            rule("other", "won", {"customer": "won"}),
            rule("third", "won", {"salesperson_believes_lost_for_customer": False}),
        ],
        assumptions=[],
    )
    facts = Facts("lost", "lost", None, False, True)
    assert judge_kind(facts, rulebook).remedies == (
        (Setting("salesperson", "won"),),
        (Setting("customer", "won"),),
        (Setting("salesperson_believes_lost_for_customer", False),),
    )


def test_there_is_no_remedy_where_no_rule_says_won() -> None:
    rulebook = house(rules=[rule("never", "lost", {"customer": "won"}, {"customer": "lost"})])
    assert {judge_kind(kind, rulebook).remedies for kind in list(every_kind())[::50]} == {()}


def test_a_remedy_may_take_every_change_there_is() -> None:
    rulebook = house(
        rules=[
            rule(
                "all",
                "won",
                {
                    "salesperson": "won",
                    "customer": "won",
                    "salesperson_feels_good": False,
                    "salesperson_believes_lost_for_customer": True,
                    "order": "kept",
                },
            )
        ],
        assumptions=[],
    )
    [remedy] = judge_kind(Facts("lost", "lost", None, True, False), rulebook).remedies
    assert [str(change) for change in remedy] == [
        "salesperson=won",
        "customer=won",
        "salesperson_feels_good=false",
        "salesperson_believes_lost_for_customer=true",
        "order=kept",
    ]


def test_what_the_customer_believes_is_no_remedy_though_it_would_be_one() -> None:
    rulebook = house(rules=[rule("seen", "won", {"customer_believes_salesperson": "won"})])
    facts = Facts("lost", "lost", customer_believes_salesperson="lost")
    assert judge_kind(facts, rulebook).verdict is Verdict.NOT_COVERED
    assert judge_kind(facts, rulebook).remedies == ()


def test_two_assumptions_for_one_fact_may_both_apply_where_they_agree() -> None:
    rulebook = house(
        assumptions=[
            assumption("salesperson_feels_good", False, {"customer": "lost"}),
            assumption("salesperson_feels_good", True, {"customer": "won", "salesperson": "won"}),
            assumption("salesperson_feels_good", True, {"customer": "won"}),
        ]
    )
    assert judge_kind(BOTH_WON, rulebook).assumed == (Setting("salesperson_feels_good", True),)


def test_what_is_assumed_stands_in_fact_order_whatever_the_rulebook_s() -> None:
    backwards = house(assumptions=builtin().model_dump()["assumptions"][::-1])
    assert judge_kind(BOTH_WON, backwards) == judge_kind(BOTH_WON, builtin())


def test_an_assumption_looks_only_at_what_is_recorded() -> None:
    rulebook = house(
        assumptions=[
            assumption("salesperson_feels_good", True, {"salesperson": "won"}),
            assumption(
                "salesperson_believes_lost_for_customer", True, {"salesperson_feels_good": True}
            ),
        ]
    )
    facts = Facts("won", customer_believes_salesperson="won")
    judgement = judge_kind(facts, rulebook)
    assert judgement.assumed == (Setting("salesperson_feels_good", True),)
    assert Verdict.WIN_WIN_WIN in judgement.possible
    answered = judge_kind(facts._replace(customer="won"), rulebook)
    assert set(answered.possible) <= set(judgement.possible)
    assert Verdict.WIN_WIN_WIN in answered.possible


def test_the_order_can_be_asked_of_wins_that_are_assumed() -> None:
    trusting = house(
        assumptions=[assumption("salesperson", "won", {"salesperson_feels_good": True})]
    )
    facts = Facts(None, "won", None, True, False)
    judgement = judge_kind(facts, trusting)
    assert judgement.assumed == (Setting("salesperson", "won"),)
    assert judgement.possible == (Verdict.WIN_WIN_WIN, Verdict.OUT_OF_ORDER)
    assert judgement.organization == "won"
    assert judgement.needs == ("order",)


def test_an_organization_that_lost_was_never_early() -> None:
    strict = house(rules=[rule("early", "lost", {"order": "organization_early"})], assumptions=[])
    possible = {
        booked: judge_kind(Facts("won", "won", booked), strict).possible
        for booked in ("won", "lost", None)
    }
    either = (Verdict.ORGANIZATION_LOSES, Verdict.NOT_COVERED)
    assert possible == {"won": either, "lost": (Verdict.NOT_COVERED,), None: either}


def test_several_notes_can_apply_and_only_to_what_is_recorded() -> None:
    notes = [
        {"id": "first", "when": [{"customer": "lost"}], "says": "."},
        {"id": "second", "when": [{"customer": "won"}, {"salesperson": "won"}], "says": "."},
        {"id": "third", "when": [{"salesperson_feels_good": True}], "says": "."},
    ]
    rulebook = house(notes=notes)
    assert judge_kind(Facts("won", "lost"), rulebook).notes == ("first", "second")
    assert judge_kind(Facts(), rulebook).notes == ()


@pytest.mark.parametrize(
    ("value", "written"),
    [("won", "won"), ("customer_first", "customer_first"), (True, "true"), (False, "false")],
)
def test_a_value_is_written_as_in_files(value: Value, written: str) -> None:
    assert word(value) == written
    assert str(Setting("fact", value)) == f"fact={written}"


def test_what_is_not_recorded_is_written_as_nothing() -> None:
    assert word(None) == ""


def test_a_fact_s_value_goes_by_its_name() -> None:
    for fact, value in SUREST._asdict().items():
        assert value_of(SUREST, fact) == value


def test_a_judgement_cannot_be_changed() -> None:
    judgement = judge_kind(BOTH_WON, builtin())
    with pytest.raises(FrozenInstanceError):
        judgement.verdict = Verdict.OUT_OF_ORDER  # type: ignore[misc]


def test_what_could_not_be_read_is_invalid() -> None:
    assert Unjudged("17", ()).verdict is Verdict.INVALID


def as_recorded(interaction: Interaction, rulebook: Rulebook | None) -> Judgement:
    return Judge(rulebook)(interaction)


@pytest.mark.parametrize("judging", [judge, as_recorded])
def test_the_builtin_rulebook_stands_in_for_none(
    judging: Callable[[Interaction, Rulebook | None], Judgement],
) -> None:
    interaction = Interaction(salesperson="won", customer="won")
    assert judging(interaction, None) == judge_kind(BOTH_WON, builtin())
    bare = builtin().without_assumptions()
    assert judging(interaction, bare) == judge_kind(BOTH_WON, bare)
    assert judging(interaction, bare) != judging(interaction, None)


def test_the_gap_is_the_interaction_s_and_leaves_the_kind_s_judgement_alone() -> None:
    won = {"salesperson": "won", "customer": "won"}
    times = {"salesperson_won_at": "2026-11-02", "customer_won_at": "2026-11-04"}
    remembering = Judge()
    timed = remembering(Interaction.from_flat(won | times))
    assert timed.gap == timedelta(days=2)
    ordered = Interaction.from_flat(won | {"order": ["salesperson", "customer"]})
    kind = remembering.kind(BOTH_WON._replace(order="kept"))
    assert remembering(ordered).gap is None
    assert remembering(ordered) == kind
    assert remembering.outcomes(ordered) is kind
    same = remembering(
        Interaction.from_flat(won | dict.fromkeys(times, "2026-11-02")),
    )
    assert same.gap == timedelta()

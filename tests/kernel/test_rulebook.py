"""The rulebook as data: the built-in one, and what no rulebook may say."""

from collections.abc import Iterator
from typing import Any

import pytest
from builtin import TARGET, generated
from pydantic import ValidationError
from rulebooks import FACTS

from winwinwin import Interaction, judge
from winwinwin.evaluation import Judge, fingerprint
from winwinwin.facts import DOMAINS, JUDGED_FACTS, PARTIES, Facts, Value
from winwinwin.kernel.builtin import FINGERPRINTS
from winwinwin.kernel.rulebook import Assumption, Note, Rule, Rulebook, builtin
from winwinwin.loading.rulebooks import stated
from winwinwin.pages.words import verdict_sentence

NO_FACT = f"'organization' is not a fact that rules can use. {FACTS}"
RULE: dict[str, Any] = {
    "id": "house",
    "title": "House rule",
    "when": [{"customer": "lost"}],
    "organization": "lost",
    "says": "The customer lost.",
    "why": "So we say.",
}
OTHER = RULE | {"id": "other"}
ASSUMPTION: dict[str, Any] = {
    "fact": "order",
    "value": "kept",
    "when": [{"customer": "won"}],
    "why": "So we say.",
}
NEUTRAL: dict[str, Any] = {
    "fact": "salesperson_feels_good",
    "value": True,
    "when": [{"salesperson": "won"}],
    "why": "So we say.",
}
NOTE: dict[str, Any] = {"id": "house", "when": [{"customer": "lost"}], "says": "Mind the customer."}
BOOK: dict[str, Any] = {
    "title": "House rules",
    "source": "The house",
    "parties": ["customer", "salesperson", "organization"],
    "assumptions": [ASSUMPTION],
    "rules": [RULE],
    "notes": [NOTE],
}


def conditions(rulebook: Rulebook) -> Iterator[tuple[str, Value]]:
    for part in (*rulebook.rules, *rulebook.assumptions, *rulebook.notes):
        for conjunction in part.when:
            yield from conjunction.items()


def problems(error: ValidationError) -> list[tuple[tuple[int | str, ...], str]]:
    return [(detail["loc"], detail["msg"]) for detail in error.errors()]


def test_the_builtin_rulebook_passes_its_own_validation() -> None:
    assert Rulebook.model_validate(builtin().model_dump()) == builtin()
    assert Rulebook.model_validate_json(builtin().model_dump_json()) == builtin()


def test_the_builtin_rules_are_generated_of_their_file() -> None:
    assert TARGET.read_text("utf-8") == generated(), "python tests/builtin.py"
    assert builtin() == stated(None).rulebook


@pytest.mark.parametrize("assuming", [True, False])
def test_the_builtin_rules_have_their_fingerprint_at_hand(assuming: bool) -> None:
    judge = Judge(assumptions=assuming)
    assert judge.stamp.fingerprint == FINGERPRINTS[assuming] == fingerprint(judge)
    house = Judge(builtin().model_copy(update={"parties": PARTIES[::-1]}), assumptions=assuming)
    assert house.stamp.fingerprint == fingerprint(house) != FINGERPRINTS[assuming]


def test_the_builtin_rulebook_is_read_once() -> None:
    assert builtin() is builtin()


def test_the_rules_stand_in_the_document_s_precedence() -> None:
    assert [(rule.consequence, rule.id, rule.organization) for rule in builtin().rules] == [
        (3, "disgruntled-salesperson", "lost"),
        (2, "beaten-customer", "lost"),
        (1, "mutual-win", "won"),
    ]


def test_the_builtin_rulebook_names_its_source_and_the_parties_in_order() -> None:
    assert builtin().title == "Confusion About Win/Win"
    assert "Kit Grant" in builtin().source
    assert builtin().parties == PARTIES == ("salesperson", "customer", "organization")


def test_the_ids_of_rules_and_notes_are_unique() -> None:
    for parts in (builtin().rules, builtin().notes):
        ids = [one.id for one in parts]
        assert len(set(ids)) == len(ids)


def test_every_fact_named_is_a_judged_one_with_a_value_of_its_domain() -> None:
    named = list(conditions(builtin()))
    assert {fact for fact, _ in named} == set(JUDGED_FACTS)
    for fact, value in (*named, *((a.fact, a.value) for a in builtin().assumptions)):
        assert value in DOMAINS[fact]
        assert type(value) is type(DOMAINS[fact][0])


def test_no_assumption_looks_at_what_another_fills_in() -> None:
    filled = {assumption.fact for assumption in builtin().assumptions}
    looked_at = {
        fact
        for assumption in builtin().assumptions
        for conjunction in assumption.when
        for fact in conjunction
    }
    assert looked_at == {"salesperson", "customer"}
    assert not looked_at & filled


def test_everything_stated_says_why_in_sentences() -> None:
    for rule in builtin().rules:
        assert rule.title
        assert rule.says.endswith(".")
        assert rule.why.endswith(".")
    for note in builtin().notes:
        assert note.says.endswith(".")
    for assumption in builtin().assumptions:
        assert assumption.why


def test_the_facts_of_a_rule_are_the_fields_of_a_kind_but_the_books() -> None:
    assert tuple(DOMAINS) == Facts._fields
    assert set(DOMAINS) - set(JUDGED_FACTS) == {"organization"}


@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("rulebook", "rules"),
        ("rulebook", "assumptions"),
        ("rule", "organization"),
        ("assumption", "value"),
        ("note", "id"),
    ],
)
def test_a_rulebook_cannot_be_changed(part: str, field: str) -> None:
    book = builtin()
    parts = {
        "rulebook": book,
        "rule": book.rules[0],
        "assumption": book.assumptions[0],
        "note": book.notes[0],
    }
    with pytest.raises(ValidationError, match="frozen"):
        setattr(parts[part], field, None)


def test_without_assumptions_the_rest_is_the_same_and_the_original_is_left_alone() -> None:
    bare = builtin().without_assumptions()
    assert bare.assumptions == ()
    assert builtin().assumptions != ()
    assert bare.model_dump(exclude={"assumptions"}) == builtin().model_dump(exclude={"assumptions"})
    assert bare.without_assumptions() == bare


def test_a_rule_is_found_by_its_id() -> None:
    assert [builtin().rule(rule.id) for rule in builtin().rules] == [*builtin().rules]
    with pytest.raises(KeyError, match="no-such-rule"):
        builtin().rule("no-such-rule")


def test_a_house_rulebook_is_read_with_its_defaults() -> None:
    house = Rulebook.model_validate({key: BOOK[key] for key in BOOK if key != "notes"})
    assert house.notes == ()
    assert house.rules[0].consequence is None
    assert house.parties == ("customer", "salesperson", "organization")


@pytest.mark.parametrize(
    ("written", "read"),
    [("true", True), (True, True), ("false", False), (False, False)],
)
def test_an_answer_may_be_written_as_text(written: Any, read: bool) -> None:
    when = [{"salesperson_feels_good": written}]
    assert Note.model_validate(NOTE | {"when": when}).when == ({"salesperson_feels_good": read},)
    assumption = ASSUMPTION | {"fact": "salesperson_feels_good", "value": written}
    assert Assumption.model_validate(assumption).value is read


@pytest.mark.parametrize(
    ("conjunction", "path", "message"),
    [
        (
            {"custommer": "won"},
            ("custommer",),
            f"'custommer' is not a fact that rules can use. Did you mean 'customer'? {FACTS}",
        ),
        ({"organization": "won"}, ("organization",), NO_FACT),
        (
            {"customer": "wun"},
            ("customer",),
            "'wun' is not a value of customer. Did you mean 'won'? (won, lost)",
        ),
        (
            {"customer": "Won"},
            ("customer",),
            "'Won' is not a value of customer. Did you mean 'won'? (won, lost)",
        ),
        ({"customer": None}, ("customer",), "null is not a value of customer. (won, lost)"),
        (
            {"customer": "lost", "salesperson_feels_good": "maybe"},
            ("salesperson_feels_good",),
            "'maybe' is not a value of salesperson_feels_good. (true, false)",
        ),
        (
            {"order": "reversed"},
            ("order",),
            "'reversed' is not a value of order. (kept, customer_first, organization_early)",
        ),
        ({}, (), "is empty. Write at least one."),
        ("customer", (), "Input should be a valid dictionary"),
    ],
)
def test_a_conjunction_that_no_kind_can_meet_is_refused(
    conjunction: Any, path: tuple[str, ...], message: str
) -> None:
    for model, data in ((Rule, RULE), (Assumption, ASSUMPTION), (Note, NOTE)):
        with pytest.raises(ValidationError) as refused:
            model.model_validate(data | {"when": [{"salesperson": "won"}, conjunction]})
        assert problems(refused.value) == [(("when", 1, *path), message)]


def test_every_mistake_in_a_conjunction_is_reported() -> None:
    with pytest.raises(ValidationError) as refused:
        Rule.model_validate(RULE | {"when": [{"customer": "wun", "order": "odd", "boss": "won"}]})
    paths = [path for path, _ in problems(refused.value)]
    assert paths == [("when", 0, "customer"), ("when", 0, "order"), ("when", 0, "boss")]


def test_a_rule_without_conditions_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        Rule.model_validate(RULE | {"when": []})
    assert problems(refused.value) == [(("when",), "is empty. Write at least one.")]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        (
            {"value": "lost"},
            (
                ("value",),
                "'lost' is not a value of order. (kept, customer_first, organization_early)",
            ),
        ),
        ({"fact": "organization", "value": "won"}, (("fact",), NO_FACT)),
    ],
)
def test_an_assumption_of_what_cannot_be_is_refused(changed: Any, problem: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        Assumption.model_validate(ASSUMPTION | changed)
    assert problems(refused.value) == [problem]


def test_an_assumption_that_looks_at_its_own_fact_is_refused() -> None:
    when = [{"customer": "won"}, {"customer": "won", "order": "kept"}]
    with pytest.raises(ValidationError) as refused:
        Assumption.model_validate(ASSUMPTION | {"when": when})
    message = (
        "an assumption cannot depend on the fact that it fills in. "
        "It only applies where that fact is not recorded."
    )
    assert problems(refused.value) == [(("when", 1, "order"), message)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ([{"customer": "won"}], [{"salesperson": "won"}]),
        ([{"customer": "won"}], [{"customer": "won"}]),
        ([{"customer": "lost"}, {"salesperson": "lost"}], [{"customer": "won"}]),
    ],
)
def test_assumptions_that_contradict_each_other_are_refused(before: Any, after: Any) -> None:
    one = ASSUMPTION | {"when": before}
    other = ASSUMPTION | {"value": "customer_first", "when": after}
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | {"assumptions": [NEUTRAL, one, other]})
    message = (
        "order is assumed to be customer_first where assumption 2 assumes kept. "
        "Make their conditions exclude each other."
    )
    assert problems(refused.value) == [(("assumptions", 2), message)]


@pytest.mark.parametrize(
    ("value", "before", "after"),
    [
        (False, [{"customer": "won"}], [{"customer": "lost"}]),
        (False, [{"order": "kept"}], [{"salesperson": "lost"}]),
        (False, [{"order": "customer_first"}], [{"order": "kept", "customer": "won"}]),
        (True, [{"customer": "won"}], [{"salesperson": "won"}]),
    ],
)
def test_assumptions_that_never_apply_together_or_agree_are_read(
    value: bool, before: Any, after: Any
) -> None:
    one = NEUTRAL | {"when": before}
    other = NEUTRAL | {"value": value, "when": after}
    read = Rulebook.model_validate(BOOK | {"assumptions": [one, other]})
    assert [assumption.value for assumption in read.assumptions] == [True, value]


@pytest.mark.parametrize("left_out", ["fact", "value"])
def test_an_assumption_needs_a_fact_and_a_value(left_out: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Assumption.model_validate({k: v for k, v in ASSUMPTION.items() if k != left_out})
    assert problems(refused.value) == [((left_out,), "Field required")]


def test_an_assumption_that_is_no_mapping_is_refused() -> None:
    with pytest.raises(ValidationError) as refused:
        Assumption.model_validate("fact and value")
    assert [loc for loc, _ in problems(refused.value)] == [()]


def test_an_assumption_may_be_given_as_one() -> None:
    assumption = Assumption.model_validate(ASSUMPTION)
    assert Rulebook.model_validate(BOOK | {"assumptions": [assumption]}).assumptions == (
        assumption,
    )


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"rules": []}, ("rules",)),
        ({"parties": ["salesperson", "customer"]}, ("parties",)),
        ({"parties": ["salesperson", "customer", "union"]}, ("parties",)),
        ({"parties": "salesperson, customer, organization"}, ("parties",)),
        ({"rules": [RULE | {"id": "a b"}]}, ("rules", 0, "id")),
        ({"rules": [RULE | {"id": "=1"}]}, ("rules", 0, "id")),
        ({"rules": [RULE | {"id": ""}]}, ("rules", 0, "id")),
        ({"rules": [RULE | {"id": "a\n"}]}, ("rules", 0, "id")),
        ({"rules": [RULE | {"consequence": 0}]}, ("rules", 0, "consequence")),
        ({"notes": [NOTE | {"id": "a;b"}]}, ("notes", 0, "id")),
        ({"precedence": []}, ("precedence",)),
        ({"rules": [RULE, OTHER | {"organization": "draw"}]}, ("rules", 1, "organization")),
        ({"rules": [RULE, OTHER | {"severity": 1}]}, ("rules", 1, "severity")),
        ({"notes": [NOTE | {"why": "no"}]}, ("notes", 0, "why")),
        ({"assumptions": [ASSUMPTION | {"id": "no"}]}, ("assumptions", 0, "id")),
    ],
)
def test_a_rulebook_that_says_too_little_or_too_much_is_refused(
    changed: dict[str, Any], problem: tuple[int | str, ...]
) -> None:
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | changed)
    assert [loc for loc, _ in problems(refused.value)] == [problem]


TWICE = "the id 'house' is already used. Give each its own id."
PARTIES_TWICE = (
    "these are not the three parties. Name each of them once. (salesperson, customer, organization)"
)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"rules": [RULE, OTHER, RULE]}, (("rules", 2, "id"), TWICE)),
        ({"rules": [Rule(**RULE), Rule(**RULE)]}, (("rules", 1, "id"), TWICE)),
        ({"notes": [NOTE, NOTE]}, (("notes", 1, "id"), TWICE)),
        (
            {"parties": ["customer", "organization", "customer"]},
            (("parties",), PARTIES_TWICE),
        ),
    ],
)
def test_a_rule_a_note_or_a_party_that_is_there_twice_is_refused(
    changed: dict[str, Any], problem: Any
) -> None:
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | changed)
    assert problems(refused.value) == [problem]


def test_an_id_that_is_there_twice_is_reported_beside_other_mistakes() -> None:
    broken = RULE | {"when": [{"customer": "wun"}], "consequence": "x"}
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | {"rules": [RULE, broken], "extra": 1})
    assert [path for path, _ in problems(refused.value)] == [
        ("rules", 1, "consequence"),
        ("rules", 1, "when", 0, "customer"),
        ("rules", 1, "id"),
        ("extra",),
    ]


def test_rules_that_are_no_list_have_no_ids_to_compare() -> None:
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | {"rules": "house", "notes": ["house", "house"]})
    paths = [path for path, _ in problems(refused.value)]
    assert paths == [("rules",), ("notes", 0), ("notes", 1)]
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | {"rules": None})
    assert [path for path, _ in problems(refused.value)] == [("rules",)]


@pytest.mark.parametrize(
    ("changed", "given"),
    [
        ({"rules": [RULE | {"when": [{"customer": "wun"}]}]}, "wun"),
        ({"rules": [RULE, RULE]}, "house"),
    ],
)
def test_an_error_holds_what_was_given(changed: dict[str, Any], given: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | changed)
    assert [detail["input"] for detail in refused.value.errors()] == [given]


def test_the_error_of_a_contradiction_holds_the_later_assumption() -> None:
    later = ASSUMPTION | {"value": "customer_first"}
    with pytest.raises(ValidationError) as refused:
        Rulebook.model_validate(BOOK | {"assumptions": [ASSUMPTION, later]})
    assert [detail["input"] for detail in refused.value.errors()] == [Assumption(**later)]


BEATEN = builtin().rule("beaten-customer")
COPIES: dict[str, tuple[Any, dict[str, Any], str]] = {
    "an unknown part": (builtin(), {"rulez": ()}, "Extra inputs"),
    "no rules": (builtin(), {"rules": ()}, "is empty"),
    "too few parties": (builtin(), {"parties": ("customer",)}, "these are not the three parties"),
    "an unknown value": (BEATEN, {"when": ({"customer": "LOST"},)}, "'LOST' is not a value"),
    "an unknown fact": (BEATEN, {"when": ({"custmer": "lost"},)}, "'custmer' is not a fact"),
    "an unknown outcome": (BEATEN, {"organization": "Lost"}, "Input should be 'won' or 'lost'"),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_a_rulebook_is_checked_like_a_new_one(name: str) -> None:
    part, update, said = COPIES[name]
    with pytest.raises(ValidationError, match=said):
        part.model_copy(update=update)


def test_a_copy_of_a_rulebook_judges_by_what_it_says() -> None:
    gentle = BEATEN.model_copy(update={"organization": "won"})
    rules = [gentle if rule.id == gentle.id else rule for rule in builtin().rules]
    lost = Interaction(salesperson="won", customer="lost")
    assert judge(lost).organization == "lost"
    assert judge(lost, builtin().model_copy(update={"rules": rules})).organization == "won"
    rules_of = {deep: builtin().model_copy(deep=deep).rules for deep in (True, False)}
    assert (rules_of[False] is builtin().rules, rules_of[True] is builtin().rules) == (True, False)
    assert builtin().model_copy().rules is builtin().rules
    assert builtin().model_copy() == builtin() == Rulebook.model_validate(builtin().model_dump())


def test_a_house_rule_that_wins_by_a_loss_does_not_say_that_everybody_won() -> None:
    gentle = BEATEN.model_copy(update={"organization": "won"})
    book = builtin().model_copy(update={"rules": [gentle]})
    judgement = judge(Interaction(salesperson="won", customer="lost"), book)
    assert judgement.triple == "WIN/LOSE/WIN"
    assert verdict_sentence(judgement) == "The organization wins, in the right order."

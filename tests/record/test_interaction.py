"""What may be written in a record, how it is read, and what is said of anything else."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError
from reading import KEYS, expect_report, read_one

from winwinwin import Customer, Facts, Interaction, Organization, Salesperson
from winwinwin.record.interaction import FLAT_PATHS, nested
from winwinwin.record.spelling import ANSWERS, OUTCOMES

PARTY_FIELDS = ("salesperson", "customer", "organization")


def spellings(word: str) -> list[str]:
    """Return the ways in which somebody may type a word, or paste it from another program."""
    typed = [word, word.upper(), word.title(), word[:1] + word[1:].upper(), f"  {word}\t"]
    quoted = [f"{opening}{word}{closing}" for opening, closing in ("‘’", "“”", "«»", "„“", "‚‘")]  # noqa: RUF001  # these are meant
    typed += [word.replace(" ", spaces) for spaces in ("  ", "\xa0", " \u2009\xa0") if " " in word]
    return [*typed, *quoted, f"«\u202f{word}\xa0»", f"\xa0{word}\u3000", f"{word}\ufe0f"]


OUTCOME_SPELLINGS = [(way, value) for word, value in OUTCOMES.items() for way in spellings(word)]
ANSWER_SPELLINGS = [(way, value) for word, value in ANSWERS.items() for way in spellings(word)]


def test_the_accepted_words_are_those_of_the_design() -> None:
    assert {word for word, value in OUTCOMES.items() if value == "won"} == {
        "won", "win", "w", "success", "closed won", "closed-won", "closed_won", "✓", "✔", "✅", "☑",
    }  # fmt: skip
    assert {word for word, value in OUTCOMES.items() if value == "lost"} == {
        "lost", "lose", "loss", "l", "failure", "closed lost", "closed-lost", "closed_lost",
        "✗", "✘", "✖", "❌", "☒",
    }  # fmt: skip
    assert {word for word, value in ANSWERS.items() if value is True} == {
        "true", "yes", "y", "1", "✓", "✔", "✅", "☑",
    }  # fmt: skip
    assert {word for word, value in ANSWERS.items() if value is False} == {
        "false", "no", "n", "0", "✗", "✘", "✖", "❌", "☒",
    }  # fmt: skip
    for words in (OUTCOMES, ANSWERS):
        assert {word for word, value in words.items() if value is None} == {
            "unknown", "?", "", "null",
        }  # fmt: skip


@pytest.mark.parametrize(("written", "outcome"), OUTCOME_SPELLINGS)
@pytest.mark.parametrize("party", PARTY_FIELDS)
def test_an_outcome_is_read_in_every_spelling(
    party: str, written: str, outcome: str | None
) -> None:
    quoted = '"' + written.replace("\t", "\\t") + '"'
    assert getattr(read_one(f"{party}: {quoted}").interaction, party).outcome == outcome
    assert getattr(Interaction(**{party: {"outcome": written}}), party).outcome == outcome


@pytest.mark.parametrize(("written", "outcome"), OUTCOME_SPELLINGS)
def test_what_the_customer_believes_is_read_in_every_spelling(
    written: str, outcome: str | None
) -> None:
    assert Customer(believes_salesperson=written).believes_salesperson == outcome


@pytest.mark.parametrize(("written", "answer"), ANSWER_SPELLINGS)
@pytest.mark.parametrize("field", ["feels_good", "believes_lost_for_customer"])
def test_an_answer_is_read_in_every_spelling(field: str, written: str, answer: bool | None) -> None:
    quoted = '"' + written.replace("\t", "\\t") + '"'
    text = f"salesperson: {{{field}: {quoted}}}"
    assert getattr(read_one(text).interaction.salesperson, field) is answer
    assert getattr(Salesperson(**{field: written}), field) is answer


@pytest.mark.parametrize(
    ("value", "answer"), [(True, True), (False, False), (1, True), (0, False), (None, None)]
)
def test_an_answer_may_be_a_boolean_or_one_or_zero(value: Any, answer: bool | None) -> None:
    assert Salesperson(feels_good=value).feels_good is answer


@pytest.mark.parametrize("value", [2, -1, 0.5, b"yes", object(), [], {}, [True], "maybe", "10"])
def test_nothing_else_is_an_answer(value: Any) -> None:
    with pytest.raises(ValidationError, match="is not yes or no"):
        Salesperson(feels_good=value)


@pytest.mark.parametrize("value", [True, 1, 0, 1.5, b"won", object(), [], ["won"], {}, "wun"])
def test_nothing_else_is_an_outcome(value: Any) -> None:
    with pytest.raises(ValidationError, match="is not an outcome"):
        Customer(outcome=value)


@pytest.mark.parametrize("written", ["“2026-11-23”", "\xa02026-11-23\u2009", "« 2026-11-23 »"])
def test_a_date_is_read_without_what_other_programs_put_around_it(written: str) -> None:
    assert Interaction(date=written).date == date(2026, 11, 23)
    won = Salesperson(outcome="won", won_at=written)
    assert won.won_at == date(2026, 11, 23)


@pytest.mark.parametrize(
    "order",
    [["“salesperson”", "customer\xa0"], "“salesperson”,\xa0customer", "«salesperson > customer»"],
)
def test_a_party_is_read_without_what_other_programs_put_around_it(order: Any) -> None:
    read = Interaction(salesperson="won", customer="won", order=order)
    assert read.order == ("salesperson", "customer")


@pytest.mark.parametrize("written", ["“", "w“on", "\x1fwon", "closed \x1fwon", "won't", '"won"'])
def test_only_what_is_around_a_word_is_dropped(written: str) -> None:
    if written == "“":
        assert Customer(outcome=written).outcome is None
    else:
        with pytest.raises(ValidationError, match="is not an outcome"):
            Customer(outcome=written)


CONTROLS = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), *"\u202a\u202e\u2066\u2069"]


@pytest.mark.parametrize("character", CONTROLS, ids=ascii)
def test_no_text_holds_a_control_character(character: str) -> None:
    text = f"a{character}b"
    for about in ("id", "employee", "channel"):
        with pytest.raises(ValidationError, match=about):
            Interaction(**{about: text})
    for tags in ({"name": text}, {text: "value"}):
        with pytest.raises(ValidationError, match="tags"):
            Interaction(tags=tags)
    if character in "\t\n\r":
        assert Interaction(notes=text).notes == text
    else:
        with pytest.raises(ValidationError, match="notes"):
            Interaction(notes=text)


def test_notes_may_have_the_line_ends_of_another_system() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"one{end}two{end}{end}"
        assert Interaction(notes=text).notes == text


@pytest.mark.parametrize("text", ["a\u2028b", "a\u200db", "\xa0a ", "“a”", "\ufeffa", "日本"])
def test_other_text_stays_as_it_is(text: str) -> None:
    read = Interaction(id=text, employee=text, notes=text, tags={text: text})
    assert (read.id, read.employee, read.notes, read.tags) == (text, text, text, {text: text})


def test_a_control_character_is_reported_with_its_place() -> None:
    expect_report(
        r"""
- channel: "W\e[D"
  employee: |
    Amara
  notes: "one\ntwo \x9b"
  tags: {"a\u202eb": c, d: "e\tf"}
""",
        r"""
        invalid: -
        week.yaml:2:12: channel: character 2 of 'W\x1b[D' is the control character U+001B. Remove it.
            2 | - channel: "W\e[D"
              |            ^
        week.yaml:3:13: employee: character 6 of 'Amara\n' is a line break. Only notes may hold it.
            3 |   employee: |
              |             ^
        week.yaml:5:10: notes: character 9 of 'one\ntwo \x9b' is the control character U+009B. Remove it.
            5 |   notes: "one\ntwo \x9b"
              |          ^
        week.yaml:6:10: tags.a\u202eb: character 2 of 'a\u202eb' is the control character U+202E. Remove it.
            6 |   tags: {"a\u202eb": c, d: "e\tf"}
              |          ^
        week.yaml:6:28: tags.d: character 2 of 'e\tf' is a tab. Only notes may hold it.
            6 |   tags: {"a\u202eb": c, d: "e\tf"}
              |                            ^
        """,
    )


@pytest.mark.parametrize("nothing", ["", " ~", " null", " Null", " NULL", " # later", ' ""', " ''"])
@pytest.mark.parametrize(
    "key",
    ["salesperson", "customer", "organization", "order", "date", "id", "notes", "channel"],
)
def test_nothing_is_not_recorded(key: str, nothing: str) -> None:
    interaction = read_one(f"{key}:{nothing}\nemployee: Ana\n").interaction
    assert interaction.recorded == {}
    assert interaction.about == {"employee": "Ana"}
    assert not interaction.id


@pytest.mark.parametrize("nothing", ["unknown", '"?"', '"null"', "'?'", "UNKNOWN"])
def test_a_fact_may_be_said_to_be_unknown(nothing: str) -> None:
    text = (
        f"salesperson: {{outcome: {nothing}, won_at: {nothing}, feels_good: {nothing}}}\n"
        f"customer: {nothing}\norder: {nothing}\n"
    )
    assert read_one(text).interaction.recorded == {}


@pytest.mark.parametrize("quoted", ['"null"', "'~'", "'unknown'", "'?'"])
def test_quoted_words_for_nothing_are_text_where_text_is_meant(quoted: str) -> None:
    interaction = read_one(f"id: {quoted}\nnotes: {quoted}\n").interaction
    assert interaction.id == interaction.notes == quoted[1:-1]


@pytest.mark.parametrize(
    "text",
    [
        "010", "0x1F", "1e3", "1_000", "12:30", "no", "Yes", "on", "off", "true", "FALSE",
        "2026-11-23", "2026-11-23T10:00:00Z", ".inf", ".nan", "1.50", "-0", "+1", "=", "null and void",
    ],
)  # fmt: skip
def test_text_stays_text(text: str) -> None:
    record = read_one(f"id: {text}\nemployee: {text}\nnotes: {text}\ntags: {{t: {text}}}\n")
    interaction = record.interaction
    assert interaction.id == interaction.employee == interaction.notes == text
    assert interaction.tags == {"t": text}


@pytest.mark.parametrize(
    "text",
    [
        "salesperson: won\ncustomer: lost\norganization: lost\n",
        "salesperson: {outcome: won}\ncustomer: {outcome: lost}\norganization: {outcome: lost}\n",
        "salesperson:\n  outcome: won\ncustomer:\n  outcome: lost\norganization:\n  outcome: lost\n",
        "{salesperson: W, customer: L, organization: LOSS}",
    ],
    ids=["short", "flow", "block", "one line"],
)
def test_the_short_and_the_nested_form_say_the_same(text: str) -> None:
    interaction = read_one(text).interaction
    assert interaction == Interaction(salesperson="won", customer="lost", organization="lost")
    assert interaction.facts == Facts("won", "lost", "lost")


def test_every_fact_has_its_place_in_a_record() -> None:
    interaction = read_one("""
id: C-17
date: 2026-11-23
employee: Ana
channel: phone
salesperson:
  outcome: won
  won_at: 2026-11-23T10:00
  feels_good: yes
  believes_lost_for_customer: no
customer:
  outcome: won
  won_at: 2026-11-23T10:05
  believes_salesperson: won
organization:
  outcome: won
  won_at: 2026-11-24
order: [salesperson, customer, organization]
notes: >
  Renewed,
  and glad.
tags:
  region: north
  branch: 010
""").interaction
    assert interaction.recorded == {
        "salesperson": "won",
        "customer": "won",
        "organization": "won",
        "salesperson_feels_good": True,
        "salesperson_believes_lost_for_customer": False,
        "customer_believes_salesperson": "won",
        "order": ("salesperson", "customer", "organization"),
        "salesperson_won_at": datetime(2026, 11, 23, 10),  # noqa: DTZ001  # as it was written
        "customer_won_at": datetime(2026, 11, 23, 10, 5),  # noqa: DTZ001  # as it was written
        "organization_won_at": date(2026, 11, 24),
    }
    assert list(interaction.recorded) == list(FLAT_PATHS)
    assert interaction.about == {
        "date": date(2026, 11, 23),
        "employee": "Ana",
        "channel": "phone",
        "notes": "Renewed, and glad.\n",
        "tags": {"region": "north", "branch": "010"},
    }
    assert interaction.gap == timedelta(minutes=5)
    assert interaction.facts == Facts("won", "won", "won", True, False, "won", "kept")


def test_facts_by_flat_name_make_the_same_interaction() -> None:
    flat = {"salesperson": "won", "customer_believes_salesperson": "lost", "order": "salesperson"}
    interaction = Interaction.from_flat(flat, id="7", tags={"region": "north"})
    assert nested(flat) == {
        "salesperson": {"outcome": "won"},
        "customer": {"believes_salesperson": "lost"},
        "order": "salesperson",
    }
    assert interaction.id == "7"
    assert interaction.tags == {"region": "north"}
    assert interaction.recorded == {
        "salesperson": "won",
        "customer_believes_salesperson": "lost",
        "order": ("salesperson",),
    }
    with pytest.raises(KeyError, match="salesman"):
        Interaction.from_flat({"salesman": "won"})


def test_an_interaction_made_in_python_is_checked_like_a_file() -> None:
    made = Interaction(salesperson=Salesperson(outcome="won"), customer="WIN", order=["customer"])
    assert made.recorded == {"salesperson": "won", "customer": "won", "order": ("customer",)}
    with pytest.raises(ValidationError, match="'wun' is not an outcome"):
        Interaction(customer="wun")
    with pytest.raises(ValidationError, match="Extra inputs"):
        Interaction.model_validate({"custmer": "won"})
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, "id", "8")  # noqa: B010  # a type checker would refuse it first


FULL = Interaction(
    id="C-1",
    date="2026-11-05",
    tags={"region": "north"},
    salesperson={"outcome": "won", "won_at": "2026-11-05T10:00", "feels_good": "yes"},
    customer="won",
    order=["salesperson", "customer"],
)


def test_a_copy_is_worked_out_and_checked_like_a_new_one() -> None:
    assert (FULL.facts.order, FULL.gap) == ("kept", None)  # which a copy is not to keep
    turned = FULL.model_copy(update={"order": "customer > salesperson"})
    assert (turned.facts.order, turned.id) == ("customer_first", "C-1")
    assert turned.model_fields_set == FULL.model_fields_set
    timed = {"outcome": "w", "won_at": "2026-11-05T11:00"}
    assert FULL.model_copy(update={"customer": timed}).gap == timedelta(hours=1)
    assert FULL.customer.model_copy(update={"outcome": "LOSE"}) == Customer(outcome="lost")
    for deep in (False, True):
        copied = FULL.model_copy(deep=deep)
        assert copied == FULL
        assert copied.tags is not FULL.tags
    with pytest.raises(ValidationError, match="not recorded as won"):
        FULL.model_copy(update={"customer": "lost"})
    with pytest.raises(ValidationError, match="Extra inputs"):
        FULL.model_copy(update={"custmer": "won"})


def test_an_interaction_is_written_as_what_reads_the_same() -> None:
    assert FULL.facts.order == "kept"  # worked out, and no field
    assert Interaction.model_validate_json(FULL.model_dump_json()) == FULL
    assert Interaction(**FULL.model_dump(mode="json")) == FULL
    assert Interaction(**dict(FULL)) == FULL
    assert Interaction(**FULL.model_dump()) == FULL


def test_a_number_given_for_text_is_text() -> None:
    assert Interaction(id=12, tags={"n": 1.5}).tags == {"n": "1.5"}
    assert Interaction(id=12).id == "12"


def test_what_was_not_recorded_is_not_there() -> None:
    empty = Interaction()
    assert empty.recorded == {}
    assert empty.about == {}
    assert empty.gap is None
    assert empty.facts == Facts()
    assert not empty.has_order
    assert (empty.salesperson, empty.customer, empty.organization) == (
        Salesperson(), Customer(), Organization(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2026-11-23", date(2026, 11, 23)),
        ("20261123", date(2026, 11, 23)),
        ("2026-W48-1", date(2026, 11, 23)),
        (" 2026-11-23 ", date(2026, 11, 23)),
        ("2026-11-23T14:30", datetime(2026, 11, 23, 14, 30)),  # noqa: DTZ001  # as it was written
        ("2026-11-23 14:30:15", datetime(2026, 11, 23, 14, 30, 15)),  # noqa: DTZ001  # likewise
        ("2026-11-23T14:30Z", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
        ("2026-11-23T14:30+00:00", datetime(2026, 11, 23, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_date_or_a_date_time_of_iso_8601(written: str, moment: date) -> None:
    read = read_one(f'date: "{written}"\nsalesperson: {{outcome: won, won_at: "{written}"}}')
    assert read.interaction.date == read.interaction.salesperson.won_at == moment
    assert type(read.interaction.date) is type(moment)


@pytest.mark.parametrize(
    "written",
    [
        "23.11.2026",
        "11/23/2026",
        "tomorrow",
        "2026",
        "2026-13-01",
        "2026-02-30",
        "14:30",
        "1e3",
        "٢",
    ],
)
def test_nothing_else_is_a_moment(written: str) -> None:
    expect_report(
        f"date: {written}\n",
        f"""
        invalid: -
        week.yaml:1:7: date: '{written}' is not a date. (2026-11-23 or 2026-11-23T14:30)
            1 | date: {written}
              |       ^
        """,
    )


@pytest.mark.parametrize(
    "written",
    [
        "[salesperson, customer]",
        "\n- salesperson\n- customer",
        "salesperson, customer",
        "salesperson > customer",
        "salesperson;customer",
        "' Salesperson ,CUSTOMER '",
        "[Salesperson, ' customer ']",
    ],
)
def test_an_order_is_a_list_or_a_line(written: str) -> None:
    interaction = read_one(f"salesperson: won\ncustomer: won\norder: {written}").interaction
    assert interaction.order == ("salesperson", "customer")


@pytest.mark.parametrize("nothing", ["[]", "", "~", "''", "unknown"])
def test_an_order_of_nobody_is_not_recorded(nothing: str) -> None:
    interaction = read_one(f"order: {nothing}\nsalesperson: won\ncustomer: won\n").interaction
    assert interaction.order is None
    assert interaction.facts.order is None


ERRORS = {
    "a typo of an outcome": (
        "customer: wun\n",
        """
        invalid: -
        week.yaml:1:11: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            1 | customer: wun
              |           ^
        """,
    ),
    "a typo of a nested outcome": (
        "customer: {outcome: lots, believes_salesperson: unkown}\n",
        """
        invalid: -
        week.yaml:1:21: customer.outcome: 'lots' is not an outcome. Did you mean 'lost'? (won, lost or unknown)
            1 | customer: {outcome: lots, believes_salesperson: unkown}
              |                     ^
        week.yaml:1:49: customer.believes_salesperson: 'unkown' is not an outcome. Did you mean 'unknown'? (won, lost or unknown)
            1 | customer: {outcome: lots, believes_salesperson: unkown}
              |                                                 ^
        """,
    ),
    "an answer for an outcome": (
        "customer: yes\n",
        """
        invalid: -
        week.yaml:1:11: customer: 'yes' is not an outcome. (won, lost or unknown)
            1 | customer: yes
              |           ^
        """,
    ),
    "a list for an outcome": (
        "customer: [won]\nsalesperson: {outcome: [won]}\n",
        """
        invalid: -
        week.yaml:1:11: customer: a list is not an outcome. (won, lost or unknown)
            1 | customer: [won]
              |           ^
        week.yaml:2:24: salesperson.outcome: a list is not an outcome. (won, lost or unknown)
            2 | salesperson: {outcome: [won]}
              |                        ^
        """,
    ),
    "a mapping for an outcome": (
        "customer: {outcome: {outcome: won}}\n",
        """
        invalid: -
        week.yaml:1:21: customer.outcome: a mapping is not an outcome. (won, lost or unknown)
            1 | customer: {outcome: {outcome: won}}
              |                     ^
        """,
    ),
    "no answer": (
        "salesperson:\n  feels_good: ye\n  believes_lost_for_customer: [no]\n",
        """
        invalid: -
        week.yaml:2:15: salesperson.feels_good: 'ye' is not yes or no. Did you mean 'yes'? (yes, y, true, 1 or no, n, false, 0)
            2 |   feels_good: ye
              |               ^
        week.yaml:3:31: salesperson.believes_lost_for_customer: a list is not yes or no. (yes, y, true, 1 or no, n, false, 0)
            3 |   believes_lost_for_customer: [no]
              |                               ^
        """,
    ),
    "no text": (
        "id: [1]\nnotes: {a: b}\ntags: {a: {b: c}, d: [e]}\n",
        """
        invalid: -
        week.yaml:1:5: id: a list is not text. Write a single value.
            1 | id: [1]
              |     ^
        week.yaml:2:8: notes: a mapping is not text. Write a single value.
            2 | notes: {a: b}
              |        ^
        week.yaml:3:11: tags.a: a mapping is not text. Write a single value.
            3 | tags: {a: {b: c}, d: [e]}
              |           ^
        week.yaml:3:22: tags.d: a list is not text. Write a single value.
            3 | tags: {a: {b: c}, d: [e]}
              |                      ^
        """,
    ),
    "tags that are text": (
        "id: 1\ntags: north\n",
        """
        invalid: 1
        week.yaml:2:7: tags: 'north' is not a mapping of tags. Write name: value.
            2 | tags: north
              |       ^
        """,
    ),
    "tags that are a list": (
        "tags:\n- north\n",
        """
        invalid: -
        week.yaml:2:1: tags: a list is not a mapping of tags. Write name: value.
            2 | - north
              | ^
        """,
    ),
    "no list of parties": (
        "order: {first: salesperson}\n",
        """
        invalid: -
        week.yaml:1:8: order: a mapping is not a list of parties. List the parties in the order in which they won.
            1 | order: {first: salesperson}
              |        ^
        """,
    ),
    "unknown parties": (
        "order: [salesman, [customer], 1, ~]\n",
        """
        invalid: -
        week.yaml:1:9: order: 'salesman' is not a party. Did you mean 'salesperson'? (salesperson, customer, organization)
            1 | order: [salesman, [customer], 1, ~]
              |         ^
        week.yaml:1:19: order: a list is not a party. (salesperson, customer, organization)
            1 | order: [salesman, [customer], 1, ~]
              |                   ^
        week.yaml:1:31: order: '1' is not a party. (salesperson, customer, organization)
            1 | order: [salesman, [customer], 1, ~]
              |                               ^
        week.yaml:1:34: order: null is not a party. (salesperson, customer, organization)
            1 | order: [salesman, [customer], 1, ~]
              |                                  ^
        """,
    ),
    "an unknown party on a line": (
        "salesperson: won\norder: salesperson, custmer\n",
        """
        invalid: -
        week.yaml:2:8: order: 'custmer' is not a party. Did you mean 'customer'? (salesperson, customer, organization)
            2 | order: salesperson, custmer
              |        ^
        """,
    ),
    "unknown keys": (
        "id: 1\ncustmer: won\nfoo: bar\ncustomer: {belives_salesperson: won, feels_good: yes}\n",
        f"""
        invalid: 1
        week.yaml:2:1: custmer: unknown key. Did you mean 'customer'? {KEYS}
            2 | custmer: won
              | ^
        week.yaml:3:1: foo: unknown key. {KEYS}
            3 | foo: bar
              | ^
        week.yaml:4:12: customer.belives_salesperson: unknown key. Did you mean 'believes_salesperson'? (outcome, won_at, believes_salesperson)
            4 | customer: {{belives_salesperson: won, feels_good: yes}}
              |            ^
        week.yaml:4:38: customer.feels_good: this fact belongs elsewhere. Write it under salesperson.
            4 | customer: {{belives_salesperson: won, feels_good: yes}}
              |                                      ^
        """,
    ),
    "facts by their flat names": (
        "salesperson_feels_good: yes\ncustomer:\n  customer: won\n  order: []\n  organization_won_at: x\n",
        """
        invalid: -
        week.yaml:1:1: salesperson_feels_good: this fact belongs elsewhere. Write it as feels_good under salesperson.
            1 | salesperson_feels_good: yes
              | ^
        week.yaml:3:3: customer.customer: this fact belongs elsewhere. Write it as outcome under customer.
            3 |   customer: won
              |   ^
        week.yaml:4:3: customer.order: this fact belongs elsewhere. Write it outside customer.
            4 |   order: []
              |   ^
        week.yaml:5:3: customer.organization_won_at: this fact belongs elsewhere. Write it as won_at under organization.
            5 |   organization_won_at: x
              |   ^
        """,
    ),
    "facts of a party beside it": (
        "salesperson: won\nbelieves_lost_for_customer: yes\nbelieves_salesperson: won\n",
        """
        invalid: -
        week.yaml:2:1: believes_lost_for_customer: this fact belongs elsewhere. Write it under salesperson.
            2 | believes_lost_for_customer: yes
              | ^
        week.yaml:3:1: believes_salesperson: this fact belongs elsewhere. Write it under customer.
            3 | believes_salesperson: won
              | ^
        """,
    ),
    "what is nearly a list of interactions": (
        "interaction:\n- id: 1\n",
        f"""
        invalid: -
        week.yaml:1:1: interaction: unknown key. Did you mean 'interactions'? {KEYS}
            1 | interaction:
              | ^
        """,
    ),
    "output": (
        '{"schema": "winwinwin/1", "id": "A"}\n',
        """
        invalid: A
        week.yaml:1:2: schema: this is output of winwinwin. Judge the file that it was made from.
            1 | {"schema": "winwinwin/1", "id": "A"}
              |  ^
        """,
    ),
    "records that are none": (
        "- won\n- [won]\n- ~\n-\n- {}\n",
        """
        invalid: -
        week.yaml:1:3: 'won' is not an interaction. Write facts as keys, such as salesperson: won.
            1 | - won
              |   ^
        invalid: -
        week.yaml:2:3: a list is not an interaction. Write facts as keys, such as salesperson: won.
            2 | - [won]
              |   ^
        invalid: -
        week.yaml:3:3: this item is empty. Remove it, or write facts as keys, such as salesperson: won.
            3 | - ~
              |   ^
        invalid: -
        week.yaml:4:2: this item is empty. Remove it, or write facts as keys, such as salesperson: won.
            4 | -
              |  ^
        line 5: None
        """,
    ),
    "a document that is one word": (
        "won\n",
        """
        invalid: -
        week.yaml:1:1: 'won' is not an interaction. Write facts as keys, such as salesperson: won.
            1 | won
              | ^
        """,
    ),
    "a place in the order without a win": (
        "salesperson: lost\norder: [salesperson, customer]\n",
        """
        invalid: -
        week.yaml:2:9: order: 'salesperson' has a place in the order but is not recorded as won. Record salesperson: won, or remove it from the order.
            2 | order: [salesperson, customer]
              |         ^
        week.yaml:2:22: order: 'customer' has a place in the order but is not recorded as won. Record customer: won, or remove it from the order.
            2 | order: [salesperson, customer]
              |                      ^
        """,
    ),
    "a party twice": (
        "salesperson: won\ncustomer: won\norder:\n  - salesperson\n  - customer\n  - Salesperson\n",
        """
        invalid: -
        week.yaml:6:5: order: 'salesperson' is in the order twice. Name each party at most once.
            6 |   - Salesperson
              |     ^
        """,
    ),
    "a time without a win": (
        "salesperson: {outcome: lost, won_at: 2026-11-02}\ncustomer: {won_at: 2026-11-03}\n",
        """
        invalid: -
        week.yaml:1:38: salesperson.won_at: the salesperson has a time of winning but is not recorded as won. Record salesperson as won, or remove the time.
            1 | salesperson: {outcome: lost, won_at: 2026-11-02}
              |                                      ^
        week.yaml:2:20: customer.won_at: the customer has a time of winning but is not recorded as won. Record customer as won, or remove the time.
            2 | customer: {won_at: 2026-11-03}
              |                    ^
        """,
    ),
    "order and times that disagree": (
        (
            "salesperson: {outcome: won, won_at: 2026-11-02}\n"
            "customer: {outcome: won, won_at: 2026-11-03}\norder: [customer, salesperson]\n"
        ),
        """
        invalid: -
        week.yaml:3:9: order: the order puts the customer before the salesperson, but the times say otherwise. Correct one of them.
            3 | order: [customer, salesperson]
              |         ^
        """,
    ),
    "a zone beside none": (
        (
            "salesperson: {outcome: won, won_at: 2026-11-02T10:00}\n"
            "customer: {outcome: won, won_at: 2026-11-02T10:00Z}\n"
        ),
        """
        invalid: -
        week.yaml:2:34: customer.won_at: this time has a zone, but the salesperson's has none. Give every time of an interaction a zone, or none of them.
            2 | customer: {outcome: won, won_at: 2026-11-02T10:00Z}
              |                                  ^
        """,
    ),
    "none beside a zone": (
        (
            "salesperson: {outcome: won, won_at: 2026-11-02}\n"
            "customer: {outcome: won, won_at: 2026-11-02T10:00+01:00}\n"
            "organization: {outcome: won, won_at: 2026-11-02T12:00}\n"
        ),
        """
        invalid: -
        week.yaml:3:38: organization.won_at: this time has no zone, but the customer's has one. Give every time of an interaction a zone, or none of them.
            3 | organization: {outcome: won, won_at: 2026-11-02T12:00}
              |                                      ^
        """,
    ),
}


@pytest.mark.parametrize(("text", "words"), ERRORS.values(), ids=ERRORS)
def test_what_is_wrong_is_told_with_its_place(text: str, words: str) -> None:
    expect_report(text, words)


def test_all_that_is_wrong_with_a_record_is_told_in_the_order_of_places() -> None:
    expect_report(
        """
notes: [x]
customer: wun
order: [salesman]
date: soon
salesperson: {feels_good: perhaps, outcom: won}
id: C-1
""",
        """
        invalid: C-1
        week.yaml:2:8: notes: a list is not text. Write a single value.
            2 | notes: [x]
              |        ^
        week.yaml:3:11: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            3 | customer: wun
              |           ^
        week.yaml:4:9: order: 'salesman' is not a party. Did you mean 'salesperson'? (salesperson, customer, organization)
            4 | order: [salesman]
              |         ^
        week.yaml:5:7: date: 'soon' is not a date. (2026-11-23 or 2026-11-23T14:30)
            5 | date: soon
              |       ^
        week.yaml:6:27: salesperson.feels_good: 'perhaps' is not yes or no. (yes, y, true, 1 or no, n, false, 0)
            6 | salesperson: {feels_good: perhaps, outcom: won}
              |                           ^
        week.yaml:6:36: salesperson.outcom: unknown key. Did you mean 'outcome'? (outcome, won_at, feels_good, believes_lost_for_customer)
            6 | salesperson: {feels_good: perhaps, outcom: won}
              |                                    ^
        """,
    )


def test_a_value_is_quoted_in_part_where_it_is_long() -> None:
    expect_report(
        f"customer: {'x' * 500}\n",
        f"""
        invalid: -
        week.yaml:1:11: customer: '{"x" * 39}…' is not an outcome. (won, lost or unknown)
            1 | customer: {"x" * 60}
              |           ^
        """,
    )

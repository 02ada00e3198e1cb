"""How a problem is worded, and how its line is shown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import is_shown

from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    WinwinwinError,
    count,
    excerpt,
    printable,
    quoted,
)
from winwinwin.near import nearest

LINE = Place("week.yaml", 14, 13, "  customer: wun", 12)


def test_a_problem_says_where_what_and_what_to_do() -> None:
    problem = Problem(
        "'wun' is not an outcome",
        accepted="won, lost or unknown",
        nearest="won",
        field="customer",
        place=LINE,
    )
    assert str(problem) == (
        "week.yaml:14:13: customer: 'wun' is not an outcome. Did you mean 'won'? "
        "(won, lost or unknown)\n"
        "   14 |   customer: wun\n"
        "      |             ^"
    )


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Problem("too late"), "too late."),
        (Problem("too late", hint="Come earlier."), "too late. Come earlier."),
        (Problem("too late", "at 8 or 9"), "too late. (at 8 or 9)"),
        (Problem("too late", nearest="9"), "too late. Did you mean '9'?"),
        (
            Problem("too late", "at 8 or 9", "9", "Come earlier."),
            "too late. Did you mean '9'? Come earlier. (at 8 or 9)",
        ),
    ],
)
def test_a_message_has_only_the_parts_that_there_are(problem: Problem, words: str) -> None:
    assert problem.message == words
    assert problem.line == words
    assert str(problem) == words


def test_a_field_is_named_after_the_place() -> None:
    assert Problem("too late", field="customer.won_at").line == "customer.won_at: too late."
    placed = Problem("too late", field="customer", place=Place("week.yaml"))
    assert placed.line == "week.yaml: customer: too late."


def test_a_flag_is_not_named_twice() -> None:
    problem = Problem("too late", field="customer.won_at", place=Place("--customer-won-at"))
    assert problem.line == "--customer-won-at: too late."


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("week.yaml"), "week.yaml"),
        (Place("week.yaml", 3), "week.yaml:3"),
        (Place("week.yaml", 3, 7), "week.yaml:3:7"),
        (Place("we\x1bek.yaml", 3), "we\\x1bek.yaml:3"),
    ],
)
def test_a_place_is_as_exact_as_is_known(place: Place, words: str) -> None:
    assert str(place) == words


def test_a_problem_can_be_put_elsewhere() -> None:
    problem = Problem("too late", hint="Come earlier.", place=LINE)
    assert problem.at(None) == Problem("too late", hint="Come earlier.")
    assert problem.at(None).at(LINE) == problem


@pytest.mark.parametrize(
    "place", [None, Place("week.yaml"), Place("week.yaml", 3), Place("week.yaml", text="x")]
)
def test_without_a_line_there_is_nothing_to_show(place: Place | None) -> None:
    assert excerpt(place) == []


@pytest.mark.parametrize(
    ("text", "caret", "shown", "pointer"),
    [
        ("customer: wun", 10, "    7 | customer: wun", "      |           ^"),
        ("", 0, "    7 |", "      | ^"),
        ("won", 3, "    7 | won", "      |    ^"),
        ("\twun", 1, "    7 | \\twun", "      |   ^"),
        ("a\x1b[31mb", 6, "    7 | a\\x1b[31mb", "      |          ^"),
        ("日本: wun", 4, "    7 | 日本: wun", "      |     ^"),
    ],
    ids=["text", "empty", "end", "tab", "escape", "wide"],
)
def test_the_caret_stands_under_the_character(
    text: str, caret: int, shown: str, pointer: str
) -> None:
    assert excerpt(Place("week.yaml", 7, caret + 1, text, caret)) == [shown, pointer]


def test_the_margin_grows_with_the_line_number() -> None:
    assert excerpt(Place("week.yaml", 1234567, 1, "x", 0)) == ["1234567 | x", "        | ^"]


@pytest.mark.parametrize(
    ("text", "visible"),
    [
        ("plain text, ünïcödé, 日本", "plain text, ünïcödé, 日本"),
        ("می\u200cخواهم 👩\u200d💻", "می\u200cخواهم 👩\u200d💻"),  # noqa: RUF001  # Persian and an emoji
        ("a\nb\tc", "a\\nb\\tc"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("right\u202eleft", "right\\u202eleft"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\ud800"),
        ("\U000e0001", "\\U000e0001"),
    ],
)
def test_what_would_steer_a_terminal_is_spelt_out(text: str, visible: str) -> None:
    assert printable(text) == visible


@given(st.text())
def test_whatever_is_shown_can_be_printed(text: str) -> None:
    problem = Problem("odd", field=text, place=Place(text, 1, 1, text, len(text) // 2))
    assert all(map(is_shown, str(problem).split("\n")))
    assert len(str(problem).split("\n")) == 3


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("wun", "'wun'"),
        ("", "''"),
        ("a\nb", "'a\\nb'"),
        ("x" * 40, f"'{'x' * 40}'"),
        ("x" * 41, f"'{'x' * 39}…'"),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (12, "12"),
        (1.5, "1.5"),
        ({}, "a mapping"),
        ({"a": 1}, "a mapping"),
        ([], "a list"),
        ((1, 2), "a list"),
    ],
)
def test_any_value_is_quoted_in_a_few_words(value: Any, words: str) -> None:
    assert quoted(value) == words


def test_a_long_number_is_quoted_in_part() -> None:
    assert quoted(10**60) == "1" + "0" * 39


@pytest.mark.parametrize(
    ("word", "word_meant"),
    [
        ("wun", "won"),
        (" WUN ", "won"),
        ("lsot", "lost"),
        ("zzz", None),
        ("", None),
        (12, None),
        (None, None),
        (["won"], None),
    ],
)
def test_the_nearest_word_is_one_slip_away(word: Any, word_meant: str | None) -> None:
    assert nearest(word, ["won", "lost", "unknown"]) == word_meant


def test_only_the_beginning_of_a_long_text_is_compared() -> None:
    assert nearest("won" * 1_000_000, ["won", "lost"]) is None
    assert nearest("x" * 40 + "y" * 60, ["x" * 40]) == "x" * 40


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 records"), (1, "1 record"), (2, "2 records"), (12345, "12,345 records")],
)
def test_a_number_agrees_with_its_noun(number: int, words: str) -> None:
    assert count(number, "record") == words


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert count(2, "party", "parties") == "2 parties"
    assert count(1, "party", "parties") == "1 party"


def test_an_error_reads_as_all_its_problems() -> None:
    error = UnreadableError(Problem("too late"), Problem("too dear"))
    assert isinstance(error, WinwinwinError)
    assert str(error) == "too late.\ntoo dear."
    assert [problem.what for problem in error.problems] == ["too late", "too dear"]

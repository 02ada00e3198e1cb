"""JSON and JSONL: what is read, what is told, and that a broken line costs a line."""

import time
import tracemalloc

import pytest
from reading import (
    EMPTY,
    KEYS,
    WatchedTape,
    expect_report,
    generated,
    ids,
    number,
    places,
    read,
    read_one,
    told,
)

from winwinwin import Interaction, Unjudged
from winwinwin.errors import SHOWN
from winwinwin.parsing.json_lines import read_jsonl
from winwinwin.parsing.tape import CHUNK

CHECK = "Check the commas, quotes and brackets around it."

LAYOUTS = {
    "one record": ('{"id": "1", "customer": "won"}', "line 1: 1"),
    "one record over lines": ('\n\n{\n"id":\n"1"\n}\n', "line 3: 1"),
    "a list": ('[{"id": "1"}, {"id": "2"}]', "line 1: 1, line 1: 2"),
    "a list over lines": ('[\n  {"id": "1"},\n\n  {"id": "2"}\n]\n', "line 2: 1, line 4: 2"),
    "a wrapped list": ('{"interactions": [{"id": "1"},\n{"id": "2"}]}', "line 1: 1, line 2: 2"),
    "an escaped wrapper": ('{"\\u0069nteractions": [{"id": "1"}]}', "line 1: 1"),
    "no spaces": ('[{"id":"1"},{"id":"2"}]', "line 1: 1, line 1: 2"),
    "tabs": ('\t[\t{\t"id"\t:\t"1"\t}\t]\t', "line 1: 1"),
    "line ends of Windows": ('[{"id": "1"},\r\n{"id": "2"}]\r\n', "line 1: 1, line 2: 2"),
    "a byte-order mark": ('\ufeff[{"id": "1"}]', "line 1: 1"),
    "an empty record": ("{}", "line 1: None"),
    "a list of empty records": ("[{}, {}]", "line 1: None, line 1: None"),
}


@pytest.mark.parametrize(("text", "words"), LAYOUTS.values(), ids=LAYOUTS)
def test_records_are_read_in_every_layout(text: str, words: str) -> None:
    assert told(read(text, "json")).splitlines() == words.split(", ")


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("text", ["", " ", "\n\n", " \n\t\r\n", "\ufeff"])
def test_an_empty_file_says_so(text: str, form: str) -> None:
    assert told(read(text, form)) == f"unreadable:\nweek.{form}: {EMPTY}\n"


@pytest.mark.parametrize("text", ["[]", '{"interactions": []}', '{"interactions": null}', "[\n]\n"])
def test_a_list_without_a_record_says_so(text: str) -> None:
    assert told(read(text, "json")) == f"unreadable:\nweek.json: {EMPTY}\n"


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"010"', "010"), ("12", "12"), ("-0", "-0"), ("1.50", "1.50"), ("1e5", "1e5"),
        ("1E+400", "1E+400"), ("NaN", "NaN"), ('"true"', "true"), ('"null"', "null"), ('""', ""),
        ('"\\ud83d\\ude00"', "😀"), ('"a\\u2028b"', "a\u2028b"), ('"a\\/\\\\b"', "a/\\b"),
        ('"日本"', "日本"), ("9" * 5000, "9" * 5000), ("null", None),
        ("true", "true"), ("false", "false"),
    ],
)  # fmt: skip
def test_what_is_text_keeps_its_characters(written: str, text: str | None, form: str) -> None:
    interaction = read_one(f'{{"id": {written}, "tags": {{"t": {written}}}}}', form).interaction
    assert interaction.id == text
    assert interaction.tags == {"t": text}


def test_unescaped_line_ends_of_yaml_1_1_are_text() -> None:
    text = '{"id": "a\u2028b\u2029c"}'
    for form in ("json", "jsonl"):
        assert read_one(text, form).interaction.id == "a\u2028b\u2029c"


def test_the_order_of_tags_is_kept() -> None:
    interaction = read_one('{"tags": {"c": "1", "a": "2", "b": "3"}}', "json").interaction
    assert list(interaction.tags) == ["c", "a", "b"]


def test_answers_may_be_booleans_words_or_numbers() -> None:
    for written in ("true", '"yes"', "1", '"Y"'):
        salesperson = read_one(f'{{"salesperson": {{"feels_good": {written}}}}}', "json")
        assert salesperson.interaction.salesperson.feels_good is True
    for written in ("false", '"no"', "0", '"N"'):
        salesperson = read_one(f'{{"salesperson": {{"feels_good": {written}}}}}', "json")
        assert salesperson.interaction.salesperson.feels_good is False


def test_a_record_says_the_same_as_in_python() -> None:
    record = (
        '{"id": "C-1", "date": "2026-11-23", "salesperson": {"outcome": "won", "won_at": '
        '"2026-11-23T10:00"}, "customer": "lost", "order": ["salesperson"], "tags": {"n": 1}}'
    )
    made = Interaction(
        id="C-1",
        date="2026-11-23",
        salesperson={"outcome": "won", "won_at": "2026-11-23T10:00"},
        customer="lost",
        order=["salesperson"],
        tags={"n": "1"},
    )
    assert read_one(record, "json").interaction == read_one(record, "jsonl").interaction == made


WRONG_VALUES = {
    "booleans": (
        '{"customer": true, "notes": true, "order": false, "tags": true, "date": true}',
        """
        invalid: -
        week.json:1:14: customer: true is not an outcome. (won, lost or unknown)
            1 | {"customer": true, "notes": true, "order": false, "tags": true, "date": t
              |              ^
        week.json:1:44: order: false is not a list of parties. List the parties in the order in which they won.
            1 | {"customer": true, "notes": true, "order": false, "tags": true, "date": true}
              |                                            ^
        week.json:1:59: tags: true is not a mapping of tags. Write name: value.
            1 | {"customer": true, "notes": true, "order": false, "tags": true, "date": true}
              |                                                           ^
        week.json:1:73: date: true is not a date. (2026-11-23 or 2026-11-23T14:30)
            1 |  true, "notes": true, "order": false, "tags": true, "date": true}
              |                                                             ^
        """,
    ),
    "numbers that JSON does not have": (
        '{"customer": NaN,\n"salesperson": -Infinity}',
        """
        invalid: -
        week.json:1:14: customer: 'NaN' is not an outcome. (won, lost or unknown)
            1 | {"customer": NaN,
              |              ^
        week.json:2:16: salesperson: '-Infinity' is not an outcome. (won, lost or unknown)
            2 | "salesperson": -Infinity}
              |                ^
        """,
    ),
    "lists and mappings": (
        '{"customer": {"outcome": ["won"]}, "order": ["customer", {"a": 1}],\n"id": [[[1]]]}',
        """
        invalid: -
        week.json:1:26: customer.outcome: a list is not an outcome. (won, lost or unknown)
            1 | {"customer": {"outcome": ["won"]}, "order": ["customer", {"a": 1}],
              |                          ^
        week.json:1:58: order: a mapping is not a party. (salesperson, customer, organization)
            1 | {"customer": {"outcome": ["won"]}, "order": ["customer", {"a": 1}],
              |                                                          ^
        week.json:2:7: id: a list is not text. Write a single value.
            2 | "id": [[[1]]]}
              |       ^
        """,
    ),
    "records that are none": (
        '[1, "a", null, [], true]',
        """
        invalid: -
        week.json:1:2: '1' is not an interaction. Write facts as keys, such as salesperson: won.
            1 | [1, "a", null, [], true]
              |  ^
        invalid: -
        week.json:1:5: 'a' is not an interaction. Write facts as keys, such as salesperson: won.
            1 | [1, "a", null, [], true]
              |     ^
        invalid: -
        week.json:1:10: this item is empty. Remove it, or write facts as keys, such as salesperson: won.
            1 | [1, "a", null, [], true]
              |          ^
        invalid: -
        week.json:1:16: a list is not an interaction. Write facts as keys, such as salesperson: won.
            1 | [1, "a", null, [], true]
              |                ^
        invalid: -
        week.json:1:20: true is not an interaction. Write facts as keys, such as salesperson: won.
            1 | [1, "a", null, [], true]
              |                    ^
        """,
    ),
    "a text that is one word": (
        '"won"',
        """
        invalid: -
        week.json:1:1: 'won' is not an interaction. Write facts as keys, such as salesperson: won.
            1 | "won"
              | ^
        """,
    ),
    "unknown keys": (
        '{"a\\u0062": 1, "\\ud83d\\ude00": 2,\t"custmer": 3, "interactions": {}}',
        f"""
        invalid: -
        week.json:1:2: ab: unknown key. {KEYS}
            1 | {{"a\\u0062": 1, "\\ud83d\\ude00": 2,\\t"custmer": 3, "interactions
              |  ^
        week.json:1:16: 😀: unknown key. {KEYS}
            1 | {{"a\\u0062": 1, "\\ud83d\\ude00": 2,\\t"custmer": 3, "interactions": {{}}}}
              |                ^
        week.json:1:35: custmer: unknown key. Did you mean 'customer'? {KEYS}
            1 | {{"a\\u0062": 1, "\\ud83d\\ude00": 2,\\t"custmer": 3, "interactions": {{}}}}
              |                                    ^
        week.json:1:49: interactions: this key lists interactions and cannot be part of one. Write interactions alone at the top of a file, and a list under it.
            1 | {{"a\\u0062": 1, "\\ud83d\\ude00": 2,\\t"custmer": 3, "interactions": {{}}}}
              |                                                  ^
        """,
    ),
    "keys given twice": (
        '{"id": 1, "id": 2,\n "customer": {"outcome": "won", "outcome": "lost"},\n "tags": {"a": 1, "b": 2, "\\u0061": 3}}',
        """
        invalid: 1
        week.json:1:11: id: given twice. Keep one of them.
            1 | {"id": 1, "id": 2,
              |           ^
        week.json:2:33: outcome: given twice. Keep one of them.
            2 |  "customer": {"outcome": "won", "outcome": "lost"},
              |                                 ^
        week.json:3:27: a: given twice. Keep one of them.
            3 |  "tags": {"a": 1, "b": 2, "\\u0061": 3}}
              |                           ^
        """,
    ),
    "a key given twice in one of a list": (
        '[{"id": 1, "id": 2}, {"id": 3}]',
        """
        invalid: 1
        week.json:1:12: id: given twice. Keep one of them.
            1 | [{"id": 1, "id": 2}, {"id": 3}]
              |            ^
        line 1: 3
        """,
    ),
    "keys given twice behind a very long one": (
        f'{{"{"k" * 1100}": 1, "id": 1, "id": 2}}',
        f"""
        invalid: 1
        week.json:1:2: {"k" * 59}…: unknown key. {KEYS}
            1 | {{"{"k" * 59}
              |  ^
        week.json:1:1118: id: given twice. Keep one of them.
            1 | {"k" * 45}": 1, "id": 1, "id": 2}}
              | {" " * 60}^
        """,
    ),
    "halves of characters": (
        '[{"id": 1}, {"id": "\\ud800", "notes": "\\ud83d\\ude00", "tags": {"\\uDC00": "\\\\ud800"}},\n{"id": "\\udbff"}]',
        """
        line 1: 1
        invalid: \ufffd
        week.json:1:21: character U+D800 is not text (the first of 2). It is half of a pair: write both halves, or remove it.
            1 | [{"id": 1}, {"id": "\\ud800", "notes": "\\ud83d\\ude00", "tags": {"\\uDC00": "\\\\ud80
              |                     ^
        invalid: \ufffd
        week.json:2:9: character U+DBFF is not text. It is half of a pair: write both halves, or remove it.
            2 | {"id": "\\udbff"}]
              |         ^
        """,
    ),
    "keys around the list": (
        '{"version": 1,\n "interactions": [{"id": 1}],\n "other": [1], "more": {"id": 2}}',
        """
        invalid: -
        week.json:1:2: version: is not allowed next to 'interactions'. A file with 'interactions' has no other keys at its top level.
            1 | {"version": 1,
              |  ^
        line 2: 1
        invalid: -
        week.json:3:2: other: is not allowed next to 'interactions'. A file with 'interactions' has no other keys at its top level.
            3 |  "other": [1], "more": {"id": 2}}
              |  ^
        week.json:3:16: more: is not allowed next to 'interactions'. A file with 'interactions' has no other keys at its top level.
            3 |  "other": [1], "more": {"id": 2}}
              |                ^
        """,
    ),
    "the list twice": (
        '{"interactions": [{"id": 1}],\n"interactions": [{"id": 2}]}',
        """
        line 1: 1
        invalid: -
        week.json:2:1: interactions: given twice. Keep one of them.
            2 | "interactions": [{"id": 2}]}
              | ^
        line 2: 2
        """,
    ),
}


@pytest.mark.parametrize(("text", "words"), WRONG_VALUES.values(), ids=WRONG_VALUES)
def test_what_is_wrong_is_told_with_its_place(text: str, words: str) -> None:
    expect_report(text, words, "json")


MISTAKES = {
    "[": ("", "1:2", "expecting value"),
    "{": ("", "1:2", "expecting a key in double quotes"),
    '[{"id": 1}': ("line 1: 1\n", "1:11", "expecting ',' or ']'"),
    '[{"id": 1},': ("line 1: 1\n", "1:12", "expecting value"),
    '[{"id": 1},]': ("line 1: 1\n", "1:12", "expecting value"),
    '[{"id": 1} {"id": 2}]': ("line 1: 1\n", "1:12", "expecting ',' or ']'"),
    '[{"id": 1}}': ("line 1: 1\n", "1:11", "expecting ',' or ']'"),
    '{"id"': ("", "1:6", "expecting ':'"),
    '{"id" 1}': ("", "1:7", "expecting ':'"),
    '{"id":': ("", "1:7", "expecting value"),
    '{"id": 1': ("", "1:9", "expecting ',' or '}'"),
    '{"id": 1,}': ("", "1:10", "expecting a key in double quotes"),
    '{"id": 1]': ("", "1:9", "expecting ',' or '}'"),
    "{id: 1}": ("", "1:2", "expecting a key in double quotes"),
    "{'id': 1}": ("", "1:2", "expecting a key in double quotes"),
    '{"id": 01}': ("", "1:9", "expecting ',' or '}'"),
    '{"id": .5}': ("", "1:8", "expecting value"),
    '{"id": +1}': ("", "1:8", "expecting value"),
    '{"id": tru}': ("", "1:8", "expecting value"),
    '{"id": won}': ("", "1:8", "expecting value"),
    '{"id": "a': ("", "1:8", "unterminated string"),
    '{"id": "a\nb"}': ("", "1:10", "invalid control character"),
    '{"id": "C:\\dir"}': ("", "1:11", "invalid \\escape"),
    "// a\n{}": ("", "1:1", "expecting value"),
    '{"id": 1} x': ("line 1: 1\n", "1:11", "expecting nothing more"),
    '[{"id": 1}]\n[]': ("line 1: 1\n", "2:1", "expecting nothing more"),
    '{"id": 1}\n{"id": 2}': ("line 1: 1\n", "2:1", "expecting nothing more"),
    '{"interactions": [{"id": 1}}': ("line 1: 1\n", "1:28", "expecting ',' or ']'"),
    '{"interactions": [{"id": 1}]': ("line 1: 1\n", "1:29", "expecting ',' or '}'"),
}
"""By text: what is told before the mistake, its place, and what it is."""


@pytest.mark.parametrize(("text", "mistake"), MISTAKES.items(), ids=MISTAKES)
def test_the_first_mistake_in_the_syntax_ends_the_file(
    text: str, mistake: tuple[str, str, str]
) -> None:
    before, place, what = mistake
    line, column = map(int, place.split(":"))
    shown = text.split("\n")[line - 1]
    assert told(read(text, "json")) == (
        f"{before}unreadable:\nweek.json:{place}: not JSON: {what}. {CHECK}\n"
        f"    {line} | {shown}\n      | {' ' * (column - 1)}^\n"
    )


@pytest.mark.parametrize("form", ["json", "jsonl"])
@pytest.mark.parametrize("opening", ["[", '{"a":', '[{"a":'])
def test_endless_nesting_is_refused_at_once(opening: str, form: str) -> None:
    start = time.perf_counter()
    [item] = read(opening * 100_000, form)
    assert time.perf_counter() - start < 3
    assert "not JSON: nested too deeply. " in told([item])
    assert len(told([item])) < 500


def test_deep_nesting_that_can_be_read_is_told_in_few_words() -> None:
    [item] = read(f'{{"id": {"[" * 200}{"]" * 200}, "order": {"[" * 200}{"]" * 200}}}', "json")
    assert isinstance(item, Unjudged)
    assert places([item]) == ["week.json:1:8", "week.json:1:420"]
    assert len(told([item])) < 1000


def test_the_excerpt_of_a_long_line_is_a_window() -> None:
    expect_report(
        f'[{{"notes": "{"x" * 5000}", "customer": "wun", "employee": "{"y" * 5000}"}}]',
        f"""
        invalid: -
        week.json:1:5028: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            1 | {"x" * 45}", "customer": "wun", "employee": "{"y" * 40}
              | {" " * SHOWN}^
        """,
        "json",
    )


def test_places_are_right_far_down_a_file() -> None:
    good = '  {"id": "ü",\n   "customer": "won"},\n'
    text = f'[\n{good * 50_000}  {{"customer": "wun"}}]'
    assert places(read(text, "json")) == ["week.json:100002:16"]
    lines = '{"id": "日本"}\n' * 100_000 + '{"id": "日本", "customer": "wun"}'
    assert places(read(lines, "jsonl")) == ["week.jsonl:100001:26"]


def test_many_problems_in_one_record_take_little_time() -> None:
    tags = ", ".join(f'"t{number}": []' for number in range(3000))
    keys = ", ".join(f'"k{number}": 1, "k{number}": 2' for number in range(1000))
    start = time.perf_counter()
    assert number(read(f'{{"tags": {{{tags}}}}}', "json")) == 3000
    assert number(read(f"{{{keys}}}", "json")) == 2000
    assert number(read(f'{{{keys}, "interactions": [{{}}]}}', "json")) == 2000
    assert time.perf_counter() - start < 20


# JSONL

LINES = {
    "a record on each line": ('{"id": 1}\n{"id": 2}\n', "line 1: 1\nline 2: 2\n"),
    "no line feed at the end": ('{"id": 1}\n{"id": 2}', "line 1: 1\nline 2: 2\n"),
    "blank lines": ('\n{"id": 1}\n\n \t \n{"id": 2}\n\n', "line 2: 1\nline 5: 2\n"),
    "spaces around": ('  {"id": 1}\t\n\t{"id": 2}  ', "line 1: 1\nline 2: 2\n"),
    "line ends of Windows": ('{"id": 1}\r\n\r\n{"id": 2}\r\n', "line 1: 1\nline 3: 2\n"),
    "line ends of an old Mac": ('{"id": 1}\r{"id": 2}\r', "line 1: 1\nline 2: 2\n"),
    "a byte-order mark": ('\ufeff{"id": 1}\n{"id": 2}\n', "line 1: 1\nline 2: 2\n"),
}


@pytest.mark.parametrize(("text", "words"), LINES.values(), ids=LINES)
def test_each_line_is_a_record(text: str, words: str) -> None:
    assert told(read(text, "jsonl")) == words


def test_a_broken_line_costs_that_line() -> None:
    expect_report(
        '{"id": 1}\n{"id": \n{"id": 3} {"id": 4}\n{"id": "a\n"}\n[{"id": 6}]\nnull\n{"id": "\x07"\n{"id": 8}\n{"id":',
        f"""
        line 1: 1
        invalid: -
        week.jsonl:2:8: not JSON: expecting value. {CHECK}
            2 | {{"id":
              |        ^
        invalid: -
        week.jsonl:3:11: not JSON: expecting nothing more. {CHECK}
            3 | {{"id": 3}} {{"id": 4}}
              |           ^
        invalid: -
        week.jsonl:4:8: not JSON: unterminated string. {CHECK}
            4 | {{"id": "a
              |        ^
        invalid: -
        week.jsonl:5:1: not JSON: unterminated string. {CHECK}
            5 | "}}
              | ^
        invalid: -
        week.jsonl:6:1: a list is not an interaction. Write facts as keys, such as salesperson: won.
            6 | [{{"id": 6}}]
              | ^
        invalid: -
        week.jsonl:7:1: this item is empty. Remove it, or write facts as keys, such as salesperson: won.
            7 | null
              | ^
        invalid: -
        week.jsonl:8:9: character U+0007 is not text. Remove it.
            8 | {{"id": "\ufffd"
              |         ^
        week.jsonl:8:11: not JSON: expecting ',' delimiter. {CHECK}
            8 | {{"id": "\ufffd"
              |           ^
        line 9: 8
        invalid: -
        week.jsonl:10:7: not JSON: expecting value. {CHECK}
           10 | {{"id":
              |       ^
        """,
        "jsonl",
    )


def test_what_is_wrong_on_a_line_is_told_with_its_place() -> None:
    expect_report(
        '{"id": 1, "id": 2}\n\n{"id": "\\ud800"}\n{"id": 3, "customer": "wun"}\n{"interactions": []}\n{"id": 4}',
        """
        invalid: 1
        week.jsonl:1:11: id: given twice. Keep one of them.
            1 | {"id": 1, "id": 2}
              |           ^
        invalid: \ufffd
        week.jsonl:3:9: character U+D800 is not text. It is half of a pair: write both halves, or remove it.
            3 | {"id": "\\ud800"}
              |         ^
        invalid: 3
        week.jsonl:4:23: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            4 | {"id": 3, "customer": "wun"}
              |                       ^
        invalid: -
        week.jsonl:5:2: interactions: this key lists interactions and cannot be part of one. Write interactions alone at the top of a file, and a list under it.
            5 | {"interactions": []}
              |  ^
        line 6: 4
        """,
        "jsonl",
    )


def test_lines_before_bytes_that_are_not_utf8_are_read() -> None:
    expect_report(
        b'{"id": 1}\n{"id": 2}\n{"id": "\xff"}\n{"id": 4}\n',
        """
        line 1: 1
        line 2: 2
        unreadable:
        week.jsonl:3:9: byte 0xff is not UTF-8. Save the file as UTF-8.
            3 | {"id": "
              |         ^
        """,
        "jsonl",
    )


@pytest.mark.parametrize("size", [CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_line_may_be_longer_than_what_is_read_at_once(size: int) -> None:
    line = f'{{"id": "1", "notes": "{"x" * size}"}}\n'
    assert ids(read(line * 3, "jsonl")) == ["1"] * 3


def test_a_very_long_line_takes_little_time() -> None:
    start = time.perf_counter()
    [item] = read(f"[{'1,' * 10_000_000}", "jsonl")
    assert time.perf_counter() - start < 10
    assert isinstance(item, Unjudged)
    assert places([item]) == ["week.jsonl:1:20000002"]


def test_a_long_file_is_never_kept_whole() -> None:
    tape = WatchedTape(generated("", '{"id": 1}\n', 200_000), "week.jsonl")
    assert sum(1 for _ in read_jsonl(tape)) == 200_000
    assert tape.most <= 2 * CHUNK


@pytest.mark.parametrize("line", ['{"id": 1}\n', '{"id": \n', '{"id": 1, "id": 2}\n'])
def test_memory_does_not_grow_with_the_file(line: str) -> None:
    tape = WatchedTape(generated("", line, 10_000), "week.jsonl")
    tracemalloc.start()
    found = sum(1 for _ in read_jsonl(tape))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == 10_000
    assert tape.most <= 2 * CHUNK
    assert peak < 2_000_000

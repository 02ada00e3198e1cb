"""YAML in every layout and with every mistake: what is read, what is told, and that nothing is lost."""

import gc
import time
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from reading import (
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

from winwinwin import Unjudged
from winwinwin.errors import SHOWN, UnreadableError
from winwinwin.parsing.places import Places, Token, json_tokens, yaml_tokens
from winwinwin.parsing.tape import CHUNK, Tape
from winwinwin.parsing.yaml_events import Builder
from winwinwin.parsing.yaml_records import read_yaml
from winwinwin.record.checking import check
from winwinwin.record.interaction import Recorded

CHECK = "Check the quotes, brackets and indentation above it."
TABS = "Indent with spaces, not tabs."
COLON = "Put quotes around text that contains ': '."
SAME_KEY = "Begin this line in the same column as the key above it."
SAME_DASH = "Begin this line in the same column as the dashes above it."
BEGIN = 'Begin each record with "- ".'
COMMAS = "Put commas between the values, and close the bracket."
CLOSE = "Close what opens here."
CLOSE_QUOTES = "Close the quotes, or indent every line of the text further than its record."


# Layouts

LAYOUTS = {
    "one record": ("id: 1\ncustomer: won\n", "line 1: 1"),
    "one record in braces": ("{id: 1, customer: won}\n", "line 1: 1"),
    "one record after a marker": ("---\nid: 1\n", "line 2: 1"),
    "a list": ("- id: 1\n- id: 2\n", "line 1: 1, line 2: 2"),
    "a list further to the right": ("  - id: 1\n  - id: 2\n", "line 1: 1, line 2: 2"),
    "a list of dashes alone": ("-\n  id: 1\n-\n  id: 2\n", "line 2: 1, line 4: 2"),
    "a list in brackets": ("[{id: 1}, {id: 2}]\n", "line 1: 1, line 1: 2"),
    "a list in brackets over lines": ("[\n{id: 1},\n  {id: 2},\n]\n", "line 2: 1, line 3: 2"),
    "a wrapped list": ("interactions:\n- id: 1\n- id: 2\n", "line 2: 1, line 3: 2"),
    "a wrapped list, indented": ("interactions:\n  - id: 1\n  - id: 2\n", "line 2: 1, line 3: 2"),
    "a wrapped list in brackets": ("interactions: [{id: 1}, {id: 2}]\n", "line 1: 1, line 1: 2"),
    "all in brackets": ('{"interactions": [{"id": "1"},\n{"id": "2"}]}', "line 1: 1, line 2: 2"),
    "a quoted wrapper": ("'interactions':\n- id: 1\n", "line 2: 1"),
    "documents": ("id: 1\n---\nid: 2\n---\nid: 3\n", "line 1: 1, line 3: 2, line 5: 3"),
    "documents with ends": ("---\nid: 1\n...\n---\nid: 2\n...\n", "line 2: 1, line 5: 2"),
    "empty documents": ("---\n---\nid: 1\n---\n~\n---\n# none\n---\nid: 2\n", "line 3: 1, line 9: 2"),
    "documents of every layout": (
        "id: 1\n---\n- id: 2\n- id: 3\n---\ninteractions:\n  - id: 4\n--- {id: 5}\n--- [{id: 6}]\n",
        "line 1: 1, line 3: 2, line 4: 3, line 7: 4, line 8: 5, line 9: 6",
    ),
    "comments and blank lines": (
        "# a\n\n- id: 1 # b\n\n  # c\n# d\n- id: 2\n\n# e",
        "line 3: 1, line 7: 2",
    ),
    "directives": ("%YAML 1.2\n%TAG ! tag:x,2026:\n---\n- id: 1\n", "line 4: 1"),
    "no line feed at the end": ("- id: 1\n- id: 2", "line 1: 1, line 2: 2"),
    "line ends of Windows": ("- id: 1\r\n  customer: won\r\n- id: 2\r\n", "line 1: 1, line 3: 2"),
    "line ends of an old Mac": ("- id: 1\r  customer: won\r- id: 2\r", "line 1: 1, line 3: 2"),
    "a byte-order mark": ("\ufeff- id: 1\n- id: 2\n", "line 1: 1, line 2: 2"),
    "a complex key": ("? id\n: 1\n? customer\n: won\n", "line 1: 1"),
    "types named": ("- id: !!int 1\n  customer: !!str won\n- !mine {id: 2}\n", "line 1: 1, line 3: 2"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), LAYOUTS.values(), ids=LAYOUTS)
def test_records_are_read_in_every_layout(text: str, words: str) -> None:
    assert told(read(text)).splitlines() == words.split(", ")


@pytest.mark.parametrize(
    "text",
    [
        "", "\n\n", "# nothing yet\n", "---\n", "---\n...\n", "~\n", "null\n", "[]\n", "''\n",
        "interactions:\n", "interactions: []\n", "interactions: ~\n", "interactions:\n# - id: 1\n",
        "{interactions: []}", "---\n---\ninteractions: []\n---\n[]\n", "\ufeff",
    ],
)  # fmt: skip
def test_a_file_without_a_record_says_so(text: str) -> None:
    expect_report(
        text,
        """
        unreadable:
        week.yaml: holds no interactions. Record at least one; `winwinwin new` prints a template.
        """,
    )


WRAPPERS = {
    "keys around the list": (
        "version: 1\nversion: 2\ninteractions:\n- id: 1\nother: [1]\nmore: 2\n",
        """
        invalid: -
        week.yaml:1:1: version: is not allowed next to 'interactions'. A file with 'interactions' has no other keys at its top level.
            1 | version: 1
              | ^
        week.yaml:2:1: version: given twice. Keep one of them.
            2 | version: 2
              | ^
        line 4: 1
        invalid: -
        week.yaml:5:1: other: is not allowed next to 'interactions'. A file with 'interactions' has no other keys at its top level.
            5 | other: [1]
              | ^
        week.yaml:6:1: more: is not allowed next to 'interactions'. A file with 'interactions' has no other keys at its top level.
            6 | more: 2
              | ^
        """,
    ),
    "the list twice": (
        "interactions:\n- id: 1\ninteractions:\n- id: 2\n",
        """
        line 2: 1
        invalid: -
        week.yaml:3:1: interactions: given twice. Keep one of them.
            3 | interactions:
              | ^
        line 4: 2
        """,
    ),
    "no list": (
        "interactions: {a: b}\n",
        """
        invalid: -
        week.yaml:1:1: interactions: this key lists interactions and cannot be part of one. Write interactions alone at the top of a file, and a list under it.
            1 | interactions: {a: b}
              | ^
        """,
    ),
}


@pytest.mark.parametrize(("text", "words"), WRAPPERS.values(), ids=WRAPPERS)
def test_a_wrapper_holds_one_list_and_nothing_else(text: str, words: str) -> None:
    expect_report(text, words)


# Keys


def test_a_key_given_twice_is_told_at_each_depth() -> None:
    expect_report(
        """- id: 1
  id: 2
  customer: {outcome: won, outcome: lost}
  tags:
    a: 1
    b: 2
    a: 3
- id: 3
""",
        """
        invalid: 1
        week.yaml:2:3: id: given twice. Keep one of them.
            2 |   id: 2
              |   ^
        week.yaml:3:28: outcome: given twice. Keep one of them.
            3 |   customer: {outcome: won, outcome: lost}
              |                            ^
        week.yaml:7:5: a: given twice. Keep one of them.
            7 |     a: 3
              |     ^
        line 8: 3
        """,
    )
    expect_report(
        "salesperson: won\n\"salesperson\": lost\n'salesperson': won\n",
        """
        invalid: -
        week.yaml:2:1: salesperson: given twice. Keep one of them.
            2 | "salesperson": lost
              | ^
        week.yaml:3:1: salesperson: given twice. Keep one of them.
            3 | 'salesperson': won
              | ^
        """,
    )


def test_a_key_is_text() -> None:
    expect_report(
        """- id: 1
  ? [a, b]
  : c
  {x: y}: z
  &k *q : r
- ? - a
  : customer: won
- 1: 2
  ~: 3
  customer: wun
""".replace("&k ", ""),
        f"""
        invalid: 1
        week.yaml:2:5: a key is not text. Write a name before the colon.
            2 |   ? [a, b]
              |     ^
        week.yaml:4:3: a key is not text. Write a name before the colon.
            4 |   {{x: y}}: z
              |   ^
        week.yaml:5:3: a key is not text. Write a name before the colon.
            5 |   *q : r
              |   ^
        week.yaml:5:3: '*q' refers to an anchor that is not defined before it. Put quotes around text that begins with *, or write the value out.
            5 |   *q : r
              |   ^
        invalid: -
        week.yaml:6:5: a key is not text. Write a name before the colon.
            6 | - ? - a
              |     ^
        invalid: -
        week.yaml:8:3: 1: unknown key. {KEYS}
            8 | - 1: 2
              |   ^
        week.yaml:9:3: ~: unknown key. {KEYS}
            9 |   ~: 3
              |   ^
        week.yaml:10:13: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
           10 |   customer: wun
              |             ^
        """,
    )


def test_places_are_found_behind_a_key_that_is_not_text() -> None:
    assert places(read("? [a, {b: c}]\n: [d]\ncustomer: wun\n")) == [
        "week.yaml:1:3",
        "week.yaml:3:11",
    ]


def test_keys_are_not_merged() -> None:
    expect_report(
        "- &a {id: 1}\n- <<: *a\n  id: 2\n",
        """
        line 1: 1
        invalid: 2
        week.yaml:2:3: <<: merge keys are not supported. Write the keys out.
            2 | - <<: *a
              |   ^
        """,
    )


# Anchors and aliases


def test_an_alias_stands_for_the_value_of_its_anchor() -> None:
    items = read(
        """- &first
  id: 1
  customer: &won won
  tags: &tags {region: north}
- *first
- id: 2
  salesperson: *won
  tags: *tags
- id: &id &nothing-here
""".replace(" &nothing-here", " 3")
        + "- id: *id\n"
    )
    assert ids(items) == ["1", "1", "2", "3", "3"]
    assert [item.line for item in items if isinstance(item, Recorded)] == [1, 5, 6, 9, 10]
    third = items[2]
    assert isinstance(third, Recorded)
    assert third.interaction.salesperson.outcome == "won"
    assert third.interaction.tags == {"region": "north"}


def test_an_anchor_stands_for_its_latest_value() -> None:
    assert ids(read("- id: &x 1\n- id: *x\n- id: &x 2\n- id: *x\n")) == ["1", "1", "2", "2"]


def test_a_mistake_in_a_shared_value_is_told_where_each_record_has_it() -> None:
    expect_report(
        "- id: 1\n  customer: &c {outcome: wun}\n- id: 2\n  customer: *c\n",
        """
        invalid: 1
        week.yaml:2:26: customer.outcome: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            2 |   customer: &c {outcome: wun}
              |                          ^
        invalid: 2
        week.yaml:4:13: customer.outcome: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            4 |   customer: *c
              |             ^
        """,
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("id: *x\n", "1:5"),
        ("id: 1\ncustomer: &c [*c]\n", "2:15"),
        ("- id: &x 1\n---\n- id: *x\n", "3:7"),
        ("- id: *x\n- id: &x 2\n", "1:7"),
    ],
    ids=["none", "itself", "another document", "later"],
)
def test_an_alias_needs_an_anchor_before_it_in_its_document(text: str, place: str) -> None:
    [problem] = [
        problem
        for item in read(text)
        if isinstance(item, Unjudged)
        for problem in item.problems
        if "anchor" in problem.what
    ]
    assert "refers to an anchor that is not defined before it. Put quotes" in problem.message
    assert str(problem.place) == f"week.yaml:{place}"


RUN_TOGETHER = {
    "the only line": ("- salesperson:won\n", "1:3: 'salesperson:won' is not an interaction."),
    "every line": (
        "- salesperson:won\n  customer:lost\n",
        "1:3: 'salesperson:won customer:lost' is not an interaction.",
    ),
    "in braces": ("- {salesperson:won, customer: lost}\n", "1:4: salesperson:won: unknown key."),
    "for an outcome": (
        "- organization:\n    salesperson:won\n",
        "2:5: organization: 'salesperson:won' is not an outcome.",
    ),
}


@pytest.mark.parametrize(("text", "said"), RUN_TOGETHER.values(), ids=RUN_TOGETHER)
def test_a_key_and_a_value_that_run_together_are_told_so(text: str, said: str) -> None:
    broken, good = read(f"{text}- id: 2\n")
    assert isinstance(broken, Unjudged)
    assert broken.problems[0].line.startswith(
        f"week.yaml:{said} Put a space after the colon: salesperson: won."
    )
    assert ids([good]) == ["2"]


TAKEN = {
    "!important": "the tag '!important' means nothing here. Put quotes around text that begins with !.",
    "! note well": "the tag '!' means nothing here. Put quotes around text that begins with !.",
    "!important call": "the tag '!important' means nothing here. Put quotes around text that begins with !.",
    "&co": "the anchor '&co' has no value. Put quotes around text that begins with &.",
}


@pytest.mark.parametrize(("written", "said"), TAKEN.items())
def test_text_that_a_sign_takes_from_is_not_lost_in_silence(written: str, said: str) -> None:
    for text in (f"notes: {written}", f"tags:\n    a: {written}", f"order:\n    - {written}"):
        found = read(f"- {text}\n  id: 1\n- id: 2\n")
        assert isinstance(found[0], Unjudged)
        assert said in [problem.message for problem in found[0].problems]
        assert ids(found) == ["2"]


def test_tags_of_yaml_itself_are_passed_over() -> None:
    read_ = read_one("id: !!str 1\ncustomer: !!str won\nnotes: !!str\n").interaction
    assert (read_.id, read_.customer.outcome) == ("1", "won")


def test_anchors_outlast_a_broken_item_but_not_their_document() -> None:
    items = read("- id: &x 1\n- id: 'a\n- id: *x\n- id: b: c\n- id: *x\n---\n- id: *x\n")
    assert ids(items) == ["1", "1", "1"]
    assert places(items) == ["week.yaml:2:7", "week.yaml:4:8", "week.yaml:7:7"]


BOMB = "tags: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    "use",
    [
        "salesperson: *i", "salesperson: {feels_good: *i}", "customer: {outcome: *i, won_at: *i}",
        "order: *i", "tags: {a: *i}", "id: *i", "date: *i", "notes: [*i, *i]", "? *i\n: b",
    ],
)  # fmt: skip
def test_an_alias_bomb_is_harmless(use: str) -> None:
    tracemalloc.start()
    start = time.perf_counter()
    [item] = read(BOMB.replace("tags", "a") + use + "\n")
    seconds = time.perf_counter() - start
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(item, Unjudged)
    assert seconds < 2
    assert peak < 5_000_000
    assert len(told([item])) < 10_000


def test_aliases_that_stand_for_too_many_values_are_refused_at_their_places() -> None:
    [item, other] = read(BOMB.replace("tags", "- a").replace("\n", "\n  ") + "\n- id: b\n")
    said = "with '*e', the aliases of this file stand for too many values. Write the value out."
    assert f"week.yaml:6:14: {said}" in told([item])
    assert ids([other]) == ["b"]


def test_the_values_of_a_long_file_may_be_shared_often() -> None:
    agent = "- &agent\n  salesperson: {outcome: won, feels_good: true}\n"
    items = read(agent + "- *agent\n" * 50_000)
    assert all(isinstance(item, Recorded) for item in items)


# Depth


@pytest.mark.parametrize("depth", [20, 490])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[{a: ", "}]")])
def test_what_lies_too_deep_is_passed_over(opening: str, closing: str, depth: int) -> None:
    items = read(f"- id: 1\n  tags: {opening * depth}{closing * depth}\n- id: 2\n")
    assert "is nested too deeply. Facts are not nested this deeply." in told(items)
    assert ids(items) == ["2"]


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "{a: ", "[{a: ", "{? ", "-   "])
@pytest.mark.parametrize("repeated", [2000, 20_000])
def test_endless_nesting_is_refused_at_once(opening: str, repeated: int) -> None:
    start = time.perf_counter()
    [item, *_] = read(opening * repeated)
    assert time.perf_counter() - start < 3
    assert "Facts are not nested this deeply." in told([item])
    assert len(told([item])) < 5000


def test_endless_nesting_in_an_item_costs_that_item() -> None:
    for opening in ("[", "{", "{a: ", "? "):
        items = read(f"- id: 1\n- {opening * 3000}\n- id: 3\n")
        assert ids(items) == ["1", "3"]
        assert places(items)[0].startswith("week.yaml:2:")


# Characters that other programs take for line ends


@pytest.mark.parametrize("character", ["\u2028", "\u2029"])
def test_what_ends_a_line_in_yaml_1_1_alone_has_to_be_escaped(character: str) -> None:
    number = f"U+{ord(character):04X}"
    expect_report(
        f'- id: 1\n  notes: a{character}b\n- id: 2\n  notes: "a{character.encode("unicode_escape").decode()}b"\n- id: 3\n  customer: wun\n',
        f"""
        invalid: 1
        week.yaml:2:11: character {number} is not text. Remove it.
            2 |   notes: a\ufffdb
              |           ^
        line 3: 2
        invalid: 3
        week.yaml:6:13: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            6 |   customer: wun
              |             ^
        """,
    )


# Mistakes in the syntax of a list item

BROKEN = {
    "a quote left open": (
        "- id: 2\n  customer: 'won\n",
        "2:13",
        f"{CLOSE}",
    ),
    "a double quote left open": (
        '- id: 2\n  customer: "won\n',
        "2:13",
        f"{CLOSE}",
    ),
    "a quote in quotes": (
        "- id: 2\n  notes: 'it's'\n",
        "2:14",
        "Use the other kind of quotes around the whole text.",
    ),
    "an unknown escape": (
        '- id: 2\n  notes: "C:\\dir"\n',
        "2:13",
        f"{CHECK} The parser says: found unknown escape character, while parsing a quoted scalar.",
    ),
    "half a character": (
        '- id: "\\ud83d"\n',
        "1:10",
        f"{CHECK} The parser says: found invalid Unicode character escape code, while parsing a quoted scalar.",
    ),
    "a bracket left open": (
        "- id: 2\n  order: [salesperson\n",
        "2:10",
        f"{CLOSE}",
    ),
    "a brace left open": (
        "- {id: 2, customer: won\n",
        "1:3",
        f"{CLOSE}",
    ),
    "a stray bracket": (
        "- id: 2\n  customer: ]won\n",
        "2:13",
        "Put quotes around text that begins with ].",
    ),
    "a stray brace": (
        "- {id: 2}}\n",
        "1:10",
        f"{CHECK} The parser says: did not find expected '-' indicator, while parsing a block collection.",
    ),
    "text behind a bracket": (
        "- id: 2\n  order: [salesperson] x\n",
        "2:24",
        "Put quotes around text that begins with [.",
    ),
    "a tab for indentation": (
        "- id: 2\n\tcustomer: won\n",
        "2:1",
        f"{TABS}",
    ),
    "a tab before a mapping": (
        "- id: 2\n  customer:\n\t  outcome: won\n",
        "3:1",
        f"{TABS}",
    ),
    "a sign that begins a value": (
        "- id: 2\n  customer: @won\n",
        "2:13",
        "Put quotes around text that begins with @.",
    ),
    "two colons": (
        "- id: 2\n  customer: won: lost\n",
        "2:16",
        f"{COLON}",
    ),
    "two colons at the dash": (
        "- id: 2: 3\n  customer: won\n",
        "1:8",
        f"{COLON}",
    ),
    "no colon": (
        "- id: 2\n  customer won\n",
        "2:3",
        f"{CHECK} The parser says: could not find expected ':', while scanning a simple key.",
    ),
    "no space behind a colon": (
        "- id:2\n  customer: won\n",
        "1:3",
        "Put a space after the colon: id: 2.",
    ),
    "a key that is very long": (
        f"- id: 2\n  {'k' * 1030}: won\n",
        "2:3",
        f"{CHECK} The parser says: could not find expected ':', while scanning a simple key.",
    ),
    "too little indentation": (
        "- id: 2\n  salesperson: won\n customer: won\n",
        "3:2",
        f"{SAME_KEY}",
    ),
    "too much indentation": (
        "- id: 2\n    customer: won\n",
        "2:13",
        f"{SAME_KEY}",
    ),
    "an anchor without a name": (
        "- id: 2\n  customer: & won\n",
        "2:14",
        "Put quotes around text that begins with &.",
    ),
    "an alias without a name": (
        "- id: 2\n  customer: *\n",
        "2:14",
        "Put quotes around text that begins with *.",
    ),
    "a tag that is not text": (
        "- id: 2\n  customer: !<%ed%a0%80> won\n",
        "1:1",
        "Remove the tag: it is not UTF-8.",
    ),
    "a block of no kind": (
        "- id: 2\n  notes: |x\n    a\n",
        "2:11",
        "Put quotes around text that begins with |.",
    ),
    "a key and a value run together": (
        "- id: 2\n  salesperson:won\n  customer: lost\n",
        "2:3",
        "Put a space after the colon: salesperson: won.",
    ),
    "a key and a value run together at the dash": (
        "- salesperson:won\n  customer: lost\n",
        "1:3",
        "Put a space after the colon: salesperson: won.",
    ),
    "a key and a value run together below a party": (
        "- id: 2\n  salesperson:\n    outcome:won\n    feels_good: no\n",
        "3:5",
        "Put a space after the colon: outcome: won.",
    ),
    "text with a colon": (
        "- id: 2\n  notes: She said: no\n  customer: won\n",
        "2:18",
        f"{COLON}",
    ),
    "text that begins with a bracket": (
        "- id: 2\n  notes: [sic] he said\n",
        "2:16",
        "Put quotes around text that begins with [.",
    ),
    "text that begins with a dash": (
        "- id: 2\n  notes: - and so on\n",
        "2:10",
        "Put quotes around text that begins with -.",
    ),
    "text that begins with a sign of a list's": (
        "- id: 2\n  order: [salesperson, %customer]\n",
        "2:24",
        "Put quotes around text that begins with %.",
    ),
    "a comma left out": (
        "- id: 2\n  tags: {a: b c: d}\n",
        "2:16",
        "Put commas between the values, and close the bracket.",
    ),
    "a quote closed in a later item": (
        "- id: 2\n  notes: 'a\n- id: 2\n  notes: b'\n",
        "2:10",
        f"{CLOSE_QUOTES}",
    ),
    "two keys on a line": (
        "- id: 2\n  salesperson: won, customer: lost\n",
        "2:29",
        "Write one key per line, or put quotes around the whole text.",
    ),
    "an equals sign": (
        "- id: 2\n  salesperson = won\n  customer: lost\n",
        "2:3",
        "Write salesperson: won.",
    ),
    "an equals sign at the dash": (
        "- salesperson = won\n  customer: lost\n",
        "1:3",
        "Write salesperson: won.",
    ),
    "a space before a colon": (
        "- id: 2\n  salesperson :won\n  customer: lost\n",
        "2:3",
        "Put a space after the colon: salesperson: won.",
    ),
    "a dash for nothing": (
        "- id: 2\n  salesperson: - # not asked\n  customer: lost\n",
        "2:16",
        "Leave the key out, or write unknown.",
    ),
    "a key one space too far to the right": (
        "- id: 2\n  salesperson: won\n   customer: lost\n",
        "3:12",
        SAME_KEY,
    ),
    "a key below a party one space too far to the left": (
        "- id: 2\n  salesperson:\n    outcome: won\n   feels_good: yes\n",
        "4:4",
        SAME_KEY,
    ),
}
"""By name: an item with id 2, the place of the mistake from its first line on, and its message."""


@pytest.mark.parametrize(("item", "place", "message"), BROKEN.values(), ids=BROKEN)
def test_a_mistake_costs_its_item_and_is_told(item: str, place: str, message: str) -> None:
    line, column = map(int, place.split(":"))
    shown = item.split("\n")[line - 1]
    window = shown[max(column - 1 - SHOWN, 0) : column - 1 + SHOWN].replace("\t", "\\t").rstrip()
    told_before, _, told_after = told(read(f"- id: 1\n{item}- id: 3\n")).partition("invalid: -\n")
    assert told_before == "line 1: 1\n"
    assert told_after.splitlines()[:3] == [
        f"week.yaml:{line + 1}:{column}: not YAML. {message}",
        f"{line + 1:>5} | {window}",
        "      | " + " " * (column - 1) + "^",
    ]
    assert told_after.splitlines()[-1] == f"line {item.count(chr(10)) + 2}: 3"


LISTS = {
    "list": ("", ""),
    "list to the right": ("", "  "),
    "wrapped list": ("interactions:\n", ""),
    "wrapped and indented list": ("interactions:\n", "  "),
    "list behind other documents": ("id: 0\n---\n- id: 0\n---\n", ""),
}
GOOD = [
    "- id: {0}\n  customer: won\n",
    "- {{id: {0}, notes: 'it''s'}}\n",
    '-\n  id: {0}\n  notes: "a: -\n\n    - b"\n  order:\n    - salesperson\n  salesperson: won\n',
    "- id: {0}\n  notes: |\n    - text: [\n\n    'more\n  # a comment\n  tags:\n    region: north\n",
]


def listed(items: list[str], head: str, indent: str) -> str:
    lines = "".join(items).splitlines()
    return head + "".join(f"{indent if line else ''}{line}\n" for line in lines)


@pytest.mark.parametrize(("head", "indent"), LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("broken", BROKEN)
@pytest.mark.parametrize("at", [0, 1, 2, 4], ids=["first", "second", "middle", "last"])
def test_no_item_is_lost_around_a_broken_one(at: int, broken: str, head: str, indent: str) -> None:
    items = [GOOD[number % 4].format(number + 10) for number in range(5)]
    items[at] = BROKEN[broken][0]
    found = read(listed(items, head, indent))
    around = [str(number + 10) for number in range(5) if number != at]
    assert [id_ for id_ in ids(found) if id_ not in ("0", "2")] == around
    assert any(isinstance(item, Unjudged) for item in found)


@pytest.mark.parametrize(("head", "indent"), LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("second", BROKEN)
@pytest.mark.parametrize("first", ["two colons", "a quote in quotes", "a brace left open"])
def test_no_item_is_lost_around_two_broken_ones(
    first: str, second: str, head: str, indent: str
) -> None:
    items = [GOOD[0].format(1), BROKEN[first][0], BROKEN[second][0], *map(GOOD[2].format, "34")]
    found = read(listed(items, head, indent))
    assert [id_ for id_ in ids(found) if id_ not in ("0", "2")] == ["1", "3", "4"]
    assert sum(isinstance(item, Unjudged) for item in found) >= 2


@pytest.mark.parametrize("indent", ["", "  "])
def test_every_item_may_be_broken(indent: str) -> None:
    items = [f"- id: {number}: x\n" for number in range(50)]
    found = read(listed(items, "interactions:\n", indent))
    assert len(found) == 50
    assert places(found) == [
        f"week.yaml:{line + 2}:{len(indent) + 7 + len(str(line))}" for line in range(50)
    ]


RECOVERIES = {
    "a key beside the list is seen behind a broken item": (
        "interactions:\n  - id: 1\n  - id: 2\n    customer: 'won\n  - id: 3\nversion: 1\n",
        """
        line 2: 1
        invalid: -
        week.yaml:4:15: not YAML. Close what opens here.
            4 |     customer: 'won
              |               ^
        line 5: 3
        invalid: -
        week.yaml:6:1: version: is not allowed next to 'interactions'. A file with 'interactions' has no other keys at its top level.
            6 | version: 1
              | ^
        """,
    ),
    "a mistake behind the list is not its last item's": (
        "interactions:\n  - id: 1\nversion 3\n",
        f"""
        line 2: 1
        invalid: -
        week.yaml:3:1: not YAML. {CHECK} The parser says: could not find expected ':', while scanning a simple key.
            3 | version 3
              | ^
        """,
    ),
    "what is left of a merge": (
        "- id: 1\n  customer: won\n<<<<<<< HEAD\n- id: 2\n=======\n- {id: 3}\n>>>>>>> branch\n- id: 4\n",
        f"""
        line 1: 1
        invalid: -
        week.yaml:3:1: not YAML. {CHECK} The parser says: could not find expected ':', while scanning a simple key.
            3 | <<<<<<< HEAD
              | ^
        line 4: 2
        invalid: -
        week.yaml:5:1: not YAML. {CHECK} The parser says: could not find expected ':', while scanning a simple key.
            5 | =======
              | ^
        line 6: 3
        invalid: -
        week.yaml:7:2: not YAML. {CHECK} The parser says: did not find expected comment or line break, while scanning a block scalar.
            7 | >>>>>>> branch
              |  ^
        line 8: 4
        """,
    ),
    "items too far to the right": (
        "- id: 1\n - id: 2\n- {id: 3}\n - id: 4\n- id: 5\n- id: 6\n",
        f"""
        line 1: 1
        invalid: -
        week.yaml:2:2: not YAML. {SAME_DASH}
            2 |  - id: 2
              |  ^
        line 2: 2
        line 3: 3
        invalid: -
        week.yaml:4:2: not YAML. {SAME_DASH}
            4 |  - id: 4
              |  ^
        line 4: 4
        line 5: 5
        line 6: 6
        """,
    ),
    "an item too far to the left": (
        "interactions:\n  - id: 1\n- {id: 2}\n  - id: 3\n  - id: 4\n",
        f"""
        line 2: 1
        invalid: -
        week.yaml:3:1: not YAML. {SAME_DASH}
            3 | - {{id: 2}}
              | ^
        line 3: 2
        line 4: 3
        line 5: 4
        """,
    ),
    "an item too far to the left that takes in the next one": (
        "interactions:\n  - id: 1\n- id: 2\n  - id: 3\n  - id: 4\n",
        f"""
        line 2: 1
        invalid: -
        week.yaml:3:1: not YAML. {SAME_DASH}
            3 | - id: 2
              | ^
        line 4: 3
        line 5: 4
        """,
    ),
    "a first item too far to the right": (
        " - id: 1\n- id: 2\n- id: 3\n",
        f"""
        line 1: 1
        invalid: -
        week.yaml:2:1: not YAML. {SAME_DASH}
            2 | - id: 2
              | ^
        line 2: 2
        line 3: 3
        """,
    ),
    "no dash before the first item": (
        "id: 1\ncustomer: won\n- id: 2\n- id: 3\n",
        f"""
        invalid: -
        week.yaml:3:1: not YAML. {BEGIN}
            3 | - id: 2
              | ^
        line 3: 2
        line 4: 3
        """,
    ),
    "no colon behind the wrapper": (
        "interactions\n- id: 1\n- id: 2\n",
        """
        invalid: -
        week.yaml:1:1: not YAML. Put a colon after interactions.
            1 | interactions
              | ^
        line 2: 1
        line 3: 2
        """,
    ),
    "keys that slipped out of an item": (
        "- id: 1\n- id: 2\ncustomer: won\n- id: 3\n",
        f"""
        line 1: 1
        invalid: -
        week.yaml:3:1: not YAML. {SAME_KEY}
            3 | customer: won
              | ^
        line 4: 3
        """,
    ),
    "a broken item before other documents": (
        "- id: 1\n- id: 2\n  customer: 'won\n---\nid: 3\norder:\n- salesperson\nsalesperson: won\n---\n- id: 4\n",
        """
        line 1: 1
        invalid: -
        week.yaml:3:13: not YAML. Close what opens here.
            3 |   customer: 'won
              |             ^
        line 5: 3
        line 10: 4
        """,
    ),
    "a broken record before other documents": (
        "id: 1\n---\nid: 2\ncustomer: [won\n---\nid: 3\n",
        """
        line 1: 1
        invalid: -
        week.yaml:4:11: not YAML. Close what opens here.
            4 | customer: [won
              |           ^
        line 6: 3
        """,
    ),
    "more behind a document": (
        "{id: 1}\nfoo\n---\nid: 2\n...\n%YAML 3.0\n---\nid: 3\n",
        f"""
        line 1: 1
        invalid: -
        week.yaml:2:1: not YAML. {CHECK} The parser says: did not find expected <document start>.
            2 | foo
              | ^
        line 4: 2
        invalid: -
        week.yaml:6:1: not YAML. {CHECK} The parser says: found incompatible YAML document.
            6 | %YAML 3.0
              | ^
        line 8: 3
        """,
    ),
    "an illegal character in a broken item": (
        "- id: 1\x07: 2\n- id: 3\n",
        f"""
        invalid: -
        week.yaml:1:8: character U+0007 is not text. Remove it.
            1 | - id: 1\ufffd: 2
              |        ^
        week.yaml:1:9: not YAML. {COLON}
            1 | - id: 1\ufffd: 2
              |         ^
        line 2: 3
        """,
    ),
    "in the last document": (
        "id: 1\n---\nid: 2\norder: [customer\n",
        """
        line 1: 1
        invalid: -
        week.yaml:4:8: not YAML. Close what opens here.
            4 | order: [customer
              |        ^
        """,
    ),
    "bytes that are not UTF-8 behind a mistake": (
        b"- id: 1\n- id: 2: 3\n- id: 4\n- id: \xff\n",
        f"""
        line 1: 1
        invalid: -
        week.yaml:2:8: not YAML. {COLON}
            2 | - id: 2: 3
              |        ^
        line 3: 4
        unreadable:
        week.yaml:4:7: byte 0xff is not UTF-8. Save the file as UTF-8.
            4 | - id:
              |       ^
        """,
    ),
}


@pytest.mark.parametrize(("text", "words"), RECOVERIES.values(), ids=RECOVERIES)
def test_reading_goes_on_behind_a_mistake(text: str | bytes, words: str) -> None:
    expect_report(text, words)


FILE_LEVEL = {
    "a quote left open": (
        "id: 1\ncustomer: 'won\nnotes: |\n  it\n",
        """
        unreadable:
        week.yaml:2:11: not YAML. Close what opens here.
            2 | customer: 'won
              |           ^
        """,
    ),
    "two colons": (
        "id: 1\ncustomer: won: lost\norder:\n- customer\n",
        f"""
        unreadable:
        week.yaml:2:14: not YAML. {COLON}
            2 | customer: won: lost
              |              ^
        """,
    ),
    "a brace left open": (
        "{id: 1, customer: won\n",
        """
        unreadable:
        week.yaml:1:1: not YAML. Close what opens here.
            1 | {id: 1, customer: won
              | ^
        """,
    ),
    "quoted text under the next key": (
        "id: 1\nnotes: 'a\ncustomer: won'\n",
        f"""
        unreadable:
        week.yaml:2:8: not YAML. {CLOSE_QUOTES}
            2 | notes: 'a
              |        ^
        """,
    ),
    "a list in brackets": (
        "[{id: 1},\n {id: 2} {id: 3}, {id: 4}]\n",
        f"""
        line 1: 1
        line 2: 2
        unreadable:
        week.yaml:2:10: not YAML. {COMMAS}
            2 |  {{id: 2}} {{id: 3}}, {{id: 4}}]
              |          ^
        """,
    ),
    "a list in brackets that ends too soon": (
        "[{id: 1},\n {id: 2}\n\n",
        f"""
        line 1: 1
        line 2: 2
        unreadable:
        week.yaml:2:9: not YAML. {COMMAS}
            2 |  {{id: 2}}
              |         ^
        """,
    ),
}


@pytest.mark.parametrize(("text", "words"), FILE_LEVEL.values(), ids=FILE_LEVEL)
def test_a_mistake_outside_a_list_ends_the_file(text: str, words: str) -> None:
    expect_report(text, words)


BEGINNINGS = {
    "a star": ("* id: A\n  customer: won\n* id: B\n", "1:2"),
    "a dash without a space": ("-id: A\n  customer: won\n-id: B\n  customer: won\n", "1:1"),
    "a later dash without a space": ("- id: A\n  customer: won\n-id: B\n", "3:1"),
    "a later star": ("- id: A\n* id: B\n", "2:2"),
    "only a later dash": ("id: A\ncustomer: won\n- id: B\n  customer: won\n", "3:1"),
}


@pytest.mark.parametrize(("text", "place"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_a_record_without_its_dash_is_shown_how_to_begin(text: str, place: str) -> None:
    assert f"week.yaml:{place}: not YAML. {BEGIN}\n" in told(read(text))


def test_a_key_that_its_dash_runs_into_is_shown_apart() -> None:
    words = "-id: unknown key. Put a space after the dash: - id.\n"
    assert words in told(read("-id: A\n"))


def test_records_without_dashes_are_one_mistake() -> None:
    expect_report(
        "id: A\nsalesperson: won\n\nid: B\nsalesperson: lost\n",
        f"""
        invalid: B
        week.yaml:4:1: id: given twice. {BEGIN}
            4 | id: B
              | ^
        """,
    )


@pytest.mark.parametrize(
    "text", ["salesperson:won\n", "id: A\nsalesperson:won\n", "salesperson =won\n"]
)
def test_a_key_and_a_value_run_together_above_another_are_one_mistake(text: str) -> None:
    items = read(f"{text}customer: lost\n")
    assert places(items) == [f"week.yaml:{text.count(chr(10))}:1"]
    assert "salesperson: won." in told(items)


def test_a_text_that_cannot_be_read_to_its_end_is_kept() -> None:
    words = told(read(b"won\n...\n\xff"))
    assert "'won' is not an interaction" in words
    assert "byte 0xff is not UTF-8" in words


def test_a_mistake_leaves_nothing_in_memory() -> None:
    gc.collect()
    gc.disable()  # a run seldom looks for garbage
    try:
        items = list(read("- id: 1\n\tcustomer: won\n" * 200))
        builders = [each for each in gc.get_objects() if isinstance(each, Builder)]
    finally:
        gc.enable()
    assert (len(items), len(builders)) == (200, 0)


def test_quoted_text_may_run_over_lines_that_are_indented() -> None:
    assert read_one("id: 1\nnotes: 'a\n  b\n\n  c'\n").interaction.notes == "a b\nc"
    assert read_one('- id: 1\n  notes: "a\n   b"\n').interaction.notes == "a b"
    assert read_one("- {id: 1, notes: 'a\n b'}\n").interaction.notes == "a b"
    assert read_one("{id: 1, notes: 'a\nb'}\n").interaction.notes == "a b"


# Places


@pytest.mark.parametrize("broken", ["", "- id: a: b\n", "- id: 'a\n", "- id: 1\n x: y\n"])
def test_places_are_right_far_down_and_behind_mistakes(broken: str) -> None:
    lines_before = 100_000
    good = "- id: 1\n  customer: won\n  # and so on\n  channel: phone\n"
    text = good * (lines_before // 4) + broken + "- id: 2\n  customer: wun\n"
    items = read(text)
    line = lines_before + broken.count("\n") + 2
    assert told(items[-1:]) == (
        "invalid: 2\n"
        f"week.yaml:{line}:13: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)\n"
        f"{line} |   customer: wun\n"
        "       |             ^\n"
    )
    assert len(items) == lines_before // 4 + 1 + bool(broken)


def test_places_are_right_in_every_document() -> None:
    text = "".join(f"---\n# {number}\nid: {number}\ncustomer: wun\n" for number in range(200))
    assert places(read(text)) == [f"week.yaml:{4 * number + 4}:11" for number in range(200)]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("- {id: 1, customer: wun}", 21),
        ("[{id: 1}, {customer: wun}]", 22),
        ("{interactions: [{id: 1}, {customer: wun}]}", 37),
        ("- - x\n- customer: wun", 13),
        ("- {日本語: 1, 'ü😀': 2, customer: wun}", 31),
        ("- {notes: 日本語, customer: wun}", 26),
        ("customer: 😀", 11),
        ("{customer: wun}", 12),
        ("-     customer: wun", 17),
        ("- &a customer: wun", 16),
        ("- !x {customer: wun}", 17),
        ("- ? customer\n  : wun", 5),
        ("- \"customer\": 'wun'", 15),
        ("interactions: [{id: 1},\n\n     {customer: {outcome: wun}}]", 27),
    ],
)
def test_columns_count_characters(text: str, column: int) -> None:
    [*_, item] = read(text)
    assert isinstance(item, Unjudged)
    [*_, problem] = item.problems
    assert problem.place is not None
    assert problem.place.column == column
    assert problem.place.text is not None
    assert problem.place.text[problem.place.caret :].lstrip("'").startswith(("wun", "😀"))


def test_the_excerpt_of_a_long_line_is_a_window() -> None:
    expect_report(
        "- {notes: " + "x" * 5000 + ", customer: wun, employee: " + "y" * 5000 + "}\n",
        f"""
        invalid: -
        week.yaml:1:5023: customer: 'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)
            1 | {"x" * 48}, customer: wun, employee: {"y" * 45}
              | {" " * 60}^
        """,
    )


def test_the_excerpt_of_wide_text_has_its_caret_by_characters() -> None:
    expect_report(
        "- id: 1\n  notes: 日本語 'ü': \n",
        f"""
        invalid: -
        week.yaml:2:17: not YAML. {COLON}
            2 |   notes: 日本語 'ü':
              |                 ^
        """,
    )


def test_a_place_is_right_where_a_record_spans_chunks() -> None:
    text = f"- id: 1\n  notes: {'x' * (2 * CHUNK)}\n  customer: wun\n- id: 2\n  customer: wun\n"
    assert places(read(text)) == ["week.yaml:3:13", "week.yaml:5:13"]


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        (yaml_tokens, "customer: won\norder: [salesperson, 'custo"),
        (yaml_tokens, "customer: won\norder: [salesperson, !<%ed%a0%80> x]"),
        (json_tokens, '{"customer": "won", "order": ["salesperson"'),
    ],
)
def test_places_are_found_as_far_as_a_text_goes(
    tokens: Callable[[str], Iterator[Token]], text: str
) -> None:
    found = Places.of(tokens(text))
    assert found.nearest(("customer",), key=True) == text.index("customer") - (
        tokens is json_tokens
    )
    assert text[found.nearest(("order", 0), key=False) :].lstrip('"').startswith("salesperson")
    assert found.nearest(("order", 1, "x"), key=False) == text.index("[")
    assert found.nearest(("id",), key=True) == 0
    assert Places.of(tokens("")).nearest((), key=False) == 0


def test_many_problems_in_one_record_take_little_time() -> None:
    tags = ", ".join(f"t{number}: []" for number in range(3000))
    start = time.perf_counter()
    items = read(f"- tags: {{{tags}}}\n- order: [{', '.join(['customer'] * 3000)}]\n")
    assert time.perf_counter() - start < 10
    assert number(items) == 6000


# Memory


ENDLESS = {
    "list": ("", "- id: 1\n", ""),
    "wrapped list": ("interactions:\n", "  - id: 1\n", ""),
    "documents": ("", "---\nid: 1\n", ""),
    "brackets": ("[", "{id: 1},", "]"),
    "brackets over lines": ("interactions: [\n", "{id: 1},\n", "]\n"),
}
BROKEN_ENDLESS = {
    "items": ("", "- id: 1: 2\n", ""),
    "documents": ("", "---\nid: 1: 2\n", "---\nid: 1\n"),
    "texts": ("", "- id: 1\x07\n", ""),
}


@pytest.mark.parametrize(("head", "record", "tail"), ENDLESS.values(), ids=ENDLESS)
def test_a_long_file_is_never_kept_whole(head: str, record: str, tail: str) -> None:
    tape = WatchedTape(generated(head, record, 200_000, tail), "week.yaml")
    assert sum(1 for _ in read_yaml(tape)) == 200_000
    assert tape.most <= 3 * CHUNK


@pytest.mark.parametrize(("head", "record", "tail"), BROKEN_ENDLESS.values(), ids=BROKEN_ENDLESS)
def test_a_long_file_of_mistakes_is_never_kept_whole(head: str, record: str, tail: str) -> None:
    tape = WatchedTape(generated(head, record, 10_000, tail), "week.yaml")
    assert sum(1 for _ in read_yaml(tape)) == 10_000 + bool(tail)
    assert tape.most <= 4 * CHUNK


@pytest.mark.parametrize(("head", "record", "tail"), ENDLESS.values(), ids=ENDLESS)
def test_memory_does_not_grow_with_the_file(head: str, record: str, tail: str) -> None:
    tape = Tape(generated(head, record, 10_000, tail), "week.yaml")
    tracemalloc.start()
    found = sum(1 for _ in read_yaml(tape))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == 10_000
    assert peak < 2_000_000


def test_a_mistake_far_from_the_next_item_does_not_fill_the_memory() -> None:
    stream = generated("id: a: b\n", "notes: and so on, and on and on\n", 100_000)
    tape = WatchedTape(stream, "week.yaml")
    drafts = read_yaml(tape)
    with pytest.raises(UnreadableError, match="contains ': '"):
        next(drafts)
    assert tape.most <= 4 * CHUNK


def test_each_record_can_be_checked_as_it_comes() -> None:
    tape = Tape(generated("", "- id: 1\n  customer: wun\n", 3000), "week.yaml")
    lines = [
        problem.place.line
        for draft in read_yaml(tape)
        if isinstance(item := check(draft), Unjudged)
        for problem in item.problems
        if problem.place
    ]
    assert lines == list(range(2, 6001, 2))

"""Rulebooks from files: what is read, and every mistake with its place, word for word."""

import json
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from conftest import ROOT, Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rulebooks import FACTS

from winwinwin import Judge, WinwinwinError, read_rulebook
from winwinwin.analysis.table import decision_table
from winwinwin.editors import schema_comment
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.loading.rulebooks import stated

HEAD = """\
title: House
source: the house
parties: [salesperson, customer, organization]
assumptions: []
rules:
"""
RULE = "  - {id: one, title: One, when: [{customer: lost}], organization: lost, says: s, why: w}\n"
START = "`winwinwin rules show --yaml` prints one to start from."


def told(text: str | bytes, folder: Path, suffix: str = ".yaml") -> str:
    """Return what is said of a file that is no rulebook, its name left out."""
    file = folder / f"house{suffix}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(WinwinwinError) as refused:
        read_rulebook(str(file))
    lines = [problem.line for problem in refused.value.problems]
    return "\n".join(lines).replace(str(file), "house") + "\n"


MISTAKES = {
    "an unknown fact": (
        RULE.replace("customer: lost", "custommer: lost"),
        f"house:6:35: rules.when.custommer: 'custommer' is not a fact that rules can use. Did you mean 'customer'? {FACTS}",
    ),
    "what the books say": (
        RULE.replace("customer: lost", "organization: lost"),
        f"house:6:35: rules.when.organization: 'organization' is not a fact that rules can use. {FACTS}",
    ),
    "a value outside the domain": (
        RULE.replace("customer: lost", "customer: lst"),
        "house:6:45: rules.when.customer: 'lst' is not a value of customer. Did you mean 'lost'? (won, lost)",
    ),
    "an id that is already taken": (
        RULE + RULE,
        "house:7:10: rules.id: the id 'one' is already used. Give each its own id.",
    ),
    "an empty condition": (
        RULE.replace("{customer: lost}", "{}"),
        "house:6:34: rules.when: is empty. Write at least one.",
    ),
    "no condition": (
        RULE.replace("{customer: lost}", ""),
        "house:6:33: rules.when: is empty. Write at least one.",
    ),
    "no rule": ("  []\n", "house:6:3: rules: is empty. Write at least one."),
    "an unknown key": (
        RULE.replace("why: w", "why: w, whi: w"),
        "house:6:90: rules.whi: unknown key. Did you mean 'why'? (id, title, consequence, when, organization, says, why)",
    ),
    "a key at the top": (
        RULE + "note: []\n",
        "house:7:1: note: unknown key. Did you mean 'notes'? (title, source, parties, assumptions, rules, notes)",
    ),
    "a missing key": (
        RULE.replace(", why: w", ""),
        "house:6:5: rules: 'why' is missing.",
    ),
    "an outcome": (
        RULE.replace("organization: lost", "organization: lots"),
        "house:6:67: rules.organization: 'lots' is not an accepted value. Did you mean 'lost'? (won, lost)",
    ),
    "an id": (
        RULE.replace("id: one", "id: =1+1"),
        "house:6:10: rules.id: '=1+1' is not an id. Write letters and digits, with - or _ between them.",
    ),
    "a consequence": (
        RULE.replace("id: one", "id: one, consequence: first"),
        "house:6:28: rules.consequence: 'first' is not a number of 1 or more.",
    ),
    "a text": (
        RULE.replace("title: One", "title: [One]"),
        "house:6:22: rules.title: a list is not text. Write a word or a sentence.",
    ),
    "a list": (
        RULE.replace("[{customer: lost}]", "{customer: lost}"),
        "house:6:33: rules.when: a mapping is not a list. Begin each item with a dash.",
    ),
    "a mapping": (
        RULE.replace("{customer: lost}", "customer"),
        "house:6:34: rules.when: 'customer' is not a mapping. Write name: value.",
    ),
    "a key given twice": (
        RULE.replace("customer: lost", "customer: lost, customer: won"),
        "house:6:51: customer: given twice. Keep one of them.",
    ),
    "a note's id": (
        RULE
        + "notes:\n  - {id: n, when: [{customer: won}], says: s}\n  - {id: n, when: [{customer: won}], says: s}\n",
        "house:9:10: notes.id: the id 'n' is already used. Give each its own id.",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_in_a_rule_is_told_with_its_place(mistake: str, tmp_path: Path) -> None:
    rules, said = MISTAKES[mistake]
    assert told(HEAD + rules, tmp_path) == f"{said}\n"


ASSUMED = {
    "its own fact": (
        "{fact: order, value: kept, when: [{order: kept}], why: w}",
        "house:5:40: assumptions.when.order: an assumption cannot depend on the fact that it fills in. It only applies where that fact is not recorded.",
    ),
    "an unknown fact": (
        "{fact: ordre, value: kept, when: [{customer: won}], why: w}",
        f"house:5:12: assumptions.fact: 'ordre' is not a fact that rules can use. Did you mean 'order'? {FACTS}",
    ),
    "a value of another fact": (
        "{fact: order, value: won, when: [{customer: won}], why: w}",
        "house:5:26: assumptions.value: 'won' is not a value of order. (kept, customer_first, organization_early)",
    ),
    "another value in one situation": (
        """{fact: order, value: kept, when: [{customer: won}], why: w}
  - {fact: order, value: customer_first, when: [{salesperson: won}], why: w}""",
        "house:6:5: assumptions: order is assumed to be customer_first where assumption 1 assumes kept. Make their conditions exclude each other.",
    ),
}


@pytest.mark.parametrize("mistake", ASSUMED)
def test_a_mistake_in_an_assumption_is_told_with_its_place(mistake: str, tmp_path: Path) -> None:
    assumption, said = ASSUMED[mistake]
    text = HEAD.replace("assumptions: []", f"assumptions:\n  - {assumption}") + RULE
    assert told(text, tmp_path) == f"{said}\n"


def test_every_mistake_is_told_in_the_order_of_places(tmp_path: Path) -> None:
    rules = (
        RULE.replace("customer: lost", "custommer: lost, salesperson: lst") + RULE + "extra: 1\n"
    )
    text = HEAD.replace("[salesperson, customer, organization]", "[salesperson, customer]") + rules
    places = [line.split(": ")[0] for line in told(text, tmp_path).splitlines()]
    assert places == ["house:3:10", "house:6:35", "house:6:65", "house:7:10", "house:8:1"]


FILES = {
    "": f"house: holds no rulebook. {START}",
    "# nothing\n": f"house: holds no rulebook. {START}",
    "- a\n- b\n": f"house: holds more than one rulebook. {START}",
    "title: a\n---\ntitle: b\n": f"house: holds more than one rulebook. {START}",
    "rules\n": "house:1:1: 'rules' is not a mapping. Write name: value.",
    "rules: [\n": "house:2:1: not YAML. Close what opens here.",
}


@pytest.mark.parametrize("text", FILES)
def test_a_file_that_is_no_rulebook_is_told_apart(text: str, tmp_path: Path) -> None:
    assert told(text, tmp_path) == f"{FILES[text]}\n"


def test_a_file_that_is_not_there_is_an_error_with_the_nearest_name(run: Run) -> None:
    done = run("score", "-s", "won", "--rulebook", "examples/hose.yaml")
    said = "examples/hose.yaml: no such file or folder. Did you mean 'house.yaml'?\n"
    assert done == (2, "", said)
    done = run("score", "-s", "won", "--rulebook", "examples")
    assert done == (2, "", "examples: cannot be read: is a directory.\n")


def test_a_mistake_ends_every_command_with_two_and_a_caret(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(HEAD + RULE.replace("customer: lost", "customer: lst"))
    said = dedent("""\
        house.yaml:6:45: rules.when.customer: 'lst' is not a value of customer. Did you mean 'lost'? (won, lost)
            6 |   - {id: one, title: One, when: [{customer: lst}], organization: lost, says: s, why: w}
              |                                             ^
        """)
    cases = ROOT / "examples" / "house.cases.yaml"
    for command in (
        ["score", "-s", "won", "--rulebook", "house.yaml"],
        ["explain", "-s", "won", "--rulebook", "house.yaml"],
        ["batch", ROOT / "examples" / "week.yaml", "--rulebook", "house.yaml"],
        ["rules", "list", "--rulebook", "house.yaml"],
        ["rules", "show", "one", "--rulebook", "house.yaml"],
        ["rules", "show", "--yaml", "--rulebook", "house.yaml"],
        ["rules", "table", "--rulebook", "house.yaml"],
        ["rules", "check", "house.yaml"],
        ["rules", "diff", "house.yaml"],
        ["rules", "check", "--rulebook", "house.yaml"],
        ["rules", "diff", ROOT / "examples" / "house.yaml", "--rulebook", "house.yaml"],
        ["rules", "test", cases, "--rulebook", "house.yaml"],
    ):
        assert run(*command, cwd=tmp_path) == (2, "", said), command


def test_no_command_overwrites_the_rulebook_that_it_reads(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "house.json"
    text = builtin().model_dump_json()
    file.write_text(text, "utf-8")
    week, cases = ROOT / "examples" / "week.yaml", ROOT / "examples" / "house.cases.yaml"
    for command in (
        ["score", "-s", "won"],
        ["explain", "-s", "won"],
        ["batch", week],
        ["rules", "table"],
        ["rules", "test", cases],
    ):
        done = run(*command, "--rulebook", "house.json", "-o", "house.json", cwd=tmp_path)
        said = "house.json: is already read or written by this run. Choose another name.\n"
        assert done == (2, "", said), command
        assert file.read_text("utf-8") == text


# What is read.


@pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "not assuming"])
def test_the_printed_file_gives_identical_judgements_on_every_kind(
    run: Run, tmp_path: Path, assuming: bool
) -> None:
    file = tmp_path / "house.yaml"
    file.write_text(run("rules", "show", "--yaml").out, "utf-8")
    read = read_rulebook(str(file))
    assert read == builtin()
    one, other = (Judge(book, assumptions=assuming) for book in (read, None))
    assert decision_table(one) == decision_table(other)


def test_the_file_of_a_house_is_printed_as_it_stands_after_the_line_for_editors(run: Run) -> None:
    shown = run("rules", "show", "--yaml", "--rulebook", "examples/house.yaml")
    house = (ROOT / "examples" / "house.yaml").read_text("utf-8")
    assert shown == (0, schema_comment("rulebook") + house, "")


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".rules"])
def test_a_rulebook_may_be_yaml_or_json(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"house{suffix}"
    data = builtin().model_dump(mode="json")
    dump = json.dumps if suffix == ".json" else yaml.safe_dump
    file.write_text(dump(data), "utf-8")
    assert read_rulebook(str(file)) == builtin()


def test_a_part_of_a_rulebook_is_found_again_in_its_file() -> None:
    book = stated(None)
    lines = book.text.splitlines()
    for number, rule in enumerate(book.rulebook.rules):
        place = book.place(("rules", number, "id"), True)
        assert place is not None
        assert place.line is not None
        assert lines[place.line - 1].strip(" -") == f"id: {rule.id}"


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.recursive(
        st.none() | st.booleans() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["title", "rules", "when", "id", "fact", "value", "customer", "notes"]
                )
                | st.text(max_size=3),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_anything_else_is_refused_with_a_place_and_never_breaks(
    tmp_path: Path, data: object
) -> None:
    file = tmp_path / "house.json"
    file.write_text(json.dumps(data), "utf-8")
    with pytest.raises(WinwinwinError) as refused:
        read_rulebook(str(file))
    assert refused.value.problems
    assert all(problem.place for problem in refused.value.problems)


def test_a_rulebook_with_outside_text_harms_no_format(run: Run, tmp_path: Path) -> None:
    nasty = "[red]<b>\x1b]0;x\x07 | `*_ \n\x9b31m ::error:: %0A"
    data = builtin().model_dump(mode="json") | {"title": nasty, "source": nasty}
    data["rules"] = [rule | {"title": nasty, "says": nasty, "why": nasty} for rule in data["rules"]]
    data["notes"] = [note | {"says": nasty} for note in data["notes"]]
    data["assumptions"] = [assumption | {"why": nasty} for assumption in data["assumptions"]]
    file = tmp_path / "house.json"
    file.write_text(json.dumps(data), "utf-8")
    chosen = ["--rulebook", file]
    for command in (
        ["score", "-s", "lost", "-c", "won", *chosen],
        ["explain", "-s", "lost", "-c", "won", *chosen],
        ["rules", "list", *chosen],
        ["rules", "show", "mutual-win", *chosen],
        ["rules", "table", *chosen],
        ["rules", "check", file],
        ["rules", "diff", file],
    ):
        plain = run(*command).out
        assert "[red]" in plain, command
        assert not {c for c in plain if not c.isprintable()} - {"\n"}, command
        on_screen = run(*command, terminal=True, NO_COLOR="1").out
        assert "\x1b]" not in on_screen
        assert "\x9b" not in on_screen
        marked = run(*command, "--format", "markdown").out
        assert r"\[red\]\<b\>" in marked, command
        assert "<b>" not in marked.replace(r"\<b\>", "")


def test_the_words_are_those_of_the_rulebook_in_use(run: Run) -> None:
    chosen = ["--rulebook", "examples/house.yaml"]
    said = "The salesperson lost and the customer lost."
    flags = ["-s", "lost", "-c", "lost"]
    assert f"rule: mutual-loss (house rule). {said}\n" in run("score", *flags, *chosen).out
    explained = run("explain", *flags, *chosen).out
    assert f"{said} Then the organization loses. When neither wins," in explained
    assert "rulebook: House rules (e1080f925d1b736a)\n" in explained
    summed = run("batch", "examples/week.yaml", *chosen).out
    assert "mutual-loss" in summed
    assert "mutual-loss" not in run("batch", "examples/week.yaml").out


def test_a_valid_rulebook_is_the_same_when_it_is_read_again() -> None:
    house = read_rulebook(str(ROOT / "examples" / "house.yaml"))
    assert Rulebook.model_validate(house.model_dump()) == house
    assert house.rules[:3] == builtin().rules
    assert house.assumptions == builtin().assumptions


@pytest.mark.parametrize("use", ["parties: *b9", "rules: [{id: *b9}]", "title: *b9"])
def test_a_bomb_of_aliases_is_refused_at_once(use: str, tmp_path: Path) -> None:
    bomb = "".join(f"b{at}: &b{at} [{f'*b{at - 1}, ' * 9}]\n" for at in range(1, 10))
    said = told(f"b0: &b0 [{'x, ' * 9}]\n{bomb}{use}\n", tmp_path)
    assert "the aliases of this file stand for too many values. Write the value out." in said
    assert len(said) < 10_000


TOO_MANY = "holds 3 items, and 2 are read. Leave out what decides nothing.\n"
NOTE = "  - {id: x, when: [{customer: lost}], says: s}\n"
ASSUMPTION = "  - {fact: order, value: kept, when: [{customer: lost}], why: w}\n"
MANY = {
    "rules": (HEAD + RULE.replace("customer: lost", "customer: lst") * 3, "house:6:3: rules"),
    "alternatives": (
        HEAD + RULE.replace("[", "[{customer: lst}, {customer: lst}, ", 1),
        "house:6:33: rules.when",
    ),
    "notes": (f"{HEAD}{RULE}notes:\n{NOTE * 3}", "house:8:3: notes"),
    "assumptions": (
        HEAD.replace(" []", f"\n{ASSUMPTION * 3}".rstrip()) + RULE,
        "house:5:3: assumptions",
    ),
}


@pytest.mark.parametrize("kind", MANY)
def test_no_more_is_read_than_anybody_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("winwinwin.kernel.rulebook.MOST_RULES", 2)
    text, place = MANY[kind]
    assert told(text, tmp_path) == f"{place}: {TOO_MANY}"


@pytest.mark.parametrize("kind", ["rules", "alternatives"])
def test_so_many_are_read_and_their_mistakes_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("winwinwin.kernel.rulebook.MOST_RULES", 3)
    said = told(MANY[kind][0], tmp_path)
    assert "are read" not in said
    assert "'lst' is not" in said

"""The page judges as the kernel does: all kinds, both modes, the built-in and random rulebooks."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from forms import Form, Shown, entry_of, filled_in, read, said_of, write_form
from playwright.sync_api import Browser
from rulebooks import seeded_rulebooks

from winwinwin import Judge, read_all
from winwinwin.facts import DOMAINS, Facts, Value, every_kind
from winwinwin.form.page import Asked
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.pages.words import value_words
from winwinwin.record.interaction import Recorded
from winwinwin.vocabulary import ASKED_FIRST, FACT

KINDS = {f"K{number}": kind for number, kind in enumerate(every_kind())}
RULEBOOKS: list[Rulebook | None] = [None, *seeded_rulebooks(3)]
both_modes = pytest.mark.parametrize("assuming", [True, False])


@both_modes
@pytest.mark.parametrize("rulebook", RULEBOOKS, ids=lambda book: "random" if book else "built-in")
def test_every_kind_is_shown_as_it_is_judged_and_given_out_as_it_was(
    rulebook: Rulebook | None, assuming: bool, browser: Browser, tmp_path: Path
) -> None:
    judge = Judge(rulebook, assumptions=assuming)
    path = write_form(tmp_path / "form.html", judge, Asked([]))
    with filled_in(browser, path) as form:
        form.put({name: entry_of(kind, name, judge) for name, kind in KINDS.items()})
        shown = form.shown()
        given = {each: form.download(each, tmp_path) for each in ("yaml", "jsonl")}
    assert shown == {
        name: said_of(judge.kind(kind), judge.rulebook) for name, kind in KINDS.items()
    }
    for file in given.values():
        assert facts_in(file, judge) == KINDS


def facts_in(file: Path, judge: Judge) -> dict[str | None, Facts]:
    """Return the kinds in a file by id; every record has to name the rulebook."""
    found: dict[str | None, Facts] = {}
    for item in read_all([str(file)]):
        assert isinstance(item, Recorded)
        rulebook = item.about.rulebook
        assert rulebook
        assert rulebook.fingerprint == judge.stamp.fingerprint
        found[item.about.id] = item.outcomes.facts
    return found


def test_a_title_that_no_record_may_hold_is_given_out_as_it_is_shown(
    browser: Browser, tmp_path: Path
) -> None:
    judge = Judge(builtin().unchecked(title="House\x07 \u202erules\n"))
    path = write_form(tmp_path / "form.html", judge, Asked([]))
    with filled_in(browser, path) as form:
        form.save("won", "won")
        [entry] = read(form.download("yaml", tmp_path))
    assert entry.rulebook
    assert entry.rulebook.title == "House\\x07 \\u202erules\\n"


@both_modes
def test_what_is_given_out_gets_the_same_verdicts_of_batch(
    assuming: bool, browser: Browser, tmp_path: Path, run: Run
) -> None:
    mode = [] if assuming else ["--no-assumptions"]
    path = tmp_path / "form.html"
    assert run("form", "-o", path, *mode).code == 0
    judge = Judge(assumptions=assuming)
    with filled_in(browser, path) as form:
        form.put({name: entry_of(kind, name, judge) for name, kind in KINDS.items()})
        shown = form.shown()
        file = form.download("yaml", tmp_path)
    done = run("batch", file, "--format", "jsonl", "-q", *mode)
    assert "judged by" not in done.err
    judged = [json.loads(line) for line in done.out.splitlines()]
    assert {each["id"]: (each["verdict"], each["triple"]) for each in judged} == {
        name: (said.verdict, said.triple) for name, said in shown.items()
    }
    other = run("batch", file, "-q", *([] if mode else ["--no-assumptions"]))
    assert f"{len(KINDS):,} records judged by Confusion About Win/Win" in other.err


PATHS = """() => {
  const question = document.getElementById("question"), asks = document.getElementById("asks");
  const choices = () => [...document.querySelectorAll("#choices button")];
  const found = [];
  const begin = (places) => {
    const discard = document.getElementById("discard");
    if (!discard.hidden) discard.click();
    for (const place of places) choices()[place].click();
  };
  const walk = (places, said) => {
    begin(places);
    if (question.hidden) {
      found.push([said, read(document.querySelector("#verdict .verdict"))]);
      return;
    }
    const asked = asks.textContent, offered = choices().map((choice) => choice.textContent);
    offered.forEach((words, place) => walk([...places, place], [...said, [asked, words]]));
  };
  walk([], []);
  return found;
}"""


def paths(judge: Judge, known: dict[str, Value], asked: dict[str, str]) -> dict[Any, Shown]:
    """Return what is asked and answered on every way, as `record` asks, with what is said then.

    Only where both won can anything be answered about the order: nothing else is offered to choose.
    """
    needs = (*ASKED_FIRST, *judge.kind(Facts(**known)).needs)  # type: ignore[arg-type]
    has_order = known.get("salesperson") == known.get("customer") == "won"
    can_be_said = (fact for fact in needs if fact != "order" or has_order)
    name = next((fact for fact in can_be_said if fact not in asked), None)
    if name is None:
        said = tuple((FACT[fact].question, words) for fact, words in asked.items())
        return {said: said_of(judge.kind(Facts(**known)), judge.rulebook)}  # type: ignore[arg-type]
    found = paths(judge, known, asked | {name: "not known"})
    for value in DOMAINS[name]:
        if value != "organization_early":  # nobody has said that the books are won
            found |= paths(judge, known | {name: value}, asked | {name: words_of(name, value)})
    return found


def words_of(name: str, value: Value) -> str:
    orders = {
        "kept": "salesperson, then customer",
        "customer_first": "customer, then salesperson",
    }
    return orders[str(value)] if name == "order" else value_words(value)


@both_modes
def test_it_asks_what_record_asks_on_every_way(
    assuming: bool, browser: Browser, tmp_path: Path
) -> None:
    judge = Judge(assumptions=assuming)
    path = write_form(tmp_path / "form.html", judge, Asked([("date", "When was it?")]))
    with filled_in(browser, path) as form:
        walked = form.page.evaluate(PATHS)
    found = {
        tuple(map(tuple, said)): Shown(
            card["verdict"],
            card["sentence"],
            card["triple"],
            [tuple(each) for each in card["lines"]],
        )
        for said, card in walked
    }
    assert found == paths(judge, {}, {})


def test_facts_that_were_not_asked_can_be_said_and_change_the_verdict(
    browser: Browser, tmp_path: Path
) -> None:
    judge = Judge()
    path = write_form(tmp_path / "form.html", judge, Asked([]))
    with filled_in(browser, path) as form:
        form.answer("won", "won")
        assert form.result() == said_of(judge.kind(Facts("won", "won")), judge.rulebook)
        more(form, "#fact-organization-won", "#fact-order-organization_early")
        kind = Facts("won", "won", "won", order="organization_early")
        assert form.result() == said_of(judge.kind(kind), judge.rulebook)
        more(form, "#fact-organization-lost")
        assert form.text("#status").startswith("The order of the wins was left out")
        assert form.result() == said_of(judge.kind(Facts("won", "won", "lost")), judge.rulebook)
        more(form, "#fact-organization-null", "#fact-salesperson_feels_good-false")
        assert form.result().verdict == "organization_loses"


def more(form: Form, *picks: str) -> None:
    if not form.page.locator("#facts").is_visible():
        form.page.locator("#more > summary").click()
    for pick in picks:
        form.page.locator(pick).check()

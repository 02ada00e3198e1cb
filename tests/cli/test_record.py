"""Recording as it happens: which questions are asked, and what becomes of the file."""

import os
import re
import subprocess
import sys
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from yaml_files import FILES

from winwinwin import Interaction, Judge, Unjudged, WinwinwinError, read_all
from winwinwin.cli.conversation import (
    ABOUT,
    ID,
    KEYS,
    QUESTIONS,
    Conversation,
    explanation,
    proposed_id,
    recorded,
)
from winwinwin.cli.keeping import save
from winwinwin.cli.keyboard import Dialogue
from winwinwin.facts import DOMAINS, JUDGED_FACTS, word
from winwinwin.loading.appending import appended, held, record_lines
from winwinwin.loading.removing import cut
from winwinwin.output.formats import OF_ONE
from winwinwin.record.interaction import Recorded
from winwinwin.vocabulary import FACT, FACTS

TODAY = date.today().isoformat()  # noqa: DTZ011  # the day it is here
WON = Interaction(id="N-1", salesperson="won", customer="lost")
NO_MORE = "\n\n\n\n"
"""Enter at each of the questions about the interaction itself."""

SALESPERSON, CUSTOMER = "Did the salesperson win", "Did the customer win"
FEELS = "Does the salesperson feel good"


def questions(err: str) -> list[str]:
    """Return the questions in what was shown, each without what may be answered."""
    starts = [question.asks for question in (*QUESTIONS.values(), ID, *ABOUT)]
    return [start for line in err.splitlines() for start in starts if line.startswith(start)]


# What is asked.


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ("won\nwon\n", []),
        ("won\nlost\n", []),
        ("lost\nwon\n", []),
        ("lost\nlost\nyes\n", [FEELS]),
    ],
)
def test_only_what_can_still_change_the_verdict_is_asked(
    run: Run, tmp_path: Path, answers: str, asked: list[str]
) -> None:
    file = tmp_path / "week.yaml"
    done = run("record", "--to", file, stdin=answers + NO_MORE)
    follow_ups = questions(done.err)[2:-4]
    assert questions(done.err)[0].startswith(SALESPERSON)
    assert questions(done.err)[1].startswith(CUSTOMER)
    assert done.code == 0
    assert len(follow_ups) == len(asked)
    for question, start in zip(follow_ups, asked, strict=True):
        assert question.startswith(start)


class Mind:
    """Somebody who knows these facts and no others, and what they were asked."""

    def __init__(self, judge: Judge, knows: dict[str, Any]) -> None:
        self._knows = knows
        self.asked: list[str] = []
        self.interaction = (
            recorded(judge, {}, [], Dialogue(self._answer, self._refuse)) or Interaction()
        )

    def _answer(self, prompt: str) -> str:
        asked = [name for name, question in QUESTIONS.items() if prompt == question.prompt]
        self.asked += asked
        return "".join(self._knows.get(name, "") for name in asked)

    @staticmethod
    def _refuse(said: str) -> None:
        assert said == KEYS


ORDERS = {"kept": "salesperson, customer", "customer_first": "customer, salesperson"}


def minds() -> list[dict[str, str]]:
    """Return everything that somebody may know, an order only where both won."""
    found = []
    columns = [[*map(word, DOMAINS[fact]), ""] for fact in JUDGED_FACTS if fact != "order"]
    facts = [fact for fact in JUDGED_FACTS if fact != "order"]
    for values in product(*columns):
        knows = dict(zip(facts, values, strict=True))
        both = knows["salesperson"] == knows["customer"] == "won"
        found += [knows | {"order": order} for order in (["", *ORDERS.values()] if both else [""])]
    return found


@pytest.mark.parametrize("assuming", [True, False])
def test_whoever_knows_everything_gets_a_verdict_and_nobody_is_asked_twice(assuming: bool) -> None:
    judge = Judge(assumptions=assuming)
    for knows in minds():
        mind = Mind(judge, knows)
        judgement = judge(mind.interaction)
        assert len(mind.asked) == len(set(mind.asked))
        assert mind.asked[:2] == ["salesperson", "customer"]
        assert set(judgement.needs) <= set(mind.asked)
        if all(value or fact == "order" for fact, value in knows.items()) and (
            knows["order"] or knows["salesperson"] != "won" or knows["customer"] != "won"
        ):
            assert judgement.needs == ()


@pytest.mark.parametrize(
    ("assuming", "asked"),
    [(True, {"salesperson_feels_good"}), (False, {*JUDGED_FACTS} - {"salesperson", "customer"})],
)
def test_every_question_after_the_first_two_could_change_the_verdict(
    assuming: bool, asked: set[str]
) -> None:
    judge = Judge(assumptions=assuming)
    followed: set[str] = set()
    for knows in minds():
        mind = Mind(judge, knows)
        followed.update(mind.asked[2:])
        told: dict[str, Any] = {}
        for index, fact in enumerate(mind.asked):
            if index >= 2:
                assert fact in judge(Interaction.from_flat(told)).needs
            told[fact] = knows.get(fact) or None
    assert followed == asked


def test_every_fact_that_can_be_needed_has_a_question() -> None:
    assert {*QUESTIONS} == {*JUDGED_FACTS}
    for name, question in QUESTIONS.items():
        assert question.asks == FACT[name].question
        assert question.means == FACT[name].means
        assert f" [{question.accepted}] " in question.prompt


def test_every_fact_is_explained_in_a_few_sentences_of_its_own() -> None:
    explained = {fact.means for fact in FACTS}
    assert len(explained) == len(FACTS)
    for fact in FACTS:
        assert fact.help not in fact.means
        assert re.search("such as|for example", fact.means)
        assert 2 <= len(re.findall(r"\w[.](?: |$)", fact.means)) <= 3


def test_a_question_and_its_longest_answer_fit_80_columns() -> None:
    for question in (*QUESTIONS.values(), ID._replace(accepted=f"{TODAY}-1"), *ABOUT):
        longest = max(question.accepted.split("/"), key=len)
        assert len(question.prompt + longest) <= 80
        assert all(len(line) <= 78 for line in explanation(question).splitlines())


def test_what_the_keys_do_is_shown_once_before_the_first_question(run: Run, tmp_path: Path) -> None:
    done = run("record", "--to", tmp_path / "w.yaml", "--id", "A", stdin="won\nlost\n\n\n\n")
    assert done.err.splitlines()[:-2] == [
        "Enter: not known. ?: explain the question.",
        "Did the salesperson win or lose? [won/lost] ",
        "Did the customer win or lose, in their own view? [won/lost] ",
        "Who sold or served? ",
        "Which channel? ",
        "Any notes? ",
    ]


def test_a_bad_answer_is_asked_again_with_what_is_accepted(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    done = run("record", "--to", file, stdin=f"wun\nwon\nwon{NO_MORE}\n")
    assert done.code == 0
    assert "'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)" in done.err
    assert [q.startswith(SALESPERSON) for q in questions(done.err)][:3] == [True, True, False]


def test_the_verdict_is_shown_as_score_shows_it(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    done = run("record", "--to", file, "--id", "C-1", stdin="won\nlost\n\n\n\n")
    shown = run("score", "-s", "won", "-c", "lost", "--id", "C-1")
    assert (done.code, done.out) == (0, shown.out)
    assert done.out.count("\n") == 6
    assert done.err.endswith(f"\nSaved in {file}.\n")


@pytest.mark.parametrize("format_name", OF_ONE)
def test_the_verdict_is_written_in_every_format_that_score_writes(
    run: Run, tmp_path: Path, format_name: str
) -> None:
    """Pages are those of score, which knows nothing but the facts; explain's say more."""
    form = ("--format", format_name)
    answers = "won\nlost\nC-1\nAnn\n\nlate\n"
    done = run("record", "--to", "w.yaml", *form, "-o", "o.json", cwd=tmp_path, stdin=answers)
    is_data = format_name in {"json", "jsonl", "csv"}
    again = ("explain", "w.yaml", "C-1") if is_data else ("score", "won", "lost", "--id", "C-1")
    assert (done.code, done.out) == (0, run(*again, *form, cwd=tmp_path).out)
    as_json = run("explain", "w.yaml", "C-1", "--format", "json", cwd=tmp_path)
    assert '"employee":"Ann"' in as_json.out
    assert (tmp_path / "o.json").read_text() == as_json.out


def test_what_flags_say_is_not_asked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    flags = ["--id", "C-1", "--employee", "Ann", "--channel", "phone", "--notes", "a: #b"]
    more = ["--organization", "won", "--date", "2026-11-01"]
    done = run("record", "--to", file, *flags, *more, stdin="won\nlost\n")
    assert done.code == 0
    assert len(questions(done.err)) == 2
    assert file.read_text() == (
        "- id: C-1\n  date: 2026-11-01\n  employee: Ann\n  channel: phone\n  salesperson: won\n"
        '  customer: lost\n  organization: won\n  notes: "a: #b"\n'
    )


def test_the_date_is_today_without_a_flag(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    assert run("record", "--to", file, stdin="won\n\n" + NO_MORE).code == 0
    assert f"date: {TODAY}\n" in file.read_text()
    assert "customer" not in file.read_text()


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--organization", "wun"], "--organization: 'wun' is not an outcome."),
        (["--date", "soon"], "--date: 'soon' is not a date."),
        (["--id", "W47-001"], "--id: the id 'W47-001' is taken. Choose another one."),
    ],
)
def test_a_bad_flag_is_told_before_anything_is_asked(
    run: Run, tmp_path: Path, flags: list[str], said: str
) -> None:
    file = tmp_path / "week.yaml"
    file.write_bytes((ROOT / "examples" / "week.yaml").read_bytes())
    done = run("record", "--to", file, *flags, stdin="won\nwon\n")
    assert done.code == 2
    assert done.err.startswith(said)
    assert questions(done.err) == []


def test_an_id_that_is_taken_is_asked_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_text("- {id: A, salesperson: won}\n")
    done = run("record", "--to", file, stdin="won\nwon\nA\nB\n\n\n\n")
    assert done.code == 0
    assert "the id 'A' is taken" in done.err
    assert [
        item.interaction.id for item in held(file.read_text(), "f") if isinstance(item, Recorded)
    ] == [
        "A",
        "B",
    ]


@pytest.mark.parametrize(
    ("taken", "proposed"),
    [
        ([], "2026-11-26-1"),
        (["Ann", "Bob"], "2026-11-26-1"),
        (["W47-049", "W47-050"], "W47-051"),
        (["W47-050", "W47-049"], "W47-051"),
        (["W46-120", "W47-009", "walk-in"], "W47-010"),
        (["W47-99"], "W47-100"),
        (["1041"], "1042"),
        (["007"], "008"),
        (["2026-11-25-7"], "2026-11-26-1"),
        (["2026-11-26-1", "2026-11-26-9"], "2026-11-26-10"),
        (["2026-11-30"], "2026-11-26-1"),
        (["C-9" + "9" * 40], "C-9" + "9" * 22 + "1" + "0" * 18),
        (["A\x1b-1"], "2026-11-26-1"),
        (["\u0661\u0662"], "2026-11-26-1"),
    ],
)
def test_the_next_id_is_proposed(taken: list[str], proposed: str) -> None:
    assert proposed_id(taken, "2026-11-26") == proposed
    assert proposed not in taken


def test_enter_takes_the_id_that_is_proposed(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_text("- {id: W47-050, salesperson: wun}\n")
    done = run("record", "--to", file, stdin="won\nwon" + NO_MORE + "\n")
    assert "What is its id? [W47-051] " in done.err
    assert "- id: W47-051\n" in file.read_text()


def test_a_proposed_id_has_the_day_that_a_flag_gives(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    run("record", "--to", file, "--date", "2026-11-01T09:30", stdin="won\nwon\n" + NO_MORE)
    assert file.read_text().startswith('- id: "2026-11-01-1"\n  date: 2026-11-01T09:30')


def test_a_question_mark_explains_every_question_and_it_is_asked_again(
    run: Run, tmp_path: Path
) -> None:
    answers = ["lost", "lost", "yes", "C-1", "Ann", "phone", "cold"]
    done = run("record", "--to", tmp_path / "w.yaml", stdin="?\n" + "\n?\n".join(answers) + "\n")
    assert done.code == 0
    asked = questions(done.err)
    assert asked[::2] == asked[1::2]
    assert len(asked) == 14
    explained = "".join(re.findall("(?m)^  .*\n", done.err))
    facts = [QUESTIONS[fact] for fact in ("salesperson", "customer", "salesperson_feels_good")]
    assert explained == "".join(map(explanation, (*facts, ID, *ABOUT)))
    assert {question.means[-1] for question in (*QUESTIONS.values(), ID, *ABOUT)} == {"."}


@pytest.mark.parametrize("nothing", ["\n" * 7, "unknown\n" * 3 + "\n" * 4])
def test_an_answer_of_nothing_to_everything_saves_nothing(
    run: Run, tmp_path: Path, nothing: str
) -> None:
    done = run("record", "--to", tmp_path / "w.yaml", "--date", "2026-11-01", stdin=nothing)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("\nNothing was answered; nothing was saved.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("flags", "answers", "written"),
    [
        (["--organization", "won"], "\n" * 7, "organization: won\n"),
        ([], "\n" * 6 + "call back\n", "notes: call back\n"),
        ([], "\n\n\nC-1\n\n\n\n", "- id: C-1\n"),
    ],
)
def test_an_answer_to_anything_is_saved(
    run: Run, tmp_path: Path, flags: list[str], answers: str, written: str
) -> None:
    file = tmp_path / "w.yaml"
    assert run("record", "--to", file, *flags, stdin=answers).code == 0
    assert written in file.read_text()


CONTROLS = ["\x1b[A", "a\x00b", "a\tb", "a\x7fb", "a\x9bb", "a\x1b[31mb", "a\u202eb"]
BEFORE = {
    "salesperson": "",
    "customer": "won\n",
    "id": "won\nlost\n",
    "notes": "won\nlost\nC-1\n\n\n",
}
"""What is answered before each of some questions."""


@pytest.mark.parametrize("typed", CONTROLS)
@pytest.mark.parametrize("question", BEFORE)
def test_control_characters_in_an_answer_are_refused_and_it_is_asked_again(
    run: Run, tmp_path: Path, question: str, typed: str
) -> None:
    before = BEFORE[question]
    rest = "won\nlost\nC-1\n\n\nlater\n".removeprefix(before)
    file = tmp_path / "w.yaml"
    done = run("record", "--to", file, stdin=f"{before}{typed}\n{rest}")
    assert done.code == 0
    assert (file.read_text() + done.err).replace("\n", "").isprintable()
    if (question, typed) == ("notes", "a\tb"):
        assert r'notes: "a\tb"' in file.read_text()
        return
    shown = typed.encode("unicode_escape").decode()
    assert f"'{shown}' is " in done.err
    assert "notes: later\n" in file.read_text()


@pytest.mark.parametrize("flag", ["--id", "--employee", "--channel", "--notes"])
def test_control_characters_in_a_flag_are_refused(run: Run, tmp_path: Path, flag: str) -> None:
    file = tmp_path / "w.yaml"
    done = run("record", "--to", file, flag, "a\x1b[A", stdin="won\nwon\n" + NO_MORE)
    said = f"{flag}: character 2 of 'a\\x1b[A' is the control character U+001B. Remove it.\n"
    assert (done.code, done.err) == (2, said)


def test_bytes_that_are_not_text_are_refused_and_asked_again(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "w.yaml"
    done = run("record", "--to", file, stdin=b"won\nlost\nC-\xff\nC-1\nJos\xc3\xa9\n\n\n")
    assert done.code == 0
    assert "  'C-\\udcff' is not UTF-8. Type it again.\n" in done.err
    assert "- id: C-1\n" in file.read_text()
    assert "employee: José\n" in file.read_text()


# What becomes of the file.


@pytest.mark.parametrize("name", FILES)
def test_a_record_is_added_and_nothing_else_changes(name: str) -> None:
    old = FILES[name]
    new = appended(old, WON, "week.yaml")
    assert new.startswith(old)
    assert "\n" not in new.replace("\r\n", "") if "\r\n" in old else "\r" not in new
    added = held(new, "week.yaml")[-1]
    assert isinstance(added, Recorded)
    assert added.interaction == WON
    assert len(held(new, "week.yaml")) == len(held(old, "week.yaml")) + 1


def test_a_file_grows_record_by_record() -> None:
    content = ""
    for number in range(5):
        content = appended(content, WON.model_copy(update={"id": f"N-{number}"}), "week.yaml")
    ids = [item.interaction.id for item in held(content, "week.yaml") if isinstance(item, Recorded)]
    assert ids == [f"N-{number}" for number in range(5)]


def test_an_empty_line_goes_between_where_there_was_one() -> None:
    assert "\n\n- id: N-1" in appended(FILES["empty lines"], WON, "week.yaml")
    assert "\n\n- id: N-1" not in appended(FILES["a list"], WON, "week.yaml")


REFUSED = {
    "[{id: A, salesperson: won}]\n": "holds its list in brackets.",
    "interactions: [{id: A, salesperson: won}]\n": "holds its list in brackets.",
    "- {id: A}\n---\n- {id: B}\n": "holds several documents.",
    "- {id: A}\n\ufeff- {id: B}\n": "has byte-order marks below its first line.",
    "- {id: A}\n...\n": "is closed by '...'.",
    "id: A\nsalesperson: won\n": "holds no list of records.",
    "{interactions: [{id: A}]}\n": "holds no list of records.",
    "just text\n": "holds no list of records.",
    "interactions:\n  - {id: A}\nother: 1\n": "holds more than a list of records.",
    "interactions:\n- {id: A}\ninteractions:\n- {id: B}\n": "holds more than a list of records.",
    "- notes: |+\n    a\n\n  ": "does not end where a record could be added.",
    "~\n": "holds no list of records.",
    "- {id: A\n": "f.yaml:",
}


@pytest.mark.parametrize("content", REFUSED)
def test_a_file_that_can_take_no_record_is_refused_and_kept(
    run: Run, tmp_path: Path, content: str
) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(content)
    done = run("record", "--to", file, stdin="won\nwon\n" + NO_MORE)
    assert done.code == 2
    assert REFUSED[content] in done.err
    assert questions(done.err) == []
    assert file.read_text() == content
    assert list(tmp_path.iterdir()) == [file]


OTHERS = {
    "- {name: a, facts: {customer: lost}, expect: {verdict: undetermined}}\n": (
        "looks like a file of cases. Run them: winwinwin rules test f.yaml"
    ),
    "title: House\nrules: []\n": (
        "looks like a rulebook. Use it with --rulebook, or check it: winwinwin rules check f.yaml"
    ),
    "customer: {column: won}\n": (
        "looks like a mapping. Use it with --map: winwinwin batch FILE --map f.yaml"
    ),
}


@pytest.mark.parametrize("undo", [(), ("--undo",)])
@pytest.mark.parametrize("content", OTHERS)
def test_a_file_of_something_else_is_recognized_before_the_first_question(
    run: Run, tmp_path: Path, content: str, undo: tuple[str, ...]
) -> None:
    file = tmp_path / "f.yaml"
    file.write_text(content)
    done = run("record", "--to", "f.yaml", *undo, cwd=tmp_path, stdin="won\nwon\n" + NO_MORE)
    assert done == (2, "", f"f.yaml: {OTHERS[content]}\n")
    assert file.read_text() == content


@pytest.mark.parametrize(("undo", "done"), [((), "recorded"), (("--undo",), "removed")])
def test_mistakes_in_the_text_of_a_file_end_in_what_to_do(
    run: Run, tmp_path: Path, undo: tuple[str, ...], done: str
) -> None:
    (tmp_path / "f.yaml").write_text("- {id: A\n- {id: B, id: C}\n")
    ended = run("record", "--to", "f.yaml", *undo, cwd=tmp_path, stdin="won\nwon\n" + NO_MORE)
    assert (ended.code, ended.out, questions(ended.err)) == (2, "", [])
    assert "f.yaml:1:3: not YAML" in ended.err
    assert "f.yaml:2:11: id: given twice." in ended.err
    assert ended.err.endswith(f"\nf.yaml: nothing was {done}. Correct the file first.\n")


@pytest.mark.parametrize("name", ["week.json", "week", "week.csv"])
def test_only_yaml_is_written(run: Run, tmp_path: Path, name: str) -> None:
    done = run("record", "--to", tmp_path / name, stdin="won\nwon\n")
    assert done.code == 2
    assert "is not a YAML file. Choose a name that ends like one. (.yaml, .yml)" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_bytes(b"\xff\xfe")
    done = run("record", "--to", file, stdin="won\nwon\n")
    assert done.code == 2
    assert done.err.startswith(f"{file}:1:1: byte 0xff is not UTF-8. Save the file as UTF-8.\n")


outcomes = st.sampled_from(["won", "lost", None])
answers = st.sampled_from([True, False, None])
words = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@settings(deadline=None)  # a busy machine is not slow code
@given(
    st.fixed_dictionaries(
        {
            "id": words,
            "employee": words,
            "channel": words,
            "notes": words,
            "date": st.none() | st.dates() | st.datetimes(),
            "tags": st.dictionaries(st.text(max_size=5), words, max_size=2),
            "salesperson": st.fixed_dictionaries(
                {"outcome": outcomes, "feels_good": answers, "believes_lost_for_customer": answers}
            ),
            "customer": st.fixed_dictionaries(
                {"outcome": outcomes, "believes_salesperson": outcomes}
            ),
            "organization": outcomes,
        }
    ),
    st.sampled_from(sorted(FILES)),
)
def test_whatever_is_recorded_is_read_again_as_it_was(record: dict[str, Any], name: str) -> None:
    try:
        interaction = Interaction.model_validate(record)
    except ValueError:
        reject()
    new = appended(FILES[name], interaction, "week.yaml")
    added = held(new, "week.yaml")[-1]
    assert isinstance(added, Recorded)
    assert added.interaction == interaction
    assert cut(new, "week.yaml").kept == FILES[name]


def test_a_record_of_nothing_is_a_record() -> None:
    assert record_lines(Interaction()) == ["- {}"]


def test_the_verdict_is_in_colour_at_a_terminal(run: Run, tmp_path: Path) -> None:
    done = run("record", "--to", tmp_path / "w.yaml", stdin="won\nwon\n" + NO_MORE, terminal=True)
    assert "\x1b[38;5;31mEverybody won, in the right order." in done.out


def test_a_file_that_cannot_be_read_is_an_error(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "week.yaml"
    folder.mkdir()
    done = run("record", "--to", folder, stdin="won\nwon\n")
    assert (done.code, done.err) == (2, f"{folder}: cannot be read: is a directory.\n")


def test_the_order_is_written_as_a_list() -> None:
    both = Interaction(salesperson="won", customer="won", order="customer, salesperson")
    assert "  order: [customer, salesperson]" in record_lines(both)


# Breaking off.


@pytest.mark.parametrize("answers", ["", "won\n", "won\nwon\n", "won\nwon\nC-1\nAnn\nphone\n"])
def test_answers_that_end_early_save_nothing(run: Run, tmp_path: Path, answers: str) -> None:
    file = tmp_path / "week.yaml"
    done = run("record", "--to", file, stdin=answers)
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("The answers ended early; nothing was saved.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_to_write_leaves_the_old_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "week.yaml"
    file.write_text(FILES["a list"])

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    done = run("record", "--to", file, stdin="won\nwon\n" + NO_MORE)
    assert done.code == 2
    assert done.err.endswith(
        f'Nothing was saved. This is the record:\n- id: "{TODAY}-1"\n  date: {TODAY}\n'
        "  salesperson: won\n  customer: won\n"
        f"{file}: cannot be written: no space left on device.\n"
    )
    assert file.read_text() == FILES["a list"]
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_told_before_the_first_question(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "no" / "week.yaml"
    done = run("record", "--to", file, stdin="won\nwon\n" + NO_MORE)
    assert (done.code, done.err) == (2, f"{file}: cannot be written: no such file or directory.\n")


@pytest.mark.parametrize("kept", ["week.yaml", ""])
def test_what_may_only_be_read_is_told_before_the_first_question(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kept: str
) -> None:
    file = tmp_path / "week.yaml"
    file.write_text(FILES["a list"])
    closed = (tmp_path / kept).resolve()
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != closed)  # root may all
    done = run("record", "--to", file, stdin="won\nwon\n" + NO_MORE)
    assert (done.code, done.err) == (2, f"{file}: cannot be written: permission denied.\n")
    assert file.read_text() == FILES["a list"]


def test_the_permissions_of_the_file_stay(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_text(FILES["a list"])
    file.chmod(0o600)
    assert run("record", "--to", file, stdin="won\nwon\n" + NO_MORE).code == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_record_is_on_the_disk_before_the_old_file_goes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, done = tmp_path / "week.yaml", []
    fsync, replace = os.fsync, Path.replace
    monkeypatch.setattr(os, "fsync", lambda stream: (done.append("on disk"), fsync(stream)))
    monkeypatch.setattr(Path, "replace", lambda *paths: (done.append("replaced"), replace(*paths)))
    assert run("record", "--to", file, stdin="won\nwon\n" + NO_MORE).code == 0
    assert done == ["on disk", "replaced"]


def test_what_somebody_else_wrote_meanwhile_is_kept(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "week.yaml"
    ask_facts = Conversation.ask_facts

    def while_somebody_writes(self: Conversation) -> None:
        file.write_text("- {id: THEIRS, salesperson: lost}\n")
        ask_facts(self)

    monkeypatch.setattr(Conversation, "ask_facts", while_somebody_writes)
    assert run("record", "--to", file, stdin="won\nwon\nMINE\n\n\n\n").code == 0
    assert "THEIRS" in file.read_text()
    items = list(read_all([str(file)]))
    assert len(items) == 2
    assert not any(isinstance(item, Unjudged | WinwinwinError) for item in items)


@pytest.mark.parametrize("below", ["id: a", "other: 1", "other:", "interactions:"])
def test_a_wrapper_with_more_than_a_list_takes_no_record(
    run: Run, tmp_path: Path, below: str
) -> None:
    file = tmp_path / "week.yaml"
    file.write_text(f"interactions:\n{below}\n")
    done = run("record", "--to", file, stdin="won\nwon\n" + NO_MORE)
    assert (done.code, "Did the" in done.err) == (2, False)
    assert "holds no list of records" in done.err


def test_what_nobody_reads_is_saved_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    command = [sys.executable, "-m", "winwinwin", "record", "--to", str(file)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command,
            input="won\nwon\n" + NO_MORE,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.endswith(
        f"Saved in {file}.\nstandard output: cannot be written: no space left on device.\n"
    )
    assert file.read_text() == (
        f'- id: "{TODAY}-1"\n  date: {TODAY}\n  salesperson: won\n  customer: won\n'
    )


def test_the_id_of_a_record_with_a_mistake_is_taken_too(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    file.write_text("- {id: A-1, customer: wun}\n")
    done = run("record", "--to", file, "--id", "A-1", stdin="won\n")
    assert (done.code, done.err) == (2, "--id: the id 'A-1' is taken. Choose another one.\n")


def test_an_id_that_was_taken_meanwhile_is_not_saved_twice(tmp_path: Path) -> None:
    file = tmp_path / "week.yaml"
    save(file, Interaction(id="A-1", customer="won"))
    with pytest.raises(WinwinwinError, match="the id 'A-1' is taken"):
        save(file, Interaction(id="A-1", customer="lost"))
    save(file, Interaction(customer="lost"))
    save(file, Interaction(customer="lost"))
    assert file.read_text().count("customer: lost") == 2


def test_a_house_rulebook_judges_what_is_recorded(run: Run, tmp_path: Path) -> None:
    book = ("--rulebook", "examples/house.yaml")
    done = run("record", "--to", tmp_path / "calls.yaml", *book, stdin="lost\nlost\n\n\n\n\n")
    assert done.code == 0
    assert "rule: mutual-loss" in done.out

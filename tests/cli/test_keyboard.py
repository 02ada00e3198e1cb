"""Recording at a real terminal: keys that edit, keys that break off, and what is saved."""

from datetime import date
from pathlib import Path

import pytest
from keyboard import END, ENTER, HOME, LEFT, UP, at_keyboard

from winwinwin.cli.keyboard import UNUSED

TODAY = date.today().isoformat()  # noqa: DTZ011  # the day it is here
SALESPERSON, CUSTOMER = "Did the salesperson win", "Did the customer win"
pytestmark = pytest.mark.usefixtures("interruptible")
ABOUT = ("What is its id?", "Who sold or served?", "Which channel?", "Any notes?")


def test_keys_edit_an_answer_and_never_end_up_in_the_file(tmp_path: Path) -> None:
    with at_keyboard("record", "--to", "w.yaml", cwd=tmp_path) as session:
        session.type("lost" + ENTER, after=SALESPERSON)
        session.type("won" + UP + UP + ENTER, after=CUSTOMER)  # the first answer again
        session.type("yes" + ENTER, after="feel good")
        session.type("B" + LEFT + "A" + ENTER, after=ABOUT[0])
        session.type("nn" + HOME + "A" + ENTER, after=ABOUT[1])
        session.type(ENTER, after=ABOUT[2])
        session.type(UP + ENTER, after=ABOUT[3])
        code, shown = session.end()
    assert code == 0
    assert "Saved in w.yaml." in shown
    assert (tmp_path / "w.yaml").read_text() == (
        f"- id: AB\n  date: {TODAY}\n  employee: Ann\n"
        "  salesperson: {outcome: lost, feels_good: true}\n  customer: lost\n  notes: Ann\n"
    )


@pytest.mark.parametrize("keys", [*UNUSED, "[15;5~", "[1;2P", "[29~"])
def test_a_key_that_means_nothing_leaves_nothing_in_an_answer(tmp_path: Path, keys: str) -> None:
    with at_keyboard("score", "--format", "csv", cwd=tmp_path) as session:
        session.type(f"wo\x1b{keys}n" + ENTER, after=SALESPERSON)
        session.type("won" + ENTER, after=CUSTOMER)
        code, shown = session.end()
    assert (code, "is not an outcome" in shown) == (0, False)
    assert "win_win_win" in shown


@pytest.mark.parametrize(
    ("about", "is_its_own"),
    [
        ("Importing this module enables command line editing using libedit readline.", "bind ^["),
        ("Importing this module enables command line editing using GNU readline.", '"\\e'),
        ("", '"\\e'),
    ],
)
def test_each_line_editor_gets_its_own_syntax(tmp_path: Path, about: str, is_its_own: str) -> None:
    (tmp_path / "readline.py").write_text(
        f"{about!r}\ndef parse_and_bind(line):\n"
        "    with open('bound', 'a') as file:\n        print(line, file=file)\n"
    )
    with at_keyboard("score", cwd=tmp_path, path=tmp_path) as session:
        session.type("won" + ENTER, after=SALESPERSON)
        session.type("won" + ENTER, after=CUSTOMER)
        assert session.end()[0] == 0
    bound = (tmp_path / "bound").read_text().splitlines()
    assert len(bound) >= len(UNUSED)
    assert all(line.startswith(is_its_own) for line in bound)


def test_a_question_is_explained_and_asked_again(tmp_path: Path) -> None:
    with at_keyboard("record", "--to", "w.yaml", cwd=tmp_path) as session:
        session.type("?" + ENTER, after=SALESPERSON)
        session.type("won" + ENTER, after=SALESPERSON)
        session.interrupt(after=CUSTOMER)
        code, shown = session.end()
    assert code == 130
    assert "  How it went for the person who sold or served, as they see it." in shown
    assert shown.index("How it went") < shown.rindex(SALESPERSON)


def test_control_c_saves_nothing_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("- id: A-1\n")
    with at_keyboard("record", "--to", "w.yaml", cwd=tmp_path) as session:
        session.type("won" + ENTER, after=SALESPERSON)
        session.type("lo", after=CUSTOMER)
        session.interrupt(after="lo")
        code, shown = session.end()
        assert session.edits_lines
    assert (code, shown.splitlines()[-1]) == (130, "Cancelled; nothing was saved.")
    assert "Traceback" not in shown
    assert (tmp_path / "w.yaml").read_text() == "- id: A-1\n"


def test_a_program_that_is_ended_saves_nothing_and_leaves_the_terminal_as_it_was(
    tmp_path: Path,
) -> None:
    with at_keyboard("record", "--to", "w.yaml", cwd=tmp_path) as session:
        session.type("won" + ENTER, after=SALESPERSON)
        session.kill(after=CUSTOMER)
        code, shown = session.end()
        assert session.edits_lines
    assert (code, shown.splitlines()[-1]) == (143, "Cancelled; nothing was saved.")
    assert list(tmp_path.iterdir()) == []


def test_control_d_saves_nothing_and_says_so(tmp_path: Path) -> None:
    with at_keyboard("record", "--to", "w.yaml", cwd=tmp_path) as session:
        session.type("won" + ENTER, after=SALESPERSON)
        session.type(END, after=CUSTOMER)
        code, shown = session.end()
    assert (code, shown.splitlines()[-1]) == (2, "Cancelled; nothing was saved.")
    assert list(tmp_path.iterdir()) == []


def test_enter_to_everything_saves_nothing_and_says_so(tmp_path: Path) -> None:
    with at_keyboard("record", "--to", "w.yaml", cwd=tmp_path) as session:
        for question in (SALESPERSON, CUSTOMER, "feel good", *ABOUT):
            session.type(ENTER, after=question)
        code, shown = session.end()
    assert (code, shown.splitlines()[-1]) == (2, "Nothing was answered; nothing was saved.")
    assert list(tmp_path.iterdir()) == []


def test_questions_keep_clear_of_a_file_that_standard_output_is(tmp_path: Path) -> None:
    with (
        (tmp_path / "out").open("w") as out,
        at_keyboard("score", "--format", "jsonl", cwd=tmp_path, out=out) as session,
    ):
        session.type("wom" + "\x7f" + "n" + ENTER, after=SALESPERSON)
        session.type("lost" + ENTER, after=CUSTOMER)
        code, _ = session.end()
    assert code == 0
    written = (tmp_path / "out").read_text()
    assert written.startswith('{"schema":"winwinwin/1","id":null,"verdict":"organization_loses"')
    assert written.count("\n") == 1


def test_a_bare_score_asks_and_saves_nothing(tmp_path: Path) -> None:
    with at_keyboard("score", cwd=tmp_path) as session:
        session.type("lost" + ENTER, after=SALESPERSON)
        session.type("won" + ENTER, after=CUSTOMER)
        code, shown = session.end()
    assert code == 0
    assert "The organization loses." in shown
    assert not any(question in shown for question in ABOUT)
    assert list(tmp_path.iterdir()) == []


def test_a_bare_score_without_an_answer_judges_nothing(tmp_path: Path) -> None:
    with at_keyboard("score", cwd=tmp_path) as session:
        for question in (SALESPERSON, CUSTOMER, "feel good"):
            session.type(ENTER, after=question)
        code, shown = session.end()
    assert (code, shown.splitlines()[-1]) == (2, "Nothing was answered; nothing was judged.")


@pytest.mark.parametrize(
    ("answer", "kept", "said"),
    [
        ("yes", "- id: A\n", "Removed from w.yaml."),
        ("no", "- id: A\n- id: B\n", "Nothing was removed."),
        ("", "- id: A\n- id: B\n", "Nothing was removed."),
    ],
)
def test_the_last_record_is_taken_back_after_a_yes(
    tmp_path: Path, answer: str, kept: str, said: str
) -> None:
    (tmp_path / "w.yaml").write_text("- id: A\n- id: B\n")
    with at_keyboard("record", "--undo", "--to", "w.yaml", cwd=tmp_path) as session:
        session.type(answer + ENTER, after="Remove this record?")
        code, shown = session.end()
    assert (code, shown.splitlines()[0], shown.splitlines()[-1]) == (0, "- id: B", said)
    assert (tmp_path / "w.yaml").read_text() == kept


def test_control_c_at_the_question_removes_nothing(tmp_path: Path) -> None:
    (tmp_path / "w.yaml").write_text("- id: A\n")
    with at_keyboard("record", "--undo", "--to", "w.yaml", cwd=tmp_path) as session:
        session.interrupt(after="Remove this record?")
        code, shown = session.end()
    assert (code, shown.splitlines()[-1]) == (130, "Cancelled; nothing was removed.")
    assert (tmp_path / "w.yaml").read_text() == "- id: A\n"


def test_without_a_line_editor_the_bytes_of_an_arrow_key_are_refused(tmp_path: Path) -> None:
    (tmp_path / "readline.py").write_text("raise ImportError")
    with at_keyboard("record", "--to", "w.yaml", cwd=tmp_path, path=tmp_path) as session:
        session.type("won" + ENTER, after=SALESPERSON)
        session.type("won" + ENTER, after=CUSTOMER)
        session.type("A" + LEFT + ENTER, after=ABOUT[0])
        session.type("A" + ENTER, after=ABOUT[0])
        for question in ABOUT[1:]:
            session.type(ENTER, after=question)
        code, shown = session.end()
    assert code == 0
    assert "  character 2 of 'A\\x1b[D' is the control character U+001B. Remove it." in shown
    assert (tmp_path / "w.yaml").read_text().startswith("- id: A\n")


def test_messages_are_where_the_prompts_are_if_standard_error_is_not_the_terminal(
    tmp_path: Path,
) -> None:
    with (
        (tmp_path / "err").open("w") as err,
        at_keyboard("score", cwd=tmp_path, err=err) as session,
    ):
        session.type("wun" + ENTER, after=SALESPERSON)
        session.type("won" + ENTER, after="Did you mean 'won'?")
        session.type("won" + ENTER, after=CUSTOMER)
        code, shown = session.end()
    assert (code, (tmp_path / "err").read_text()) == (0, "")
    assert "Everybody won" in shown


@pytest.mark.parametrize(
    "command", [["batch", "-"], ["list", "-"], ["explain", "-", "A"], ["map", "-"]]
)
def test_what_waits_for_a_keyboard_says_so_once(tmp_path: Path, command: list[str]) -> None:
    with at_keyboard(*command, cwd=tmp_path) as session:
        record = f"{{id: A, salesperson: won}}\n{END}"
        session.type(record, after="Reading YAML from the keyboard; Ctrl-D ends it.\r\n")
        code, shown = session.end()
    assert code == 0, shown
    assert shown.count("Ctrl-D") == 1
    assert "judging" not in shown  # progress would be among what is typed

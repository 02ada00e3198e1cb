"""Messages on a terminal: broken between words, with the part of a line that they are about."""

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.errors import Place, Problem
from winwinwin.output import streams
from winwinwin.output.fitting import CUT, LEAST, fitted

WORDS = st.text("abc 'é-", max_size=200)


@given(WORDS, st.integers(1, 100))
def test_words_stay_whole_and_in_order(text: str, width: int) -> None:
    found = fitted(text, width)
    assert found.split() == text.split()
    assert all(len(line.rstrip()) <= width or " " not in line.strip() for line in found.split("\n"))


@given(st.text("abcdef", min_size=1, max_size=150), st.integers(20, 100), st.data())
def test_a_caret_stands_under_its_character_at_any_width(
    text: str, width: int, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(text)))
    place = Place("a.yaml", 7, at + 1, text, at)
    line, pointer = fitted(f"{Problem('x', place=place)}", width).split("\n")[1:]
    assert max(len(line), len(pointer)) <= max(width, len("    7 | ") + LEAST + 1)
    assert line[len(pointer) - 1 : len(pointer)] == text[at : at + 1]
    assert line[8:].strip(CUT) in text


def test_what_fits_stays_as_it_is() -> None:
    said = "a.yaml:1:1: customer: wrong.\n    1 | customer: wun\n      | ^\n"
    assert fitted(said, 80) == said
    assert fitted("  Who won? ", 9) == "  Who\n  won? "


@pytest.mark.parametrize(("columns", "is_fitted"), [("30", True), ("", False)])
def test_only_a_terminal_gets_messages_fitted(
    columns: str,
    is_fitted: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(streams, "at_terminal", lambda **_: is_fitted)
    monkeypatch.setenv("COLUMNS", columns)
    streams.warn("customer: this has more words than a line has room for\n")
    assert max(map(len, capsys.readouterr().err.splitlines())) <= 30 or not is_fitted


def test_a_pipe_gets_each_message_on_one_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    said = run("score", "-s", "wun").err
    assert said.splitlines()[0].endswith("(won, lost or unknown)")

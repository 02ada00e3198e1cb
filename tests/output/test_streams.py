"""What reaches a terminal: only what the program paints steers it."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outside import TEXTS, on_lines

from winwinwin.output import progress, streams

each_text = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@given(st.text())
def test_json_at_a_terminal_is_the_same_json(text: str) -> None:
    written = json.dumps([text], ensure_ascii=False)
    shown = streams.steady(written)
    assert json.loads(shown) == [text]
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]", shown)


def test_spaces_and_joiners_stay_as_they_are() -> None:
    for text in ("a\tb\n", "\u00ab\u00a0oui\u202f!\u3000\u00bb", "\u0645\u06cc\u200c\u0634"):
        assert streams.steady(text) == text


def test_what_is_painted_passes() -> None:
    painted = streams.Painted("\x1b[1mbold\x1b[0m")
    assert streams.steady(painted) == painted


@each_text
def test_the_line_of_progress_shows_it(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    monkeypatch.setattr(progress, "BEAT", 0.001)
    monkeypatch.setattr(streams, "at_terminal", lambda **_: True)
    monkeypatch.setattr(streams, "warn", sent.append)
    with progress.progress(f"counting {text}", lambda: "5%"):
        while len(sent) < 2:
            pass
    for each in sent:
        assert isinstance(each, streams.Painted)
        words = each.replace(progress.ERASE, "").removesuffix("\r")
        on_lines(words)
        assert "\n" not in words
        assert len(words) < 80

"""A flag that is an answer by itself, and a word for yes or no that somebody writes after it."""

import pytest
from conftest import Run


@pytest.mark.parametrize("command", ["score", "explain"])
@pytest.mark.parametrize("flag", ["feels-good", "believes-lost"])
@pytest.mark.parametrize("prefix", ["", "no-"])
@pytest.mark.parametrize("word", ["yes", "No", "true", "0"])
def test_a_flag_that_is_an_answer_takes_none(
    run: Run, command: str, flag: str, prefix: str, word: str
) -> None:
    done = run(command, f"--{prefix}{flag}", word, "-s", "won")
    said = f"--{prefix}{flag}: takes no value, but '{word}' stands after it."
    assert done == (2, "", f"{said} --{flag} says yes, --no-{flag} says no.\n")

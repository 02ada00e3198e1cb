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


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("record calls.yaml", "To name the file: winwinwin record --to calls.yaml"),
        ("record --employee Ann x.yaml y.yaml", "To name the file: winwinwin record --to x.yaml"),
        ("record Ann", "`winwinwin help record` lists them."),
        ("form page.html", "To name the file: winwinwin form --output page.html"),
        ("rules list x", "`winwinwin help rules list` lists them."),
    ],
)
def test_a_word_after_a_command_of_options_alone_is_told_its_option(
    run: Run, typed: str, hint: str
) -> None:
    done = run(*typed.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith(f" takes options alone. {hint}\n")
    assert f"is no option, and {typed.split(maxsplit=1)[0]}" in done.err

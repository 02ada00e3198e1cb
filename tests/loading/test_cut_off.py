"""Files that end too early, inside a character or a container: none is taken for whole."""

from pathlib import Path

import pytest
from conftest import Run

HALF = "é".encode()[:1]
WON = "- {id: A, salesperson: won}\n"
CASE = "- {name: it, facts: {salesperson: won}, expect: {verdict: undetermined}}\n"
READ = {
    ("batch", "a.yaml"): WON + "- {id: B, notes: caf",
    ("batch", "b.yaml"): WON + "# caf",
    ("batch", "a.json"): '[{"id": "A", "salesperson": "won"}]\n',
    ("batch", "a.jsonl"): '{"id": "A", "salesperson": "won"}\n{"id": "B"}\n',
    ("batch", "a.csv"): "id,salesperson,said\nA,won,good\nB,won,caf",
    ("batch", "a.tsv"): "id\tsalesperson\nA\twon\n",
    ("map", "c.csv"): "id,salesperson,said\nA,won,good\nB,won,caf",
    ("map", "c.jsonl"): '{"id": "A", "mood": "good"}\n',
    ("compare", "examples/week.yaml", "d.yaml"): WON,
    ("explain", "e.yaml", "A"): WON + "# caf",
    ("record", "--to", "f.yaml"): WON + "# caf",
    ("rules", "check", "g.yaml"): "name: mine\n",
    ("rules", "test", "h.yaml"): CASE,
    ("batch", "examples/survey.csv", "--map", "i.yaml"): "customer: customer\n# caf",
    ("batch", "examples/week.yaml", "--rulebook", "j.yaml"): "name: mine\n",
}
"""Texts that lack the rest of their last character, by the command that reads them."""


@pytest.mark.parametrize("words", READ, ids=" ".join)
def test_a_text_that_ends_inside_a_character_is_reported_with_the_place(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    text = READ[words]
    place = next(index for index, word in enumerate(words) if word[1:2] == ".")
    file = tmp_path / words[place]
    file.write_bytes(text.encode() + HALF)
    done = run(*words[:place], file, *words[place + 1 :], stdin="won\nwon\n\n\n\n\n")
    line = text.count("\n") + 1
    assert done.code == 2
    assert f"{file}:{line}" in done.err
    assert "is not UTF-8" in done.err
    assert file.read_bytes() == text.encode() + HALF


@pytest.mark.parametrize("its_format", ["yaml", "json", "jsonl", "csv"])
def test_so_it_is_in_standard_input(run: Run, its_format: str) -> None:
    text = next(text for words, text in READ.items() if words[1].endswith(f"a.{its_format}"))
    done = run("batch", "-", "--input-format", its_format, stdin=text.encode() + HALF)
    assert done.code == 2
    line = text.count("\n") + 1
    assert f"standard input:{line}" in done.err
    assert "is not UTF-8" in done.err


def test_so_it_is_in_the_file_of_defaults(run: Run, tmp_path: Path) -> None:
    (tmp_path / "winwinwin.toml").write_bytes(b"# caf" + HALF)
    done = run("rules", "list", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert "winwinwin.toml:1:6: byte 0xc3 is not UTF-8." in done.err

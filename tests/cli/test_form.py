"""The command that writes a form: what it can be told to ask, and what it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run

HOUSE = ROOT / "examples" / "house.yaml"
SMALL = 250_000
"""Bytes that a form may take: it is sent to phones."""


def data_of(page: str) -> Any:
    return json.loads(page.partition('id="data">')[2].partition("</script>")[0])


def test_a_form_is_written_to_files_or_to_standard_output(run: Run, tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    done = run("form", "-o", one, "-o", two)
    assert (done.code, done.out, done.err) == (0, "", "")
    assert one.read_bytes() == two.read_bytes()
    assert run("form").out == one.read_text(encoding="utf-8")
    assert one.stat().st_size < SMALL


def test_a_form_is_that_of_its_rulebook_and_mode(run: Run) -> None:
    house = run("form", "--rulebook", HOUSE).out
    assert data_of(house)["rulebook"]["title"] in house.partition("<footer")[2]
    with_them, without = run("form").out, run("form", "--no-assumptions").out
    assert ", without its assumptions, fingerprint" not in with_them
    assert ", without its assumptions, fingerprint" in without
    stamps = {data_of(page)["rulebook"]["fingerprint"] for page in (house, with_them, without)}
    assert len(stamps) == 3


def test_a_form_asks_for_what_it_is_told_to(run: Run) -> None:
    usual = data_of(run("form").out)
    assert [name for name, _ in usual["about"]] == ["date", "employee", "channel", "notes"]
    options = [
        "--ask",
        "date, employee",
        "--ask",
        "tags.product,date",
        "--employees",
        "Ana, Mateo,Ana",
    ]
    told = data_of(run("form", *options).out)
    assert told["about"] == [
        ["date", "When was it?"],
        ["employee", "Who sold or served?"],
        ["tags.product", "product"],
    ]
    assert told["employees"] == ["Ana", "Mateo"]
    named = data_of(run("form", "--employees", "Rossi, Ana; Lind, Mateo").out)
    assert named["employees"] == ["Rossi, Ana", "Lind, Mateo"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            ["--ask", "employe"],
            "--ask: 'employe' cannot be asked for. Did you mean 'employee'? (date, employee, channel, notes, id or tags.NAME)",
        ),
        (["--ask", "tags."], "--ask: 'tags.' cannot be asked for."),
        (
            ["--ask", "tags.a\x07"],
            "--ask: character 7 of 'tags.a\\x07' is the control character U+0007. Remove it.",
        ),
        (["--ask", ","], "--ask: nothing is named."),
        (
            ["--ask", "date", "--employees", "Ana"],
            "--employees: the form does not ask for the employee. Add employee to --ask, or leave --employees out.",
        ),
        (["--employees", " , "], "--employees: no name is given. Write them with commas."),
        (["--employees", "A\nB"], "--employees: character 2 of 'A\\nB' is a line break."),
        (["-o", "form.pdf"], "form.pdf: '.pdf' is not the suffix of a format here. (.html)"),
        (
            ["--rulebook", "x.html", "-o", "x.html"],
            "x.html: is already read or written by this run.",
        ),
    ],
)
def test_what_a_form_cannot_do_is_told(
    options: list[str], said: str, run: Run, tmp_path: Path
) -> None:
    done = run("form", *options, cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert list(tmp_path.iterdir()) == []


def test_a_form_does_not_flood_a_terminal(run: Run, tmp_path: Path) -> None:
    done = run("form", terminal=True, width=200)
    said = (
        "A form is a page, which a terminal cannot show. Name a file: winwinwin form -o form.html\n"
    )
    assert done == (2, "", said)
    assert run("form", "-o", tmp_path / "form.html", terminal=True) == (0, "", "")

"""What explain says of an interaction beside its judgement: another one, and headings to find it by."""

import re
import shlex
from pathlib import Path

import pytest
from conftest import Run

RECORDS = """\
- {id: A, salesperson: won, customer: won}
- {id: A, salesperson: {outcome: lost, feels_good: yes}, customer: lost}
- {salesperson: won, customer: lost}
- {customer: won}
"""


@pytest.fixture
def day(tmp_path: Path) -> Path:
    path = tmp_path / "day.yaml"
    path.write_text(RECORDS)
    return path


@pytest.mark.parametrize(
    ("one", "other", "heads"),
    [
        (":1", ":3", ["A", "day.yaml:3"]),
        (":3", ":4", ["day.yaml:3", "day.yaml:4"]),
        (":1", ":2", ["day.yaml:1", "day.yaml:2"]),
    ],
)
def test_two_that_are_compared_have_different_names(
    run: Run, day: Path, one: str, other: str, heads: list[str]
) -> None:
    done = run("explain", day.name, one, "--against", other, cwd=day.parent)
    lines = done.out.splitlines()
    at = lines.index(f"Compared with {heads[1]}")
    assert (done.code, lines[at + 2].split()) == (0, ["fact", *heads])


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            ":1",
            ":3",
            "What makes the difference: customer. If that were as in day.yaml:3, A would",
        ),
        (
            ":2",
            ":1",
            "What makes the difference: salesperson and customer. If these were as in day.yaml:1, day.yaml:2 would",
        ),
        (
            ":1",
            ":4",
            "What makes the difference: salesperson. If that were as in day.yaml:4, A would",
        ),
    ],
)
def test_what_makes_the_difference_is_a_sentence_of_one_fact_or_of_several(
    run: Run, day: Path, one: str, other: str, said: str
) -> None:
    assert said in run("explain", day.name, one, "--against", other, cwd=day.parent).out


def test_any_of_several_differences_may_be_enough(run: Run, tmp_path: Path) -> None:
    records = "- {id: A, salesperson: won, customer: won}\n- {id: B, salesperson: {outcome: lost, feels_good: no}, customer: won}\n"
    (tmp_path / "day.yaml").write_text(records)
    done = run("explain", "day.yaml", "A", "--against", "B", cwd=tmp_path)
    said = "salesperson; or salesperson feels good about the work. If one of these were as in B, A"
    assert said in done.out


def test_a_condition_on_what_is_not_recorded_says_what_is_needed(run: Run) -> None:
    said = run("explain", "-s", "won", "--why-not", "win_win_win").out
    assert (
        "mutual-win: would give it, but is not met (customer: not recorded, needed: won)\n" in said
    )


LEVELS = {
    "Interaction": 1,
    "Why not: out of order": 2,
    "What alone settles it": 2,
    "How firm it is": 2,
    "What is known": 2,
    "The rules: the first that fires decides": 2,
    "1. Disgruntled salesperson (disgruntled-salesperson, consequence 3): did not fire": 3,
    "2. Beaten customer (beaten-customer, consequence 2): fired and decides": 3,
    "3. Mutual win (mutual-win, consequence 1): did not fire": 3,
    "Order and time": 2,
    "What would make it WIN/WIN/WIN": 2,
}


@pytest.mark.parametrize(
    ("form", "heading", "above"),
    [
        ("markdown", r"^(?P<level>#+) (?P<words>.+)$", 1),
        ("html", r"<h(?P<level>\d)>(?:<span[^>]*>)?(?P<words>[^<]+)", 0),
    ],
)
def test_headings_are_below_what_they_are_a_part_of(
    run: Run, form: str, heading: str, above: int
) -> None:
    said = run("explain", "-s", "won", "-c", "lost", "--why-not", "out_of_order", "--format", form)
    found = {
        each["words"]: (int(each["level"]) if form == "html" else len(each["level"])) - above
        for each in re.finditer(heading, said.out, re.MULTILINE)
    }
    assert found == LEVELS


@pytest.mark.parametrize("wanted", [(), ("A",), ("A", "--why-not", "win_win_win")])
def test_a_table_has_its_reasons_listed(run: Run, tmp_path: Path, wanted: tuple[str, ...]) -> None:
    (tmp_path / "my calls.csv").write_text("id,salesperson,customer\nA,won,lost\n")
    done = run("explain", "my calls.csv", *wanted, cwd=tmp_path)
    said = (
        "my calls.csv: is a table, and explain reads records. Have the reasons of its rows listed: "
    )
    following = "batch 'my calls.csv' --talk calls.csv"
    assert done == (2, "", f"{said}winwinwin {following}\n")
    run(*shlex.split(following), cwd=tmp_path)
    assert "beaten-customer" in (tmp_path / "calls.csv").read_text()


def test_an_id_without_its_file_is_told_where_it_stands(run: Run, tmp_path: Path) -> None:
    said = "no such file or folder. An id stands after its file: winwinwin explain FILE "
    assert run("explain", "W47-030", cwd=tmp_path) == (2, "", f"W47-030: {said}W47-030\n")
    (tmp_path / "calls.yaml").write_text("- {id: A, salesperson: won}\n")
    near = "calls: no such file or folder. Did you mean 'calls.yaml'?\n"
    assert run("explain", "calls", cwd=tmp_path) == (2, "", near)
    assert run("explain", "calls.yaml", cwd=tmp_path).code == 0

"""Which interactions a run looks at: by who, where and when, and what is said of the others."""

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import Run

from winwinwin.cli import filters

WEEK = "examples/week.yaml"
SURVEY = ("examples/survey.csv", "--map", "examples/survey.map.yaml")
RECORDS = """\
- {id: A-1, date: 2026-11-16, employee: Mateo, salesperson: won, customer: won}
- {id: A-2, date: 2026-11-17, employee: Linh, salesperson: won, customer: wun}
- {id: A-3, date: someday, employee: Mateo, salesperson: won}
- {id: A-4, employee: Mateo, salesperson: lost, customer: won}
- {id: A-5, date: 2026-11-18, employee: [Mateo], salesperson: won}
- {id: A-6, date: 2026-11-19, employee: Mateo, salesperson: wun}
- {id: A-7, date: 2026-11-01, employee: Mateo, salesperson: wun}
"""


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filters, "today", lambda: date(2026, 11, 27))


def ids(out: str) -> list[str]:
    return [json.loads(line)["id"] for line in out.splitlines()]


def test_the_numbers_are_those_of_the_interactions_alone(run: Run) -> None:
    done = run(
        "batch", WEEK, "--format", "jsonl", "--only", "employee=Mateo", "--since", "2026-11-18"
    )
    found = [json.loads(line) for line in done.out.splitlines()]
    assert {each["about"]["employee"] for each in found} == {"Mateo"}
    assert min(each["about"]["date"] for each in found) >= "2026-11-18"
    said = "selected: 7 of 50 interactions (employee Mateo; since 2026-11-18)\n"
    assert (done.code, len(found)) == (0, 7)
    assert done.err.startswith(f"{said}7 interactions judged\n{said}")


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        (["--last", "7d"], "since 2026-11-21; until 2026-11-27"),
        (["--last", "week"], "since 2026-11-16; until 2026-11-22"),
        (["--last", "Month"], "since 2026-10-01; until 2026-10-31"),
        (["--last", "week", "--until", "2026-11"], "since 2026-11-23; until 2026-11-29"),
        (["--since", "2026-11", "--until", "2026-W47"], "since 2026-11-01; until 2026-11-22"),
        (["--until", " 2026-11-22 "], "until 2026-11-22"),
    ],
)
def test_days_can_be_named_in_many_ways(run: Run, asked: list[str], kept: str) -> None:
    assert f"interactions ({kept}" in run("batch", WEEK, *asked).err
    assert f"interactions ({kept}" in run("batch", *SURVEY, *asked).err


def test_what_may_belong_to_it_is_kept_and_what_cannot_is_left_out_and_counted(run: Run) -> None:
    asked = ("--only", "employee=Mateo", "--since", "2026-11-16")
    done = run("batch", "-", "--format", "jsonl", *asked, stdin=RECORDS)
    assert (done.code, ids(done.out)) == (2, ["A-1", "A-3", "A-5", "A-6"])
    said = "(employee Mateo; since 2026-11-16; 1 without a date left out)"
    assert f"selected: 4 of 7 interactions {said}\n" in done.err
    assert "wun" not in "".join(line for line in done.err.splitlines() if ":2:" in line)
    listed = run("list", "-", "--format", "jsonl", *asked, stdin=RECORDS)
    assert (listed.code, ids(listed.out)) == (2, ["A-1", "A-3", "A-5", "A-6"])


@pytest.mark.parametrize("source", [(WEEK,), SURVEY], ids=["records", "table"])
def test_a_value_that_nobody_has_ends_like_an_empty_file_and_names_the_nearest(
    run: Run, tmp_path: Path, source: tuple[str, ...]
) -> None:
    out = tmp_path / "out.csv"
    done = run("batch", *source, "--only", "employee=Matteo", "-o", out)
    assert (done.code, out.exists()) == (2, False)
    assert "no interaction has employee 'Matteo'. Did you mean 'Mateo'?\n" in done.err
    done = run("batch", *source, "--only", "employee=Matteo", "--only", "employee=Linh", "-q")
    assert done.code == 0
    assert "no interaction has employee 'Matteo'. Did you mean 'Mateo'?\n" in done.err
    assert "(employee Matteo or Linh)" in done.err
    done = run("batch", *source, "--only", "month=2026-1l", "-q")
    assert "no interaction has month '2026-1l'. Did you mean '2026-1" in done.err
    done = run("batch", *source, "--only", "week=", "-q")
    assert (done.code, "every interaction has its week recorded." in done.err) == (2, True)


def test_a_list_takes_verdicts_and_dimensions_together(run: Run) -> None:
    both = ["--only", "organization_loses,undetermined", "--only", "employee=Mateo"]
    listed = run("list", WEEK, *both).out.splitlines()
    assert {line.split()[-1] for line in listed} == {"organization_loses", "undetermined"}
    alone = run("list", WEEK, "--only", "employee=Mateo").out.splitlines()
    assert set(listed) < set(alone)
    assert run("list", WEEK, "--only", "employee=Matteo").code == 2


def test_both_sides_of_a_comparison_are_filtered(run: Run) -> None:
    done = run("compare", WEEK, *SURVEY[:1], "--map-after", SURVEY[2], "--only", "employee=Mateo")
    assert done.err.startswith("selected: 10 of 50 interactions (employee Mateo)\n")
    assert done.out.count("(employee Mateo)") == 2


def test_a_row_keeps_its_number_and_columns_of_a_table_are_dimensions(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "a.csv"
    file.write_text("salesperson,customer,team\nwon,won,a\nwon,lost,b\nlost,lost,c\nwon,won,b\n")
    done = run("batch", file, "--only", "team=b")
    assert [line.split()[:2] for line in done.out.splitlines()[:2]] == [["row", "2"], ["row", "4"]]
    assert "no column holds the date" in run("batch", file, "--last", "7d").err
    assert "Did you mean 'team'?" in run("batch", file, "--only", "taem=b").err


def test_a_broken_row_may_be_any(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("salesperson,customer,employee\nwon,won,A\nwon,lost,B,C\nlost,won,B\n")
    done = run("batch", file, "--only", "employee=A", "--format", "csv", "-q")
    assert [line.split(",")[3] for line in done.out.splitlines()[1:]] == ["win_win_win", "invalid"]
    assert "selected: 2 of 3 interactions (employee A)\n" in done.err


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (["--only", "Mateo"], "--only: 'Mateo' names no value. Write WHAT=VALUE"),
        (["--only", "=Mateo"], "--only: '=Mateo' names no value."),
        (
            ["--only", "employe=Mateo"],
            "--only: 'employe' is not a dimension. Did you mean 'employee'?",
        ),
        (["--since", "someday"], "--since: 'someday' is not a day, week or month."),
        (["--until", "2026-11-31"], "--until: '2026-11-31' is not a day, week or month."),
        (["--until", "2026-W54"], "--until: '2026-W54' is not a day, week or month."),
        (["--last", "weak"], "--last: 'weak' is not a length of time. Did you mean 'week'?"),
        (["--last", "7d", "--since", "2026-11"], "--last: --since is given too"),
        (["--since", "2026-12", "--until", "2026-11"], "is after --until 2026-11-30."),
    ],
)
@pytest.mark.parametrize("command", ["batch", "list"])
def test_what_cannot_be_asked_is_refused(
    run: Run, command: str, asked: list[str], said: str
) -> None:
    done = run(command, WEEK, *asked)
    assert (done.code, done.out) == (2, "")
    if (command, asked[1]) != ("list", "Mateo"):  # a word is a verdict there
        assert said in done.err

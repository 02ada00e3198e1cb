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
    said = (
        "(employee Mateo; since 2026-11-16; 1 left out: their date is missing or could not be read)"
    )
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
        (["--only", "Mateo"], "such as employee=Mateo, or employee= for those without one."),
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


UNREAD = """\
id,date,employee,salesperson,customer
A,2026-11-16,Mateo,won,won
B,,Mateo,won,lost
C,soon,Linh,won,lost
D,next week,Linh,won,
E,2026-11-10,,lost,won
"""


def test_rows_without_a_date_that_was_read_are_counted_and_their_texts_shown(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "calls.csv"
    file.write_text(UNREAD)
    said = run("batch", file, "-q", "--since", "2026-11-15").err
    assert "selected: 1 of 5 interactions (since 2026-11-15; 3 left out: their date is mi" in said
    assert "date: 1 x 'soon' read as not recorded\n" in said
    assert "date: 1 x 'next week' read as not recorded\n" in said
    one = run("batch", file, "-q", "--since", "2026-11-15", "--only", "employee=Mateo").err
    assert "; 1 left out: their date is missing" in one
    assert "soon" not in one


def sources(tmp_path: Path) -> list[Path]:
    """Return the same two interactions as records and as a table."""
    rows = [("A", "2026-11-10", "Mateo", "won"), ("B", "2026-11-16", "", "won")]
    names = ("id", "date", "employee", "salesperson")
    table, records = tmp_path / "t.csv", tmp_path / "r.jsonl"
    table.write_text("\n".join(map(",".join, [names, *rows])))
    given = ({k: v for k, v in zip(names, row, strict=True) if v} for row in rows)
    records.write_text("\n".join(map(json.dumps, given)))
    return [table, records]


@pytest.mark.parametrize("place", [0, 1], ids=["table", "records"])
def test_what_selects_nothing_says_what_there_is(run: Run, tmp_path: Path, place: int) -> None:
    source = sources(tmp_path)[place]
    done = run("batch", source, "-q", "--since", "2026-11-21")
    assert done.code == 2
    assert "\nthe interactions are from 2026-11-10 to 2026-11-16\n" in done.err
    one = run("batch", source, "-q", "--last", "7d", "--only", "employee=Mateo")
    assert "\nthe interactions are from 2026-11-10\n" in one.err
    nobody = run("batch", source, "-q", "--only", "employee=N/A")
    assert "'N/A'. For those without one, write nothing after =: employee=\n" in nobody.err
    assert run("batch", source, "-q", "--only", "employee=").out.startswith("B ")
    alias = run("batch", source, "-q", "--anonymous", "--only", "employee=Employee X")
    assert "Name each as recorded, not as --anonymous calls them" in alias.err


def test_a_source_that_is_not_read_lacks_no_value(run: Run, tmp_path: Path) -> None:
    table, _ = sources(tmp_path)
    for command in ("list", "batch"):
        source = table if command == "list" else tmp_path / "none.yaml"
        done = run(command, source, "--only", "employee=Mateo")
        assert done.code == 2
        assert done.err.count("\n") == 1 or command == "batch"
        assert "selected" not in done.err
        assert "no interaction has" not in done.err


def test_a_verdict_is_no_dimension_and_the_error_names_what_lists_it(run: Run) -> None:
    said = run("batch", WEEK, "--only", "undetermined").err
    assert "For a verdict: batch --ask FILE, or winwinwin list FILE --only undetermined.\n" in said
    said = run("batch", WEEK, "--only", "organization loses").err
    assert "For a verdict: batch --talk FILE, or winwinwin list FILE --only organiz" in said
    assert "For a verdict: winwinwin list" in run("batch", WEEK, "--only", "win/win/win").err

"""What is in a file, as a list; and the list of what `explain` can be asked for."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from looks import bare, colours

from winwinwin import Verdict, WinwinwinError
from winwinwin.cli.listing import TEXTS, Row, page, selected, verdicts

WEEK = "examples/week.yaml"
RECORDS = """\
- {id: A-1, date: 2026-11-16, salesperson: won, customer: won}
- {date: 2026-11-16T09:30:20, salesperson: won, customer: lost}
- {id: A-3, salesperson: wun}
- {id: A-4, salesperson: lost}
"""
LISTED = """\
A-1             2026-11-16  WIN/WIN/WIN     win_win_win
standard input:2  2026-11-16T09:30  WIN/LOSE/LOSE   organization_loses
A-3             -           -               invalid
A-4             -           LOSE/?/?        undetermined
"""


def test_each_interaction_is_a_line_in_a_pipe(run: Run) -> None:
    done = run("list", "-", stdin=RECORDS)
    assert (done.code, done.out) == (2, LISTED)
    assert done.err.startswith("standard input:3:26: salesperson: 'wun' is not an outcome.")


def test_an_id_that_is_used_twice_is_told(run: Run) -> None:
    done = run("list", "-", stdin="- {id: A, customer: won}\n- {id: A, customer: lost}\n")
    said = "standard input:2: the id 'A' is already used at standard input:1. Give each record its own.\n"
    assert (done.code, done.err) == (0, said)


def test_a_list_has_the_verdicts_of_a_batch(run: Run) -> None:
    listed = [line.split() for line in run("list", WEEK).out.splitlines()]
    judged = [line.split() for line in run("batch", WEEK, "--quiet").out.splitlines()]
    assert [(row[0], row[2], row[3]) for row in listed] == [tuple(row[:3]) for row in judged]
    assert len(listed) == 50


@pytest.mark.parametrize(
    "only",
    [
        ["--only", "organization_loses", "--only", "undetermined"],
        ["--only", "organization_loses,undetermined"],
        ["--only", "undetermined, organization_loses"],
        ["--only", "Organization  loses,undetermined"],
    ],
)
def test_only_some_verdicts_are_listed(run: Run, only: list[str]) -> None:
    done = run("list", WEEK, *only)
    found = Counter(line.split()[-1] for line in done.out.splitlines())
    assert (done.code, found) == (0, {"organization_loses": 14, "undetermined": 4})


def test_nothing_is_said_of_verdicts_where_no_records_were_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("salesperson,customer\nwon,won\n")
    done = run("list", tmp_path / "a.csv", "--only", "undetermined")
    assert (done.code, done.out) == (2, "")
    assert "is a table" in done.err
    assert "No interaction" not in done.err


def test_nothing_is_listed_where_nothing_has_the_verdict(run: Run) -> None:
    record = "- {salesperson: won, customer: won}"
    said = "No interaction has the verdict invalid.\n"
    for form in (*TEXTS, "markdown"):
        empty = {"json": "[]\n", "csv": "id,source,line,date,triple,verdict\n"}.get(form, "")
        assert run("list", "-", "--only", "invalid", "--format", form, stdin=record) == (
            0,
            empty,
            said,
        )
    assert run("list", "-", "--only", "invalid", stdin=record, terminal=True) == (0, "", said)


def test_a_word_that_is_no_verdict_is_an_error(run: Run) -> None:
    known = ", ".join(Verdict)
    said = f"--only: 'organisation_loses' is not a verdict. Did you mean 'organization_loses'? ({known})\n"
    assert run("list", WEEK, "--only", "undetermined,organisation_loses") == (2, "", said)
    with pytest.raises(WinwinwinError, match="'' is not a verdict"):
        verdicts(["undetermined,"])


def test_a_list_is_a_table_at_a_terminal(run: Run) -> None:
    shown = run("list", "-", stdin=RECORDS, terminal=True, error_terminal=False).out
    assert bare(shown).split()[:4] == ["id", "date", "triple", "verdict"]
    assert "organization loses" in shown
    assert colours(shown)
    assert not colours(run("list", "-", "--no-color", stdin=RECORDS, terminal=True).out)


def test_a_table_shortens_what_is_endless(run: Run) -> None:
    shown = run("list", "-", stdin=f"- {{id: {'x' * 999}, customer: won}}", terminal=True).out
    assert shown.count("x") < 100


def test_json_says_where_each_interaction_is(run: Run) -> None:
    as_list = json.loads(run("list", "-", "--format", "json", stdin=RECORDS).out)
    as_lines = run("list", "-", "--format", "jsonl", stdin=RECORDS).out.splitlines()
    assert as_list == [json.loads(line) for line in as_lines]
    assert as_list[1:3] == [
        {
            "id": None,
            "source": "standard input",
            "line": 2,
            "date": "2026-11-16T09:30:20",
            "triple": "WIN/LOSE/LOSE",
            "verdict": "organization_loses",
        },
        {
            "id": "A-3",
            "source": "standard input",
            "line": 3,
            "date": None,
            "triple": None,
            "verdict": "invalid",
        },
    ]


def test_csv_runs_nothing_in_a_spreadsheet(run: Run) -> None:
    records = "- {id: '=1+1', salesperson: won}\n- {id: 'a,\"b\"', customer: won}\n"
    rows = list(csv.reader(io.StringIO(run("list", "-", "--format", "csv", stdin=records).out)))
    assert rows[0] == ["id", "source", "line", "date", "triple", "verdict"]
    assert rows[1] == ["'=1+1", "standard input", "1", "", "WIN/?/?", "undetermined"]
    assert rows[2][0] == 'a,"b"'


def test_outside_text_is_no_markup_and_steers_nothing(run: Run) -> None:
    records = '- {id: "[x](y)|\\e[2J", salesperson: won}\n'
    assert "\\[x\\](y)\\|" in run("list", "-", "--format", "markdown", stdin=records).out
    for terminal in (True, False):
        assert "\x1b[2J" not in run("list", "-", stdin=records, terminal=terminal).out


def test_a_rulebook_and_no_assumptions_judge_a_list(run: Run) -> None:
    both = "- {salesperson: lost, customer: lost}"
    assert run("list", "-", stdin=both).out.endswith("undetermined\n")
    house = run("list", "-", "--rulebook", "examples/house.yaml", stdin=both)
    assert house.out.endswith("organization_loses\n")
    won = "- {salesperson: won, customer: won}"
    assert run("list", "-", "--no-assumptions", stdin=won).out.endswith("undetermined\n")


def test_what_cannot_be_read_is_reported_and_the_rest_is_listed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("- {id: A, customer: won}\n")
    done = run("list", "a.yaml", "b.yaml", cwd=tmp_path)
    assert (done.code, done.out.split()[0]) == (2, "A")
    assert done.err.startswith("b.yaml: ")


def test_a_file_alone_is_explained_by_what_is_in_it(run: Run) -> None:
    assert run("explain", WEEK) == run("list", WEEK)
    assert run("explain", WEEK, "--format", "json") == run("list", WEEK, "--format", "json")
    assert run("explain", "-", stdin=RECORDS).out == LISTED


rows = st.lists(
    st.builds(
        Row,
        id=st.none() | st.text(max_size=5),
        source=st.just("a.yaml"),
        line=st.none() | st.integers(1, 99),
        date=st.none() | st.dates() | st.datetimes(),
        triple=st.sampled_from([None, "WIN/?/?"]),
        verdict=st.sampled_from(Verdict),
    )
)


@given(rows, st.frozensets(st.sampled_from(Verdict)))
def test_a_selection_keeps_the_order_and_nothing_else(
    all_rows: list[Row], only: frozenset[Verdict]
) -> None:
    kept = list(selected(all_rows, only))
    assert kept == [row for row in all_rows if row.verdict in only or not only]


@given(rows)
def test_every_format_has_each_row_once(all_rows: list[Row]) -> None:
    made = page(all_rows)
    texts = {name: str(write()) for name, write in made.rows.items()}
    assert len(json.loads(texts["json"])) == len(all_rows)
    assert texts["jsonl"].count("\n") == texts["text"].count("\n") == len(all_rows)
    assert len(list(csv.reader(io.StringIO(texts["csv"])))) == len(all_rows) + 1
    assert bool(made.blocks) == bool(all_rows)

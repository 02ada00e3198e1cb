"""One interaction of a file, by its id or by its place."""

from pathlib import Path

import pytest
from conftest import Run

from winwinwin.loading.lookup import PLACE, Wanted

RECORDS = """\
# a week
- salesperson: won
  customer: lost

# the second one
- customer: won
  notes: |
    said

    this
- id: A-1
  salesperson: wun
- {salesperson: lost, customer: won}

# that was all
"""
FIRST, SECOND, LAST = "WIN/LOSE/LOSE", "?/WIN/?", "LOSE/WIN/LOSE"


@pytest.fixture
def week(tmp_path: Path) -> Path:
    file = tmp_path / "week.yaml"
    file.write_text(RECORDS)
    return file


@pytest.mark.parametrize(
    ("line", "triple"),
    [(2, FIRST), (3, FIRST), (6, SECOND), (8, SECOND), (9, SECOND), (10, SECOND), (13, LAST)],
)
@pytest.mark.parametrize(
    "written", ["week.yaml:{}", "./week.yaml:{}", ":{}", "{}", "week.yaml:{}:5"]
)
def test_a_record_is_found_by_any_of_its_lines(
    run: Run, week: Path, line: int, triple: str, written: str
) -> None:
    done = run("explain", "week.yaml", written.format(line), cwd=week.parent)
    assert (done.code, done.out.splitlines()[1].split()[0]) == (0, triple)


@pytest.mark.parametrize("place", [":6", "6", "standard input:6"])
def test_a_record_of_standard_input_is_found_by_its_place(run: Run, place: str) -> None:
    done = run("explain", "-", place, stdin=RECORDS)
    assert (done.code, done.out.splitlines()[1].split()[0]) == (0, SECOND)


@pytest.mark.parametrize("line", [1, 4, 5, 14, 15, 16, 99])
def test_a_line_of_no_record_names_the_records_near_it(run: Run, week: Path, line: int) -> None:
    done = run("explain", "week.yaml", f":{line}", cwd=week.parent)
    near = ["week.yaml:2", "week.yaml:6"] if line < 6 else ["week.yaml:13", "week.yaml:6"]
    first, second = sorted(near, key=lambda place: abs(int(place.split(":")[1]) - line))
    said = f"week.yaml: no interaction has the id or place ':{line}'. Did you mean '{first}'? (or {second})\n"
    assert (done.code, done.out, done.err) == (2, "", said)


@pytest.mark.parametrize("line", [11, 12])
def test_a_record_with_a_mistake_is_explained_by_the_mistake(
    run: Run, week: Path, line: int
) -> None:
    done = run("explain", "week.yaml", f":{line}", cwd=week.parent)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("week.yaml:12:16: salesperson: 'wun' is not an outcome.")


def test_a_mistake_in_the_syntax_is_found_by_its_line(run: Run) -> None:
    records = "- {id: A, customer: won}\n- notes: 'it's late'\n- {id: B, salesperson: won}\n"
    done = run("explain", "-", ":2", stdin=records)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("standard input:2:14: not YAML")


def test_an_id_that_looks_like_a_place_comes_first(run: Run) -> None:
    records = "- {customer: lost}\n- {id: '1', customer: won}\n- {id: 'a:2', salesperson: won}\n"
    assert run("explain", "-", "1", stdin=records).out.startswith("1\n?/WIN/?")
    assert run("explain", "-", ":1", stdin=records).out.splitlines()[1].startswith("?/LOSE/?")
    assert run("explain", "-", "a:2", stdin=records).out.startswith("a:2\nWIN/?/?")


def test_a_place_in_several_files_is_an_error_until_the_file_is_named(
    run: Run, tmp_path: Path
) -> None:
    for name, outcome in (("a", "won"), ("b", "lost")):
        (tmp_path / f"{name}.yaml").write_text(f"- {{customer: {outcome}}}\n")
    said = ".: 2 interactions are at ':1': a.yaml:1, b.yaml:1. Name the file too.\n"
    assert run("explain", ".", ":1", cwd=tmp_path) == (2, "", said)
    done = run("explain", ".", str(tmp_path / "b.yaml:1"), cwd=tmp_path)
    assert (done.code, done.out.splitlines()[1].split()[0]) == (0, "?/LOSE/?")


def test_the_name_of_a_file_is_enough_where_no_other_has_it(
    run: Run, week: Path, tmp_path: Path
) -> None:
    done = run("explain", week, "week.yaml:6", cwd="/")
    assert (done.code, done.out.splitlines()[1].split()[0]) == (0, SECOND)
    done = run("explain", week, "weak.yaml:6", cwd="/")
    assert (done.code, "no interaction has the id or place" in done.err) == (2, True)
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "day.yaml").write_text("- {customer: won}\n")
    done = run("explain", ".", "day.yaml:1", cwd=tmp_path)
    said = ".: 2 interactions are at 'day.yaml:1': a/day.yaml:1, b/day.yaml:1. Name the file too.\n"
    assert done == (2, "", said)


def test_a_file_that_is_there_is_not_another_of_its_name(run: Run, week: Path) -> None:
    (week.parent / "sub").mkdir()
    (week.parent / "sub" / "week.yaml").write_text("- {customer: won}\n")
    done = run("explain", ".", "week.yaml:1", cwd=week.parent)
    assert (done.code, "no interaction has the id or place" in done.err) == (2, True)


@pytest.mark.parametrize("word", ["won", "lost", "unknown"])
def test_an_outcome_in_the_place_of_a_file_is_for_score(
    run: Run, tmp_path: Path, word: str
) -> None:
    done = run("explain", word, "lost", cwd=tmp_path)
    said = f"{word}: no such file or folder. To judge outcomes: winwinwin score won lost\n"
    assert done == (2, "", said)


def test_two_records_on_one_line_cannot_be_told_apart(run: Run) -> None:
    done = run("explain", "-", ":1", stdin="[{customer: won}, {customer: lost}]")
    said = "standard input: 2 interactions are at ':1': standard input:1, standard input:1."
    assert (done.code, done.err.startswith(said)) == (2, True)


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_records_of_json_have_lines_too(run: Run, form: str) -> None:
    records = '{"customer": "won"}\n{"customer": "lost"}\n'
    if form == "json":
        records = f"[\n{records.replace('}', '},', 1)}]"
    line = 3 if form == "json" else 2
    done = run("explain", "-", f":{line}", "--input-format", form, stdin=records)
    assert (done.code, done.out.splitlines()[1].split()[0]) == (0, "?/LOSE/?")


def test_a_record_that_shares_its_id_is_explained_by_its_place_and_the_others_are_named(
    run: Run,
) -> None:
    records = "- {id: A, customer: won}\n- {id: A, customer: lost}\n- {id: B}\n"
    done = run("explain", "-", ":2", stdin=records)
    assert (done.code, done.out.splitlines()[1].split()[0]) == (0, "?/LOSE/?")
    assert done.err == (
        "2 interactions have the id 'A': standard input:2, standard input:1. "
        "This is the one at standard input:2.\n"
    )
    assert run("explain", "-", ":3", stdin=records).err == ""


def test_many_with_one_id_are_counted_and_some_are_named(run: Run) -> None:
    done = run("explain", "-", "A", stdin="- {id: A, customer: won}\n" * 9)
    places = ", ".join(f"standard input:{line}" for line in range(1, 6))
    said = (
        f"standard input: 9 interactions have the id 'A': {places} and 4 more. "
        "Give each an id of its own, or explain one by its place.\n"
    )
    assert done == (2, "", said)


@pytest.mark.parametrize(
    ("written", "source", "line"),
    [
        ("12", None, 12),
        (":12", None, 12),
        ("week.yaml:12", "week.yaml", 12),
        ("week.yaml:12:7", "week.yaml", 12),
        ("C:\\calls\\week.yaml:12", "C:\\calls\\week.yaml", 12),
        (":12:7", None, 12),
        ("W47-012", None, None),
        ("0", None, None),
        ("week.yaml:", None, None),
        ("9" * 5000, None, None),
    ],
)
def test_what_is_a_place(written: str, source: str | None, line: int | None) -> None:
    assert Wanted.of(written) == (written, source, line)
    assert (PLACE.fullmatch(written) is None) == (line is None)

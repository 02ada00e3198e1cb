"""--summary: every figure of a run as JSON, as docs/summary.schema.json says, and always the same."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Run
from jsonschema import Draft202012Validator

from winwinwin import Judge
from winwinwin.facts import JUDGED_FACTS
from winwinwin.kernel.verdict import JUDGED, Verdict
from winwinwin.record.interaction import Interaction, Recorded
from winwinwin.rows.basis import Basis
from winwinwin.rows.figures import figures_text, rounded
from winwinwin.stats.tally import Tally

SCHEMA = json.loads((ROOT / "docs/summary.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
WEEK = "examples/week.yaml"
SURVEY = ["examples/survey.csv", "--map", "examples/survey.map.yaml"]
RUNS = {
    "week": [WEEK, "--by", "employee", "--by", "month"],
    "plain": [WEEK, "--no-assumptions", "--by", "channel"],
    "house": [WEEK, "--rulebook", "examples/house.yaml"],
    "one": ["examples/one.yaml", "--by", "employee"],
    "broken": ["examples/broken.yaml"],
    "survey": [*SURVEY, "--by", "employee", "--by", "Response"],
    "gates": [WEEK, "--fail-on", "organization_loses=14", "--require", "win_win_win=62.5%"],
    "surely": [WEEK, "--fail-on", "organization_loses=28%", "--surely"],
}


def mistakes(value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(value)]


def summed(run: Run, folder: Path, *words: object, stdin: str = "") -> tuple[str, Any]:
    file = folder / "s.json"
    run("batch", *words, "-q", "--summary", file, stdin=stdin)
    text = file.read_text("utf-8")
    return text, json.loads(text)


@pytest.mark.parametrize("name", RUNS)
def test_what_is_written_is_what_the_schema_says(name: str, run: Run, tmp_path: Path) -> None:
    text, found = summed(run, tmp_path, *RUNS[name])
    assert mistakes(found) == []
    assert text == json.dumps(found, indent=2, ensure_ascii=False) + "\n"


def test_groups_are_written_one_by_one() -> None:
    judge, number = Judge(), 500
    tally = Tally(judge.kind, ["employee"])
    for place in range(number):
        interaction = Interaction(employee=f"E{place}", salesperson="won", customer="won")
        tally.add([(Recorded.of(interaction), judge(interaction))])
    basis = Basis(judge.kind, judge.rulebook, lambda: judge.stamp, ("employee",))
    pieces = [*figures_text(tally, basis)]
    assert len(json.loads("".join(pieces))["groups"]["employee"]) == number
    assert number < len(pieces) < 2 * number
    assert max(map(len, pieces)) < 2_000


def test_it_says_so_too_where_no_record_is_valid(run: Run, tmp_path: Path) -> None:
    words = ("-", "--by", "employee", "--require", "win_win_win=1%")
    _, found = summed(run, tmp_path, *words, stdin="- {customer: wun}\n")
    assert mistakes(found) == []
    assert (found["total"], found["judged"], found["groups"]) == (1, 0, {"employee": []})


def test_the_schema_is_one_and_names_every_verdict_and_fact() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert [*SCHEMA["$defs"]["verdicts"]["properties"]] == [verdict.value for verdict in JUDGED]
    ask = SCHEMA["properties"]["ask"]["items"]["properties"]
    assert ask["facts"]["items"]["enum"] == [*JUDGED_FACTS]


@pytest.mark.parametrize(
    "change",
    [
        {"schema": "winwinwin/summary/2"},
        {"extra": 1},
        {"total": -1},
        {"ask": [{"facts": [], "settles": 1}]},
        {"gaps": {}},
        {"matrix": []},
    ],
)
def test_the_schema_refuses_anything_else(change: dict[str, Any], run: Run, tmp_path: Path) -> None:
    _, found = summed(run, tmp_path, WEEK)
    assert mistakes(found | change) != []
    for key in found:
        assert mistakes({other: found[other] for other in found if other != key}) != []


def test_the_figures_add_up_to_what_each_interaction_says(run: Run, tmp_path: Path) -> None:
    _, found = summed(run, tmp_path, WEEK, "--by", "employee")
    lines = run("batch", WEEK, "--format", "jsonl", "-q").out.splitlines()
    judged = [json.loads(line) for line in lines]
    verdicts = Counter(each["verdict"] for each in judged)
    possible = Counter(verdict for each in judged for verdict in each["possible"])
    assert found["total"] == found["judged"] == len(judged) == 50
    for verdict, share in found["verdicts"].items():
        most = verdicts if verdict == Verdict.UNDETERMINED else possible
        assert (share["count"], share["sure"]) == (verdicts[verdict], verdicts[verdict])
        assert share["possible"] == most[verdict]
        assert share["share_sure"] == rounded(share["sure"] / 50)
        assert share["share_possible"] == rounded(share["possible"] / 50)
    needs = Counter(tuple(each["needs"]) for each in judged if each["needs"])
    assert {tuple(ask["facts"]): ask["settles"] for ask in found["ask"]} == needs
    employees = Counter(each["about"].get("employee") for each in judged)
    assert {group["value"]: group["total"] for group in found["groups"]["employee"]} == employees
    assert sum(lever["fixes"] for lever in found["levers"]) == sum(
        len(each["remedies"]) for each in judged if each["verdict"] != Verdict.UNDETERMINED
    )
    cells = [sum(cell["organization"].values()) for cell in found["matrix"]]
    assert sum(cells) == 50
    against = sum(each["contradicts_books"] is True for each in judged)
    assert against == sum(
        cell["count"] for cell in found["books"]["cells"] if cell["ruled"] != cell["booked"]
    )


def test_what_is_invalid_is_counted_beside_what_is_judged(run: Run, tmp_path: Path) -> None:
    _, found = summed(run, tmp_path, "examples/broken.yaml", "missing.yaml")
    assert (found["total"], found["judged"], found["invalid"], found["unreadable"]) == (
        12,
        2,
        10,
        1,
    )
    counts = [share["count"] for share in found["verdicts"].values()]
    assert sum(counts) == found["judged"]


ROWS = [
    ("A", "won", "won", "Zoé", "2026-11-02"),
    ("B", "lost", "lost", "Ana", "2026-11-03"),
    ("C", "won", "", "", ""),
    ("D", "won", "lost", "Ana", "2026-10-03"),
]
COLUMNS = ("id", "salesperson", "customer", "employee", "date")


def test_records_and_a_table_in_any_order_give_the_same_text(run: Run, tmp_path: Path) -> None:
    for name, rows in (("a", ROWS), ("b", ROWS[::-1])):
        records = [
            json.dumps({key: value for key, value in zip(COLUMNS, row, strict=True) if value})
            for row in rows
        ]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(records) + "\n", "utf-8")
        table = [",".join(row) for row in (COLUMNS, *rows)]
        (tmp_path / f"{name}.csv").write_text("\n".join(table) + "\n", "utf-8")
    by = ("--by", "employee", "--by", "month", "--fail-on", "undetermined")
    texts = {
        summed(run, tmp_path, tmp_path / name, *by)[0]
        for name in ("a.jsonl", "b.jsonl", "a.csv", "b.csv")
    }
    assert len(texts) == 1
    [text] = texts
    assert [group["value"] for group in json.loads(text)["groups"]["employee"]] == [
        *("Ana", "Zoé", None)
    ]
    assert str(tmp_path) not in text


def test_it_appears_beside_all_other_outputs_or_not_at_all(run: Run, tmp_path: Path) -> None:
    outputs = ("-o", "v.csv", "--summary", "s.json")
    week = ROOT / WEEK
    assert run("batch", week, *outputs, cwd=tmp_path).code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"v.csv", "s.json"}
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "s.json").write_text("old")
    done = run("batch", week, "-o", "folder.csv", "--summary", "s.json", cwd=tmp_path)
    assert done.code == 2
    assert (tmp_path / "s.json").read_text() == "old"


REFUSED = {
    "week.json --summary week.json": "week.json: is already read or written by this run.",
    "week.json -o s.json --summary s.json": "s.json: is already read or written by this run.",
    "week.json --summary -": "-: has no suffix that names a format. (.json)",
    "week.json --summary s.csv": "s.csv: '.csv' is not the suffix of a format for a summary.",
    "week.json --summary none/s.json": "none/s.json: cannot be written:",
}


@pytest.mark.parametrize("words", REFUSED)
def test_a_summary_that_cannot_be_written_is_refused(words: str, run: Run, tmp_path: Path) -> None:
    record = '[{"salesperson": "won", "customer": "won"}]'
    (tmp_path / "week.json").write_text(record)
    done = run("batch", *words.split(), cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(REFUSED[words])
    assert (tmp_path / "week.json").read_text() == record


def test_where_nothing_was_judged_an_old_summary_stays(run: Run, tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text("old")
    done = run("batch", "none.yaml", "--summary", "s.json", cwd=tmp_path)
    assert (done.code, (tmp_path / "s.json").read_text()) == (2, "old")
    assert "s.json: not written: nothing was judged" in done.err


def test_gates_are_as_their_sentences_say(run: Run, tmp_path: Path) -> None:
    _, found = summed(run, tmp_path, *RUNS["gates"])
    most, least = found["gates"]
    assert (most["direction"], most["limit"], most["fails"], most["is_open"]) == (
        *("at_most", 14, False, True),
    )
    assert (least["direction"], least["limit"], least["fails"], least["is_open"]) == (
        *("at_least", 62.5, True, False),
    )


def test_fractions_are_rounded_and_whole_numbers_are_written_as_such() -> None:
    assert [rounded(1 / 3), rounded(1.0), rounded(1e-9 / 3)] == [0.333333, 1, 3.33333e-10]
    assert isinstance(rounded(2.0), int)


def test_what_was_selected_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    for flags, wanted in (
        ([], None),
        (["--only", "employee=Mateo"], {"by": "employee Mateo", "of": 50, "undated": 0}),
    ):
        assert run("batch", "examples/week.yaml", "-q", "--summary", path, *flags).code == 0
        assert json.loads(path.read_text())["selected"] == wanted

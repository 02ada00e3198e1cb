"""`winwinwin evidence`: what it says of records and of tables, and what it refuses."""

import csv
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import Run

from winwinwin.pages.evidence import words_lines
from winwinwin.stats.evidence.findings import Word

WEEK = "examples/week.yaml"
SURVEY = ("examples/survey.csv", "--map", "examples/survey.map.yaml")
ROWS = (
    "id,salesperson,customer,organization,count\n"
    "{},won,won,won,30\n{},won,won,lost,2\n{},won,lost,lost,9\n{},won,lost,won,4\n"
    "{},lost,lost,won,3\n{},won,,won,5\n{},won,won,,6\n"
)


def table(folder: Path) -> Path:
    """Write a small table with known answers: so many rows of each kind."""
    head, *kinds = ROWS.splitlines()
    rows = [kind.rpartition(",") for kind in kinds]
    names = (f"R{number}" for number in range(100))
    lines = [row.format(next(names)) for row, _, number in rows for _ in range(int(number))]
    path = folder / "known.csv"
    path.write_text("\n".join([head.removesuffix(",count"), *lines, ""]), encoding="utf-8")
    return path


def test_shares_come_out_as_counted_by_hand_with_their_bounds(run: Run, tmp_path: Path) -> None:
    found = json.loads(run("evidence", table(tmp_path), "--format", "json").out)
    won = found["cells"][0]
    assert (won["salesperson"], won["customer"]) == ("won", "won")
    assert (won["hits"], won["total"]) == (30, 32)
    assert won["bounds"] == {"low": 30 / 38, "high": 36 / 38}
    # five more may have won, and all of them are booked as won
    assert won["bounds_whatever_is_open"] == {"low": 30 / 38, "high": 41 / 43}
    [claim] = [each for each in found["claims"] if each["claim"] == "beaten-customer"]
    assert (claim["one"]["hits"], claim["one"]["total"]) == (9, 13)
    assert (claim["word_as_recorded"], claim["word"]) == ("holds", "cannot tell")


def test_records_and_a_table_of_the_same_say_the_same(run: Run, tmp_path: Path) -> None:
    path = table(tmp_path)
    rows = tmp_path / "rows.jsonl"
    keys, *lines = (line.split(",") for line in path.read_text("utf-8").splitlines())
    records = [
        {key: value for key, value in zip(keys, line, strict=True) if value} for line in lines
    ]
    rows.write_text("".join(f"{json.dumps(each)}\n" for each in records), encoding="utf-8")
    one, other = (json.loads(run("evidence", p, "--format", "json").out) for p in (path, rows))
    assert one["claims"] == other["claims"]
    assert one["cells"] == other["cells"]


def test_the_limits_stand_above_every_result(run: Run) -> None:
    lines = run("evidence", WEEK).out.splitlines()
    assert lines[1].startswith("bear in mind: It shows what goes together, not what causes it.")
    assert any(line.startswith("rulebook: ") and "(" in line for line in lines[:6])


def test_few_clusters_are_said_to_be_few(run: Run) -> None:
    said = run("evidence", WEEK, "--cluster", "employee").out
    assert "clusters: 5 by employee: fewer than ten are too few" in said


def test_a_period_can_be_explored_and_another_confirmed(run: Run) -> None:
    done = run("evidence", WEEK, "--until", "2026-11-18", "--format", "json")
    assert json.loads(done.out)["judged"] < 50


@pytest.mark.parametrize("source", [[WEEK], SURVEY], ids=["records", "table"])
def test_the_interactions_behind_a_claim_are_listed(run: Run, source: list[str]) -> None:
    words = ["evidence", *source, "--format", "json"]
    figures = json.loads(run(*words).out)
    [claim] = [each for each in figures["claims"] if each["claim"] == "mutual-win"]
    rows = json.loads(run(*words, "--list", "mutual-win").out)
    fires = [row for row in rows if row["side"] == "the rule fires" and row["hit"] is not None]
    assert len(fires) == claim["one"]["total"]
    assert sum(row["hit"] for row in fires) == claim["one"]["hits"]


@pytest.mark.parametrize("claim", ["stays-away", "next-customer", "leave"])
@pytest.mark.parametrize("source", ["table", "records"])
def test_what_came_after_is_listed_as_it_is_counted(
    run: Run, tmp_path: Path, source: str, claim: str
) -> None:
    words = ["evidence", "examples/year.csv", "--customer", "account"]
    if source == "records":
        with Path("examples/year.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))[:600]
        lines = [
            json.dumps({"tags": {"account": row.pop("account")}, **filled(row)}) for row in rows
        ]
        (tmp_path / "year.jsonl").write_text("\n".join(lines), encoding="utf-8")
        words = ["evidence", str(tmp_path / "year.jsonl"), "--customer", "tags.account"]
    words += ["--within", "30d", "--format", "json"]
    [counted] = [each for each in json.loads(run(*words).out)["claims"] if each["claim"] == claim]
    listed = json.loads(run(*words, "--list", claim).out)
    for side in ("one", "other"):
        mine = [row for row in listed if row["side"] == counted[side]["is"]]
        hits = [row["hit"] for row in mine if row["hit"] is not None]
        if claim == "leave":  # it counts salespeople
            hits = [*{row["employee"]: row["hit"] for row in mine}.values()]
        assert (len(hits), sum(hits)) == (counted[side]["total"], counted[side]["hits"])
        assert hits


def filled(row: dict[str, str]) -> dict[str, object]:
    """Return a row of the table as a record."""
    about = {name: row[name] for name in ("id", "date", "employee")}
    return about | {
        "salesperson": {
            name.removeprefix("salesperson_"): value
            for name, value in (("outcome", row["salesperson"]), *row.items())
            if name in ("outcome", "salesperson_feels_good") and value
        },
        "customer": row["customer"] or None,
        "organization": row["organization"] or None,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--list", "mutual-wim"], "'mutual-wim' is not a claim. Did you mean 'mutual-win'?"),
        (["--margin", "0"], "'0' is not a number of points"),
        (["--margin", "nan"], "'nan' is not a number of points"),
        (["--cluster", "employe"], "--cluster: 'employe' is not a dimension"),
    ],
)
def test_what_is_refused_says_what_is_accepted(run: Run, words: list[str], said: str) -> None:
    done = run("evidence", WEEK, *words)
    assert done.code == 2
    assert said in done.err


def test_a_claim_that_nobody_can_test_says_what_it_needs(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("id: A\nsalesperson: won\ncustomer: won\norganization: won\n", encoding="utf-8")
    said = run("evidence", file).out
    assert "Nothing to compare" in said
    assert "what the books say about the organization" in said
    assert run("evidence", file, "--list", "assumed/order=kept").out.endswith(
        "None is on either side.\n"
    )


@pytest.mark.parametrize(("times", "said"), [(1, "1 holds"), (2, "2 hold"), (1000, "1,000 hold")])
def test_one_claim_holds_and_several_hold(times: int, said: str) -> None:
    finding = SimpleNamespace(word=Word.HOLDS, claim=SimpleNamespace(source="order"))
    first, _ = words_lines(SimpleNamespace(findings=[finding] * times))  # type: ignore[arg-type]  # all it looks at
    assert "".join(part.words for part in first.parts) == said

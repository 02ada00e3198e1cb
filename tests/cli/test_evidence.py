"""`winwinwin evidence`: what it says of records and of tables, and what it refuses."""

import csv
import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from conftest import Run

from winwinwin.pages.evidence import words_lines
from winwinwin.stats.evidence.findings import Word

WEEK = "examples/week.yaml"
PARTIES = ("salesperson", "customer")
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
    assert won["bounds"] == pytest.approx({"low": 30 / 38, "high": 36 / 38}, rel=1e-5)
    # five more may have won, and all of them are booked as won
    assert won["bounds_whatever_is_open"] == pytest.approx(
        {"low": 30 / 38, "high": 41 / 43}, rel=1e-5
    )
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
    assert "clusters: 5 by employee; fewer than ten are too few" in said


def test_claims_that_few_clusters_stand_behind_are_named(run: Run, tmp_path: Path) -> None:
    """Twelve people, two of whom record the order."""
    heads = "employee,salesperson,customer,organization,order"
    orders = ('"salesperson, customer"', '"customer, salesperson"')
    rows = [
        f"P{person},won,{customer},{booked},{order if person < 2 and customer == 'won' else ''}"
        for person in range(12)
        for customer, booked in (("won", "won"), ("won", "lost"), ("lost", "lost"))
        for order in orders
    ]
    file = tmp_path / "few.csv"
    file.write_text("\n".join([heads, *rows, ""]), encoding="utf-8")
    words = ["evidence", file, "--cluster", "employee"]
    [said] = [line for line in run(*words).out.splitlines() if line.startswith("clusters: ")]
    assert said.startswith("clusters: 12 by employee; fewer than ten, as for ")
    assert "mutual-win," not in said
    assert "assumed/order=kept, are too few" in said


def test_what_is_not_recorded_can_turn_a_claim_that_more_interactions_would_tell(
    run: Run, tmp_path: Path
) -> None:
    heads = "salesperson,customer,organization"
    sure = ["won,won,won"] * 8 + ["won,won,lost"] * 2 + ["won,lost,won"] * 6 + ["won,lost,lost"] * 4
    for open_ones, said, more in (
        ([], "About 212 more such interactions would tell.", int),
        (["won,won,"] * 20, "What is not recorded could turn it; with everything", type(None)),
    ):
        file = tmp_path / "open.csv"
        file.write_text("\n".join([heads, *sure, *open_ones, ""]), encoding="utf-8")
        lines = run("evidence", file).out.splitlines()
        [finding] = [line for line in lines if line.startswith("mutual-win: ")]
        assert said in finding
        figures = json.loads(run("evidence", file, "--format", "json").out)
        assert isinstance(figures["claims"][0]["more"], more)


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


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_the_gaps_behind_a_claim_are_listed_as_they_are_counted(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    """Who has no date, no second time, or a customer that won first, is not listed."""
    rows = [
        {"id": f"{index}", "salesperson": "won", "customer": "won", "organization": booked}
        | {f"{party}_won_at": at for party, at in zip(PARTIES, times, strict=True) if at}
        for index, (times, booked) in enumerate(
            [
                (("2026-01-05T09:00", "2026-01-05T09:01"), "won"),
                (("2026-01-05T09:00", "2026-01-05T09:01"), "won"),
                (("2026-01-05T09:00", "2026-01-09T09:00"), "lost"),
                (("2026-01-05T09:00", "2026-01-09T09:00"), ""),
                (("2026-01-05T09:00", "2026-01-04T09:00"), "won"),
                (("2026-01-05T09:00", ""), "won"),
            ]
        )
    ]
    file = tmp_path / f"gaps.{suffix}"
    with file.open("w", encoding="utf-8", newline="") as stream:
        if suffix == "csv":
            table = csv.DictWriter(stream, [*rows[0]])
            table.writeheader()
            table.writerows(rows)
        else:
            stream.writelines(f"{json.dumps(nested(row))}\n" for row in rows)
    listed = json.loads(run("evidence", file, "--list", "close-together", "--format", "json").out)
    assert [(row["side"], row["hit"]) for row in listed] == [
        ("the sooner half", True),
        ("the sooner half", True),
        ("the later half", False),
        ("the later half", None),
    ]


def nested(row: dict[str, str]) -> dict[str, object]:
    parties = {
        party: {"outcome": row[party], "won_at": row.get(f"{party}_won_at")} for party in PARTIES
    }
    return {"id": row["id"], **parties, "organization": row["organization"]}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--list", "mutual-wim"], "'mutual-wim' is not a claim. Did you mean 'mutual-win'?"),
        (["--margin", "0"], "'0' is not a number of points"),
        (["--margin", "nan"], "'nan' is not a number of points"),
        (["--margin", "abc"], "--margin: 'abc' is not a number of points. Write more than 0"),
        (["--margin", "-3"], "'-3' is not a number of points"),
        (["--within", "99999999d"], "'99999999d' is not a length of time. Write 1 to 9,999 days"),
        (["--cluster", "employe"], "--cluster: 'employe' is not a dimension"),
    ],
)
def test_what_is_refused_says_what_is_accepted(run: Run, words: list[str], said: str) -> None:
    done = run("evidence", WEEK, *words)
    assert done.code == 2
    assert said in done.err


def _cells(line: str) -> list[str]:
    return re.split(r" {2,}", line.strip())


def test_a_claim_that_nobody_can_test_says_what_it_needs(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "one.yaml"
    file.write_text("id: A\nsalesperson: won\ncustomer: won\norganization: won\n", encoding="utf-8")
    said = run("evidence", file).out
    _, _, untested = said.partition("Nothing to compare")
    rows = {words[0]: words[1] for words in map(_cells, untested.splitlines()) if len(words) == 3}
    assert rows["mutual-win"] == "it does not fire"
    assert rows["beaten-customer"] == "the rule fires"
    assert rows["stays-away"] == "after beaten-customer; after WIN/WIN/WIN"
    assert "what the books say about the organization" in said
    assert run("evidence", file, "--list", "assumed/order=kept").out.endswith(
        "None is on either side.\n"
    )


@pytest.mark.parametrize("library", ["scipy", "statsmodels"])
def test_without_a_library_it_says_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    for name in [
        name for name in sys.modules if name.startswith(("winwinwin.stats.evidence", library))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    done = run("evidence", "examples/year.csv")
    assert done == (
        2,
        "",
        f"this needs {library}, which is not installed. Install it: pip install 'winwinwin[evidence]'\n",
    )


@pytest.mark.parametrize(("times", "said"), [(1, "1 holds"), (2, "2 hold"), (1000, "1,000 hold")])
def test_one_claim_holds_and_several_hold(times: int, said: str) -> None:
    finding = SimpleNamespace(word=Word.HOLDS, claim=SimpleNamespace(source="order"))
    first, _ = words_lines(SimpleNamespace(findings=[finding] * times))  # type: ignore[arg-type]  # all it looks at
    assert "".join(part.words for part in first.parts) == said


@pytest.mark.parametrize("path", ["examples/year.csv", WEEK])
@pytest.mark.parametrize(
    ("asked", "blamed"),
    [
        (("--customer", "foo", "--list", "order"), "--customer: 'foo'"),
        (("--cluster", "bar", "--customer", "foo", "--list", "order"), "--cluster: 'bar'"),
        (("--cluster", "foo"), "--cluster: 'foo'"),
    ],
)
def test_the_option_that_names_no_dimension_is_blamed(
    run: Run, path: str, asked: tuple[str, ...], blamed: str
) -> None:
    done = run("evidence", path, *asked)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{blamed} is not a ")

"""Calls to talk about and whom to ask what, as files to be worked off."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, Run

from winwinwin import Judge
from winwinwin.batch.worst import Spooled, Worst, key_of
from winwinwin.facts import every_kind
from winwinwin.pages.talk import Call, rank

WEEK = ROOT / "examples" / "week.yaml"
LOST = {"salesperson": "won", "customer": "lost"}


def written(run: Run, folder: Path, records: object, *options: str) -> list[dict[str, str]]:
    source, target = folder / "records.json", folder / "talk.csv"
    source.write_text(json.dumps(records))
    assert run("batch", source, "-q", "-o", folder / "v.csv", "--talk", target, *options).code == 0
    return list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8"))))


def test_the_worst_come_first_then_the_newest_then_by_id_then_as_they_were_read(
    run: Run, tmp_path: Path
) -> None:
    records = [
        {"id": "open", "salesperson": "won"},
        {"id": "won", "salesperson": "won", "customer": "won"},
        {
            "id": "order",
            "salesperson": "won",
            "customer": "won",
            "order": ["customer", "salesperson"],
        },
        {"id": "silent", **LOST, "customer": {"outcome": "lost", "believes_salesperson": "lost"}},
        {"id": "undated", **LOST},
        {"employee": "first", "date": "2026-11-27", **LOST},
        {"employee": "second", "date": "2026-11-27", **LOST},
        {"id": "b", "date": "2026-11-27T23:59", **LOST},
        {"id": "B", "date": "2026-11-27", **LOST},
        {"id": "new", "date": "2026-11-28", **LOST},
        {"id": "hidden", "date": "2020-01-01", "organization": "won", **LOST},
    ]
    found = [row["employee"] or row["id"] for row in written(run, tmp_path, records)]
    dated = ["new", "B", "b", "first", "second"]
    assert found == ["hidden", *dated, "undated", "silent", "order", "open"]


def test_a_row_says_what_decided_and_what_would_have_helped(run: Run, tmp_path: Path) -> None:
    record = {"id": "=1+1", "notes": "@a\nb", "employee": "-Al", "organization": "won", **LOST}
    assert written(run, tmp_path, [record]) == [
        {
            "id": "'=1+1",
            "date": "",
            "employee": "'-Al",
            "channel": "",
            "notes": "'@a\nb",
            "verdict": "organization_loses",
            "triple": "WIN/LOSE/LOSE",
            "hidden_loss": "true",
            "why": "beaten-customer (consequence 2). The customer lost and thinks the salesperson won.",
            "would_help": "It would be WIN/WIN/WIN if the customer had won.",
        }
    ]


def test_every_format_holds_the_same(run: Run, tmp_path: Path) -> None:
    for suffix in ("csv", "tsv", "jsonl", "xlsx"):
        target = tmp_path / f"talk.{suffix}"
        assert run("batch", WEEK, "-q", "--talk", target, "-o", tmp_path / "o.txt").code == 0
    text = {suffix: (tmp_path / f"talk.{suffix}").read_text() for suffix in ("csv", "tsv", "jsonl")}
    rows = [*csv.reader(io.StringIO(text["csv"]))]
    assert len(rows) == 25
    assert rows == [*csv.reader(io.StringIO(text["tsv"]), delimiter="\t")]
    objects = list(map(json.loads, text["jsonl"].splitlines()))
    assert [each["id"] for each in objects] == [row[0] for row in rows[1:]]
    assert {each["hidden_loss"] for each in objects} == {True, False}
    sheet = openpyxl.load_workbook(tmp_path / "talk.xlsx")["calls to talk about"]
    assert [[cell.value for cell in row][:1] for row in sheet] == [row[:1] for row in rows]


def test_whom_to_ask_what(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "ask.csv"
    assert run("batch", WEEK, "-q", "--ask", target, "-o", tmp_path / "o.txt").code == 0
    rows = list(csv.DictReader(io.StringIO(target.read_text())))
    assert [(row["id"], row["ask"], row["facts"]) for row in rows] == [
        ("W47-033", "salesperson", "salesperson_feels_good"),
        ("W47-027", "customer", "customer"),
        ("W47-016", "salesperson and customer", "salesperson;customer;salesperson_feels_good"),
        ("W47-009", "salesperson", "salesperson"),
    ]
    assert rows[0]["question"] == "Does the salesperson feel good about the work?"


def test_without_an_id_the_place_is_named(run: Run, tmp_path: Path) -> None:
    [row] = written(run, tmp_path, [LOST])
    assert row["id"].endswith("records.json:1")


@pytest.mark.parametrize("flag", ["--talk", "--ask"])
def test_a_list_is_never_written_over_an_input_or_another_output(
    run: Run, tmp_path: Path, flag: str
) -> None:
    source = tmp_path / "calls.jsonl"
    source.write_text('{"customer": "won"}\n')
    other = tmp_path / "o.csv"
    for command in (["batch", source, flag, source], ["batch", source, "-o", other, flag, other]):
        done = run(*command)
        assert (done.code, done.out) == (2, "")
        assert "is already read or written by this run" in done.err
    assert source.read_text() == '{"customer": "won"}\n'
    done = run("batch", source, flag, tmp_path / "o.parquet")
    assert (
        "is not the suffix of a format for a list. (.csv, .tsv, .jsonl, .ndjson, .xlsx)" in done.err
    )


def test_nothing_appears_where_nothing_was_judged(run: Run, tmp_path: Path) -> None:
    done = run("batch", tmp_path / "none.yaml", "--talk", tmp_path / "talk.csv")
    assert done.code == 2
    assert "talk.csv: not written: nothing was judged" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_shows_the_first_and_how_to_get_the_others(run: Run) -> None:
    shown = run("batch", WEEK, "--no-color", terminal=True).out
    calls = shown.rpartition("Calls to talk about")[2]
    assert calls.index("W47-043") < calls.index("W47-030")
    assert calls.endswith("and 19 more: --talk calls.csv writes them all\n")
    assert "Calls to talk about" not in run("batch", WEEK, "-q", terminal=True).out
    assert "Calls to talk about" not in run("batch", WEEK).out


@pytest.mark.parametrize("width", [38, 50, 80, 140])
def test_a_terminal_of_any_width_says_whom_to_talk_to(run: Run, width: int) -> None:
    shown = run("batch", WEEK, "--no-color", terminal=True, width=width).out
    calls = shown.rpartition("Calls to talk about")[2]
    rows = [line.split() for line in calls.splitlines() if line.strip().startswith("W47-")]
    assert [row[:2] for row in rows] == [
        ["W47-043", "Bridget"],
        ["W47-030", "Henrik"],
        ["W47-032", "Bridget"],
        ["W47-023", "Henrik"],
        ["W47-011", "Henrik"],
    ]


@pytest.mark.parametrize("form", ["-q", "--no-color"])
def test_of_the_undetermined_a_terminal_says_what_to_ask(
    run: Run, tmp_path: Path, form: str
) -> None:
    source = tmp_path / "open.yaml"
    source.write_text("- {id: A, salesperson: won, customer: lost}\n- {id: B, salesperson: won}\n")
    shown = " ".join(run("batch", source, form, terminal=True).out.split())
    assert "Ask: Did the customer win or lose" in shown
    assert shown.count("if the customer had won") == (1 if form == "-q" else 3)


def test_the_disk_and_the_memory_put_calls_in_one_order() -> None:
    """In memory at most twice as many are held as are wanted."""
    judge = Judge()
    worst, spooled = Worst(100), Spooled(judge.kind)
    for number, kind in enumerate(every_kind()):
        judgement, name = judge.kind(kind), f"{number * 7919 % 501}\ud800" if number % 3 else None
        when = date.fromordinal(739_000 + number * 31 % 11) if number % 5 else None
        place = rank(judgement)
        if place is None:
            continue
        call = Call(name or "-", when, None, "web", str(number), {"channel": "web"}, judgement)
        key = key_of(place, when, name, number)
        spooled.add(key, call)
        if worst.takes(key):
            worst.add(key, call)
        assert len(worst._held) < 200
    everything = list(spooled.in_order())
    spooled.drop()
    assert len(everything) > 900
    assert everything[:100] == list(worst.in_order())

"""The formats: each command writes each of its own, and machine formats say it field by field."""

import csv
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import ROOT, Run

from winwinwin.cli.batch import WRITES as BATCH_WRITES
from winwinwin.cli.commands import COMMANDS as ALL_COMMANDS
from winwinwin.errors import Problem
from winwinwin.evaluation import Judge
from winwinwin.facts import DOMAINS, JUDGED_FACTS, Facts, Setting, every_kind, word
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.kernel.judging import judge_kind
from winwinwin.kernel.rulebook import Rule, Stamp, builtin
from winwinwin.kernel.ruling import CHANGES, Rulings
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.output import formats
from winwinwin.pages.interaction import why_not
from winwinwin.pages.words import (
    FACTS,
    STATUSES,
    books_sentence,
    consequence,
    duration,
    if_had,
    listed,
    percent,
    values_words,
)
from winwinwin.record.interaction import Interaction, Recorded
from winwinwin.renderers import markdown
from winwinwin.rows.records import CsvRows, JsonObjects, harmless, seconds
from winwinwin.vocabulary import FACT, RECORDED, Value

OF_TABLES = {"tsv", "parquet"}
"""The formats of batch that only tables are written in."""
OF_RECORDS = {name for name in BATCH_WRITES if formats.FORMATS[name].is_text} - OF_TABLES
"""The texts that records are written in."""

KEYS = [
    *("schema", "id", "verdict", "organization", "triple", "rule", "rules", "order"),
    *("gap_seconds", "assumed", "possible", "needs", "contradicts_books", "notes", "remedies"),
    *("reasons", "firmness", "facts", "about", "rulebook"),
]
"""Of a JSON object, in order, as docs/output.md documents them."""

STAMP = Stamp("House rules", "0123456789abcdef")

COLUMNS = [
    *("id", "date", "employee", "channel", "tags", "about_notes"),
    *("salesperson", "customer", "organization", "salesperson_feels_good"),
    *("salesperson_believes_lost_for_customer", "customer_believes_salesperson", "order"),
    *("salesperson_won_at", "customer_won_at", "organization_won_at"),
    *("verdict", "organization_outcome", "triple", "rule", "order_status", "gap_seconds"),
    *("assumed", "possible", "needs", "contradicts_books", "notes", "remedies", "problem"),
]
"""Of CSV: what was recorded, then the columns that design section 6 documents."""

KINDS = list(every_kind())


def record(kind: Facts) -> dict[str, Any]:
    """Return a record of a kind, as JSON has it."""
    salesperson = {
        "outcome": kind.salesperson,
        "feels_good": kind.salesperson_feels_good,
        "believes_lost_for_customer": kind.salesperson_believes_lost_for_customer,
    }
    customer = {
        "outcome": kind.customer,
        "believes_salesperson": kind.customer_believes_salesperson,
    }
    written = {"salesperson": salesperson, "customer": customer, "organization": kind.organization}
    return written | ({"order": wins(kind)} if kind.order else {})


def wins(kind: Facts) -> list[str]:
    """Return an order of wins that comes down to the kind's."""
    if kind.order == "kept":
        return ["salesperson", "customer"]
    if kind.order == "customer_first":
        return ["customer", "salesperson"]
    winners = {"salesperson": kind.salesperson, "customer": kind.customer}
    return ["organization", *(party for party, outcome in winners.items() if outcome == "won")]


LINES = "".join(json.dumps({"id": f"K{n}"} | record(k)) + "\n" for n, k in enumerate(KINDS))


judge_in_mode = cache(Judge)
"""A judge for all tests."""


@pytest.fixture(scope="module")
def written(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], str]:
    """Run every kind through batch once, into all machine formats."""
    folder = tmp_path_factory.mktemp("kinds")

    @cache
    def of_mode(assuming: bool) -> dict[str, str]:
        files = {name: folder / f"{assuming}.{name}" for name in ("json", "jsonl", "csv")}
        outputs = [part for file in files.values() for part in ("-o", file)]
        mode = [] if assuming else ["--no-assumptions"]
        done = run("batch", "-", "--input-format", "jsonl", "-q", *outputs, *mode, stdin=LINES)
        assert done == (0, "", "")
        return {name: file.read_text("utf-8") for name, file in files.items()}

    return lambda name, assuming: of_mode(assuming)[name]


def judgements(assuming: bool) -> list[Judgement]:
    return [judge_in_mode(assumptions=assuming).kind(kind) for kind in KINDS]


def as_object(name: str, kind: Facts, judgement: Judgement, assuming: bool) -> dict[str, Any]:
    """Return what a kind's object must say, written out from the judgement's own values."""
    recorded = {fact: value for fact, value in kind._asdict().items() if value is not None}
    return {
        "schema": "winwinwin/1",
        "id": name,
        "verdict": judgement.verdict.value,
        "organization": judgement.organization,
        "triple": judgement.triple,
        "rule": judgement.rule,
        "rules": [
            {
                "id": rule.id,
                "consequence": rule.consequence,
                "status": rule.status,
                "conditions": [
                    {
                        "alternative": condition.alternative,
                        "fact": condition.fact,
                        "wanted": condition.wanted,
                        "value": condition.value,
                        "origin": condition.origin,
                    }
                    for condition in rule.conditions
                ],
            }
            for rule in judgement.rules
        ],
        "order": kind.order,
        "gap_seconds": None,
        "assumed": [fact for fact, _ in judgement.assumed],
        "possible": [verdict.value for verdict in judgement.possible],
        "needs": list(judgement.needs),
        "contradicts_books": judgement.contradicts_books,
        "notes": list(judgement.notes),
        "remedies": [dict(remedy) for remedy in judgement.remedies],
        "reasons": [dict(reason) for reason in judgement.reasons],
        "firmness": judgement.firmness,
        "facts": recorded | ({"order": wins(kind)} if kind.order else {}),
        "about": {},
        "rulebook": judge_in_mode(assumptions=assuming).stamp._asdict(),
    }


def as_row(name: str, kind: Facts, judgement: Judgement) -> dict[str, str]:
    """Return what a kind's row must say."""
    recorded = {fact: word(value) for fact, value in kind._asdict().items() if fact != "order"}
    return dict.fromkeys(COLUMNS, "") | {
        "id": name,
        **recorded,
        "order": ";".join(wins(kind)) if kind.order else "",
        "verdict": judgement.verdict.value,
        "organization_outcome": judgement.organization or "",
        "triple": judgement.triple,
        "rule": judgement.rule or "",
        "order_status": kind.order or "",
        "assumed": ";".join(fact for fact, _ in judgement.assumed),
        "possible": ";".join(verdict.value for verdict in judgement.possible),
        "needs": ";".join(judgement.needs),
        "contradicts_books": {None: "", True: "true", False: "false"}[judgement.contradicts_books],
        "notes": ";".join(judgement.notes),
        "remedies": ";".join(
            "&".join(f"{fact}={word(value)}" for fact, value in remedy)
            for remedy in judgement.remedies
        ),
    }


MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "plain"])
Written = Callable[[str, bool], str]


@MODES
def test_every_kind_is_an_object_with_the_documented_keys_in_order(
    written: Written, assuming: bool
) -> None:
    objects = [json.loads(line) for line in written("jsonl", assuming).splitlines()]
    assert len(objects) == 1026
    assert {tuple(found) for found in objects} == {tuple(KEYS)}
    assert objects == [
        as_object(f"K{n}", kind, judgement, assuming)
        for n, (kind, judgement) in enumerate(zip(KINDS, judgements(assuming), strict=True))
    ]


@MODES
def test_every_kind_is_a_row_with_the_documented_columns(written: Written, assuming: bool) -> None:
    header, *rows = csv.reader(io.StringIO(written("csv", assuming), newline=""))
    assert header == COLUMNS
    assert [dict(zip(COLUMNS, row, strict=True)) for row in rows] == [
        as_row(f"K{n}", kind, judgement)
        for n, (kind, judgement) in enumerate(zip(KINDS, judgements(assuming), strict=True))
    ]


def test_a_list_of_json_is_one_text_of_the_same_objects(written: Written) -> None:
    assert json.loads(written("json", True)) == [
        json.loads(line) for line in written("jsonl", True).splitlines()
    ]


def test_facts_stand_in_fact_order_and_recorded_ones_only(written: Written) -> None:
    facts = [
        *("salesperson", "customer", "organization", "salesperson_feels_good"),
        *("salesperson_believes_lost_for_customer", "customer_believes_salesperson", "order"),
    ]
    for line in written("jsonl", True).splitlines():
        found = [*json.loads(line)["facts"]]
        assert found == sorted(found, key=facts.index)


def one(**values: Any) -> tuple[Recorded, Judgement]:
    interaction = Interaction(**values)
    judgement = judge_kind(interaction.facts, Rulings(builtin()))
    return Recorded.of(interaction, "a.yaml", 3), judgement


TIMED = {
    "salesperson": {"outcome": "won", "won_at": "2026-11-02T10:00:01.5"},
    "customer": {"outcome": "won", "won_at": "2026-11-02T09:00"},
    "organization": {"outcome": "won", "won_at": "2026-11-03"},
}


def test_times_and_order_stand_after_the_other_facts_as_they_were_recorded() -> None:
    recorded, judgement = one(**TIMED, order="customer > salesperson")
    said = json.loads(JsonObjects(STAMP).judged(recorded, judgement))
    assert [*said["facts"].items()] == [
        ("salesperson", "won"),
        ("customer", "won"),
        ("organization", "won"),
        ("order", ["customer", "salesperson"]),
        ("salesperson_won_at", "2026-11-02T10:00:01.500000"),
        ("customer_won_at", "2026-11-02T09:00:00"),
        ("organization_won_at", "2026-11-03"),
    ]


def test_what_is_said_of_a_kind_is_not_carried_to_another_interaction_of_it() -> None:
    objects, rows = JsonObjects(STAMP), CsvRows()
    first = one(**TIMED, id="A", employee="Ana", order=["customer", "salesperson"])
    second = one(id="B", salesperson="won", customer="won", order=["customer", "salesperson"])
    for recorded, judgement in (first, second):
        assert json.loads(objects.judged(recorded, judgement)) == json.loads(
            JsonObjects(STAMP).judged(recorded, judgement)
        )
        assert rows.judged(recorded, judgement) == CsvRows().judged(recorded, judgement)


def test_what_describes_an_interaction_stands_under_about() -> None:
    about = {
        "date": "2026-11-02",
        "employee": "Åsa",
        "channel": "phone",
        "notes": 'said "no"\nthen yes',
        "tags": {"product": "boiler", "size": None},
    }
    recorded, judgement = one(id="A", **about)
    assert json.loads(JsonObjects(STAMP).judged(recorded, judgement))["about"] == about
    [row] = csv.DictReader(
        io.StringIO(CsvRows().header() + CsvRows().judged(recorded, judgement), newline="")
    )
    assert [row[column] for column in COLUMNS[:6]] == [
        *("A", "2026-11-02", "Åsa", "phone", "product=boiler;size=", 'said "no"\nthen yes')
    ]


@pytest.mark.parametrize(
    ("gap", "said"),
    [
        (None, None),
        (timedelta(), 0),
        (timedelta(days=-2), -172_800),
        (timedelta(seconds=1.5), 1.5),
        (timedelta(days=3, seconds=1), 259_201),
    ],
)
def test_a_gap_is_in_seconds_whole_where_it_is(gap: timedelta | None, said: float | None) -> None:
    assert seconds(gap) == said
    assert type(seconds(gap)) is type(said)


# Invalid records.


def test_an_invalid_record_carries_its_problems_and_keeps_its_place(run: Run) -> None:
    objects = json.loads(run("batch", "examples/broken.yaml", "--format", "json").out)
    assert [found["verdict"] == "invalid" for found in objects] == [
        *([True] * 3 + [False] + [True] * 6 + [False] + [True])
    ]
    assert {tuple(found) for found in objects if found["verdict"] == "invalid"} == {
        ("schema", "id", "verdict", "problems")
    }
    assert objects[0] == {
        "schema": "winwinwin/1",
        "id": "B-01",
        "verdict": "invalid",
        "problems": [
            {
                "source": "examples/broken.yaml",
                "line": 9,
                "column": 13,
                "field": "customer",
                "message": "'wun' is not an outcome. Did you mean 'won'? (won, lost or unknown)",
            }
        ],
    }


def test_an_invalid_row_has_its_id_its_verdict_and_its_problem(run: Run) -> None:
    text = run("batch", "examples/broken.yaml", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert rows[1] == dict.fromkeys(COLUMNS, "") | {
        "id": "B-02",
        "verdict": "invalid",
        "problem": "examples/broken.yaml:16:3: custommer: unknown key. Did you mean 'customer'? (id, date, employee, channel, notes, tags, rulebook, salesperson, customer, organization, order)",
    }
    assert [row["verdict"] == "invalid" for row in rows] == [bool(row["problem"]) for row in rows]


def test_several_problems_of_a_record_are_all_told(run: Run) -> None:
    record = "{id: A, salesperson: x, customer: y}"
    found = json.loads(run("batch", "-", "--format", "jsonl", stdin=record).out)
    assert [problem["field"] for problem in found["problems"]] == ["salesperson", "customer"]
    row = run("batch", "-", "--format", "csv", stdin=record).out.splitlines()[1]
    assert row.count("is not an outcome") == 2
    line = run("batch", "-", stdin=record).out.splitlines()[0]
    assert line.endswith("'x' is not an outcome. (won, lost or unknown) (and 1 more problem)")


def test_an_invalid_record_has_a_row_in_markdown(run: Run) -> None:
    page = run("batch", "-", "--format", "markdown", "-q", stdin="{id: A|B, salesperson: x}").out
    said = "standard input:1:24: salesperson: 'x' is not an outcome. (won, lost or unknown)"
    assert page.splitlines()[2] == rf"| A\|B | - | invalid | - | {said} |"


def test_a_problem_without_a_place_has_none_in_json() -> None:
    said = json.loads(JsonObjects(STAMP).unjudged(Unjudged(None, (Problem("is wrong"),))))
    assert said == {
        "schema": "winwinwin/1",
        "id": None,
        "verdict": "invalid",
        "problems": [
            {"source": None, "line": None, "column": None, "field": None, "message": "is wrong."}
        ],
    }


# Outside text does no harm.

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "＋1", "－1", "＠1"]  # noqa: RUF001  # the wide signs


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless(formula: str) -> None:
    recorded, judgement = one(
        id=formula, employee=formula, channel=formula, notes=formula, tags={formula: "x"}
    )
    text = CsvRows().header() + CsvRows().judged(recorded, judgement)
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert [*row] == COLUMNS
    harmed = {column: cell for column, cell in row.items() if cell.startswith(tuple("=+-@\t\r"))}
    assert harmed == {}
    assert row["id"] == row["employee"] == row["channel"] == row["about_notes"] == f"'{formula}"
    assert row["tags"] == f"'{formula}=x"


@pytest.mark.parametrize("blank", ["\t", "\n", "\r\n"], ids=ascii)
def test_notes_may_begin_with_blanks_and_a_formula_and_are_harmless(blank: str) -> None:
    recorded, judgement = one(notes=f"{blank}=1")
    text = CsvRows().header() + CsvRows().judged(recorded, judgement)
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["about_notes"] == f"'{blank}=1"


def test_a_problem_that_begins_like_a_formula_is_harmless_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "=cmd.yaml").write_text("{id: '=A', salesperson: x}")
    text = run("batch", "=cmd.yaml", "--format", "csv", cwd=tmp_path).out
    [row] = csv.DictReader(io.StringIO(text, newline=""))
    assert row["id"] == "'=A"
    assert row["problem"].startswith("'=cmd.yaml:1:25: salesperson: 'x'")


def test_numbers_and_plain_text_stay_as_they_are() -> None:
    assert [harmless(cell) for cell in ("", "0042", "a=b", "a-b", "x\t")] == [
        *("", "0042", "a=b", "a-b", "x\t")
    ]


def test_a_line_break_of_any_kind_stays_in_its_cell(tmp_path: Path, run: Run) -> None:
    record = json.dumps({"id": "A", "notes": "a\r\nb\nc"})
    flags = ["--input-format", "json", "-q", "-o", tmp_path / "a.csv"]
    assert run("batch", "-", *flags, stdin=record).code == 0
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        [row] = csv.DictReader(stream)
    assert row["about_notes"] == "a\r\nb\nc"
    assert (tmp_path / "a.csv").read_bytes().count(b"\n") == 4


def test_a_negative_gap_stays_a_number(run: Run) -> None:
    text = run("batch", "examples/week.yaml", "--format", "csv", "-q").out
    gaps = {row["id"]: row["gap_seconds"] for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert gaps["W47-036"] == "-143100"


@pytest.mark.parametrize(
    ("words", "escaped"),
    {
        "a|b": r"a\|b",
        "`x`": r"\`x\`",
        "<b>&lt;": r"\<b\>\&lt;",
        "*a*_b_": r"\*a\*\_b\_",
        "[x](http://y)": r"\[x\](http:&#8203;//y)",
        "see WWW.y.org": "see WWW&#8203;.y.org",
        "@ann, a@b": "@&#8203;ann, a@&#8203;b",
        "4 @ 5, # 6, 7:8": "4 @ 5, # 6, 7:8",
        "![x](y)": r"!\[x\](y)",
        "~~x~~": r"\~\~x\~\~",
        "W47-001 #1 + (2)": "W47-001 #&#8203;1 + (2)",
        "a\nb": r"a\\nb",
        "a\x1b[31mb": r"a\\x1b\[31mb",
        "\\": "\\\\",
        "plain, text.": "plain, text.",
    }.items(),
)
def test_markdown_shows_outside_text_as_it_is(words: str, escaped: str) -> None:
    assert markdown.escape(words) == escaped


HOSTILE = "a|b `c` <d>\u2028[red]e[/red]"
VERY_LONG = HOSTILE + "\u2028|f" * 5_000


@pytest.mark.parametrize("hostile", [HOSTILE, VERY_LONG], ids=["short", "very long"])
@pytest.mark.parametrize("format_name", ["markdown", "text"])
def test_hostile_text_keeps_to_its_line_and_cell(run: Run, format_name: str, hostile: str) -> None:
    record = json.dumps({"id": hostile, "employee": hostile, "tags": {"x": hostile}})
    flags = ["--by", "employee", "--by", "tags.x", "--input-format", "json"]
    text = run("batch", "-", *flags, "--format", format_name, stdin=record).out
    rows = [line for line in text.splitlines() if "e[/red]" in line.replace("\\", "")]
    assert len(rows) == 3
    if format_name == "markdown":
        *groups, call = (row.replace(r"\|", "").count("|") for row in rows)
        assert (set(groups), call) == ({11}, 5)


def test_hostile_text_keeps_to_its_row_in_a_list_and_among_calls(run: Run) -> None:
    facts = {"salesperson": "won", "customer": "lost", "organization": "won"}
    record = json.dumps({"id": HOSTILE} | facts)
    flags = ["--input-format", "json", "--format", "markdown"]
    for more, bars in (([], 4), (["-q"], 6)):
        text = run("batch", "-", *flags, *more, stdin=record).out
        [row] = [line for line in text.splitlines() if "e[/red]" in line.replace("\\", "")]
        assert row.replace(r"\|", "").count("|") == bars


def test_hostile_text_stays_inside_its_json_string(run: Run) -> None:
    notes = 'a"b\\\n\t{"c": 1}'
    record = json.dumps({"id": VERY_LONG, "notes": notes})
    text = run("batch", "-", "--input-format", "json", "--format", "jsonl", "-q", stdin=record).out
    assert text.count("\n") == 1
    assert (json.loads(text)["id"], json.loads(text)["about"]) == (VERY_LONG, {"notes": notes})


@pytest.mark.parametrize("format_name", sorted(OF_RECORDS))
def test_a_control_character_is_refused_and_gets_into_no_format(run: Run, format_name: str) -> None:
    record = json.dumps({"id": "a\x1b[31m\nb", "employee": "c\x1b[32m\nd", "salesperson": "won"})
    done = run("batch", "-", "--input-format", "json", "--format", format_name, stdin=record)
    assert done.code == 2
    for text in (done.out, done.err):
        assert "\x1b" not in text
        assert "[31m\n" not in text
    assert "id: character 2 of 'a\\x1b[31m\\nb' is the control character U+001B." in done.err


@pytest.mark.parametrize("command", ["score", "explain"])
def test_hostile_text_is_no_markup_in_a_page_or_a_picture(
    run: Run, command: str, tmp_path: Path
) -> None:
    name = "<script>alert(1)</script>&amp;"
    for suffix in ("html", "svg"):
        path = tmp_path / f"out.{suffix}"
        assert run(command, "-s", "won", "-c", "lost", "--id", name, "-o", path).code == 0
        text = path.read_text("utf-8")
        assert "<script>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in text


def test_a_picture_fetches_no_font(run: Run) -> None:
    picture = run("batch", "examples/week.yaml", "--format", "svg").out
    assert set(re.findall(r"url\(.", picture)) == {"url(#"}
    assert "@" not in picture  # neither a font nor an import


# Every command, every format.

READ: dict[str, Callable[[bytes], Any]] = {
    "text": bytes.splitlines,
    "json": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    "csv": lambda text: list(csv.DictReader(io.StringIO(text.decode(), newline=""))),
    "tsv": lambda text: list(csv.DictReader(io.StringIO(text.decode()), delimiter="\t")),
    "markdown": bytes.splitlines,
    "html": lambda text: re.search(
        r"(?is)^<!doctype html>\n<html lang.*<title>.+</html>\n$", text.decode()
    ),
    "svg": lambda text: ET.fromstring(text).tag,  # noqa: S314  # our own
    "junit": lambda text: list(ET.fromstring(text).iter("testcase")),  # noqa: S314  # our own
    "github": lambda text: text.startswith(b"::"),
    "parquet": lambda content: pq.read_table(io.BytesIO(content)).num_rows,
    "xlsx": lambda content: openpyxl.load_workbook(io.BytesIO(content)).sheetnames,
    "sql": lambda text: b"CREATE TABLE" in text,
    "yaml": yaml.safe_load,
}
COMMANDS = {
    "score": ["score", "-s", "won", "-c", "lost", "--id", "A"],
    "explain": ["explain", "-s", "won", "-c", "lost", "--id", "A"],
    "batch": ["batch", "examples/one.yaml"],
    "compare": ["compare", "examples/one.yaml", "examples/week.yaml"],
    "evidence": ["evidence", "examples/week.yaml"],
    "list": ["list", "examples/week.yaml"],
    "config": ["config"],
    "rules list": ["rules", "list"],
    "rules show": ["rules", "show", "mutual-win"],
    "rules table": ["rules", "table"],
    "rules check": ["rules", "check"],
    "rules diff": ["rules", "diff", "examples/house.yaml"],
    "rules test": ["rules", "test", "tests/cases"],
}
UNWRITTEN = {"record"}
"""The command that needs answers, and shows what score shows."""
WRITTEN = {" ".join(each.words): names for each in ALL_COMMANDS if (names := each.load()[1])}
"""Every command that writes a page, with its formats."""
PAIRS = [(command, name) for command in COMMANDS for name in WRITTEN[command]]


def called(command: str, name: str) -> list[str]:
    """Return the words that call a command, on something that it can write in a format."""
    if command == "batch" and name in OF_TABLES:
        return ["batch", "examples/survey.csv", "--map", "examples/survey.map.yaml", "-q"]
    return COMMANDS[command]


def standard_output(run: Run, arguments: list[str], cwd: Path) -> bytes:
    """Return what a command writes; what is not text needs a process of its own."""
    if {"parquet", "xlsx"} & {*arguments}:
        program = [sys.executable, "-m", "winwinwin", *arguments]
        return subprocess.run(program, cwd=cwd, capture_output=True, check=True).stdout
    done = run(*arguments, cwd=cwd)
    assert done.code == 0
    return done.out.encode()


def test_every_command_that_writes_a_page_is_walked() -> None:
    assert COMMANDS.keys() == WRITTEN.keys() - UNWRITTEN
    assert all(set(formats.PAGES) <= set(names) for names in WRITTEN.values())


@pytest.mark.parametrize(("command", "name"), PAIRS)
def test_a_command_writes_each_of_its_formats_to_standard_output_and_to_files_alike(
    run: Run, command: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / "winwinwin.toml").write_text("[batch]\nquiet = true\n")
    cwd = tmp_path if command == "config" else ROOT
    words = called(command, name)
    out = standard_output(run, [*words, "--format", name], cwd)
    assert READ[name](out)
    for suffix in formats.FORMATS[name].suffixes:
        target = tmp_path / f"out{suffix.upper()}"
        assert run(*words, "-o", target, cwd=cwd).code == 0
        assert target.read_bytes() == out


@pytest.mark.parametrize("command", COMMANDS)
def test_a_format_that_a_command_does_not_write_is_refused_with_those_that_it_does(
    run: Run, command: str, tmp_path: Path
) -> None:
    for name in formats.FORMATS.keys() - set(WRITTEN[command]):
        assert_refused(run, COMMANDS[command], name, WRITTEN[command], tmp_path)


@pytest.mark.parametrize("name", sorted(OF_TABLES))
def test_a_format_of_tables_is_refused_for_records_with_those_of_records(
    run: Run, name: str, tmp_path: Path
) -> None:
    of_records = [known for known in WRITTEN["batch"] if known not in OF_TABLES]
    assert_refused(run, COMMANDS["batch"], name, of_records, tmp_path, "for files of records")


def assert_refused(
    run: Run,
    command: list[str],
    name: str,
    known: Sequence[str],
    folder: Path,
    where: str = "here",
) -> None:
    done = run(*command, "--format", name)
    assert (done.code, done.out) == (2, "")
    assert f"--format: '{name}' is not a format {where}." in done.err
    assert done.err.endswith(f"({', '.join(known)})\n")
    suffixes = [suffix for each in known for suffix in formats.FORMATS[each].suffixes]
    for suffix in formats.FORMATS[name].suffixes:
        refused = run(*command, "-o", folder / f"out{suffix}")
        assert (refused.code, refused.out) == (2, "")
        assert f"'{suffix}' is not the suffix of a format {where}." in refused.err
        assert refused.err.endswith(f"({', '.join(suffixes)})\n")
        assert list(folder.iterdir()) == []


def test_score_in_a_machine_format_is_one_interaction(run: Run) -> None:
    assert [*json.loads(run(*COMMANDS["score"], "--format", "json").out)] == KEYS
    [row] = READ["csv"](run(*COMMANDS["score"], "--format", "csv").out.encode())
    assert (row["id"], row["verdict"]) == ("A", "organization_loses")


def test_explain_in_json_is_what_score_says(run: Run) -> None:
    flags = ["--format", "json"]
    assert run(*COMMANDS["explain"], *flags).out == run(*COMMANDS["score"], *flags).out


def test_a_batch_in_markdown_is_a_table_or_the_summary(run: Run) -> None:
    assert run("batch", "examples/one.yaml", "--format", "markdown", "-q").out == (
        "| id | triple | verdict | rule | what would have helped |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| W48-001 | WIN/LOSE/LOSE | organization loses | beaten-customer | if the customer had won |"
        "\n"
    )
    text = run("batch", "examples/one.yaml", "--format", "markdown").out
    assert text.startswith(
        "## 1 interaction judged\n\n| verdict | count | share |  |\n| --- | --: | --: | --- |\n"
    )
    assert f"| organization loses | 1 | 1 of 1 | {'█' * 20} |\n" in text


# Why a rule did not decide, over every kind.


def reasons(judgement: Judgement, assuming: bool) -> dict[str, str]:
    """Return what is said of each rule that did not decide, by its id."""
    rulebook = judge_in_mode(assumptions=assuming).rulebook
    said = {}
    for finding in judgement.rules:
        for line in why_not(finding, judgement, rulebook):
            said[finding.id] = f"{line.label}: {''.join(part.words for part in line.parts)}"
    return said


@MODES
def test_every_rule_that_does_not_decide_says_why(assuming: bool) -> None:
    for judgement in judgements(assuming):
        said = reasons(judgement, assuming)
        assert said.keys() == {rule.id for rule in judgement.rules} - {judgement.rule}
        for rule in judgement.rules:
            if rule.id in said:
                label = {"fired": "why: ", "not_fired": "why not: ", "open": "depends on: "}
                assert said[rule.id].startswith(label[rule.status])


@MODES
def test_a_rule_that_fires_too_knows_whether_one_before_it_has_decided(assuming: bool) -> None:
    ids = [rule.id for rule in builtin().rules]
    for judgement in judgements(assuming):
        for rule, said in reasons(judgement, assuming).items():
            if said == "why: It fires too, but an earlier rule decides.":
                assert judgement.rule in ids[: ids.index(rule)]
            elif said.startswith("why: "):
                assert (
                    said == "why: It fires, but the missing facts could still change the verdict."
                )
                assert judgement.verdict is Verdict.UNDETERMINED


@MODES
def test_what_an_open_rule_depends_on_is_what_can_change_it(assuming: bool) -> None:
    by_kind = dict(zip(KINDS, judgements(assuming), strict=True))
    for kind, judgement in by_kind.items():
        missing = [fact for fact, origin in judgement.origins.items() if origin == "missing"]
        for rule, said in reasons(judgement, assuming).items():
            if said.startswith("depends on: "):
                matters = [
                    fact for fact in missing if can_change(fact, rule, kind, missing, by_kind)
                ]
                words = "; ".join(FACTS[fact] for fact in matters)
                assert said == f"depends on: {words}"


def can_change(
    fact: str, rule: str, kind: Facts, missing: list[str], by_kind: dict[Facts, Judgement]
) -> bool:
    """Tell whether a rule's status can hang on a missing fact, whatever else is recorded."""
    others = [other for other in missing if other != fact]
    for values in product(*((None, *DOMAINS[other]) for other in others)):
        known = kind._replace(**dict(zip(others, values, strict=True)))  # type: ignore[arg-type]  # from each one's domain
        answered = (by_kind.get(known._replace(**{fact: value})) for value in DOMAINS[fact])  # type: ignore[arg-type]  # likewise
        found = {
            each.status for judged in answered if judged for each in judged.rules if each.id == rule
        }
        if len(found) > 1:
            return True
    return False


# The words that all of them share.


@pytest.mark.parametrize(
    ("gap", "said"),
    {
        0: "0 s",
        59: "59 s",
        60: "1 min",
        3_661: "1 h 1 min",
        -143_100: "-1 d 15 h",
        86_400 * 400: "400 d",
        0.4: "0 s",
        1.6: "2 s",
    }.items(),
)
def test_a_length_of_time_is_said_in_its_two_largest_units(gap: float, said: str) -> None:
    assert duration(gap) == said
    assert duration(timedelta(seconds=gap)) == said


def test_words_are_joined_as_a_sentence_does() -> None:
    assert [listed(words, "or") for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        *("", "a", "a or b", "a, b or c")
    ]


def test_every_value_that_might_have_been_recorded_has_words() -> None:
    worded = {(fact.name, value): words for fact in RECORDED for value, words in fact.had.items()}
    assert worded.keys() == {(fact, value) for fact, values in DOMAINS.items() for value in values}
    assert worded.keys() > {(fact, value) for fact, values in CHANGES.items() for value in values}
    assert len({*worded.values()}) == len(worded)


def test_remedies_are_read_after_if_one_after_the_other() -> None:
    won = (Setting("salesperson", "won"), Setting("customer", "won"), Setting("order", "kept"))
    felt = (Setting("salesperson_believes_lost_for_customer", False),)
    assert if_had([won, felt]) == (
        "if the salesperson had won, the customer had won and they had won in the right order, "
        "or if the salesperson had not felt they lost for the customer"
    )
    assert if_had([]) == ""


@pytest.mark.parametrize(
    ("values", "said"),
    {
        ("won",): "won",
        ("lost", None): "lost or ?",
        (True, False): "yes or no",
        ("kept", None): "right or ?",
        ("customer_first",): "customer first",
        ("customer_first", "organization_early"): "wrong",
        ("kept", "customer_first", "organization_early"): "right or wrong",
        ("customer_first", "organization_early", None): "wrong or ?",
    }.items(),
)
def test_the_wrong_orders_together_are_one_word(values: tuple[Value, ...], said: str) -> None:
    assert values_words(values) == said


def test_a_house_rule_has_no_consequence_number() -> None:
    data = {"id": "x", "title": "X", "when": [{"customer": "lost"}], "organization": "lost"}
    rule = Rule.model_validate(data | {"says": "s", "why": "w"})
    assert [consequence(rule), consequence(builtin().rules[0])] == [
        *("house rule", "consequence 3")
    ]


def test_the_books_are_compared_only_where_both_sides_are_known() -> None:
    for judgement in judgements(assuming=True):
        sentence = books_sentence(judgement)
        assert bool(sentence) == (judgement.contradicts_books is not None)
        assert ("; the rules say it " in sentence) == bool(judgement.contradicts_books)


def test_shares_are_said_in_whole_percent() -> None:
    assert [percent(share) for share in (0, 0.004, 0.005001, 0.5, 1)] == [
        *("0%", "0%", "1%", "50%", "100%")
    ]


def test_every_verdict_fact_and_status_has_words() -> None:
    assert [*WORDINGS] == [*Verdict]
    assert [*FACTS] == [*DOMAINS]
    assert {name for name, fact in FACT.items() if fact.question} == {*JUDGED_FACTS}
    assert {*STATUSES} == {finding.status for j in judgements(assuming=True) for finding in j.rules}

"""Rows for tables: every kind in many spellings, and every way to be wrong; and what they should say.

What is expected comes from the path of records: the rows are written as JSONL, read and judged there.
"""

import csv
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

from conftest import Run
from pydantic_core import PydanticCustomError

from winwinwin import Judge, Unjudged, WinwinwinError, read_all
from winwinwin.facts import PARTIES, Facts, every_kind
from winwinwin.mapping.model import MOMENTS
from winwinwin.record.interaction import FLAT_PATHS, nested
from winwinwin.record.spelling import ANSWERS, OUTCOMES, read_moment
from winwinwin.rows.records import VERDICT_COLUMNS, seconds, verdict_columns

Row: TypeAlias = dict[str, str | None]

COLUMNS = ("id", "remark", *FLAT_PATHS, "date")

ORDERS = {
    "kept": ("salesperson", "customer"),
    "customer_first": ("customer", "salesperson"),
}
WRONG: list[dict[str, str]] = [
    {"salesperson": "wun"},
    {"customer": "=1+1", "salesperson_feels_good": "maybe"},
    {"date": "23.11.2026"},
    {"salesperson": "won", "order": "customer"},
    {"salesperson": "won", "order": "salesperson, salesperson"},
    {"salesperson": "won", "order": "salesperson; boss"},
    {"salesperson": "lost", "salesperson_won_at": "2026-11-23"},
    {"salesperson": "won", "salesperson_won_at": "2026-02-30"},
    {"salesperson": "won", "salesperson_won_at": "2026-11-23T25:00"},
    {
        "salesperson": "won",
        "customer": "won",
        "order": "salesperson;customer",
        "salesperson_won_at": "2026-11-24T10:00",
        "customer_won_at": "2026-11-24T09:59:59.5",
    },
    {
        "salesperson": "won",
        "customer": "won",
        "salesperson_won_at": "2026-11-24T10:00Z",
        "customer_won_at": "2026-11-24T10:00",
    },
]
TIMES = [
    ("2026-11-23", "2026-11-24"),
    ("2026-11-23T10:00", "2026-11-23T10:00:00.25"),
    ("2026-11-23 10:00:07", "2026-11-23T08:00"),
    ("2026-11-23T10:00+02:00", "2026-11-23T08:00:00Z"),
    ("2026-11-23T23:30-08:00", "2026-11-24"),
    ("2026-11-23", "2026-11-23T23:59"),
    ("20261123", "2026-11-24T10:00"),
    ("2026-W48-1", "20261123T101500"),
    ("0001-01-01", "9999-12-31"),
]
"""Times of salesperson and customer, some of forms that only Python reads."""


def rows(seed: int = 20261123) -> list[Row]:
    """Return every kind and every mistake, spelt in many ways, in no order, rich in nulls."""
    choose = random.Random(seed)  # noqa: S311  # no secret
    found = [_row(kind, choose) for kind in every_kind()]
    found += [dict.fromkeys(COLUMNS) | wrong for wrong in WRONG]
    found += list(_timed(choose))
    choose.shuffle(found)
    remarks = [None, "", 'say "hi"', "a,b;c", "=1+1", "line\nend", "é ∑", "  spaced  ", "no", "010"]
    return [
        row | {"id": f"R{number:05}", "remark": choose.choice(remarks)}
        for number, row in enumerate(found)
    ]


def _row(kind: Facts, choose: random.Random) -> Row:
    row: Row = dict.fromkeys(COLUMNS)
    for name, value in kind._asdict().items():
        if name != "order":
            row[name] = _spelt(name, value, choose)
    if kind.order == "organization_early":
        others = [party for party in PARTIES[:2] if getattr(kind, party) == "won"]
        row["order"] = choose.choice([",", " > ", ";"]).join(["organization", *others])
    elif kind.order is not None:
        first, second = ORDERS[kind.order]
        if choose.random() < 0.5:
            row["order"] = f"{first}, {second.upper()}"
        else:
            row[f"{first}_won_at"] = "2026-11-23T10:00"
            row[f"{second}_won_at"] = "2026-11-23T10:30"
    if choose.random() < 0.3:
        row["date"] = choose.choice(["2026-11-23", "2026-11-30T09:00", "2026-W50-2"])
    return row


def _spelt(name: str, value: Any, choose: random.Random) -> str | None:
    words = OUTCOMES if name in PARTIES or name == "customer_believes_salesperson" else ANSWERS
    ways = [word for word, meant in words.items() if meant is value or meant == value]
    written: list[str | None] = [*ways, *map(str.upper, ways), *(f" {way} " for way in ways)]
    return choose.choice(written + ([None] * 12 if value is None else []))


def _timed(choose: random.Random) -> Iterator[Row]:
    for first, second in TIMES:
        won = {"salesperson": "won", "customer": "W", "organization": "win"}
        yield (
            dict.fromkeys(COLUMNS) | won | {"salesperson_won_at": first, "customer_won_at": second}
        )
        early = {"organization_won_at": choose.choice([first, second, "2026-11-23T09:00"])}
        yield dict.fromkeys(COLUMNS) | won | {"salesperson_won_at": first} | early


def expected(table: list[Row], folder: Path) -> dict[str, dict[str, Any]]:
    """Return the verdict columns of each row by its id, as the path of records gives them."""
    file = folder / "rows.jsonl"
    file.write_text("".join(f"{json.dumps(_record(row))}\n" for row in table), encoding="utf-8")
    judge = Judge()
    found: dict[str, dict[str, Any]] = {}
    for row, item in zip(table, read_all([str(file)]), strict=True):
        assert not isinstance(item, WinwinwinError)
        columns: dict[str, Any]
        if isinstance(item, Unjudged):
            messages = sorted(problem.message for problem in item.problems)
            columns = {"verdict": "invalid", "gap_seconds": None, "problem": messages}
        else:
            judgement = judge(item.interaction)
            columns = {**verdict_columns(judgement), "gap_seconds": seconds(judgement.gap)}
        found[str(row["id"])] = {
            name: columns.get(name) or None for name in VERDICT_COLUMNS if name != "gap_seconds"
        } | {"gap_seconds": columns["gap_seconds"]}
    return found


def as_csv(run: Run, records: object, path: Path) -> Path:
    """Write records as a table of what was recorded."""
    rows = list(csv.DictReader(io.StringIO(run("batch", records, "--format", "csv", "-q").out)))
    own = [name for name in rows[0] if name not in VERDICT_COLUMNS]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, own, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def _record(row: Row) -> dict[str, Any]:
    """Return a row as a record, without the times that nobody can read: a table leaves those out."""
    known = {name: value for name, value in row.items() if name not in MOMENTS or _is_time(value)}
    facts = {
        name: value for name, value in known.items() if name in FLAT_PATHS and value is not None
    }
    return {"id": row["id"], "date": known.get("date"), **nested(facts)}


def _is_time(written: str | None) -> bool:
    try:
        return read_moment(written) is not None
    except PydanticCustomError:
        return False

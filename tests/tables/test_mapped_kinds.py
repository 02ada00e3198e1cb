"""Every kind through every way in which a mapping can say it: the verdict columns of records."""

from collections import Counter
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from winwinwin import Judge
from winwinwin.facts import Facts, every_kind
from winwinwin.loading.addresses import address
from winwinwin.mapping.file import mapping_of
from winwinwin.mapping.records import read_record
from winwinwin.rows.records import verdict_columns
from winwinwin.tables import engines, judge_table

MAPPING = {
    "id": "nr",
    "date": {"column": "day", "format": ["%d.%m.%Y", "%a, %d.%m.%Y um %H:%M Uhr %z"]},
    "salesperson": {
        "won": {"when": [{"closed": "yes", "result": ["sold", "renewed"]}]},
        "lost": {"when": [{"closed": "yes", "result": "gone"}, {"dropped": "x"}]},
    },
    "customer": {
        "column": "choices",
        "split": ";",
        "won": [{"all of": ["fast", "kind"]}, "great"],
        "lost": ["slow"],
    },
    "organization": {
        "won": {"when": {"amount": {"more than": 0}}},
        "lost": {"when": {"amount": {"at most": 0}}},
    },
    "salesperson_feels_good": {"column": "mood", "true": {"at least": 7}, "false": {"at most": 4}},
    "salesperson_believes_lost_for_customer": {"column": "gave", "true": "ja", "false": "nein"},
    "customer_believes_salesperson": {"column": "who", "won": "they", "lost": "me"},
    "salesperson_won_at": {"column": "sold", "format": ["%d.%m.%Y %H:%M", "epoch seconds"]},
    "customer_won_at": {"column": "delivered", "format": "%m/%d/%Y %I:%M %p"},
    "organization_won_at": {"column": "paid"},
}
COLUMNS = (
    "nr", "day", "closed", "result", "dropped", "choices", "amount", "mood", "gave", "who",
    "sold", "delivered", "paid",
)  # fmt: skip
NINE, TEN, LATER = "23.11.2026 09:00", "11/23/2026 10:00 AM", "2026/11/23 11:00 AM"
"""Three moments in a row, as the systems of the three parties write them."""

OUTCOMES: dict[str, dict[Any, dict[str, str]]] = {
    "salesperson": {
        "won": {"closed": "Yes", "result": "renewed"},
        "lost": {"closed": "no", "dropped": "X"},
        None: {"closed": "no", "result": "sold"},
    },
    "customer": {"won": {"choices": "kind; fast"}, "lost": {"choices": "slow;kind"}, None: {"choices": "kind"}},
    "organization": {"won": {"amount": "1.200,50"}, "lost": {"amount": "-3,5"}, None: {"amount": "n/a"}},
    "salesperson_feels_good": {True: {"mood": "8,5"}, False: {"mood": "3 - low"}, None: {"mood": "5/10"}},
    "salesperson_believes_lost_for_customer": {True: {"gave": "Ja"}, False: {"gave": "nein"}, None: {"gave": ""}},
    "customer_believes_salesperson": {"won": {"who": "they"}, "lost": {"who": "me"}, None: {"who": "?"}},
}  # fmt: skip
ORDERS: dict[str | None, dict[str, str]] = {
    "kept": {"sold": NINE, "delivered": TEN},
    "customer_first": {"sold": "23.11.2026 10:30", "delivered": TEN},
    "organization_early": {"sold": NINE, "delivered": TEN, "paid": "2026-11-23 08:00"},
    None: {},
}


def row_of(number: int, kind: Facts) -> dict[str, str | None]:
    """Return a kind as a row of such a table; times of parties that did not win stand there too."""
    row: dict[str, str | None] = dict.fromkeys(COLUMNS) | {
        "nr": f"R{number}",
        "day": "So., 1.2.2026 um 14:05 Uhr MEZ",
    }
    for fact, value in kind._asdict().items():
        row |= ORDERS[value] if fact == "order" else OUTCOMES[fact][value]
    if kind.order == "organization_early" and kind.salesperson != "won":
        row["sold"] = LATER  # idle: the salesperson is not recorded as won
    if kind.order is None and kind.customer == "lost":
        row["delivered"] = TEN
    return row


KINDS = list(every_kind())
ROWS = [row_of(number, kind) for number, kind in enumerate(KINDS)]
TABLE = pa.Table.from_pylist(ROWS, schema=pa.schema([(name, pa.string()) for name in COLUMNS]))
MODES = pytest.mark.parametrize("assumptions", [True, False])


@cache
def wanted(assumptions: bool) -> dict[str, dict[str, Any]]:
    """Return the verdict columns of each row, read as a record."""
    mapping, judge, passed = mapping_of(MAPPING), Judge(assumptions=assumptions), Counter[Any]()
    found = {}
    for row, kind in zip(ROWS, KINDS, strict=True):
        interaction, problems = read_record(mapping, row, passed)
        assert interaction is not None, problems
        assert interaction.facts == kind, (row, interaction.facts)
        found[str(row["nr"])] = {
            name: text or None for name, text in verdict_columns(judge(interaction)).items()
        }
    return found


def check(judged: list[dict[str, Any]], assumptions: bool) -> None:
    right = wanted(assumptions)
    assert len(judged) == len(ROWS) > 900
    for row in judged:
        columns = right[row["nr"]]
        assert {name: row[name] for name in columns} == columns


@MODES
def test_in_memory(assumptions: bool) -> None:
    judged = judge_table(TABLE, MAPPING, assumptions=assumptions).to_pyarrow().to_pylist()
    assert [row["nr"] for row in judged] == [row["nr"] for row in ROWS]
    check(judged, assumptions)


@pytest.mark.xdist_group("postgres")
@MODES
def test_postgresql(postgres_url: str, assumptions: bool) -> None:
    engine = engines.connect(address(postgres_url))
    table = engine.create_table(f"mapped_{assumptions}".lower(), TABLE)
    judged = judge_table(table, MAPPING, assumptions=assumptions).to_pyarrow().to_pylist()
    engine.disconnect()
    assert {row["nr"] for row in judged} == {row["nr"] for row in ROWS}
    check(judged, assumptions)


@pytest.mark.xdist_group("spark")
def test_spark(spark_url: str, tmp_path: Any) -> None:
    import pyarrow.parquet as pq

    pq.write_table(TABLE, tmp_path / "rows.parquet")
    engine = engines.connect(address(spark_url))
    table = engine.create_table("mapped", engine.read_parquet(tmp_path / "rows.parquet"))
    check(judge_table(table, MAPPING).to_pyarrow().to_pylist(), assumptions=True)

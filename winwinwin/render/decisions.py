"""The decision table for people, and as flat rows for programs."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from winwinwin.analysis.table import COLUMNS, Decision, Row, compressed, decision, spread
from winwinwin.errors import count, missing
from winwinwin.facts import DOMAINS, word
from winwinwin.judgement import Judgement
from winwinwin.render.blocks import Block, Cell, Table, Text, Title, line
from winwinwin.render.page import Page
from winwinwin.render.records import VERDICT_COLUMNS, verdict_columns
from winwinwin.render.view import values_words, verdict_text
from winwinwin.rulebook import Stamp
from winwinwin.vocabulary import FACT

KEYS = tuple("order_status" if fact == "order" else fact for fact in DOMAINS)
"""The columns of a flat row that identify the kind."""

DECIDED = tuple(
    column for column in VERDICT_COLUMNS if column not in {"order_status", "gap_seconds", "problem"}
)
"""The columns of the judgement, as far as the kind decides it."""


def decisions_page(
    judged: Sequence[Judgement], stamp: Stamp, *, full: bool = False, dialect: str | None = None
) -> Page:
    """Show what the rules say about every kind: in few rows for a person, unless all are wanted.

    The dialect is that of SQL.
    """

    def statements() -> str:
        from winwinwin.render import sql

        return sql.statements(map(flat_row, judged), stamp, dialect or sql.DEFAULT)

    labels = list(map(decision, judged))
    rows = spread(labels) if full else compressed(labels)
    return Page(
        blocks=decisions_blocks(rows, len(judged), stamp),
        rows={
            "csv": lambda: flat_csv(judged),
            "json": lambda: flat_json(judged, stamp),
            "jsonl": lambda: flat_json_lines(judged),
            "parquet": lambda: flat_parquet(judged, stamp),
            "sql": statements,
        },
    )


def decisions_blocks(rows: Sequence[Row[Decision]], kinds: int, stamp: Stamp) -> list[Block]:
    return [
        Title(Text(f"{stamp.title}: what the rules say about every kind", "strong")),
        rows_table(rows, ("verdict", "organization", "rule"), [_cells(row.label) for row in rows]),
        line(f"{count(len(rows), 'row')} for {count(kinds, 'kind')}. {MARKS}"),
        line(stamp.fingerprint, label="fingerprint"),
    ]


MARKS = "'?' means not recorded, 'any' means any value. Where rows overlap, they agree."


def _cells(decision: Decision) -> tuple[Cell, ...]:
    organization = decision.organization
    return (
        verdict_text(decision.verdict),
        Text(organization or "?", organization or "open"),
        Text(decision.rule or "-"),
    )


def rows_table(
    rows: Sequence[Row[Any]], columns: tuple[str, ...], labels: Iterable[tuple[Cell, ...]]
) -> Table:
    """Put rows in a table: the facts that matter in any of them, the kinds, and the label's cells."""
    shown = [
        place
        for place, values in enumerate(COLUMNS)
        if any(row.values[place] != values for row in rows)
    ]
    facts = tuple(DOMAINS)
    heads = (*(FACT[facts[place]].head for place in shown), "kinds")
    body = tuple(
        (*(_values(row, place) for place in shown), Text(f"{row.kinds:,}"), *label)
        for row, label in zip(rows, labels, strict=True)
    )
    return Table((*heads, *columns), body, frozenset({len(shown)}), headings=len(columns))


def _values(row: Row[Any], place: int) -> Text:
    values = row.values[place]
    return Text("any", "muted") if values == COLUMNS[place] else Text(values_words(values))


def flat_row(judgement: Judgement) -> dict[str, str]:
    """Return a kind and its judgement by flat column; '' for None."""
    kind = dict(zip(KEYS, map(word, judgement.facts), strict=True))
    decided = verdict_columns(judgement)
    return kind | {column: decided[column] for column in DECIDED}


def flat_csv(table: Iterable[Judgement]) -> str:
    rows = list(map(flat_row, table))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def flat_json_lines(table: Iterable[Judgement]) -> str:
    return "".join(f"{json.dumps(_object(judgement))}\n" for judgement in table)


def flat_json(table: Iterable[Judgement], stamp: Stamp) -> str:
    """Return the rows in one object, with the stamp of the rulebook."""
    rows = ",\n".join(json.dumps(_object(judgement)) for judgement in table)
    return f'{{"rulebook": {json.dumps(stamp._asdict())}, "kinds": [\n{rows}\n]}}\n'


def flat_parquet(table: Iterable[Judgement], stamp: Stamp) -> bytes:
    """Return the rows as Parquet, with the stamp of the rulebook in the metadata of its schema.

    Raises MissingExtraError without pyarrow.
    """
    try:
        import pyarrow as pa  # 0.1 s
        import pyarrow.parquet as pq
    except ImportError as error:
        raise missing("tables", error) from None
    columns = [pa.field(name, pa.string()) for name in (*KEYS, *DECIDED)]
    schema = pa.schema(columns, metadata=stamp._asdict())
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(map(_object, table)), schema), buffer)
    return buffer.getvalue()


def _object(judgement: Judgement) -> dict[str, str | None]:
    return {column: cell or None for column, cell in flat_row(judgement).items()}

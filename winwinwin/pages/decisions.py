"""The decision table for people."""

from collections.abc import Iterable, Sequence
from typing import Any

from winwinwin.analysis.table import FACTS, Decision, Row, compressed, decision, spread
from winwinwin.errors import count
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.kinds import COLUMNS
from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.blocks import Block, Cell, Table, Text, Title, line
from winwinwin.pages.page import Page
from winwinwin.pages.words import values_words, verdict_text
from winwinwin.vocabulary import FACT


def decisions_page(judged: Sequence[Judgement], stamp: Stamp, *, full: bool = False) -> Page:
    """Show what the rules say about every kind: in few rows for a person, unless all are wanted."""
    labels = {judgement.facts: decision(judgement) for judgement in judged}
    rows = spread(labels) if full else compressed(labels)
    return Page(blocks=decisions_blocks(rows, len(judged), stamp))


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
        for place, values in enumerate(COLUMNS.values())
        if any(row.values[place] != values for row in rows)
    ]
    heads = (*(FACT[FACTS[place]].head for place in shown), "kinds")
    body = tuple(
        (*(_values(row, place) for place in shown), Text(f"{row.kinds:,}"), *label)
        for row, label in zip(rows, labels, strict=True)
    )
    return Table((*heads, *columns), body, frozenset({len(shown)}), headings=len(columns))


def _values(row: Row[Any], place: int) -> Text:
    values = row.values[place]
    is_any = values == COLUMNS[FACTS[place]]
    return Text("any", "muted") if is_any else Text(values_words(values))

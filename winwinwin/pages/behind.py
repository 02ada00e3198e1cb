"""The interactions behind a claim: which side each is on, and whether it is a hit."""

from collections.abc import Iterable
from typing import NamedTuple

from winwinwin.errors import SHOWN, shortened
from winwinwin.pages.blocks import Block, Table, Text, Title, line
from winwinwin.pages.page import Page
from winwinwin.record.interaction import Recorded
from winwinwin.record.order import day
from winwinwin.stats.bounds import Results
from winwinwin.stats.evidence.claims import Claim
from winwinwin.stats.evidence.sides import Unit

HEADS = ("id", "date", "employee", "side")
SAID: dict[frozenset[bool | None], bool | None] = {
    frozenset({True}): True,
    frozenset({False}): False,
}
ANSWERS = {True: "yes", False: "no", None: "open"}


class Row(NamedTuple):
    """One interaction behind a claim."""

    id: str
    date: str | None
    employee: str | None
    side: str
    """Who it is among: one side, the other, or what it may be."""
    hit: bool | None
    """None where that is not recorded, or depends on other interactions."""


def behind_page(claim: Claim, found: Iterable[tuple[Recorded, Unit | None]]) -> Page:
    """List the interactions that are on a side of a claim, or may be, with what they count as."""
    rows = [
        row
        for recorded, unit in found
        if unit is not None and (row := _row(claim, recorded, unit)) is not None
    ]
    return Page(
        title=claim.id,
        blocks=_blocks(claim, rows),
        data=lambda: [row._asdict() for row in rows],
    )


def _row(claim: Claim, recorded: Recorded, unit: Unit) -> Row | None:
    one = _membership(unit.one, claim.one.words)
    other = _membership(unit.other, claim.other.words) if claim.other else ""
    if not one and not other:
        return None
    about = recorded.about
    its_day = None if about.date is None else day(about.date).isoformat()
    side = " or ".join(filter(None, (one, other)))
    hit = SAID.get(frozenset({*unit.one, *unit.other} - {None}))
    return Row(recorded.name, its_day, about.employee, side, hit)


def _membership(results: Results, words: str) -> str:
    """Say that an interaction is on a side, or may be; '' where it is not."""
    if set(results) == {None}:
        return ""
    return f"maybe {words}" if None in results else words


def _blocks(claim: Claim, rows: list[Row]) -> list[Block]:
    cells = tuple(
        (
            Text(shortened(row.id, SHOWN)),
            Text(row.date or "-"),
            Text(shortened(row.employee or "-", SHOWN)),
            Text(row.side),
            Text(ANSWERS[row.hit], "open" if row.hit is None else "plain"),
        )
        for row in rows
    )
    table = [Table((*HEADS, claim.hit), cells)] if cells else [line("None is on either side.")]
    return [Title(Text(claim.id, "strong")), line(claim.says), *table]

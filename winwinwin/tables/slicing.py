"""What a report shows of a table: a tally for each of its biggest groups, counted by its engine.

Whatever the number of rows and groups, only counts leave the engine: by kind and by the groups that
are kept apart, `MOST_GROUPS` of a dimension with all others as one, and by the periods of the trend.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from winwinwin.stats.dimensions import DATE_PARTS, date_part
from winwinwin.stats.slices import MOST_GROUPS, PERIODS, Kept, Slices, finest
from winwinwin.stats.tally import Gaps
from winwinwin.tables.counting import gaps_by, tally_of
from winwinwin.tables.judged import JudgedTable
from winwinwin.tables.kinds import COUNT, KEY, Kinds, counts_by, day_number, key_of
from winwinwin.tables.moments import month_number
from winwinwin.tables.steps import HELPER, fetched, settled, viewed
from winwinwin.tables.verdicts import LookUp, with_verdicts

DATED = f"{HELPER}dated"
"""The helper column for the number of a day."""
UNDATED = -1
"""Stands for no date where days, weeks and months are numbered."""


class Calendar(NamedTuple):
    """How a period is numbered."""

    number: Callable[[ir.Value], ir.Value]
    """Returns the number of the period that a day is in; days count as Python's date.toordinal does."""
    start: Callable[[int], date]
    """Returns the first day of a number."""


CALENDARS = {
    "day": Calendar(lambda day: day, date.fromordinal),
    "week": Calendar(lambda day: (day - 1) // 7, lambda week: date.fromordinal(7 * week + 1)),
    "month": Calendar(month_number, lambda month: date(month // 12, month % 12 + 1, 1)),
}
"""By period. A week begins on Monday, as the first of all days was."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Something that rows are grouped by."""

    name: str
    value: Callable[[ir.Table], ir.Value]
    """Returns a text, '' for none, or the number of a period."""
    named: Callable[[Any], str | None]
    """Names such a value as a tally does."""
    raw: str
    """The helper column for the value."""
    is_period: bool

    @property
    def code(self) -> str:
        """The helper column for the value's place among those with a group of their own."""
        return f"{self.raw}_code"


class Coded(NamedTuple):
    """An axis, and those of its values that have a group of their own."""

    axis: Axis
    raws: Sequence[Any]
    kept: Kept
    """The same values as a tally names them."""

    def place(self, table: ir.Table) -> ir.Value:
        places = [(table[self.axis.raw] == raw, place) for place, raw in enumerate(self.raws)]
        return ibis.cases(*places, else_=len(self.raws)).cast("int64")


def slices_of(
    judged: JudgedTable, shown: Sequence[str], spread: Gaps | None, look_up: LookUp
) -> Slices:
    """Count a table as a whole, and by each of the dimensions that are shown.

    It must have been judged by these, and by a part of the date for there to be a trend. The
    spread is that of all its gaps.
    """
    kinds = judged.kinds
    axes = list(_axes(judged, shown))
    periods = [*(axis for axis in axes if axis.is_period), *_other_periods(judged, axes)]
    rows = _rows(judged, [*axes, *periods])
    trend = finest(_sizes(rows, periods)) if periods else ""
    counted = [*axes, *(axis for axis in periods if axis.name == trend and axis not in axes)]
    coded = [_coded(rows, axis, None if axis.name == trend else MOST_GROUPS) for axis in counted]
    placed = rows.mutate(**{each.axis.code: each.place(rows) for each in coded}).cache()
    whole = tally_of(kinds, judged.judge, ())
    whole.spread = spread
    found = Slices(
        tuple(axis.name for axis in axes), whole, {axis.name: {} for axis in axes}, trend
    )
    _count(found, kinds, placed, coded)
    _count_others(found, placed, coded)
    _measure(found, judged, coded[: len(axes)], look_up)
    return found


def _axes(judged: JudgedTable, shown: Sequence[str]) -> Iterator[Axis]:
    for each in judged.by:
        if each.name in shown and each.part:
            yield _period(each.name)
        elif each.name in shown:
            yield _column(each.name, each.column)


def _column(name: str, column: str) -> Axis:
    return Axis(
        name,
        lambda table: table[column].fill_null(""),
        lambda text: text or None,
        f"{column}_raw",
        is_period=False,
    )


def _other_periods(judged: JudgedTable, axes: Sequence[Axis]) -> list[Axis]:
    """Return the periods that are none of the axes, nor called like one."""
    if not any(each.part for each in judged.by):
        return []
    taken = {axis.name for axis in axes}
    return [_period(name) for name in PERIODS if name not in taken]


def _period(name: str) -> Axis:
    calendar = CALENDARS[name]

    def named(number: int) -> str | None:
        return None if number == UNDATED else date_part(calendar.start(number), DATE_PARTS[name])

    return Axis(
        name,
        lambda table: calendar.number(table[DATED]).fill_null(UNDATED),
        named,
        f"{HELPER}{name}_number",
        is_period=True,
    )


def _with_values(table: ir.Table, judged: JudgedTable, axes: Iterable[Axis]) -> ir.Table:
    """Add the value of each axis to a table with tokens and the columns beside them."""
    chosen = dict.fromkeys(axes)
    if any(axis.is_period for axis in chosen):
        column = next(each.column for each in judged.by if each.part)
        table = settled(table.mutate(**{DATED: day_number(table, column, judged.kinds.alphabets)}))
    return settled(table.mutate(**{axis.raw: axis.value(table) for axis in chosen}))


def _rows(judged: JudgedTable, axes: Iterable[Axis]) -> ir.Table:
    """Return what is counted of the rows that could be read: key, number and the axes' values."""
    kinds = judged.kinds
    valued = _with_values(kinds.grouped, judged, axes)
    keyed = settled(valued.mutate(**{KEY: key_of(valued, kinds.alphabets)}))
    broken = [key for key, found in kinds.combinations.items() if found.judgement is None]
    known = keyed.filter(keyed[KEY].notin(broken)) if broken else keyed
    return known.select(KEY, COUNT, *dict.fromkeys(axis.raw for axis in axes)).cache()


def _sizes(rows: ir.Table, axes: Sequence[Axis]) -> dict[str, int]:
    """Count the values of each axis."""
    found = rows.agg(**{axis.raw: rows[axis.raw].nunique() for axis in axes})
    [sizes] = fetched(found)
    return {axis.name: sizes[axis.raw] for axis in axes}


def _coded(rows: ir.Table, axis: Axis, most: int | None) -> Coded:
    """Give the biggest values a group each, as many as allowed."""
    number = rows[COUNT].sum().cast("int64")
    sized = rows.group_by(axis.raw).agg(number=number)
    biggest = sized.order_by([ibis.desc("number"), axis.raw]).limit(most)
    raws = [row[axis.raw] for row in fetched(biggest)]
    others = _sizes(rows, [axis])[axis.name] - len(raws)
    return Coded(axis, raws, Kept(axis.name, [*map(axis.named, raws)], others))


def _count(slices: Slices, kinds: Kinds, placed: ir.Table, coded: Sequence[Coded]) -> None:
    """Fill the groups of the whole and of each part."""
    for axis, _, kept in coded:
        for key, place, number in _counts(placed, [axis]):
            kind = kinds.facts(key)
            kept.group(slices.whole, place).kinds[kind] += number
            if part := slices.part(kept, place):
                part.all.kinds[kind] += number
                kept.group(part, place).kinds[kind] += number
    for one, other in permutations(coded, 2):
        if one.axis.name in slices.parts:
            for key, place, its, number in _counts(placed, [one.axis, other.axis]):
                if part := slices.part(one.kept, place):
                    other.kept.group(part, its).kinds[kinds.facts(key)] += number


def _counts(placed: ir.Table, axes: Sequence[Axis]) -> list[tuple[Any, ...]]:
    """Return key, places and number of rows; in order, for an engine has none of its own."""
    return sorted(counts_by(placed, [axis.code for axis in axes]))


def _count_others(slices: Slices, placed: ir.Table, coded: Sequence[Coded]) -> None:
    """Count the values that the others of each part have."""
    for one, other in permutations(coded, 2):
        if one.axis.name in slices.parts and other.kept.others:
            rest = placed.filter(placed[other.axis.code] == len(other.raws))
            found = rest.group_by(one.axis.code).agg(values=rest[other.axis.raw].nunique())
            for row in fetched(found):
                if part := slices.part(one.kept, row[one.axis.code]):
                    part.rest[other.axis.name] = part.rest[other.axis.name]._replace(
                        values=row["values"]
                    )


def _measure(slices: Slices, judged: JudgedTable, coded: Sequence[Coded], look_up: LookUp) -> None:
    """Measure the gaps of each part."""
    if slices.whole.gaps is None:
        return
    tokens = judged.tokens.mutate(**judged.beside)
    tokens = _with_values(tokens, judged, [each.axis for each in coded])
    tokens = settled(tokens.mutate(**{each.axis.code: each.place(tokens) for each in coded}))
    codes = [each.axis.code for each in coded]
    rows = viewed(with_verdicts(tokens, codes, judged.kinds, "", look_up))
    for one in coded:
        for place, gaps in gaps_by(rows, one.axis.code):
            if part := slices.part(one.kept, place):
                part.spread = gaps

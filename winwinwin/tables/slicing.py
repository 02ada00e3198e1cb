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
from winwinwin.stats.groups import Group
from winwinwin.stats.slices import MOST_GROUPS, PERIODS, Slices, finest
from winwinwin.stats.tally import Gaps, Rest, Tally
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


class Kept(NamedTuple):
    """An axis and those of its values that have a group of their own; the next place is that of all others."""

    axis: Axis
    raws: Sequence[Any]
    others: int
    """How many values share the last group."""

    def place(self, table: ir.Table) -> ir.Value:
        places = [(table[self.axis.raw] == raw, place) for place, raw in enumerate(self.raws)]
        return ibis.cases(*places, else_=len(self.raws)).cast("int64")

    def value(self, place: int) -> str | None:
        return self.axis.named(self.raws[place])

    def group(self, tally: Tally, place: int) -> Group:
        """Return the group of a tally for a place, creating it if necessary."""
        name, judge = self.axis.name, tally.all.judge
        if place < len(self.raws):
            return tally.groups.setdefault(name, {}).setdefault(self.value(place), Group(judge))
        return tally.rest.setdefault(name, Rest(self.others, Group(judge))).group


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
    kept = [_kept(rows, axis, None if axis.name == trend else MOST_GROUPS) for axis in counted]
    coded = rows.mutate(**{each.axis.code: each.place(rows) for each in kept}).cache()
    whole = tally_of(kinds, judged.judge, ())
    whole.spread = spread
    found = Slices(
        tuple(axis.name for axis in axes), whole, {axis.name: {} for axis in axes}, trend
    )
    _count(found, kinds, coded, kept)
    _count_others(found, coded, kept)
    _measure(found, judged, kept[: len(axes)], look_up)
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


def _kept(rows: ir.Table, axis: Axis, most: int | None) -> Kept:
    """Give the biggest values a group each, as many as allowed."""
    number = rows[COUNT].sum().cast("int64")
    sized = rows.group_by(axis.raw).agg(number=number)
    biggest = sized.order_by([ibis.desc("number"), axis.raw]).limit(most)
    raws = [row[axis.raw] for row in fetched(biggest)]
    return Kept(axis, raws, _sizes(rows, [axis])[axis.name] - len(raws))


def _part(slices: Slices, one: Kept, place: int) -> Tally | None:
    """Return the tally of one group; None of the others, or where there is none for the axis."""
    parts = slices.parts.get(one.axis.name)
    if parts is None or place == len(one.raws):
        return None
    return parts.setdefault(one.value(place), Tally(slices.whole.all.judge))


def _count(slices: Slices, kinds: Kinds, coded: ir.Table, kept: Sequence[Kept]) -> None:
    """Fill the groups of the whole and of each part."""
    for one in kept:
        for key, place, number in _counts(coded, [one]):
            kind = kinds.facts(key)
            one.group(slices.whole, place).kinds[kind] += number
            if part := _part(slices, one, place):
                part.all.kinds[kind] += number
                one.group(part, place).kinds[kind] += number
    for one, other in permutations(kept, 2):
        if one.axis.name in slices.parts:
            for key, place, its, number in _counts(coded, [one, other]):
                if part := _part(slices, one, place):
                    other.group(part, its).kinds[kinds.facts(key)] += number


def _counts(coded: ir.Table, kept: Sequence[Kept]) -> list[tuple[Any, ...]]:
    """Return key, places and number of rows; in order, for an engine has none of its own."""
    return sorted(counts_by(coded, [each.axis.code for each in kept]))


def _count_others(slices: Slices, coded: ir.Table, kept: Sequence[Kept]) -> None:
    """Count the values that the others of each part have."""
    for one, other in permutations(kept, 2):
        if one.axis.name in slices.parts and other.others:
            rest = coded.filter(coded[other.axis.code] == len(other.raws))
            found = rest.group_by(one.axis.code).agg(values=rest[other.axis.raw].nunique())
            for row in fetched(found):
                if part := _part(slices, one, row[one.axis.code]):
                    part.rest[other.axis.name] = part.rest[other.axis.name]._replace(
                        values=row["values"]
                    )


def _measure(slices: Slices, judged: JudgedTable, kept: Sequence[Kept], look_up: LookUp) -> None:
    """Measure the gaps of each part."""
    if slices.whole.gaps is None:
        return
    tokens = judged.tokens.mutate(**judged.beside)
    tokens = _with_values(tokens, judged, [each.axis for each in kept])
    tokens = settled(tokens.mutate(**{each.axis.code: each.place(tokens) for each in kept}))
    codes = [each.axis.code for each in kept]
    rows = viewed(with_verdicts(tokens, codes, judged.kinds, "", look_up))
    for one in kept:
        for place, gaps in gaps_by(rows, one.axis.code):
            if part := _part(slices, one, place):
                part.spread = gaps

"""Which rows have which dates: as the engine read them, and the few texts that Python read."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Map
from datetime import date
from functools import reduce
from operator import or_
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from winwinwin.errors import UnreadableError
from winwinwin.mapping.fields import read_field
from winwinwin.mapping.model import Mapping
from winwinwin.record.order import day as day_of
from winwinwin.stats.periods import Period
from winwinwin.tables.alphabets import MOST_TEXTS, too_many_texts
from winwinwin.tables.counting import MOST_GROUPS
from winwinwin.tables.moments import UNREADABLE
from winwinwin.tables.steps import fetched
from winwinwin.tables.tokens import DAY, token
from winwinwin.tables.traits import traits_of


class Dates(NamedTuple):
    """What the texts of a column of dates are that its engine did not read."""

    days: Map[str, date]
    """The day of each text that Python read."""
    broken: Sequence[str]
    """Texts that nobody can read, where the mapping refuses these."""

    def within(self, table: ir.Table, periods: Sequence[Period]) -> ir.BooleanValue:
        """Tell which rows have a date in one of some periods."""
        ends = [(each.first.toordinal(), each.last.toordinal()) for each in periods]
        if not ends:
            return ibis.literal(value=False)
        by_engine = reduce(or_, (table[DAY].between(*each) for each in ends)).fill_null(False)
        return by_engine | self._by_python(
            table, lambda day: any(first <= day <= last for first, last in periods)
        )

    def missing(self, table: ir.Table) -> ir.BooleanValue:
        """Tell which rows have none."""
        read = self._by_python(table, lambda _: True)
        return table[DAY].isnull() & ~read & ~self.unread(table)

    def unread(self, table: ir.Table) -> ir.BooleanValue:
        """Tell which rows are invalid for their date, so that it may be any."""
        return among(table[token("date")], self.broken)

    def all(self, table: ir.Table) -> set[date]:
        """Return the days that occur, as many as groups may have."""
        days = fetched(table.select(DAY).distinct().limit(MOST_GROUPS))
        numbers = [row[DAY] for row in days]
        return {*(date.fromordinal(each) for each in numbers if each), *self.days.values()}

    def ends(self, table: ir.Table) -> tuple[date, date] | None:
        """Return the first and the last day that occur; None for none."""
        [found] = fetched(
            table.agg(first=table[DAY].min().cast("int64"), last=table[DAY].max().cast("int64"))
        )
        by_engine = [date.fromordinal(each) for each in found.values() if each is not None]
        column = token("date")
        texts = {row[column] for row in fetched(table.select(column).distinct())}
        days = [*by_engine, *(day for text, day in self.days.items() if text in texts)]
        return (min(days), max(days)) if days else None

    def _by_python(self, table: ir.Table, fits: Callable[[date], bool]) -> ir.BooleanValue:
        return among(table[token("date")], [text for text, day in self.days.items() if fits(day)])


def dates_of(mapping: Mapping, texts: Iterable[str]) -> Dates:
    """Read the distinct texts that an engine left of a column of dates.

    Raises UnreadableError for too many.
    """
    known = sorted(text for text in texts if text != UNREADABLE)
    if len(known) > MOST_TEXTS:
        raise UnreadableError(too_many_texts("date", mapping, known))
    readings = {text: read_field("date", mapping.about["date"], text) for text in known}
    days = {
        text: day_of(reading.value)
        for text, reading in readings.items()
        if isinstance(reading.value, date)
    }
    return Dates(days, [text for text, reading in readings.items() if reading.problems])


def among(column: ir.Value, values: Sequence[str]) -> ir.BooleanValue:
    """Tell which rows have one of some texts. Where rows have an order it stays: `isin` becomes a join."""
    if not values:
        return ibis.literal(value=False)
    if traits_of(column).has_order:
        found = ibis.literal(list(values), "array<string>").contains(column)
    else:
        found = column.isin(values)
    return found.fill_null(False)

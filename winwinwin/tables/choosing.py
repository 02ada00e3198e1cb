"""The rows of a table that are looked at: chosen by its engine, as a selection chooses records."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from operator import and_, or_
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UsageError
from winwinwin.mapping.model import Mapping
from winwinwin.mapping.passed import Passed
from winwinwin.stats.dimensions import date_part
from winwinwin.stats.periods import Period, period_of
from winwinwin.stats.selecting import Selection
from winwinwin.tables.alphabets import read_alphabets
from winwinwin.tables.counting import MOST_GROUPS, Dimension, dimensions
from winwinwin.tables.dates import Dates, dates_of
from winwinwin.tables.marks import MARK
from winwinwin.tables.steps import HELPER, fetched, settled, viewed
from winwinwin.tables.texts import as_text
from winwinwin.tables.tokens import token
from winwinwin.tables.traits import traits_of
from winwinwin.tables.unread import unread_shown

KEPT, UNDATED, NUMBER = f"{HELPER}kept", f"{HELPER}undated", f"{HELPER}number"
"""Whether a row is looked at, whether it isn't only for want of a date, and its number from 1."""


class Unmet(NamedTuple):
    """A value of a dimension that no row has."""

    dimension: str
    value: str | None
    known: Sequence[str]
    """Values that rows have."""


class Chosen(NamedTuple):
    """What came of choosing rows."""

    read: int
    kept: int
    undated: int
    """Rows that are left out only because they have no date that could be read."""
    dates: tuple[date, date] | None
    """The first and the last day of all that would be looked at whatever their date."""
    passed: Passed
    """Their dates that nobody could read."""
    unmet: Sequence[Unmet]
    columns: dict[str, str]
    """The column of each dimension that was asked for."""


class _Choice(NamedTuple):
    """A dimension, and its values that are wanted."""

    dimension: Dimension
    column: str
    values: Sequence[str | None]
    dates: Dates | None

    def has(self, table: ir.Table, value: str | None) -> ir.BooleanValue:
        """Tell which rows have a value."""
        part = self.dimension.part
        if part and self.dates:
            if value is None:
                return self.dates.missing(table)
            period = period_of(self.dimension.name, value)
            return self.dates.within(table, [period] if period else [])
        text = as_text(table[self.column])
        if value is None:
            return text.isnull() | (text == "").fill_null(False)
        return (text == value).fill_null(False)

    def keeps(self, table: ir.Table) -> ir.BooleanValue:
        """Tell which rows have one of the values, or may have: their date cannot be read."""
        found = reduce(or_, (self.has(table, value) for value in self.values))
        return found | self.dates.unread(table) if self.dates else found

    def known(self, table: ir.Table) -> list[str]:
        """Return values that rows have."""
        if self.dimension.part and self.dates:
            return sorted({date_part(day, self.dimension.part) for day in self.dates.all(table)})
        found = table.select(text=as_text(table[self.column])).distinct().limit(MOST_GROUPS)
        return sorted(row["text"] for row in fetched(found) if row["text"])


def chosen_rows(
    table: ir.Table, own: Sequence[str], mapping: Mapping, texts: Iterable[str], wanted: Selection
) -> tuple[ir.Table, Chosen]:
    """Return the rows of a table with tokens that are looked at, and what came of it.

    Takes its own columns and the distinct texts of its dates that the engine did not read. A row
    that is invalid for its date, or as a whole, may be any, and is kept. Raises UsageError for what
    is no dimension, and where there are no dates to choose by.
    """
    dates = dates_of(mapping, texts) if "date" in mapping.about else None
    if wanted.is_dated and dates is None:
        hint = "Map it: date: COLUMN."
        raise UsageError(Problem("--since, --until, --last: no column holds the date", hint=hint))
    found = dimensions([*wanted.only], own, mapping, "--only")
    choices = [
        _Choice(*each, values, dates if each[0].part else None)
        for each, values in zip(found, wanted.only.values(), strict=True)
    ]
    if traits_of(table).has_order:
        table = table.mutate(**{NUMBER: ibis.row_number() + 1})
    coded = viewed(settled(table.mutate(**_codes(table, choices, dates, wanted))))
    counts = _counts(coded, choices)
    columns = {choice.dimension.name: choice.column for choice in choices}
    read, kept, undated = (counts[name] for name in ("read", KEPT, UNDATED))
    unmet = list(_unmet(coded, choices, counts))
    days = None if kept or not wanted.is_dated else _days(coded, choices, dates)
    passed = _unread_dates(coded, mapping) if undated else Counter()
    return _kept(coded), Chosen(read, kept, undated, days, passed, unmet, columns)


def _days(
    coded: ir.Table, choices: Sequence[_Choice], dates: Dates | None
) -> tuple[date, date] | None:
    """Return the first and the last day of the rows that are looked at whatever their date."""
    fits = reduce(and_, (each.keeps(coded) for each in choices), ibis.literal(value=True))
    return dates.ends(coded.filter(fits)) if dates else None


def _unread_dates(coded: ir.Table, mapping: Mapping) -> Passed:
    """Count the dates that nobody could read of the rows that are left out for it."""
    left = coded.filter(coded[UNDATED] == 1)
    column = token("date")
    counted = left.group_by(column).agg(rows=left.count().cast("int64"))
    texts = {row[column]: row["rows"] for row in fetched(counted)}
    _, passed = read_alphabets({"date": Counter({t: n for t, n in texts.items() if t})}, mapping)
    return passed + unread_shown(left, mapping, {"date": column})


def _codes(
    table: ir.Table, choices: Sequence[_Choice], dates: Dates | None, wanted: Selection
) -> dict[str, ir.Value]:
    """Return what tells which rows are looked at, as numbers: an engine can add them up."""
    fits = reduce(and_, (each.keeps(table) for each in choices), ibis.literal(value=True))
    no_date = in_time = ibis.literal(value=False)
    if dates and wanted.is_dated:
        period = Period(wanted.since or date.min, wanted.until or date.max)
        in_time = dates.within(table, [period]) | dates.unread(table)
        no_date = dates.missing(table)
    else:
        in_time = ibis.literal(value=True)
    kept, undated = fits & in_time, fits & no_date
    if MARK in table.columns:  # nothing of such a row is read
        kept, undated = kept | table[MARK].notnull(), undated & table[MARK].isnull()
    return {KEPT: kept.ifelse(1, 0), UNDATED: undated.ifelse(1, 0)}


def _counts(coded: ir.Table, choices: Sequence[_Choice]) -> dict[str, int]:
    """Count the rows, those that are looked at, and those with each value that was asked for."""
    sums: dict[str, ir.IntegerScalar] = {name: coded[name].sum() for name in (KEPT, UNDATED)}
    for place, choice in enumerate(choices):
        for number, value in enumerate(choice.values):
            sums[_name(place, number)] = coded.count(where=choice.has(coded, value))
    aggregated = {name: each.cast("int64").fill_null(0) for name, each in sums.items()}
    [found] = fetched(coded.agg(read=coded.count().cast("int64"), **aggregated))
    return dict(found)


def _name(place: int, number: int) -> str:
    return f"{HELPER}has_{place}_{number}"


def _unmet(coded: ir.Table, choices: Sequence[_Choice], counts: dict[str, int]) -> Iterator[Unmet]:
    for place, choice in enumerate(choices):
        missing = [
            value for number, value in enumerate(choice.values) if not counts[_name(place, number)]
        ]
        known = choice.known(coded) if missing else []
        yield from (Unmet(choice.dimension.name, value, known) for value in missing)


def _kept(coded: ir.Table) -> ir.Table:
    return settled(coded.filter(coded[KEPT] == 1))

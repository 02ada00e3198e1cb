"""The few texts of a row that decide how it is read: its tokens.

Rows with the same tokens are read alike (but for how long the gap is), so that it is enough to read
each combination of tokens once, in Python, by the one reader of each field.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from winwinwin.facts import DOMAINS
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.mapping.numbers import POINT, Decimal, pattern
from winwinwin.mapping.values import NUMBER, Range, pieces
from winwinwin.record.moments import HARD_SPACES
from winwinwin.tables.marks import MARK
from winwinwin.tables.moments import DAY_NUMBER, ODD, UNREADABLE, part, with_moments
from winwinwin.tables.steps import HELPER, settled
from winwinwin.tables.texts import as_text, holds_number
from winwinwin.tables.times import MOMENTS, gap, shape

SHAPE = "shape"
"""The token of the times that the engine read."""

GAP = f"{HELPER}gap"
DAY = f"{HELPER}day"
"""The day of the date, as Python's date.toordinal counts, where the engine read it."""


def token(name: str) -> str:
    """Return the column of the token of a field."""
    return f"{HELPER}token_{name}"


def condition(name: str, place: int) -> str:
    """Return the name of the token of a column that the cases of a field look at."""
    return f"{name}_when_{place}"


def conditions(mapping: Mapping) -> dict[str, tuple[str, str]]:
    """Return the tokens of the columns that cases look at, each with its field and column."""
    return {
        condition(name, place): (name, column)
        for name, source in mapping.facts.items()
        for place, column in enumerate(source.conditions)
    }


def token_names(mapping: Mapping) -> list[str]:
    """Return which tokens a mapping makes: of each fact and the date, and the shape of the times.

    There is always one, so that rows can be counted by it.
    """
    own = [name for name, source in mapping.facts.items() if source.column]
    times = [SHAPE] if any(name in MOMENTS for name in mapping.facts) else []
    date = ["date"] if "date" in mapping.about else []
    marks = [MARK] if MARK in mapping.about else []
    return [*own, *conditions(mapping), *date, *times, *marks] or [SHAPE]


def with_tokens(table: ir.Table, mapping: Mapping) -> ir.Table:
    """Add the tokens of each row, its gap in seconds and the day of its date, where it has them."""
    facts = {name: of for name, of in mapping.facts.items() if name in DOMAINS and of.column}
    moments = {name: source for name, source in mapping.facts.items() if name in MOMENTS}
    date = {"date": mapping.about["date"]} if "date" in mapping.about else {}
    own = table.columns
    timed = moments | date
    table = with_moments(table, timed)
    added: dict[str, ir.Value] = {token(name): _text(table, of) for name, of in facts.items()}
    added |= {
        token(name): _condition(table, mapping.facts[field], column)
        for name, (field, column) in conditions(mapping).items()
    }
    added |= {token(name): table[part(name, ODD)] for name in date}
    if date:
        added[DAY] = table[part("date", DAY_NUMBER)]
    if moments:
        odd = {name: table[part(name, ODD)] for name in moments}
        is_odd = reduce(or_, (text.fill_null(UNREADABLE) != UNREADABLE for text in odd.values()))
        added[token(SHAPE)] = ibis.ifelse(is_odd, 0, shape(table, moments))
        added |= {
            token(name): ibis.ifelse(is_odd, as_text(table[source.column]), odd[name])
            for name, source in moments.items()
        }
    if {"salesperson_won_at", "customer_won_at"} <= moments.keys():
        added[GAP] = gap(table)
    if MARK in mapping.about:  # what else is in such a row is not read
        is_read = table[MARK].isnull()
        added = {name: ibis.ifelse(is_read, each, ibis.null()) for name, each in added.items()}
        added[token(MARK)] = table[MARK]
    if not added:
        added[token(SHAPE)] = ibis.literal(0)
    kept = {name: table[name] for name in own}
    return settled(table.select(**kept, **added)) if timed else table.select(**kept, **added)


def _text(table: ir.Table, source: FieldSource) -> ir.StringValue:
    column = table[source.column]
    if not source.is_cut:
        return as_text(column)
    ranges = [numbers for numbers, _ in source.ranges]
    return _cut(column, ranges, source.words, source.decimals.get(source.column))


def _condition(table: ir.Table, source: FieldSource, column: str) -> ir.StringValue:
    ranges = source.ranges_of(column)
    if not ranges:
        return as_text(table[column])
    return _cut(table[column], ranges, source.words_of(column), source.decimals.get(column))


def _cut(
    column: ir.Value, ranges: Sequence[Range], words: Iterable[str], decimal: Decimal | None
) -> ir.StringValue:
    """Write one number for all numbers that are in the same ranges, but for those that are words."""
    if column.type().is_numeric():
        number = column.cast("float64")
        is_number = holds_number(column)
    else:
        digits = _digits(column.cast("string").strip(), words, decimal)
        is_number = digits.re_search(NUMBER).fill_null(False)
        number = ibis.ifelse(is_number, digits, "0").cast("float64")
    cut = [(is_number & _within(number, each), text) for each, text in pieces(ranges)]
    return ibis.cases(*cut, else_=as_text(column))


def _digits(text: ir.StringValue, words: Iterable[str], decimal: Decimal | None) -> ir.StringValue:
    """Write a number as programs do, where it is known what stands before its decimals."""
    if decimal is None:
        return text
    looks = pattern(decimal)
    spaced = reduce(lambda found, space: found.replace(space, " "), HARD_SPACES, text)
    is_number = spaced.re_search(looks) & ~spaced.lower().isin([*words])
    found = spaced.re_extract(looks, 1).replace(" ", "").replace("'", "")
    digits = (
        found.replace(",", "") if decimal == POINT else found.replace(".", "").replace(",", ".")
    )
    return ibis.cases((is_number, digits), else_=text if decimal == POINT else "")


def _within(number: ir.Value, numbers: Range) -> ir.BooleanValue:
    above = number >= numbers.low if numbers.low_counts else number > numbers.low
    below = number <= numbers.high if numbers.high_counts else number < numbers.high
    return above & below

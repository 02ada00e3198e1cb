"""The formats of dates: known from the values, or asked for where nothing tells day from month."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Map
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from pydantic_core import PydanticCustomError

from winwinwin.errors import quoted
from winwinwin.mapping.dates import EPOCHS, form_of
from winwinwin.mapping.drafting.columns import EMPTY, Column
from winwinwin.record.moments import CLOCK, DIRECTIVE, DIRECTIVES, WEEKDAY, even, moment_in
from winwinwin.record.spelling import bare, read_moment

NUMBERS = r"(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?P=sign)(?P<third>\d{4}|\d{2})"
NUMERIC = re.compile(
    DIRECTIVE.sub(
        lambda found: f"(?P<{found[1]}>{DIRECTIVES[found[1]].pattern})",
        f"{WEEKDAY}{NUMBERS}{CLOCK}",
    )
)
"""Dates of numbers that may need a format; the parts around them are called like their directives."""
ORDERS = {"dmy": "the day first", "mdy": "the month first", "ymd": "the year first"}
"""The orders of day, month and year, in words."""
DOTTED = ("dmy",)
"""Nobody writes the month first with dots."""
YEARS = range(20, 32)
"""Two digits that are a year of these days, and may be a day."""
NONE: Map[str, str] = MappingProxyType({})
ENOUGH = 0.5
"""The share of the distinct values that must be dates for the column to hold dates."""


class Dates(NamedTuple):
    """How the dates of a column are written."""

    formats: list[str]
    """Those that have to be named; [] where none has to be."""
    candidates: list[list[str]]
    """The lists of formats between which nothing tells."""
    values: Sequence[str]
    contrary: Map[str, str] = NONE
    """What tells one thing of some values and another of others: a value by the order that it has."""

    @property
    def doubt(self) -> str:
        """What leaves open how the dates are written, in words."""
        if not self.contrary:
            return "nothing tells whether the day or the month comes first"
        found = (f"{quoted(value)} has {ORDERS[order]}" for order, value in self.contrary.items())
        return f"{' and '.join(found)}, and others may be read in both ways"

    def left_out(self, formats: Iterable[str]) -> list[str]:
        """Return the values that some formats don't read, nor what needs no format."""
        forms = [*map(form_of, formats)]
        return [each for each in self.values if not (is_plain(each) or moment_in(each, forms))]


def dates_of(column: Column) -> Dates | None:
    """Return how the dates of a column are written; None where it holds none."""
    values = [value.strip() for value in column.values if bare(value) not in EMPTY]
    if not values:
        return None
    dates = dates_in(values)
    every = chain(dates.formats, *dates.candidates)
    return dates if len(dates.left_out(every)) <= ENOUGH * len(values) else None


def dates_in(values: Sequence[str]) -> Dates:
    """Return how those of some values are written that are dates.

    Values with the same sign between their numbers are in one order, if there is one that reads
    them all.
    """
    by_sign: dict[str, dict[str, dict[str, str]]] = {}
    for value in values:
        sign, ways = _ways(value)
        if ways:
            by_sign.setdefault(sign, {})[value] = ways
    known: dict[str, None] = {}
    asked: dict[str, dict[str, None]] = {}
    contrary: dict[str, str] = {}
    for group in by_sign.values():
        every = dict.fromkeys(chain(*group.values()))
        common = [order for order in every if all(order in ways for ways in group.values())]
        telling = {order: value for value, [order, *more] in group.items() if not more}
        is_told = len(common) == 1 or (
            not common and all(len(ways) == 1 for ways in group.values())
        )
        for order in common or every:
            formats = dict.fromkeys(ways[order] for ways in group.values() if order in ways)
            (known if is_told else asked.setdefault(order, {})).update(formats)
        if not (is_told or common):
            contrary |= {order: telling[order] for order in ORDERS if order in telling}
    return Dates([*known], [[*known, *formats] for formats in asked.values()], values, contrary)


def is_plain(value: str) -> bool:
    """Tell whether a date is read without a format."""
    try:
        return read_moment(value) is not None
    except PydanticCustomError:
        return False


def _ways(value: str) -> tuple[str, dict[str, str]]:
    """Return what stands between the numbers of a date, and the formats that read it by their order."""
    if is_plain(value):
        return "", {}
    if counted := [name for name in EPOCHS if moment_in(value, [form_of(name)])]:
        return "", dict(zip(counted, counted, strict=True))
    found = NUMERIC.fullmatch(even(value))
    if found is None:
        return "", {}
    formats = {order: _format(found, order) for order in _orders(found)}
    read = {order: each for order, each in formats.items() if moment_in(value, [form_of(each)])}
    return found["sign"], read


def _orders(found: re.Match[str]) -> Sequence[str]:
    if found["sign"] == ".":
        return DOTTED
    return tuple(ORDERS) if int(found["first"]) in YEARS else tuple(ORDERS)[:-1]


def _format(found: re.Match[str], order: str) -> str:
    """Write directives in place of the parts of a date."""
    names = dict(zip(("first", "second", "third"), order, strict=True))
    if len(found["third"]) > 2:  # noqa: PLR2004  # digits
        names = {part: "Y" if name == "y" else name for part, name in names.items()}
    names |= {name: name for name in found.groupdict() if name in DIRECTIVES}
    if found["p"]:
        names["H"] = "I"
    parts = sorted((*found.span(part), name) for part, name in names.items() if found[part])
    written, end = "", 0
    for start, after, name in parts:
        written += f"{found.string[end:start]}%{name}"
        end = after
    return written + found.string[end:]

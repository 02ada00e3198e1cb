"""A tally for each value of some dimensions, so that the whole report can show just one value."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from winwinwin.facts import Facts
from winwinwin.kernel.judgement import Judgement
from winwinwin.record.described import Described
from winwinwin.record.order import day
from winwinwin.stats.dimensions import DATE_PARTS, date_part, grouping
from winwinwin.stats.groups import JudgeKind
from winwinwin.stats.tally import Tally

PERIODS = ("day", "week", "month")
MOST_PERIODS = {"day": 31, "week": 26, "month": 120}
"""How many a trend has room for; beyond, days become weeks, weeks months; then the last ones stay."""
MOST_GROUPS = 40
"""How many values of a dimension the report lists, the biggest; the others share one row."""
FEW_DAYS = 62
"""How many days are counted; longer runs are shown by week or month."""
MOST_WAITING = 65_536
"""How many different interactions wait to be counted."""

Alike: TypeAlias = tuple[Facts, timedelta | None, date | None, tuple[str | None, ...]]
"""All that is counted of an interaction: its kind, gap, day, and values of the dimensions without a date."""


@dataclass(slots=True)
class Slices:
    """One run, counted as a whole and for each value; every part is a tally like the whole."""

    dimensions: tuple[str, ...]
    """The dimensions that have parts."""
    whole: Tally
    parts: dict[str, dict[str | None, Tally]]
    """By dimension, then by value; None collects what has no value."""
    given_trend: str | None = None
    """The period of the trend where the caller chose it; '' for no trend."""

    @property
    def trend(self) -> str:
        """The period of the trend, the same for all parts; '' where nothing has a date."""
        if self.given_trend is not None:
            return self.given_trend
        return finest({period: len(self.whole.groups[period]) for period in PERIODS})

    @property
    def counted(self) -> tuple[str, ...]:
        """What every tally is grouped by: the dimensions and the remaining periods."""
        return tuple(self.whole.groups)

    def count(self, judgement: Judgement, values: Sequence[str | None], number: int) -> None:
        """Count as a tally does; the values are in the order of `counted`."""
        self.whole.count(judgement, values, number)
        for parts, value in zip(self.parts.values(), values, strict=False):
            part = parts.get(value)
            if part is None:
                part = parts[value] = Tally(self.whole.all.judge, self.counted)
            part.count(judgement, values, number)


class Slicing:
    """Interactions on their way into slices: those that count alike are counted together."""

    def __init__(self, judge: JudgeKind, dimensions: tuple[str, ...]) -> None:
        """Start counting, with a judge of kinds.

        Raises KeyError for an unknown dimension.
        """
        counted = tuple(dict.fromkeys((*dimensions, *PERIODS)))
        parts: dict[str, dict[str | None, Tally]] = {dimension: {} for dimension in dimensions}
        self._judge = judge
        self._slices = Slices(dimensions, Tally(judge, counted), parts)
        self._named = [grouping(dimension) for dimension in counted if dimension not in DATE_PARTS]
        self._days: set[date] = set()
        """The first days, which are told apart: days by employee soon become many."""
        self._waiting: Counter[Alike] = Counter()

    def add(self, about: Described, judgement: Judgement) -> None:
        its_day = None if about.date is None else day(about.date)
        named = tuple([value_of(about) for value_of in self._named])
        self._waiting[judgement.facts, judgement.gap, its_day, named] += 1
        if len(self._waiting) == MOST_WAITING:
            self._count()

    @property
    def slices(self) -> Slices:
        """What was added so far, counted."""
        self._count()
        return self._slices

    def _count(self) -> None:
        for (kind, gap, its_day, named), number in self._waiting.items():
            judgement = replace(self._judge(kind), gap=gap)
            self._slices.count(judgement, [*self._values(its_day, iter(named))], number)
        self._waiting.clear()

    def _values(self, its_day: date | None, named: Iterator[str | None]) -> Iterator[str | None]:
        """Yield the value of each dimension that is counted."""
        if its_day is not None and len(self._days) < FEW_DAYS:
            self._days.add(its_day)
        for dimension in self._slices.counted:
            if dimension not in DATE_PARTS:
                yield next(named)
            elif its_day is None or (dimension == "day" and its_day not in self._days):
                yield None
            else:
                yield date_part(its_day, DATE_PARTS[dimension])


def finest(sizes: Mapping[str, int]) -> str:
    """Return the finest period that a trend has room for, given how many of each there are."""
    known = [period for period in PERIODS if period in sizes]
    return next((period for period in known if sizes[period] <= MOST_PERIODS[period]), known[-1])

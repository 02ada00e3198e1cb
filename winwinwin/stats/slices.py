"""A tally for each value of some dimensions, so that the whole report can show just one value."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from winwinwin.kernel.judgement import Judgement
from winwinwin.record.interaction import About
from winwinwin.stats.dimensions import grouping
from winwinwin.stats.groups import JudgeKind
from winwinwin.stats.tally import Tally

PERIODS = ("day", "week", "month")
MOST_PERIODS = {"day": 31, "week": 26, "month": 120}
"""How many a trend has room for; beyond, days become weeks, weeks months; then the last ones stay."""
MOST_GROUPS = 40
"""How many values of a dimension the report lists, the biggest; the others share one row."""
FEW_DAYS = 62
"""How many days are counted; longer runs are shown by week or month."""


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
    _values_of: Sequence[Callable[[About], str | None]] = ()

    @classmethod
    def by(cls, judge: JudgeKind, dimensions: tuple[str, ...]) -> "Slices":
        """Start counting, with a judge of kinds.

        Raises KeyError for an unknown dimension.
        """
        counted = tuple(dict.fromkeys((*dimensions, *PERIODS)))
        values_of = [
            _first_days(FEW_DAYS) if dimension == "day" else grouping(dimension)
            for dimension in counted
        ]
        parts: dict[str, dict[str | None, Tally]] = {dimension: {} for dimension in dimensions}
        return cls(dimensions, Tally(judge, counted), parts, _values_of=values_of)

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

    def add(self, about: About, judgement: Judgement) -> None:
        self.count(judgement, [value_of(about) for value_of in self._values_of])

    def count(self, judgement: Judgement, values: Sequence[str | None], number: int = 1) -> None:
        """Count as a tally does; the values are in the order of `counted`."""
        self.whole.count(judgement, values, number)
        for parts, value in zip(self.parts.values(), values, strict=False):
            part = parts.get(value)
            if part is None:
                part = parts[value] = Tally(self.whole.all.judge, self.counted)
            part.count(judgement, values, number)


def finest(sizes: Mapping[str, int]) -> str:
    """Return the finest period that a trend has room for, given how many of each there are."""
    known = [period for period in PERIODS if period in sizes]
    return next((period for period in known if sizes[period] <= MOST_PERIODS[period]), known[-1])


def _first_days(most: int) -> Callable[[About], str | None]:
    """Return a grouping by day that stops at so many: days by employee soon become many."""
    seen: set[str] = set()
    day_of = grouping("day")

    def first_day(about: About) -> str | None:
        value = day_of(about)
        if value is None or value in seen:
            return value
        if len(seen) == most:
            return None
        seen.add(value)
        return value

    return first_day

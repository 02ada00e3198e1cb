"""A tally for each value of some dimensions, so that a whole page can be seen for one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from winwinwin.interaction import About
from winwinwin.judgement import Judgement
from winwinwin.tally import JudgeKind, Tally, grouping

PERIODS = ("day", "week", "month")
MOST_PERIODS = {"day": 31, "week": 60, "month": 240}
"""What a trend has room for: beyond it days become weeks, weeks months, and the last months stay."""
MOST_GROUPS = 40
"""Values of a dimension that a page tells apart, the biggest; the others are one row."""
FEW_DAYS = 62
"""Days that are told apart; of what goes on for longer, weeks or months are looked at."""


@dataclass(slots=True)
class Slices:
    """One run counted as a whole and by each value; every part is a tally like the whole."""

    dimensions: tuple[str, ...]
    """What there are parts by."""
    whole: Tally
    parts: dict[str, dict[str | None, Tally]]
    """By dimension, then by its value; None gathers what has no value."""
    given_trend: str | None = None
    """The period of the trend, where something else chose it; '' for no trend."""
    _values_of: Sequence[Callable[[About], str | None]] = ()

    @classmethod
    def by(cls, judge: JudgeKind, dimensions: tuple[str, ...]) -> "Slices":
        """Count from nothing, with a judge of kinds.

        Raises KeyError for a dimension that there is not.
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
        """The period that a trend goes by, the same for all parts; '' where nothing has a date."""
        if self.given_trend is not None:
            return self.given_trend
        return finest({period: len(self.whole.groups[period]) for period in PERIODS})

    @property
    def counted(self) -> tuple[str, ...]:
        """What every tally is grouped by: the dimensions, and the periods that are none of them."""
        return tuple(self.whole.groups)

    def add(self, about: About, judgement: Judgement) -> None:
        self.count(judgement, [value_of(about) for value_of in self._values_of])

    def count(self, judgement: Judgement, values: Sequence[str | None], number: int = 1) -> None:
        """Count as a tally does; the values are those of `counted`, in its order."""
        self.whole.count(judgement, values, number)
        for parts, value in zip(self.parts.values(), values, strict=False):
            part = parts.get(value)
            if part is None:
                part = parts[value] = Tally(self.whole.all.judge, self.counted)
            part.count(judgement, values, number)


def finest(sizes: Mapping[str, int]) -> str:
    """Return the finest period that a trend has room for, given how many there are of each."""
    known = [period for period in PERIODS if period in sizes]
    return next((period for period in known if sizes[period] <= MOST_PERIODS[period]), known[-1])


def _first_days(most: int) -> Callable[[About], str | None]:
    """Return what tells an interaction's day, while there are few: days by people soon are many."""
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

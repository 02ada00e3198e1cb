"""Which interactions of a run are looked at: who, where and when."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from winwinwin.record.described import Described
from winwinwin.record.order import day
from winwinwin.stats.dimensions import DATE_PARTS, TAG, grouping

Wanted: TypeAlias = Mapping[str, tuple[str | None, ...]]
"""The values of a dimension that are alternatives; None is no value."""


@dataclass(frozen=True)
class Selection:
    """What an interaction has to have. All of it must hold; values of one dimension are alternatives."""

    only: Wanted = field(default_factory=dict)
    """By dimension."""
    since: date | None = None
    until: date | None = None
    """The first and the last day."""

    @property
    def is_all(self) -> bool:
        return not (self.only or self.is_dated)

    @property
    def is_dated(self) -> bool:
        return self.since is not None or self.until is not None

    def lasts(self, moment: date) -> bool:
        """Tell whether a day is neither too early nor too late, as it is written: zones don't count."""
        found = day(moment)
        return (self.since or date.min) <= found <= (self.until or date.max)

    def keeps(self, about: Described, unread: Collection[str] = ()) -> bool:
        """Tell whether an interaction is looked at. What could not be read of it may be anything."""
        return self.keeps_undated(about, unread) and (
            not self.is_dated
            or "date" in unread
            or (about.date is not None and self.lasts(about.date))
        )

    def keeps_undated(self, about: Described, unread: Collection[str] = ()) -> bool:
        """Tell the same without regard to the first and the last day."""
        return all(
            field_of(dimension) in unread or value_of(about) in values
            for dimension, (values, value_of) in self._groupings.items()
        )

    @cached_property
    def _groupings(
        self,
    ) -> dict[str, tuple[Collection[str | None], Callable[[Described], str | None]]]:
        return {
            dimension: (frozenset(values), grouping(dimension))
            for dimension, values in self.only.items()
        }


ALL = Selection()


class Selected(NamedTuple):
    """What came of a selection."""

    words: str
    """What was asked for."""
    read: int
    """All interactions that there are."""
    kept: int
    """Those that are looked at, with the invalid ones."""
    undated: int = 0
    """Those that are left out only because they have no date that could be read."""
    dates: tuple[date, date] | None = None
    """The first and the last day of all that would be looked at whatever their date."""


def field_of(dimension: str) -> str:
    """Return the field of a record that a dimension is made of."""
    if dimension.startswith(TAG):
        return "tags"
    return "date" if dimension in DATE_PARTS else dimension


def alternatives(wanted: Iterable[tuple[str, str | None]]) -> dict[str, tuple[str | None, ...]]:
    """Put the values of each dimension together, each once."""
    found: dict[str, dict[str | None, None]] = {}
    for dimension, value in wanted:
        found.setdefault(dimension, {})[value] = None
    return {dimension: tuple(values) for dimension, values in found.items()}

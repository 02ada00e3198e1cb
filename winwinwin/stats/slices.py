"""A tally for each value of some dimensions, so that the whole report can show just one value.

The biggest values of a dimension are counted apart, all others together. Which are the biggest is
known at the end. Until then interactions wait: those that count alike together, and many on the disk.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import IO, NamedTuple, TypeAlias

from winwinwin.facts import Facts
from winwinwin.kernel.judgement import Judgement
from winwinwin.record.described import Described
from winwinwin.record.order import day
from winwinwin.stats.dimensions import DATE_PARTS, date_part, grouping
from winwinwin.stats.groups import Group, JudgeKind
from winwinwin.stats.tally import Rest, Tally

PERIODS = ("day", "week", "month")
MOST_PERIODS = {"day": 31, "week": 26, "month": 120}
"""How many a trend has room for; beyond, days become weeks, weeks months; then the last ones stay."""
MOST_GROUPS = 40
"""How many values of a dimension the report lists, the biggest; the others share one row."""
MOST_WAITING = 65_536
"""How many different interactions wait in memory."""

Named: TypeAlias = tuple[str | None, ...]
Alike: TypeAlias = tuple[Facts, timedelta | None, date | None, Named]
"""All that is counted of an interaction: its kind, gap, day, and values of the dimensions without a date."""
ValueOf: TypeAlias = Callable[[date | None, Named], str | None]


class Kept(NamedTuple):
    """A dimension, or the period of the trend, and those of its values that have a group of their own."""

    name: str
    values: Sequence[str | None]
    """Each at its place; the place after the last is that of all others."""
    others: int
    """How many values these are."""

    def group(self, tally: Tally, place: int) -> Group:
        """Return the group of a tally for a place, creating it if necessary."""
        if place == len(self.values):
            if self.name not in tally.rest:
                tally.rest[self.name] = Rest(self.others, Group(tally.all.judge))
            return tally.rest[self.name].group
        groups, value = tally.groups.setdefault(self.name, {}), self.values[place]
        if value not in groups:
            groups[value] = Group(tally.all.judge)
        return groups[value]


@dataclass(slots=True)
class Slices:
    """One run, counted as a whole and for each listed value; every part is a tally like the whole."""

    dimensions: tuple[str, ...]
    """The dimensions that have parts."""
    whole: Tally
    parts: dict[str, dict[str | None, Tally]]
    """By dimension, then by value; None collects what has no value."""
    trend: str
    """The period of the trend, the same for all parts; '' for no trend."""

    def part(self, kept: Kept, place: int) -> Tally | None:
        """Return the tally for a place, creating it if necessary; None for others, or without parts."""
        parts = self.parts.get(kept.name)
        if parts is None or place == len(kept.values):
            return None
        value = kept.values[place]
        if value not in parts:
            parts[value] = Tally(self.whole.all.judge)
        return parts[value]


class Slicing:
    """Interactions on their way into slices."""

    def __init__(self, judge: JudgeKind, dimensions: tuple[str, ...]) -> None:
        """Start counting, with a judge of kinds.

        Raises KeyError for an unknown dimension.
        """
        names = tuple(dict.fromkeys((*dimensions, *PERIODS)))
        undated = [name for name in names if name not in DATE_PARTS]
        self._judge = judge
        self._dimensions = dimensions
        self._groupings = [grouping(name) for name in undated]
        self._reading = {
            name: _dated(name) if name in DATE_PARTS else _at(undated.index(name)) for name in names
        }
        self._sizes: dict[str, Counter[str | None]] = {name: Counter() for name in names}
        self._waiting: Counter[Alike] = Counter()
        self._on_disk: IO[bytes] | None = None

    def add(self, about: Described, judgement: Judgement) -> None:
        its_day = None if about.date is None else day(about.date)
        named = tuple([value_of(about) for value_of in self._groupings])
        self._waiting[judgement.facts, judgement.gap, its_day, named] += 1
        if len(self._waiting) == MOST_WAITING:
            self._set_aside()

    @property
    def slices(self) -> Slices:
        """What was added, counted; no more can be added then."""
        self._measure()
        trend = finest({period: len(self._sizes[period]) for period in PERIODS})
        names = dict.fromkeys((*self._dimensions, trend))
        kept = [
            _kept(name, self._sizes[name], None if name == trend else MOST_GROUPS) for name in names
        ]
        self._sizes.clear()
        parts: dict[str, dict[str | None, Tally]] = {name: {} for name in self._dimensions}
        found = Slices(self._dimensions, Tally(self._judge), parts, trend)
        self._count(found, kept)
        self.drop()
        return found

    def drop(self) -> None:
        """Let go of what is held."""
        if self._on_disk:
            self._on_disk.close()

    def _set_aside(self) -> None:
        """Move what waits to the disk."""
        import pickle  # 5 ms together, and few runs are that long
        from tempfile import TemporaryFile

        self._measure()
        if self._on_disk is None:
            self._on_disk = TemporaryFile()  # noqa: SIM115  # `drop` closes it
        pickle.dump([*self._waiting.items()], self._on_disk)
        self._waiting.clear()

    def _measure(self) -> None:
        """Count what waits by each value."""
        for name, sizes in self._sizes.items():
            value_of = self._reading[name]
            for (_, _, its_day, named), number in self._waiting.items():
                sizes[value_of(its_day, named)] += number

    def _every(self) -> Iterator[tuple[Alike, int]]:
        import pickle

        if self._on_disk:
            self._on_disk.seek(0)
            with suppress(EOFError):
                while True:
                    yield from pickle.load(self._on_disk)  # noqa: S301  # what this run wrote
        yield from self._waiting.items()

    def _count(self, slices: Slices, kept: Sequence[Kept]) -> None:
        """Fill the whole and its parts, and count the values that are others in each part."""
        reading = [self._reading[one.name] for one in kept]
        places = [{value: place for place, value in enumerate(one.values)} for one in kept]
        others: dict[tuple[str, str | None, str], set[str | None]] = defaultdict(set)
        for (kind, gap, its_day, named), number in self._every():
            values = [value_of(its_day, named) for value_of in reading]
            at = [its.get(value, len(its)) for its, value in zip(places, values, strict=True)]
            left = [
                (one.name, value)
                for one, place, value in zip(kept, at, values, strict=True)
                if place == len(one.values)
            ]
            slices.whole.count(kind, gap, number)
            _group(slices.whole, kept, at, kind, number)
            for one, place, value in zip(kept, at, values, strict=True):
                if part := slices.part(one, place):
                    part.count(kind, gap, number)
                    _group(part, kept, at, kind, number)
                    for name, other in left:
                        others[one.name, value, name].add(other)
        for (dimension, value, name), found in others.items():
            rest = slices.parts[dimension][value].rest
            rest[name] = rest[name]._replace(values=len(found))


def _kept(name: str, sizes: Mapping[str | None, int], most: int | None) -> Kept:
    """Keep the biggest values, as many as allowed."""
    by_size = sorted(sizes, key=lambda value: (-sizes[value], value or ""))
    return Kept(name, by_size[:most], len(by_size[most:]) if most else 0)


def _dated(period: str) -> ValueOf:
    form = DATE_PARTS[period]
    return lambda its_day, _: None if its_day is None else date_part(its_day, form)


def _at(place: int) -> ValueOf:
    return lambda _, named: named[place]


def _group(tally: Tally, kept: Sequence[Kept], at: Sequence[int], kind: Facts, number: int) -> None:
    """Count by each dimension, and by the period of the trend."""
    for one, place in zip(kept, at, strict=True):
        one.group(tally, place).kinds[kind] += number


def finest(sizes: Mapping[str, int]) -> str:
    """Return the finest period that a trend has room for, given how many of each there are."""
    known = [period for period in PERIODS if period in sizes]
    return next((period for period in known if sizes[period] <= MOST_PERIODS[period]), known[-1])

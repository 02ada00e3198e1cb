"""What a cell may hold: texts, numbers and ranges of numbers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite
from typing import Any

from winwinwin.record.spelling import bare

NUMBER = "^ *[+-]?([0-9]{1,15}([.][0-9]{0,30})?|[.][0-9]{1,30})([eE][+-]?[0-9]{1,2})? *$"
"""What counts as a number: a pattern that Python and every engine read alike.

Programs write up to 17 digits of a float, and some more zeros before them.
"""

_NUMBER = re.compile(NUMBER)


def as_number(written: str) -> float | None:
    """Read a text as a number, None for any other text."""
    number = bare(written)
    return float(number) if _NUMBER.match(number) else None


def is_written(value: Any) -> bool:
    """Tell whether there is anything that a mapping might have a meaning for."""
    return isinstance(value, str) and bool(bare(value))


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from one bound to another."""

    low: float = -inf
    high: float = inf
    low_counts: bool = True
    """Whether the bound itself is in the range."""
    high_counts: bool = True

    def __contains__(self, number: float) -> bool:
        above = number >= self.low if self.low_counts else number > self.low
        below = number <= self.high if self.high_counts else number < self.high
        return above and below

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and self.low not in self)

    def meets(self, other: "Range") -> bool:
        """Tell whether a number is in both."""
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        common = Range(
            low,
            high,
            all(each.low_counts for each in (self, other) if each.low == low),
            all(each.high_counts for each in (self, other) if each.high == high),
        )
        return not common.is_empty


@dataclass(frozen=True, slots=True)
class Values:
    """Texts and numbers that mean the same."""

    words: frozenset[str] = frozenset()
    """As `spelling.bare` writes them."""
    ranges: tuple[Range, ...] = ()
    """A single number is a range of its own."""

    def hold(self, written: str, number: float | None) -> bool:
        """Tell whether a text is among them, which may be a number."""
        if bare(written) in self.words:
            return True
        return number is not None and any(number in each for each in self.ranges)


def pieces(ranges: Sequence[Range]) -> list[tuple[Range, str]]:
    """Cut all numbers at the bounds of some ranges, and write a number for each piece.

    All numbers of a piece are in the same ranges.
    """
    found: list[tuple[tuple[bool, ...], Range, float]] = []
    for piece, number in _line(ranges):
        where = tuple(number in each for each in ranges)
        if found and found[-1][0] == where:
            _, before, _ = found.pop()
            whole = Range(before.low, piece.high, before.low_counts, piece.high_counts)
            found.append((where, whole, number))
        else:
            found.append((where, piece, number))
    return [(piece, f"{number:.16e}") for _, piece, number in found]


def _line(ranges: Iterable[Range]) -> Iterator[tuple[Range, float]]:
    """Yield the bounds and what is between them, from left to right, each with a number in it."""
    bounds = sorted({b for each in ranges for b in (each.low, each.high) if isfinite(b)})
    yield Range(high=bounds[0], high_counts=False), bounds[0] - max(1.0, abs(bounds[0]))
    for low, high in pairwise([*bounds, inf]):
        yield Range(low, low), low
        number = (low + high) / 2 if isfinite(high) else low + max(1.0, abs(low))
        if low < number < high:
            yield Range(low, high, low_counts=False, high_counts=False), number

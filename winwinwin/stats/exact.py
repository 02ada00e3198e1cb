"""Exact tests of two shares: Fisher's, and what it comes to over the completions of open records."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, product
from math import exp, lgamma
from typing import NamedTuple

from winwinwin.stats.bounds import Bounds

SIGNIFICANCE = 0.05
"""The adjusted probability below which a difference is significant."""
SLACK = 1e-7
"""By how much the logarithms of two equal chances may differ in floating point."""
NEGLIGIBLE = 1e-17
MOST_WORK = 100_000
"""Completions times interactions up to which every completion is tested."""


class Part(NamedTuple):
    """How many of how many."""

    hits: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where there are none."""
        return self.hits / self.total if self.total else 0.0


class Chances(NamedTuple):
    """How probable a difference is by chance alone: as recorded, and over the completions."""

    recorded: float
    highest: float
    """In the least favourable completion; 1 where not all completions differ in one direction."""
    rise: float
    """In the completion that speaks most for a rise; 1 where none rises."""
    fall: float
    """Likewise for a fall."""

    @property
    def lowest(self) -> float:
        return min(self.rise, self.fall)


NO_CHANCES = Chances(1.0, 1.0, 1.0, 1.0)
"""Those of what cannot differ."""


def chances(before: Bounds, after: Bounds) -> Chances:
    """Test two shares as recorded and in the completions; the totals of both are certain."""
    recorded = fisher(Part(before.sure, before.fewest_of), Part(after.sure, after.fewest_of))
    rise = fall = 1.0
    level = False
    highest = 0.0
    for one, other in _completions(before, after):
        chance = fisher(one, other)
        highest = max(highest, chance)
        turn = other.hits * one.total - one.hits * other.total
        rise, fall = min(rise, chance if turn > 0 else 1.0), min(fall, chance if turn < 0 else 1.0)
        level = level or not turn
    is_one_way = not level and (rise == 1.0 or fall == 1.0)
    return Chances(recorded, highest if is_one_way else 1.0, rise, fall)


def _completions(before: Bounds, after: Bounds) -> Iterator[tuple[Part, Part]]:
    """Yield both shares in every completion, or in the extreme ones where there are many.

    The test is two-sided, and its probability not quite monotone: next to an extreme completion it
    may be up to a few hundredths larger. So as many as time allows are looked at.
    """
    ranges = [range(found.sure, found.possible + 1) for found in (before, after)]
    if len(ranges[0]) * len(ranges[1]) * (before.most_of + after.most_of) > MOST_WORK:
        ranges = [range(each[0], each[-1] + 1, max(1, len(each) - 1)) for each in ranges]
    for one, other in product(*ranges):
        yield Part(one, before.most_of), Part(other, after.most_of)


def holm(chances: Sequence[float]) -> list[float]:
    """Return the probabilities adjusted for their number, in the same order."""
    adjusted = [0.0] * len(chances)
    highest = 0.0
    by_size = sorted(range(len(chances)), key=chances.__getitem__)
    for tested_before, index in enumerate(by_size):
        highest = max(highest, min(1.0, (len(chances) - tested_before) * chances[index]))
        adjusted[index] = highest
    return adjusted


def raised(chances: Sequence[float]) -> Callable[[int, float], float]:
    """Return what adjusts one of the probabilities, raised to another, together with all others.

    It gives what `holm` gives, at once.
    """
    number = len(chances)
    by_size = sorted(range(number), key=chances.__getitem__)
    sizes = [chances[index] for index in by_size]
    places = {index: place for place, index in enumerate(by_size)}
    highest = [0.0, *accumulate(((number - at) * size for at, size in enumerate(sizes)), max)]
    passed = peaks([(number - at + 1) * size for at, size in enumerate(sizes)])

    def adjust(index: int, chance: float) -> float:
        its, new = places[index], bisect_left(sizes, chance)
        known = max(highest[its], (number - new + 1) * chance)
        return min(1.0, max(known, passed(its + 1, new)))

    return adjust


def peaks(values: Sequence[float]) -> Callable[[int, int], float]:
    """Return what gives the largest value from one place to before another, 0 for none, at once."""
    runs = [list(values)]  # the largest of the 1, 2, 4, … from each place on
    while (length := 1 << len(runs)) <= len(values):
        runs.append(list(map(max, runs[-1], runs[-1][length // 2 :])))

    def peak(begin: int, end: int) -> float:
        if begin >= end:
            return 0.0
        power = (end - begin).bit_length() - 1
        return max(runs[power][begin], runs[power][end - (1 << power)])

    return peak


@lru_cache(maxsize=4096)  # equal shares are tested as recorded, and as completed
def fisher(before: Part, after: Part) -> float:
    """Return how probable two shares at least as unlikely as these are if nothing differs.

    Two-sided and exact: over all tables with these margins. 1 where either is of none.
    """
    hits, total = before.hits + after.hits, before.total + after.total
    least, most = max(0, hits - after.total), min(hits, before.total)
    if least == most:
        return 1.0

    def chance(count: int) -> float:
        return _log_chance(count, before.total, hits, total)

    limit = chance(before.hits) + SLACK
    likeliest = (hits + 1) * (before.total + 1) // (total + 2)
    # chances only fall towards either end, so that each tail is found by bisection
    upwards = range(likeliest, most + 1)
    downwards = range(likeliest - 1, least - 1, -1)
    more, fewer = (
        side[bisect_left(side, -limit, key=lambda count: -chance(count)) :]
        for side in (upwards, downwards)
    )
    summed = _at_least(more[0], before.total, hits, total) if more else 0.0
    if fewer:  # that there are fewer hits here is that there are more on the other side
        summed += _at_least(hits - fewer[0], after.total, hits, total)
    return min(1.0, summed)


def _at_least(count: int, drawn: int, hits: int, total: int) -> float:
    """Return the chance of so many hits or more among those drawn, where chances only fall from it on.

    A chance follows from the one before it, in a tenth of the time that its logarithm takes.
    """
    summed, chance = 0.0, exp(_log_chance(count, drawn, hits, total))
    left = total - hits - drawn
    while chance > summed * NEGLIGIBLE:
        summed += chance
        chance *= (hits - count) * (drawn - count) / ((count + 1) * (left + count + 1))
        count += 1
    return summed


def _log_chance(count: int, drawn: int, hits: int, total: int) -> float:
    """Return the logarithm of the chance of so many hits among those drawn."""
    return (
        _log_choose(hits, count)
        + _log_choose(total - hits, drawn - count)
        - _log_choose(total, drawn)
    )


def _log_choose(total: int, count: int) -> float:
    return lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)

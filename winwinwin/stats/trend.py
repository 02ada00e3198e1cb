"""Whether a share rises or falls over several periods: the test of Cochran and Armitage.

Each hit counts with the number of its period. Where nothing changes, the hits are drawn from all
interactions alike, and the sum of their numbers is compared with all such draws: exactly where hits
or misses are few, by the normal distribution (the chi-square test for trend, with the variance of
draws without replacement) elsewhere. Two-sided, as twice the smaller tail.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import comb, erfc, sqrt

from winwinwin.stats.bounds import Bounds
from winwinwin.stats.exact import NO_CHANCES, Chances

TREND_TEST = "Cochran-Armitage test for trend, two-sided, adjusted by Holm's method"
EXACT = 20
"""Hits or misses up to which all draws are counted."""
MOST_LOOKS = 1_000
"""Numbers of hits that are looked at; each is a set of completions."""
MOST_PERIODS = 24
"""Periods up to which they are."""


def trend_chances(shares: Sequence[Bounds]) -> Chances:
    """Test a share over its periods as recorded and in the completions; the totals are certain.

    Of all completions with equally many hits, those where the hits come first and last speak least
    and most for a rise. So every completion lies between two that are looked at.
    """
    sizes = tuple(found.most_of for found in shares)
    if sum(size > 0 for size in sizes) < 2:  # noqa: PLR2004  # nothing to rise from
        return NO_CHANCES
    recorded = min(1.0, *_tails(sizes, tuple(found.sure for found in shares)))
    rise = fall = 1.0
    least_rise = least_fall = 0.0
    for first, last in zip(_completions(shares), _completions(shares, backwards=True), strict=True):
        falls, rises = _tails(sizes, first), _tails(sizes, last)
        rise, fall = min(rise, rises[0]), min(fall, falls[1])
        least_rise, least_fall = max(least_rise, falls[0]), max(least_fall, rises[1])
    return Chances(recorded, min(1.0, least_rise, least_fall), rise, fall)


def _completions(shares: Sequence[Bounds], *, backwards: bool = False) -> Iterator[tuple[int, ...]]:
    """Yield hits by period for each number of hits, as early as they can be, or as late.

    Of very many numbers only some are looked at, close to each other.
    """
    order = list(range(len(shares)))[:: -1 if backwards else 1]
    every = sum(found.open for found in shares)
    step = max(1, every // MOST_LOOKS)
    for more in (*range(0, every, step), every):
        hits = [found.sure for found in shares]
        for place in order:
            taken = min(more, shares[place].open)
            hits[place] += taken
            more -= taken  # noqa: PLW2901  # what is left for the next place
        yield tuple(hits)


def _tails(sizes: tuple[int, ...], hits: tuple[int, ...]) -> tuple[float, float]:
    """Return twice the chance of a sum of numbers as high, and as low."""
    number, total = sum(hits), sum(sizes)
    found = sum(place * count for place, count in enumerate(hits))
    if number > total - number:  # misses are drawn as hits are, and rise where hits fall
        misses = tuple(size - count for size, count in zip(sizes, hits, strict=True))
        high, low = _tails(sizes, misses)
        return low, high
    if number <= EXACT and len(sizes) <= MOST_PERIODS:
        draws = [
            (summed, ways) for (drawn, summed), ways in _draws(sizes).items() if drawn == number
        ]
        high = sum(ways for summed, ways in draws if summed >= found)
        low = sum(ways for summed, ways in draws if summed <= found)
        every = comb(total, number)
        return 2 * high / every, 2 * low / every
    return _normal(sizes, number, found)


def _normal(sizes: Sequence[int], number: int, found: int) -> tuple[float, float]:
    total = sum(sizes)
    mean = sum(place * size for place, size in enumerate(sizes)) / total
    spread = sum(size * (place - mean) ** 2 for place, size in enumerate(sizes)) / total
    variance = number * (total - number) / (total - 1) * spread
    z = (found - number * mean) / sqrt(variance)
    return erfc(z / sqrt(2)), erfc(-z / sqrt(2))


@lru_cache(maxsize=64)
def _draws(sizes: tuple[int, ...]) -> dict[tuple[int, int], int]:
    """Count the ways to draw from all periods, by how many are drawn and their periods' sum."""
    ways: dict[tuple[int, int], int] = {(0, 0): 1}
    for place, size in enumerate(sizes):
        taken = [comb(size, number) for number in range(min(size, EXACT) + 1)]
        more: dict[tuple[int, int], int] = defaultdict(int)
        for (drawn, summed), count in ways.items():
            for number, chosen in enumerate(taken[: EXACT - drawn + 1]):
                more[drawn + number, summed + place * number] += count * chosen
        ways = more
    return ways

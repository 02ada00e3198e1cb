"""How many interactions it takes to tell, with a chance of 80%, if all goes on as it was found."""

from math import ceil, sqrt

from winwinwin.stats.evidence.chance import quantile
from winwinwin.stats.evidence.difference import Estimate
from winwinwin.stats.exact import SIGNIFICANCE, Part

POWER = 0.8
MOST = 10_000_000
"""More interactions than anybody waits for."""


def needed(found: Estimate, one: Part, other: Part | None, margin: float, tests: int) -> int | None:
    """Return how many interactions would tell; None where more than anybody waits for.

    A difference of the margin or more would be shown to be one, a smaller one to be smaller. Each of
    the tests of a run gets its part of the error.
    """
    level = SIGNIFICANCE / max(1, tests)
    if found.error is not None:
        size = _by_error(found, one.total + (other.total if other else 0), margin, level)
    elif other is None:
        size = _of_one(one, margin, level)
    else:
        size = _of_two(one, other, margin, level)
    return size if size <= MOST else None


def _by_error(found: Estimate, total: int, margin: float, level: float) -> int:
    """Return how many there are when the standard error, which falls with their root, is small enough."""
    difference, degrees = abs(found.difference), found.degrees
    if difference >= margin:
        errors = quantile(1 - level / 2, degrees) + quantile(POWER, degrees)
        away = difference
    else:
        errors, away = sqrt(_idle(difference, level, degrees)), margin - difference
    return ceil(total * (errors * (found.error or 0.0) / away) ** 2)


def _of_two(one: Part, other: Part, margin: float, level: float) -> int:
    first, second = _milder(one), _milder(other)
    ratio = other.total / one.total
    difference = abs(first - second)
    if difference >= margin:
        pooled = (first + ratio * second) / (1 + ratio)
        alike = sqrt(pooled * (1 - pooled) * (1 + 1 / ratio))
        apart = sqrt(first * (1 - first) + second * (1 - second) / ratio)
        size = (quantile(1 - level / 2) * alike + quantile(POWER) * apart) ** 2 / difference**2
    else:
        variance = first * (1 - first) + second * (1 - second) / ratio
        size = _idle(difference, level) * variance / (margin - difference) ** 2
    return ceil(size) + ceil(ratio * size)


def _of_one(one: Part, margin: float, level: float) -> int:
    share = _milder(one)
    difference = abs(share - 0.5)
    if difference >= margin:
        spread = quantile(1 - level / 2) * 0.5 + quantile(POWER) * sqrt(share * (1 - share))
        return ceil((spread / difference) ** 2)
    return ceil(_idle(difference, level) * share * (1 - share) / (margin - difference) ** 2)


def _idle(difference: float, level: float, degrees: int | None = None) -> float:
    """Return the squared sum of the quantiles for two one-sided tests: both can fail where nothing differs."""
    chance = (1 + POWER) / 2 if difference < 1e-9 else POWER  # noqa: PLR2004  # nothing
    return (quantile(1 - level, degrees) + quantile(chance, degrees)) ** 2


def _milder(part: Part) -> float:
    """Return a share that is neither 0 nor 1, which few interactions do not show."""
    return (part.hits + 0.5) / (part.total + 1) if part.hits in (0, part.total) else part.share

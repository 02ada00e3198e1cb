"""How large a share is as recorded, and how large once everything is known.

A record may leave facts out, and each way of filling them in is a completion. A share is bounded by
the completions that make it smallest and largest; no guess is behind either bound. A sampling
interval goes around the bounds (Imbens and Manski, Econometrica 72, 2004), never instead of them.
"""

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from math import sqrt
from typing import NamedTuple, TypeAlias

from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.verdict import WORDINGS, Verdict

CONFIDENCE = 0.95
DIGITS = 6
"""Significant digits of a fraction: engines and libraries add up in another order than Python does."""

Results: TypeAlias = AbstractSet[bool | None]
"""What an interaction may count as over its completions: a hit, a miss, or (None) neither."""


class Interval(NamedTuple):
    """Bounds of a share, both from 0 to 1."""

    low: float
    high: float

    def to_dict(self) -> dict[str, float]:
        return {"low": rounded(self.low), "high": rounded(self.high)}


class Bounds(NamedTuple):
    """A share with its sharp bounds: no completion gives less or more, and some give these."""

    sure: int
    """Hits in every completion."""
    possible: int
    """Hits in some completion."""
    fewest_of: int
    """Of how many, where as few as possible are hits."""
    most_of: int
    """Of how many, where as many as possible are."""

    @property
    def share_sure(self) -> float:
        """The smallest share, from 0 to 1; 0 where there is nothing to share."""
        return self.sure / self.fewest_of if self.fewest_of else 0.0

    @property
    def share_possible(self) -> float:
        """The largest share, from 0 to 1."""
        return self.possible / self.most_of if self.most_of else 0.0

    @property
    def open(self) -> int:
        """How many may turn out to be hits, and may not."""
        return self.possible - self.sure

    @property
    def interval(self) -> Interval:
        """From the lower end of the smallest share's 95% Wilson interval to the upper end of the largest's."""
        low, high = wilson(self.sure, self.fewest_of), wilson(self.possible, self.most_of)
        return Interval(low.low, high.high)


def bounds(counted: Iterable[tuple[Results, int]]) -> Bounds:
    """Bound the share of hits, given what so many interactions each may count as."""
    sure = possible = fewest_of = most_of = 0
    for results, number in counted:
        may_hit, may_miss, is_sure = True in results, False in results, len(results) == 1
        sure += number * (may_hit and is_sure)
        possible += number * may_hit
        fewest_of += number * (may_miss or (may_hit and is_sure))
        most_of += number * (may_hit or (may_miss and is_sure))
    return Bounds(sure, possible, fewest_of, most_of)


def of_all(number: int, total: int) -> Bounds:
    """Return a share that nothing unknown can change."""
    return Bounds(number, number, total, total)


@lru_cache(maxsize=4096)  # many groups have equal shares
def wilson(hits: int, total: int) -> Interval:
    """Return the 95% Wilson score interval for a share; 0 to 1 where the total is 0."""
    if not total:
        return Interval(0.0, 1.0)
    from statistics import NormalDist  # 2 ms

    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share = hits / total
    centre = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return Interval(max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


def has_verdict(verdict: Verdict) -> Callable[[Judgement], Results]:
    """Return what an interaction may count as where those with a verdict are the hits."""
    if verdict is Verdict.UNDETERMINED:  # the state of the record, which no completion has
        return lambda judgement: {judgement.verdict is verdict}
    return lambda judgement: {found is verdict for found in judgement.possible}


def decided_by(rule: str) -> Callable[[Judgement], Results]:
    """Likewise for a rule that decides."""
    return lambda judgement: {found == rule for found in judgement.deciders}


def agrees_with_books(judgement: Judgement) -> Results:
    """Likewise for rules and books that agree, among what is booked and ruled."""
    booked = judgement.facts.organization
    if booked is None:
        return {None}
    ruled = (WORDINGS[verdict].organization for verdict in judgement.possible)
    return {None if outcome is None else outcome == booked for outcome in ruled}


def rounded(number: float, digits: int = DIGITS) -> float:
    """Round to significant digits; a whole number is written as one."""
    found = float(f"{number:.{digits}g}")
    return int(found) if found.is_integer() else found

"""Two runs compared: what changed from one to the other, and whether significantly.

Shares of two independent samples are compared by Fisher's exact test, two-sided: it holds for small
numbers too. The shares of one table are tested together, so their probabilities are adjusted by
Holm's method: the chance of calling any of them significant where nothing changed is at most 5%.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, lgamma
from typing import NamedTuple, TypeVar

from winwinwin.kernel.judgement import Remedy
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.stats.groups import Group
from winwinwin.stats.tally import Tally

What = TypeVar("What")

TEST = "Fisher's exact test, two-sided, adjusted by Holm's method"
WATCHED = tuple(verdict for verdict, wording in WORDINGS.items() if wording.direction)
"""The verdicts that make a run better or worse."""
SIGNIFICANCE = 0.05
"""The adjusted probability below which a change is significant."""
SLACK = 1e-7
"""By how much the logarithms of two equal chances may differ in floating point."""
NEGLIGIBLE = 1e-17


class Part(NamedTuple):
    """How many of how many."""

    hits: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1; 0 where there are none."""
        return self.hits / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Change:
    """One share before and after."""

    before: Part
    after: Part
    probability: float
    """Of a difference as large or larger by chance alone, adjusted for the tests of its table."""

    @property
    def points(self) -> float:
        """After minus before, in percentage points."""
        return 100 * (self.after.share - self.before.share)

    @property
    def is_significant(self) -> bool:
        """Whether chance alone hardly explains it."""
        return self.probability < SIGNIFICANCE


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two runs. Every share is of all interactions judged in its run."""

    before: Tally
    after: Tally
    verdicts: dict[Verdict, Change]
    rules: dict[str | None, Change]
    """By deciding rule; None for interactions that no single rule decided."""
    levers: dict[Remedy, Change]
    """By remedy: the interactions that it would fix."""
    groups: dict[str, dict[str | None, dict[Verdict, Change]]]
    """By dimension and value, the watched verdicts; shares are of that value's interactions."""

    @property
    def is_worse(self) -> bool:
        """Whether significantly fewer are WIN/WIN/WIN, or significantly more organizations lose."""
        return any(
            self.verdicts[verdict].is_significant
            and self.verdicts[verdict].points * WORDINGS[verdict].direction < 0
            for verdict in WATCHED
        )


def compare(before: Tally, after: Tally) -> Comparison:
    """Compare two runs that were counted by the same dimensions."""
    return Comparison(
        before=before,
        after=after,
        verdicts=changes(before.all, after.all, Group.verdicts),
        rules=changes(before.all, after.all, Group.rules),
        levers=changes(before.all, after.all, lever_counts),
        groups={by: group_changes(before.groups[by], after.groups[by]) for by in before.groups},
    )


def lever_counts(group: Group) -> dict[Remedy, int]:
    return {lever.remedy: lever.turned for lever in group.levers()}


def changes(
    before: Group, after: Group, counts: Callable[[Group], Mapping[What, int]]
) -> dict[What, Change]:
    """Compare the counts of two groups, tested as one family."""
    earlier, later = counts(before), counts(after)
    pairs = {
        what: (Part(earlier.get(what, 0), before.total), Part(later.get(what, 0), after.total))
        for what in in_order(earlier, later)
    }
    return tested(pairs)


def in_order(earlier: Mapping[What, int], later: Mapping[What, int]) -> Iterable[What]:
    """Return what either counts: first what the later one does, in its order."""
    return dict.fromkeys([*later, *earlier])


def group_changes(
    before: Mapping[str | None, Group], after: Mapping[str | None, Group]
) -> dict[str | None, dict[Verdict, Change]]:
    """Compare the watched verdicts for every value of a dimension, as one family."""
    values = sorted(before.keys() | after.keys(), key=lambda value: (value is None, value or ""))
    pairs = {
        (value, verdict): (part(before.get(value), verdict), part(after.get(value), verdict))
        for value in values
        for verdict in WATCHED
    }
    found = tested(pairs)
    return {value: {verdict: found[value, verdict] for verdict in WATCHED} for value in values}


def part(group: Group | None, verdict: Verdict) -> Part:
    """Return how many of a group have a verdict; 0 of 0 where the group is missing."""
    return Part(0, 0) if group is None else Part(group.verdicts()[verdict], group.total)


def tested(pairs: Mapping[What, tuple[Part, Part]]) -> dict[What, Change]:
    """Test shares before and after as one family, leaving out what cannot differ."""
    members = [what for what, (before, after) in pairs.items() if _can_differ(before, after)]
    chances = dict(zip(members, holm([fisher(*pairs[what]) for what in members]), strict=True))
    return {
        what: Change(before, after, chances.get(what, 1.0))
        for what, (before, after) in pairs.items()
    }


def _can_differ(before: Part, after: Part) -> bool:
    """Tell whether the shares could differ: neither is of none, and not all are hits or misses."""
    hits, total = before.hits + after.hits, before.total + after.total
    return bool(before.total and after.total) and 0 < hits < total


def holm(chances: Sequence[float]) -> list[float]:
    """Return the probabilities adjusted for their number, in the same order."""
    adjusted = [0.0] * len(chances)
    highest = 0.0
    by_size = sorted(range(len(chances)), key=chances.__getitem__)
    for tested_before, index in enumerate(by_size):
        highest = max(highest, min(1.0, (len(chances) - tested_before) * chances[index]))
        adjusted[index] = highest
    return adjusted


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
    tails = [
        side[bisect_left(side, -limit, key=lambda count: -chance(count)) :]
        for side in (upwards, downwards)
    ]
    return min(1.0, sum(_summed(map(chance, tail)) for tail in tails))


def _summed(logarithms: Iterable[float]) -> float:
    """Sum falling chances, given as logarithms, until the rest is negligible."""
    summed = 0.0
    for logarithm in logarithms:
        chance = exp(logarithm)
        summed += chance
        if chance < summed * NEGLIGIBLE:
            break
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

"""Kinds counted: totals, groups, levers, the backtest and the exit code.

A tally grows with the kinds and groups that occur, not with the interactions (except for the gaps,
eight bytes each).
"""

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from datetime import timedelta
from itertools import repeat
from statistics import median, quantiles
from typing import NamedTuple

from winwinwin.errors import INVALID
from winwinwin.facts import Facts
from winwinwin.kernel.judgement import Judgement
from winwinwin.record.interaction import Recorded
from winwinwin.stats.dimensions import grouping
from winwinwin.stats.gates import Gate
from winwinwin.stats.groups import Group, JudgeKind
from winwinwin.stats.selecting import Selected

GAP_EDGES = (0, 60, 3_600, 4 * 3_600, 86_400, 2 * 86_400, 7 * 86_400, 30 * 86_400)
"""The limits between the lengths of gaps that are counted separately, in seconds."""


class Gaps(NamedTuple):
    """The time from the salesperson's win to the customer's, in seconds."""

    measured: int
    """Interactions with both times."""
    median: float
    ninth_decile: float
    """90% of the gaps are at most this long."""
    lengths: tuple[int, ...]
    """Interactions below the first of `GAP_EDGES`, from it to the second, and so on."""


class Rest(NamedTuple):
    """Values of a dimension that are counted together."""

    values: int
    """How many values."""
    group: Group


class Tally:
    """Everything counted in one run."""

    def __init__(self, judge: JudgeKind, by: Sequence[str] = ()) -> None:
        """Count with a judge of kinds, and by each of these dimensions.

        Raises KeyError for an unknown dimension.
        """
        self.all = Group(judge)
        self.groups: dict[str, dict[str | None, Group]] = {dimension: {} for dimension in by}
        """By dimension, then by value; None collects what has no value."""
        self.rest: dict[str, Rest] = {}
        """By dimension, what its groups leave out; empty where every value has a group."""
        self.invalid = 0
        self.unreadable = 0
        """Sources that could not be read, or not to their end."""
        self.selected: Selected | None = None
        """What came of a selection; None where there was none."""
        self._groupings = [(groups, grouping(by)) for by, groups in self.groups.items()]
        self.spread: Gaps | None = None
        """The spread of the gaps, where the caller measured it."""
        self._gaps = array("d")

    def add(self, judged: Sequence[tuple[Recorded, Judgement]]) -> None:
        """Count interactions."""
        self.all.kinds.update([judgement.facts for _, judgement in judged])
        gaps = [judgement.gap for _, judgement in judged if judgement.gap is not None]
        self._gaps.extend([gap.total_seconds() for gap in gaps])
        for groups, value_of in self._groupings:
            for recorded, judgement in judged:
                self._group(groups, value_of(recorded.about)).kinds[judgement.facts] += 1

    def count(self, kind: Facts, gap: timedelta | None, number: int) -> None:
        """Count interactions of one kind and with one gap, in no group."""
        self.all.kinds[kind] += number
        if gap is not None:
            self._gaps.extend(repeat(gap.total_seconds(), number))

    def _group(self, groups: dict[str | None, Group], value: str | None) -> Group:
        group = groups.get(value)
        if group is None:
            group = groups[value] = Group(self.all.judge)
        return group

    @property
    def total(self) -> int:
        """All records, including the invalid ones."""
        return self.all.total + self.invalid

    @property
    def gaps(self) -> Gaps | None:
        """The spread of the gaps; None where no interaction has both times."""
        if not self._gaps:
            return self.spread
        lengths = [0] * (len(GAP_EDGES) + 1)
        for seconds in self._gaps:
            lengths[bisect_right(GAP_EDGES, seconds)] += 1
        ninth = (
            quantiles(self._gaps, n=10, method="inclusive")[-1] if self._gaps[1:] else self._gaps[0]
        )
        return Gaps(len(self._gaps), median(self._gaps), ninth, tuple(lengths))

    def exit_code(self, gates: Sequence[Gate] = ()) -> int:
        """Return 2 where anything could not be read or nothing was, 1 for a failed gate, else 0."""
        if self.invalid or self.unreadable or not self.all.kinds:
            return INVALID
        return int(any(gate.on(self.all).fails for gate in gates))

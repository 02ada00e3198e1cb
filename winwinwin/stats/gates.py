"""Gates: how many interactions may, or must, have a verdict before a run counts as failed.

What is not recorded can change the count, so a gate holds in every completion, in none, or in some.
"""

from typing import NamedTuple

from winwinwin.kernel.verdict import Verdict
from winwinwin.stats.bounds import Bounds, has_verdict
from winwinwin.stats.groups import Group


class Gate(NamedTuple):
    """A limit of how many interactions have a verdict."""

    verdict: Verdict
    limit: float = 0
    """A number of interactions, or a percentage of those judged."""
    percent: bool = False
    at_least: bool = False
    """Whether the limit is the fewest that are required, not the most that are allowed."""
    surely: bool = False
    """Whether a run fails where the gate holds as recorded, but what is unknown could break it."""

    def on(self, group: Group) -> "Checked":
        return Checked(self, group.share(has_verdict(self.verdict)))


class Checked(NamedTuple):
    """A gate, and the interactions of a run that have its verdict."""

    gate: Gate
    found: Bounds

    @property
    def number(self) -> int:
        """How many the gate looks at: those that are sure; all possible ones where these decide."""
        is_possible = self.gate.surely and not self.gate.at_least and self.is_open
        return self.found.possible if is_possible else self.found.sure

    @property
    def measured(self) -> float:
        """The same in the unit of the limit."""
        return self._measured(self.number)

    @property
    def excess(self) -> float:
        """By how much the limit is missed, in its own unit; at most 0 where it is kept."""
        return self._excess(self.number)

    @property
    def fails(self) -> bool:
        return self.excess > 0

    @property
    def is_open(self) -> bool:
        """Whether the gate holds in some completions and not in others."""
        ends = {self._excess(number) > 0 for number in (self.found.sure, self.found.possible)}
        return len(ends) > 1

    def _measured(self, number: int) -> float:
        return 100 * number / max(self.found.fewest_of, 1) if self.gate.percent else number

    def _excess(self, number: int) -> float:
        above = self._measured(number) - self.gate.limit
        return -above if self.gate.at_least else above

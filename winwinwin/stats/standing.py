"""Groups beside all others: which stand out by more than chance.

Each group's sure share of WIN/WIN/WIN is compared with that of all other interactions by Fisher's
exact test, two-sided, adjusted by Holm's method for the number of groups: where none differs, the
chance that any is said to stand out is at most 5%. So one that does shows that they differ at all.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from winwinwin.kernel.verdict import Verdict
from winwinwin.stats.bounds import Bounds, has_verdict, of_all
from winwinwin.stats.comparison import tested
from winwinwin.stats.dimensions import DATE_PARTS
from winwinwin.stats.exact import SIGNIFICANCE
from winwinwin.stats.groups import Group

IS_WIN = has_verdict(Verdict.WIN_WIN_WIN)


class Standing(NamedTuple):
    """One group beside all others of its dimension."""

    value: str | None
    """None collects what has no value."""
    group: Group
    wins: Bounds
    """Its share of WIN/WIN/WIN."""
    probability: float
    """Of a difference from the rest as large or larger by chance alone, adjusted for the groups."""
    is_above: bool
    """Whether its sure share is larger than that of the rest."""

    @property
    def stands_out(self) -> bool:
        """Whether chance alone hardly explains how it differs; never what has no value."""
        return self.value is not None and self.probability < SIGNIFICANCE


def standings(dimension: str, groups: Mapping[str | None, Group]) -> list[Standing]:
    """Set each group beside the rest: periods in their order, others with the smallest share first."""
    wins = {value: group.share(IS_WIN) for value, group in groups.items()}
    sure, total = (
        sum(found.sure for found in wins.values()),
        sum(found.fewest_of for found in wins.values()),
    )
    pairs = {
        value: (
            of_all(found.sure, found.fewest_of),
            of_all(sure - found.sure, total - found.fewest_of),
        )
        for value, found in wins.items()
    }
    changes = tested(pairs)
    return [
        Standing(
            value,
            groups[value],
            wins[value],
            changes[value].chances.recorded,
            changes[value].points < 0,
        )
        for value in in_order(dimension, wins)
    ]


def in_order(dimension: str, wins: Mapping[str | None, Bounds]) -> Iterable[str | None]:
    """Return periods in their order, other values by their share of wins, and last what has none."""
    is_period = dimension in DATE_PARTS

    def place(value: str | None) -> tuple[bool, float, int, str]:
        found = wins[value]
        by_share = (0.0, 0) if is_period else (found.share_sure, -found.fewest_of)
        return (value is None, *by_share, value or "")

    return sorted(wins, key=place)

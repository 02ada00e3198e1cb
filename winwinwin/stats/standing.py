"""Groups beside all others: which stand out by more than chance.

Each group's share of WIN/WIN/WIN is compared with that of all other interactions by Fisher's exact
test, two-sided, adjusted by Holm's method for the number of groups: where none differs, the chance
that any is said to stand out is at most 5%. So one that does shows that they differ at all. It
stands out only where it would whatever the undetermined turn out to be.
"""

from collections.abc import Iterable, Mapping
from operator import sub
from typing import NamedTuple

from winwinwin.kernel.verdict import Verdict
from winwinwin.stats.bounds import Bounds, has_verdict
from winwinwin.stats.comparison import Change, tested
from winwinwin.stats.dimensions import DATE_PARTS
from winwinwin.stats.groups import Group

IS_WIN = has_verdict(Verdict.WIN_WIN_WIN)


class Standing(NamedTuple):
    """One group beside all others of its dimension."""

    value: str | None
    """None collects what has no value."""
    group: Group
    change: Change
    """From its share of WIN/WIN/WIN to that of the rest."""

    @property
    def wins(self) -> Bounds:
        """Its share of WIN/WIN/WIN."""
        return self.change.before

    @property
    def probability(self) -> float:
        """Of a difference from the rest as large or larger by chance alone, in the least clear completion.

        It is adjusted for the groups.
        """
        return self.change.chances.highest

    @property
    def is_above(self) -> bool:
        """Whether its sure share is larger than that of the rest."""
        return self.change.points < 0

    @property
    def stands_out(self) -> bool:
        """Whether chance alone hardly explains how it differs; never what has no value."""
        return self.value is not None and self.change.is_significant

    @property
    def may_stand_out(self) -> bool:
        """Whether that depends on what is undetermined."""
        return self.value is not None and self.change.is_undecided


def standings(
    dimension: str, groups: Mapping[str | None, Group], others: Iterable[Group] = ()
) -> list[Standing]:
    """Set each group beside the rest: periods in their order, others with the smallest share first.

    Further groups belong to the rest, and are not compared themselves.
    """
    wins = {value: group.share(IS_WIN) for value, group in groups.items()}
    beside = [group.share(IS_WIN) for group in others]
    whole = [sum(ends) for ends in zip(*wins.values(), *beside, strict=True)]
    pairs = {found: (found, Bounds(*map(sub, whole, found))) for found in set(wins.values())}
    changes = tested({value: pairs[found] for value, found in wins.items()})
    return [Standing(value, groups[value], changes[value]) for value in in_order(dimension, wins)]


def in_order(dimension: str, wins: Mapping[str | None, Bounds]) -> Iterable[str | None]:
    """Return periods in their order, other values by their share of wins, and last what has none."""
    is_period = dimension in DATE_PARTS

    def place(value: str | None) -> tuple[bool, float, int, str]:
        found = wins[value]
        by_share = (0.0, 0) if is_period else (found.share_sure, -found.fewest_of)
        return (value is None, *by_share, value or "")

    return sorted(wins, key=place)

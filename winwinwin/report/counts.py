"""Groups as rows of the report's tables and charts."""

from math import floor
from typing import Any

from winwinwin.errors import printable
from winwinwin.kernel.verdict import Verdict
from winwinwin.pages.words import FEW, interval_words, share_words
from winwinwin.stats.bounds import Bounds, has_verdict
from winwinwin.stats.groups import Group
from winwinwin.stats.standing import IS_WIN

IS_LOSS = has_verdict(Verdict.ORGANIZATION_LOSES)


class Shared:
    """What many views show, kept once; the views hold its numbers."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.intervals: list[list[Any]] = []
        """In words, and from how many percent to how many."""
        self.periods: list[list[str]] = []
        """Their names and first days."""
        self._numbers: dict[str, int] = {}
        self._periods: dict[str, int] = {}
        self._interval_numbers: dict[str, int] = {}

    def number(self, words: str) -> int:
        number = self._numbers.setdefault(words, len(self.words))
        if number == len(self.words):
            self.words.append(printable(words))
        return number

    def period(self, name: str, first_day: str) -> int:
        number = self._periods.setdefault(name, len(self.periods))
        if number == len(self.periods):
            self.periods.append([name, first_day])
        return number

    def interval(self, found: Bounds) -> int:
        words = interval_words(found)
        number = self._interval_numbers.setdefault(words, len(self.intervals))
        if number == len(self.intervals):
            ends = [floor(100 * end + 0.5) for end in found.interval] if words else []
            self.intervals.append([words, *ends])
        return number


def verdict_counts(group: Group) -> list[int]:
    return list(group.verdicts().values())


def row(name: Any, group: Group, shared: Shared) -> list[Any]:
    """Return what the row is about, its verdict counts, how many at most are wins, and losses, and its wins.

    These are the numbers of their share in words, and of its interval.
    """
    wins, losses = group.share(IS_WIN), group.share(IS_LOSS)
    counts = [*verdict_counts(group), wins.possible, losses.possible]
    return [name, *counts, shared.number(share_words(wins)), shared.interval(wins)]


def is_rate(group: Group) -> bool:
    """Tell whether a share of these interactions can be read as a rate."""
    return group.total >= FEW

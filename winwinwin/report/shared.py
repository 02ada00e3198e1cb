"""Words and names as the page's data holds them."""

from math import floor
from typing import Any, TypeAlias

from winwinwin.errors import printable, shortened
from winwinwin.pages.groups import NO_VALUE
from winwinwin.pages.words import interval_words
from winwinwin.stats.bounds import Bounds

LONGEST = 60
"""How many characters of a name from outside the page shows."""

Values: TypeAlias = dict[str, list[str | None]]
"""The values of each dimension that the page lists."""


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


def name_of(value: str | None) -> str:
    return NO_VALUE if value is None else shortened(printable(value), LONGEST)

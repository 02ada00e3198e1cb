"""Words and names as the page's data holds them."""

from typing import TypeAlias

from winwinwin.errors import printable, shortened
from winwinwin.pages.summary import NO_VALUE

LONGEST = 60
"""How many characters of a name from outside the page shows."""

Values: TypeAlias = dict[str, list[str | None]]
"""The values of each dimension that the page lists."""


class Shared:
    """Words that many views show, kept once; the views hold their numbers."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, words: str) -> int:
        number = self._numbers.setdefault(words, len(self.words))
        if number == len(self.words):
            self.words.append(printable(words))
        return number


def name_of(value: str | None) -> str:
    return NO_VALUE if value is None else shortened(printable(value), LONGEST)

"""The word that was probably meant by another."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

LONGEST = 40
"""Characters of a word that are compared."""
NEAR = 0.6
"""How similar a word is that may have been meant."""
BEGINNING = 3
"""Letters that a word begins with that may have been meant, where none is similar."""
REMEMBERED = 4096
"""Words whose nearest ones are remembered: the same mistake is often made in many records."""


def nearest(word: Any, words: Iterable[str]) -> str | None:
    """Return the word that was probably meant, None if none is near."""
    return next(iter(near_ones(word, words, most=1)), None)


def near_ones(word: Any, words: Iterable[str], most: int) -> list[str]:
    """Return the most similar words, the nearest first; where none is, those that begin so."""
    if not isinstance(word, str):
        return []
    return [*_near_ones(word.strip().lower()[:LONGEST], tuple(words), most)]


@lru_cache(maxsize=REMEMBERED)
def _near_ones(word: str, words: tuple[str, ...], most: int) -> list[str]:
    from difflib import get_close_matches  # 8 ms that only an error pays

    in_any_case = {known.lower(): known for known in words}
    letters = set(word)
    may_be_near = [known for known in in_any_case if _share(word, letters, known) >= NEAR]
    close = get_close_matches(word, may_be_near, n=most, cutoff=NEAR)
    if not close and len(word) >= BEGINNING:
        close = [known for known in in_any_case if known.startswith(word)][:most]
    return [in_any_case[known] for known in close]


def _share(word: str, letters: set[str], known: str) -> float:
    """Return a similarity of two words that theirs does not exceed, in a tenth of the time."""
    length = max(len(word) + len(known), 1)
    both = min(len(word), len(known))
    if 2 * both >= NEAR * length:
        both = min(sum(map(letters.__contains__, known)), sum(map(set(known).__contains__, word)))
    return 2 * both / length

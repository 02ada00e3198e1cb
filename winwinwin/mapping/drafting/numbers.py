"""Scales of numbers: recognised where the values and the name both say that it is one."""

import re
from typing import NamedTuple

from winwinwin.mapping.drafting.columns import UNLABELLED, Column
from winwinwin.mapping.drafting.names import asks_opinion, speaks, worded
from winwinwin.mapping.drafting.scales import End, end_of, not_recorded, told
from winwinwin.mapping.numbers import read_number

NAMED_RANGE = re.compile(
    r"\b(0|1)\s*(?:-|\u2013|\u2014|to|bis|à|a|tot|até|\.\.+|/)\s*(5|7|10|100)\b",
    re.IGNORECASE,
)
OUT_OF = re.compile(r"\bout of (5|7|10|100)\b|/\s?(5|7|10|100)\b", re.IGNORECASE)
VERY = r"(?:very|extremely|sehr|très|muy|zeer|muito) "
GOOD = (
    r"(?:satisfied|good|happy|best|excellent|likely|agree|zufrieden|gut|beste|satisfait|bon|"
    r"satisfecho|bueno|tevreden|goed|satisfeito|bom|strongly agree)\b"
)
LOW_IS_GOOD = re.compile(
    rf"\b[01]\s*[=:(\u2013-]?\s*(?:{VERY})?{GOOD}|\b{VERY}{GOOD}\s*[=:(]\s*[01]\b", re.IGNORECASE
)


class Cut(NamedTuple):
    """A scale of numbers, and where it is cut."""

    low: int
    high: int
    won: float
    """From here on."""
    lost: float
    """Up to here."""


FIVE = Cut(1, 5, 4, 2)
SEVEN = Cut(1, 7, 5, 3)
TEN = Cut(1, 10, 7, 4)
ELEVEN = Cut(0, 10, 7, 4)
PROMOTERS = Cut(0, 10, 9, 6)
"""The Net Promoter Score: promoters from 9, detractors up to 6."""
PERCENT = Cut(0, 100, 70, 40)
"""Cut as 1 to 10 is, ten times as fine."""
NAMED = {(each.low, each.high): each for each in (FIVE, SEVEN, TEN, ELEVEN, PERCENT)}
BY_GREATEST = {4: FIVE, 5: FIVE, 7: SEVEN, 8: TEN, 9: TEN, 10: TEN}
"""The scale that the greatest value suggests where the least is 1 or more; 1 to 3 and 6 suggest none."""
MOST_PERCENT = 101


def cut_of(column: Column) -> Cut | None:
    """Return the scale of a column's numbers; None where values or name say otherwise."""
    words = worded(column.text)
    column = _with_labelled_ends(column)
    if column.numbers is None or not column.is_whole or not _is_named(column, words):
        return None
    low, high = column.numbers
    cut = _named(column.text, words) or _by_values(low, high, words)
    fits = cut is not None and cut.low <= low and high <= cut.high
    return cut if fits and not LOW_IS_GOOD.search(column.text) else None


def _with_labelled_ends(column: Column) -> Column:
    """Return a column with its numbers where the least, the greatest or both are also said in words.

    The words have to say that more is better, as in `0 - Not at all likely`, 5, `10 - Likely`.
    """
    if column.numbers is not None or not column.is_complete:
        return column
    written = [value for value in column.values if told(value) not in not_recorded()]
    numbers = {value: read_number(value) for value in written}
    known = [number for number in numbers.values() if number is not None]
    if len(known) < len(written) or len({*known}) < 2:  # noqa: PLR2004  # the two ends
        return column
    ends: dict[float, End] = {min(known): "lost", max(known): "won"}
    labelled = [value for value in written if not UNLABELLED.match(value)]
    if any(end_of(value) != ends.get(numbers[value] or 0.0) for value in labelled):
        return column
    is_whole = all(number.is_integer() for number in known)
    return column._replace(numbers=(min(known), max(known)), is_whole=is_whole)


def _is_named(column: Column, words: str) -> bool:
    has_range = bool(NAMED_RANGE.search(column.text))
    is_asked = asks_opinion(words) or has_range or bool(OUT_OF.search(column.text))
    if speaks(words, "counted") or (speaks(words, "no opinion") and not asks_opinion(words)):
        return False
    if speaks(words, "no scale") and not is_asked:
        return False
    return speaks(words, "opinion") or speaks(words, "rating") or has_range


def _named(text: str, words: str) -> Cut | None:
    """Return the scale that a name says it is."""
    if re.search(
        r"(?<!\S)(?:nps|net promoter|promoter|recommend|likely to recommend)(?!\S)", words
    ):
        return PROMOTERS
    if found := NAMED_RANGE.search(text):
        return NAMED.get((int(found[1]), int(found[2])))
    if found := OUT_OF.search(text):
        top = int(found[1] or found[2])
        return next(cut for (_, high), cut in NAMED.items() if high == top)
    return None


def _by_values(low: float, high: float, words: str) -> Cut | None:
    if low >= 1 and high <= 10:  # noqa: PLR2004  # the longest of the short scales
        return BY_GREATEST.get(int(high))
    if low >= 0 and high <= 10:  # noqa: PLR2004
        return ELEVEN if high >= 8 else None  # noqa: PLR2004  # 0 to 5 is no usual scale
    return PERCENT if low >= 0 and 50 <= high <= 100 and speaks(words, "opinion") else None  # noqa: PLR2004

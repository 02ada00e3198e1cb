"""Scales of numbers: recognised where the values and the name both say that it is one."""

import re
from typing import NamedTuple

from winwinwin.mapping.drafting.columns import UNLABELLED, Column
from winwinwin.mapping.drafting.names import Reading, worded
from winwinwin.mapping.drafting.scales import End, end_of, not_recorded, told
from winwinwin.mapping.numbers import OUT_OF as TOP
from winwinwin.mapping.numbers import read_number

NAMED_RANGE = re.compile(
    r"\b(0|1)\s*(?:-|\u2013|\u2014|to|bis|à|a|tot|até|\.\.+|/)\s*(5|7|10|100)\b",
    re.IGNORECASE,
)
ANY_RANGE = re.compile(
    r"\b\d+\s*(?:-|\u2013|\u2014|to|bis|à|a|tot|até|\.\.+)\s*\d+\b", re.IGNORECASE
)
OUT_OF = re.compile(r"\bout of (5|7|10|100)\b|/\s?(5|7|10|100)\b", re.IGNORECASE)
LABELLED = re.compile(
    r"\b(?P<point>[0-9]{1,3})\b(?:\s*[=:(\u2013-]+\s*|\s+(?:means?|is|being|hei\u00dft|bedeutet|ist|signifie|est|"
    r"significa|es|betekent|\u00e9)\s+|\s+)(?P<after>[^\d,;)]+)"
    r"|(?:^|[(,;:]|\b(?:from|von|de)\b)(?P<before>[^\d,;:()]+?)\s*(?:=\s*[01]\b|\(\s*[01]\s*\)|\s[01]\s(?=to\b|bis\b|a\b|\u00e0\b))",
    re.IGNORECASE,
)
"""What a name says of the least or another number of its scale."""


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
PROMOTERS_NAMED = re.compile(r"\b(?:nps|net promoter|promoter)")
BEST_AND_WORST: dict[str, End] = {
    **dict.fromkeys(("best", "highest", "beste", "meilleur", "mejor", "melhor"), "won"),
    **dict.fromkeys(
        ("worst", "lowest", "schlechteste", "pire", "peor", "slechtste", "pior"), "lost"
    ),
}
"""Words in names that describe the ends of a scale, and that nobody answers."""


def cut_of(column: Column, reading: Reading) -> Cut | None:
    """Return the scale of a column's numbers; None where values or name say otherwise."""
    column = _with_labelled_ends(column)
    if column.numbers is None or not column.is_whole or not _may_be_numbers(column, reading):
        return None
    low, high = column.numbers
    tops = {float(found[1]) for value in column.values if (found := TOP.search(value))}
    if len(tops) > 1 or any(top < high for top in tops):
        return None
    high = max([high, *tops])
    is_ranged = ANY_RANGE.search(column.text) or OUT_OF.search(column.text)
    named = _named(column.text, reading, high)
    cut = named if named or is_ranged else _by_values(low, high, reading)
    fits = cut is not None and cut.low <= low and high <= cut.high and tops <= {cut.high}
    return cut if fits and not is_reversed(column.text) else None


def _may_be_numbers(column: Column, reading: Reading) -> bool:
    has_range = NAMED_RANGE.search(column.text) or OUT_OF.search(column.text)
    return "number" in reading.answers or ("range" in reading.answers and bool(has_range))


def is_reversed(text: str) -> bool:
    """Tell whether a name says that the least number of its scale is the best."""
    for found in LABELLED.finditer(text):
        words = (found["after"] or found["before"]).split()
        sides = range(len(words), 0, -1)
        said = (" ".join(words[:n] if found["after"] else words[-n:]) for n in sides)
        end = next(
            (end for each in said if (end := BEST_AND_WORST.get(each.casefold()) or end_of(each))),
            None,
        )
        if end:
            is_least = found["point"] in (None, "0", "1")
            return end == ("won" if is_least else "lost")
    return False


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


def _named(text: str, reading: Reading, high: float) -> Cut | None:
    """Return the scale that a name says it is."""
    found = NAMED_RANGE.search(text)
    span = (int(found[1]), int(found[2])) if found else None
    if "recommend" in reading.says and span in (None, (0, 10)):
        is_sure = span is not None or high > SEVEN.high or PROMOTERS_NAMED.search(worded(text))
        return PROMOTERS if is_sure else None
    if span:
        return NAMED.get(span)
    if ANY_RANGE.search(text):
        return None
    if out_of := OUT_OF.search(text):
        top = int(out_of[1] or out_of[2])
        return next(cut for (_, high), cut in NAMED.items() if high == top)
    return None


def _by_values(low: float, high: float, reading: Reading) -> Cut | None:
    if "recommend" in reading.says:
        return None
    if low >= 1 and high <= 10:  # noqa: PLR2004  # the longest of the short scales
        return BY_GREATEST.get(int(high))
    if low >= 0 and high <= 10:  # noqa: PLR2004
        return ELEVEN if high >= 8 else None  # noqa: PLR2004  # 0 to 5 is no usual scale
    is_percent = low >= 0 and 50 <= high <= 100  # noqa: PLR2004
    return PERCENT if is_percent and {"satisfaction", "satisfied"} & reading.says else None

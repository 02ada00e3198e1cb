"""What a column holds: of a table as its engine counts it, of records as they are counted here."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from winwinwin.facts import word
from winwinwin.mapping.numbers import decimal_of, read_number
from winwinwin.mapping.paths import leaves, told_apart
from winwinwin.mapping.values import as_number
from winwinwin.record.spelling import MISSING, NOT_RECORDED, bare

FEW = 12
"""Distinct values that are listed; of more, the first few are."""
EMPTY = {*NOT_RECORDED, *MISSING}
UNLABELLED = re.compile(
    r"^\W*[0-9][^a-z]*(?:stars?|sterne?|étoiles?|estrellas?|sterren|estrelas?)?\W*$",
    re.IGNORECASE,
)
"""A number that nothing but its unit stands beside: a label may say which end of a scale is the better."""
LONGEST = 1_000
"""Characters of a value that are looked at: so long a one is neither a date nor an answer."""
KEPT = 1_000
"""Distinct values that are looked at: the most frequent, from which dates and scales are known."""


class Column(NamedTuple):
    """A column of a table or a dotted path of records, and what it holds."""

    name: str
    values: list[str]
    """The distinct values, the most frequent first; at most KEPT, and of each what is looked at."""
    distinct: int
    rows: int
    """How many rows have a value."""
    numbers: tuple[float, float] | None = None
    """The least and greatest, where all values are numbers."""
    is_whole: bool = False
    """Whether all values are whole numbers."""
    question: str = ""
    """What the respondents were asked, where the export has it beside the name."""

    @property
    def text(self) -> str:
        """What says most of what the column is about."""
        return self.question or self.name

    @property
    def is_complete(self) -> bool:
        """Whether every value is known."""
        return self.distinct <= len(self.values)

    @property
    def looked_at(self) -> "Column":
        """The same without the rest of long values, and measured."""
        return self._replace(values=[value[:LONGEST] for value in self.values]).measured

    @property
    def measured(self) -> "Column":
        """The same, with its numbers where only people would read all of its values as such.

        `4/5`, `80%` and `5 stars` are numbers, and where nothing is recorded there is none.
        """
        if self.numbers is not None or not self.is_complete:
            return self
        written = [value for value in self.values if bare(value) not in EMPTY]
        decimal = decimal_of(written)
        numbers = [read_number(value, decimal) for value in written if UNLABELLED.match(value)]
        found = [number for number in numbers if number is not None]
        if not found or len(found) < len(written):
            return self
        is_whole = all(number.is_integer() for number in found)
        return self._replace(numbers=(min(found), max(found)), is_whole=is_whole)


def columns_of(records: Sequence[Any]) -> list[Column]:
    """Return the dotted paths of records, in the order in which they turn up, with their values."""
    counts: dict[str, Counter[str]] = {}
    told = told_apart(records)
    for record in records:
        for path, value in leaves(record, told):
            counted = counts.setdefault(path, Counter())
            if value is not None:
                counted[_as_text(value)] += 1
    return [_column(path, counted) for path, counted in counts.items()]


def _as_text(value: Any) -> str:
    return ",".join(map(_item, value)) if isinstance(value, list) else word(value)


def _item(value: Any) -> str:
    return "a mapping" if isinstance(value, dict) else word(value)


def _column(path: str, counted: Counter[str]) -> Column:
    frequent = sorted(counted, key=lambda value: (-counted[value], value))
    numbers = [number for value in counted if (number := as_number(value)) is not None]
    all_numbers = bool(numbers) and len(numbers) == len(counted)
    return Column(
        path,
        frequent[:KEPT],
        len(counted),
        counted.total(),
        (min(numbers), max(numbers)) if all_numbers else None,
        all_numbers and all(number.is_integer() for number in numbers),
    ).looked_at

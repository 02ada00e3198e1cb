"""How columns of a table, or dotted paths of a record, become facts.

A mapping has two interpreters, which agree: this module reads a value at a time, and `tables` reads
the distinct values of a column here after its engine has cut numbers by the ranges.
"""

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pydantic_core import PydanticCustomError

from winwinwin.errors import Place, Problem, quoted
from winwinwin.facts import Value
from winwinwin.loading.file_layout import AS_IT_SAYS, FileLayout
from winwinwin.parsing.refusals import refusal
from winwinwin.record.interaction import ABOUT
from winwinwin.record.spelling import bare

NUMBER = "^ *[+-]?([0-9]{1,15}([.][0-9]{0,30})?|[.][0-9]{1,30})([eE][+-]?[0-9]{1,2})? *$"
"""What counts as a number: a pattern that Python and every engine read alike.

Programs write up to 17 digits of a float, and some more zeros before them.
"""

_NUMBER = re.compile(NUMBER)

OUTSIDE = "another number"

Otherwise: TypeAlias = Literal["not recorded", "error"]
OTHERWISE: tuple[Otherwise, ...] = ("not recorded", "error")


@dataclass(frozen=True, slots=True)
class Range:
    """Numbers from one bound to another."""

    low: float = float("-inf")
    high: float = float("inf")
    low_counts: bool = True
    """Whether the bound itself is in the range."""
    high_counts: bool = True

    def __contains__(self, number: float) -> bool:
        above = number >= self.low if self.low_counts else number > self.low
        below = number <= self.high if self.high_counts else number < self.high
        return above and below

    @property
    def is_empty(self) -> bool:
        return self.low > self.high or (self.low == self.high and self.low not in self)

    def meets(self, other: "Range") -> bool:
        """Tell whether a number is in both."""
        low = max(self.low, other.low)
        high = min(self.high, other.high)
        common = Range(
            low,
            high,
            all(each.low_counts for each in (self, other) if each.low == low),
            all(each.high_counts for each in (self, other) if each.high == high),
        )
        return not common.is_empty


@dataclass(frozen=True, slots=True)
class FieldSource:
    """Where one field comes from, and what its values mean."""

    column: str
    """A column's name, or the path of a value in a nested record (see `paths`)."""
    words: Map[str, Value] = field(default_factory=dict)
    """What each listed text means, as `spelling.bare` writes it."""
    ranges: tuple[tuple[Range, Value], ...] = ()
    """What numbers mean; a listed number is a range of its own."""
    otherwise: Otherwise = "not recorded"
    """What happens to any other value."""
    is_spelt: bool = True
    """Whether the values are written as the field's own are, and none is listed."""
    place: Place | None = None
    """Where the column is named in a mapping file."""
    path: str | None = None
    """The path that the mapping names, where the column was added for it."""

    @property
    def name(self) -> str:
        """What the mapping calls it."""
        return self.path or self.column

    @property
    def is_cut(self) -> bool:
        """Whether numbers have meanings, so that all with the same meaning can be read as one."""
        return bool(self.ranges)

    def read(self, written: str | None) -> Value | None:
        """Return what a text means, None where it is not recorded.

        Raises PydanticCustomError for a text that the mapping refuses.
        """
        if written is None:
            return None
        meant = self.words.get(bare(written))
        if meant is not None:
            return meant
        number = as_number(written)
        if number is not None:
            for numbers, value in self.ranges:
                if number in numbers:
                    return value
        if is_written(written) and self.otherwise == "error":
            raise self.refused(written)
        return None

    def shown(self, written: str) -> str:
        """Return how a value without a meaning is shown: all numbers between ranges by one name."""
        is_number = self.is_cut and as_number(written) is not None
        return OUTSIDE if is_number else quoted(written)

    def refused(self, written: str) -> PydanticCustomError:
        hint = "Map it, or leave out `otherwise: error`."
        what = f"{self.shown(written)} has no meaning in the mapping"
        return refusal(Problem(what, hint=hint))


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where facts, and what else describes an interaction, are found."""

    facts: Map[str, FieldSource]
    """By flat name."""
    about: Map[str, FieldSource] = field(default_factory=dict)
    """id, date, employee, channel and notes."""
    tags: Map[str, FieldSource] = field(default_factory=dict)
    """By the tag's name."""
    file: FileLayout = AS_IT_SAYS
    """How the file is read; options may say otherwise."""

    def sources(self) -> Iterator[tuple[str, FieldSource]]:
        """Yield every field and where it comes from."""
        yield from self.facts.items()
        yield from self.about.items()
        yield from self.tags.items()


ABOUT_FIELDS = ("id", *(name for name in ABOUT if name != "tags"))
"""What describes an interaction by one value."""


def as_number(written: str) -> float | None:
    """Read a text as a number, None for any other text."""
    number = bare(written)
    return float(number) if _NUMBER.match(number) else None


def is_written(value: Any) -> bool:
    """Tell whether there is anything that a mapping might have a meaning for."""
    return isinstance(value, str) and bool(bare(value))

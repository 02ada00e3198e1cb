"""How columns of a table, or dotted paths of a record, become facts.

A mapping has two interpreters, which agree: this module reads a value at a time, and `tables` reads
the distinct values of a column here after its engine has cut numbers by the ranges.
"""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

from winwinwin.errors import Place, Problem, quoted
from winwinwin.facts import Value
from winwinwin.loading.file_layout import AS_IT_SAYS, FileLayout
from winwinwin.mapping.numbers import Decimal, read_number
from winwinwin.mapping.values import Range, Values, is_written
from winwinwin.parsing.refusals import refusal
from winwinwin.record.described import ABOUT
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.record.spelling import bare

Otherwise: TypeAlias = Literal["not recorded", "error"]
OTHERWISE: tuple[Otherwise, ...] = ("not recorded", "error")
MOMENTS = ("date", *(name for name in FLAT_PATHS if name.endswith("_won_at")))
"""The fields that hold times."""
OUTSIDE = "another number"
BOTH = "mean both values of the fact"
MAP_IT = "Map it, or leave out `otherwise: error`."
NEITHER = "meet no condition of the mapping"


class Case(NamedTuple):
    """Cells of several columns that together mean a value."""

    value: Value
    cells: tuple[tuple[str, Values], ...]
    """Columns, and what each must hold."""


class Choices(NamedTuple):
    """Choices of one cell that together mean a value."""

    value: Value
    each: tuple[Values, ...]
    """What some choice of the cell must be, for each of them."""


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
    split: str = ""
    """What stands between the choices of a cell; empty where a cell holds one value."""
    choices: tuple[Choices, ...] = ()
    """Meanings of choices that a cell must hold together."""
    cases: tuple[Case, ...] = ()
    """Meanings of cells of other columns, or of this one."""
    formats: tuple[str, ...] = ()
    """How times may be written, beside ISO 8601 and what is plain."""
    has_forms: bool = False
    """Whether an engine has to look for forms of times beside ISO 8601 and the formats."""
    decimals: Map[str, Decimal] = field(default_factory=dict)
    """What stands before the decimals of its columns; where that isn't known, each value tells."""
    path: str | None = None
    """The path that the mapping names, where the column was added for it."""

    @property
    def name(self) -> str:
        """What the mapping calls its column."""
        return self.path or self.column

    @property
    def conditions(self) -> tuple[str, ...]:
        """The columns that its cases look at."""
        return tuple(dict.fromkeys(column for case in self.cases for column, _ in case.cells))

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns that it looks at: its own, if it has one, first."""
        return tuple(
            dict.fromkeys([column for column in (self.column, *self.conditions) if column])
        )

    @property
    def is_idle(self) -> bool:
        """Whether no value of its own column means anything, as all are cells that its cases look at."""
        is_listed = self.words or self.ranges or self.choices
        return bool(self.column and self.cases and not is_listed)

    @property
    def is_cut(self) -> bool:
        """Whether numbers have meanings, so that all with the same meaning can be read as one."""
        return bool(self.ranges) and not self.split

    def renamed(self, called: Map[str, str]) -> "FieldSource":
        """Return the same with other names of columns."""
        cases = tuple(
            case._replace(
                cells=tuple((called.get(name, name), values) for name, values in case.cells)
            )
            for case in self.cases
        )
        return replace(self, column=called.get(self.column, self.column), cases=cases)

    def ranges_of(self, column: str) -> list[Range]:
        """Return the ranges that its cases have for a column."""
        cells = (cell for case in self.cases for cell in case.cells)
        return [each for name, values in cells if name == column for each in values.ranges]

    def words_of(self, column: str) -> set[str]:
        """Return the texts that its cases have for a column."""
        cells = (cell for case in self.cases for cell in case.cells)
        return {word for name, values in cells if name == column for word in values.words}

    def read(self, written: str | None) -> Value | None:
        """Return what a text of its own column means, None where it is not recorded.

        Raises PydanticCustomError for a text that the mapping refuses.
        """
        if written is None:
            return None
        meant = self._meanings(written)
        if len(meant) == 1:
            return meant.pop()
        if is_written(written) and self.otherwise == "error" and not self.cases:
            why = f"can {BOTH}" if meant else "has no meaning in the mapping"
            raise refusal(Problem(f"{self.shown(written)} {why}", hint=MAP_IT))
        return None

    def _meanings(self, written: str) -> set[Value]:
        parts = written.split(self.split) if self.split else [written]
        meant = {value for part in parts if (value := self._meaning(part)) is not None}
        return meant | {each.value for each in self.choices if self._has(parts, each)}

    def _has(self, parts: list[str], choices: Choices) -> bool:
        numbers = [(part, self._number(self.column, part)) for part in parts]
        return all(any(each.hold(*number) for number in numbers) for each in choices.each)

    def _meaning(self, written: str) -> Value | None:
        meant = self.words.get(bare(written))
        number = self._number(self.column, written) if meant is None and self.ranges else None
        if number is None:
            return meant
        return next((value for numbers, value in self.ranges if number in numbers), None)

    def met(self, column: str, written: str | None) -> frozenset[tuple[int, int]] | None:
        """Return which cells of its cases, by case and place, a column's text meets; None of no text."""
        if written is None or not is_written(written):
            return None
        return frozenset(
            (number, place)
            for number, case in enumerate(self.cases)
            for place, (name, values) in enumerate(case.cells)
            if name == column and values.hold(written, self._number(column, written))
        )

    def _number(self, column: str, written: str) -> float | None:
        return read_number(written, self.decimals.get(column))

    def together(self, own: Value | None, met: AbstractSet[tuple[int, int]]) -> set[Value]:
        """Return all that its own column and its cases mean."""
        meant = {
            case.value
            for number, case in enumerate(self.cases)
            if all((number, place) in met for place in range(len(case.cells)))
        }
        return meant if own is None else meant | {own}

    def shown(self, written: str) -> str:
        """Return how a value without a meaning is shown: all numbers between ranges by one name."""
        is_number = self.is_cut and self._number(self.column, written) is not None
        return OUTSIDE if is_number else quoted(written)


class Long(NamedTuple):
    """The columns of a table with one row per question."""

    id: str
    question: str
    answer: str
    place: Place | None = None
    places: Map[str, Place | None] = MappingProxyType({})
    """Where each is named in a mapping file."""


class Join(NamedTuple):
    """A file, or a table of the same engine, whose columns are added where its keys are those of a row."""

    file: str
    """Its path, as seen from the mapping's file; empty for a table."""
    on: Map[str, str]
    """Columns of the table so far, and those of the file with the same values."""
    layout: FileLayout = AS_IT_SAYS
    place: Place | None = None
    table: str = ""
    """A table of the engine, instead of a file."""
    places: Map[str, Place | None] = MappingProxyType({})
    """Where the columns of a key are named in a mapping file, by the first of them."""

    @property
    def name(self) -> str:
        """What the user calls it."""
        return self.file or self.table

    @property
    def short_name(self) -> str:
        """Its name without a folder and suffixes, or without a schema."""
        return Path(self.file).name.partition(".")[0] if self.file else self.table.split(".")[-1]

    @property
    def path(self) -> Path:
        """Where the file is, as seen from here."""
        return Path(self.place.source).parent / self.file if self.place else Path(self.file)


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
    long: Long | None = None
    """How a table with one row per question becomes one with a row per interaction."""
    joins: tuple[Join, ...] = ()
    """Files whose columns are added, in this order."""
    is_by_name: bool = False
    """Whether nobody mapped anything: each column has the name of its field."""

    def sources(self) -> Iterator[tuple[str, FieldSource]]:
        """Yield every field and where it comes from."""
        yield from self.facts.items()
        yield from self.about.items()
        yield from self.tags.items()


ABOUT_FIELDS = ("id", *(name for name in ABOUT if name != "tags"))
"""What describes an interaction by one value."""

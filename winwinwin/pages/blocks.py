"""What a person is shown, before it is known where: a few kinds of block that any painter knows."""

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from winwinwin.vocabulary import Tone


class Text(NamedTuple):
    """Some words with a tone. Words from outside are shown as they are, never as markup."""

    words: str
    tone: Tone = "plain"
    whole: bool = False
    """Whether it is kept on one line while other columns have room to give."""


class Bar(NamedTuple):
    """A share from 0 to 1, drawn where a painter can draw."""

    share: float
    tone: Tone = "plain"


Cell: TypeAlias = Text | Bar


@dataclass(frozen=True, slots=True)
class Title:
    """What the blocks after it are about."""

    text: Text


@dataclass(frozen=True, slots=True)
class Triple:
    """Each party with what became of it, as large as the painter can."""

    parties: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence."""

    parts: tuple[Text, ...]
    label: str = ""
    """What the sentence is about; it comes first."""


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[str, ...]
    """Headings; all empty for a table without a heading."""
    rows: tuple[tuple[Cell, ...], ...]
    numeric: frozenset[int] = frozenset()
    """Columns that are set flush right."""
    headings: int = 0
    """How many of the last columns can become headings of the rows that share them, to save room."""
    spare: tuple[int, ...] = ()
    """Columns that may be left out where room is short, the first to go first."""


class Tile(NamedTuple):
    """One cell of a matrix."""

    number: str
    share: str
    words: str
    """What to say about them."""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Matrix:
    """Tiles by rows and columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Tile, ...]], ...]

    def as_table(self) -> Table:
        """Return it for painters that have no tiles."""
        rows = tuple(
            (Text(name), *(Text(_on_a_line(tile), tile.tone) for tile in tiles))
            for name, tiles in self.rows
        )
        return Table(("", *self.columns), rows)


def _on_a_line(tile: Tile) -> str:
    return f"{tile.number} ({tile.words})" if tile.words else tile.number


Block: TypeAlias = Title | Triple | Line | Table | Matrix


def line(*parts: Text | str, label: str = "") -> Line:
    """Make a sentence of texts and plain words."""
    return Line(tuple(text(part) for part in parts), label)


def text(part: Text | str) -> Text:
    return Text(part) if isinstance(part, str) else part

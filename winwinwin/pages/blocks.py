"""What a person is shown, before it is known where: a few kinds of block that any painter knows."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
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
    depth: int = 0
    """1 for a part of what another title is about, 2 for a part of that, where headings have levels."""


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


Write: TypeAlias = Callable[[str], str]
"""Writes words as a medium shows them, with nothing in them that it would obey."""


def written(blocks: Iterable[Block], write: Write) -> Iterator[Block]:
    """Yield blocks with all their words as a medium writes them, wherever the words come from.

    Each painter takes its blocks through this once, and none writes words by itself.
    """
    return (_written(block, write) for block in blocks)


def _written(block: Block, write: Write) -> Block:
    match block:
        case Title(words):
            return replace(block, text=_text(words, write))
        case Triple(parties):
            return Triple(tuple((write(party), _text(words, write)) for party, words in parties))
        case Line(parts, label):
            return Line(tuple(_text(part, write) for part in parts), write(label))
        case Table(columns, rows):
            cells = tuple(tuple(_cell(cell, write) for cell in row) for row in rows)
            return replace(block, columns=tuple(map(write, columns)), rows=cells)
        case Matrix(columns, lines):
            tiles = tuple((write(name), tuple(_tile(t, write) for t in row)) for name, row in lines)
            return Matrix(tuple(map(write, columns)), tiles)


def _cell(cell: Cell, write: Write) -> Cell:
    return cell if isinstance(cell, Bar) else _text(cell, write)


def _text(words: Text, write: Write) -> Text:
    return words._replace(words=write(words.words))


def _tile(tile: Tile, write: Write) -> Tile:
    number, share, words = map(write, (tile.number, tile.share, tile.words))
    return Tile(number, share, words, tile.tone)

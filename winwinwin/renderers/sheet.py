"""Blocks as the rows of a sheet."""

from collections.abc import Iterable, Iterator, Sequence

from winwinwin.errors import printable
from winwinwin.pages.blocks import Bar, Block, Line, Matrix, Table, Text, Title, Triple, written
from winwinwin.vocabulary import Tone

INKS: dict[Tone, str] = {
    "won": "#0b6b94",
    "order": "#855600",
    "lost": "#bf3f0c",
    "open": "#7a52c7",
    "muted": "#54616f",
}
"""The colours of words on a light page; others have that of the sheet."""


def paint(blocks: Iterable[Block]) -> Iterator[Sequence[Text]]:
    """Yield the blocks row by row, with an empty row before each title but the first."""
    for number, block in enumerate(written(blocks, printable)):
        if isinstance(block, Title) and number:
            yield ()
        yield from _rows(block)


def _rows(block: Block) -> Iterator[Sequence[Text]]:
    match block:
        case Title(text):
            yield (Text(text.words, "strong"),)
        case Triple(parties):
            yield from ((Text(party), text) for party, text in parties)
        case Line(parts, label):
            words = "".join(part.words for part in parts)
            yield (Text(f"{label}: {words}" if label else words),)
        case Table(columns, rows):
            if any(columns):
                yield tuple(Text(name, "muted") for name in columns)
            for row in rows:
                yield tuple(Text("") if isinstance(cell, Bar) else cell for cell in row)
        case Matrix():
            yield from _rows(block.as_table())

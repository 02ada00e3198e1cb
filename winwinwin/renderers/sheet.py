"""Blocks as the rows of a sheet."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

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


WHOLE = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})*")
SHARE = re.compile(r"([0-9]+)%")


class Figure(NamedTuple):
    """A number that a sheet can reckon with, and how it shows it."""

    value: float
    look: str
    tone: Tone = "plain"


def paint(blocks: Iterable[Block]) -> Iterator[Sequence[Text | Figure]]:
    """Yield the blocks row by row, with an empty row before each title but the first."""
    for number, block in enumerate(written(blocks, printable)):
        if isinstance(block, Title) and number:
            yield ()
        yield from _rows(block)


def _rows(block: Block) -> Iterator[Sequence[Text | Figure]]:
    match block:
        case Title(text):
            yield (Text(text.words, "strong"),)
        case Triple(parties):
            yield from ((Text(party), text) for party, text in parties)
        case Line(parts, label):
            words = "".join(part.words for part in parts)
            yield (Text(f"{label}: {words}" if label else words),)
        case Table(columns, rows, numeric):
            if any(columns):
                yield tuple(Text(name, "muted") for name in columns)
            for row in rows:
                yield tuple(
                    _cell(cell, is_numeric=column in numeric) for column, cell in enumerate(row)
                )
        case Matrix():
            yield from _rows(block.as_table())


def _cell(cell: Text | Bar, *, is_numeric: bool) -> Text | Figure:
    if isinstance(cell, Bar):
        return Text("")
    if is_numeric and WHOLE.fullmatch(cell.words):
        return Figure(int(cell.words.replace(",", "")), "#,##0", cell.tone)
    if is_numeric and (share := SHARE.fullmatch(cell.words)):
        return Figure(int(share[1]) / 100, "0%", cell.tone)
    return cell

"""Blocks as Markdown, for a chat, a wiki or a pull request."""

import re
from collections.abc import Iterable

from winwinwin.errors import printable
from winwinwin.pages.blocks import (
    Bar,
    Block,
    Cell,
    Line,
    Matrix,
    Table,
    Text,
    Title,
    Triple,
    written,
)

SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$]|#(?=#*\s*$))")
"""What is markup within a line, or ends a heading."""

FIRST = re.compile(r"^(\d+(?=[.)](?: |$))|(?=[#+=-]))")
"""Where a backslash keeps a line from being a heading, a list or a rule."""

LINKED = re.compile(
    r"(?<=[@#])(?=\w)|(?<=:)(?=//)|(?<=\bwww)(?=\.)|(?<=\bGH-)(?=\d)|(?<=:)(?=[a-z+-][\w+-]*:)",
    re.IGNORECASE,
)
"""Positions within what becomes something else without markup: a person (who is notified), an issue,
an address, a small picture."""
UNSEEN = "&#8203;"
"""A space of no width, which keeps the two sides from being one word."""

BAR_WIDTH = 20


def paint(blocks: Iterable[Block]) -> str:
    """Return the blocks as Markdown; no words from outside can be markup."""
    return "\n".join(_block(block) for block in written(blocks, escape))


def escape(words: str) -> str:
    return LINKED.sub(UNSEEN, SPECIAL.sub(r"\\\1", printable(words)))


def _block(block: Block) -> str:
    match block:
        case Title(text, depth):
            return f"##{'#' * depth} {text.words}\n"
        case Triple(parties):
            outcomes = "/".join(text.words for _, text in parties)
            return f"**{outcomes}** ({', '.join(party for party, _ in parties)})\n"
        case Line(parts, label):
            words = "".join(map(_text, parts))
            said = f"{label}: {words}" if label else words
            return FIRST.sub(r"\1\\", said.lstrip()) + "\n"
        case Table(columns, rows, numeric):
            rules = ("--:" if index in numeric else "---" for index in range(len(columns)))
            return "".join(
                _row(cells) for cells in (columns, rules, *(map(_cell, row) for row in rows))
            )
        case Matrix():
            return _block(block.as_table())


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _text(text: Text) -> str:
    return f"**{text.words}**" if text.tone == "strong" and text.words else text.words


def _cell(cell: Cell) -> str:
    return "█" * round(cell.share * BAR_WIDTH) if isinstance(cell, Bar) else _text(cell)

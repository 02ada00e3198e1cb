"""Blocks as plain lines: for a pipe, a file, and whoever reads without colour."""

from collections.abc import Iterable, Sequence

from winwinwin.errors import printable
from winwinwin.pages.blocks import Bar, Block, Cell, Line, Matrix, Table, Title, Triple, written


def paint(blocks: Iterable[Block]) -> str:
    """Return the blocks as lines of text, one fact to a line, columns set with spaces."""
    lines: list[str] = []
    for block in written(blocks, printable):
        if isinstance(block, Title) and lines:
            lines.append("")
        lines += _block(block)
    return "".join(f"{line}\n" for line in lines)


def _block(block: Block) -> list[str]:
    match block:
        case Title(text):
            return [text.words]
        case Triple(parties):
            outcomes = "/".join(text.words for _, text in parties)
            return [f"{outcomes} ({', '.join(party for party, _ in parties)})"]
        case Line(parts, label):
            words = "".join(part.words for part in parts)
            return [f"{label}: {words}" if label else words]
        case Table():
            return _table(block)
        case Matrix():
            return _table(block.as_table())


def _table(table: Table) -> list[str]:
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    if any(table.columns):
        rows.insert(0, list(table.columns))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [_row(row, widths, table.numeric) for row in rows]


def _row(row: Sequence[str], widths: Sequence[int], numeric: frozenset[int]) -> str:
    cells = [
        cell.rjust(width) if index in numeric else cell.ljust(width)
        for index, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return ("  " + "  ".join(cells)).rstrip()


def _cell(cell: Cell) -> str:
    return "" if isinstance(cell, Bar) else cell.words

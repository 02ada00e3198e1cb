"""Blocks at a terminal, with rich: colour, boxes and bars where the terminal has them."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, TextIO

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table as RichTable
from rich.text import Text as RichText

from winwinwin.errors import printable
from winwinwin.output.streams import Painted
from winwinwin.pages.blocks import Block, Line, Matrix, Table, Text, Tile, Title, Triple, written
from winwinwin.renderers.looks import LOOKS
from winwinwin.renderers.terminal_table import fits, labelled, paint_table, styled

WIDEST_LINE = 100
"""Columns beyond which sentences are hard to read."""
WIDEST_TABLE = 140
TWO_COLUMNS = 120
"""Columns from which on narrow sections stand side by side."""
GUTTER = 2
WIDEST_TILE = 18
TRIPLE_WIDTH = 18
DUMB = ("dumb", "unknown")
"""What TERM is where a terminal only shows characters."""
HEIGHT = 25
"""Rows that rich is told of; it would look for them in the environment, and use them for nothing."""
MUTED = LOOKS["muted"].style
COERCED = "C.UTF-8"
"""What Python sets LC_CTYPE to where the locale is C."""


class Signs(NamedTuple):
    """What a terminal can show."""

    encoding: str = "utf-8"
    looks: bool = True
    """Whether it knows colours and bold words."""


def render(
    blocks: Sequence[Block],
    width: int,
    *,
    color: bool,
    boxed: bool = False,
    side_by_side: bool = False,
    signs: Signs = Signs(),  # noqa: B008  # frozen
) -> Painted:
    """Return blocks as a terminal of a width shows them.

    In a box where that is asked for; or narrow parts side by side, where there is room.
    """
    widest = WIDEST_LINE if boxed else WIDEST_TABLE
    screen = console(min(width, widest), signs, color=color)
    half = (screen.width - GUTTER) // 2 if side_by_side and width >= TWO_COLUMNS else 0
    shown = list(written(blocks, printable))
    with screen.capture() as captured:
        _print_panel(shown, screen) if boxed else _print(shown, screen, half)
    return Painted(captured.get())


def console(width: int, signs: Signs = Signs(), *, color: bool = True) -> Console:  # noqa: B008  # frozen
    """Return a console that takes no text for markup, and looks at nothing but what is given here."""
    return Console(
        file=io.TextIOWrapper(io.BytesIO(), signs.encoding),
        width=width,
        height=HEIGHT,
        force_terminal=True,
        color_system="256" if signs.looks else None,  # all know 256 colours, whatever TERM says
        no_color=not color,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )


def signs_of(screen: TextIO, environment: Mapping[str, str]) -> Signs:
    """Return what a terminal can show: ASCII where the environment says that it has no more signs.

    Python takes the C locale for UTF-8, and writes so into LC_CTYPE: ask what was there before.
    """
    character_type = environment.get("LC_CTYPE")
    locale = (
        environment.get("LC_ALL")
        or (character_type if character_type != COERCED else None)
        or environment.get("LANG")
    )
    is_dumb = environment.get("TERM") in DUMB
    is_plain = is_dumb or locale in ("C", "POSIX")
    return Signs("ascii" if is_plain else screen.encoding, looks=not is_dumb)


def _print(blocks: Iterable[Block], console: Console, half: int) -> None:
    """Print the parts that titles begin, with an empty line between them.

    Those that fit into half a screen (0: none does) stand in two columns.
    """
    parts = groupby(_sections(blocks), lambda section: _fits_half(section, half))
    for index, (is_narrow, run) in enumerate(parts):
        sections = list(run)
        several = is_narrow and len(sections) > 1
        painted = [_section(section, half if several else console.width) for section in sections]
        if index:
            console.print()
        console.print(_two_columns(painted, half, console) if several else _stacked(painted))


def _sections(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """Cut blocks before each title."""
    section: list[Block] = []
    for block in blocks:
        if isinstance(block, Title) and section:
            yield section
            section = []
        section.append(block)
    if section:
        yield section


def _fits_half(section: Sequence[Block], half: int) -> bool:
    tables = [block.as_table() if isinstance(block, Matrix) else block for block in section]
    found = [table for table in tables if isinstance(table, Table)]
    is_part = isinstance(section[0], Title) and bool(found)
    return bool(half) and is_part and all(fits(table, half) for table in found)


def _two_columns(painted: Sequence[RenderableType], half: int, console: Console) -> RenderableType:
    """Set parts in two columns, cut where these come out most alike in height."""
    options = console.options.update(width=half)
    heights = [len(console.render_lines(part, options)) + 1 for part in painted]
    cut = min(range(1, len(painted)), key=lambda cut: abs(sum(heights[:cut]) - sum(heights[cut:])))
    grid = RichTable.grid(padding=(0, GUTTER, 0, 0))
    grid.add_column(width=half)
    grid.add_column(width=half)
    grid.add_row(_stacked(painted[:cut]), _stacked(painted[cut:]))
    return grid


def _section(blocks: Sequence[Block], width: int) -> RenderableType:
    return Group(*(_block(block, width) for block in blocks))


def _stacked(painted: Sequence[RenderableType]) -> RenderableType:
    """Set sections one below the other with an empty line between them."""
    first, *others = painted
    return Group(first, *(part for section in others for part in ("", section)))


def _print_panel(blocks: Sequence[Block], console: Console) -> None:
    first, *rest = blocks
    title = styled(first.text) if isinstance(first, Title) else None
    inside = Group(*(_block(block, console.width - 4) for block in rest))
    console.print(Panel(inside, title=title, title_align="left", box=box.ROUNDED))


def _block(block: Block, width: int) -> RenderableType:
    match block:
        case Title(text):
            return RichText.assemble((text.words, f"bold {LOOKS[text.tone].style}"))
        case Triple():
            return _triple(block)
        case Line(parts, label):
            return _line(parts, label)
        case Table():
            return paint_table(block, width)
        case Matrix():
            return _matrix(block, width)


def _triple(triple: Triple) -> RenderableType:
    """Set each party in a field of its own colour, the outcome above the name."""
    grid = RichTable.grid(padding=(0, 1))
    for _ in triple.parties:
        grid.add_column(width=TRIPLE_WIDTH)
    style = [f"bold reverse {LOOKS[outcome.tone].style}" for _, outcome in triple.parties]
    for words in ([""] * 3, [outcome.words for _, outcome in triple.parties], [""] * 3):
        grid.add_row(
            *(
                RichText(word.center(TRIPLE_WIDTH), style=look)
                for word, look in zip(words, style, strict=True)
            )
        )
    grid.add_row(
        *(RichText(party.center(TRIPLE_WIDTH), style=MUTED) for party, _ in triple.parties)
    )
    return Padding(grid, (1, 0))


def _matrix(matrix: Matrix, width: int) -> RenderableType:
    """Set each tile in a field of its colour; as a table where there is no room."""
    first = max(len(name) for name, _ in matrix.rows) + 2
    field = min((width - first - 2) // len(matrix.columns) - 1, WIDEST_TILE)
    words = [tile.words for _, tiles in matrix.rows for tile in tiles]
    if field < max(map(len, (*words, *matrix.columns))):
        return paint_table(matrix.as_table(), width)
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=first)
    for _ in matrix.columns:
        grid.add_column(width=field)
    grid.add_row("", *(RichText(column.center(field), style=MUTED) for column in matrix.columns))
    for index, (name, tiles) in enumerate(matrix.rows):
        if index:
            grid.add_row()
        above = (_tile(f"{tile.number}  {tile.share}".strip(), tile, field) for tile in tiles)
        below = (_tile(tile.words, tile, field) for tile in tiles)
        grid.add_row(RichText(name, style=MUTED), *above)
        grid.add_row("", *below)
    return Padding(grid, (0, 0, 0, 2))


def _tile(words: str, tile: Tile, field: int) -> RichText:
    look = MUTED if tile.tone == "muted" else f"bold reverse {LOOKS[tile.tone].style}"
    return RichText(words.center(field), style=look)


def _line(parts: Sequence[Text], label: str) -> RenderableType:
    return labelled(label, RichText.assemble(*map(styled, parts)))

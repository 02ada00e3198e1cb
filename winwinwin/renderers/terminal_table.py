"""Tables at a terminal: bars and wide gutters where there is room, no word broken while that can be."""

from collections.abc import Sequence
from dataclasses import replace

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text as RichText

from winwinwin.pages.blocks import Bar, Cell, Table, Text
from winwinwin.renderers.looks import LOOKS

BAR_WIDTH = 24
WIDE, NARROW = 3, 2
"""Cells between two columns of a table, and where there is little room."""
INDENT = 2
WIDEST_LABEL = 0.4
"""The part of a line that a label may take."""
SENTENCE = 24
"""Cells from which on a column of sentences is easy to read."""


def paint_table(table: Table, width: int) -> RenderableType:
    """Return a table as a terminal of a width shows it."""
    room = width - INDENT
    if table.headings and not _is_room(_unbroken(table), NARROW, room):
        painted = _under_headings(table, room)
    else:
        fitted = _fitted(table, room)
        paint = _in_lines if fitted.numeric else _stacked
        painted = paint(fitted) if _is_cramped(fitted, room) else _whole(fitted, room)
    return Padding(painted, (0, 0, 0, INDENT))


def fits(table: Table, width: int) -> bool:
    """Tell whether a table fits with its bars, and is easy to read."""
    return _is_room(_readable(table), WIDE, width - INDENT)


def _is_room(widths: Sequence[int], gutter: int, room: int) -> bool:
    return sum(widths) + gutter * (len(widths) - 1) <= room


def _fitted(table: Table, room: int) -> Table:
    """Leave out bars, then spare columns, where there is no room for them."""
    has_bars = _is_room(_readable(table), WIDE, room)
    kept = [index for index in range(len(table.columns)) if has_bars or not _is_bar(table, index)]
    for index in table.spare:
        if _is_room(_readable(_columns(table, kept)), NARROW, room):
            break
        kept.remove(index)
    return _columns(table, kept)


def _columns(table: Table, kept: Sequence[int]) -> Table:
    """Return some columns of a table."""
    numeric = frozenset(place for place, index in enumerate(kept) if index in table.numeric)
    rows = tuple(tuple(row[index] for index in kept) for row in table.rows)
    return Table(tuple(table.columns[index] for index in kept), rows, numeric)


def _whole(table: Table, room: int) -> RichTable:
    painted = _empty(table, room, headed=any(table.columns))
    for row in table.rows:
        painted.add_row(*map(_cell, row))
    return painted


def _headless(table: Table) -> Table:
    return replace(table, columns=("",) * len(table.columns))


def _is_cramped(table: Table, room: int) -> bool:
    """Tell whether words would be broken; headings of sentences may be, but not those of numbers."""
    words = table if table.numeric else _headless(table)
    return not _is_room(_longest_words(words), NARROW, room)


def _stacked(table: Table) -> RenderableType:
    """Paint each row as lines, a cell to a line."""
    parts: list[RenderableType] = []
    for row in table.rows:
        parts += [
            labelled(name, _cell(cell)) for name, cell in zip(table.columns, row, strict=True)
        ]
        parts.append("")
    return Group(*parts[:-1])


def _in_lines(table: Table) -> RenderableType:
    """Paint each row as its first cell, or the one above that it stands for, and the others after their headings."""
    parts: list[RenderableType] = []
    name = Text("")
    for first, *others in table.rows:
        name = first if isinstance(first, Text) and first.words else name
        parts.append(RichText.assemble(styled(name), ": ", _pairs(table.columns[1:], others)))
    return Group(*parts)


def _pairs(columns: Sequence[str], cells: Sequence[Cell]) -> RichText:
    texts = [
        RichText.assemble((f"{name} ", LOOKS["muted"].style), styled(cell))
        for name, cell in zip(columns, cells, strict=True)
        if isinstance(cell, Text) and cell.words
    ]
    return RichText(", ").join(texts)


def labelled(label: str, words: RenderableType) -> RenderableType:
    """Set words beside what they answer, if that is anything."""
    return _Labelled(label, words) if label else words


class _Labelled:
    """Words beside what they answer, or below it where that leaves them little room."""

    def __init__(self, label: str, words: RenderableType) -> None:
        self._label = RichText(f"{label}:", style=LOOKS["muted"].style)
        self._words = words

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - self._label.cell_len - 1
        is_wide = self._label.cell_len > options.max_width * WIDEST_LABEL
        if is_wide and console.measure(self._words).maximum > room:
            yield self._label
            yield Padding(self._words, (0, 0, 0, INDENT))
            return
        grid = RichTable.grid(padding=(0, 1))
        grid.add_column(no_wrap=True, min_width=8)
        grid.add_column(overflow="fold")
        grid.add_row(self._label, self._words)
        yield grid


def _under_headings(table: Table, room: int) -> RenderableType:
    """Paint each row below the cells that it shares with others, all in the same columns."""
    cut = len(table.columns) - table.headings
    shared: dict[tuple[Cell, ...], list[tuple[Cell, ...]]] = {}
    for row in table.rows:
        shared.setdefault(row[cut:], []).append(row[:cut])
    inner = Table(table.columns[:cut], tuple(row[:cut] for row in table.rows), table.numeric)
    is_cramped = _is_cramped(inner, room)
    parts: list[RenderableType] = [] if is_cramped else [_empty(inner, room, headed=True)]
    for cells, rows in shared.items():
        painted = _empty(inner, room, headed=False)
        for row in rows:
            painted.add_row(*map(_cell, row))
        lines = (_pairs(inner.columns, row) for row in rows)
        heading = _pairs([f"{name}:" for name in table.columns[cut:]], cells)
        parts += [heading, Padding(Group(*lines), (0, 0, 0, INDENT)) if is_cramped else painted, ""]
    return Group(*parts[:-1])


def _empty(table: Table, room: int, *, headed: bool) -> RichTable:
    """Return the columns of a table, without its rows."""
    is_tight = not _is_room(_unbroken(table), WIDE, room)
    gutters = (NARROW if is_tight else WIDE) * (len(table.columns) - 1)
    painted = RichTable(
        box=box.SIMPLE_HEAD,
        show_header=headed,
        pad_edge=False,
        padding=(0, 1),
        collapse_padding=is_tight,
        show_edge=False,
    )
    widths = _widths(table, room - gutters)
    for index, (column, width) in enumerate(zip(table.columns, widths, strict=True)):
        justify: JustifyMethod = "right" if index in table.numeric else "left"
        painted.add_column(column, justify=justify, width=width, overflow="fold")
    return painted


def _widths(table: Table, room: int) -> list[int]:
    """Share room out to the columns: to what is not to be broken first, then to cells, then to headings.

    Where there is too little, whole cells are broken at spaces, then the words of headings, then all
    others, the widest first.
    """
    widths = _narrowest(table)
    for least in (_longest_words(table), _longest_words(_headless(table)), [1] * len(widths)):
        while sum(widths) > room and (wide := [i for i, w in enumerate(widths) if w > least[i]]):
            widths[max(wide, key=widths.__getitem__)] -= 1
    lacking = [whole - width for whole, width in zip(_unbroken(table), widths, strict=True)]
    for place, index in enumerate(sorted(range(len(widths)), key=lacking.__getitem__)):
        fair = max(room - sum(widths), 0) // (len(widths) - place)
        widths[index] += min(lacking[index], fair)
    for index, heading in enumerate(map(_cells, table.columns)):
        widths[index] += max(min(heading - widths[index], room - sum(widths)), 0)
    return widths


def _unbroken(table: Table) -> list[int]:
    """Return the width of each column where no cell is broken, but for the heading at spaces."""
    whole = [max(map(_cells, texts), default=0) for texts in _texts(table)]
    return list(map(max, whole, _longest_words(table)))


def _readable(table: Table) -> list[int]:
    """Return the width of each column where a sentence takes few lines."""
    sentences = [min(width, SENTENCE) for width in _unbroken(table)]
    return list(map(max, sentences, _narrowest(table)))


def _narrowest(table: Table) -> list[int]:
    """Return the width of each column where neither a word nor a whole cell is broken."""
    whole = [
        max(
            (_cells(cell.words) for cell in cells if isinstance(cell, Text) and cell.whole),
            default=0,
        )
        for cells in zip(*table.rows, strict=True)
    ] or [0] * len(table.columns)
    return list(map(max, whole, _longest_words(table)))


def _longest_words(table: Table) -> list[int]:
    """Return the width of each column where no word is broken."""
    return [
        max((_cells(word) for text in (head, *texts) for word in text.split()), default=0)
        for head, texts in zip(table.columns, _texts(table), strict=True)
    ]


def _texts(table: Table) -> list[list[str]]:
    """Return what each column holds; a bar stands for itself by its width."""
    columns: list[list[str]] = [[] for _ in table.columns]
    for row in table.rows:
        for column, cell in zip(columns, row, strict=True):
            column.append("#" * BAR_WIDTH if isinstance(cell, Bar) else cell.words)
    return columns


def _cells(text: str) -> int:
    return cell_len(text)


def _is_bar(table: Table, index: int) -> bool:
    return any(isinstance(row[index], Bar) for row in table.rows)


def styled(text: Text) -> RichText:
    return RichText(text.words, style=LOOKS[text.tone].style)


def _cell(cell: Cell) -> RenderableType:
    return _Drawn(cell) if isinstance(cell, Bar) else styled(cell)


class _Drawn:
    """A bar of blocks, or of signs that every terminal has."""

    def __init__(self, bar: Bar) -> None:
        self._style = LOOKS[bar.tone].style
        self._length = max(round(bar.share * BAR_WIDTH), 1 if bar.share else 0)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield RichText(("#" if options.ascii_only else "█") * self._length, self._style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement(BAR_WIDTH, BAR_WIDTH)

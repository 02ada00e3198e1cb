"""Where a table is within the rows of a sheet: below its titles, above its footer."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeAlias

from winwinwin.errors import Problem, UnreadableError, count, quoted
from winwinwin.loading.file_layout import FileLayout
from winwinwin.tables.reading.titles import MOST_ROWS
from winwinwin.tables.reading.totals import totals, totals_said

Row: TypeAlias = Sequence[Any]
"""The cells of a row; '' for an empty one."""

SAMPLE = 1_000
"""Rows of data that tell which columns a header should name."""
WIDE = 4
"""Columns from which on two cells in a row above them are a title too."""


class Grid(NamedTuple):
    """The rows of a sheet, and which of them are the table."""

    rows: Sequence[Row]
    first: int
    """The number that the sheet gives the first of them."""
    header: int
    begin: int
    """Where the data begins."""
    end: int
    """Where it has ended."""
    is_header_found: bool
    """Whether it was recognised, not named."""
    is_end_found: bool

    @property
    def names(self) -> Row:
        return self.rows[self.header]

    @property
    def data(self) -> list[Row]:
        return [row for row in self.rows[self.begin : self.end] if not is_blank(row)]

    def holds(self, number: int) -> bool:
        """Tell whether the row that a sheet numbers so is one of data."""
        index = number - self.first
        return self.begin <= index < self.end and not is_blank(self.rows[index])


def grid(rows: Sequence[Row], first: int, layout: FileLayout) -> Grid:
    """Find the table among rows, of which one at least is filled.

    Raises UnreadableError, without a place, where the rows have not what the layout says.
    """
    last = max(index for index, row in enumerate(rows) if not is_blank(row)) + 1
    header = layout.header_row - first if layout.header_row is not None else _header(rows, last)
    if not 0 <= header < last or is_blank(rows[header]):
        hint = f"The filled rows are {first} to {first + last - 1}."
        what = f"--header-row: row {layout.header_row} is empty"
        raise UnreadableError(Problem(what, hint=hint))
    begin = min(header + 1 + (layout.skip_rows or 0), last)
    if layout.skip_footer is not None:
        end = last - layout.skip_footer
        if end < begin:
            there = count(last - begin, "row")
            what = f"{layout.skip_footer:,} is more than the {there} below the names of the columns"
            problem = Problem(what, hint="Count the rows at the end that are no data.")
            raise UnreadableError(layout.told("skip_footer", problem))
    else:
        end = _end(rows, begin, last)
    return Grid(
        rows, first, header, begin, end, layout.header_row is None, layout.skip_footer is None
    )


def is_blank(row: Row) -> bool:
    return row.count("") == len(row) or all(map(_is_empty, row))


def _is_empty(cell: Any) -> bool:
    return isinstance(cell, str) and not cell.strip()


def filled(row: Row) -> list[int]:
    """Return the columns that a row has something in."""
    return [index for index, cell in enumerate(row) if not _is_empty(cell)]


DIGITS = ".15g"
"""The digits that Excel keeps of a number and shows: 0.3, and not 0.30000000000000004."""


def cell_text(value: Any) -> str | None:
    """Write a cell as a file of text would have it; None for an empty one."""
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, DIGITS)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def texts_of(row: Row) -> list[str]:
    return [cell_text(cell) or "" for cell in row]


def _header(rows: Sequence[Row], last: int) -> int:
    """Return the row that names the columns: the first, or that below titles without any doubt."""
    start = next(index for index, row in enumerate(rows) if not is_blank(row))
    for index in range(start + 1, last):
        width = len(filled(rows[index]))
        if width > 1 and _is_header(rows, index, last) and _are_titles(rows[start:index], width):
            return index
        if width > 2:  # noqa: PLR2004  # no title, and no header either
            break
    return start


def _are_titles(above: Sequence[Row], width: int) -> bool:
    """Tell whether rows are too narrow for names: a cell each, or two where a blank row follows."""
    most = 2 if width >= WIDE and is_blank(above[-1]) else 1
    return all(len(filled(row)) <= most for row in above)


def _is_header(rows: Sequence[Row], index: int, last: int) -> bool:
    """Tell whether a row has a text of its own for each column that is filled below it."""
    named = filled(rows[index])
    names = [rows[index][column] for column in named]
    below = rows[index + 1 : min(last, index + 1 + SAMPLE)]
    used = {column for row in below for column in filled(row)}
    is_text = all(isinstance(name, str) for name in names)
    return is_text and bool(used) and used <= set(named) and len(set(names)) == len(names)


def _end(rows: Sequence[Row], begin: int, last: int) -> int:
    """Return where data ends: before a footer of lone cells that an empty row sets apart."""
    start = last
    while start > begin and len(filled(rows[start - 1])) <= 1:
        start -= 1
    apart = (index for index in range(start, last) if is_blank(rows[index]))
    end = next(apart, last)
    if not any(len(filled(row)) > 1 for row in rows[begin:end]):
        return last
    while end > begin and is_blank(rows[end - 1]):
        end -= 1
    above = [texts_of(row) for row in rows[max(begin, end - MOST_ROWS) : end]]
    return end - totals(above, are_all=len(above) == end - begin)


def lines(found: Grid) -> Iterator[str]:
    """Yield what is to be said of the rows that are no data."""
    rows, above = found.rows, [row for row in found.rows[: found.header] if not is_blank(row)]
    number = found.first + found.header
    if above and found.is_header_found:
        said = f"{count(len(above), 'row')} of titles above passed over"
        yield f"row {number:,} names the columns; {said}"
    elif found.is_header_found and (named := _named_of(found)):
        yield f"row {number:,} names {named}; if another row does, say --header-row N"
    if found.begin > found.header + 1:
        yield f"{count(found.begin - found.header - 1, 'row')} below the header passed over"
    empty = sum(map(is_blank, rows[found.begin : found.end]))
    if empty:
        yield f"{count(empty, 'empty row')} passed over"
    footer = [row for row in rows[found.end :] if not is_blank(row)]
    if footer:
        text = quoted(next(str(footer[0][column]) for column in filled(footer[0])))
        said = f"{count(len(footer), 'footer row')} passed over, from {text} on"
        doubt = "if it is data" if len(footer) == 1 else "if they are data"
        yield f"{said}; {doubt}, say --skip-footer 0" if found.is_end_found else said
    elif found.is_end_found and found.data:
        yield from totals_said([], texts_of(found.data[-1]))


def _named_of(found: Grid) -> str:
    """Return how few of the columns are named, '' where that is no sign of a title."""
    width = max((len(filled(row)) for row in found.data[:SAMPLE]), default=0)
    named = len(filled(found.names))
    return f"{count(named, 'column')} of {width}" if named * 2 <= width else ""

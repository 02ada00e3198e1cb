"""The sheet of a workbook that holds the table, whichever of Excel's formats or ODF it has."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError, count, printable, quoted
from winwinwin.kernel.rulebook import Stamp
from winwinwin.loading.compressed import opened
from winwinwin.loading.file_layout import FileLayout
from winwinwin.mapping.headers import folded
from winwinwin.mapping.model import ABOUT_FIELDS
from winwinwin.near import nearest
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.rows.fillable import RULEBOOK
from winwinwin.rows.looking_up import ENTRIES
from winwinwin.tables.reading import grid
from winwinwin.tables.reading.extents import refuse_too_large
from winwinwin.tables.reading.filled_in import OTHERS, refuse_unreckoned, stamp_in
from winwinwin.tables.reading.grid import Grid, Row
from winwinwin.tables.reading.hidden_rows import hidden_rows

FIELDS = frozenset(map(folded, (*FLAT_PATHS, *ABOUT_FIELDS)))
"""What a column is called that is read without a mapping."""
FEWEST = 2
"""Columns that the table of a sheet has, where another sheet could be meant."""
FEW = 3
"""Columns that make a sheet a list of interactions rather than a summary of them."""


PANIC = "PanicException"
"""What a library in Rust raises where it met what it takes for impossible; no module exports it."""
SOME = 4096
"""Bytes that tell whether a file is text."""


class Filled(NamedTuple):
    """A sheet that holds something."""

    name: str
    is_visible: bool
    rows: Sequence[Row]
    first: int
    """The number that it gives the first of them."""
    is_wanted: bool
    """Whether it may be the one to read."""


class Found(NamedTuple):
    """The table of a workbook."""

    grid: Grid
    stamp: Stamp | None
    """What names the rulebook that the workbook itself judges by; None for almost any."""


class Sheet(NamedTuple):
    """A sheet with what may be its table."""

    name: str
    is_visible: bool
    grid: Grid

    @property
    def width(self) -> int:
        return len(grid.filled(self.grid.names))

    @property
    def size(self) -> int:
        return self.width * (self.grid.end - self.grid.begin)

    @property
    def is_table(self) -> bool:
        return self.width >= FEWEST and bool(self.grid.data)

    @property
    def fields(self) -> int:
        """How many of its columns are called like something that is read."""
        return sum(folded(str(name)) in FIELDS for name in self.grid.names)


def sheet_of(path: Path, layout: FileLayout, notes: list[str]) -> Found:
    """Return the table of a workbook, and note what a person who looks at it could not guess.

    Raises UnreadableError for a file that is no workbook, that lacks the sheet, whose sheets are
    empty, or that judges by itself and was filled in without doing so.
    """
    place = Place(str(path))
    with opened(path) as stream:
        content = io.BytesIO(stream.read())
    try:
        refuse_too_large(content)
        content.seek(0)
        filled = list(_filled(content, layout.sheet))
        sheets = _laid_out([each for each in filled if each.is_wanted], layout)
    except UnreadableError as error:
        raise UnreadableError(*(each.at(each.place or place) for each in error.problems)) from None
    stamp = _stamp(filled)
    entries = [each for each in sheets if stamp and each.name == ENTRIES]
    found = entries[0] if entries else _chosen(sheets, layout, place)
    if stamp:
        refuse_unreckoned(found.grid, place)
        sheets = [each for each in sheets if each.name not in OTHERS]
    content.seek(0)
    unseen = sum(map(found.grid.holds, hidden_rows(content, found.name)))
    said = [*_lines(found, sheets, layout), *grid.lines(found.grid)]
    if unseen:
        said.append(f"{count(unseen, 'hidden row')} {'is' if unseen == 1 else 'are'} read too")
    notes += [f"{place}: {line}" for line in said]
    return Found(found.grid, stamp)


def _stamp(filled: Sequence[Filled]) -> Stamp | None:
    return next((stamp_in(each.rows) for each in filled if each.name == RULEBOOK), None)


def _laid_out(sheets: Sequence[Filled], layout: FileLayout) -> list[Sheet]:
    """Return the sheets that have the rows of a layout. Raises UnreadableError where none has."""
    found, refused = [], []
    for name, is_visible, rows, first, _ in sheets:
        try:
            found.append(Sheet(name, is_visible, grid.grid(rows, first, layout)))
        except UnreadableError as error:
            refused.append(error)
    if refused and not found:
        raise refused[0]
    return found


def _filled(content: io.BytesIO, wanted: str | None) -> Iterator[Filled]:
    """Yield the sheets that hold something: all of them, or the one that is named."""
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(content)
        known = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        names = _named([each.name for each in known], wanted)
        for each in known:
            if each.name not in (*names, RULEBOOK):
                continue
            sheet = book.get_sheet_by_name(each.name)
            rows = sheet.to_python()
            if sheet.start is not None and not all(map(grid.is_blank, rows)):
                is_visible = each.visible == SheetVisibleEnum.Visible
                first, is_wanted = sheet.start[0] + 1, each.name in names
                yield Filled(each.name, is_visible, rows, first, is_wanted)
    except PasswordError:
        hint = "Save it without one."
        raise UnreadableError(Problem("is protected by a password", hint=hint)) from None
    except CalamineError as error:
        raise _unreadable(printable(str(error)), content) from None
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise _unreadable("it is damaged", content) from None


def _unreadable(why: str, content: io.BytesIO) -> UnreadableError:
    return UnreadableError(Problem(f"cannot be read as Excel: {why}", hint=_hint(content)))


def _hint(content: io.BytesIO) -> str:
    """Return what to do about a workbook that is none: some systems call other exports so."""
    begin = content.getvalue()[:SOME].lstrip(b"\xef\xbb\xbf \t\r\n")
    if begin.startswith(b"<"):
        return "It is a web page or XML called so: open it in a spreadsheet, and save it as .xlsx."
    if begin and b"\0" not in begin:
        return "It looks like text called so: try --input-format csv (or tsv)."
    return "Save it as .xlsx, or export it as CSV."


def _named(names: Sequence[str], wanted: str | None) -> Sequence[str]:
    """Return the sheet that a name means in any case, all where none is named."""
    if wanted is None or wanted in names:
        return names if wanted is None else [wanted]
    same = [name for name in names if name.strip().casefold() == wanted.strip().casefold()]
    if not same:
        what = f"--sheet: there is no sheet {quoted(wanted)}"
        raise UnreadableError(
            Problem(what, ", ".join(map(printable, names)), nearest(wanted, names))
        )
    return same[:1]


def _chosen(sheets: Sequence[Sheet], layout: FileLayout, place: Place) -> Sheet:
    """Return the sheet that is named, or the visible one that looks most like interactions.

    That is the first of them, unless a later one has more columns that are called like a field, or
    is another table and much larger: a summary often comes before what it sums up.
    """
    if layout.sheet is not None and sheets:
        return sheets[0]
    visible = [each for each in sheets if each.is_visible]
    tables = [each for each in visible if each.is_table] or visible
    if not tables:
        hidden = [each.name for each in sheets]
        hint = "A row of a visible sheet names the columns."
        if hidden:
            hint = f"Its hidden sheet {quoted(hidden[0])} holds something: name it with --sheet."
        raise UnreadableError(Problem("holds no table", hint=hint, place=place))
    chosen = tables[0]
    for each in tables[1:]:
        if each.fields > chosen.fields or (each.fields == chosen.fields and _outdoes(each, chosen)):
            chosen = each
    return chosen


def _outdoes(later: Sheet, earlier: Sheet) -> bool:
    is_another = list(later.grid.names) != list(earlier.grid.names)
    is_wide = later.width >= min(FEW, earlier.width)
    return is_another and is_wide and later.size >= 2 * earlier.size


def _lines(found: Sheet, sheets: Sequence[Sheet], layout: FileLayout) -> Iterator[str]:
    """Yield what is to be said of the sheets that are not read."""
    if layout.sheet is not None:
        return
    others = [each.name for each in sheets if each is not found and each.is_visible]
    if others:
        named = ", ".join(map(quoted, others))
        yield f"sheet {quoted(found.name)} is read, not {named}: --sheet NAME reads another"
    hidden = [each.name for each in sheets if not each.is_visible]
    if hidden:
        noun = "sheet" if len(hidden) == 1 else "sheets"
        are = "is" if len(hidden) == 1 else "are"
        yield f"hidden {noun} {', '.join(map(quoted, hidden))} {are} not read"

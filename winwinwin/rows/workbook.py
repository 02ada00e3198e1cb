"""A workbook of Excel: a row an interaction, and a sheet that sums them up.

No text of a record becomes a formula, an address or a number. What Excel would not keep of a value (more than
15 digits, a zone, a day before March 1900) is written as text.
"""

import io
import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from winwinwin.errors import Place, Problem, WinwinwinError, count, missing
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.output.leftovers import drop, new_folder
from winwinwin.pages.blocks import Block, Text
from winwinwin.renderers.sheet import INKS, Figure, paint
from winwinwin.vocabulary import Tone

ROWS, SUMMARY = "interactions", "summary"
"""The sheets of what was judged."""
MOST_ROWS = 1_048_575
"""Rows that a sheet holds below its header."""
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767
"""What a cell holds of a text, counted as UTF-16 does."""
CUT = " … [cut]"
MOST_DIGITS = 15
ROUNDED = 10**15
"""From here on, a whole number may lose digits."""
FIRST_DAY = date(1900, 3, 1)
"""Days before it have another number in each program: one takes 1900 for a leap year."""
MILLISECOND = 1_000
MEASURED = 200
"""Rows that the widths of columns are found by."""
NARROWEST, WIDEST = 8, 60
UNPAIRED = re.compile("[\ud800-\udfff]")
"""Halves of a character, which no file can hold."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_numbers": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}
MADE = datetime(1980, 1, 1)  # noqa: DTZ001  # as the dates of its parts: the same rows, the same bytes


class Workbook:
    """A workbook that is being written, to a file or in memory. Close or drop it."""

    def __init__(
        self, columns: Sequence[str], to: Path | io.BytesIO, verdict: str, rows: str = ROWS
    ) -> None:
        """Begin a sheet with these columns, of which one may hold the verdict.

        Raises MissingExtraError without XlsxWriter.
        """
        xlsxwriter = writer()
        refuse_too_large(0, columns)
        self._folder = new_folder()
        options = OPTIONS | {"tmpdir": self._folder}
        self._book = xlsxwriter.Workbook(to if isinstance(to, io.BytesIO) else str(to), options)
        self._book.set_properties({"created": MADE})
        self._looks = self._made_looks()
        self._columns = columns
        self._verdict = columns.index(verdict) if verdict in columns else -1
        self._widths = [NARROWEST] * len(columns)
        self._sheet = self._new_sheet(rows)
        self._sheet.freeze_panes(1, 0)
        self._number = -1
        self.cut = 0
        """How many texts were too long for a cell."""
        self._row([Text(name, "strong") for name in columns])

    @property
    def notes(self) -> str:
        """What is to be said of what was written, '' for nothing."""
        texts = count(self.cut, "text")
        return f"{texts} of more than {MOST_CHARACTERS:,} characters cut\n" if self.cut else ""

    def add(self, values: Iterable[Any]) -> None:
        """Write a row. Raises WinwinwinError where the sheet is full."""
        refuse_too_large(self._number + 1)
        self._row(values)

    def end_rows(self) -> None:
        """Fit the columns to what was written."""
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, min(width + 2, WIDEST))
        self._sheet.autofilter(0, 0, max(self._number, 0), len(self._columns) - 1)

    def sum_up(self, blocks: Iterable[Block], name: str = SUMMARY) -> None:
        """End the rows, and write another sheet."""
        self.end_rows()
        self._sheet, self._number, self._verdict = self._new_sheet(name), -1, -1
        self._widths = [NARROWEST] * 20
        self._sheet.set_column(0, 0, WIDEST // 2)
        for row in paint(blocks):
            self._row(row)

    def close(self) -> None:
        """Write the file. Raises OSError where the system does not take it."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from None
        finally:
            self.drop()

    def drop(self) -> None:
        """Let go of what is held, whether the file was written or not."""
        for sheet in self._book.worksheets():
            if sheet.row_data_fh and not sheet.row_data_fh.closed:
                sheet.row_data_fh.close()
        drop(self._folder)

    def _new_sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return sheet

    def _made_looks(self) -> dict[str, Any]:
        looks: dict[str, Any] = {tone: {"font_color": ink} for tone, ink in INKS.items()}
        looks |= {"strong": {"bold": True}, "day": {"num_format": "yyyy-mm-dd"}}
        looks["moment"] = {"num_format": "yyyy-mm-dd hh:mm:ss"}
        return {name: self._book.add_format(look) for name, look in looks.items()}

    def _look_of(self, figure: Figure) -> Any:
        """Return the look of a figure, made once."""
        name = f"{figure.look} {figure.tone}"
        if name not in self._looks:
            ink = {"font_color": INKS[figure.tone]} if figure.tone in INKS else {}
            self._looks[name] = self._book.add_format(ink | {"num_format": figure.look})
        return self._looks[name]

    def _row(self, values: Iterable[Any]) -> None:
        self._number += 1
        for column, value in enumerate(values):
            if isinstance(value, Text):
                self._text(column, value.words, value.tone)
            elif isinstance(value, Figure):
                self._sheet.write_number(self._number, column, value.value, self._look_of(value))
            elif column == self._verdict and value in TONES:
                self._text(column, str(value), TONES[value])
            elif value is not None and value != "":
                self._cell(column, value)

    def _cell(self, column: int, value: Any) -> None:
        """Write a value with its own type, where Excel has it."""
        if isinstance(value, str):
            self._text(column, value)
        elif isinstance(value, bool):
            self._sheet.write_boolean(self._number, column, value)
        elif _is_number(value):
            self._sheet.write_number(self._number, column, value)
        elif _is_moment(value):
            look = self._looks["moment" if isinstance(value, datetime) else "day"]
            self._sheet.write_datetime(self._number, column, value, look)
        else:
            self._text(column, _words(value))

    def _text(self, column: int, text: str, tone: Tone = "plain") -> None:
        if not text:
            return
        whole = UNPAIRED.sub("\ufffd", text)
        words = fitting(whole)
        self.cut += words != whole
        if self._number < MEASURED and column < len(self._widths):
            self._widths[column] = max(self._widths[column], min(len(words), WIDEST))
        self._sheet.write_string(self._number, column, words, self._looks.get(tone))


def writer() -> Any:
    """Return XlsxWriter's module. Raises MissingExtraError where it is not installed."""
    try:
        import xlsxwriter  # 0.1 s
    except ImportError as error:
        raise missing("tables", error) from None
    return xlsxwriter


def fitting(text: str) -> str:
    """Return as much of a text as a cell holds, and say where it was cut."""
    if len(text) * 2 > MOST_CHARACTERS and _length(text) > MOST_CHARACTERS:
        return _first(text, MOST_CHARACTERS - len(CUT)) + CUT
    return text


TONES: dict[str, Tone] = {verdict.value: WORDINGS[verdict].tone for verdict in Verdict}


def refuse_too_large(rows: int, columns: Sequence[str] = (), name: str | None = None) -> None:
    """Raise WinwinwinError for what no sheet holds."""
    most = (
        (rows, MOST_ROWS, "row below its header", "rows below its header"),
        (len(columns), MOST_COLUMNS, "column", "columns"),
    )
    for number, limit, one, many in most:
        if number > limit:
            what = f"a sheet of Excel holds at most {count(limit, one, many)}"
            hint = "Write .csv or .parquet instead."
            raise WinwinwinError(Problem(what, hint=hint, place=Place(name) if name else None))


def _is_number(value: Any) -> bool:
    """Tell whether Excel keeps every digit of a number."""
    if isinstance(value, int):
        return abs(value) < ROUNDED
    if isinstance(value, float):
        return math.isfinite(value)
    is_exact = isinstance(value, Decimal) and value.is_finite()
    return is_exact and len(value.normalize().as_tuple().digits) <= MOST_DIGITS


def _is_moment(value: Any) -> bool:
    """Tell whether Excel keeps a day or a moment: it knows no zones, and no microseconds."""
    if isinstance(value, datetime):
        is_kept = value.tzinfo is None and value.microsecond % MILLISECOND == 0
        return is_kept and value.date() >= FIRST_DAY
    return isinstance(value, date) and value >= FIRST_DAY


def _words(value: Any) -> str:
    """Write a value as text that Excel has no type for."""
    if isinstance(value, bytes):
        return value.decode(errors="backslashreplace")
    if isinstance(value, dict | list | tuple):
        return json.dumps(value, ensure_ascii=False, default=_words)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _first(text: str, most: int) -> str:
    """Return as much of a text as has a length."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")

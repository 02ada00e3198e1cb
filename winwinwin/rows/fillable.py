"""A workbook to fill in, which judges what is entered by looking it up, and sums it up. No macros.

Whatever is typed stays text: the cells to fill in have the format of text, but those of dates. What the
rulebook says stands in cells, never in a formula.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from winwinwin import vocabulary
from winwinwin.errors import printable
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.kinds import COLUMNS, kind_at
from winwinwin.kernel.rulebook import Rulebook, Stamp
from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages.rulebook import rules_blocks
from winwinwin.pages.words import HELPED, value_words
from winwinwin.renderers.sheet import INKS, Figure, paint
from winwinwin.rows import looking_up
from winwinwin.rows.looking_up import ENTRIES, FIRST_ROW, HEADINGS, KINDS, LETTERS, NAMES, RESULTS
from winwinwin.rows.workbook import FIRST_DAY, MADE, SUMMARY, UNPAIRED, fitting, writer

RULEBOOK = "rulebook"
EMPLOYEES = 50
"""How many are counted apart."""
WIDTH, WIDE = 14, 20
WIDTHS = {
    "remarks": 40,
    **dict.fromkeys(("judged as", "decided by"), WIDE),
    **dict.fromkeys(("why", "ask next", HELPED), 60),
}
RULEBOOK_WIDTHS = (45, 25, 60, WIDTH, 90)
HEIGHT = 32
"""Of a row, in points: two lines of a heading, or of what is said."""
LOOKS: dict[str, dict[str, Any]] = {
    "strong": {"bold": True},
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "figures": {"bold": True, "align": "right", "bottom": 1},
    "text": {"num_format": "@", "valign": "top"},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top"},
    "said": {"text_wrap": True, "valign": "top", "bg_color": "#f3f5f7"},
    "share": {"num_format": "0%"},
}


class Fillable:
    """The workbook while it is made."""

    def __init__(self, rows: int) -> None:
        """Begin one with so many rows to fill in. Raises MissingExtraError without XlsxWriter."""
        self._file = io.BytesIO()
        self._book = writer().Workbook(self._file, {"in_memory": True})
        self._book.set_properties({"created": MADE})
        self._looks = {name: self._book.add_format(look) for name, look in LOOKS.items()}
        self._rows = rows

    def made(self, judged: Sequence[Judgement], rulebook: Rulebook, stamp: Stamp) -> bytes:
        said = list(looking_up.said_of(judged, rulebook))
        names = (ENTRIES, SUMMARY, RULEBOOK, KINDS)
        entries, summary, rules, kinds = map(self._book.add_worksheet, names)
        self._write_entries(entries)
        self._write_summary(summary, stamp)
        self._write_rulebook(rules, rulebook, stamp)
        self._write_kinds(kinds, said)
        for sheet in (entries, summary, rules):
            sheet.set_landscape()
            sheet.fit_to_pages(1, 0)
        self._book.close()
        return self._file.getvalue()

    def _write_entries(self, sheet: Any) -> None:
        headings = (*map(looking_up.heading, NAMES), *map(str.capitalize, HEADINGS))
        headings = (*headings, *map(str.capitalize, looking_up.HIDDEN))
        for column, name in enumerate(headings):
            self._text(sheet, 0, column, name, "heading")
        sheet.set_row(0, HEIGHT)
        sheet.freeze_panes(1, 1)
        self._write_columns(sheet)
        for row in range(FIRST_ROW, FIRST_ROW + self._rows):
            sheet.set_row(row - 1, HEIGHT)
            for column, formula in enumerate(_formulas(row), RESULTS):
                look = self._looks["said"]
                sheet.write_formula(row - 1, column, formula, look, value="")
        for fact in COLUMNS:
            sheet.data_validation(*self._cells(NAMES.index(fact)), _choice(fact))
        sheet.data_validation(*self._cells(NAMES.index("date")), DATE)
        for wording in WORDINGS.values():
            if wording.tone in INKS:
                ink = self._book.add_format({"font_color": INKS[wording.tone]})
                rule = {"type": "cell", "criteria": "==", "value": f'"{wording.label}"'}
                sheet.conditional_format(*self._cells(RESULTS), rule | {"format": ink})
        sheet.autofilter(0, 0, self._rows, RESULTS + len(HEADINGS) - 1)
        sheet.repeat_rows(0)

    def _write_columns(self, sheet: Any) -> None:
        for column, name in enumerate((*NAMES, *HEADINGS)):
            width = WIDTHS.get(name, WIDE if name in COLUMNS else WIDTH)
            look = None if column >= RESULTS else "date" if name == "date" else "text"
            sheet.set_column(column, column, width, self._looks.get(look or ""))
        first = RESULTS + len(HEADINGS)
        last = first + len(looking_up.HIDDEN) - 1
        sheet.set_column(first, last, WIDTH, None, {"hidden": True})

    def _cells(self, column: int) -> tuple[int, int, int, int]:
        """Return the cells of a column of entries, as XlsxWriter counts."""
        return 1, column, self._rows, column

    def _write_summary(self, sheet: Any, stamp: Stamp) -> None:
        verdicts = self._range(HEADINGS.verdict)
        labels = [WORDINGS[verdict].label for verdict in JUDGED]
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, len(labels) + 1, WIDE)
        self._row(sheet, 0, [f"Judged by {stamp}"], "strong")
        self._row(sheet, 2, ["Verdict"], "heading")
        self._row(sheet, 2, ["Count", "Share"], "figures", at=1)
        total = f"B{len(labels) + 4}"
        for row, label in enumerate(labels, 3):
            self._text(sheet, row, 0, label)
            sheet.write_formula(row, 1, f"=COUNTIF({verdicts},A{row + 1})")
            share = f'=IF({total}=0,"",B{row + 1}/{total})'
            sheet.write_formula(row, 2, share, self._looks["share"], value="")
        last = len(labels) + 3
        self._text(sheet, last, 0, "judged", "strong")
        sheet.write_formula(last, 1, f"=SUM(B4:B{last})")
        self._text(sheet, last + 1, 0, looking_up.INVALID)
        sheet.write_formula(last + 1, 1, f"=COUNTIF({verdicts},A{last + 2})")
        self._write_employees(sheet, last + 3, [*labels, looking_up.INVALID])

    def _write_employees(self, sheet: Any, top: int, labels: Sequence[str]) -> None:
        self._row(sheet, top, ["Employee"], "heading")
        self._row(sheet, top, ["All", *labels], "figures", at=1)
        verdicts, numbers = self._range(HEADINGS.verdict), self._range(looking_up.NAMED)
        names = self._range("employee")
        for place in range(1, EMPLOYEES + 1):
            row = top + place
            name = f'=IFERROR(INDEX({names},MATCH({place},{numbers},0))&"","")'
            sheet.write_formula(row, 0, name, None, value="")
            own = f"EXACT({names},$A{row + 1})"  # to batch, ana is not Ana
            counts = [f"SUMPRODUCT(--{own})"]
            counts += [f'SUMPRODUCT({own}*({verdicts}="{label}"))' for label in labels]
            for column, number in enumerate(counts, 1):
                formula = f'=IF($A{row + 1}="","",{number})'
                sheet.write_formula(row, column, formula, None, value="")
        more = f"MAX({numbers})-{EMPLOYEES}"
        said = f'=IF({more}>0,{more}&" more are counted only above","")'
        sheet.write_formula(top + EMPLOYEES + 1, 0, said, None, value="")

    def _range(self, name: str) -> str:
        letter = LETTERS[name]
        return f"{ENTRIES}!${letter}${FIRST_ROW}:${letter}${self._rows + 1}"

    def _write_rulebook(self, sheet: Any, rulebook: Rulebook, stamp: Stamp) -> None:
        for column, width in enumerate(RULEBOOK_WIDTHS):
            sheet.set_column(column, column, width)
        for row, named in enumerate(stamp._asdict().items()):
            self._row(sheet, row, named)
        for row, cells in enumerate(paint(rules_blocks(rulebook)), len(stamp) + 1):
            texts = (str(cell.value) if isinstance(cell, Figure) else cell.words for cell in cells)
            self._row(sheet, row, texts)

    def _write_kinds(self, sheet: Any, said: Sequence[looking_up.Said]) -> None:
        words = (name for spelt in looking_up.SPELT for name in (", ".join(spelt.facts), "value"))
        self._row(sheet, 0, [*COLUMNS, *HEADINGS, "order as a list", *words], "heading")
        for row, each in enumerate(said, 1):
            is_kind = row < len(said)
            values = kind_at(row - 1) if is_kind else ()
            words = ("" if value is None else value_words(value) for value in values)
            self._row(sheet, row, words)
            order = looking_up.order_written(row - 1) if is_kind else ""
            self._row(sheet, row, (*each, order), at=looking_up.SAID_AT)
        for column, spelt in enumerate(looking_up.SPELT):
            at = looking_up.SPELT_AT + 2 * column
            for row, (word, place) in enumerate(looking_up.places(spelt), 1):
                self._text(sheet, row, at, word)
                sheet.write_number(row, at + 1, place)
        sheet.hide()

    def _row(self, sheet: Any, row: int, texts: Iterable[str], look: str = "", at: int = 0) -> None:
        for column, text in enumerate(texts, at):
            self._text(sheet, row, column, text, look)

    def _text(self, sheet: Any, row: int, column: int, text: str, look: str = "") -> None:
        if text:
            words = fitting(UNPAIRED.sub("\ufffd", printable(text)))
            sheet.write_string(row, column, words, self._looks.get(look))


def _formulas(row: int) -> Iterator[str]:
    """Yield the formulas of a row of entries, in the order of their columns."""
    yield from (looking_up.look_up(column, row) for column in range(len(HEADINGS)))
    yield looking_up.order_entered(row)
    yield looking_up.kind_number(row)
    yield looking_up.employee_number(row)


DATE: dict[str, Any] = {
    "validate": "date",
    "criteria": ">=",
    "value": FIRST_DAY,
    "error_title": "No date",
    "error_message": "Enter a date, such as 2026-11-23.",
}


def _choice(fact: str) -> dict[str, Any]:
    """Return what a cell offers and accepts: the values of a fact, and what is asked."""
    known = vocabulary.FACT[fact]
    choices = looking_up.choices(fact)
    return {
        "validate": "list",
        "source": choices,
        "input_title": known.head.capitalize(),
        "input_message": f"{known.question or known.help} Leave it empty if you don't know.",
        "error_title": "Not in the list",
        "error_message": f"Choose {', '.join(choices)}, or leave it empty.",
    }


def fillable(judged: Sequence[Judgement], rulebook: Rulebook, stamp: Stamp, rows: int) -> bytes:
    """Return a workbook with so many rows to fill in, which judges as all kinds were judged."""
    return Fillable(rows).made(judged, rulebook, stamp)

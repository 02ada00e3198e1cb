"""What stands around the rows of a table in an export: titles above, questions below the names, footers."""

import csv
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from winwinwin.mapping.headers import folded
from winwinwin.mapping.model import ABOUT_FIELDS
from winwinwin.mapping.values import as_number
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.tables.reading.rows import Row, share_that_fits

MOST_TITLES = 10
"""Lines of a title."""
MOST_FOOTERS = 30
"""Lines of a footer."""
MOST_ROWS = 1_000
"""Rows at the end that are compared with the last ones."""
MOST_CELLS = 2
"""Filled cells of a title, as in `Period,November`."""
FEW = 10
"""Rows below the names that say whether any is wider."""
CHECKED = 100
"""Rows below the names that are looked at."""
FEWEST_PADDED = 3
"""Columns where a title may have been filled up with delimiters."""
FEWEST_REPEATED = 2
"""Columns that are named twice where the rows below say what was asked."""
IMPORT_ID = '{"ImportId"'
"""What Qualtrics writes in each column of its third row."""
CHOICES = {"Response", "Open-Ended Response"}
"""What SurveyMonkey writes below a question with one column."""
RESPONDENT = "respondentid"
KNOWN = {folded(name) for name in (*FLAT_PATHS, *ABOUT_FIELDS)}


class Questions(NamedTuple):
    """Rows below the names that are no data."""

    rows: int
    names: list[str]
    texts: dict[str, str]
    """What was asked, by the name of the column."""
    maker: str = ""


def header_index(rows: Sequence[Row]) -> int:
    """Return which row names the columns: the first one, unless titles stand above beyond doubt."""
    filled = [index for index, row in enumerate(rows) if row.filled]
    for number, header in enumerate(filled[1 : MOST_TITLES + 1], start=1):
        above = [rows[index] for index in filled[:number]]
        if above[-1].filled > MOST_CELLS:
            break
        is_apart = not rows[header - 1].filled
        if _are_titles(above, rows[header], rows[header + 1 :], is_apart=is_apart):
            return header
    return filled[0] if filled else 0


def _are_titles(above: Sequence[Row], header: Row, below: Sequence[Row], *, is_apart: bool) -> bool:
    """Tell whether rows are titles; a blank row after them leaves less doubt."""
    width = len(header.values)
    checked = [row for row in below[:CHECKED] if row.filled]
    return (
        _are_names(header.values)
        and bool(checked)
        and all(_is_title(row, width, is_apart=is_apart) for row in above)
        and _belongs(checked, width, is_apart=is_apart)
    )


def _are_names(values: Sequence[str]) -> bool:
    """Tell whether values are texts, few of them repeated; the last may be blank."""
    names = [name.strip().lower() for name in values]
    while names and not names[-1]:
        names.pop()
    are_texts = all(name and as_number(name) is None for name in names)
    return len(names) > 1 and are_texts and len({*names}) * 2 > len(names)


def _belongs(below: Sequence[Row], width: int, *, is_apart: bool) -> bool:
    """Tell whether rows are as wide as their names, or shorter, as some systems leave blanks off."""
    if is_apart and below[0].filled > 1:
        return max(len(row.values) for row in below[:FEW]) <= width + 1
    return share_that_fits(below[:1], width) == 1 and share_that_fits(below, width) >= 1 / 2


def _is_title(row: Row, width: int, *, is_apart: bool) -> bool:
    """Tell whether a row is too narrow for names: a cell, or two where a blank row follows."""
    if folded(row.values[0]) in KNOWN or not row.values[0].strip():
        return False
    is_padded = len(row.values) == width >= FEWEST_PADDED
    if row.filled > 1:
        return is_apart and (len(row.values) < width or (is_padded and width > FEWEST_PADDED))
    return len(row.values) == 1 or is_padded or (is_apart and len(row.values) < width)


def questions_of(names: Sequence[str], below: Sequence[Row]) -> Questions | None:
    """Return the rows of Qualtrics or SurveyMonkey that say what was asked, None for others."""
    has_ids = len(below) > 1 and below[1].filled and _has_import_ids(below[1])
    if has_ids or (below and _repeats(names, below[0])):  # workbooks have no ids
        texts = zip(names, below[0].values, strict=False)
        asked = {name.strip(): text for name, text in texts if text.strip()}
        return Questions(2 if has_ids else 1, list(names), asked, "Qualtrics")
    if below and _has_choices(names, below[0]):
        return Questions(1, _with_choices(names, below[0].values), {}, "SurveyMonkey")
    return None


def _has_import_ids(row: Row) -> bool:
    return all(
        value.replace(" ", "").startswith(IMPORT_ID) for value in row.values if value.strip()
    )


def _repeats(names: Sequence[str], row: Row) -> bool:
    """Tell whether a row names its first columns once more: `Start Date` below `StartDate`."""
    pairs = [*zip(names, row.values, strict=False)][:FEWEST_REPEATED]
    same = all(name and folded(name) == folded(value) for name, value in pairs)
    return len(pairs) == FEWEST_REPEATED and same


def _has_choices(names: Sequence[str], row: Row) -> bool:
    """Tell whether a row says the choices below questions: none below who answered and when."""
    if not row.filled or row.values[0].strip() or not names[0].strip():
        return False
    choices = {value.strip() for value in row.values}
    return folded(names[0]) == RESPONDENT or bool(choices & CHOICES)


def _with_choices(names: Sequence[str], choices: Sequence[str]) -> list[str]:
    """Name each column by its question, and by its choice where the question has several."""
    filled = [*choices, *[""] * (len(names) - len(choices))]
    questions: list[str] = []
    for name, choice in zip(names, filled, strict=False):
        goes_on = not name.strip() and choice.strip() and questions
        questions.append(questions[-1] if goes_on else name.strip())
    times = Counter(questions)
    return [
        f"{question} - {choice.strip()}"
        if question and times[question] > 1 and choice.strip() not in {"", *CHOICES}
        else question
        for question, choice in zip(questions, filled, strict=False)
    ]


def footer_start(tail: bytes, delimiter: str) -> int | None:
    """Return where a footer starts in the last bytes of a text, None where none is beyond doubt.

    That is after a blank line, rows with nothing but a first value, and words in one of them.
    """
    start, at, has_words, quotes = None, len(tail), False, 0
    for line in tail.splitlines(keepends=True)[: -MOST_FOOTERS - 1 : -1]:
        at -= len(line)
        values = next(
            csv.reader([line.decode("utf-8", "replace").strip("\r\n")], delimiter=delimiter), []
        )
        text, *rest = [value.strip() for value in values] or [""]
        quotes += line.count(b'"')
        if any(rest) or quotes % 2:
            break  # a row, or the end of one
        has_words |= len(text.split()) > 1
        if not text and has_words:
            start = at
    return start


def last_rows(tail: bytes, number: int) -> int | None:
    """Return where the last rows start, blank lines not counted; None where they don't fit in."""
    at, quotes = len(tail), 0
    for line in reversed(tail.splitlines(keepends=True)):
        if not number:
            break
        at -= len(line)
        quotes += line.count(b'"')
        number -= bool(line.strip()) and quotes % 2 == 0
    return None if number else at


class Ending(NamedTuple):
    """The last rows of a text that have a line each, blank ones left out."""

    starts: list[int]
    """Where each begins."""
    rows: list[list[str]]
    is_whole: bool
    """Whether these are all rows."""


def ending(tail: bytes, delimiter: str, above: int | None) -> Ending:
    """Return the last rows of the data; above it are so many lines, None where it begins before the tail."""
    lines = tail.splitlines(keepends=True)[above or 0 :]
    at, starts, rows = len(tail), [], []
    is_whole = above is not None and len(lines) <= MOST_ROWS
    for line in lines[: -MOST_ROWS - 1 : -1]:
        at -= len(line)
        if line.count(b'"') % 2:
            is_whole = False
            break
        values = next(
            csv.reader([line.decode("utf-8", "replace").strip("\r\n")], delimiter=delimiter), []
        )
        if any(map(str.strip, values)):
            starts.append(at)
            rows.append(values)
    return Ending(starts[::-1], rows[::-1], is_whole)

"""What stands around the rows of a table in an export: titles above, questions below the names, footers."""

import csv
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
CHECKED = 100
"""Rows below the names that are looked at."""
FEWEST_PADDED = 3
"""Columns where a title may have been filled up with delimiters."""
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
    if not filled:
        return 0
    titles = 0
    while titles < len(filled) and rows[filled[titles]].filled == 1:
        titles += 1
    if not 0 < titles <= MOST_TITLES or titles == len(filled):
        return filled[0]
    above = [rows[index] for index in filled[:titles]]
    header = filled[titles]
    return header if _are_titles(above, rows[header], rows[header + 1 :]) else filled[0]


def _are_titles(above: Sequence[Row], header: Row, below: Sequence[Row]) -> bool:
    width, names = len(header.values), [name.strip() for name in header.values]
    while names and not names[-1]:
        names.pop()
    is_header = (
        len(names) > 1
        and all(name and as_number(name) is None for name in names)
        and len({name.lower() for name in names}) == len(names)
    )
    checked = [row for row in below[:CHECKED] if row.filled]
    return (
        is_header
        and bool(checked)
        and share_that_fits(checked[:1], width) == 1
        and share_that_fits(checked, width) >= 1 / 2
        and all(_is_title(row, width) for row in above)
    )


def _is_title(row: Row, width: int) -> bool:
    text, *rest = row.values
    is_padded = len(row.values) == width >= FEWEST_PADDED
    return bool(text.strip()) and (not rest or is_padded) and folded(text) not in KNOWN


def questions_of(names: Sequence[str], below: Sequence[Row]) -> Questions | None:
    """Return the rows of Qualtrics or SurveyMonkey that say what was asked, None for others."""
    if len(below) > 1 and below[1].filled and _has_import_ids(below[1]):
        texts = zip(names, below[0].values, strict=False)
        asked = {name.strip(): text for name, text in texts if text.strip()}
        return Questions(2, list(names), asked, "Qualtrics")
    if below and _has_choices(names, below[0]):
        return Questions(1, _with_choices(names, below[0].values), {}, "SurveyMonkey")
    return None


def _has_import_ids(row: Row) -> bool:
    return all(
        value.replace(" ", "").startswith(IMPORT_ID) for value in row.values if value.strip()
    )


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
    return [
        f"{question} - {choice.strip()}"
        if question and questions.count(question) > 1 and choice.strip() not in {"", *CHOICES}
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

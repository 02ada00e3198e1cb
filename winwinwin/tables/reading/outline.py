"""Where the table is in a text: what separates its values, and which rows are its names and questions."""

from collections.abc import Sequence
from typing import NamedTuple

from winwinwin.errors import Problem, UnreadableError, count, quoted
from winwinwin.loading.file_layout import FileLayout
from winwinwin.tables.layout import refuse_too_wide
from winwinwin.tables.reading.headers import repaired
from winwinwin.tables.reading.rows import DELIMITERS, Row, rows_of, share_that_fits
from winwinwin.tables.reading.titles import CHECKED, header_index, questions_of

SAID = "sep="
"""What the first line may begin with to say the delimiter."""
CONSISTENT = 1 / 2
"""The share of rows that must have as many values as the header, where the delimiter is guessed."""


class Outline(NamedTuple):
    """The table in the head of a text."""

    delimiter: str
    names: list[str]
    skip: int
    """Rows before the first one of data, blank lines among them."""
    questions: dict[str, str]
    blank: int
    """Blank lines among the rows before the data."""
    empty: int
    """Rows of nothing but delimiters and blanks among them."""
    above: int
    """Lines before the first row of data."""
    notes: list[str]


def outlined(text: str, layout: FileLayout, delimiter: str | None, *, is_cut: bool) -> Outline:
    """Find the table in the head of a text; a delimiter that its suffix suggests is tried first.

    Raises UnreadableError, without a place, where there is none.
    """
    said, first = _said_delimiter(text)
    chosen = layout.delimiter or said or _delimiter(text, layout, first, delimiter)
    rows = rows_of(text, chosen)
    at = _header(rows, layout, first)
    if at == len(rows) - 1 and rows[at].line < text.count("\n") and text.count('"') % 2:
        what = f"a quoted value that begins in the header, in line {rows[at].line:,}, does not end"
        raise UnreadableError(Problem(what, hint="Write a quote inside a quoted value twice."))
    if is_cut and len(rows) > 1:
        rows.pop()  # it may go on
        at = _header(rows, layout, first)
    if at >= len(rows) or not rows[at].filled:
        hint = "Its first line names the columns; --header-row LINE names another."
        raise UnreadableError(Problem("holds no table", hint=hint))
    refuse_too_wide(None, len(rows[at].values))
    notes = _passed_over(rows, at, first) if layout.header_row is None else []
    names, below = rows[at].values, rows[at + 1 :]
    questions = questions_of([name.strip() for name in names], below)
    asked: dict[str, str] = {}
    skipped = layout.skip_rows
    if questions is not None and skipped is None:
        skipped, names, asked = questions.rows, questions.names, questions.texts
        lines = count(skipped, "row")
        notes.append(f"{lines} of {questions.maker} below the names of the columns passed over")
    data = below[skipped or 0 :]
    names, said_of_names = repaired(_without_trailing(names, data))
    skip = at + 1 + (skipped or 0)
    blank = sum(not row.values for row in rows[:skip])
    empty = sum(len(row.values) > 1 and not row.filled for row in rows[:skip])
    above = data[0].line - 1 if data else text.count("\n")
    said_of_it = [*notes, *said_of_names]
    return Outline(chosen, names, skip, asked, blank, empty, above, said_of_it)


def _said_delimiter(text: str) -> tuple[str | None, int]:
    """Return the delimiter that the first line says, and how many lines it takes to say so."""
    line = text[: len(SAID) + 4].splitlines()[0] if text else ""
    line = line[1:-1] if line[:1] == line[-1:] == '"' else line
    if line.lower().startswith(SAID) and len(line) == len(SAID) + 1:
        return line[-1], 1
    return None, 0


def _header(rows: Sequence[Row], layout: FileLayout, first: int) -> int:
    """Return which row names the columns."""
    if layout.header_row is None:
        return first + header_index(rows[first:])
    found = [index for index, row in enumerate(rows) if row.line == layout.header_row]
    if found:
        return found[0]
    hint = "Write the line where the names of the columns begin."
    what = f"no row begins in line {layout.header_row:,}"
    raise UnreadableError(Problem(what, hint=hint))


def _passed_over(rows: Sequence[Row], at: int, first: int) -> list[str]:
    above = [[value.strip() for value in row.values] for row in rows[first:at] if row.filled]
    titles = [", ".join(filter(None, values)) for values in above]
    if not titles:
        return []
    return [
        f"line {rows[at].line:,} names the columns; what stands above it is a title: "
        + ", ".join(map(quoted, titles[:3]))
    ]


def _without_trailing(names: Sequence[str], data: Sequence[Row]) -> list[str]:
    """Leave out the blank name that a delimiter after the last name makes, where no row has it."""
    widths = [len(row.values) for row in data if row.values]
    has_one = len(names) > 1 and not names[-1].strip()
    is_without = bool(widths) and max(widths) < len(names)
    return list(names[:-1] if has_one and is_without else names)


def _delimiter(text: str, layout: FileLayout, first: int, suggested: str | None) -> str:
    """Return what separates the values: what the names and the rows below them agree on."""
    found = {each: rows_of(text, each) for each in DELIMITERS if each in text}
    at = {each: _header(rows, layout, first) for each, rows in found.items()}
    width = {
        each: len(rows[at[each]].values) if at[each] < len(rows) else 0
        for each, rows in found.items()
    }
    named = [each for each in found if width[each] > 1]
    if suggested in named or not named:
        return suggested or DELIMITERS[0]

    def agreed(each: str) -> float:
        below = found[each][at[each] + 1 :][:CHECKED]
        return share_that_fits(below, width[each])

    consistent = [each for each in named if agreed(each) >= CONSISTENT]
    chosen = consistent or named
    return max(chosen, key=lambda each: (-at[each], agreed(each) if consistent else 0, width[each]))

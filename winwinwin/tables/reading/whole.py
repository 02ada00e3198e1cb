"""Whether an engine gave every row of a text, counted without it: some limits of its reader drop rows in silence."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError, count
from winwinwin.limits import LONGEST_LINE
from winwinwin.tables.reading.common import TooLongError
from winwinwin.tables.reading.mistakes import start_of, too_long
from winwinwin.tables.reading.rows import LONGEST_VALUE
from winwinwin.tables.reading.texts import Text

END = 'the " end'
"""A row of its own below all others, unless a quote is open."""


class Held(NamedTuple):
    """A row that holds something."""

    line: int
    """Where it starts."""
    length: int
    """Its bytes where they are many, else its characters; without quotes and delimiters."""


def refuse_fewer(texts: Sequence[Text], given: int) -> None:
    """Raise UnreadableError where an engine gave fewer rows than these files hold.

    The count of lines settles nearly every file at once. Where single quotes make that wrong, the
    rows are counted one by one.
    """
    if given == sum(text.rows for text in texts):
        return
    held = 0
    longest = Held(0, 0), texts[0]
    for text in texts:
        for row in _rows(text):
            held += 1
            longest = max(longest, (row, text), key=lambda found: found[0].length)
    if given >= held:
        return
    row, text = longest
    if row.length > LONGEST_LINE:
        raise TooLongError(too_long(Place(str(text.path), row.line, 1)))
    what = f"{count(held - given, 'row')} of {held:,} would be lost in reading"
    hint = "Save it again in a plain form, with a row a line and quotes in pairs."
    raise TooLongError(Problem(what, hint=hint, place=Place(str(texts[0].path))))


def refuse_open(text: Text) -> None:
    """Raise UnreadableError where a quoted value does not end.

    An engine that pads rows drops in silence what follows the quote.
    """
    if not text.has_quotes:
        return
    delimiter = text.outline.delimiter
    begun, is_open = 0, False
    with io.TextIOWrapper(text.readable.open("rb"), "utf-8-sig", "replace", newline="") as lines:
        csv.field_size_limit(LONGEST_LINE)
        try:
            for values in csv.reader(chain(lines, [END]), delimiter=delimiter):
                begun += 1
                is_open = values != [END]
        except csv.Error:  # so long a value does not end
            begun, is_open = begun + 1, True
    if is_open:
        place = start_of(text.readable, str(text.path), begun, delimiter)
        what = "a quoted value does not end, and holds all that follows"
        hint = "Write its closing quote, or leave the first one out."
        raise UnreadableError(Problem(what, hint=hint, place=place))


def _rows(text: Text) -> Iterator[Held]:
    """Yield the rows of a file that hold something."""
    with io.TextIOWrapper(text.readable.open("rb"), "utf-8-sig", "replace", newline="") as lines:
        csv.field_size_limit(LONGEST_VALUE)
        rows = csv.reader(lines, delimiter=text.outline.delimiter)
        line = 1
        for number, values in enumerate(rows):
            if number >= text.outline.skip and any(map(str.strip, values)):
                yield Held(line, _length(values))
            line = rows.line_num + 1


def _length(values: Sequence[str]) -> int:
    length = sum(map(len, values))
    may_be_long = length > LONGEST_LINE // 4  # of the bytes that a character may take
    return len("".join(values).encode()) if may_be_long else length

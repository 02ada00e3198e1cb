"""The rows at the head of a text, and what separates their values."""

import csv
import io
from collections.abc import Sequence
from typing import NamedTuple

DELIMITERS = ",;\t|^~"
"""What may separate values where nothing says it, the most usual first."""
LONGEST_VALUE = 1 << 30
"""Characters that a value may have."""


class Row(NamedTuple):
    """A row, blank lines among them, which have no values."""

    line: int
    """Where it starts, from 1."""
    values: list[str]

    @property
    def filled(self) -> int:
        """How many values are not blank."""
        return sum(bool(value.strip()) for value in self.values)


def rows_of(text: str, delimiter: str, first: int = 1) -> list[Row]:
    """Return the rows of a text whose first line has this number."""
    csv.field_size_limit(LONGEST_VALUE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows, line = [], first
    for values in reader:
        rows.append(Row(line, values))
        line = first + reader.line_num
    return rows


def fits(row: Row, width: int) -> bool:
    """Tell whether a row has as many values, a delimiter after the last one passed over."""
    values = row.values
    return len(values) == width or (len(values) == width + 1 and not values[-1])


def share_that_fits(rows: Sequence[Row], width: int) -> float:
    """Return the share of rows with as many values; blank ones don't count. 1 where there is none."""
    found = [fits(row, width) for row in rows if row.filled]
    return sum(found) / len(found) if found else 1.0

"""Rows at the end that sum up those above them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from winwinwin.errors import quoted
from winwinwin.mapping.numbers import read_number
from winwinwin.mapping.values import as_number

WORDS = {
    "English": "total, totals, grand total, grand totals, overall total, sum, average, mean",
    "German": "gesamt, summe, gesamtsumme, gesamtergebnis, insgesamt, durchschnitt, mittelwert",
    "French": "total général, totaux, somme, ensemble, moyenne",
    "Spanish": "total general, totales, suma, promedio, media",
    "Dutch": "totaal, eindtotaal, som, gemiddelde",
    "Portuguese": "total geral, totais, soma, média",
}
"""What such a row begins with."""
TOTALS = re.compile(
    rf"(?:{'|'.join(', '.join(WORDS.values()).split(', '))})[\s:=()\d.,]*", re.IGNORECASE
)
MOST = 5
"""Rows of totals that a table ends with."""
NEAR = 0.01
"""How far an average may be rounded."""


def begins_as_totals(row: Sequence[str]) -> bool:
    """Tell whether the first word of a row is one for totals."""
    first = next(filter(None, map(str.strip, row)), "")
    return TOTALS.fullmatch(first) is not None


def totals(rows: Sequence[Sequence[str]], *, are_all: bool) -> int:
    """Return how many of the last rows are totals beyond doubt.

    Such a row begins with a word for it, as no other row does, and has numbers where the others
    have words, or what those add up to. Takes all rows, or the last ones of many.
    """
    begin = len(rows)
    while begin and len(rows) - begin < MOST and begins_as_totals(rows[begin - 1]):
        begin -= 1
    above = rows[:begin]
    if not above or any(map(begins_as_totals, above)):
        return 0
    return len(rows) - begin if all(_sums(row, above, are_all) for row in rows[begin:]) else 0


def _sums(row: Sequence[str], above: Sequence[Sequence[str]], are_all: bool) -> bool:
    """Tell whether a row says nothing of its own."""
    cells = [(place, cell) for place, cell in enumerate(row) if cell.strip()][1:]
    if not cells:
        return False
    columns = (
        (cell, [each[place] for each in above if place < len(each)]) for place, cell in cells
    )
    return all(_is_sum(cell, column, are_all) for cell, column in columns)


def _is_sum(cell: str, column: Iterable[str], are_all: bool) -> bool:
    """Tell whether a number is no value of a column: among words, or the sum of numbers."""
    number = _number(cell)
    if number is None:
        return False
    written = [text for text in column if text.strip()]
    numbers = [found for text in written if (found := _number(text)) is not None]
    if len(numbers) < len(written) or not numbers:
        return len(numbers) * 2 <= len(written)
    if not are_all:
        return number > max(map(abs, numbers))
    sums = (sum(numbers), sum(numbers) / len(numbers), len(numbers))
    return any(abs(number - each) <= NEAR * max(abs(each), 1) for each in sums)


def _number(text: str) -> float | None:
    found = as_number(text)
    return read_number(text) if found is None else found


def totals_said(found: Sequence[Sequence[str]], last: Sequence[str]) -> Iterator[str]:
    """Yield what is to be said of rows of totals, and of a last row that may be one."""
    if found:
        rows = "row of totals" if len(found) == 1 else "rows of totals"
        doubt = "if it is data" if len(found) == 1 else "if they are data"
        yield f"{len(found)} {rows} passed over: {_first(found[0])}; {doubt}, say --skip-footer 0"
    elif begins_as_totals(last):
        yield f"the last row begins with {_first(last)}; if it is no data, say --skip-footer 1"


def _first(row: Sequence[str]) -> str:
    return quoted(next(filter(None, map(str.strip, row)), ""))

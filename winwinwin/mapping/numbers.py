"""Numbers as people and systems write them: `8,5`, `1,200.50`, `80%`, `4/5`, `5 stars`, `4 - Good`."""

import re
from collections.abc import Iterable
from typing import Literal, TypeAlias

from winwinwin.mapping.values import NUMBER
from winwinwin.record.spelling import bare

Decimal: TypeAlias = Literal[".", ","]
"""What stands before the decimals of a column's numbers."""

POINT: Decimal = "."
COMMA: Decimal = ","
MONEY = "[$€£¥]"
UNIT = f"(?: ?(?:%|{MONEY})| ?/ ?[1-9][0-9]{{0,3}})?"
"""What may stand after a number: a unit, or the end of its scale."""
LABEL = "(?: (?:out )?of [1-9][0-9]{0,3}|(?: ?[-–:=(]|[.)])[^0-9]*| [^0-9]+)"  # noqa: RUF001  # a dash is meant
"""What else may stand there: few values have it, what a number is called on its scale."""
OUT_OF = re.compile(r"(?:/| of) ?([0-9]{1,4})\s*$")
"""The end of the scale that a number is on, as in `4/5`."""


def pattern(decimal: Decimal, after: str = UNIT) -> str:
    """Return what a text with a number looks like, to Python and every engine: its group is the number."""
    other = COMMA if decimal == POINT else POINT
    whole = f"(?:[0-9]{{1,3}}(?:[{other}' ][0-9]{{3}})+|[0-9]{{1,15}})"
    return f"^{MONEY}? ?([+-]?{whole}(?:[{decimal}][0-9]{{1,30}})?){after}$"


_PLAIN = re.compile(NUMBER)
_PATTERNS = {
    decimal: re.compile(pattern(decimal, f"(?:{UNIT}|{LABEL})")) for decimal in (POINT, COMMA)
}


def read_number(written: str, decimal: Decimal | None = None) -> float | None:
    """Read a text as a number, None for any other text.

    Where nobody knows what stands before its decimals, the text itself has to tell.
    """
    text = bare(written)
    is_by_program = decimal != COMMA or "e" in text  # nobody writes an exponent by hand
    if is_by_program and _PLAIN.match(text):
        return float(text)
    known: Decimal = decimal or decimal_of([text]) or POINT
    found = _PATTERNS[known].match(text)
    return float(plain(found[1], known)) if found else None


def plain(digits: str, decimal: Decimal) -> str:
    """Write a number as Python does."""
    ungrouped = digits.replace(" ", "").replace("'", "")
    return (
        ungrouped.replace(",", "")
        if decimal == POINT
        else ungrouped.replace(".", "").replace(",", ".")
    )


def telling(texts: Iterable[str]) -> dict[Decimal, str]:
    """Return a text for each thing that stands before decimals, where it can be read in that way only."""
    found: dict[Decimal, str] = {}
    for text in texts:
        ways = [decimal for decimal in _PATTERNS if _PATTERNS[decimal].match(bare(text))]
        if len(ways) == 1:
            found.setdefault(ways[0], text)
    return found


def decimal_of(texts: Iterable[str]) -> Decimal | None:
    """Return what stands before the decimals of some texts; None where nothing or too much tells."""
    found = [*telling(texts)]
    return found[0] if len(found) == 1 else None

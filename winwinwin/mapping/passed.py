"""What was written and read as not recorded, in words."""

from collections import Counter
from itertools import groupby
from typing import TypeAlias

from winwinwin.errors import quoted
from winwinwin.mapping.fields import IDLE
from winwinwin.mapping.model import MOMENTS
from winwinwin.record.spelling import MISSING

Passed: TypeAlias = Counter[tuple[str, str]]
"""How often each value of a field was read as not recorded: by field and value as shown."""

MISSING_SHOWN = tuple(map(quoted, MISSING))
MOST = 20
"""Values of a field that are named."""
OTHERS = "another value"
HOW_TO_DATE = (
    "to have such dates read, say in a mapping how they are written, such as "
    'date: {column: NAME, format: "%d.%m.%Y"}; `winwinwin map FILE` proposes it\n'
)


def passed_lines(passed: Passed) -> str:
    """Say which values a mapping has no meaning for, and how often each was read as not recorded."""
    in_order = sorted(passed.items(), key=lambda item: (item[0][0], -item[1]))
    lines = [
        f"{field}: {rows:,} x {value}{'' if value == IDLE else ' read as not recorded'}\n"
        for field, found in groupby(in_order, lambda item: item[0][0])
        for value, rows in _first([(value, rows) for (_, value), rows in found])
    ]
    is_unread = any(
        field in MOMENTS and value not in (IDLE, *MISSING_SHOWN) for field, value in passed
    )
    return "".join(lines) + (HOW_TO_DATE if is_unread else "")


def _first(values: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the first values, and the others as one."""
    others = values[MOST:]
    return values[:MOST] + ([(OTHERS, sum(rows for _, rows in others))] if others else [])

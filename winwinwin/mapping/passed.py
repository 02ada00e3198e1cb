"""What was written and read as not recorded, in words."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import TypeAlias

from winwinwin.errors import quoted
from winwinwin.mapping.drafting.dates import dates_in
from winwinwin.mapping.fields import IDLE, unread_moment
from winwinwin.mapping.model import MOMENTS, FieldSource, Mapping
from winwinwin.mapping.scalars import as_scalar
from winwinwin.record.spelling import MISSING

Passed: TypeAlias = Counter[tuple[str, str]]
"""How often each value of a field was read as not recorded: by field and value as shown."""

MISSING_SHOWN = tuple(map(quoted, MISSING))
MOST = 20
"""Values of a field that are named."""
OTHERS = "another value"


def passed_lines(passed: Passed, mapping: Mapping) -> str:
    """Say which values a mapping has no meaning for, and how often each was read as not recorded."""
    in_order = sorted(passed.items(), key=lambda item: (item[0][0], -item[1]))
    lines = [
        f"{field}: {rows:,} x {value}{'' if value == IDLE else ' read as not recorded'}\n"
        for field, found in groupby(in_order, lambda item: item[0][0])
        for value, rows in _first([(value, rows) for (_, value), rows in found])
    ]
    sources = dict(mapping.sources())
    for name in MOMENTS:
        shown = [value for (field, value), _ in in_order if field == name]
        texts = [each for each in shown if each[0] == "'" and each.lower() not in MISSING_SHOWN]
        dates = [text[1:-1] for text in texts]
        lines += [_how_to_read(name, sources[name], dates)] if dates else []
    return "".join(lines)


def _how_to_read(field: str, source: FieldSource, values: Sequence[str]) -> str:
    """Say what has dates read: the format that reads them, or what is wrong with the first of them."""
    dates = dates_in(values)
    several = dates.candidates or [dates.formats]
    if not several[0]:
        problems = unread_moment(field, source, values[0])
        return "".join(f"{field}: {problem.message}\n" for problem in problems)
    column, known = as_scalar(source.name), source.formats
    lists = (_listed([*dict.fromkeys([*known, *each])]) for each in several)
    ways = " or ".join(f"{field}: {{column: {column}, format: {each}}}" for each in lists)
    doubt = f": {dates.doubt}" if dates.candidates else ""
    return (
        f"to have such dates read, write {ways} in the mapping{doubt}; "
        "a list may hold other formats, too\n"
    )


def _first(values: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the first values, and the others as one."""
    others = values[MOST:]
    return values[:MOST] + ([(OTHERS, sum(rows for _, rows in others))] if others else [])


def _listed(formats: Sequence[str]) -> str:
    items = [f'"{each}"' for each in formats]
    return items[0] if len(items) == 1 else f"[{', '.join(items)}]"

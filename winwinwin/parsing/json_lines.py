"""JSONL: a record a line, most of them read by the parser that pydantic brings.

That takes a fifth of the time, but it drops the first of two equal keys, reads numbers, and knows no
places. So it is believed only where it shows by itself that it lost nothing: each quote of a line
belongs to a key or a text that it returned, and none of the values is a number.
"""

from collections.abc import Collection, Iterator
from math import inf
from typing import Any

from pydantic_core import from_json

from winwinwin.parsing.draft import Draft
from winwinwin.parsing.json_text import Reader
from winwinwin.parsing.places import json_tokens
from winwinwin.parsing.tape import Tape

SINGLE = frozenset({str, bool, type(None)})
"""The types of values that are the same however they were read."""


def read_jsonl(tape: Tape) -> Iterator[Draft]:
    """Yield the record of each line that is not blank. A mistake in a line loses that line only."""
    start = 0
    for number, line in enumerate(_lines(tape), 1):
        tape.let_go(start)
        end = start + len(line)
        value = None if tape.illegal else usual(line)
        if value is not None:
            yield Draft(value, tape, json_tokens, start, end, number, 0)
        elif line.strip():
            yield Reader(tape, line.removesuffix("\n"), start, number).line_record()
        start = end


def _lines(tape: Tape) -> Iterator[str]:
    """Yield each line with its line feed."""
    parts: list[str] = []
    while more := tape.read():
        *lines, rest = more.split("\n")
        for line in lines:
            yield "".join([*parts, line, "\n"])
            parts = []
        parts.append(rest)
    yield "".join(parts)


def usual(line: str) -> dict[str, Any] | None:
    """Return the object that a line is, where nothing of it can be lost; None for any other line."""
    if line[:1] != "{":
        return None
    try:
        value = from_json(line)
    except ValueError:
        return None
    return value if line.count('"') == 2 * _texts([value]) else None


def _texts(values: Collection[Any]) -> float:
    """Return how many keys and texts there are in some values: infinitely many if one is a number."""
    kinds = list(map(type, values))
    texts: float = kinds.count(str)
    if SINGLE.issuperset(kinds):
        return texts
    for kind, value in zip(kinds, values, strict=True):
        if kind is dict:
            texts += len(value) + _texts(value.values())
        elif kind is list:
            texts += _texts(value)
        elif kind not in SINGLE:
            return inf
    return texts

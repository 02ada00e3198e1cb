"""JSONL: a record a line, most of them without anything to be said of their writing."""

import json
from collections.abc import Iterator
from typing import Any, NoReturn

from winwinwin.parsing.draft import Draft
from winwinwin.parsing.json_text import ANY_SURROGATE, Reader
from winwinwin.parsing.places import json_tokens
from winwinwin.parsing.tape import Tape


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
    """Return the object that a line is; None where a `Reader` may find something wrong."""
    try:
        value, end = _read(line)
    except (ValueError, RecursionError):
        return None
    is_whole = type(value) is dict and line[end:] in {"\n", ""}
    return value if is_whole and not ("\\u" in line and ANY_SURROGATE.search(line)) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError
    return value


def _refuse(word: str) -> NoReturn:
    raise ValueError(word)


_read = json.JSONDecoder(
    object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=_refuse
).raw_decode

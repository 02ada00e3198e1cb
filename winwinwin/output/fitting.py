"""Messages fitted to the width of a terminal, which itself would break them within words."""

import re
from collections.abc import Iterator
from textwrap import wrap

SOURCE = re.compile(r"( *\d+ \| )(.*)")
"""A line of a file in a message: its number, and what it says."""
POINTER = re.compile(r"( +\| )( *)\^")
"""What stands below it: a caret under the place."""
LEAST = 10
"""Characters of a line that are shown on the narrowest terminal."""
CUT = "…"


def fitted(text: str, width: int) -> str:
    """Return lines that are at most so many columns wide, or are of a single word."""
    return "\n".join(_fitted(text.split("\n"), width))


def _fitted(lines: list[str], width: int) -> Iterator[str]:
    rest = iter(zip(lines, [*lines[1:], ""], strict=True))
    for line, below in rest:
        source, pointer = SOURCE.fullmatch(line), POINTER.fullmatch(below)
        if source and pointer and len(source[1]) == len(pointer[1]):
            yield from _window(source, pointer, width)
            next(rest)
        elif len(line) <= width:
            yield line
        else:
            yield _wrapped(line, width)


def _wrapped(line: str, width: int) -> str:
    said = line.rstrip()
    indent = said[: len(said) - len(said.lstrip())]
    parts = wrap(
        said,
        width,
        subsequent_indent=indent,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(parts) + line[len(said) :]  # a question ends with a blank


def _window(source: re.Match[str], pointer: re.Match[str], width: int) -> Iterator[str]:
    """Yield the part of a line around its place, and the caret below it."""
    (margin, text), place = source.groups(), len(pointer[2])
    room = max(width - len(margin) - 1, LEAST)  # a caret may stand behind the line
    start = 0 if place < room - 1 else min(place - room // 2, len(text) - room)
    start = max(start, 0)
    shown = text[start : start + room]
    if start:
        shown = CUT + shown[1:]
    if start + room < len(text):
        shown = shown[:-1] + CUT
    yield margin + shown
    yield pointer[1] + " " * (place - start) + "^"

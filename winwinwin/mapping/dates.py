"""Formats of dates in a mapping, written as `strftime` writes them, or counted from 1970."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from winwinwin.errors import Problem, quoted
from winwinwin.near import nearest
from winwinwin.record.moments import DIRECTIVES, Form, even

EPOCHS = {"epoch seconds": 1_000_000, "epoch milliseconds": 1_000}
"""Numbers from 1970 on, and the microseconds of one."""
FIRST_EPOCH, LAST_EPOCH = "946684800", "4102444800"
"""The first seconds of 2000 and of 2100: a number outside is no time of these days."""
PIECE = re.compile("%-?(.)|( +)|(.)", re.DOTALL)
SHORT = {"F": "%Y-%m-%d", "D": "%m/%d/%y", "T": "%H:%M:%S", "R": "%H:%M"}
NEEDED = ({"year"}, {"month", "name"}, {"day"})
EXAMPLE = "%d.%m.%Y %H:%M"


def problem_of(written: Any) -> Problem | None:
    """Return what is wrong with a format; None for one that `form_of` reads."""
    accepted = f"{EXAMPLE}, {', '.join(EPOCHS)}"
    if not isinstance(written, str) or "%" not in written:
        if isinstance(written, str) and written in EPOCHS:
            return None
        near = nearest(written, EPOCHS)
        return Problem(f"{quoted(written)} is not a format of dates", accepted, near)
    try:
        parts = form_of(written).parts
    except KeyError as error:
        what = f"%{error.args[0]} in {quoted(written)} is not known"
        return Problem(what, ", ".join(f"%{name}" for name in DIRECTIVES))
    return next(
        (
            Problem(f"{quoted(written)} {what}", hint=hint)
            for wrong, what, hint in WRONG
            if wrong(parts)
        ),
        None,
    )


WRONG: tuple[tuple[Callable[[tuple[str, ...]], bool], str, str], ...] = (
    (lambda parts: len(parts) > len(set(parts)), "has a part twice", "Write each once."),
    (
        lambda parts: not all(needed & set(parts) for needed in NEEDED),
        "is not a whole date",
        "Name year, month and day, such as %d.%m.%Y.",
    ),
    (
        lambda parts: (
            len({"hour", "minute"} & set(parts)) == 1
            or ("hour" not in parts and bool({"second", "half", "fraction"} & set(parts)))
            or ("fraction" in parts and "second" not in parts)
        ),
        "is not a whole time",
        "Name hour and minute, such as %H:%M.",
    ),
)
"""What the parts of a format must not be, with words for it and what to do."""


@cache
def form_of(written: str) -> Form:
    """Return the form that a format describes. Raises KeyError for a directive that is not known."""
    if written in EPOCHS:
        return Form(_counted(EPOCHS[written]), ("epoch",), EPOCHS[written])
    for name, meant in SHORT.items():
        written = written.replace(f"%{name}", meant)
    patterns: list[str] = []
    parts: list[str] = []
    for directive, blanks, other in PIECE.findall(even(written.strip())):
        pattern = DIRECTIVES[directive].pattern if directive else " +" if blanks else _plain(other)
        if directive and parts and patterns[-1].endswith(")"):  # nothing stands between two numbers
            patterns[-1], pattern = (_whole(each) for each in (patterns[-1], pattern))
        patterns.append(pattern)
        parts += DIRECTIVES[directive].parts if directive else ()
    return Form("".join(patterns), tuple(parts))


def _counted(unit: int) -> str:
    """Return the pattern of the numbers that count from 1970, and are between the two bounds."""
    finer = "0" * (len(str(1_000_000 // unit)) - 1)
    low, high = FIRST_EPOCH + finer, LAST_EPOCH + finer
    above = (_digit(low, place, int(digit) + 1, 9) for place, digit in enumerate(low))
    below = (
        _digit(high, place, 0 if place else 1, int(digit) - 1) for place, digit in enumerate(high)
    )
    ways = [low, *filter(None, above), *filter(None, below)]
    return f"((?:{'|'.join(ways)})(?:[.][0-9]{{1,9}})?)"


def _digit(bound: str, place: int, low: int, high: int) -> str:
    """Return the pattern of the numbers that part from a bound at a place, with one of some digits."""
    more = len(bound) - place - 1
    rest = f"[0-9]{{{more}}}" if more else ""
    return f"{bound[:place]}[{low}-{high}]{rest}" if low <= high else ""


def _whole(pattern: str) -> str:
    """Have a number take both of its digits."""
    return "([0-9]{2})" if pattern in (DIRECTIVES[name].pattern for name in "mdHMS") else pattern


def _plain(character: str) -> str:
    """Write a character as a pattern that every engine reads as just that."""
    return (
        character
        if character.isalnum()
        else f"[{character}]"
        if character not in "^\\[]"
        else f"\\{character}"
    )

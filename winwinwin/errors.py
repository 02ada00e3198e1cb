"""Problems with the input: data with a place, worded here and only here."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from errno import ENOSPC
from os import PathLike
from typing import Any, TypeAlias, TypeVar

T = TypeVar("T")

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from a record down to a value."""

QUOTED = 40
"""Characters of outside text that a message quotes."""

SHOWN = 60
"""Characters of a source line that a message shows on either side of the caret."""


MOST_SAID = 500
"""Characters of each part of a message: what is wrong, what to do, what is accepted."""

MOST_PROBLEMS = 20
"""Problems of one record, or of one file that is read as a whole."""
DONE, INVALID = 0, 2
"""The exit codes of a command that did its work, and of one that met what the user can correct."""
DEBUG = "--debug"
"""The option that shows where the program itself failed."""
FULL = "Free some space, or name another folder for temporary files in the variable TMPDIR."


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is. Lines and columns count from 1; None if unknown."""

    source: str
    """The file as the user named it, `standard input`, or a flag."""
    line: int | None = None
    column: int | None = None
    text: str | None = None
    """The line itself, or the part near the place if the line is long."""
    caret: int = 0
    """The position of the place in that text, from 0."""

    def __str__(self) -> str:
        return ":".join(
            str(part)
            for part in (printable(without_password(self.source)), self.line, self.column)
            if part is not None
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and what to do about it."""

    what: str
    """What is wrong: a sentence without its full stop."""
    accepted: str = ""
    """What would be right, in words."""
    nearest: str | None = None
    """The accepted word that is nearest to the one given."""
    hint: str = ""
    """What to do, as a sentence."""
    field: str | None = None
    """Dotted path of the field within its record."""
    place: Place | None = None
    number: int = 1
    """How many problems it stands for."""

    @property
    def message(self) -> str:
        """The problem in words on one line, without place and field."""
        parts = [f"{shortened(self.what, MOST_SAID)}."]
        if self.nearest is not None:
            parts.append(f"Did you mean '{shortened(self.nearest, MOST_SAID)}'?")
        if self.hint:
            parts.append(shortened(self.hint, MOST_SAID))
        if self.accepted:
            parts.append(f"({shortened(self.accepted, MOST_SAID)})")
        return printable(" ".join(parts))

    @property
    def line(self) -> str:
        """The problem on one line: place, field and message."""
        heads = [str(self.place)] if self.place else []
        if self.field and not (self.place and self.place.source.startswith("--")):
            heads.append(printable(shortened(self.field, SHOWN)))
        return ": ".join([*heads, self.message])

    def __str__(self) -> str:
        return "\n".join([self.line, *excerpt(self.place)])

    def at(self, place: Place | None) -> "Problem":
        return replace(self, place=place)


class Problems(list[Problem]):
    """The problems of one record or file: the first of them, and how many more there are."""

    more = 0
    """Those that are counted only."""

    @classmethod
    def of(cls, found: Iterable[Problem]) -> "Problems":
        problems = cls()
        problems.extend(found)
        return problems

    @property
    def total(self) -> int:
        return len(self) + self.more

    def append(self, problem: Problem) -> None:
        self.take([problem], lambda found: found)

    def extend(self, found: Iterable[Problem]) -> None:
        for problem in found:
            if problem.number > 1:  # they were in order before
                self.more += problem.number
            else:
                self.append(problem)
        self.more += found.more if isinstance(found, Problems) else 0

    def take(self, found: Sequence[T], worded: Callable[[T], Problem]) -> None:
        """Add what was found: in words and with a place only what is kept, as both take time."""
        room = max(MOST_PROBLEMS - len(self), 0)
        for each in found[:room]:
            super().append(worded(each))
        self.more += len(found[room:])

    def in_order(self) -> tuple[Problem, ...]:
        """Return them in the order of their places, and in the end how many more there are."""
        kept = sorted(self, key=_place_order)
        if not self.more:
            return tuple(kept)
        place = kept[0].place and replace(kept[0].place, column=None, text=None, caret=0)
        what = f"and {count(self.more, 'more problem')}"
        return (*kept, Problem(what, place=place, number=self.more))


def _place_order(problem: Problem) -> tuple[int, int]:
    place = problem.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


class WinwinwinError(Exception):
    """One or more problems that the user can correct. A command ends with exit code 2."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class UsageError(WinwinwinError):
    """The command line asks for something that cannot be."""


class UnreadableError(WinwinwinError):
    """A source that cannot be read, or not to its end."""


class MissingExtraError(WinwinwinError):
    """A part of the program that is not installed."""


def interruption(error: BaseException) -> BaseException | None:
    """Return what a signal raised while an engine was at work, None if the engine failed by itself."""
    cause = error.__cause__ or error.__context__
    return cause if isinstance(cause, KeyboardInterrupt | SystemExit) else None


def reason(error: OSError) -> str:
    """Return why the system refused something, in its own words."""
    return (error.strerror or str(error)).lower()


def is_about(error: OSError, *names: str | PathLike[str]) -> bool:
    """Tell whether the system refused one of these; it does not always say what it refused."""
    return error.filename is None or str(error.filename) in map(str, names)


def refused(error: OSError) -> WinwinwinError:
    """Return the error for what the system refused to something that has no name for the user."""
    named = isinstance(error.filename, str)
    hint = FULL if error.errno == ENOSPC else ""
    place = Place(error.filename) if named else None
    return WinwinwinError(Problem(reason(error), hint=hint, place=place))


def fault(error: BaseException) -> str:
    """Return the line about a fault of the program itself."""
    if isinstance(error, MemoryError):
        return "winwinwin: out of memory. Judge fewer records or smaller files at a time."
    said = printable(shortened(str(error), MOST_SAID))
    at = error.__traceback__
    while at and at.tb_next:
        at = at.tb_next
    where = f"{at.tb_frame.f_globals.get('__name__')}:{at.tb_lineno}" if at else "?"
    what = ": ".join(filter(None, (type(error).__name__, said)))
    hint = f"This is a fault of the program: please report it with this line (more: {DEBUG})."
    return f"winwinwin: {what} ({where}). {hint}"


def missing(extra: str, error: ImportError, package: str = "winwinwin") -> MissingExtraError:
    """Return the error for what needs an extra of a package that is not installed.

    Raises an ImportError that names no library, nor does its cause: one is there, and failed as
    it was loaded.
    """
    absent = error.name or getattr(error.__cause__, "name", None)
    if absent is None:
        raise error
    hint = f"Install it: pip install '{package}[{extra}]'"
    what = f"this needs {absent.partition('.')[0]}, which is not installed"
    return MissingExtraError(Problem(what, hint=hint))


def excerpt(place: Place | None) -> list[str]:
    """Return the line of a place with a caret under its column; [] if there is no line."""
    if place is None or place.text is None or place.line is None:
        return []
    before = printable(place.text[: place.caret])
    after = printable(place.text[place.caret :])
    margin = f"{place.line:>5} | "
    return [
        f"{margin}{before}{after}".rstrip(),
        " " * (len(margin) - 2) + "| " + " " * len(before) + "^",
    ]


PASSWORD = re.compile(r"://.*@", re.DOTALL)

JOINERS = "\u200c\u200d"
"""Joiners within Persian names and many emoji, which steer nothing."""


def printable(text: str) -> str:
    """Make control characters visible, so that outside text never controls a terminal."""
    return text if text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    shown = character.isprintable() or character in JOINERS
    return character if shown else character.encode("unicode_escape").decode()


def quoted(value: Any) -> str:
    """Quote a value of any size and shape in a message."""
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if not isinstance(value, str):
        return str(value).lower() if isinstance(value, bool) else str(value)[:QUOTED]
    return f"'{printable(shortened(without_password(value), QUOTED))}'"


def without_password(text: str) -> str:
    """Return a text without what may be the name and password in a URL."""
    return PASSWORD.sub("://***@", text) if "://" in text else text


def shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


RUN_TOGETHER = re.compile(r"([^\W\d]\w{0,40})( ?:|\s*=\s*)(\w{1,40}|\?)")
"""A key and a value without the colon and the space between them that YAML needs."""


def apart(found: re.Match[str]) -> str:
    """Return what to do about a key and a value that run together, as a sentence."""
    key, sign, value = found.groups()
    return f"{'Write' if '=' in sign else 'Put a space after the colon:'} {key}: {value}."


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: `1 interaction`, `2 interactions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

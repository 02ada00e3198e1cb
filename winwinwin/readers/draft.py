"""A record as it was read, before anything checked what it says."""

from dataclasses import dataclass, field
from typing import Any

from winwinwin.errors import Place, Problem
from winwinwin.readers.places import Mark, Path, Places, locate
from winwinwin.readers.tape import Tape

WRAPPER = "interactions"
"""The key under which a file may list its records."""


@dataclass(slots=True)
class Draft:
    """Plain values, and where on the tape they stand.

    Every scalar is text, except null (None) and JSON's true and false. The text can be reread
    until the next draft is asked for.
    """

    value: Any
    tape: Tape
    start: int
    """Position of the record's first character."""
    end: int
    """Position after its last one, or a little further."""
    line: int
    """Line of the first character, from 1."""
    column: int
    """Its column, from 0."""
    problems: list[Problem] = field(default_factory=list)
    """What was wrong with the writing itself."""

    @classmethod
    def unwritten(cls, tape: Tape, problem: Problem) -> "Draft":
        """Stand for a record of which nothing but a mistake in its syntax can be told."""
        return cls(None, tape, 0, 0, 0, 0, [problem])

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Return where a value (or its key) stands, or as far down its path as can be told."""
        indent, places = self._places()
        return self._place(indent, places.nearest(path, key=key))

    def repeated_keys(self) -> list[Problem]:
        """Return a problem for each key that its mapping has already."""
        indent, places = self._places()
        return [
            given_twice(str(path[-1])).at(self._place(indent, mark))
            for path, mark in places.repeated.items()
        ]

    def _places(self) -> tuple[int, Places]:
        """Find all places, with the indent that puts a block mapping's first line under the rest."""
        text = self.tape.text(self.start, self.end)
        indent = 0 if text.startswith(("{", "[")) else self.column
        return indent, locate(" " * indent + text)

    def _place(self, indent: int, mark: Mark) -> Place:
        column = mark.column + (self.column - indent if mark.line == 0 else 0)
        return self.tape.place(self.start - indent + mark.position, self.line + mark.line, column)


def given_twice(key: str) -> Problem:
    """Word a key that its mapping has already; the first of them stands."""
    return Problem("given twice", hint="Keep one of them.", field=key)


def beside_wrapper(key: str) -> Problem:
    hint = f"A file with '{WRAPPER}' holds nothing else at its top."
    return Problem(f"stands beside '{WRAPPER}'", hint=hint, field=key)

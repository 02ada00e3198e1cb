"""A record as it was read, before any of it is checked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from winwinwin.errors import Path, Place, Problem, Problems
from winwinwin.parsing.places import Places, Token, json_tokens
from winwinwin.parsing.tape import Tape

WRAPPER = "interactions"
"""The key under which a file may list its records."""

Tokens: TypeAlias = Callable[[str], Iterator[Token]]


@dataclass(slots=True)
class Draft:
    """Plain values, and where on the tape they stand.

    Every scalar is text, except null (None) and JSON's true and false. The text can be reread
    until the next draft is asked for.
    """

    value: Any
    tape: Tape
    tokens: Tokens
    """Cuts the record's text into what has a place."""
    start: int
    """Position of the record's first character."""
    end: int
    """Position after its last one, or a little further."""
    line: int
    """Line of the first character, from 1."""
    column: int
    """Its column from 0, where the lines of the record are indented like the first."""
    problems: Problems = field(default_factory=Problems)
    """What was wrong with the writing itself."""
    is_whole: bool = False
    """Whether it is a YAML document, and no item of a list."""
    _places: Places | None = field(default=None, init=False)
    """The places within it, once somebody asked for one."""

    @classmethod
    def unwritten(cls, tape: Tape, *problems: Problem) -> "Draft":
        """Stand for a record of which only mistakes in its syntax are known."""
        return cls(None, tape, json_tokens, tape.end, tape.end, 0, 0, Problems.of(problems))

    def place(self, path: Path = (), *, key: bool = False) -> Place:
        """Return the place of a value (or its key), or of the closest thing around it."""
        return self._place(self._found().nearest(path, key=key))

    def part(self, path: Path, value: Any) -> "Draft":
        """Return a value within this record as a record of its own."""
        position = self.start + max(self._found().nearest(path, key=False) - self._indent, 0)
        point = self.tape.point(position)
        return Draft(
            value,
            self.tape,
            self.tokens,
            position,
            self.end,
            point.line,
            point.column - 1,
        )

    def note_repeated_keys(self) -> None:
        """Note a problem for each key that its mapping already has."""

        def worded(repeated: tuple[Path, int]) -> Problem:
            path, position = repeated
            return given_twice(str(path[-1])).at(self._place(position))

        self.problems.take(list(self._found().repeated.items()), worded)

    @property
    def _indent(self) -> int:
        """Spaces that align the first line of a block mapping with the others."""
        return 0 if self.tape.text(self.start, self.start + 1) in {"{", "["} else self.column

    def _found(self) -> Places:
        if self._places is None:
            text = " " * self._indent + self.tape.text(self.start, self.end)
            self._places = Places.of(self.tokens(text))
        return self._places

    def _place(self, position: int) -> Place:
        return self.tape.place(self.start + max(position - self._indent, 0))


def given_twice(key: str) -> Problem:
    """Return the problem of a key that its mapping already has; the first one counts."""
    return Problem("given twice", hint="Keep one of them.", field=key)


def beside_wrapper(key: str) -> Problem:
    hint = f"A file with '{WRAPPER}' has no other keys at its top level."
    return Problem(f"is not allowed next to '{WRAPPER}'", hint=hint, field=key)

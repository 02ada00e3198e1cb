"""What is wrong with a mapping, noted while it is read to its end."""

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Any, TypeAlias

from winwinwin.errors import Place, Problem, nearest, quoted
from winwinwin.parsing.places import Path

FindPlace: TypeAlias = Callable[[Path, bool], Place | None]
"""Returns the place of a value, or (true) of its key."""


class Notes:
    """Problems with their places."""

    def __init__(self, find: FindPlace) -> None:
        self.find = find
        self.problems: list[Problem] = []

    def note(self, path: Path, problem: Problem, *, key: bool = False) -> None:
        name = ".".join(step for step in path if isinstance(step, str))
        placed = replace(problem, field=name or None, place=self.find(path, key))
        self.problems.append(placed)

    def place(self, path: Path) -> Place | None:
        return self.find(path, False)

    def unknown(self, path: Path, written: Map[str, Any], known: Iterable[str]) -> None:
        """Note every key that is not known."""
        names = tuple(known)
        for key in written:
            if key not in names:
                problem = Problem("unknown key", ", ".join(names), nearest(key, names))
                self.note((*path, key), problem, key=True)

    def is_column(self, path: Path, written: Any) -> bool:
        """Tell whether a value names a column; note it if not."""
        if isinstance(written, str) and written.strip():
            return True
        hint = "Name a column, or a dotted path."
        self.note(path, Problem(f"{quoted(written)} is not a column", hint=hint))
        return False

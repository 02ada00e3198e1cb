"""What is wrong with a mapping, noted while it is read to its end."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Any, TypeAlias

from winwinwin.errors import Place, Problem, Problems, nearest, quoted
from winwinwin.parsing.places import Path

FindPlace: TypeAlias = Callable[[Path, bool], Place | None]
"""Returns the place of a value, or (true) of its key."""


class Notes:
    """Problems with their places."""

    def __init__(self, find: FindPlace) -> None:
        self.find = find
        self.problems = Problems()

    def note(self, path: Path, problem: Problem, *, key: bool = False) -> None:
        self._take([path], lambda _: problem, key=key)

    def place(self, path: Path) -> Place | None:
        return self.find(path, False)

    def unknown(self, path: Path, written: Map[str, Any], known: Iterable[str]) -> None:
        """Note every key that is not known."""
        names = tuple(known)

        def worded(path: Path) -> Problem:
            return Problem("unknown key", ", ".join(names), nearest(path[-1], names))

        self._take([(*path, key) for key in written if key not in names], worded, key=True)

    def _take(self, paths: Sequence[Path], worded: Callable[[Path], Problem], *, key: bool) -> None:
        def placed(path: Path) -> Problem:
            name = ".".join(step for step in path if isinstance(step, str))
            return replace(worded(path), field=name or None, place=self.find(path, key))

        self.problems.take(paths, placed)

    def is_column(self, path: Path, written: Any) -> bool:
        """Tell whether a value names a column; note it if not."""
        if isinstance(written, str) and written.strip():
            return True
        hint = "Name a column, or a dotted path."
        self.note(path, Problem(f"{quoted(written)} is not a column", hint=hint))
        return False

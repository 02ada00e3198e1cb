"""What is wrong with a mapping, noted while it is read to its end."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from typing import Any, TypeAlias

from winwinwin.errors import Path, Place, Problem, Problems, quoted
from winwinwin.parsing.refusals import unknown_key

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

    def has_keys(
        self,
        path: Path,
        written: Any,
        known: Iterable[str],
        needed: Iterable[Sequence[str]] = (),
        hint: str = "Write its settings as keys.",
    ) -> bool:
        """Tell whether a mapping has keys that are known, and one of each that are needed.

        Note what is wrong: a key that is missing only where none is unknown, as it may be meant.
        """
        if not isinstance(written, dict):
            self.note(path, Problem(f"{quoted(written)} is not a mapping", hint=hint))
            return False
        names = tuple(known)
        unknown = [(*path, key) for key in written if key not in names]
        self._take(unknown, lambda path: unknown_key(path[-1], names), key=True)
        missing = [keys for keys in needed if not written.keys() & set(keys)]
        if missing and not unknown:
            what = f"{' or '.join(map(quoted, missing[0]))} is missing"
            self.note(path, Problem(what, ", ".join(names), hint=hint))
        is_alone = [self.is_alone(path, written, keys) for keys in needed]
        return not unknown and not missing and all(is_alone)

    def is_alone(self, path: Path, written: Map[str, Any], keys: Iterable[str]) -> bool:
        """Tell whether a mapping has only one of some keys at most; note the others."""
        first, *others = [key for key in written if key in keys] or [""]
        for key in others:
            hint = "Keep one of them."
            self.note(
                (*path, key), Problem(f"cannot stand beside {quoted(first)}", hint=hint), key=True
            )
        return not others

    def items(self, path: Path, written: Any) -> Iterator[tuple[Path, Any]]:
        """Yield each item of a list, or one value; note a list without any."""
        if not isinstance(written, list):
            yield path, written
            return
        if not written:
            self.note(path, Problem("lists nothing", hint="List at least one value."))
        for index, item in enumerate(written):
            yield (*path, index), item

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

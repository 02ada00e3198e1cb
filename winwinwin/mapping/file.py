"""Reading a mapping, with the place of every mistake."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, nearest, quoted
from winwinwin.facts import DOMAINS, Value, word
from winwinwin.loading.paths import unreadable
from winwinwin.loading.shapes import INTERACTIONS, MAPPING, misplaced, shape_of
from winwinwin.mapping.model import (
    ABOUT_FIELDS,
    OTHERWISE,
    FieldSource,
    Mapping,
    Otherwise,
    Range,
    as_number,
    is_written,
)
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.json_text import read_json
from winwinwin.parsing.places import Path
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_events import read_yaml
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.record.spelling import bare

FindPlace: TypeAlias = Callable[[Path, bool], Place | None]
"""Returns the place of a value, or (true) of its key."""

BOUNDS = {"at least": "low", "more than": "low", "at most": "high", "less than": "high"}
FIELDS = (*FLAT_PATHS, *ABOUT_FIELDS)
KEYS = (*FIELDS, "tags")


def load_mapping(name: str) -> Mapping:
    """Read a mapping file: YAML, or JSON by its suffix.

    Raises WinwinwinError with every problem of it.
    """
    try:
        with FilePath(name).open("rb") as stream:
            reader = read_json if name.lower().endswith(".json") else read_yaml
            drafts = reader(Tape(stream, name))
            draft = next(drafts, None)
            if draft is None:
                hint = "`winwinwin map FILE` drafts one."
                raise UnreadableError(Problem("holds no mapping", hint=hint, place=Place(name)))
            is_only = next(drafts, None) is None
            may_be_one = is_only and shape_of(draft.value) is INTERACTIONS  # it has the same keys
            if not may_be_one and (other := misplaced(draft.value, MAPPING, name)):
                raise WinwinwinError(other)
            if not is_only:
                hint = "Write one mapping in a file, without a dash before its keys."
                problem = Problem("holds more than one mapping", hint=hint, place=Place(name))
                raise UnreadableError(problem)
            return _of_draft(draft)
    except OSError as error:
        raise unreadable(name, error) from None


def mapping_of(written: Any) -> Mapping:
    """Make a mapping of plain Python values, as a file would hold them.

    Raises WinwinwinError with every problem of them.
    """
    reader = _Reader(lambda _path, _key: None)
    mapping = reader.mapping(_as_text(written))
    if reader.problems:
        raise WinwinwinError(*reader.problems)
    return mapping


def _of_draft(draft: Draft) -> Mapping:
    reader = _Reader(lambda path, key: draft.place(path, key=key))
    mapping = reader.mapping(draft.value) if draft.value is not None else Mapping({})
    problems = [*draft.problems, *reader.problems]
    if problems:
        in_order = sorted(problems, key=place_order)
        raise WinwinwinError(*in_order)
    return mapping


def place_order(problem: Problem) -> tuple[int, int]:
    """Return what sorts problems as they stand in their file."""
    place = problem.place
    return (place.line or 0, place.column or 0) if place else (0, 0)


def _as_text(value: Any) -> Any:
    """Return plain values with every key and scalar as text, as the readers give them."""
    if isinstance(value, dict):
        return {_as_text(key): _as_text(item) for key, item in value.items()}
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Iterable):  # a set, a range or a column of a frame will do
        return [_as_text(item) for item in value]
    return word(value) if isinstance(value, bool) else str(value)


class _Reader:
    """Reads a mapping to its end, and notes every problem on the way."""

    def __init__(self, find: FindPlace) -> None:
        self.find = find
        self.problems: list[Problem] = []

    def note(self, path: Path, problem: Problem, *, key: bool = False) -> None:
        name = ".".join(step for step in path if isinstance(step, str))
        named = Problem(problem.what, problem.accepted, problem.nearest, problem.hint, name or None)
        self.problems.append(named.at(self.find(path, key)))

    def mapping(self, written: Any) -> Mapping:
        if not isinstance(written, dict):
            hint = "Write facts as keys, such as customer: Q3."
            self.note((), Problem(f"{quoted(written)} is not a mapping", hint=hint))
            return Mapping({})
        sources = {
            key: self.source(key, value) for key, value in written.items() if self.known(key)
        }
        facts = {key: source for key in FLAT_PATHS if (source := sources.get(key))}
        about = {key: source for key in ABOUT_FIELDS if (source := sources.get(key))}
        if not set(FLAT_PATHS) & set(written):
            hint = "Map at least salesperson or customer."
            self.note((), Problem("no fact is mapped", ", ".join(FLAT_PATHS), hint=hint))
        return Mapping(facts, about, dict(self.tags(written.get("tags"))))

    def known(self, key: str) -> bool:
        if key in KEYS:
            return key != "tags"
        problem = Problem("unknown key", ", ".join(KEYS), nearest(key, KEYS))
        self.note((key,), problem, key=True)
        return False

    def tags(self, written: Any) -> Iterator[tuple[str, FieldSource]]:
        """Read tags: a list of columns, or names with their columns."""
        if written is None:
            return
        if isinstance(written, list):
            named = [(index, column, column) for index, column in enumerate(written)]
        elif isinstance(written, dict):
            named = [(name, name, column) for name, column in written.items()]
        else:
            hint = "Write a list of columns, or name: column."
            self.note(("tags",), Problem(f"{quoted(written)} is not a list of columns", hint=hint))
            return
        for step, name, column in named:
            path = ("tags", step)
            if self.is_column(path, column):
                yield name, FieldSource(column, place=self.find(path, False))

    def is_column(self, path: Path, written: Any) -> bool:
        if isinstance(written, str) and written.strip():
            return True
        hint = "Name a column, or a dotted path."
        self.note(path, Problem(f"{quoted(written)} is not a column", hint=hint))
        return False

    def source(self, name: str, written: Any) -> FieldSource | None:
        """Read where a field comes from: a column, or a column and what its values mean."""
        path: Path = (name,)
        keys = {"column": written} if not isinstance(written, dict) else written
        known = meanings_of(name)
        allowed = ("column", *known, *(("otherwise",) if known else ()))
        for key in keys:
            if key not in allowed:
                problem = Problem("unknown key", ", ".join(allowed), nearest(key, allowed))
                self.note((*path, key), problem, key=True)
        column_path = (*path, "column") if isinstance(written, dict) else path
        if "column" not in keys:
            self.note(path, Problem("no column is named", hint="Write column: NAME."))
            return None
        if not self.is_column(column_path, keys["column"]):
            return None
        meanings = [
            meaning
            for key, value in known.items()
            if key in keys
            for meaning in self.meanings((*path, key), keys[key], value)
        ]
        words, ranges = self.without_overlap(meanings)
        otherwise = self.otherwise((*path, "otherwise"), keys.get("otherwise", OTHERWISE[0]))
        is_spelt = not known.keys() & keys.keys()
        if is_spelt and "otherwise" in keys:
            hint = f"List the values that mean {' or '.join(known)}."
            self.note(path, Problem("no value is mapped", hint=hint))
        place = self.find(column_path, False)
        return FieldSource(keys["column"], words, ranges, otherwise, is_spelt, place)

    def otherwise(self, path: Path, written: Any) -> Otherwise:
        for known in OTHERWISE:
            if written == known:
                return known
        problem = Problem(
            f"{quoted(written)} is not a value of otherwise",
            " or ".join(OTHERWISE),
            nearest(written, OTHERWISE),
        )
        self.note(path, problem)
        return OTHERWISE[0]

    def meanings(
        self, path: Path, written: Any, value: Value
    ) -> Iterator[tuple[Path, str | Range, Value]]:
        """Yield each text and range that means a value, with its path."""
        if not isinstance(written, list):
            yield from self.meaning(path, written, value)
            return
        for index, item in enumerate(written):
            yield from self.meaning((*path, index), item, value)

    def meaning(
        self, path: Path, written: Any, value: Value
    ) -> Iterator[tuple[Path, str | Range, Value]]:
        if isinstance(written, dict):
            numbers = self.range(path, written)
            if numbers is not None:
                yield path, numbers, value
        elif is_written(written):
            number = as_number(written)
            meant = bare(written) if number is None else Range(number, number)
            yield path, meant, value
        else:
            hint = "Empty values are never recorded."
            problem = Problem(f"{quoted(written)} is not a value to map", hint=hint)
            self.note(path, problem)

    def range(self, path: Path, written: dict[str, Any]) -> Range | None:
        bounds: dict[str, Any] = {}
        known = len(self.problems)
        for key, limit in written.items():
            side = BOUNDS.get(key)
            number = as_number(limit) if isinstance(limit, str) else None
            if side is None:
                problem = Problem("unknown key", ", ".join(BOUNDS), nearest(key, BOUNDS))
                self.note((*path, key), problem, key=True)
            elif number is None:
                problem = Problem(f"{quoted(limit)} is not a number", hint="Write it in digits.")
                self.note((*path, key), problem)
            elif side in bounds:
                hint = "Give a range at most one lower and one upper bound."
                self.note(
                    (*path, key), Problem("is a second bound on the same side", hint=hint), key=True
                )
            else:
                bounds |= {side: number, f"{side}_counts": key.startswith("at ")}
        numbers = Range(**bounds)
        if len(self.problems) > known:
            return None
        if not bounds or numbers.is_empty:
            self.note(path, Problem("no number is in this range", hint="Correct its bounds."))
            return None
        return numbers

    def without_overlap(
        self, meanings: list[tuple[Path, str | Range, Value]]
    ) -> tuple[dict[str, Value], tuple[tuple[Range, Value], ...]]:
        """Sort words from ranges; what would mean two things is a problem."""
        words: dict[str, Value] = {}
        ranges: list[tuple[Range, Value]] = []
        for path, meant, value in meanings:
            if isinstance(meant, Range):
                met = [other for numbers, other in ranges if meant.meets(numbers)]
                ranges.append((meant, value))
            else:
                met = [words[meant]] if meant in words else []
                words.setdefault(meant, value)
            if met and met[0] != value:
                hint = "List it under one of them only."
                what = f"overlaps with what is listed under {word(met[0])}"
                self.note(path, Problem(what, hint=hint))
        return words, tuple(ranges)


def meanings_of(name: str) -> dict[str, Value]:
    """Return the keys under which values are listed, with what they mean; none for times and text."""
    domain = DOMAINS.get(name, ()) if name != "order" else ()
    return {word(value): value for value in domain}

"""Reading where a field comes from, and what the values of its columns mean."""

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from winwinwin.errors import Path, Problem, quoted
from winwinwin.facts import DOMAINS, Value, word
from winwinwin.mapping.dates import problem_of
from winwinwin.mapping.model import MOMENTS, OTHERWISE, Case, Choices, FieldSource, Otherwise
from winwinwin.mapping.notes import Notes
from winwinwin.mapping.values import Range, Values, as_number, is_written
from winwinwin.near import nearest
from winwinwin.record.spelling import bare

BOUNDS = {"at least": "low", "more than": "low", "at most": "high", "less than": "high"}
WHEN, ALL_OF, ANY_OF = "when", "all of", "any of"


@dataclass
class Meanings:
    """What the values of a field mean, as far as they are read."""

    words: dict[str, Value] = field(default_factory=dict)
    ranges: list[tuple[Range, Value]] = field(default_factory=list)
    choices: list[Choices] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)


def meanings_of(name: str) -> dict[str, Value]:
    """Return the keys under which values are listed, with what they mean; none for times and text."""
    domain = DOMAINS.get(name, ()) if name != "order" else ()
    return {word(value): value for value in domain}


def keys_of(name: str) -> tuple[str, ...]:
    """Return the keys that may say where a field comes from."""
    if name in MOMENTS:
        return ("column", "format", "otherwise")
    known = meanings_of(name)
    return ("column", *known, "split", "otherwise") if known else ("column",)


def read_source(notes: Notes, name: str, written: Any) -> FieldSource | None:
    """Read where a field comes from: a column, or a column and what its values mean."""
    path: Path = (name,)
    is_long = isinstance(written, dict)
    keys = written if is_long else {"column": written}
    before = notes.problems.total
    notes.has_keys(path, keys, keys_of(name))
    known = meanings_of(name)
    meant = Meanings()
    for key, value in known.items():
        if keys.get(key, []) != []:
            _read_meaning(notes, (*path, key), keys[key], value, meant)
    column_path = (*path, "column") if is_long else path
    if "column" not in keys and not meant.cases:
        if notes.problems.total == before:
            hint = "Write column: NAME."
            notes.note(path, Problem("no column is named", ", ".join(keys_of(name)), hint=hint))
        return None
    if "column" in keys and not notes.is_column(column_path, keys["column"]):
        return None
    is_spelt = not known.keys() & keys.keys()
    otherwise = _otherwise(notes, (*path, "otherwise"), keys.get("otherwise", OTHERWISE[0]))
    if known and is_spelt and keys.keys() & {"otherwise", "split"}:
        hint = f"List the values that mean {' or '.join(known)}."
        notes.note(path, Problem("no value is mapped", hint=hint))
    split = _split(notes, (*path, "split"), keys["split"]) if "split" in keys else ""
    if meant.choices and not split:
        notes.note(path, Problem("choices need a split", hint='Write split: ";" beside column.'))
    return FieldSource(
        keys.get("column", ""),
        meant.words,
        tuple(meant.ranges),
        otherwise,
        is_spelt,
        notes.place(column_path if "column" in keys else path),
        split,
        tuple(meant.choices),
        tuple(meant.cases),
        _formats(notes, (*path, "format"), keys["format"]) if "format" in keys else (),
    )


def _otherwise(notes: Notes, path: Path, written: Any) -> Otherwise:
    for known in OTHERWISE:
        if written == known:
            return known
    what = f"{quoted(written)} is not a value of otherwise"
    notes.note(path, Problem(what, " or ".join(OTHERWISE), nearest(written, OTHERWISE)))
    return OTHERWISE[0]


def _split(notes: Notes, path: Path, written: Any) -> str:
    if isinstance(written, str) and written:
        return written
    hint = 'Write what stands between two choices, such as ";".'
    notes.note(path, Problem(f"{quoted(written)} separates nothing", hint=hint))
    return ""


def _formats(notes: Notes, path: Path, written: Any) -> tuple[str, ...]:
    several = written if isinstance(written, list) else [written]
    for index, each in enumerate(several):
        if problem := problem_of(each):
            notes.note((*path, index) if several is written else path, problem)
    return tuple(each for each in several if isinstance(each, str))


def _read_meaning(notes: Notes, path: Path, written: Any, value: Value, into: Meanings) -> None:
    """Read all that means a value: a list of it, or one."""
    for at, item in notes.items(path, written):
        _read_item(notes, at, item, value, into)


def _read_item(notes: Notes, path: Path, written: Any, value: Value, into: Meanings) -> None:
    forms = [key for key in FORMS if isinstance(written, dict) and key in written]
    if not forms:
        meant = _meant(notes, path, written, KEYS)
        if meant is not None:
            _add(notes, path, meant, value, into)
    elif notes.has_keys(path, written, KEYS, [KEYS]):
        [form] = forms
        FORMS[form](notes, (*path, form), written[form], value, into)


def _read_cases(notes: Notes, path: Path, written: Any, value: Value, into: Meanings) -> None:
    for at, case in notes.items(path, written):
        cells = _cells(notes, at, case)
        into.cases += [Case(value, cells)] if cells else []


def _read_choices(notes: Notes, path: Path, written: Any, value: Value, into: Meanings) -> None:
    each = tuple(_values(notes, at, item) for at, item in notes.items(path, written))
    into.choices += [Choices(value, each)] if each else []


FORMS = {WHEN: _read_cases, ALL_OF: _read_choices, ANY_OF: _read_meaning}
"""What reads a value that is no single one."""
KEYS = (*BOUNDS, *FORMS)


def _add(notes: Notes, path: Path, meant: str | Range, value: Value, into: Meanings) -> None:
    """Sort words from ranges; what would mean two things is a problem."""
    if isinstance(meant, Range):
        met = [other for numbers, other in into.ranges if meant.meets(numbers)]
        into.ranges.append((meant, value))
    else:
        met = [into.words[meant]] if meant in into.words else []
        into.words.setdefault(meant, value)
    if met and met[0] != value:
        hint = "List it under one of them only."
        what = f"overlaps with what is listed under {word(met[0])}"
        notes.note(path, Problem(what, hint=hint))


def _cells(notes: Notes, path: Path, written: Any) -> tuple[tuple[str, Values], ...]:
    """Read a case: columns, and what each of them must hold."""
    if not isinstance(written, dict) or not written:
        hint = "Write COLUMN: VALUE."
        notes.note(path, Problem(f"{quoted(written)} is not a condition", hint=hint))
        return ()
    return tuple(
        (column, _values(notes, (*path, column), value)) for column, value in written.items()
    )


def _values(notes: Notes, path: Path, written: Any) -> Values:
    """Read values that mean the same: a list of them, or one."""
    found = [_meant(notes, at, each) for at, each in notes.items(path, written)]
    return Values(
        frozenset(each for each in found if isinstance(each, str)),
        tuple(each for each in found if isinstance(each, Range)),
    )


def _meant(
    notes: Notes, path: Path, written: Any, known: Iterable[str] = BOUNDS
) -> str | Range | None:
    """Read a text, a number or a range of numbers; None where it is none of them."""
    if isinstance(written, dict):
        return _range(notes, path, written, known)
    if is_written(written):
        number = as_number(written)
        return bare(written) if number is None else Range(number, number)
    hint = "Empty values are never recorded."
    notes.note(path, Problem(f"{quoted(written)} is not a value to map", hint=hint))
    return None


def _range(notes: Notes, path: Path, written: Map[str, Any], known: Iterable[str]) -> Range | None:
    bounds: dict[str, Any] = {}
    before = notes.problems.total
    notes.has_keys(path, written, known)
    for key, limit in written.items():
        side = BOUNDS.get(key)
        number = as_number(limit) if isinstance(limit, str) else None
        if side is None:
            continue
        if number is None:
            problem = Problem(f"{quoted(limit)} is not a number", hint="Write it in digits.")
            notes.note((*path, key), problem)
        elif side in bounds:
            hint = "Give a range at most one lower and one upper bound."
            problem = Problem("is a second bound on the same side", hint=hint)
            notes.note((*path, key), problem, key=True)
        else:
            bounds |= {side: number, f"{side}_counts": key.startswith("at ")}
    numbers = Range(**bounds)
    if notes.problems.total > before:
        return None
    if not bounds or numbers.is_empty:
        notes.note(path, Problem("no number is in this range", hint="Correct its bounds."))
        return None
    return numbers

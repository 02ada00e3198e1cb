"""Reading the parts of a mapping that are no fields: tags, the file, long tables and joins."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from typing import Any

from winwinwin.errors import Path, Problem, WinwinwinError, quoted
from winwinwin.loading.file_layout import AS_IT_SAYS, KEYS, FileLayout, read_setting
from winwinwin.mapping.model import FieldSource, Join, Long
from winwinwin.mapping.notes import Notes

LONG = ("id", "question", "answer")
SIDES = ("file", "table")
"""What may be joined."""


def read_tags(notes: Notes, written: Any) -> dict[str, FieldSource]:
    """Read tags: a list of columns, or names with their columns."""
    return dict(_tags(notes, written))


def _tags(notes: Notes, written: Any) -> Iterator[tuple[str, FieldSource]]:
    if written is None:
        return
    if isinstance(written, list):
        named = [(index, column, column) for index, column in enumerate(written)]
    elif isinstance(written, dict):
        named = [(name, name, column) for name, column in written.items()]
    else:
        hint = "Write a list of columns, or name: column."
        notes.note(("tags",), Problem(f"{quoted(written)} is not a list of columns", hint=hint))
        return
    for step, name, column in named:
        path = ("tags", step)
        if notes.is_column(path, column):
            yield name, FieldSource(column, place=notes.place(path))


def read_file(notes: Notes, written: Any) -> FileLayout:
    """Read how the file is laid out."""
    path: Path = ("file",)
    hint = "Write its settings as keys, such as encoding: cp1252."
    is_mapping = notes.has_keys(path, written, KEYS, hint=hint) or isinstance(written, dict)
    return _layout(notes, path, written) if is_mapping else AS_IT_SAYS


def _layout(notes: Notes, path: Path, written: Any) -> FileLayout:
    found = {}
    for key in KEYS:
        if key in written:
            try:
                found[key] = read_setting(key, written[key])
            except WinwinwinError as error:
                for problem in error.problems:
                    notes.note((*path, key), problem)
    places = {key: place for key in found if (place := notes.place((*path, key)))}
    return FileLayout(**found, places=places)


def read_long(notes: Notes, written: Any) -> Long | None:
    """Read which columns hold the ids, the questions and the answers."""
    path: Path = ("long",)
    hint = "Write {id: COLUMN, question: COLUMN, answer: COLUMN}."
    if not notes.has_keys(path, written, LONG, [(key,) for key in LONG], hint):
        return None
    columns = [written[key] for key in LONG if notes.is_column((*path, key), written[key])]
    if len(columns) < len(LONG):
        return None
    row_id, question, answer = columns
    places = {key: notes.place((*path, key)) for key in LONG}
    return Long(row_id, question, answer, notes.place(path), places)


def read_joins(notes: Notes, written: Any) -> list[Join]:
    """Read the files to join: a list of them, or one."""
    several = written if isinstance(written, list) else [written]
    paths: list[Path] = [("join", index) for index in range(len(several))]
    if several is not written:
        paths = [("join",)]
    return [
        join for path, one in zip(paths, several, strict=True) for join in _join(notes, path, one)
    ]


def _join(notes: Notes, path: Path, written: Any) -> Iterator[Join]:
    named = [key for key in SIDES if isinstance(written, dict) and key in written]
    known = ("table", "on") if named == ["table"] else (*SIDES, "on", *KEYS)
    hint = "Write {file: FILE, on: {COLUMN: COLUMN OF FILE}}, or table: for a table beside it."
    if not notes.has_keys(path, written, known, [SIDES, ("on",)], hint):
        return
    [key] = named
    layout = _layout(notes, path, written)
    name = written[key]
    if not isinstance(name, str) or not name.strip():
        notes.note((*path, key), Problem(f"{quoted(name)} is not a {key}", hint="Name a table."))
        return
    on = _keys(notes, (*path, "on"), written["on"])
    if on:
        is_pair = isinstance(written["on"], dict)
        places = {own: notes.place((*path, "on", own) if is_pair else (*path, "on")) for own in on}
        found = {"file": ""} | {key: name}
        yield Join(on=on, layout=layout, place=notes.place((*path, key)), places=places, **found)


def _keys(notes: Notes, path: Path, written: Any) -> Map[str, str]:
    """Read columns with the same values: pairs of them, or the one that both tables have."""
    if isinstance(written, str) and written.strip():
        return {written: written}
    if not isinstance(written, dict) or not written:
        hint = "Write COLUMN: COLUMN OF FILE."
        notes.note(path, Problem(f"{quoted(written)} is not a pair of columns", hint=hint))
        return {}
    return {own: its for own, its in written.items() if notes.is_column((*path, own), its)}

"""Reading a mapping, with the place of every mistake."""

import io
from collections.abc import Callable, Iterable
from pathlib import Path as FilePath
from typing import Any

from winwinwin.errors import Place, Problem, Problems, UnreadableError, WinwinwinError, quoted
from winwinwin.facts import word
from winwinwin.loading.bounded import whole
from winwinwin.loading.file_layout import AS_IT_SAYS
from winwinwin.loading.paths import no_such_file, unreadable
from winwinwin.loading.shapes import INTERACTIONS, MAPPING, misplaced, shape_of
from winwinwin.mapping import parts
from winwinwin.mapping.model import ABOUT_FIELDS, Mapping
from winwinwin.mapping.notes import Notes
from winwinwin.mapping.sources import read_source
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.json_text import read_json
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_records import read_yaml
from winwinwin.record.interaction import FLAT_PATHS

FIELDS = (*FLAT_PATHS, *ABOUT_FIELDS)
PARTS: dict[str, Callable[[Notes, Any], Any]] = {
    "tags": parts.read_tags,
    "file": parts.read_file,
    "long": parts.read_long,
    "join": parts.read_joins,
}
"""What reads the keys that are no fields."""
KEYS = (*FIELDS, *PARTS)


def load_mapping(name: str) -> Mapping:
    """Read a mapping file: YAML, or JSON by its suffix; one that is all comments maps nothing.

    Raises WinwinwinError with every problem of it.
    """
    try:
        content = whole(FilePath(name), name)
    except FileNotFoundError:
        raise no_such_file(name) from None
    except OSError as error:
        raise unreadable(name, error) from None
    reader = read_json if name.lower().endswith(".json") else read_yaml
    drafts = reader(Tape(io.BytesIO(content), name))
    draft = next(drafts, None)
    if draft is None:
        return Mapping({})
    is_only = next(drafts, None) is None
    may_be_one = is_only and shape_of(draft.value) is INTERACTIONS  # it has the same keys
    if not may_be_one and (other := misplaced(draft.value, MAPPING, name)):
        raise WinwinwinError(other)
    if not is_only:
        hint = "Write one mapping in a file, without a dash before its keys."
        raise UnreadableError(Problem("holds more than one mapping", hint=hint, place=Place(name)))
    return _of_draft(draft)


def warnings_of(mapping: Mapping, name: str) -> str:
    """Return the warnings about a mapping file that can be read, but hardly means what it says."""
    hint = "Leave it out, or list what its values mean."
    what = "this column is not read, for all values are conditions over columns"
    idle = [
        f"{Problem(what, hint=hint, field=field, place=source.place)}"
        for field, source in mapping.sources()
        if source.is_idle
    ]
    return "".join(f"{said}\n" for said in (warning_of(mapping, name), *idle) if said)


def warning_of(mapping: Mapping, name: str | None = None) -> str:
    """Return the warning about a mapping without a fact; "" where it has one."""
    if mapping.facts:
        return ""
    hint = "Uncomment a column if a draft proposes one, or map at least salesperson or customer."
    what = "no fact is mapped, so every row is undetermined"
    return f"{Problem(what, hint=hint, place=Place(name) if name else None)}"


def mapping_of(written: Any) -> Mapping:
    """Make a mapping of plain Python values, as a file would hold them.

    Raises WinwinwinError with every problem of them.
    """
    notes = Notes(lambda _path, _key: None)
    mapping = _mapping(notes, _as_text(written))
    if notes.problems:
        raise WinwinwinError(*notes.problems.in_order())
    return mapping


def _of_draft(draft: Draft) -> Mapping:
    notes = Notes(lambda path, key: draft.place(path, key=key))
    mapping = _mapping(notes, draft.value) if draft.value is not None else Mapping({})
    problems = Problems.of(draft.problems)
    problems.extend(notes.problems)
    if problems:
        raise WinwinwinError(*problems.in_order())
    return mapping


def _as_text(value: Any) -> Any:
    """Return plain values with every key and scalar as text, as the readers give them."""
    if isinstance(value, dict):
        return {_as_text(key): _as_text(item) for key, item in value.items()}
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Iterable):  # a set, a range or a column of a frame will do
        return [_as_text(item) for item in value]
    return word(value) if isinstance(value, bool) else str(value)


def _mapping(notes: Notes, written: Any) -> Mapping:
    """Read a mapping to its end, and note every problem on the way."""
    if not isinstance(written, dict):
        hint = "Write facts as keys, such as customer: Q3."
        notes.note((), Problem(f"{quoted(written)} is not a mapping", hint=hint))
        return Mapping({})
    notes.has_keys((), written, KEYS)
    sources = {
        key: source
        for key in written
        if key in FIELDS and (source := read_source(notes, key, written[key]))
    }
    found = {key: read(notes, written[key]) for key, read in PARTS.items() if key in written}
    return Mapping(
        {key: sources[key] for key in FLAT_PATHS if key in sources},
        {key: sources[key] for key in ABOUT_FIELDS if key in sources},
        found.get("tags") or {},
        found.get("file") or AS_IT_SAYS,
        found.get("long"),
        tuple(found.get("join") or ()),
    )

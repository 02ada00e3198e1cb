"""A rulebook from a file, or all that is wrong with it."""

import io
from importlib.resources import files
from pathlib import Path as FilePath
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, nearest, quoted
from winwinwin.facts import Outcome
from winwinwin.readers.draft import Draft
from winwinwin.readers.places import Path
from winwinwin.readers.tape import Tape
from winwinwin.refusals import PlaceOf, in_order, problems_of
from winwinwin.rulebook import BUILTIN, Assumption, Note, Rule, Rulebook
from winwinwin.sources.documents import FORMATS, READERS, no_such_file, unreadable

MODELS: dict[Path, type[BaseModel]] = {
    (): Rulebook,
    ("assumptions",): Assumption,
    ("rules",): Rule,
    ("notes",): Note,
}
"""The model that says which keys a mapping has, by the list that it stands in."""

START = "`winwinwin rules show --yaml` prints one to start from."


class Stated(NamedTuple):
    """A rulebook, and where each part of it stands."""

    rulebook: Rulebook
    place: PlaceOf


def read_rulebook(name: str) -> Rulebook:
    """Return the rulebook that a YAML or JSON file holds.

    Raises WinwinwinError with every problem of it.
    """
    return read_stated(name).rulebook


def read_stated(name: str) -> Stated:
    """Return the rulebook that a file holds, and where each part of it stands; raises likewise."""
    path = FilePath(name)
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise no_such_file(name) from None
    except OSError as error:
        raise unreadable(name, error) from None
    return _stated(raw, name, FORMATS.get(path.suffix.lower(), "yaml"))


def stated_builtin() -> Stated:
    """Return the rules of the source document, and where each part of them stands."""
    return _stated(files("winwinwin").joinpath(BUILTIN).read_bytes(), BUILTIN, "yaml")


def _stated(raw: bytes, name: str, form: str) -> Stated:
    draft = _only_draft(raw, name, form)
    problems = list(draft.problems)

    def place(path: Path, key: bool) -> Place:
        return draft.place(path, key=key)

    if draft.value is not None or not problems:
        try:
            rulebook = Rulebook.model_validate(draft.value)
        except ValidationError as error:
            problems += problems_of(error, place, draft.value, worded)
    if problems:
        raise WinwinwinError(*in_order(problems))
    return Stated(rulebook, place)


def _only_draft(raw: bytes, name: str, form: str) -> Draft:
    """Return the one mapping in a file; its text can be reread as long as it is there."""
    read = READERS[form]
    number = sum(1 for _ in read(Tape(io.BytesIO(raw), name)))
    if number != 1:
        what = "holds more than one rulebook" if number else "holds no rulebook"
        raise UnreadableError(Problem(what, hint=START, place=Place(name)))
    return next(read(Tape(io.BytesIO(raw), name)))


MAPPING = "a mapping", "Write name: value."
NEEDED = {
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
    "dict_type": MAPPING,
    "tuple_type": ("a list", "Begin each item with a dash."),
    "string_type": ("text", "Write a word or a sentence."),
    "string_pattern_mismatch": ("an id", "Write letters and digits, with - or _ between them."),
}
"""What is needed where pydantic finds something else, and how to write it."""

CONSEQUENCE = "the number of a consequence", "Leave it out for a rule of the house."
"""The one number there is, about which pydantic finds several things."""


def worded(detail: Any) -> Problem:
    """Say what is wrong with a rulebook where the field itself does not."""
    written = quoted(detail["input"])
    match detail["type"]:
        case "extra_forbidden":
            return _unknown_key(detail["loc"])
        case "missing":
            return Problem(f"has no '{detail['loc'][-1]}'", hint="It cannot be left out.")
        case "literal_error":
            outcomes = get_args(Outcome)
            near = nearest(detail["input"], outcomes)
            return Problem(f"{written} is not an outcome", ", ".join(outcomes), near)
        case kind:
            what, hint = NEEDED.get(kind, CONSEQUENCE)
            return Problem(f"{written} is not {what}", hint=hint)


def _unknown_key(path: Path) -> Problem:
    *parents, key = path
    inside = tuple(step for step in parents if isinstance(step, str))
    keys = list(MODELS[inside].model_fields)
    return Problem("unknown key", ", ".join(keys), nearest(key, keys))

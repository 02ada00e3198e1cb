"""Reading a rulebook, or finding everything that is wrong with it."""

import io
import os
from importlib.resources import files
from pathlib import Path as FilePath
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from winwinwin.errors import Path, Place, Problem, Problems, UnreadableError, WinwinwinError
from winwinwin.kernel.rulebook import Assumption, Note, Rule, Rulebook
from winwinwin.loading.bounded import whole
from winwinwin.loading.documents import READERS
from winwinwin.loading.paths import no_such_file, unreadable
from winwinwin.loading.shapes import RULEBOOK, misplaced
from winwinwin.loading.suffixes import FORMATS
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.refusals import PlaceOf, problems_of, worded_by
from winwinwin.parsing.tape import Tape

MODELS: dict[Path, type[BaseModel]] = {
    (): Rulebook,
    ("assumptions",): Assumption,
    ("rules",): Rule,
    ("notes",): Note,
}
"""The model with the keys of a mapping, by the list that holds it."""

BUILTIN = "rulebook.yaml"
"""The package's own file with the rules of the source document."""
START = "`winwinwin rules show --yaml` prints one to start from."


class Stated(NamedTuple):
    """A rulebook as it is stated in a file."""

    rulebook: Rulebook
    place: PlaceOf
    """Returns the place of each part."""
    text: str
    """The file itself, with its comments."""
    form: str
    """yaml, json or jsonl."""


def read_rulebook(name: str | os.PathLike[str]) -> Rulebook:
    """Return the rulebook that a YAML or JSON file holds.

    Raises WinwinwinError with every problem of it.
    """
    return stated(os.fspath(name)).rulebook


def stated(name: str | None) -> Stated:
    """Return the rulebook that a file states, or the built-in one for None; raises likewise."""
    if name is None:
        return _stated(files("winwinwin.kernel").joinpath(BUILTIN).read_bytes(), BUILTIN, "yaml")
    path = FilePath(name)
    try:
        raw = whole(path, name)
    except FileNotFoundError:
        raise no_such_file(name) from None
    except OSError as error:
        raise unreadable(name, error) from None
    return _stated(raw, name, FORMATS.get(path.suffix.lower(), "yaml"))


def _stated(raw: bytes, name: str, form: str) -> Stated:
    draft = _only_draft(raw, name, form)
    problems = Problems.of(draft.problems)

    def place(path: Path, key: bool) -> Place:
        return draft.place(path, key=key)

    if draft.value is not None or not problems:
        try:
            rulebook = Rulebook.model_validate(draft.value)
        except ValidationError as error:
            problems.extend(problems_of(error, place, draft.value, worded_by(MODELS)))
    if problems:
        raise WinwinwinError(*problems.in_order())
    return Stated(rulebook, place, raw.decode("utf-8-sig"), form)


def _only_draft(raw: bytes, name: str, form: str) -> Draft:
    """Return the only document of a file; its text can be reread as long as the draft exists.

    Raises WinwinwinError for a file that holds something other than one rulebook.
    """
    read = READERS[form]
    drafts = read(Tape(io.BytesIO(raw), name))
    first = next(drafts, None)
    if first and (other := misplaced(first.value, RULEBOOK, name)):
        raise WinwinwinError(other)
    if first is None or any(True for _ in drafts):
        what = "holds more than one rulebook" if first else "holds no rulebook"
        raise UnreadableError(Problem(what, hint=START, place=Place(name)))
    return next(read(Tape(io.BytesIO(raw), name)))

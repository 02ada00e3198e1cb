"""Reading one field at a time, by its flat name: for tables, and for records that are mapped."""

from collections.abc import Mapping as Map
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from winwinwin.errors import Problem
from winwinwin.facts import DOMAINS, word
from winwinwin.mapping.model import FieldSource
from winwinwin.parsing.places import Path
from winwinwin.parsing.refusals import problems_of
from winwinwin.record.checking import worded
from winwinwin.record.interaction import FLAT_PATHS, Interaction, nested
from winwinwin.record.spelling import (
    AnswerField,
    MomentField,
    OrderField,
    OutcomeField,
    TagsField,
)
from winwinwin.record.texts import NotesField, TextField

FLAT_NAMES: dict[Path, str] = {path: name for name, path in FLAT_PATHS.items()}
"""The flat name of the field at a path of an interaction."""


class Reading(NamedTuple):
    """What a field was read as."""

    value: Any
    """None where it is not recorded, or could not be read."""
    problems: tuple[Problem, ...] = ()


def read_field(name: str, source: FieldSource | None, written: Any) -> Reading:
    """Read the value of a field: by its source where that maps values, else as the field is spelt."""
    try:
        if source is not None and not source.is_spelt and isinstance(written, str | bool | None):
            return Reading(source.read(word(written) if isinstance(written, bool) else written))
        return Reading(_adapter(name).validate_python(written))
    except PydanticCustomError as refused:
        problem: Problem = (refused.context or {})["problem"]
        return Reading(None, (_named(problem, name),))
    except ValidationError as error:
        found = problems_of(error, lambda _path, _key: None, written, worded)
        return Reading(None, tuple(_named(problem, name) for problem in found))


def interaction_of(
    facts: Map[str, Any], about: Map[str, Any]
) -> tuple[Interaction | None, tuple[Problem, ...]]:
    """Make an interaction of fields that were read, or return the rules between them that it breaks."""
    try:
        return Interaction.from_flat(facts, **about), ()
    except ValidationError as error:
        paths = [detail["loc"] for detail in error.errors(include_url=False)]
        written = nested(facts) | dict(about)
        found = problems_of(error, lambda _path, _key: None, written, worded)
        return None, tuple(
            _named(problem, flat_name(path)) for problem, path in zip(found, paths, strict=True)
        )


def flat_name(path: Path) -> str:
    """Return the flat name of the field at a path, or around it."""
    while path and path not in FLAT_NAMES:
        path = path[:-1]
    return FLAT_NAMES.get(path, "")


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_type_of(name))


def _type_of(name: str) -> Any:
    if name == "order":
        return OrderField
    if name in DOMAINS:
        return AnswerField if True in DOMAINS[name] else OutcomeField
    if name in FLAT_PATHS or name == "date":
        return MomentField
    return {"tags": TagsField, "notes": NotesField}.get(name, TextField)


def _named(problem: Problem, name: str) -> Problem:
    return Problem(problem.what, problem.accepted, problem.nearest, problem.hint, name or None)

"""Reading one field at a time, by its flat name: for tables, and for records that are mapped."""

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from winwinwin.errors import Path, Problem, quoted
from winwinwin.facts import DOMAINS, PARTIES, word
from winwinwin.mapping.dates import form_of
from winwinwin.mapping.model import BOTH, MAP_IT, MOMENTS, NEITHER, FieldSource, Mapping
from winwinwin.mapping.values import is_written
from winwinwin.parsing.refusals import problems_of
from winwinwin.record.checking import worded
from winwinwin.record.interaction import FLAT_PATHS, Interaction, nested
from winwinwin.record.moments import moment_in
from winwinwin.record.spelling import (
    AROUND,
    MISSING,
    AnswerField,
    MomentField,
    OrderField,
    OutcomeField,
    TagsField,
    bare,
)
from winwinwin.record.texts import NotesField, TextField

WON_AT = {f"{party}_won_at": party for party in PARTIES}
"""The party of each time, by flat name."""
IDLE = "ignored: the party is not recorded as won"
"""What is said of a time of winning that counts for nothing."""

FLAT_NAMES: dict[Path, str] = {path: name for name, path in FLAT_PATHS.items()}
"""The flat name of the field at a path of an interaction."""


class Reading(NamedTuple):
    """What a field was read as."""

    value: Any
    """None where it is not recorded, or could not be read."""
    problems: tuple[Problem, ...] = ()
    passed: str = ""
    """How a value is shown that was written, and read as not recorded."""


def read_field(name: str, source: FieldSource | None, written: Any) -> Reading:
    """Read the value of a field: by its source where that maps values, else as the field is spelt."""
    if source is None or not isinstance(written, str | bool):
        return _spelt(name, written)
    text = word(written)
    if not source.is_spelt:
        return _mapped(name, source, text)
    if bare(text) in MISSING and (name in FLAT_PATHS or name in MOMENTS):
        return Reading(None, passed=quoted(text))
    if name in MOMENTS:
        return _moment(name, source, text)
    return _spelt(name, written)


def decided(
    name: str, source: FieldSource, own: Reading, met: Iterable[frozenset[tuple[int, int]] | None]
) -> Reading:
    """Return what a field's own column and its cases mean together.

    Of each column that the cases look at it takes the cells that are met, None of an empty one.
    """
    cells = [each for each in met if each is not None]
    if own.problems or not cells:
        return own
    meant = source.together(own.value, frozenset().union(*cells))
    if len(meant) == 1:
        return Reading(meant.pop())
    why = BOTH if meant else NEITHER
    if source.otherwise != "error":
        return Reading(None, passed=f"cells that {why}")
    return Reading(None, (Problem(f"the cells of this row {why}", hint=MAP_IT, field=name),))


def _mapped(name: str, source: FieldSource, text: str) -> Reading:
    try:
        value = source.read(text)
    except PydanticCustomError as refused:
        problem: Problem = (refused.context or {})["problem"]
        return Reading(None, (_named(problem, name),))
    is_passed = value is None and is_written(text) and not source.cases
    return Reading(value, passed=source.shown(text) if is_passed else "")


def _moment(name: str, source: FieldSource, text: str) -> Reading:
    """Read a time in the formats of its source, else as it is spelt; one that can't be read is passed."""
    moment = moment_in(text.strip(AROUND), map(form_of, source.formats))
    if moment is not None:
        return Reading(moment)
    reading = _spelt(name, text)
    if not reading.problems:
        return reading
    if source.otherwise != "error":
        return Reading(None, passed=quoted(text))
    return Reading(None, unread_moment(name, source, text))


def unread_moment(name: str, source: FieldSource, text: str) -> tuple[Problem, ...]:
    """Say what is wrong with a time that can't be read: a source with formats takes those as well."""
    problems = _spelt(name, text).problems
    what = f"{quoted(text)} is not a date that the mapping reads"
    hint = "Correct it, or add its format."
    return tuple(
        replace(each, what=what, accepted=", ".join([*source.formats, each.accepted]), hint=hint)
        if source.formats and each.accepted  # else something else is wrong, such as its zone
        else each
        for each in problems
    )


def _spelt(name: str, written: Any) -> Reading:
    try:
        return Reading(_adapter(name).validate_python(written))
    except ValidationError as error:
        found = problems_of(error, lambda _path, _key: None, written, worded)
        return Reading(None, tuple(_named(problem, name) for problem in found.in_order()))


def without_idle_times(mapping: Mapping, facts: dict[str, Any]) -> list[str]:
    """Take out the times of winning of parties that are not recorded as won, and return their names.

    Systems close every case, lost or won, with a date. In a table where nobody mapped anything, a
    column with the name of such a time is taken at its word.
    """
    idle = [
        name
        for name, party in WON_AT.items()
        if facts.get(name) is not None and facts.get(party) != "won" and not mapping.is_by_name
    ]
    for name in idle:
        del facts[name]
    return idle


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
            _named(problem, flat_name(path)) for problem, path in zip(found, paths, strict=False)
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

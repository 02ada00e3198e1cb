"""From a record as it was read to an interaction, or to all that is wrong with it."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ValidationError

from winwinwin.errors import Place, Problem, nearest, quoted
from winwinwin.interaction import (
    FLAT_PATHS,
    Customer,
    Interaction,
    Organization,
    Recorded,
    Salesperson,
)
from winwinwin.judgement import Unjudged
from winwinwin.readers.draft import Draft
from winwinwin.readers.places import Path

MODELS: dict[Path, type[BaseModel]] = {
    (): Interaction,
    ("salesperson",): Salesperson,
    ("customer",): Customer,
    ("organization",): Organization,
}
"""The model that says which keys a mapping at a path may have."""


_validate = Interaction.__pydantic_validator__.validate_python  # model_validate, a call less


def check(draft: Draft) -> Recorded | Unjudged:
    """Make an interaction of a draft; every problem found is reported, in the order of places."""
    problems = draft.problems
    if problems and draft.value is None:
        return Unjudged(None, tuple(sorted(problems, key=_place_order)))
    try:
        interaction = _validate(draft.value)
        if not problems:
            return Recorded(interaction, draft.tape.source, draft.line)
    except ValidationError as error:
        problems = problems + problems_of(
            error, lambda path, key: draft.place(path, key=key), draft.value
        )
    return Unjudged(_readable_id(draft.value), tuple(sorted(problems, key=_place_order)))


def problems_of(
    error: ValidationError, place: Callable[[Path, bool], Place | None], written: Any
) -> list[Problem]:
    """Word what pydantic found, each with the place of the value, or of the key that is unknown."""
    found = []
    for detail in error.errors(include_url=False):
        path = as_written(detail["loc"], written)
        unknown_key = detail["type"] == "extra_forbidden"
        name = ".".join(step for step in path if isinstance(step, str))
        problem = _worded(detail)
        found.append(_placed(problem, name, place(path, unknown_key)))
    return found


def as_written(path: Path, written: Any) -> Path:
    """Cut a path where the record goes no further: a bare outcome has no `outcome` below it."""
    for depth, step in enumerate(path):
        if not isinstance(written, dict | list):
            return path[:depth]
        try:
            written = written[step]  # type: ignore[index]  # checked by trying
        except (KeyError, TypeError):
            return path[:depth]
    return path


def _placed(problem: Problem, name: str, place: Place | None) -> Problem:
    return Problem(
        problem.what, problem.accepted, problem.nearest, problem.hint, name or None, place
    )


def _worded(detail: Any) -> Problem:
    match detail["type"]:
        case "winwinwin":
            problem: Problem = detail["ctx"]["problem"]
            return problem
        case "extra_forbidden":
            return _unknown_key(detail["loc"])
        case "model_type" | "model_attributes_type":
            hint = "Write facts as keys, such as salesperson: won."
            return Problem(f"{quoted(detail['input'])} is not an interaction", hint=hint)
        case _:
            is_word = isinstance(detail["input"], bool)  # true or false, without quotes in JSON
            hint = "Write it in quotes." if is_word else "Write a single value."
            return Problem(f"{quoted(detail['input'])} is not text", hint=hint)


def _unknown_key(path: Path) -> Problem:
    *parents, key = path
    if key in FLAT_PATHS:
        *into, name = FLAT_PATHS[str(key)]
        hint = f"Write it as {name} under {into[0]}." if into else f"Write it outside {parents[0]}."
        return Problem("this fact stands elsewhere", hint=hint)
    keys = list(MODELS[tuple(parents)].model_fields)
    return Problem("unknown key", ", ".join(keys), nearest(key, keys))


def _readable_id(value: Any) -> str | None:
    found = value.get("id") if isinstance(value, dict) else None
    return found if isinstance(found, str) else None


def _place_order(problem: Problem) -> tuple[int, int]:
    place = problem.place
    return (place.line or 0, place.column or 0) if place else (0, 0)

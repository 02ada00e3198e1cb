"""From a record as it was read to an interaction, or to all that is wrong with it."""

from typing import Any

from pydantic import BaseModel, ValidationError

from winwinwin.errors import Problem, nearest, quoted
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
from winwinwin.refusals import in_order, problems_of

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
        return Unjudged(None, in_order(problems))
    try:
        interaction = _validate(draft.value)
        if not problems:
            return Recorded(interaction, draft.tape.source, draft.line)
    except ValidationError as error:
        problems = problems + problems_of(
            error, lambda path, key: draft.place(path, key=key), draft.value, worded
        )
    return Unjudged(_readable_id(draft.value), in_order(problems))


def worded(detail: Any) -> Problem:
    """Say what is wrong with a record where the field itself does not."""
    match detail["type"]:
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

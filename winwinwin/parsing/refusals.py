"""Turning pydantic's errors into problems with a place."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from winwinwin.errors import Path, Place, Problem, Problems, quoted
from winwinwin.near import nearest

PlaceOf: TypeAlias = Callable[[Path, bool], Place | None]
"""A function from a path to the place of its value, or of its key."""

VALUE, KEY = "winwinwin", "winwinwin_key"
"""The types of pydantic errors that carry a problem, with a value or with its key."""

KEY_OF_DICT = ("[key]",)
"""How pydantic ends the path of a key."""


def refusal(problem: Problem, *, of_key: bool = False) -> PydanticCustomError:
    """Wrap a problem so that it passes through pydantic and comes out whole."""
    context = {"message": problem.message, "problem": problem}
    return PydanticCustomError(KEY if of_key else VALUE, "{message}", context)


def refused(found: list[InitErrorDetails]) -> ValidationError:
    """Return several problems as one error, each at its path from the value that is validated."""
    return ValidationError.from_exception_data("problems", found)


def details(error: ValidationError) -> list[InitErrorDetails]:
    """Return the parts of an error, so that more can be added."""
    return [
        InitErrorDetails(
            type=refusal(detail["ctx"]["problem"], of_key=detail["type"] == KEY)
            if detail["type"] in (VALUE, KEY)
            else detail["type"],
            loc=detail["loc"],
            input=detail["input"],
            ctx=detail.get("ctx", {}),
        )
        for detail in error.errors(include_url=False)
    ]


def problems_of(
    error: ValidationError,
    place: PlaceOf,
    written: Any,
    worded: Callable[[Any], Problem],
) -> Problems:
    """Return pydantic's errors as problems, each with the place of the value or its key.

    The caller words what carries no problem of its own.
    """

    def placed(detail: Any) -> Problem:
        path = as_written(detail["loc"], written)
        kind = detail["type"]
        name = ".".join(step for step in path if isinstance(step, str))
        problem = detail["ctx"]["problem"] if kind in (VALUE, KEY) else worded(detail)
        of_key = kind in (KEY, "extra_forbidden") or detail["loc"][-1:] == KEY_OF_DICT
        return _placed(problem, name, place(path, of_key))

    found = Problems()
    found.take(error.errors(include_url=False), placed)
    return found


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

NUMBER = "a number of 1 or more", ""
"""What is needed for any of its errors about numbers."""


def unknown_key(key: Any, known: Iterable[str], field: str | None = None) -> Problem:
    """Return the problem with a key that is none of those known."""
    keys = tuple(known)
    return Problem("unknown key", ", ".join(keys), nearest(key, keys), field=field)


def worded_by(models: Mapping[Path, type[BaseModel]]) -> Callable[[Any], Problem]:
    """Return a function that words the mistakes in a mapping.

    The models define the keys of each mapping, by the keys that lead to it without indexes.
    """

    def worded(detail: Any) -> Problem:
        written = quoted(detail["input"])
        match detail["type"]:
            case "extra_forbidden":
                *parents, key = detail["loc"]
                inside = tuple(step for step in parents if isinstance(step, str))
                return unknown_key(key, models[inside].model_fields)
            case "missing":
                return Problem(f"'{detail['loc'][-1]}' is missing")
            case "literal_error":
                words = detail["ctx"]["expected"].replace("'", "").split(" or ")
                near = nearest(detail["input"], words)
                return Problem(f"{written} is not an accepted value", ", ".join(words), near)
            case kind:
                what, hint = NEEDED.get(kind, NUMBER)
                return Problem(f"{written} is not {what}", hint=hint)

    return worded


def as_written(path: Path, written: Any) -> Path:
    """Cut a path where the record ends: a bare outcome has no `outcome` below it."""
    for depth, step in enumerate(path):
        if not isinstance(written, dict | list):
            return path[:depth]
        try:
            written = written[step]  # type: ignore[index]  # checked by trying
        except (KeyError, TypeError, IndexError):
            return path[:depth]
    return path


def _placed(problem: Problem, name: str, place: Place | None) -> Problem:
    return Problem(
        problem.what, problem.accepted, problem.nearest, problem.hint, name or None, place
    )

"""From what pydantic finds wrong to problems with a place, for whatever is read."""

from collections.abc import Callable
from typing import Any, TypeAlias

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from winwinwin.errors import Place, Problem
from winwinwin.readers.places import Path

PlaceOf: TypeAlias = Callable[[Path, bool], Place | None]
"""Tells where the value at a path stands, or its key."""

VALUE, KEY = "winwinwin", "winwinwin_key"
"""The types of pydantic's errors that carry a problem, of a value or of its key."""


def refusal(problem: Problem, *, of_key: bool = False) -> PydanticCustomError:
    """Wrap a problem so that it passes through pydantic and comes out whole."""
    context = {"message": problem.message, "problem": problem}
    return PydanticCustomError(KEY if of_key else VALUE, "{message}", context)


def refused(found: list[InitErrorDetails]) -> ValidationError:
    """Return several problems as one error, each at its path from the value that is validated."""
    return ValidationError.from_exception_data("problems", found)


def details(error: ValidationError) -> list[InitErrorDetails]:
    """Return what an error holds, so that more can be added to it."""
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
) -> list[Problem]:
    """Return what pydantic found as problems, each with the place of the value, or of its key.

    What carries no problem of its own is worded by the caller.
    """
    found = []
    for detail in error.errors(include_url=False):
        path = as_written(detail["loc"], written)
        kind = detail["type"]
        name = ".".join(step for step in path if isinstance(step, str))
        problem = detail["ctx"]["problem"] if kind in (VALUE, KEY) else worded(detail)
        found.append(_placed(problem, name, place(path, kind in (KEY, "extra_forbidden"))))
    return found


def as_written(path: Path, written: Any) -> Path:
    """Cut a path where the record goes no further: a bare outcome has no `outcome` below it."""
    for depth, step in enumerate(path):
        if not isinstance(written, dict | list):
            return path[:depth]
        try:
            written = written[step]  # type: ignore[index]  # checked by trying
        except (KeyError, TypeError, IndexError):
            return path[:depth]
    return path


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of their places."""
    return tuple(sorted(problems, key=_place_order))


def _placed(problem: Problem, name: str, place: Place | None) -> Problem:
    return Problem(
        problem.what, problem.accepted, problem.nearest, problem.hint, name or None, place
    )


def _place_order(problem: Problem) -> tuple[int, int]:
    place = problem.place
    return (place.line or 0, place.column or 0) if place else (0, 0)

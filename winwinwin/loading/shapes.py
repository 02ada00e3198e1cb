"""Files that hold something other than what a command reads, recognized by their keys."""

from shlex import quote
from typing import Any, NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError, printable
from winwinwin.loading.paths import READ_FROM
from winwinwin.parsing.draft import WRAPPER


class PassedOverError(UnreadableError):
    """A file in a folder that holds something other than what is read. It fails no run."""


class Shape(NamedTuple):
    """Something that a file may hold."""

    name: str
    """What it is called in messages, with its article."""
    advice: str
    """Which command takes it; {} is the file."""
    signs: tuple[frozenset[str], ...]
    """Sets of keys, each of which gives it away. `*.` stands for any key above except tags."""


def _signs(*several: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(keys.split()) for keys in several)


RULEBOOK = Shape(
    "a rulebook",
    "Use it with --rulebook, or check it: winwinwin rules check {}",
    _signs("rules"),
)
CASES = Shape(
    "a file of cases",
    "Run them: winwinwin rules test {}",
    _signs("facts expect", "name facts", "name expect"),
)
MAPPING = Shape(
    "a mapping",
    "Use it with --map: winwinwin batch FILE --map {}",
    _signs("*.column"),
)
INTERACTIONS = Shape(
    "a file of interactions",
    "Judge them: winwinwin batch {}",
    _signs(WRAPPER, "salesperson", "customer", "organization"),
)
SHAPES = (MAPPING, INTERACTIONS, RULEBOOK, CASES)
"""The first that fits is what a file looks like. A mapping has the keys of interactions too."""


def shape_of(value: Any) -> Shape | None:
    """Return what a file looks like by its first record or document; None if it could be anything."""
    if not isinstance(value, dict):
        return None
    keys = set(value)
    for name, item in value.items():
        if isinstance(item, dict) and name != "tags":
            keys.update(f"*.{key}" for key in item)
    return next((shape for shape in SHAPES if any(signs <= keys for signs in shape.signs)), None)


def misplaced(value: Any, wanted: Shape, source: str) -> Problem | None:
    """Return the problem of a file that looks like something else than what is wanted."""
    shape = shape_of(value)
    if shape is None or shape is wanted:
        return None
    is_file = source != READ_FROM
    advice = shape.advice.format(quote(printable(source)) if is_file else "FILE")
    return Problem(f"looks like {shape.name}", hint=advice, place=Place(source))

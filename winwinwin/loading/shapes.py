"""What holds something other than what a command reads: recognized by its keys or its first line."""

import re
from codecs import BOM_UTF8
from typing import Any, NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.loading.paths import READ_FROM, as_typed
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
    """Sets of keys, each of which gives it away.

    `*.` stands for any key above except tags, and `schema=` is followed by what wrote the file.
    """


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
OUTPUT = Shape(
    "output of winwinwin",
    "Judge the file that it was made from.",
    _signs("schema=winwinwin"),
)
SHAPES = (OUTPUT, MAPPING, INTERACTIONS, RULEBOOK, CASES)
"""The first that fits is what a file looks like. A mapping has the keys of interactions too."""


def shape_of(value: Any) -> Shape | None:
    """Return what a file looks like by its first record or document; None if it could be anything."""
    if not isinstance(value, dict):
        return None
    keys = set(value)
    if isinstance(schema := value.get("schema"), str):
        keys.add(f"schema={schema.partition('/')[0]}")
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
    advice = shape.advice.format(as_typed(source) if is_file else "FILE")
    return Problem(f"looks like {shape.name}", hint=advice, place=Place(source))


BINARY = {b"PAR1": "parquet", b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xlsx"}
"""What tables begin with that are not text."""
QUOTED_NAME = re.compile(rb'"(?:[^"]|"")*"')
DELIMITER = re.compile(rb"[,;|\t]")
TIGHT_DELIMITER = re.compile(rb"[,;|\t]\S")
NO_NAME = b" -{[#%&!?>*@`'"
"""What YAML and JSON may begin with, and the name of a column hardly does."""


def table_piped(first_line: bytes, source: str) -> Problem | None:
    """Return the problem of a table that is about to be read as YAML, by its first line."""
    binary = (form for sign, form in BINARY.items() if first_line.startswith(sign))
    form = next(binary, "csv" if _is_header(first_line) else None)
    if form is None:
        return None
    name = as_typed(source)
    advice = f"Judge it: winwinwin batch {name} --input-format {form}"
    return Problem("looks like a table, not YAML", hint=advice, place=Place(source))


def _is_header(line: bytes) -> bool:
    """Tell whether a line names columns. A key of YAML may hold a comma too, but with a blank."""
    names, colon, _ = QUOTED_NAME.sub(b'""', line.removeprefix(BOM_UTF8)).partition(b":")
    delimiter = TIGHT_DELIMITER if colon else DELIMITER
    return names[:1] not in NO_NAME and delimiter.search(names) is not None

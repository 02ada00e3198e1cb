"""The JSON Schemas of all that a person writes, for editors."""

from importlib import import_module
from typing import Any


def schema_of(kind: str) -> dict[str, Any]:
    """Return the schema of a file of this kind, one of `editors.KINDS`.

    Raises ModuleNotFoundError for any other.
    """
    made: dict[str, Any] = import_module(f"winwinwin.schema.{kind}").schema()  # cases: 20 ms
    return made

"""What the readers of all formats share."""

import glob
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from winwinwin.errors import Place, Problem

AS_IT_IS: dict[str, Any] = {"hive_partitioning": False}
"""Folders called `name=value` are not columns: they would replace a file's own."""


def names(paths: Sequence[Path]) -> list[str]:
    """Return the names escaped, because DuckDB would read them as globs."""
    return [glob.escape(str(path)) for path in paths]


def other_columns(place: Place, first: Path) -> Problem:
    hint = f"All tables of a run must have the columns of {first}."
    return Problem("has different columns", hint=hint, place=place)

"""Parquet files as one table."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from winwinwin.errors import Place, Problem, UnreadableError, count, quoted
from winwinwin.tables.layout import check_names
from winwinwin.tables.reading.common import AS_IT_IS, Read, names, other_columns

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def read_parquet(engine: "Backend", paths: Sequence[Path]) -> Read:
    """Read files by the names of their columns, whose order may differ."""
    return Read(_table(engine, paths), refuse_fewer=partial(_refuse_fewer, paths))


def _refuse_fewer(paths: Sequence[Path], given: int) -> None:
    from pyarrow.parquet import read_metadata

    held = sum(read_metadata(path).num_rows for path in paths)
    if given < held:
        what = f"{count(held - given, 'row')} of {held:,} would be lost in reading"
        raise UnreadableError(Problem(what, hint="Write it again.", place=Place(str(paths[0]))))


def _table(engine: "Backend", paths: Sequence[Path]) -> ir.Table:
    from pyarrow.parquet import read_schema

    table = engine.read_parquet(names(paths), **AS_IT_IS)
    first, *others = (read_schema(path) for path in paths)
    check_names(Place(str(paths[0])), first.names)
    types = dict(zip(first.names, first.types, strict=True))
    for path, other in zip(paths[1:], others, strict=True):
        if sorted(other.names) != sorted(first.names):
            raise UnreadableError(other_columns(Place(str(path)), paths[0]))
        for name, kind in zip(other.names, other.types, strict=True):
            if kind != types[name]:  # DuckDB would make the one of the other, and 2 of 1.5
                what = f"column {quoted(name)} is of type {kind}, and {types[name]} in {paths[0]}"
                hint = "Write it with one type, or run once for each."
                raise UnreadableError(Problem(what, hint=hint, place=Place(str(path))))
    return table

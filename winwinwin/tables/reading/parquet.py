"""Parquet files as one table."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis.expr.types as ir

from winwinwin.errors import Place, Problem, UnreadableError, count, quoted
from winwinwin.tables.layout import check_names
from winwinwin.tables.reading.common import AS_IT_IS, Read, names, other_columns
from winwinwin.tables.reading.mistakes import explained

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def read_parquet(engine: "Backend", paths: Sequence[Path]) -> Read:
    """Read files by the names of their columns, whose order may differ."""
    return Read(_table(engine, paths), refuse_fewer=partial(_refuse_fewer, paths))


def _refuse_fewer(paths: Sequence[Path], given: int) -> None:
    held = sum(_held(path).num_rows for path in paths)
    if given < held:
        what = f"{count(held - given, 'row')} of {held:,} would be lost in reading"
        raise UnreadableError(Problem(what, hint="Write it again.", place=Place(str(paths[0]))))


def _held(path: Path) -> Any:
    """Return what a file says of itself; a damaged one is blamed, of several."""
    from pyarrow.parquet import read_metadata

    with explained([path]):
        return read_metadata(path)


def _table(engine: "Backend", paths: Sequence[Path]) -> ir.Table:
    table = engine.read_parquet(names(paths), **AS_IT_IS)
    first, *others = (_held(path).schema.to_arrow_schema() for path in paths)
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

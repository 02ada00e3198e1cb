"""Workbooks as one table of text."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis.expr.types as ir

from winwinwin.errors import Place, UnreadableError
from winwinwin.loading.file_layout import FileLayout
from winwinwin.tables.layout import check_names
from winwinwin.tables.reading.common import other_columns
from winwinwin.tables.reading.headers import repaired
from winwinwin.tables.reading.workbook import sheet_of
from winwinwin.tables.steps import HELPER

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

DIGITS = ".15g"
"""The digits that Excel keeps of a number and shows: 0.3, and not 0.30000000000000004."""


def read_excel(
    engine: "Backend", paths: Sequence[Path], layout: FileLayout, notes: list[str]
) -> ir.Table:
    """Read a sheet of each workbook."""
    import pyarrow as pa

    first, *others = (_table(path, layout, notes) for path in paths)
    for path, other in zip(paths[1:], others, strict=True):
        if other.column_names != first.column_names:
            raise UnreadableError(other_columns(Place(str(path), 1), paths[0]))
    return engine.create_table(f"{HELPER}sheets", pa.concat_tables([first, *others]), temp=True)


def _table(path: Path, layout: FileLayout, notes: list[str]) -> Any:
    """Read a sheet into a table of Arrow."""
    import pyarrow as pa

    found = sheet_of(path, layout, notes)
    names, lines = repaired([cell_text(name) or "" for name in found.names])
    notes += [f"{Place(str(path))}: {line}" for line in lines]
    check_names(Place(str(path), found.first + found.header), names)
    data = found.data
    columns = zip(*data, strict=True) if data else ([] for _ in names)
    texts = [pa.array([cell_text(cell) for cell in column], pa.string()) for column in columns]
    return pa.table(texts, names=names)


def cell_text(value: Any) -> str | None:
    """Write a cell as a file of text would have it; None for an empty one."""
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, DIGITS)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

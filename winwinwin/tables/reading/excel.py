"""Workbooks of Excel as one table of text."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis.expr.types as ir

from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.tables.layout import check_names
from winwinwin.tables.reading.common import other_columns
from winwinwin.tables.steps import HELPER

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def read_excel(engine: "Backend", paths: Sequence[Path]) -> ir.Table:
    import pyarrow as pa

    first, *others = (_sheet(path) for path in paths)
    for path, other in zip(paths[1:], others, strict=True):
        if other.column_names != first.column_names:
            raise UnreadableError(other_columns(Place(str(path), 1), paths[0]))
    return engine.create_table(f"{HELPER}sheets", pa.concat_tables([first, *others]), temp=True)


def _sheet(path: Path) -> Any:
    """Read the first sheet of a workbook into a table of Arrow; its first row names the columns."""
    import pyarrow as pa
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with path.open("rb") as stream:
            rows = CalamineWorkbook.from_filelike(io.BytesIO(stream.read())).get_sheet_by_index(0)
            header, *cells = rows.to_python() or [[]]
    except CalamineError as error:
        what = f"cannot be read as Excel: {error}"
        raise UnreadableError(Problem(what, place=Place(str(path)))) from None
    names = [_cell(name) or "" for name in header]
    if not names:
        hint = "The first row of its first sheet names the columns."
        raise UnreadableError(Problem("holds no table", hint=hint, place=Place(str(path))))
    check_names(Place(str(path), 1), names)
    columns = zip(*cells, strict=True) if cells else ([] for _ in names)
    texts = [pa.array([_cell(cell) for cell in column], pa.string()) for column in columns]
    return pa.table(texts, names=names)


def _cell(value: Any) -> str | None:
    """Write a cell as a file of text would have it."""
    if value == "" or value is None:
        return None
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.isoformat() if hasattr(value, "isoformat") else str(value)

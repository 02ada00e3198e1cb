"""Workbooks as one table of text."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from winwinwin.errors import Place, UnreadableError, count
from winwinwin.kernel.rulebook import Stamp
from winwinwin.loading.file_layout import FileLayout
from winwinwin.tables.layout import check_names, refuse_too_wide
from winwinwin.tables.reading.common import Read, other_columns
from winwinwin.tables.reading.grid import Grid, cell_text, texts_of
from winwinwin.tables.reading.headers import repaired
from winwinwin.tables.reading.rows import Row
from winwinwin.tables.reading.titles import Questions, questions_of
from winwinwin.tables.reading.workbook import sheet_of
from winwinwin.tables.steps import HELPER

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend


def read_excel(
    engine: "Backend", paths: Sequence[Path], layout: FileLayout, notes: list[str]
) -> Read:
    """Read a sheet of each workbook."""
    import pyarrow as pa

    asked: dict[str, str] = {}
    stamps: dict[str, Stamp] = {}
    first, *others = (_table(path, layout, notes, asked, stamps) for path in paths)
    for path, other in zip(paths[1:], others, strict=True):
        if other.column_names != first.column_names:
            raise UnreadableError(other_columns(Place(str(path), 1), paths[0]))
    table = engine.create_table(f"{HELPER}sheets", pa.concat_tables([first, *others]), temp=True)
    return Read(table, asked, stamps=stamps)


def _table(
    path: Path,
    layout: FileLayout,
    notes: list[str],
    asked: dict[str, str],
    stamps: dict[str, Stamp],
) -> Any:
    """Read a sheet into a table of Arrow, what was asked in it, and what it was judged by."""
    import pyarrow as pa

    found, stamp = sheet_of(path, layout, notes)
    stamps |= {str(path): stamp} if stamp else {}
    refuse_too_wide(Place(str(path)), len(found.names))
    given, said = texts_of(found.names), []
    questions = _questions(found, given) if layout.skip_rows is None else None
    if questions is not None:
        found = found._replace(begin=found.begin + questions.rows)
        given = questions.names
        asked |= questions.texts
        rows = count(questions.rows, "row")
        said = [f"{rows} of {questions.maker} below the names of the columns passed over"]
    names, lines = repaired(given)
    notes += [f"{Place(str(path))}: {line}" for line in (*said, *lines)]
    check_names(Place(str(path), found.first + found.header), names)
    data = found.data
    columns = zip(*data, strict=True) if data else ([] for _ in names)
    texts = [pa.array([cell_text(cell) for cell in column], pa.string()) for column in columns]
    return pa.table(texts, names=names)


def _questions(found: Grid, names: Sequence[str]) -> Questions | None:
    below = found.rows[found.begin : min(found.begin + 2, found.end)]
    rows = [
        Row(found.first + found.begin + index, texts_of(row)) for index, row in enumerate(below)
    ]
    return questions_of([name.strip() for name in names], rows)

"""A file that is joined to a table, brought to where the table is."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError, UsageError, count, quoted
from winwinwin.loading.paths import table_format, unreadable
from winwinwin.loading.suffixes import TABLE_FORMATS
from winwinwin.loading.table_files import find_tables
from winwinwin.mapping.model import Join
from winwinwin.output.leftovers import temporary_folder
from winwinwin.tables import files
from winwinwin.tables.marks import refuse_marked
from winwinwin.tables.reading import mistakes
from winwinwin.tables.reading.common import Manner
from winwinwin.tables.reading.manners import in_any_manner
from winwinwin.tables.reading.spool import needs_spooling, spooled
from winwinwin.tables.steps import rows_of
from winwinwin.tables.texts import as_text
from winwinwin.tables.traits import traits

MOST_ROWS = 100_000
"""Rows of a file that are sent to an engine elsewhere."""


def open_file(engine: Any, join: Join, notes: list[str]) -> ir.Table:
    """Return a file as a table of an engine; notes get what is read otherwise than as it stands there.

    DuckDB reads it; other engines are sent it as text, if it is small. Raises WinwinwinError for a
    file that cannot be read, or is too large to send.
    """
    with temporary_folder() as folder:
        paths = [_unpacked(path, Path(folder, f"{at}")) for at, path in enumerate(_paths(join))]
        if traits(engine).is_local:
            return _read(engine, paths, join, notes, ir.Table.cache)
        local = files.connect(folder)
        try:
            return _read(local, paths, join, notes, _sent)
        finally:
            local.disconnect()


def _read(
    engine: Any,
    paths: list[Path],
    join: Join,
    notes: list[str],
    kept: Callable[[ir.Table], ir.Table],
) -> ir.Table:
    """Read files to their end, so that what is wrong with them is said of them."""
    copies: dict[str, Path] = {}
    with mistakes.explained(paths, copies):
        found = files.read(engine, paths, None, join.layout, notes)
    copies |= found.copies

    def ask(manner: Manner) -> ir.Table:
        with mistakes.explained(paths, copies):
            table = found.table
            if found.again and manner != Manner():
                table = found.again(manner, notes)
            found.refuse_fewer(rows_of(table))
            return kept(refuse_marked(table))

    return in_any_manner(ask)


def _unpacked(path: Path, folder: Path) -> Path:
    try:
        return spooled(path, folder, None) if needs_spooling(path) else path
    except OSError as error:
        raise unreadable(str(path), error) from None


def _paths(join: Join) -> list[Path]:
    try:
        paths = find_tables([str(join.path)], None)
    except UnreadableError as error:
        raise UnreadableError(*(_named_by(join, problem) for problem in error.problems)) from None
    for path in paths:
        if table_format(path) is None:
            what = f"{quoted(str(path))} is not a table"
            hint = "Only tables can be joined: save it as CSV, say."
            raise UsageError(Problem(what, ", ".join(TABLE_FORMATS), hint=hint))
    return paths


def _named_by(join: Join, problem: Problem) -> Problem:
    """Return what is wrong with a file's name at the place where the mapping has it."""
    if join.place is None or problem.place is None:
        return problem
    what = f"{quoted(str(join.path))}: {problem.what}"
    return replace(problem, what=what, field="join", place=join.place)


def _sent(table: ir.Table) -> ir.Table:
    """Return a table as one in memory, which Ibis takes to the engine that it is joined on.

    It holds no null on the way there: Ibis hands one to PySpark as the text NaN.
    """
    rows = table.limit(MOST_ROWS + 1).select(
        **{name: as_text(table[name]).fill_null("") for name in table.columns}
    )
    found = rows.to_pyarrow()
    if len(found) > MOST_ROWS:
        what = f"has more than {count(MOST_ROWS, 'row')}, too many to send to the engine"
        hint = "Load it into a table there, and write table: instead of file:."
        raise UnreadableError(Problem(what, hint=hint))
    sent = ibis.memtable(found)
    return sent.mutate(**{name: sent[name].nullif("") for name in sent.columns})

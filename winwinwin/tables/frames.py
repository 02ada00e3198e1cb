"""A table of Ibis, or a frame that a notebook holds, as a judged table."""

import os
from typing import Any
from warnings import warn

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError, quoted
from winwinwin.evaluation import Judge
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.mapping.file import load_mapping, mapping_of, warning_of
from winwinwin.mapping.model import Mapping
from winwinwin.tables.engines import brief, explained
from winwinwin.tables.judged import judge_rows
from winwinwin.tables.layout import check_names, near_misses_said, refuse_helpers
from winwinwin.tables.preparing import prepared
from winwinwin.tables.steps import HELPER
from winwinwin.tables.verdicts import refuse_clash

ROW = f"{HELPER}row"
KNOWN = "a table of Ibis, or a frame of pandas, Polars or Arrow"


def judged_table(
    table: Any,
    mapping: Mapping | dict[str, Any] | str | os.PathLike[str] | None,
    rulebook: Rulebook | None,
    *,
    assumptions: bool,
    prefix: str,
) -> ir.Table:
    """Return a table with its verdict columns, as `judge_table` says."""
    is_frame = not isinstance(table, ir.Table)
    source = _of_frame(table) if is_frame else table
    if isinstance(mapping, str | os.PathLike):
        mapping = load_mapping(os.fspath(mapping))
    elif isinstance(mapping, dict):
        mapping = mapping_of(mapping)
    if mapping is not None and (warning := warning_of(mapping)):
        warn(warning, stacklevel=3)
    refuse_helpers(source.columns)
    with explained("the table"):
        source, lines = prepared(source, mapping)
    for line in lines:
        warn(line.rstrip("\n"), stacklevel=3)
    refuse_clash(source.columns, prefix)
    if mapping is None:
        for line in near_misses_said(source.columns):
            warn(line, stacklevel=3)
    if is_frame:  # the rows of a frame have an order, those of a table have none
        source = source.mutate(**{ROW: ibis.row_number()})
    with explained("the table"):
        judged = judge_rows(source, mapping, Judge(rulebook, assumptions=assumptions)).rows(prefix)
    return judged.order_by(ROW).drop(ROW) if is_frame else judged


def _of_frame(frame: Any) -> ir.Table:
    """Return a frame as a table of DuckDB, which does not distinguish names by case."""
    names = list(getattr(frame, "column_names", getattr(frame, "columns", ())))
    for name in names:
        if not isinstance(name, str):
            what = f"column {quoted(name)} has a name that is not text"
            raise UnreadableError(Problem(what, hint="Rename it."))
    check_names(None, names)
    try:
        return ibis.memtable(frame)
    except Exception as error:  # noqa: BLE001  # whatever a library says of what it does not know
        what = f"{type(frame).__name__} cannot be read as a table: {brief(error)}"
        raise UnreadableError(Problem(what, KNOWN)) from None

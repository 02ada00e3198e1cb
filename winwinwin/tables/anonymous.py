"""A table whose employees have other names, in every column that is read as theirs."""

from collections.abc import Mapping as Map
from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UsageError
from winwinwin.mapping.headers import columns_called
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.stats.aliases import Aliases
from winwinwin.tables.steps import fetched, settled
from winwinwin.tables.structs import leaves
from winwinwin.tables.texts import as_text

MOST_NAMES = 10_000
"""Employees that a statement can rename."""
EMPLOYEE, NOTES = "employee", "notes"
NOTES_COLUMNS = ("about_notes", "notes")
"""What the notes are called where no mapping says it: first as the rows of records are written."""


def renamed(table: ir.Table, own: Sequence[str], mapping: Mapping, aliases: Aliases) -> ir.Table:
    """Return a table with tokens, with an alias for each employee and without notes, which tell names.

    Raises UsageError where no column holds the employee, and where there are too many.
    """
    employee = mapping.about[EMPLOYEE]
    text = as_text(table[employee.column])
    few = fetched(table.select(text=text).distinct().limit(MOST_NAMES + 1))
    found = [row["text"] for row in few]
    if len(found) > MOST_NAMES:
        what = f"--anonymous: more than {MOST_NAMES:,} employees"
        raise UsageError(Problem(what, hint="Does the column really hold the employee?"))
    names = [(name, aliases.of(name)) for name in found if name]
    nobody = ibis.null("string")  # so is who was not there a moment ago
    values = {employee.column: text.cases(*names, else_=nobody) if names else nobody}
    values |= {name: ibis.null(table[name].type()) for name in _notes(own, mapping)}
    paths = {
        _path(table, source): values[source.column]
        for source in (employee, mapping.about.get(NOTES))
        if source and source.path
    }
    around = {name: _within(name, table[name], paths) for name in own} if paths else {}
    return settled(table.mutate(**around | values))


def _notes(own: Sequence[str], mapping: Mapping) -> list[str]:
    mapped = mapping.about.get(NOTES)
    if mapped:
        return [mapped.column]
    return [column for name in NOTES_COLUMNS for column in columns_called(name, own)]


def _path(table: ir.Table, source: FieldSource) -> str:
    """Return the path of a value within a struct, as the struct has it."""
    return columns_called(str(source.path), [path for path, _ in leaves(table)])[0]


def _within(path: str, value: ir.Value, replaced: Map[str, ir.Value]) -> ir.Value:
    """Return a value with others in it replaced, by their paths."""
    if path in replaced:
        return replaced[path]
    kind = value.type()
    if not kind.is_struct() or not any(each.startswith(f"{path}.") for each in replaced):
        return value
    inside = {name: _within(f"{path}.{name}", value[name], replaced) for name in kind.names}
    return ibis.struct(inside)

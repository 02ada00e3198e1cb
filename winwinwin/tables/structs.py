"""Dotted paths into columns that hold structs, as Parquet and some engines have them."""

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import replace

import ibis.expr.types as ir

from winwinwin.mapping.headers import columns_called
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.tables.layout import layout
from winwinwin.tables.steps import HELPER

LEAF = f"{HELPER}leaf_"
"""What the names of columns that hold a value of a struct begin with."""


def leaves(table: ir.Table) -> Iterator[tuple[str, ir.Value]]:
    """Yield the name and value of each column, of a struct the dotted path and value of each field.

    A column whose own name is such a path comes first.
    """
    for name in table.columns:
        for path, value in _below(name, table[name]):
            if path == name or path not in table.columns:
                yield path, value


def _below(path: str, value: ir.Value) -> Iterator[tuple[str, ir.Value]]:
    kind = value.type()
    if not kind.is_struct():
        yield path, value
        return
    for name in kind.names:
        yield from _below(f"{path}.{name}", value[name])


def laid_out(table: ir.Table, mapping: Mapping | None) -> tuple[ir.Table, Mapping]:
    """Return where the fields of a table are, as `layout` does, and the table with what that takes.

    A value of a struct that is mapped becomes a column of the table.
    """
    inside = {path: value for path, value in leaves(table) if path not in table.columns}
    if mapping is None or not inside:
        return table, layout(table.columns, mapping)
    added: dict[str, ir.Value] = {}

    def helper(path: str) -> str:
        """Return the column of a path; the path itself where it is a column, or leads to none."""
        several = [] if columns_called(path, table.columns) else columns_called(path, list(inside))
        if len(several) != 1:
            return path
        name = f"{LEAF}{len(added)}"
        added[name] = inside[several[0]]
        return name

    def source_of(source: FieldSource) -> FieldSource:
        found = source.renamed({path: helper(path) for path in source.columns})
        return found if found.column == source.column else replace(found, path=source.column)

    def all_of(sources: Map[str, FieldSource]) -> dict[str, FieldSource]:
        return {name: source_of(source) for name, source in sources.items()}

    found = replace(
        mapping,
        facts=all_of(mapping.facts),
        about=all_of(mapping.about),
        tags=all_of(mapping.tags),
    )
    return table.mutate(**added), layout(table.columns, found, added, list(inside))

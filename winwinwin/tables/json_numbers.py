"""Numbers for JSON, which has neither NaN nor Infinity: DuckDB would write these words without quotes."""

from collections.abc import Mapping

import ibis.expr.datatypes as dt

from winwinwin.tables.steps import literal


def with_finite(query: str, schema: Mapping[str, dt.DataType]) -> str:
    """Return DuckDB's query with each number that is none as text: 'nan', 'inf' or '-inf'."""
    replaced = [
        f"{_finite(identifier(name), kind)} AS {identifier(name)}"
        for name, kind in schema.items()
        if _has_floats(kind)
    ]
    return f"SELECT * REPLACE ({', '.join(replaced)}) FROM ({query})" if replaced else query  # noqa: S608  # quoted


def identifier(name: str) -> str:
    """Write a name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def _has_floats(kind: dt.DataType) -> bool:
    if isinstance(kind, dt.Array | dt.Map):
        return _has_floats(kind.value_type)
    if isinstance(kind, dt.Struct):
        return any(map(_has_floats, kind.types))
    return bool(kind.is_floating())


def _finite(value: str, kind: dt.DataType, depth: int = 0) -> str:
    """Return a value as JSON writes it, whatever is nested in it."""
    if not _has_floats(kind):
        return value
    each = f"each{depth}"
    if isinstance(kind, dt.Array):
        inside = _finite(each, kind.value_type, depth + 1)
        return f"list_transform({value}, lambda {each}: {inside})"
    if isinstance(kind, dt.Map):
        inside = _finite(f"{each}.value", kind.value_type, depth + 1)
        pair = f"{{'key': {each}.key, 'value': {inside}}}"
        return f"map_from_entries(list_transform(map_entries({value}), lambda {each}: {pair}))"
    if isinstance(kind, dt.Struct):
        fields = (
            f"{literal(name)}: {_finite(f'{value}.{identifier(name)}', its, depth)}"
            for name, its in kind.items()
        )
        return f"CASE WHEN {value} IS NULL THEN NULL ELSE {{{', '.join(fields)}}} END"
    said = f"CASE WHEN isfinite({value}) THEN to_json({value}) ELSE to_json({value}::VARCHAR) END"
    return f"CASE WHEN {value} IS NULL THEN NULL ELSE {said} END"

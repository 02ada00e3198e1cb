"""The JSON Schema of a mapping."""

from winwinwin.facts import word
from winwinwin.mapping.model import ABOUT_FIELDS, OTHERWISE
from winwinwin.mapping.parts import LONG
from winwinwin.mapping.sources import ALL_OF, ANY_OF, BOUNDS, WHEN, keys_of, meanings_of
from winwinwin.mapping.values import NUMBER
from winwinwin.schema.parts import TEXT, Schema, described, file_of, flat_facts, list_of, with_keys


def _number(least: int) -> Schema:
    return {
        "anyOf": [{"type": "integer", "minimum": least}, {"type": "string", "pattern": "^[0-9]+$"}]
    }


COLUMN = {"$ref": "#/$defs/Column"}
PLAIN = {"$ref": "#/$defs/Plain"}
VALUE = {"$ref": "#/$defs/Value"}
CASE = {"$ref": "#/$defs/Case"}

LAYOUT = {
    "encoding": "the encoding, such as cp1252; default: UTF-8",
    "delimiter": 'what stands between two values, such as ";" or tab',
    "header_row": "the line or row that names the columns, from 1",
    "skip_rows": "rows after the header that are no data",
    "skip_footer": "rows at the end that are no data",
    "sheet": "the sheet of a workbook",
    "records": "the dotted path of the list of records in JSON",
}
"""What each key of a file's layout is about."""
LAYOUT_VALUES: dict[str, Schema] = {
    "delimiter": {"type": "string", "pattern": '^([^"\r\n]|[Tt][Aa][Bb]|\\\\[Tt])$'},
    "header_row": _number(1),
    "skip_rows": _number(0),
    "skip_footer": _number(0),
}


def _written() -> Schema:
    """A text that is not blank; a number or a `yes` is one."""
    return {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]}


def _several(one: Schema) -> Schema:
    """A list of something, or one."""
    return {"if": {"type": "array"}, "then": list_of(one), "else": one}


IS_CASE: Schema = {"type": "object", "required": [WHEN]}
HAS_CASES = {"if": {"type": "array"}, "then": {"contains": IS_CASE}, "else": IS_CASE}
"""Meanings that need no column of their own."""

SETTINGS: dict[str, Schema] = {
    "format": described(
        'how dates are written, such as "%d.%m.%Y", or epoch seconds', _several(_written())
    ),
    "split": described(
        "what stands between the choices of a cell", {"type": "string", "minLength": 1}
    ),
    "otherwise": described("what becomes of any other value", {"enum": [*OTHERWISE]}),
}
"""What may be said of a column beside what its values mean."""


def schema() -> Schema:
    """Return the schema of a file that holds one mapping."""
    definitions = {
        "Mapping": _mapping(),
        "Column": described("a column's name, or a dotted path of a record", _written()),
        "Plain": {"anyOf": [described("a value, in any case", _written()), _range()]},
        "Value": _value(),
        "Case": {"type": "object", "additionalProperties": _several(PLAIN), "minProperties": 1},
    }
    return file_of("A mapping for winwinwin", "Mapping", definitions, minItems=1, maxItems=1)


def _mapping() -> Schema:
    facts = {name: _source(name, schema) for name, schema in flat_facts().items()}
    about = {name: _source(name, {}) for name in ABOUT_FIELDS}
    named = {"type": "object", "additionalProperties": COLUMN}
    tags = described("columns to group by, or names for them", {"anyOf": [list_of(COLUMN), named]})
    tags["anyOf"].append({"type": "null"})
    others = {"tags": tags, "file": _file(), "long": _long(), "join": _join()}
    says = "Where each fact comes from, and what the values of its column mean."
    return described(says, with_keys(facts | about | others))


def _source(name: str, fact: Schema) -> Schema:
    """Return the schema of where a field comes from: a column, or also what its values mean."""
    known = [word(value) for value in meanings_of(name).values()]
    long = with_keys({"column": COLUMN, **{meaning: _meaning(meaning) for meaning in known}})
    long["properties"] |= {key: SETTINGS[key] for key in keys_of(name) if key in SETTINGS}
    if known:
        conditions = [{"required": [key], "properties": {key: HAS_CASES}} for key in known]
        long["anyOf"] = [{"required": ["column"]}, *conditions]
        listed = {"anyOf": [{"required": [key]} for key in known]}
        long["dependentSchemas"] = {"otherwise": listed, "split": listed | {"required": ["column"]}}
    else:
        long["required"] = ["column"]
    return described(
        fact.get("description") or name, {"if": {"type": "object"}, "then": long, "else": COLUMN}
    )


def _value() -> Schema:
    """A value, or a group of values or conditions."""
    groups = {
        WHEN: described("columns, and what each must hold", _several(CASE)),
        ALL_OF: described("choices that a cell must hold together", _several(PLAIN)),
        ANY_OF: _several(VALUE),
    }
    value: Schema = PLAIN
    for key, group in groups.items():
        is_one: Schema = {"type": "object", "required": [key]}
        value = {"if": is_one, "then": with_keys({key: group}), "else": value}
    return value


def _file() -> Schema:
    return described("how the file is laid out", with_keys(_layout()))


def _layout() -> dict[str, Schema]:
    return {key: described(about, LAYOUT_VALUES.get(key, TEXT)) for key, about in LAYOUT.items()}


def _long() -> Schema:
    keys = dict.fromkeys(LONG, COLUMN)
    return described("the columns of one row per question", with_keys(keys, required=[*LONG]))


def _join() -> Schema:
    pairs = {"type": "object", "additionalProperties": COLUMN, "minProperties": 1}
    on = described(
        "columns of this table, and those of the file with the same values",
        {"if": {"type": "object"}, "then": pairs, "else": COLUMN},
    )
    file = described("a file, as seen from here", _written())
    of_file = with_keys({"file": file, "on": on, **_layout()}, required=["file", "on"])
    table = described("a table of the same engine", _written())
    of_table = with_keys({"table": table, "on": on}, required=["table", "on"])
    is_table: Schema = {"type": "object", "required": ["table"]}
    one: Schema = {"if": is_table, "then": of_table, "else": of_file}
    return described(
        "files, or tables of the engine, whose columns are added",
        _several(one),
    )


def _meaning(meaning: str) -> Schema:
    return described(f"the values, ranges and conditions that mean {meaning}", _several(VALUE))


def _range() -> Schema:
    number = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER}]}
    once = {
        bound: {"properties": {other: False for other in BOUNDS if _same_side(bound, other)}}
        for bound in BOUNDS
    }
    bounds = with_keys(dict.fromkeys(BOUNDS, number), minProperties=1, dependentSchemas=once)
    return described("a range of numbers", bounds)


def _same_side(bound: str, other: str) -> bool:
    return bound != other and BOUNDS[bound] == BOUNDS[other]

"""The JSON Schema of a mapping."""

from winwinwin.facts import word
from winwinwin.mapping.file import BOUNDS, meanings_of
from winwinwin.mapping.model import ABOUT_FIELDS, NUMBER, OTHERWISE
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.schema.parts import Schema, described, file_of, flat_facts, list_of, with_keys

COLUMN = {"$ref": "#/$defs/Column"}
VALUE = {"$ref": "#/$defs/Value"}


def schema() -> Schema:
    """Return the schema of a file that holds one mapping."""
    definitions = {
        "Mapping": _mapping(),
        "Column": described("a column's name, or a dotted path of a record", _written()),
        "Value": {"anyOf": [described("a value, in any case", _written()), _range()]},
    }
    return file_of("A mapping for winwinwin", "Mapping", definitions, minItems=1, maxItems=1)


def _written() -> Schema:
    """A text that is not blank; a number or a `yes` is one."""
    return {"anyOf": [{"type": "string", "pattern": r"\S"}, {"type": ["number", "boolean"]}]}


def _mapping() -> Schema:
    facts = {name: _source(name, schema) for name, schema in flat_facts().items()}
    about = {name: _source(name, {}) for name in ABOUT_FIELDS}
    named = {"type": "object", "additionalProperties": COLUMN}
    tags = described("columns to group by, or names for them", {"anyOf": [list_of(COLUMN), named]})
    tags["anyOf"].append({"type": "null"})
    some_fact = [{"required": [name]} for name in FLAT_PATHS]
    says = "Where each fact comes from, and what the values of its column mean."
    return described(says, with_keys(facts | about | {"tags": tags}, anyOf=some_fact))


def _source(name: str, fact: Schema) -> Schema:
    """Return the schema of where a field comes from: a column, or also what its values mean."""
    known = [word(value) for value in meanings_of(name).values()]
    long = with_keys({"column": COLUMN, **{meaning: _meaning(meaning) for meaning in known}})
    long["required"] = ["column"]
    if known:
        long["properties"]["otherwise"] = described(
            "what becomes of any other value", {"enum": [*OTHERWISE]}
        )
        listed = {"anyOf": [{"required": [meaning]} for meaning in known]}
        long["dependentSchemas"] = {"otherwise": listed}
    return described(
        fact.get("description") or name, {"if": {"type": "object"}, "then": long, "else": COLUMN}
    )


def _meaning(meaning: str) -> Schema:
    return described(
        f"the values and ranges that mean {meaning}",
        {"if": {"type": "array"}, "then": list_of(VALUE), "else": VALUE},
    )


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

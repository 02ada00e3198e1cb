"""What the schemas share.

A schema sees a file as an editor does, to which an unquoted `yes`, `12` or `true` in YAML is a
value of another type, and as the reader does, to which it is text. It takes both.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, TypeAlias

from winwinwin.facts import DOMAINS, JUDGED_FACTS, word
from winwinwin.parsing.draft import WRAPPER
from winwinwin.record.interaction import FLAT_PATHS, Interaction

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"

TEXT: Schema = {"type": ["string", "number", "boolean"]}
"""A text that has to be there."""


def described(description: str, schema: Schema) -> Schema:
    return {"description": description, **schema}


def with_keys(properties: Mapping[str, Any], **more: Any) -> Schema:
    """Return the schema of a mapping with these keys and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
        **more,
    }


def list_of(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def file_of(title: str, name: str, definitions: Mapping[str, Any], **many: Any) -> Schema:
    """Return the schema of a file: one of what it holds, a list of them, or a list that is wrapped.

    What else is given holds for both lists. Each form is chosen by a test of its own, so that a
    validator names the mistake in it, not the forms that it might have had.
    """
    one = {"$ref": f"#/$defs/{name}"}
    listed = list_of(one, **many)
    return {
        "$schema": DIALECT,
        "title": title,
        "if": {"type": "object", "required": [WRAPPER]},
        "then": with_keys({WRAPPER: listed}, required=[WRAPPER]),
        "else": {"if": {"type": "array"}, "then": listed, "else": one},
        "$defs": dict(definitions),
    }


@cache
def _models() -> Schema:
    return Interaction.model_json_schema(ref_template="#/$defs/{model}")


def flat_facts() -> dict[str, Schema]:
    """Return the schema of each fact by its flat name, as flags, cases and tables have it."""
    return {name: _at(path) for name, path in FLAT_PATHS.items()}


def _at(path: tuple[str, ...]) -> Schema:
    *parents, name = path
    owner = _models()["$defs"][parents[0].capitalize()] if parents else _models()
    found: Schema = owner["properties"][name]
    return found


def values_of(fact: str) -> list[Any]:
    """Return how each value of a fact may be written in a rulebook: answers as such, or as text."""
    values = DOMAINS[fact]
    texts = [word(value) for value in values]
    return texts if texts == [*values] else [*values, *texts]


ORDER = "whether the wins came in the right order"


def judged_facts() -> dict[str, Schema]:
    """Return the schema of each fact that a rule may look at, by its values in a rulebook."""
    about = {fact: schema.get("description") for fact, schema in flat_facts().items()}
    about |= {"order": ORDER}
    return {
        fact: described(about[fact] or fact, {"enum": values_of(fact)}) for fact in JUDGED_FACTS
    }

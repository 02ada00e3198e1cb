"""The JSON Schema of a file of interactions."""

from typing import Any

from winwinwin.facts import PARTIES
from winwinwin.interaction import Interaction
from winwinwin.readers.draft import WRAPPER


def interactions_schema() -> dict[str, Any]:
    """Return the schema of a file: one interaction, a list of them, or a list that is wrapped."""
    schema = Interaction.model_json_schema(ref_template="#/$defs/{model}")
    definitions = schema.pop("$defs")
    definitions["Interaction"] = schema
    schema["description"] = schema["description"].splitlines()[0]  # the rest is for programmers
    for party in PARTIES:  # pydantic knows of the nested form only
        bare = definitions[party.capitalize()]["properties"]["outcome"]
        nested = {"$ref": f"#/$defs/{party.capitalize()}"}
        schema["properties"][party] = {"anyOf": [*bare["anyOf"], nested]}
    one = {"$ref": "#/$defs/Interaction"}
    many = {"type": "array", "items": one}
    wrapped = {
        "type": "object",
        "properties": {WRAPPER: many},
        "required": [WRAPPER],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Interactions for winwinwin",
        "if": {"type": "object", "required": [WRAPPER]},
        "then": wrapped,
        "else": {"if": {"type": "array"}, "then": many, "else": one},
        "$defs": definitions,
    }

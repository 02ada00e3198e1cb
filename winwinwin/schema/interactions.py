"""The JSON Schema of a file of interactions."""

from winwinwin.facts import PARTIES
from winwinwin.record.interaction import Interaction
from winwinwin.schema.parts import Schema, file_of


def schema() -> Schema:
    """Return the schema of a file: one interaction, a list of them, or a list that is wrapped."""
    record = Interaction.model_json_schema(ref_template="#/$defs/{model}")
    definitions = record.pop("$defs")
    definitions["Interaction"] = record
    record["description"] = record["description"].splitlines()[0]  # the rest is for programmers
    for party in PARTIES:  # pydantic knows of the nested form only
        bare = definitions[party.capitalize()]["properties"]["outcome"]
        nested = {"$ref": f"#/$defs/{party.capitalize()}"}
        record["properties"][party] = {"anyOf": [*bare["anyOf"], nested]}
    return file_of("Interactions for winwinwin", "Interaction", definitions)

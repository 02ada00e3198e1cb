"""The JSON Schema of a rulebook."""

from pydantic import BaseModel

from winwinwin.facts import JUDGED_FACTS, PARTIES
from winwinwin.kernel.rulebook import Assumption, Note, Rule, Rulebook
from winwinwin.schema.parts import (
    TEXT,
    Schema,
    described,
    file_of,
    judged_facts,
    list_of,
    values_of,
    with_keys,
)

WHEN = described(
    "alternatives: it is enough that all facts of one of them hold",
    list_of({"$ref": "#/$defs/Conditions"}, minItems=1),
)
OUTCOME = described("what the organization gets where this rule decides", {"enum": ["won", "lost"]})


def schema() -> Schema:
    """Return the schema of a file that holds one rulebook."""
    definitions = {
        "Rulebook": _rulebook(),
        "Assumption": _assumption(),
        "Rule": _rule(),
        "Note": _note(),
        "Conditions": described(
            "facts that must all hold", with_keys(judged_facts(), minProperties=1)
        ),
    }
    return file_of("A rulebook for winwinwin", "Rulebook", definitions, minItems=1, maxItems=1)


def _rulebook() -> Schema:
    parties = list_of({"enum": [*PARTIES]}, minItems=3, maxItems=3, uniqueItems=True)
    return _of(
        Rulebook,
        title=described("what verdicts name the rulebook by", TEXT),
        source=described("where the rules come from", TEXT),
        parties=described("the order in which the parties are shown, each once", parties),
        assumptions=described(
            "what is assumed for facts that are not recorded",
            list_of({"$ref": "#/$defs/Assumption"}),
        ),
        rules=described(
            "the rules; the first that fires decides",
            list_of({"$ref": "#/$defs/Rule"}, minItems=1),
        ),
        notes=described("remarks that decide nothing", list_of({"$ref": "#/$defs/Note"})),
    )


def _assumption() -> Schema:
    schema = _of(
        Assumption,
        fact=described("the fact that it fills in", {"enum": [*JUDGED_FACTS]}),
        value=described("what the fact is taken to be", TEXT),
        when=WHEN,
        why=described("why this may be assumed, as the end of a sentence", TEXT),
    )
    return schema | {"allOf": [_about(fact) for fact in JUDGED_FACTS]}


def _about(fact: str) -> Schema:
    """An assumption gives its fact one of that fact's values, and looks only at others."""
    others = list_of({"properties": {fact: False}})
    return {
        "if": {"properties": {"fact": {"const": fact}}, "required": ["fact"]},
        "then": {"properties": {"value": {"enum": values_of(fact)}, "when": others}},
    }


def _rule() -> Schema:
    return _of(
        Rule,
        id=_id(Rule),
        title=described("its name in words", TEXT),
        consequence=described("the source document's number; leave it out for your own", NUMBER),
        when=WHEN,
        organization=OUTCOME,
        says=described("when it fires, in a sentence", TEXT),
        why=described("why it is so, in a sentence", TEXT),
    )


def _note() -> Schema:
    return _of(
        Note, id=_id(Note), when=WHEN, says=described("what is remarked, in a sentence", TEXT)
    )


NUMBER: Schema = {
    "anyOf": [
        {"type": "integer", "minimum": 1},
        {"type": "string", "pattern": r"^\s*\+?[0-9_]*[1-9][0-9_]*(\.0+)?\s*$"},
        {"type": "null"},
    ]
}


def _id(model: type[BaseModel]) -> Schema:
    """Return the schema of an id; one in digits, or a `yes`, is text to the reader."""
    pattern = model.model_json_schema()["properties"]["id"]["pattern"]
    written = {"type": "string", "pattern": pattern}
    others = {"type": "integer", "minimum": 0}, {"type": "boolean"}
    return described("letters, digits, - and _", {"anyOf": [written, *others]})


def _of(model: type[BaseModel], **properties: Schema) -> Schema:
    """Return the schema of a mapping; the model says which of its keys must be there."""
    required = [name for name, field in model.model_fields.items() if field.is_required()]
    says = (model.__doc__ or "").splitlines()[0]
    return described(says, with_keys(properties, required=required))

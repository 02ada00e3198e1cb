"""The arguments of each tool as JSON Schemas, made from the table of facts and the model of a record."""

from typing import Any

from winwinwin.facts import PARTIES
from winwinwin.kernel.ruling import DECIDED
from winwinwin.limits import (
    LONGEST_NOTES,
    LONGEST_QUOTE,
    LONGEST_WORDS,
    MOST_TAGS,
    MOST_TOGETHER,
)
from winwinwin.record.interaction import About
from winwinwin.schema.parts import Schema, described, list_of, with_keys
from winwinwin.stats.dimensions import DIMENSIONS, TAG
from winwinwin.vocabulary import RECORDED, Fact

FACTS, RECORDS, BY, WHY_NOT = "facts", "records", "by", "why_not"
VALUE, QUOTE = "value", "quote"
ABOUT = tuple(About.model_fields)

WORDS: Schema = {"type": "string", "maxLength": LONGEST_WORDS}
LENGTHS = {"notes": LONGEST_NOTES}
"""Characters of what may be longer than other words."""


def quote_schema() -> Schema:
    about = (
        "The words of the conversation that say so. Without them the fact counts as not recorded."
    )
    return {"description": about, "type": "string", "minLength": 1, "maxLength": LONGEST_QUOTE}


def facts_schema() -> Schema:
    """Return the schema of the facts of a record, by their flat names."""
    about = "What the conversation says, each fact with its quote. Leave out what it does not say."
    return described(about, with_keys({fact.name: fact_schema(fact) for fact in RECORDED}))


def fact_schema(fact: Fact) -> Schema:
    said = " ".join(filter(None, (fact.help, fact.question, fact.means)))
    given = {VALUE: value_schema(fact), QUOTE: quote_schema()}
    return described(said, with_keys(given, required=[VALUE, QUOTE]))


def value_schema(fact: Fact) -> Schema:
    if fact.is_answer:
        return {"type": "boolean"}
    if fact.name == "order":
        return {"anyOf": [list_of({"enum": list(PARTIES)}, uniqueItems=True), WORDS]}
    return {"enum": list(fact.values)} if fact.values else WORDS


def about_schemas() -> dict[str, Schema]:
    """Return the schema of what describes a record besides its facts, by name."""
    model = About.model_json_schema()["properties"]
    return {name: _about_schema(name, model[name].get("description")) for name in ABOUT}


def _about_schema(name: str, description: str | None) -> Schema:
    schema = WORDS | {"maxLength": LENGTHS.get(name, LONGEST_WORDS)}
    if name == "tags":
        schema = {"type": "object", "additionalProperties": WORDS, "maxProperties": MOST_TAGS}
    return described(description, schema) if description else schema


def record_schema(**more: Schema) -> Schema:
    """Return the schema of one record, with what else a tool asks for."""
    return with_keys({FACTS: facts_schema(), **about_schemas(), **more}, required=[FACTS])


def why_not_schema() -> Schema:
    about = "Also say what keeps it from this verdict, and what would give it."
    return described(about, {"enum": [verdict.value for verdict in DECIDED]})


def batch_schema() -> Schema:
    records = list_of(record_schema(), minItems=1, maxItems=MOST_TOGETHER)
    about = f"Group by {', '.join(DIMENSIONS)} or {TAG}NAME."
    given: dict[str, Any] = {RECORDS: records, BY: described(about, list_of(WORDS))}
    return with_keys(given, required=[RECORDS])

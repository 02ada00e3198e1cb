"""The JSON Schema of a file of cases."""

from typing import Any

from pydantic import TypeAdapter

from winwinwin.facts import DOMAINS
from winwinwin.loading.cases import STATUSES, VERDICTS
from winwinwin.record.spelling import AnswerField
from winwinwin.schema.parts import TEXT, Schema, described, file_of, flat_facts, list_of, with_keys

ONE_VERDICT: Schema = {"enum": [*VERDICTS]}
FACT: Schema = {"enum": [*DOMAINS]}

EXPECTED: dict[str, tuple[str, Schema]] = {
    "verdict": ("the verdict", ONE_VERDICT),
    "organization": ("what the rules say about the organization", {"enum": ["won", "lost", None]}),
    "triple": ("such as WIN/LOSE/LOSE, with ? where unknown", {"type": "string"}),
    "rule": ("the id of the rule that decides; null where none does", {"type": ["string", "null"]}),
    "rules": ("whether rules fire, by their ids", {"type": "object"}),
    "order": ("the order of the wins, as recorded", {"enum": [*DOMAINS["order"], None]}),
    "gap_seconds": ("the customer's win minus the salesperson's", {"type": ["number", "null"]}),
    "assumed": ("the facts that were assumed", list_of(FACT)),
    "possible": ("every verdict that it may turn out to be", list_of(ONE_VERDICT)),
    "needs": ("the facts to ask for", list_of(FACT)),
    "contradicts_books": ("whether the books say otherwise", {"enum": [True, False, None]}),
    "notes": ("ids of the notes that apply", list_of({"type": "string"})),
    "remedies": ("each a set of changes that is enough", list_of({"type": "object"})),
}
"""What a case can expect, with what an editor offers."""

CHECKED = ("verdict", "rules")
"""Of these a value that cannot be is a mistake; any other value is compared, and may fail."""


def schema() -> Schema:
    """Return the schema of a file of cases."""
    assumptions = TypeAdapter(AnswerField).json_schema()
    case = with_keys(
        {
            "name": described("what a report calls it by", TEXT),
            "facts": described("what is recorded, by flat name", with_keys(flat_facts())),
            "expect": described(
                "what the judgement must be, as far as it is stated",
                with_keys({name: _expected(name) for name in EXPECTED}, minProperties=1),
            ),
            "assumptions": assumptions | {"description": "whether to assume; true if left out"},
        },
        required=["name", "facts", "expect"],
    )
    definitions = {"Case": described("An interaction, and what its judgement must be.", case)}
    return file_of("Cases for winwinwin", "Case", definitions)


def _expected(name: str) -> Schema:
    description, offered = EXPECTED[name]
    if name == "rules":
        statuses = {"enum": [*STATUSES, None]}
        return described(
            description, {**offered, "minProperties": 1, "additionalProperties": statuses}
        )
    anything: list[Any] = [] if name in CHECKED else [True]
    return described(description, {"anyOf": [offered, *anything]})

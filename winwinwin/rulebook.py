"""The rulebook: rules, assumptions, notes and the order of parties as validated data."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Outcome, Party, Value, word
from winwinwin.readers.tape import Tape
from winwinwin.readers.yaml_events import read_yaml


def _in_domain(conjunction: Any) -> Any:
    """Turn the words of a conjunction into values of each fact's domain."""
    if not isinstance(conjunction, dict):
        return conjunction
    return {fact: _value_in_domain(fact, written) for fact, written in conjunction.items()}


def _value_in_domain(fact: str, written: Any) -> Value:
    if fact not in JUDGED_FACTS:
        raise ValueError(
            f"{fact!r} is not a fact that a rule may look at: {', '.join(JUDGED_FACTS)}"
        )
    words = {word(value): value for value in DOMAINS[fact]}
    if word(written) not in words:
        raise ValueError(f"{fact}: {written!r} is not one of {', '.join(words)}")
    return words[word(written)]


Conjunction: TypeAlias = Annotated[
    dict[str, Value], Field(min_length=1), BeforeValidator(_in_domain)
]
"""Facts and the values they must all have, assumptions applied."""

Alternatives: TypeAlias = Annotated[tuple[Conjunction, ...], Field(min_length=1)]
"""Conjunctions of which at least one must hold."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Assumption(_Data):
    """What stands in for a fact that isn't recorded."""

    fact: str
    value: Value
    when: Alternatives
    why: str

    @model_validator(mode="before")
    @classmethod
    def _value_of_its_fact(cls, data: Any) -> Any:
        if not (isinstance(data, dict) and {"fact", "value"} <= data.keys()):
            return data
        return data | {"value": _value_in_domain(data["fact"], data["value"])}


class Rule(_Data):
    """One rule. Its place in the rulebook is its precedence."""

    id: str
    title: str
    consequence: int | None = None
    """The source document's number; None for a rule of the house."""
    when: Alternatives
    organization: Outcome
    """What the rule says of the organization when it decides."""
    says: str
    """When it fires, in a sentence."""
    why: str


class Note(_Data):
    """A remark of the source document that isn't a consequence."""

    id: str
    when: Alternatives
    says: str


class Rulebook(_Data):
    """Everything the judge applies, in order of precedence."""

    title: str
    source: str
    parties: tuple[Party, Party, Party]
    assumptions: tuple[Assumption, ...]
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    notes: tuple[Note, ...] = ()

    @model_validator(mode="after")
    def _each_named_once(self) -> "Rulebook":
        named: dict[str, Sequence[str]] = {
            "party": self.parties,
            "rule": [rule.id for rule in self.rules],
            "note": [note.id for note in self.notes],
        }
        for what, names in named.items():
            for index, name in enumerate(names):
                if name in names[:index]:
                    raise ValueError(f"{what} {name!r} is there twice")
        return self

    def rule(self, rule_id: str) -> Rule:
        """Return the rule with this id. Raises KeyError where there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def without_assumptions(self) -> "Rulebook":
        """Return the same rules with nothing taken for granted."""
        return self.model_copy(update={"assumptions": ()})


@cache
def builtin() -> Rulebook:
    """Return the rules of the source document."""
    with files("winwinwin").joinpath("rulebook.yaml").open("rb") as stream:
        [draft] = read_yaml(Tape(stream, "rulebook.yaml"))
    return Rulebook.model_validate(draft.value)

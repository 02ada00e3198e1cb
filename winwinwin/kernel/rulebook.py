"""The rulebook: rules, assumptions, notes and the order of parties as validated data."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import product
from typing import Annotated, Any, NamedTuple, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
    field_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from winwinwin.errors import Problem, count, quoted
from winwinwin.facts import (
    DOMAINS,
    JUDGED_FACTS,
    PARTIES,
    Outcome,
    Party,
    Value,
    word,
)
from winwinwin.kernel.kinds import CONSISTENT, where
from winwinwin.limits import MOST_RULES
from winwinwin.near import nearest
from winwinwin.parsing.refusals import details, refusal, refused
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_records import read_yaml

BUILTIN = "rulebook.yaml"
"""The package's own file with the rules of the source document."""


def _few(written: Any) -> Any:
    """Refuse a list of more than anybody writes, before all that is wrong with it is collected."""
    if isinstance(written, list | tuple) and len(written) > MOST_RULES:
        what = f"holds {count(len(written), 'item')}, and {MOST_RULES:,} are read"
        raise refusal(Problem(what, hint="Leave out what decides nothing."))
    return written


def _not_empty(written: Any) -> Any:
    if not written:
        raise refusal(Problem("is empty", hint="Write at least one."))
    return written


def _in_domain(conjunction: Any) -> Any:
    """Turn the words of a conjunction into values of each fact's domain."""
    if not isinstance(conjunction, dict):
        return conjunction
    _not_empty(conjunction)
    values: dict[str, Value] = {}
    found = []
    for fact, written in conjunction.items():
        try:
            known = _known_fact(fact)
            values[known] = _value_in_domain(known, written)
        except PydanticCustomError as error:
            found.append(InitErrorDetails(type=error, loc=(fact,), input=written))
    if found:
        raise refused(found)
    return values


def _known_fact(fact: Any, *, of_key: bool = True) -> str:
    if fact in JUDGED_FACTS:
        return str(fact)
    what = f"{quoted(fact)} is not a fact that rules can use"
    problem = Problem(what, ", ".join(JUDGED_FACTS), nearest(fact, JUDGED_FACTS))
    raise refusal(problem, of_key=of_key)


def _value_in_domain(fact: str, written: Any) -> Value:
    words = {word(value): value for value in DOMAINS[fact]}
    if isinstance(written, str | bool) and word(written) in words:
        return words[word(written)]
    what = f"{quoted(written)} is not a value of {fact}"
    raise refusal(Problem(what, ", ".join(words), nearest(written, words)))


def _each_party_once(parties: Any) -> Any:
    if isinstance(parties, list | tuple) and sorted(map(str, parties)) == sorted(PARTIES):
        return parties
    hint = "Name each of them once."
    raise refusal(Problem("these are not the three parties", ", ".join(PARTIES), hint=hint))


def _named_once(named: Any, read: ValidatorFunctionWrapHandler) -> Any:
    """Read a list of things with ids, and refuse an id that is used twice."""
    repeated = list(_repeated_ids(named))
    try:
        values = read(named)
    except ValidationError as error:
        raise refused([*details(error), *repeated]) from None
    if repeated:
        raise refused(repeated)
    return values


def _repeated_ids(named: Any) -> Iterator[InitErrorDetails]:
    seen: set[str] = set()
    for index, one in enumerate(named if isinstance(named, list | tuple) else ()):
        name = one.get("id") if isinstance(one, dict) else getattr(one, "id", None)
        if isinstance(name, str) and name in seen:
            hint = "Give each its own id."
            problem = Problem(f"the id {quoted(name)} is already used", hint=hint)
            yield InitErrorDetails(type=refusal(problem), loc=(index, "id"), input=name)
        seen.add(str(name))


def _not_an_answer(written: Any) -> Any:
    """Refuse true and false, which Python takes for 1 and 0."""
    if isinstance(written, bool):
        raise ValueError  # noqa: TRY004  # pydantic passes a TypeError on; worded elsewhere
    return written


Conjunction: TypeAlias = Annotated[dict[str, Value], BeforeValidator(_in_domain)]
"""Facts and the values they must all have, assumptions applied."""

Alternatives: TypeAlias = Annotated[
    tuple[Conjunction, ...], BeforeValidator(_few), AfterValidator(_not_empty)
]
"""Conjunctions, at least one of which must hold."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some values replaced, checked like those of a new one.

        Pydantic's own method checks nothing. Raises ValidationError as the constructor does.
        """
        copied = super().model_copy(deep=deep)
        return self.model_validate(dict(copied) | dict(update)) if update else copied

    def unchecked(self, **values: Any) -> Self:
        """Return a copy with some values replaced and unchecked, as an analysis needs it."""
        return super().model_copy(update=values)


Id: TypeAlias = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]
"""A name that is safe in a file, a table, a URL and a line of text."""


class Assumption(_Data):
    """What is assumed where a fact is not recorded."""

    fact: Annotated[str, PlainValidator(partial(_known_fact, of_key=False))]
    value: Value
    when: Alternatives
    why: str

    @field_validator("value", mode="plain")
    @classmethod
    def _of_its_fact(cls, written: Any, info: ValidationInfo) -> Any:
        return _value_in_domain(info.data["fact"], written) if "fact" in info.data else written

    @field_validator("when")
    @classmethod
    def _of_other_facts(cls, when: tuple[Conjunction, ...], info: ValidationInfo) -> Any:
        fact = info.data.get("fact")
        hint = "It only applies where that fact is not recorded."
        what = "an assumption cannot depend on the fact that it fills in"
        found = [
            InitErrorDetails(
                type=refusal(Problem(what, hint=hint), of_key=True),
                loc=(index, fact),
                input=conjunction,
            )
            for index, conjunction in enumerate(when)
            if fact in conjunction
        ]
        if found:
            raise refused(found)
        return when


def _agreeing(assumptions: tuple[Assumption, ...]) -> tuple[Assumption, ...]:
    """Refuse an assumption that gives a fact another value than an earlier one, where both apply."""
    found = []
    for index, assumption in enumerate(assumptions):
        place = next(_contradicted(assumption, assumptions[:index]), None)
        if place is not None:
            problem = _contradiction(assumption, place + 1, assumptions[place])
            found.append(InitErrorDetails(type=refusal(problem), loc=(index,), input=assumption))
    if found:
        raise refused(found)
    return assumptions


def _contradicted(assumption: Assumption, before: Sequence[Assumption]) -> Iterator[int]:
    """Yield the places of the assumptions that give the same fact another value."""
    for place, other in enumerate(before):
        differ = other.fact == assumption.fact and other.value != assumption.value
        if differ and any(_can_both_hold(*pair) for pair in product(other.when, assumption.when)):
            yield place


def _contradiction(assumption: Assumption, place: int, before: Assumption) -> Problem:
    value, other = word(assumption.value), word(before.value)
    what = f"{assumption.fact} is assumed to be {value} where assumption {place} assumes {other}"
    return Problem(what, hint="Make their conditions exclude each other.")


def _can_both_hold(one: Conjunction, other: Conjunction) -> bool:
    return bool(where([one]) & where([other]) & CONSISTENT)


class Rule(_Data):
    """One rule. Its place in the rulebook is its precedence."""

    id: Id
    title: str
    consequence: Annotated[int, Field(ge=1), BeforeValidator(_not_an_answer)] | None = None
    """The source document's number; None for a house rule."""
    when: Alternatives
    organization: Outcome
    """What becomes of the organization when the rule decides."""
    says: str
    """In a sentence, when it fires."""
    why: str


class Note(_Data):
    """A remark of the source document that isn't a consequence."""

    id: Id
    when: Alternatives
    says: str


class Rulebook(_Data):
    """Everything that the judge applies, in order of precedence."""

    title: str
    source: str
    parties: Annotated[tuple[Party, Party, Party], BeforeValidator(_each_party_once)]
    """The order in which the triple shows them; the order of the wins is a separate fact."""
    assumptions: Annotated[tuple[Assumption, ...], BeforeValidator(_few), AfterValidator(_agreeing)]
    rules: Annotated[
        tuple[Rule, ...],
        AfterValidator(_not_empty),
        WrapValidator(_named_once),
        BeforeValidator(_few),
    ]
    notes: Annotated[tuple[Note, ...], WrapValidator(_named_once), BeforeValidator(_few)] = ()

    def rule(self, rule_id: str) -> Rule:
        """Return the rule with this id. Raises KeyError if the id is unknown."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)

    def without_assumptions(self) -> "Rulebook":
        """Return the same rules without the assumptions."""
        return self.unchecked(assumptions=())


class Stamp(NamedTuple):
    """The identity of a rulebook, which verdicts carry along."""

    title: str
    fingerprint: str
    """A hash of everything that the rulebook decides."""

    def __str__(self) -> str:
        return f"{self.title} ({self.fingerprint})"


@cache
def builtin() -> Rulebook:
    """Return the rules of the source document."""
    with files("winwinwin.kernel").joinpath(BUILTIN).open("rb") as stream:
        [draft] = read_yaml(Tape(stream, BUILTIN))
    return Rulebook.model_validate(draft.value)

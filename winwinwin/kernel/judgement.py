"""What a judgement holds: plain frozen values, made by the judge and read by the renderers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypeAlias

from winwinwin.facts import (
    DOMAINS,
    JUDGED_FACTS,
    Facts,
    OrderStatus,
    Outcome,
    Setting,
    Value,
    both_won,
    value_of,
)
from winwinwin.kernel.verdict import Verdict

if TYPE_CHECKING:
    from winwinwin.errors import Problem

SCHEMA = "winwinwin/1"
"""The version of the objects below; it changes when a key changes its meaning."""

RuleStatus: TypeAlias = Literal["fired", "not_fired", "open"]
"""In every completion, in none, or in some of them."""

Origin: TypeAlias = Literal["recorded", "assumed", "missing"]

Settings: TypeAlias = tuple[Setting, ...]
"""Facts with values that together do something: a remedy gives WIN/WIN/WIN, a reason the verdict."""


class ConditionFinding(NamedTuple):
    """One condition of a rule, and what is known about its fact."""

    alternative: int
    """Counts from 1; a rule fires when every condition of one alternative holds."""
    fact: str
    wanted: Value
    value: Value | None
    """None where the fact is neither recorded nor assumed."""
    origin: Origin


class RuleFinding(NamedTuple):
    """One rule, and whether it fired."""

    id: str
    consequence: int | None
    """The source document's number, None for a house rule."""
    status: RuleStatus
    conditions: tuple[ConditionFinding, ...]


class Subject(NamedTuple):
    """What a machine format writes of an interaction beside its judgement."""

    id: str | None
    facts: Mapping[str, Any]
    """Those recorded, by flat name, with the order and the times as they were written."""
    about: Mapping[str, Any]
    rulebook: Mapping[str, str] | None
    """Title and fingerprint of what judged it; None for a kind that was judged by itself."""


@dataclass(frozen=True)  # without slots, as a copy by its __dict__ takes a tenth of the time
class Judgement:
    """One interaction judged, with its reasons."""

    facts: Facts
    """The kind that was judged, as recorded."""
    verdict: Verdict
    organization: Outcome | None
    """What the rules say about the organization; None where completions disagree or no rule fires."""
    triple: str
    """Salesperson and customer as recorded, the organization by the rules: `WIN/LOSE/LOSE`."""
    rule: str | None
    """The id of the deciding rule; None where no single rule decides."""
    deciders: tuple[str | None, ...]
    """The ids of the rules that decide in some completion, in precedence order; last None, where in
    some completion no rule fires."""
    rules: tuple[RuleFinding, ...]
    """Every rule, in precedence order."""
    assumed: tuple[Setting, ...]
    """What the assumptions filled in, from the recorded facts alone."""
    possible: tuple[Verdict, ...]
    """The verdicts over all completions; only one where the verdict is decided."""
    settling: tuple[tuple[str, ...], ...]
    """Every smallest set of missing facts that settles the verdict, whatever they turn out to be;
    empty where it is decided."""
    contradicts_books: bool | None
    """None where the recorded or the ruled outcome of the organization is unknown."""
    notes: tuple[str, ...]
    """The ids of the document's other remarks that apply."""
    remedies: tuple[Settings, ...]
    """Every smallest set of changes that gives WIN/WIN/WIN; empty where it already is, or none can."""
    reasons: tuple[Settings, ...]
    """Every smallest set of facts, recorded or assumed, that gives the verdict whatever the others
    are; empty where it is undetermined, or only assumptions about what is missing decide it."""
    firmness: int | None
    """How many facts would have to be recorded differently for another verdict, at the least; None
    where it is undetermined, or no entries could give another."""
    gap: timedelta | None = None
    """The customer's win minus the salesperson's (negative: the customer came first).

    None where either time is not recorded. It belongs to the interaction, not to the kind.
    """
    subject: Callable[[], Subject] | None = field(default=None, compare=False, repr=False)
    """Tells what was judged, when it is asked for; None for a kind that was judged by itself."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The first of the smallest sets of facts that settle the verdict; empty where it is decided."""
        return self.settling[0] if self.settling else ()

    @property
    def order(self) -> OrderStatus | None:
        """The order of the wins; None where it is not recorded."""
        return self.facts.order

    @property
    def known(self) -> Facts:
        """The facts as recorded and assumed."""
        return self.facts.having(self.assumed)

    @property
    def origins(self) -> dict[str, Origin | None]:
        """Where each fact's value comes from.

        None for a fact that has no value and needs none: what the books say, and the order
        unless salesperson and customer both won.
        """
        known = self.known
        return {fact: self._origin(fact, known) for fact in DOMAINS}

    def of(self, subject: Callable[[], Subject] | None, gap: timedelta | None) -> "Judgement":
        """Return this judgement of a kind as that of an interaction."""
        made = object.__new__(Judgement)
        fields = self.__dict__.copy()
        fields["subject"], fields["gap"] = subject, gap
        object.__setattr__(made, "__dict__", fields)
        return made

    def to_dict(self) -> dict[str, Any]:
        """Return the object that `--format json` writes, in values that JSON has."""
        from pydantic_core import to_jsonable_python  # the judge itself does without

        subject = self.subject() if self.subject else _kind_alone(self.facts)
        written = {
            "schema": SCHEMA,
            "id": subject.id,
            "verdict": self.verdict,
            "organization": self.organization,
            "triple": self.triple,
            "rule": self.rule,
            "rules": [_rule_object(finding) for finding in self.rules],
            "order": self.order,
            "gap_seconds": seconds(self.gap),
            "assumed": [setting.fact for setting in self.assumed],
            "possible": self.possible,
            "needs": self.needs,
            "contradicts_books": self.contradicts_books,
            "notes": self.notes,
            "remedies": [dict(remedy) for remedy in self.remedies],
            "reasons": [dict(reason) for reason in self.reasons],
            "firmness": self.firmness,
            "facts": subject.facts,
            "about": subject.about,
            "rulebook": subject.rulebook,
        }
        return dict(to_jsonable_python(written))

    def to_json(self) -> str:
        """Return that object as JSON, on one line."""
        return _json(self.to_dict())

    def _origin(self, fact: str, known: Facts) -> Origin | None:
        found = origin(fact, self.facts, known)
        is_asked = both_won(known) if fact == "order" else fact in JUDGED_FACTS
        return None if found == "missing" and not is_asked else found


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A record that could not be read, with all its problems."""

    id: str | None
    """The record's id where it could be read."""
    problems: tuple["Problem", ...]
    known: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """What describes it, as far as that could be read: None where nothing is recorded."""

    @property
    def verdict(self) -> Verdict:
        return Verdict.INVALID

    @property
    def name(self) -> str:
        """The id; without one, the place of the first problem."""
        place = self.problems[0].place
        return self.id or (str(replace(place, column=None)) if place else "-")

    def to_dict(self) -> dict[str, Any]:
        """Return the object that `--format json` writes, in values that JSON has."""
        return {
            "schema": SCHEMA,
            "id": self.id,
            "verdict": self.verdict.value,
            "problems": [_problem_object(problem) for problem in self.problems],
        }

    def to_json(self) -> str:
        """Return that object as JSON, on one line."""
        return _json(self.to_dict())


def origin(fact: str, recorded: Facts, known: Facts) -> Origin:
    """Return where the value of a fact comes from."""
    if value_of(recorded, fact) is not None:
        return "recorded"
    return "missing" if value_of(known, fact) is None else "assumed"


def seconds(gap: timedelta | None) -> float | None:
    """Return a gap in seconds, whole where it is."""
    if gap is None:
        return None
    total = gap.total_seconds()
    return int(total) if total.is_integer() else total


def _kind_alone(facts: Facts) -> Subject:
    """Describe a kind that no interaction came with; its order was never written down."""
    recorded = {fact: value for fact, value in facts._asdict().items() if value is not None}
    recorded.pop("order", None)
    return Subject(None, recorded, {}, None)


def _rule_object(finding: RuleFinding) -> dict[str, Any]:
    conditions = [condition._asdict() for condition in finding.conditions]
    return finding._asdict() | {"conditions": conditions}


def _problem_object(problem: "Problem") -> dict[str, Any]:
    place = problem.place
    return {
        "source": encodable(place.source) if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "field": problem.field,
        "message": problem.message,
    }


def encodable(name: str) -> str:
    """Return a file's name as text, with escapes for bytes that are not."""
    return name.encode(errors="backslashreplace").decode()


def _json(value: dict[str, Any]) -> str:
    from pydantic_core import to_json  # the judge itself does without

    return to_json(value).decode()

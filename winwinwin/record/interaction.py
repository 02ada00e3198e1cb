"""What a person records about an interaction, and the kind that it is reduced to."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import InitErrorDetails, ValidationError

from winwinwin.facts import PARTIES, Facts, Party
from winwinwin.parsing.refusals import refusal
from winwinwin.record.described import Described
from winwinwin.record.order import Moments, breaches, order_status, time_between
from winwinwin.record.spelling import (
    AnswerField,
    MomentField,
    OrderField,
    OutcomeField,
    TagsField,
)
from winwinwin.record.texts import NotesField, TextField
from winwinwin.vocabulary import FACTS, RECORDED

FLAT_PATHS: dict[str, tuple[str, ...]] = {fact.name: fact.path for fact in RECORDED}
"""Where each fact is in a nested record, by its flat name, in fact order."""


class _Recorded(BaseModel):
    """What the models of a record share: they are read-only and refuse unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __iter__(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]  # a generator is one
        """Yield only the fields, not what was computed from them."""
        return ((name, getattr(self, name)) for name in type(self).model_fields)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002  # nothing here can change
        """Return a copy with some values replaced, read and checked like those of a new one.

        Pydantic's own method checks nothing, and keeps what was computed from the old values. Raises
        ValidationError as the constructor does.
        """
        kept = {name: getattr(self, name) for name in self.model_fields_set}
        return self.model_validate(kept | dict(update or {}))


class _Party(_Recorded):
    """One party. Written as a bare outcome, or as a mapping."""

    outcome: OutcomeField = None
    won_at: MomentField = None

    @classmethod
    def written(cls, data: Any) -> Any:
        """Return what pydantic should read: a bare outcome becomes a mapping with just that."""
        if isinstance(data, str):
            return cls.bare(data)
        return data if isinstance(data, dict | cls) else {"outcome": data}

    @classmethod
    @lru_cache(maxsize=256)  # being frozen, one value serves all records; 5 us a record
    def bare(cls, outcome: str) -> Any:
        return cls(outcome=outcome)


class Salesperson(_Party):
    """The salesperson or service provider: what they experienced and how they feel about it."""

    # a field takes every spelling; without this, type checkers ask each class for what it is read as
    if TYPE_CHECKING:

        def __init__(self, **data: Any) -> None: ...

    feels_good: AnswerField = Field(
        default=None, description="about what they do and how they do it"
    )
    believes_lost_for_customer: AnswerField = Field(
        default=None, description="whether they feel they lost so that the customer could win"
    )


class Customer(_Party):
    """The customer or client: what they experienced, in their own view."""

    if TYPE_CHECKING:  # as above

        def __init__(self, **data: Any) -> None: ...

    believes_salesperson: OutcomeField = Field(
        default=None, description="whether the customer thinks the salesperson won or lost"
    )


class Organization(_Party):
    """The organization: what the books say. The rules never use it; their answer is compared with it."""

    if TYPE_CHECKING:  # as above

        def __init__(self, **data: Any) -> None: ...


class JudgedBy(_Recorded):
    """What named the rulebook that judged an interaction when it was recorded, such as by a form."""

    title: TextField = None
    fingerprint: TextField = None


class About(_Recorded):
    """What tells interactions apart and groups them; none of it reaches a rule."""

    id: TextField = None
    date: MomentField = None
    employee: TextField = None
    channel: TextField = None
    notes: NotesField = None
    tags: TagsField = Field(default_factory=dict, description="free names and values to group by")
    rulebook: JudgedBy | None = Field(
        default=None, description="what it was judged by when it was recorded; a form writes it"
    )

    @property
    def described(self) -> Described:
        """The same as plain data."""
        return Described._make(map(self.__dict__.__getitem__, Described._fields))

    @property
    def about(self) -> dict[str, Any]:
        """What is recorded here besides the id."""
        return self.described.about


class Outcomes(_Recorded):
    """What happened to the parties, and in which order: everything that determines the kind."""

    salesperson: Annotated[Salesperson, BeforeValidator(Salesperson.written)] = Salesperson()
    customer: Annotated[Customer, BeforeValidator(Customer.written)] = Customer()
    organization: Annotated[Organization, BeforeValidator(Organization.written)] = Organization()
    order: OrderField = Field(default=None, description="the parties that won, first winner first")

    @model_validator(mode="after")
    def _order_and_times_agree(self) -> Self:
        if not self.has_order:
            return self
        found = [
            InitErrorDetails(type=refusal(problem), loc=path, input=value)
            for path, value, problem in breaches(self.winners, self.order or (), self.moments)
        ]
        if found:
            raise ValidationError.from_exception_data("Interaction", found)
        return self

    @cached_property
    def has_order(self) -> bool:
        """Whether anything about the order is recorded; in most records nothing is."""
        return (
            self.order is not None
            or self.salesperson.won_at is not None
            or self.customer.won_at is not None
            or self.organization.won_at is not None
        )

    @property
    def winners(self) -> set[Party]:
        """The parties recorded as won."""
        return {party for party in PARTIES if getattr(self, party).outcome == "won"}

    @property
    def moments(self) -> Moments:
        """When each party won, where that is recorded."""
        times: dict[Party, date | None] = {
            "salesperson": self.salesperson.won_at,
            "customer": self.customer.won_at,
            "organization": self.organization.won_at,
        }
        return {party: moment for party, moment in times.items() if moment is not None}

    @cached_property
    def facts(self) -> Facts:
        """The kind of this interaction."""
        *outcomes, _ = (self._at(fact.path) for fact in FACTS)
        order = order_status(self.order or (), self.moments) if self.has_order else None
        return Facts._make([*outcomes, order])

    @cached_property
    def gap(self) -> timedelta | None:
        """The customer's win minus the salesperson's; None where a time is missing."""
        if self.salesperson.won_at is None:
            return None
        return time_between(self.moments, "salesperson", "customer")

    @property
    def recorded(self) -> dict[str, Any]:
        """The recorded facts by flat name, in fact order."""
        values = {name: self._at(path) for name, path in FLAT_PATHS.items()}
        return {name: value for name, value in values.items() if value is not None}

    def _at(self, path: tuple[str, ...]) -> Any:
        value: Any = self
        for name in path:
            value = getattr(value, name)
        return value


class Interaction(Outcomes, About):
    """One interaction as recorded. Whatever is left out is not recorded.

    Raises pydantic's ValidationError where a value is not one of the accepted words, a key is
    unknown, or the order and the times break the rules between fields.
    """

    if TYPE_CHECKING:  # as above

        def __init__(self, **data: Any) -> None: ...

    @classmethod
    def from_flat(cls, flat: Mapping[str, Any], **about: Any) -> Self:
        """Make an interaction from facts by their flat names, as in flags and tables.

        Raises KeyError for a name that is not a fact, ValidationError for a bad value.
        """
        return cls.model_validate(nested(flat) | about)


class Recorded(NamedTuple):
    """An interaction in its two parts, and where it was recorded."""

    about: Described
    outcomes: Outcomes
    """Interactions that were written alike often share one value."""
    source: str = ""
    line: int = 0
    """Counts from 1; 0 where there is none."""

    @classmethod
    def of(cls, interaction: Interaction, source: str = "", line: int = 0) -> "Recorded":
        return cls(interaction.described, interaction, source, line)

    @property
    def interaction(self) -> Interaction:
        """Both parts in one."""
        fields = {
            name: getattr(part, name)
            for part, model in ((self.about, About), (self.outcomes, Outcomes))
            for name in model.model_fields
        }
        return Interaction.model_construct(**fields)

    @property
    def place(self) -> str:
        return f"{self.source}:{self.line}" if self.source else "-"

    @property
    def name(self) -> str:
        """The id; without one, the place."""
        return self.about.id or self.place


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Turn facts by flat name into a nested record."""
    record: dict[str, Any] = {}
    for name, value in flat.items():
        *parents, last = FLAT_PATHS[name]
        into = record
        for parent in parents:
            into = into.setdefault(parent, {})
        into[last] = value
    return record

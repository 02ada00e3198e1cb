"""The finite view of an interaction: seven facts, each with a small domain.

A *kind* is a distinct combination of facts, so a kind is a `Facts` value.
"""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Literal, NamedTuple, TypeAlias

from winwinwin import vocabulary

Party: TypeAlias = Literal["salesperson", "customer", "organization"]
Outcome: TypeAlias = Literal["won", "lost"]
OrderStatus: TypeAlias = Literal["kept", "customer_first", "organization_early"]
Value: TypeAlias = vocabulary.Value
"""A recorded value of any fact."""

PARTIES: tuple[Party, ...] = ("salesperson", "customer", "organization")


class Facts(NamedTuple):
    """A kind. None means not recorded, which is neither lost nor false."""

    salesperson: Outcome | None = None
    customer: Outcome | None = None
    organization: Outcome | None = None
    """What the books say; never an input of a rule."""
    salesperson_feels_good: bool | None = None
    salesperson_believes_lost_for_customer: bool | None = None
    customer_believes_salesperson: Outcome | None = None
    """What the customer thinks the salesperson got."""
    order: OrderStatus | None = None
    """The recorded order of the wins, reduced to whether it was the right one."""

    def having(self, values: Iterable[tuple[str, Value | None]]) -> "Facts":
        """Return the same kind but for the values of some facts."""
        return self._replace(**dict(values))  # type: ignore[arg-type]  # each is of its fact's domain


class Setting(NamedTuple):
    """One fact and a value for it: what an assumption fills in, or a change in a remedy."""

    fact: str
    value: Value

    def __str__(self) -> str:
        return f"{self.fact}={word(self.value)}"


DOMAINS: dict[str, tuple[Value, ...]] = {fact.name: fact.values for fact in vocabulary.FACTS}
"""Every fact in fact order, with the values it can be recorded as."""

JUDGED_FACTS = tuple(fact for fact in DOMAINS if fact != "organization")
"""The facts a rule may look at: all except what the books say."""


def word(value: Value | None) -> str:
    """Return a value as files and machine formats write it; '' where it is not recorded."""
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value).lower()


def value_of(facts: Facts, fact: str) -> Value | None:
    """Return the value of one fact; None where it is not recorded."""
    value: Value | None = getattr(facts, fact)
    return value


def both_won(facts: Facts) -> bool:
    """Tell whether salesperson and customer both won: only then can their order be asked."""
    return facts.salesperson == "won" and facts.customer == "won"


def is_consistent(facts: Facts) -> bool:
    """Tell whether an interaction can have these facts: only winners have a place in the order."""
    if facts.order is None:
        return True
    if facts.order == "organization_early":
        return facts.organization == "won" and "won" in (facts.salesperson, facts.customer)
    return both_won(facts)


def every_kind() -> Iterator[Facts]:
    """Yield all consistent kinds in the order of the domains, not recorded last."""
    columns = ((*domain, None) for domain in DOMAINS.values())
    return filter(is_consistent, (Facts(*values) for values in product(*columns)))  # type: ignore[arg-type]  # the domains are the fields' values

"""Sets of kinds as integers: one bit for each combination of the seven facts.

A fact's digit is the place of its value in its domain, not recorded last. So kinds that differ in
one fact alone are a fixed distance apart, and a whole set gets another value by one shift.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Facts, Value

Kinds: TypeAlias = int
"""A set of kinds: `&` and `|` are those of sets, and `ALL &~` leaves a set out."""

ByValue: TypeAlias = Mapping[str, Mapping[Value | None, Kinds]]
"""For each fact and each of its values, the kinds that have it."""

NONE: Kinds = 0
COLUMNS: dict[str, tuple[Value | None, ...]] = {
    fact: (*domain, None) for fact, domain in DOMAINS.items()
}
"""Every value of each fact, in fact order."""


def _strides() -> dict[str, int]:
    """Return how far apart two neighbouring values of each fact are; the last fact moves fastest."""
    found, stride = {}, 1
    for fact in reversed(COLUMNS):
        found[fact] = stride
        stride *= len(COLUMNS[fact])
    return found


STRIDES = _strides()
ALL: Kinds = (1 << STRIDES["salesperson"] * len(COLUMNS["salesperson"])) - 1
COMBINATIONS = ALL.bit_length()
"""How many combinations of facts there are, those that no interaction can have included."""


def _having(fact: str, digit: int) -> Kinds:
    stride, period = STRIDES[fact], STRIDES[fact] * len(COLUMNS[fact])
    every_period = ALL // ((1 << period) - 1)
    return (((1 << stride) - 1) << digit * stride) * every_period


HAVING: ByValue = {
    fact: {value: _having(fact, digit) for digit, value in enumerate(column)}
    for fact, column in COLUMNS.items()
}
"""As recorded."""
BOTH_WON = HAVING["salesperson"]["won"] & HAVING["customer"]["won"]


def _consistent() -> Kinds:
    """Return the kinds that an interaction can have, as `facts.is_consistent` tells of one."""
    order, either_won = HAVING["order"], HAVING["salesperson"]["won"] | HAVING["customer"]["won"]
    asked = (order["kept"] | order["customer_first"]) & BOTH_WON
    early = order["organization_early"] & HAVING["organization"]["won"] & either_won
    return order[None] | asked | early


CONSISTENT = _consistent()


def _worlds() -> Kinds:
    """Return the kinds with nothing missing but the books; an order only where both won."""
    found = CONSISTENT & (BOTH_WON ^ HAVING["order"][None])
    for fact in JUDGED_FACTS:
        found &= ~HAVING[fact][None] if fact != "order" else ALL
    return found


WORLDS = _worlds()
"""The kinds in which every fact that a rule may look at has its value."""


def where(alternatives: Sequence[Mapping[str, Value]], known: ByValue = HAVING) -> Kinds:
    """Return the kinds in which all facts of some alternative have their values."""
    found = NONE
    for conjunction in alternatives:
        kinds = ALL
        for fact, value in conjunction.items():
            kinds &= known[fact][value]
        found |= kinds
    return found


def once(kinds: Kinds, fact: str, value: Value | None) -> Kinds:
    """Return the kinds that are in a set once a fact has a value, whatever they have now."""
    stride, column = STRIDES[fact], COLUMNS[fact]
    first = (kinds & HAVING[fact][value]) >> stride * column.index(value)
    found = NONE
    for digit in range(len(column)):
        found |= first << stride * digit
    return found


def otherwise(kinds: Kinds) -> Kinds:
    """Return a set, and the kinds that are in it once one recorded fact has another value."""
    found = kinds
    for fact, domain in DOMAINS.items():
        first, stride = NONE, STRIDES[fact]
        for digit, value in enumerate(domain):
            first |= (kinds & HAVING[fact][value]) >> stride * digit
        for digit in range(len(domain)):
            found |= first << stride * digit
    return found


def parts(kinds: Kinds) -> Kinds:
    """Return a set, and the kinds that record only some of what one of the set records."""
    for fact, domain in DOMAINS.items():
        for digit, value in enumerate(domain):
            kinds |= (kinds & HAVING[fact][value]) << STRIDES[fact] * (len(domain) - digit)
    return kinds


def least(kinds: Kinds) -> Kinds:
    """Return the kinds of a set that are not in it any more with one recorded fact fewer."""
    found = kinds
    for fact in COLUMNS:
        found &= HAVING[fact][None] | ~once(kinds, fact, None)
    return found


def place(facts: Facts) -> int:
    """Return the number of a kind's bit."""
    columns = zip(COLUMNS.items(), facts, strict=True)
    return sum(column.index(value) * STRIDES[fact] for (fact, column), value in columns)


@cache
def only(facts: Facts) -> Kinds:
    """Return the set of one kind."""
    return 1 << place(facts)


def kind_at(place: int) -> Facts:
    values = (column[place // STRIDES[fact] % len(column)] for fact, column in COLUMNS.items())
    return Facts(*values)  # type: ignore[arg-type]  # the columns hold the values of the fields


def places(kinds: Kinds) -> Iterator[int]:
    """Yield the numbers of a set's bits."""
    while kinds:
        lowest = kinds & -kinds
        yield lowest.bit_length() - 1
        kinds ^= lowest


def each(kinds: Kinds) -> Iterator[Facts]:
    """Yield the kinds of a set, in the order of the domains."""
    return map(kind_at, places(kinds))


def parted(kinds: Kinds, sets: Iterable[Kinds]) -> list[Kinds]:
    """Return the parts of a set whose kinds are all in the same of some other sets."""
    parts = [kinds]
    for one in sets:
        parts = [part for whole in parts for part in (whole & one, whole & ~one) if part]
    return parts


def simplest(kinds: Kinds) -> Facts | None:
    """Return the first of those with the fewest facts recorded; None of an empty set."""
    few = next((found for some in _by_recorded() if (found := kinds & some)), NONE)
    return next(each(few), None)


@cache
def _by_recorded() -> tuple[Kinds, ...]:
    """Return the kinds with no fact recorded, with one, and so on."""
    found = [ALL]
    for fact in COLUMNS:
        missing = HAVING[fact][None]
        found = [
            (less & missing) | (more & ~missing)
            for less, more in zip([*found, NONE], [NONE, *found], strict=True)
        ]
    return tuple(found)

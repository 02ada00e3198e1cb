"""What became of customers and salespeople after an interaction, as counts by kind."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from winwinwin.facts import Facts
from winwinwin.stats.tally import GAP_EDGES

WITHIN = 90
"""Days within which a customer is seen again, unless something else is asked for."""


class Following(NamedTuple):
    """Who is followed over time, and for how long."""

    customer: str | None = None
    """The dimension that tells customers apart; None where they are not followed."""
    within: int = WITHIN
    """Days."""
    cluster: str | None = None


class Met(NamedTuple):
    """What is known of one interaction that takes part in following."""

    day: int | None
    """As `date.toordinal` counts."""
    employee: str | None
    customer: str | None
    kind: Facts
    cluster: str | None = None
    gap: float | None = None
    """Seconds."""


@dataclass(slots=True)
class Person:
    """A salesperson: when they were seen, and how it went for them."""

    first: int
    last: int
    kinds: Counter[Facts] = field(default_factory=Counter)


@dataclass(slots=True)
class Followed:
    """Counts of what came after."""

    returns: Counter[tuple[Facts, bool, str | None]] = field(default_factory=Counter)
    """By kind, whether the customer was seen on a later day within the time, and cluster; those too
    near to the end to tell are left out."""
    nexts: Counter[tuple[str, Facts, Facts, str | None]] = field(default_factory=Counter)
    """By salesperson, kind, the kind of their next interaction, and cluster."""
    gaps: Counter[tuple[int, Facts, str | None]] = field(default_factory=Counter)
    """By the place of the gap among `GAP_EDGES`, kind and cluster."""
    people: dict[str, Person] = field(default_factory=dict)
    end: int | None = None
    """The last day of all."""


def length_of(gap: float) -> int:
    """Return the place of a gap among the lengths that are counted separately."""
    return bisect_right(GAP_EDGES, gap)


def followed(met: Iterable[Met], wanted: Following) -> Followed:
    """Follow the customers and salespeople of interactions, in the order in which they are given."""
    found, met = Followed(), list(met)
    for each in met:
        if each.gap is not None:
            found.gaps[length_of(each.gap), each.kind, each.cluster] += 1
    dated = in_time(met)
    found.end = dated[-1].day if dated else None
    for each in dated:
        if each.employee is not None:
            its_day = each.day or 0
            person = found.people.setdefault(each.employee, Person(its_day, its_day))
            person.last = its_day
            person.kinds[each.kind] += 1
    for before, after in nexts_of(dated):
        found.nexts[before.employee or "", before.kind, after.kind, before.cluster] += 1
    if wanted.customer is not None:
        for each, is_back in returns_of(dated, wanted.within):
            found.returns[each.kind, is_back, each.cluster] += 1
    return found


def in_time(met: Iterable[Met]) -> list[Met]:
    """Return those with a day in its order; of one day, an earlier one comes before a later one."""
    return sorted((each for each in met if each.day is not None), key=lambda each: each.day or 0)


def nexts_of(dated: Iterable[Met]) -> Iterator[tuple[Met, Met]]:
    """Yield each interaction with the next one of the same salesperson."""
    before: dict[str, Met] = {}
    for each in dated:
        if each.employee is not None:
            if last := before.get(each.employee):
                yield last, each
            before[each.employee] = each


def returns_of(dated: Sequence[Met], within: int) -> Iterator[tuple[Met, bool]]:
    """Yield those with a customer, and whether that was seen on a later day within so many days.

    Those too near to the end to tell are left out.
    """
    days: dict[str, list[int]] = defaultdict(list)
    for each in dated:
        if each.customer is not None:
            days[each.customer].append(each.day or 0)
    end = dated[-1].day or 0 if dated else 0
    for each in dated:
        its_day = each.day or 0
        if each.customer is None or its_day + within > end:
            continue
        seen = days[each.customer]
        later = bisect_right(seen, its_day)
        yield each, later < len(seen) and seen[later] <= its_day + within

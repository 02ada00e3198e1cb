"""What became of customers and salespeople after an interaction, as counts by kind."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
    """Follow the customers and salespeople of interactions, in the order in which they are given.

    Of one day, an earlier one comes before a later one.
    """
    found = Followed()
    dated = []
    for each in met:
        if each.gap is not None:
            found.gaps[length_of(each.gap), each.kind, each.cluster] += 1
        if each.day is not None:
            dated.append(each)
    dated.sort(key=lambda each: each.day or 0)
    found.end = dated[-1].day if dated else None
    _follow_employees(found, dated)
    if wanted.customer is not None:
        _follow_customers(found, dated, wanted.within)
    return found


def _follow_employees(found: Followed, dated: Sequence[Met]) -> None:
    before: dict[str, Met] = {}
    for each in dated:
        name, its_day = each.employee, each.day or 0
        if name is None:
            continue
        if last := before.get(name):
            found.nexts[name, last.kind, each.kind, last.cluster] += 1
        before[name] = each
        person = found.people.setdefault(name, Person(its_day, its_day))
        person.last = its_day
        person.kinds[each.kind] += 1


def _follow_customers(found: Followed, dated: Sequence[Met], within: int) -> None:
    days: dict[str, list[int]] = defaultdict(list)
    for each in dated:
        if each.customer is not None:
            days[each.customer].append(each.day or 0)
    for each in dated:
        its_day = each.day or 0
        if each.customer is None or its_day + within > (found.end or 0):
            continue
        seen = days[each.customer]
        later = bisect_right(seen, its_day)
        is_back = later < len(seen) and seen[later] <= its_day + within
        found.returns[each.kind, is_back, each.cluster] += 1

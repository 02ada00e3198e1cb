"""Two sides of a claim counted: as recorded, and in the completions that speak least and most for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from winwinwin.stats.bounds import Bounds, Interval, Results, bounds
from winwinwin.stats.evidence.difference import Place, World, together
from winwinwin.stats.exact import Part

NEITHER: Results = frozenset({None})
"""What an interaction counts as on a side that it is surely not on."""
EITHER: Results = frozenset({True, False})
"""What it counts as where nothing tells whether it is a hit."""
SURE: Mapping[bool, Results] = {is_hit: frozenset({is_hit}) for is_hit in (True, False)}
"""What it counts as where something does."""


class Unit(NamedTuple):
    """What an interaction may count as on either side, over its completions, and where it belongs."""

    one: Results
    """On the side that the claim is about."""
    other: Results
    place: Place = (None, None)


Counted: TypeAlias = Iterable[tuple[Unit, int]]
"""Units, each with the number of interactions that are alike."""


def ends(found: Bounds) -> Interval | None:
    """Return the smallest and the largest share of those completions in which there is anybody; None for none."""
    if not (found.fewest_of or found.most_of):
        return None
    return Interval(
        found.share_sure if found.fewest_of else 1.0,  # nobody there can be a miss
        found.share_possible if found.most_of else 0.0,
    )


class Share(NamedTuple):
    """The share of hits on one side, by how much of what is not recorded is looked at."""

    recorded: Part
    """Among those whose side and outcome are both recorded."""
    sided: Bounds
    """Among those whose side is, whatever their outcome."""
    whole: Bounds
    """Whatever is not recorded: no completion gives less or more."""


class Sides(NamedTuple):
    """Both sides, and the worlds that a difference is estimated in."""

    one: Share
    other: Share
    recorded: World
    least: World
    """The completion in which the difference is smallest."""
    most: World


def sides_of(counted: Counted) -> Sides:
    """Count both sides, by place."""
    found: dict[Place, list[tuple[Unit, int]]] = defaultdict(list)
    for unit, number in counted:
        found[unit.place].append((unit, number))
    by_place = dict(sorted(found.items(), key=lambda item: repr(item[0])))  # sums round alike
    ones = {place: _share((u.one, n) for u, n in units) for place, units in by_place.items()}
    others = {place: _share((u.other, n) for u, n in units) for place, units in by_place.items()}
    both = {place: (ones[place], others[place]) for place in by_place}
    return Sides(
        _added(ones.values()),
        _added(others.values()),
        {place: (one.recorded, other.recorded) for place, (one, other) in both.items()},
        {place: (_low(one.whole), _high(other.whole)) for place, (one, other) in both.items()},
        {place: (_high(one.whole), _low(other.whole)) for place, (one, other) in both.items()},
    )


def _low(found: Bounds) -> Part:
    return Part(found.sure, found.fewest_of)


def _high(found: Bounds) -> Part:
    return Part(found.possible, found.most_of)


def _share(counted: Iterable[tuple[Results, int]]) -> Share:
    seen = list(counted)
    known = [(results, number) for results, number in seen if None not in results]
    hits = sum(number for results, number in known if set(results) == {True})
    misses = sum(number for results, number in known if set(results) == {False})
    return Share(Part(hits, hits + misses), bounds(known), bounds(seen))


def _added(shares: Iterable[Share]) -> Share:
    found = list(shares)
    return Share(
        together(share.recorded for share in found),
        _sum(share.sided for share in found),
        _sum(share.whole for share in found),
    )


def _sum(found: Iterable[Bounds]) -> Bounds:
    return Bounds(*map(sum, zip((0, 0, 0, 0), *found, strict=True)))


def totals(world: World) -> tuple[Part, Part]:
    """Add up all places of a world."""
    return together(one for one, _ in world.values()), together(
        other for _, other in world.values()
    )


def clusters(world: World) -> int:
    """Count the clusters that have anybody on either side."""
    return len(
        {cluster for (_, cluster), sides in world.items() if any(part.total for part in sides)}
    )

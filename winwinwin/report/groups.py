"""The groups of a dimension, as the report sets them beside each other."""

from collections.abc import Sequence
from typing import Any

from winwinwin.errors import count
from winwinwin.pages.groups import group_sentences
from winwinwin.pages.words import FEW
from winwinwin.report.counts import is_rate, row
from winwinwin.report.shared import Shared, Values, name_of
from winwinwin.stats.dimensions import DATE_PARTS
from winwinwin.stats.funnel import LEVELS, limits, sizes
from winwinwin.stats.groups import Group, together
from winwinwin.stats.slices import MOST_GROUPS, Slices
from winwinwin.stats.standing import IS_WIN, Standing, standings
from winwinwin.stats.tally import Rest, Tally

FEWEST_DOTS = 5
"""Below so many groups a funnel shows nothing that their table does not."""


NAMED = "Those outside the inner lines are named."
RECONCILED = (
    " The lines are limits for one group by itself; of many, some lie beyond them by chance, and what"
    " is said of who stands out allows for that (Holm's method)."
)


def biggest(slices: Slices, dimension: str) -> list[str | None]:
    """Return the biggest values in the order of their names, None last; [] where all are None."""
    groups = slices.whole.groups.get(dimension, {})
    if not groups.keys() - {None}:
        return []
    by_size = sorted(groups, key=lambda value: (-groups[value].total, value or ""))
    return sorted(by_size[:MOST_GROUPS], key=lambda value: (value is None, value or ""))


def groups_view(tally: Tally, values: Values, shared: Shared) -> dict[str, dict[str, Any]]:
    return {
        dimension: groups_rows(tally, dimension, listed, shared)
        for dimension, listed in values.items()
        if listed
    }


def groups_rows(
    tally: Tally, dimension: str, listed: Sequence[str | None], shared: Shared
) -> dict[str, Any]:
    """Return the number of the words on which groups stand out, and the rows in their order.

    A row is about the place of a listed value; the last one may be about all others.
    """
    groups = tally.groups.get(dimension, {})
    places = {value: place for place, value in enumerate(listed)}
    rest = [tally.rest[dimension]] if dimension in tally.rest else []
    found = standings(dimension, groups, [others.group for others in rest])
    rows: list[Any] = [
        row(places[one.value], one.group, shared) for one in found if one.value in places
    ]
    others = [*(Rest(1, groups[value]) for value in groups.keys() - set(listed)), *rest]
    if others:
        number = sum(rest.values for rest in others)
        summed = together(tally.all.judge, (rest.group for rest in others))
        rows.append(row(f"({count(number, 'other')})", summed, shared))
    said = " ".join(group_sentences(dimension, list(map(named, found))))
    return {"said": shared.number(said), "rows": rows}


def named(standing: Standing) -> Standing:
    """Give a group the name that the page shows."""
    value = standing.value
    return standing if value is None else standing._replace(value=name_of(value))


def funnel(tally: Tally, dimension: str, listed: Sequence[str | None]) -> dict[str, Any] | None:
    """Return the limits of a dimension's funnel and the places of those outside; None for too few groups.

    Groups without a name and those too small for a rate have no dot.
    """
    groups = tally.groups[dimension]
    dots = {
        place: groups[value]
        for place, value in enumerate(listed)
        if value is not None and is_rate(groups[value])
    }
    if dimension in DATE_PARTS or len(dots) < FEWEST_DOTS:
        return None
    share = tally.all.share(IS_WIN).share_sure
    totals = [group.total for group in dots.values()]
    others = tally.rest[dimension].values if dimension in tally.rest else 0
    left = len(groups) + others - len(dots)
    outside = [place for place, group in dots.items() if is_outside(share, group)]
    return {
        "share": round(share, 4),
        "limits": [_ends(share, total) for total in sizes(min(totals), max(totals))],
        "places": list(dots),
        "outside": outside,
        "named": f"{NAMED}{RECONCILED if outside else ''}",
        "left": f"{count(left, 'group')} without a name, with fewer than {FEW} interactions or among"
        f" the others {'has' if left == 1 else 'have'} no dot."
        if left
        else "",
    }


def is_outside(share: float, group: Group) -> bool:
    """Tell whether the sure share of a group is beyond the inner limits."""
    low, high = limits(share, group.total, LEVELS[0])
    return not low <= group.share(IS_WIN).share_sure <= high


def _ends(share: float, total: int) -> list[float]:
    """Return the size, and the limits from the lowest to the highest."""
    inner, outer = (limits(share, total, level) for level in LEVELS)
    ends = (outer.low, inner.low, inner.high, outer.high)
    return [total, *(round(end, 4) for end in ends)]

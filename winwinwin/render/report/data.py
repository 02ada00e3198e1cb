"""What the report shows, as plain values that JSON has: a view of every slice, and hidden losses."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, TypeAlias

from winwinwin.errors import count, printable, shortened
from winwinwin.facts import JUDGED_FACTS
from winwinwin.judgement import WORDINGS, Verdict
from winwinwin.render.hidden import HiddenLosses
from winwinwin.render.summary import (
    NO_VALUE,
    OUTCOMES,
    UNRULED,
    agreement_sentence,
    gaps_sentence,
    lever_sentence,
)
from winwinwin.render.view import (
    FACTS,
    had,
    interactions,
    percent,
    share,
    unjudged_words,
)
from winwinwin.slices import MOST_GROUPS, MOST_PERIODS, Slices
from winwinwin.tally import Group, Rest, Tally

View: TypeAlias = dict[str, Any]

JUDGED = [verdict for verdict in WORDINGS if verdict is not Verdict.INVALID]

PERIOD_STARTS: dict[str, tuple[Callable[[str], date], str]] = {
    "day": (date.fromisoformat, "%Y-%m-%d"),
    "week": (lambda week: date.fromisocalendar(int(week[:4]), int(week[6:]), 1), "%G-W%V"),
    "month": (lambda month: date.fromisoformat(f"{month}-01"), "%Y-%m"),
}
"""How the first day of a period is read from its name, and how the name is written."""
MOST_LEVERS = 6
LONGEST = 60
"""Characters of a name from outside that the page shows."""

GAP_LABELS = (
    "customer first",
    "under 1 min",
    "1 min to 1 h",
    "1 to 4 h",
    "4 h to 1 d",
    "1 to 2 d",
    "2 to 7 d",
    "7 to 30 d",
    "30 d and more",
)
"""What the lengths of gaps between `tally.GAP_EDGES` are called."""


class Shared:
    """Words that many views show, each kept once; the views have their numbers."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, words: str) -> int:
        number = self._numbers.setdefault(words, len(self.words))
        if number == len(self.words):
            self.words.append(words)
        return number


Values: TypeAlias = dict[str, list[str | None]]
"""The values of each dimension that the page tells apart."""


def page_data(slices: Slices, run: Tally, hidden: HiddenLosses) -> View:
    """Return all that the page's script needs.

    Slices say what was judged, the run's tally adds what could not be read.
    """
    shared = Shared()
    values = {dimension: biggest(slices, dimension) for dimension in slices.dimensions}
    views = [view(slices.whole, values, slices.trend, shared)]
    filters = []
    for dimension, parts in slices.parts.items():
        if values[dimension]:
            filters.append({"dimension": dimension, "first": len(views)})
        views += [view(parts[value], values, slices.trend, shared) for value in values[dimension]]
    return {
        "verdicts": [_verdict_words(verdict) for verdict in JUDGED],
        "facts": [FACTS[fact] for fact in JUDGED_FACTS],
        "gaps": GAP_LABELS,
        "names": {by: list(map(name_of, told)) for by, told in values.items() if told},
        "filters": filters,
        "slices": views,
        "hidden": hidden_rows(hidden, values, shared),
        "failures": failures(run),
        "words": shared.words,
    }


def _verdict_words(verdict: Verdict) -> View:
    words = WORDINGS[verdict]
    return {"id": verdict.value, "label": words.label, "sentence": words.sentence}


def biggest(slices: Slices, dimension: str) -> list[str | None]:
    """Return the biggest values in the order of their names, what has none at the end.

    None at all where nothing has a value.
    """
    groups = slices.whole.groups[dimension]
    if not groups.keys() - {None}:
        return []
    by_size = sorted(groups, key=lambda value: (-groups[value].total, value or ""))
    return sorted(by_size[:MOST_GROUPS], key=lambda value: (value is None, value or ""))


def name_of(value: str | None) -> str:
    return NO_VALUE if value is None else shortened(printable(value), LONGEST)


def view(tally: Tally, values: Values, period: str, shared: Shared) -> View:
    """Return what the page shows of one slice; counts are in the order that the page names them."""
    group = tally.all
    return {
        "total": group.total,
        "headline": headline(group),
        "verdicts": verdict_counts(group),
        "matrix": matrix(group),
        "levers": levers(group, shared),
        "groups": {d: groups_rows(tally, d, told) for d, told in values.items() if told},
        "trend": trend(tally, period),
        "books": books(group),
        "gaps": gaps(tally),
        "quality": quality(group),
    }


def verdict_counts(group: Group) -> list[int]:
    return list(group.verdicts().values())


def headline(group: Group) -> View:
    """Say the result in words: the share, the wins, the losses and the biggest lever."""
    if not group.total:
        return {"share": "", "wins": "Nothing was judged.", "losses": "", "lever": ""}
    won = group.verdicts()[Verdict.WIN_WIN_WIN]
    are = "is" if 1 in (won, group.total) else "are"
    return {
        "share": percent(share(won, group.total)),
        "wins": f"{won:,} of {interactions(group.total)} {are} WIN/WIN/WIN.",
        "losses": losses_sentence(group),
        "lever": sentence(lever_sentence(group)),
    }


def losses_sentence(group: Group) -> str:
    lost = group.verdicts()[Verdict.ORGANIZATION_LOSES]
    if not lost:
        return "The organization loses in none of them."
    said = f"In {lost:,} ({percent(share(lost, group.total))}) the organization loses"
    hidden = hidden_total(group)
    if not hidden:
        return f"{said}."
    return f"{said}; {hidden:,} of them {'is' if hidden == 1 else 'are'} booked as won."


def hidden_total(group: Group) -> int:
    """Count the interactions that are booked as won and ruled lost."""
    return group.backtest().cells["lost", "won"]


def matrix(group: Group) -> list[list[int]]:
    """Return the nine cells by row: how many, and of how many the organization won, lost, neither."""
    cells = group.matrix()
    rows = []
    for salesperson in OUTCOMES:
        for customer in OUTCOMES:
            ruled = [cells[salesperson, customer, organization] for organization in OUTCOMES]
            rows.append([sum(ruled), *ruled])
    return rows


def levers(group: Group, shared: Shared) -> View:
    found = group.levers()
    rows = [
        [shared.number(f"If {had(remedy)}"), shared.number(f"if {had(remedy)}"), turned]
        for remedy, turned in found[:MOST_LEVERS]
    ]
    left = len(found) - len(rows)
    return {"rows": rows, "more": f"and {count(left, 'smaller one')}" if left else ""}


def sentence(words: str) -> str:
    """Make a sentence of what the summary says after a label; '' of nothing."""
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def groups_rows(tally: Tally, dimension: str, told: Sequence[str | None]) -> list[list[Any]]:
    """Return place and verdict counts of the values told apart, the biggest first, then all others."""
    groups = tally.groups.get(dimension, {})
    places = [place for place, value in enumerate(told) if value in groups]
    places.sort(key=lambda place: -groups[told[place]].total)
    rows: list[list[Any]] = [[place, *verdict_counts(groups[told[place]])] for place in places]
    others = [Rest(1, groups[value]) for value in groups.keys() - set(told)]
    others += [tally.rest[dimension]] if dimension in tally.rest else []
    if others:
        summed = [verdict_counts(rest.group) for rest in others]
        number = sum(rest.values for rest in others)
        rows.append([f"({count(number, 'other')})", *map(sum, zip(*summed, strict=True))])
    return rows


def trend(tally: Tally, period: str) -> View:
    """Return the verdicts by day, week or month.

    Interactions without a date, and those before the first row, are in none of the rows; their
    numbers stand beside them.
    """
    groups = tally.groups.get(period, {})
    values = sorted(value for value in groups if value is not None)
    shown = without_holes(values, period)
    rows = [
        [value, *(verdict_counts(groups[value]) if value in groups else [0] * len(JUDGED))]
        for value in shown
    ]
    dated = sum(groups[value].total for value in values)
    earlier = sum(groups[value].total for value in values if value < shown[0])
    return {
        "period": period,
        "rows": rows,
        "undated": tally.all.total - dated,
        "earlier": earlier,
    }


def without_holes(values: Sequence[str], period: str) -> Sequence[str]:
    """Put in the periods in which nothing happened, where there is room for them."""
    if not values:
        return values
    start, form = PERIOD_STARTS[period]
    day, end = start(values[0]), start(values[-1])
    whole: list[str] = []
    for passed in range((end - day).days + 1):
        if len(whole) > MOST_PERIODS[period]:
            break
        if (value := (day + timedelta(passed)).strftime(form)) not in whole[-1:]:
            whole.append(value)
    return whole if len(whole) <= MOST_PERIODS[period] else values[-MOST_PERIODS[period] :]


def books(group: Group) -> View | None:
    """Compare rules and books: the cells by row, and the agreement; None where nothing is booked."""
    test = group.backtest()
    if not test.compared:
        return None
    cells = [test.cells[ruled, booked] for ruled in ("won", "lost") for booked in ("won", "lost")]
    low, high = test.interval
    agreed = share(test.agreeing, test.compared)
    said = f"They agree on {agreement_sentence(test)}."
    if test.unruled:
        said += f" {sentence(UNRULED + f': {test.unruled:,}')}"
    return {
        "cells": cells,
        "share": round(agreed, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "said": said,
    }


def gaps(tally: Tally) -> View | None:
    """Count the gaps by length; None where no interaction has both times."""
    spread = tally.gaps
    if spread is None:
        return None
    said = f"{sentence(gaps_sentence(spread))} The shorter the better."
    return {"bins": spread.lengths, "said": said}


def quality(group: Group) -> list[list[int]]:
    """Count by fact how often it was recorded, assumed, missing."""
    return [
        [origins["recorded"], origins["assumed"], origins["missing"]]
        for origins in group.origins().values()
    ]


def failures(run: Tally) -> str:
    """Say what could not be read in the whole run; '' where everything could."""
    said = unjudged_words(run.invalid, run.unreadable)
    return f"Not judged, so in none of the figures: {said}." if said else ""


def hidden_rows(hidden: HiddenLosses, values: Values, shared: Shared) -> list[list[Any]]:
    """Return name, date, triple, reason and groups of hidden losses.

    A group is the place of a value that is told apart, or its name where it isn't.
    """
    return [
        [
            name_of(loss.name),
            loss.date or "",
            shared.number(loss.triple),
            shared.number(loss.reason),
            [
                told.index(value)
                if (value := loss.groups.get(dimension)) in told
                else name_of(value)
                for dimension, told in values.items()
                if told
            ],
        ]
        for loss in hidden.rows
    ]

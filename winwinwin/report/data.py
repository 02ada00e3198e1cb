"""What the report shows, as plain values that JSON has: a view of every slice, and the calls."""

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

from winwinwin.errors import count
from winwinwin.facts import JUDGED_FACTS
from winwinwin.kernel.judgement import Origin
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.verdict import JUDGED, WORDINGS, Verdict
from winwinwin.pages import summary
from winwinwin.pages.ask import ask_sentence
from winwinwin.pages.shares import INTERVAL
from winwinwin.pages.summary import UNRULED, agreement_sentence, gaps_sentence, lever_sentence
from winwinwin.pages.talk import Call, number_of
from winwinwin.pages.words import (
    FACTS,
    FEW,
    had,
    interactions,
    interval_words,
    once_known,
    share,
    share_words,
    sure_words,
    unjudged_words,
    value_words,
)
from winwinwin.renderers.looks import LOOKS, fill
from winwinwin.report.counts import IS_LOSS, row, verdict_counts
from winwinwin.report.groups import biggest, funnel, groups_view
from winwinwin.report.shared import Shared, Values, name_of
from winwinwin.report.talk import talk_data
from winwinwin.report.trend import trend
from winwinwin.stats.bounds import Bounds, agrees_with_books, has_verdict
from winwinwin.stats.comparison import WATCHED
from winwinwin.stats.groups import Group
from winwinwin.stats.slices import Slices
from winwinwin.stats.standing import IS_WIN
from winwinwin.stats.tally import Tally

View: TypeAlias = dict[str, Any]

GAP_LABELS = (
    "customer first",
    "under 1 min",
    "1 min to 1 h",
    "1 to 4 h",
    "4 h to 1 d",
    "1 to 2 d",
    "2 to 7 d",
    "7 to 30 d",
    "30 d or more",
)
"""The labels of the lengths of gaps, between `tally.GAP_EDGES`."""


ORIGINS: dict[Origin, str] = {
    "recorded": LOOKS["plain"].fill,
    "assumed": "var(--pale)",
    "missing": LOOKS["open"].fill,
}
"""Where a fact's value comes from, and what is filled with it."""


def page_data(slices: Slices, run: Tally, calls: Sequence[Call], rulebook: Rulebook) -> View:
    """Return all that the page's script needs.

    The slices count what was judged; the run's tally adds what could not be read.
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
        "watched": [_verdict_words(verdict) for verdict in WATCHED],
        "outcomes": list(map(value_words, summary.OUTCOMES)),
        "origins": [{"label": origin, "fill": fill} for origin, fill in ORIGINS.items()],
        "facts": [FACTS[fact] for fact in JUDGED_FACTS],
        "gaps": GAP_LABELS,
        "dimensions": [[by, name_of(by)] for by, listed in values.items() if listed],
        "names": {by: list(map(name_of, listed)) for by, listed in values.items() if listed},
        "funnels": [funnel(slices.whole, by, listed) for by, listed in values.items() if listed],
        "filters": filters,
        "all": row("all", slices.whole.all, shared),
        "slices": views,
        "talk": talk_data(calls, rulebook, values, slices.trend, shared),
        "failures": failures(run),
        "words": shared.words,
        "intervals": shared.intervals,
        "periods": shared.periods,
    }


def _verdict_words(verdict: Verdict) -> View:
    words = WORDINGS[verdict]
    return {
        "id": verdict.value,
        "label": words.label,
        "sentence": words.sentence,
        "fill": fill(verdict),
    }


def view(tally: Tally, values: Values, period: str, shared: Shared) -> View:
    """Return what the page shows about one slice; counts are in the order of its names."""
    group = tally.all
    return {
        "total": group.total,
        "headline": headline(group),
        "verdicts": verdict_counts(group),
        "shares": [share_words(group.share(has_verdict(verdict))) for verdict in JUDGED],
        "matrix": matrix(group),
        "levers": levers(group, shared),
        "groups": groups_view(tally, values, shared),
        "trend": trend(tally, period, shared),
        "books": books(group),
        "hidden": group.backtest().hidden,
        "talk": number_of(group),
        "ask": ask_sentence(group),
        "gaps": gaps(tally),
        "quality": quality(group),
    }


def headline(group: Group) -> View:
    """Say the result in words: the share, the wins, the losses and the biggest lever."""
    if not group.total:
        return {"share": "", "wins": "Nothing was judged.", "losses": "", "lever": ""}
    found = group.share(IS_WIN)
    are = "is" if 1 in (found.sure, group.total) else "are"
    wins = f"{found.sure:,} of {interactions(group.total)} {are} WIN/WIN/WIN"
    lever = lever_sentence(group)
    return {
        "share": sure_words(found),
        "wins": f"{wins}{possible_clause(found)}.",
        "losses": losses_sentence(group),
        "lever": f"Biggest lever: {lever}." if lever else "",
    }


def possible_clause(found: Bounds) -> str:
    """Say what a number of hits can become, and how far their share holds beyond these interactions."""
    interval = interval_words(found)
    most = f", up to {found.possible:,} {once_known(found.open)}" if found.open else ""
    return most + (f" ({INTERVAL} {interval})" if interval else "")


def losses_sentence(group: Group) -> str:
    found = group.share(IS_LOSS)
    if not found.possible:
        return "The organization loses in none of them."
    said = (
        f"The organization loses in {found.sure:,} of {found.fewest_of:,}{possible_clause(found)}"
    )
    hidden = group.backtest().hidden
    if not hidden:
        return f"{said}."
    return f"{said}; {hidden:,} of them {'is' if hidden == 1 else 'are'} booked as won."


def matrix(group: Group) -> list[list[str]]:
    """Return the nine tiles of the summary by row: number, share, words, and what fills them."""
    tiles = (tile for _, tiles in summary.matrix(group).rows for tile in tiles)
    return [
        [tile.number, tile.share, unbroken(tile.words), LOOKS[tile.tone].fill] for tile in tiles
    ]


def unbroken(words: str) -> str:
    """Keep each outcome on a line with its number: `LOSE 7, ? 1`."""
    return re.sub(r" (?=\d)", "\u00a0", words)


def levers(group: Group, shared: Shared) -> View:
    found = group.levers()
    rows = [[shared.number(had(remedy)), turned] for remedy, turned in found[: summary.MOST_LEVERS]]
    left = len(found) - len(rows)
    return {"rows": rows, "more": f"and {count(left, 'smaller one')}" if left else ""}


def sentence(words: str) -> str:
    """Make a sentence of what the summary says after a label."""
    return f"{words[:1].upper()}{words[1:]}."


def books(group: Group) -> View | None:
    """Compare rules and books: the cells by row, and how often they agree; None where nothing is booked."""
    test = group.backtest()
    if not test.compared:
        return None
    cells = [test.cells[ruled, booked] for ruled in ("won", "lost") for booked in ("won", "lost")]
    found = group.share(agrees_with_books)
    low, high = found.interval
    agreed = share(test.agreeing, test.compared)
    said = f"They agree on {agreement_sentence(group)}."
    if test.unruled:
        said += f" {sentence(UNRULED + f': {test.unruled:,}')}"
    return {
        "cells": cells,
        "share": round(agreed, 4),
        "low": round(low, 4),
        "high": round(high, 4),
        "isRate": test.compared >= FEW,
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
    """Count for each fact how often it was recorded, assumed, missing."""
    return [[origins[origin] for origin in ORIGINS] for origins in group.origins().values()]


def failures(run: Tally) -> str:
    """Say what could not be read in the whole run; '' where everything could."""
    said = unjudged_words(run.invalid, run.unreadable)
    return f"Not judged, so in none of the figures: {said}." if said else ""

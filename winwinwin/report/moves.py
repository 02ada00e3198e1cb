"""What changed between two runs, as charts: pictures without a script, for a page."""

from collections.abc import Iterator
from typing import Any

import altair as alt
import vl_convert

from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.comparison import points, tone_of
from winwinwin.renderers.html import escape
from winwinwin.renderers.looks import LOOKS, fill
from winwinwin.report.charts import (
    LINE,
    PAPER,
    Chart,
    lines,
    over_bars,
    percents,
    styled,
    verdict_colours,
)
from winwinwin.report.groups import name_of
from winwinwin.stats.comparison import Change, Comparison
from winwinwin.stats.slices import MOST_GROUPS
from winwinwin.vocabulary import Tone

WIDTH = 330
"""Pixels of a chart: a phone has room for it."""
KEYS: dict[Tone, str] = {
    "won": "significantly better",
    "lost": "significantly worse",
    "plain": "not significant",
}
"""What the colour of a change means, by its tone."""
SHARE = WORDINGS[Verdict.WIN_WIN_WIN].label


def figures(comparison: Comparison) -> str:
    """Return the charts as HTML: the verdicts of both runs, and the share of wins by group."""
    return f'<div class="figures">\n{"".join(_figures(comparison))}</div>\n'


def _figures(comparison: Comparison) -> Iterator[str]:
    if not (comparison.before.all.total and comparison.after.all.total):
        return
    keys = [(fill(verdict), WORDINGS[verdict].label) for verdict in comparison.verdicts]
    yield _figure("Shares of the verdicts, before and after", keys, verdicts(comparison.verdicts))
    for by, groups in comparison.groups.items():
        changed = {value: changes[Verdict.WIN_WIN_WIN] for value, changes in groups.items()}
        both = {name: it for name, it in changed.items() if it.before.total and it.after.total}
        biggest = sorted(
            both, key=lambda value: -(both[value].before.total + both[value].after.total)
        )
        chosen = {name_of(value): both[value] for value in biggest[:MOST_GROUPS]}
        if not chosen:
            continue
        left = len(changed) - len(chosen)
        more = f"; {left:,} more only in the table" if left else ""
        keys = [(LOOKS[tone].fill, words) for tone, words in KEYS.items()]
        caption = f"{SHARE} by {by}: from the ring (before) to the dot (after){more}"
        yield _figure(caption, keys, groups_moved(chosen))


def verdicts(changes: dict[Verdict, Change]) -> Chart:
    """Draw the shares of both runs as two bars, one above the other."""
    rows = [
        {"run": run, "verdict": WORDINGS[verdict].label, "share": part.share, "place": place}
        for place, (verdict, change) in enumerate(changes.items())
        for run, part in (("before", change.before), ("after", change.after))
    ]
    base = alt.Chart(alt.InlineData(rows)).encode(y=lines("run"))
    bars = base.mark_bar(stroke=PAPER, strokeWidth=1, height=14, yOffset=10).encode(
        x=alt.X("share:Q", title=None, axis=percents()), color=verdict_colours(), order="place:Q"
    )
    names = over_bars(base.transform_filter("datum.place === 0"), "run")
    return (bars + names).properties(height=2 * LINE)


def groups_moved(changes: dict[str, Change]) -> Chart:
    """Draw a line for each group from its share before to its share after."""
    rows = [
        {
            "group": f"{name} ({points(change)})",
            "before": change.before.share,
            "after": change.after.share,
            "colour": LOOKS[tone_of(change, 1)].fill,
        }
        for name, change in changes.items()
    ]
    lined = alt.Chart(alt.InlineData(rows)).encode(y=lines("group"))
    base = lined.encode(color=alt.Color("colour:N", scale=None, legend=None))
    scale = alt.Scale(domain=[0, 1])
    before = alt.X("before:Q", scale=scale, title=None, axis=percents())
    rule = base.mark_rule(strokeWidth=3, yOffset=10).encode(x=before, x2="after:Q")
    ring = base.mark_point(size=70, strokeWidth=2, fill=PAPER, opacity=1, yOffset=10).encode(
        x=before
    )
    dot = base.mark_point(size=90, filled=True, opacity=1, yOffset=10).encode(
        x=alt.X("after:Q", scale=scale)
    )
    return (rule + ring + dot + over_bars(lined, "group")).properties(height=LINE * len(rows))


def _figure(caption: str, keys: list[tuple[str, str]], chart: Chart) -> str:
    legend = "".join(
        f'<li><i class="key" aria-hidden="true" style="background:{colour}"></i>{escape(words)}</li>'
        for colour, words in keys
    )
    said = escape(caption)
    return (
        f'<figure><figcaption>{said}</figcaption>\n<ul class="legend">{legend}</ul>\n'
        f'<div class="chart" role="img" aria-label="{said}">{picture(chart)}</div></figure>\n'
    )


def picture(chart: Chart) -> str:
    """Return a chart as SVG; the element around it has the label."""
    spec: dict[str, Any] = styled(chart.properties(width=WIDTH)).to_dict()
    spec["autosize"] = {"type": "fit-x", "contains": "padding"}
    svg: str = vl_convert.vegalite_to_svg(spec)
    return svg.replace("<svg ", '<svg aria-hidden="true" ', 1)

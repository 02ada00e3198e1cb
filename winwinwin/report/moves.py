"""What changed between two runs, as charts: pictures without a script, for a page."""

import json
from collections.abc import Mapping
from typing import Any

import altair as alt
import vl_convert

from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.changes import points, signed, tone_of
from winwinwin.renderers.html import escape
from winwinwin.renderers.looks import LOOKS, fill
from winwinwin.report.charts import (
    INK,
    LINE,
    PAPER,
    Chart,
    lines,
    over_bars,
    percents,
    styled,
    verdict_colours,
)
from winwinwin.report.shared import name_of
from winwinwin.stats.comparison import Change, Comparison
from winwinwin.stats.over_time import Periods
from winwinwin.stats.slices import MOST_GROUPS
from winwinwin.vocabulary import Tone

NARROW = "bandwidth('x') < 90"
"""Whether a bar is too narrow for the label below it."""
INWARD = {
    "condition": [
        {"test": f"datum.index > 0.9 && {NARROW}", "value": "right"},
        {"test": f"datum.index < 0.1 && {NARROW}", "value": "left"},
    ],
    "value": "center",
}
WIDTH = 330
"""Pixels of a chart: a phone has room for it."""
ROOM = 140
"""Pixels of it for the points at the end of a line."""
KEYS: dict[Tone, str] = {
    "won": "significantly better",
    "lost": "significantly worse",
    "open": "may be significant",
    "plain": "not significant",
}
"""What the colour of a change means, by its tone."""
BAND = "up to what is possible, with the 95% interval around both"
FEW_ROWS = 2
"""Periods up to which each has a bar of its own for its interval."""
SHARE = WORDINGS[Verdict.WIN_WIN_WIN].label


def verdict_figure(comparison: Comparison) -> str:
    """Return the verdicts of both runs as HTML."""
    keys = [(fill(verdict), WORDINGS[verdict].label) for verdict in comparison.verdicts]
    caption = "Shares of the verdicts as recorded, before and after"
    return _figure(caption, keys, verdicts(comparison.verdicts))


def group_figures(by: str, groups: Mapping[str | None, Change]) -> list[str]:
    """Return the share of wins by group as HTML, the biggest groups in their order; [] for none."""
    sizes = {
        value: change.before.most_of + change.after.most_of for value, change in groups.items()
    }
    biggest = sorted(groups, key=lambda value: -sizes[value])[:MOST_GROUPS]
    chosen = {name_of(value): change for value, change in groups.items() if value in biggest}
    if not chosen:
        return []
    left = len(groups) - len(chosen)
    more = f"; {left:,} more only in the table" if left else ""
    keys = [(LOOKS[tone].fill, words) for tone, words in KEYS.items()]
    caption = (
        f"{SHARE} by {by}, as recorded: from the ring (before) to the dot (after), in points{more}"
    )
    return [_figure(caption, keys, groups_moved(chosen))]


def course_figure(periods: Periods, verdict: Verdict) -> str:
    """Return a share over all periods as HTML, with its bounds and its interval."""
    wording = WORDINGS[verdict]
    colour = LOOKS[wording.tone].fill
    keys = [(colour, "as recorded"), (f"color-mix(in srgb, {colour} 25%, transparent)", BAND)]
    return _figure(f"{wording.label} by period", keys, course(periods, verdict))


def course(periods: Periods, verdict: Verdict) -> Chart:
    """Draw a share as a line over the periods, in the band of its interval."""
    shares = zip(periods.names, periods.verdicts[verdict], strict=True)
    rows = [
        {
            "place": place,
            "period": name_of(name),
            "share": found.share_sure,
            "low": found.interval.low,
            "high": found.interval.high,
        }
        for place, (name, found) in enumerate(shares)
        if found.most_of
    ]
    colour = LOOKS[WORDINGS[verdict].tone].fill
    names = {row["place"]: row["period"] for row in rows}
    axis = alt.Axis(
        labelAngle=0,
        labelAlign=INWARD,
        labelOverlap="greedy",
        labelSeparation=8,
        labelLimit=110,
        labelExpr=f"{json.dumps(names)}[datum.value]",
    )
    base = alt.Chart(alt.InlineData(rows)).encode(x=alt.X("place:O", title=None, axis=axis))
    scale = alt.Scale(domain=[0, 1])
    band = base.mark_area(color=colour, opacity=0.25).encode(
        y=alt.Y("low:Q", scale=scale, title=None, axis=percents()), y2="high:Q"
    )
    ends = base.mark_rule(color=colour, opacity=0.25, strokeWidth=8).encode(y="low:Q", y2="high:Q")
    line = base.mark_line(color=colour, point=alt.OverlayMarkDef(size=60, color=colour)).encode(
        y="share:Q"
    )
    return ((band if len(rows) > FEW_ROWS else ends) + line).properties(height=200)


def verdicts(changes: dict[Verdict, Change]) -> Chart:
    """Draw the shares of both runs as two bars, one above the other."""
    rows = [
        {"run": run, "verdict": WORDINGS[verdict].label, "share": part.share_sure, "place": place}
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
            "group": name,
            "points": signed(points(change).removesuffix(" points")),
            "before": change.before.share_sure,
            "after": change.after.share_sure,
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
    names = over_bars(lined, "group", spare=ROOM)
    moved = lined.mark_text(align="right", dy=-8, color=INK).encode(
        x=alt.value(alt.ExprRef("width")), text="points:N"
    )
    return (rule + ring + dot + names + moved).properties(height=LINE * len(rows))


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

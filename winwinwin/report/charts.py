"""The charts of the report as Vega-Lite specifications; the page's script hands them their rows.

The height of a chart with a line for each row is its step (`usermeta`) times the rows.

Colours are CSS variables of the page, so that light, dark and print need no chart of their own.
"""

from typing import Any, TypeAlias

import altair as alt

from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.renderers.looks import LOOKS, fill
from winwinwin.report.data import GAP_LABELS, ORIGINS

Spec: TypeAlias = dict[str, Any]
Chart: TypeAlias = Any
"""An altair chart, layered or not: its methods are not typed more closely."""

ROWS = "rows"
"""The name of every chart's data."""
INK, MUTED, GRID, PAPER = "var(--ink)", "var(--muted)", "var(--grid)", "var(--card)"
PLAIN = LOOKS["plain"].fill
FIT = alt.AutoSizeParams(type="fit-x", contains="padding")
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"
WHOLE = "datum.value % 1 ? '' : format(datum.value, ',')"
"""A label for whole numbers only: there are no half interactions."""
WITH_NUMBER = "truncate(datum.label, 18, 'center')"
"""A long name cut in its middle: the number is at its end."""
NARROW = "bandwidth('x') < 90"
"""Whether a bar is too narrow for the label below it."""
INWARD = {
    "condition": [
        {"test": f"datum.index > 0.9 && {NARROW}", "value": "right"},
        {"test": f"datum.index < 0.1 && {NARROW}", "value": "left"},
    ],
    "value": "center",
}
"""Keeps the labels at the ends of an axis within the chart."""
WIDEST = 120
"""Pixels of the widest bar that stands for a period."""
STEP, LINE = 30, 42
"""Pixels from one bar to the next, and from one bar with its name above it to the next."""


def specs() -> dict[str, Spec]:
    """Return every chart, by the id of its element on the page."""
    charts = {
        "levers": levers(),
        "groups": groups(),
        "trend": trend(),
        "gaps": gaps(),
        "books": books(),
        "quality": quality(),
    }
    return {name: _wide(chart).to_dict() for name, chart in charts.items()}


def levers() -> Chart:
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=lines("words"),
        x=alt.X("turned:Q", title=None, axis=None),
        tooltip=[
            alt.Tooltip("words:N", title="if"),
            alt.Tooltip("turned:Q", title="would fix", format=","),
        ],
    )
    bars = base.mark_bar(color=LOOKS["won"].fill, cornerRadiusEnd=3, height=12, yOffset=10)
    numbers = base.mark_text(align="left", dx=6, dy=10, fontWeight=600, color=INK).encode(
        text=alt.Text("turned:Q", format=",")
    )
    return (bars + numbers + over_bars(base, "label")).properties(usermeta={"step": LINE})


def groups() -> Chart:
    return (
        alt.Chart(alt.NamedData(ROWS))
        .mark_bar(stroke=PAPER, strokeWidth=1)
        .encode(
            y=alt.Y("group:N", sort=None, title=None, axis=_names(150, labelExpr=WITH_NUMBER)),
            x=alt.X("count:Q", stack="normalize", title=None, axis=percents()),
            color=verdict_colours(),
            order="place:Q",
            tooltip=_tooltip("group"),
        )
        .properties(usermeta={"step": STEP})
    )


def trend() -> Chart:
    return (
        alt.Chart(alt.NamedData(ROWS))
        .mark_bar(stroke=PAPER, strokeWidth=1, width=alt.ExprRef(f"min(bandwidth('x'), {WIDEST})"))
        .encode(
            x=alt.X(
                "period:O",
                title=None,
                axis=alt.Axis(
                    labelAngle=0, labelAlign=INWARD, labelOverlap=True, labelSeparation=8
                ),
            ),
            y=alt.Y("count:Q", title="interactions", axis=alt.Axis(labelExpr=WHOLE)),
            color=verdict_colours(),
            order="place:Q",
            tooltip=_tooltip("period"),
        )
        .properties(height=220)
    )


def gaps() -> Chart:
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=alt.Y("gap:N", sort=list(GAP_LABELS), title=None, axis=_names(150)),
        x=alt.X("count:Q", title=None, axis=None),
        tooltip=[alt.Tooltip("gap:N"), alt.Tooltip("count:Q", title="interactions", format=",")],
    )
    is_early = f"datum.gap === '{GAP_LABELS[0]}'"
    bars = base.mark_bar(cornerRadiusEnd=3).encode(
        color=alt.condition(is_early, alt.value(LOOKS["order"].fill), alt.value(PLAIN))
    )
    numbers = base.mark_text(align="left", dx=6, color=INK).encode(
        text=alt.Text("count:Q", format=",")
    )
    return (bars + numbers).properties(usermeta={"step": STEP})


def books() -> Chart:
    base = alt.Chart(alt.NamedData(ROWS))
    tooltip = [
        alt.Tooltip("share:Q", title="agree", format=".1%"),
        alt.Tooltip("low:Q", title="at least", format=".1%"),
        alt.Tooltip("high:Q", title="at most", format=".1%"),
    ]
    scale = alt.Scale(domain=[0, 1])
    interval = base.mark_bar(height=10, cornerRadius=5, color=PLAIN, opacity=0.3).encode(
        x=alt.X("low:Q", scale=scale, title=None, axis=percents()), x2="high:Q", tooltip=tooltip
    )
    point = base.mark_point(
        filled=True, size=180, color=PLAIN, stroke=PAPER, strokeWidth=2, opacity=1
    ).encode(x="share:Q", tooltip=tooltip)
    return (interval + point).properties(height=50)


def quality() -> Chart:
    base = alt.Chart(alt.NamedData(ROWS)).encode(y=lines("fact"))
    bars = base.mark_bar(stroke=PAPER, strokeWidth=1, height=14, yOffset=10).encode(
        x=alt.X("count:Q", stack="normalize", title=None, axis=percents()),
        color=alt.Color(
            "origin:N",
            legend=None,
            scale=alt.Scale(domain=list(ORIGINS), range=list(ORIGINS.values())),
        ),
        order="place:Q",
        tooltip=["fact:N", "origin:N", alt.Tooltip("count:Q", format=",")],
    )
    names = over_bars(base.transform_filter("datum.place === 0"), "fact")
    return (bars + names).properties(usermeta={"step": LINE})


def lines(field: str) -> alt.Y:
    """Give each bar a line of its own, with room for its name above it."""
    return alt.Y(f"{field}:N", sort=None, title=None, axis=None)


def over_bars(base: Chart, field: str) -> Chart:
    """Write each bar's name above it, where a phone has room for it too."""
    return base.mark_text(align="left", dy=-8, color=INK, limit=alt.ExprRef("width")).encode(
        x=alt.value(0), text=f"{field}:N", tooltip=alt.value(None)
    )


def verdict_colours() -> alt.Color:
    labels = [WORDINGS[verdict].label for verdict in JUDGED]
    colours = list(map(fill, JUDGED))
    return alt.Color("verdict:N", legend=None, scale=alt.Scale(domain=labels, range=colours))


def _tooltip(what: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip(f"{what}:N"),
        alt.Tooltip("verdict:N"),
        alt.Tooltip("count:Q", format=","),
        alt.Tooltip("share:Q", format=".0%"),
    ]


def _names(limit: int, **more: Any) -> alt.Axis:
    return alt.Axis(labelLimit=limit, labelPadding=8, ticks=False, domain=False, **more)


def percents() -> alt.Axis:
    return alt.Axis(format=".0%", tickCount=4)


def _wide(chart: Chart) -> Chart:
    """Make a chart as wide as its place on the page."""
    return styled(chart.properties(width="container", autosize=FIT))


def styled(chart: Chart) -> Chart:
    return (
        chart.properties(background="transparent")
        .configure(font=FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK,
            titleColor=MUTED,
            gridColor=GRID,
            domainColor=GRID,
            tickColor=GRID,
            labelFontSize=13,
            titleFontSize=12,
            titleFontWeight="normal",
        )
        .configure_text(fontSize=13)
        .configure_scale(bandPaddingInner=0.3)
    )

"""The charts of the report as Vega-Lite specifications; the page's script hands them their rows.

The height of a chart with a line for each row is its step (`usermeta`) times the rows.

Colours are CSS variables of the page, so that light, dark and print need no chart of their own.
"""

from functools import cache
from typing import Any, TypeAlias

import altair as alt

from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages.shares import INTERVAL
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
DAY = "utcFormat(datum.value, period === 'month' ? '%b %Y' : '%-d %b')"
"""The label of a day, or of the month that it begins."""
DASHES = alt.Scale(domain=["95%", "99.8%"], range=[[1, 0], [5, 4]])
"""The lines of the inner and the outer limits of chance."""
AGREEMENT = f"share where they agree, with its {INTERVAL}"
BESIDE_NUMBERS: list[Any] = [0, alt.ExprRef("width - 48")]
"""Where bars may be that have their numbers at their ends."""
FUNNEL = 360
"""Pixels of the height of a funnel."""
STEP, LINE = 30, 42
"""Pixels from one bar to the next, and from one bar with its name above it to the next."""


@cache
def specs() -> dict[str, Spec]:
    """Return every chart, by the id of its element on the page; nothing in them depends on a run."""
    charts = {
        "funnel": funnel(),
        "trend": trend(),
        "gaps": gaps(),
        "books": books(),
        "quality": quality(),
    }
    return {name: _wide(chart).to_dict() for name, chart in charts.items()}


def funnel() -> Chart:
    """Draw each group by its size and its share, from sure to possible, within the limits of chance."""
    limits = alt.Chart(alt.NamedData("limits"))
    size = alt.X(
        "size:Q",
        title="interactions",
        scale=alt.Scale(type="sqrt", zero=False, nice=False, padding=16),
    )
    drawn = [
        limits.mark_line(color=MUTED, strokeWidth=1).encode(
            x=size, y=share(end), strokeDash=alt.StrokeDash("level:N", scale=DASHES, legend=None)
        )
        for end in ("low", "high")
    ]
    middle = limits.mark_rule(color=MUTED, strokeWidth=1.5).encode(y=share("mean(share)"))
    tooltip = [
        alt.Tooltip("group:N"),
        alt.Tooltip("size:Q", title="interactions", format=","),
        alt.Tooltip("words:N", title="win share"),
    ]
    dots = alt.Chart(alt.NamedData(ROWS)).encode(x=size, tooltip=tooltip)
    span = dots.mark_rule(color=PLAIN, strokeWidth=2, opacity=0.35).encode(
        y=share("share"), y2="possible:Q"
    )
    dot = dots.mark_point(filled=True, color=PLAIN, opacity=1, stroke=PAPER, strokeWidth=1).encode(
        y=share("share"),
        size=alt.condition("datum.picked", alt.value(260), alt.value(80)),
    )
    names = (
        alt.Chart(alt.NamedData("labels"))
        .mark_text(
            baseline="middle",
            align=alt.ExprRef("datum.align"),
            dx=alt.ExprRef("datum.dx"),
            dy=alt.ExprRef("datum.dy"),
        )
        .encode(x=size, y=share("share"), text="group:N", color=alt.value(INK))
    )
    return alt.layer(*drawn, middle, span, dot, names).properties(height=FUNNEL)


def trend() -> Chart:
    """Draw the shares that are watched by period: what is sure as a line, up to what is possible as a band."""
    lined = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X(
            "day:T",
            title=None,
            scale=alt.Scale(type="utc", padding=14),
            axis=alt.Axis(
                values=alt.ExprRef("days"),
                labelExpr=DAY,
                labelOverlap=True,
                labelSeparation=8,
                grid=False,
            ),
        ),
        color=alt.Color("line:N", legend=None, scale=verdict_scale()),
    )
    chance = lined.mark_area(opacity=0.13, line=False).encode(
        y=share("low", "percent of the interactions"), y2="high:Q"
    )
    band = lined.mark_area(opacity=0.3, line=False).encode(y=share("share"), y2="possible:Q")
    line = lined.mark_line(strokeWidth=2).encode(y=share("share"))
    point = lined.mark_point(filled=True, size=60, opacity=1).encode(
        y=share("share"),
        tooltip=[
            alt.Tooltip("period:N"),
            alt.Tooltip("line:N", title="share of"),
            alt.Tooltip("words:N", title="share"),
            alt.Tooltip("interval:N", title=INTERVAL),
            alt.Tooltip("total:Q", title="interactions", format=","),
        ],
    )
    return alt.layer(chance, band, line, point).properties(height=240)


def gaps() -> Chart:
    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=alt.Y("gap:N", sort=list(GAP_LABELS), title=None, axis=_names(150)),
        x=alt.X("count:Q", title=None, axis=None, scale=alt.Scale(range=BESIDE_NUMBERS)),
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
    scale = alt.Scale(domain=[0, 1])
    tooltip = [
        alt.Tooltip(f"{end}_words:N", title=title)
        for end, title in (("share", "agree"), ("low", "at least"), ("high", "at most"))
    ]
    interval = base.mark_bar(height=10, cornerRadius=5, color=PLAIN, opacity=0.3).encode(
        x=alt.X("low:Q", scale=scale, title=AGREEMENT, axis=percents()),
        x2="high:Q",
        tooltip=tooltip,
    )
    point = base.mark_point(
        filled=True, size=180, color=PLAIN, stroke=PAPER, strokeWidth=2, opacity=1
    ).encode(x="share:Q", tooltip=tooltip)
    sides: dict[str, dict[str, Any]] = {
        "low": {"align": "right", "dx": -6},
        "share": {"align": "center", "dy": -18},
        "high": {"align": "left", "dx": 6},
    }
    ends = [
        base.mark_text(color=INK, **side).encode(
            x=f"{end}:Q", text=f"{end}_words:N", tooltip=alt.value(None)
        )
        for end, side in sides.items()
    ]
    return alt.layer(interval, point, *ends).properties(height=64)


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


def over_bars(base: Chart, field: str, spare: int = 0) -> Chart:
    """Write each bar's name above it, where a phone has room for it too, and spare some pixels at its end."""
    limit = alt.ExprRef(f"width - {spare}")
    return base.mark_text(align="left", dy=-8, color=INK, limit=limit).encode(
        x=alt.value(0), text=f"{field}:N", tooltip=alt.value(None)
    )


def verdict_colours() -> alt.Color:
    return alt.Color("verdict:N", legend=None, scale=verdict_scale())


def verdict_scale() -> alt.Scale:
    labels = [WORDINGS[verdict].label for verdict in JUDGED]
    return alt.Scale(domain=labels, range=list(map(fill, JUDGED)))


def share(field: str, title: str | None = None) -> alt.Y:
    """Place shares between nothing and all."""
    return alt.Y(f"{field}:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=percents())


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

"""The report: one page with all that it needs, which asks nothing of a network."""

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages.selected import selected_words
from winwinwin.pages.summary import summary
from winwinwin.pages.talk import Call
from winwinwin.renderers import html
from winwinwin.report.charts import specs
from winwinwin.report.data import failures, page_data
from winwinwin.report.template import own, policy, rendered
from winwinwin.report.vega import bundle
from winwinwin.rows.basis import Basis
from winwinwin.stats.slices import Slices
from winwinwin.stats.tally import Tally

IN_SCRIPT = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}
"""What could end a script or a line of one, written so that it can't."""
SCRIPTS = ("drawing.js", "cards.js", "talk.js", "start.js")
"""The parts of the page's own script, in their order."""


def page(slices: Slices, run: Tally, calls: Sequence[Call], basis: Basis) -> str:
    """Return the whole page.

    The slices count what was judged; the run's tally adds what could not be read.
    """
    data = embedded({"data": page_data(slices, run, calls, basis.rulebook), "charts": specs()})
    vega, script = bundle(), "\n".join(map(own, SCRIPTS))
    return rendered(
        "page.html.j2",
        basis=basis,
        data=Markup(data),  # noqa: S704  # JSON without a character that means something in HTML
        vega=Markup(vega),  # noqa: S704  # as vl-convert bundles it
        script=Markup(script),  # noqa: S704  # ours
        plain=Markup(html.paint(summary(slices.whole, grouped=False))),  # noqa: S704  # escaped by the painter
        meanings=[WORDINGS[verdict] for verdict in JUDGED],
        policy=policy(vega, script),
        judged=slices.whole.all.total,
        failures=failures(run),
        selected=selected_words(run.selected) if run.selected else "",
    )


def embedded(value: Any) -> str:
    """Return a value as JSON that can stand in a script of a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return text

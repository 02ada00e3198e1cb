"""The report: one page with all that it needs, which asks nothing of a network."""

from collections.abc import Sequence

from markupsafe import Markup

from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages.selected import selected_words
from winwinwin.pages.summary import summary
from winwinwin.pages.talk import Call
from winwinwin.renderers import html
from winwinwin.renderers.html import embedded, policy
from winwinwin.report.charts import specs
from winwinwin.report.data import failures, page_data
from winwinwin.report.template import own, rendered
from winwinwin.report.vega import bundle
from winwinwin.rows.basis import Basis
from winwinwin.stats.slices import Slices
from winwinwin.stats.tally import Tally

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

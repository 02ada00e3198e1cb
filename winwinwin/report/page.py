"""The report: one page with all that it needs, which asks nothing of a network."""

import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import vl_convert
from jinja2 import Environment, StrictUndefined, select_autoescape
from markupsafe import Markup

from winwinwin.errors import printable
from winwinwin.kernel.verdict import JUDGED, WORDINGS
from winwinwin.pages.summary import summary
from winwinwin.pages.talk import Call
from winwinwin.renderers import html
from winwinwin.report.charts import specs
from winwinwin.report.data import failures, page_data
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
    vega, script = _vega(), "\n".join(map(_own, SCRIPTS))
    template = _environment().from_string(_own("page.html.j2"))
    return template.render(
        basis=basis,
        data=Markup(data),  # noqa: S704  # JSON without a character that means something in HTML
        vega=Markup(vega),  # noqa: S704  # as vl-convert bundles it
        script=Markup(script),  # noqa: S704  # ours
        style=Markup(html.style() + _own("report.css")),  # noqa: S704  # ours
        plain=Markup(html.paint(summary(slices.whole, grouped=False))),  # noqa: S704  # escaped by the painter
        meanings=[WORDINGS[verdict] for verdict in JUDGED],
        policy=policy(vega, script),
        judged=slices.whole.all.total,
        failures=failures(run),
    )


def embedded(value: Any) -> str:
    """Return a value as JSON that can stand in a script of a page."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character, escaped in IN_SCRIPT.items():
        text = text.replace(character, escaped)
    return text


def policy(*scripts: str) -> str:
    """Return a content security policy: these scripts and no others, and no network at all."""
    allowed = " ".join(f"'sha256-{_digest(script)}'" for script in scripts)
    return f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed}"


def _digest(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()


@cache
def _vega() -> str:
    """Return Vega, Vega-Lite and Vega-Embed as one script.

    Raises ValueError where it could end the element that it stands in.
    """
    bundle: str = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")
    if "</script" in bundle.lower():
        raise ValueError("the bundle of vl-convert cannot stand in a page")
    return bundle


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _shown(value: Any) -> Any:
    """Return what stands in the page: of text, only what prints; the rest of it is jinja's to escape."""
    return printable(value) if type(value) is str else value


def _own(name: str) -> str:
    return files("winwinwin.report").joinpath(name).read_text(encoding="utf-8")

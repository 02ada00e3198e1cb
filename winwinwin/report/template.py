"""The templates of pages, and what all pages with charts share."""

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from winwinwin.errors import printable
from winwinwin.renderers import html


def rendered(name: str, **context: Any) -> str:
    """Return a page by its template; of text, only what prints, and none of it is markup."""
    look = Markup(html.style() + own("report.css"))  # noqa: S704  # ours
    return _environment().get_template(name).render(style=look, **context)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(own),
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


def own(name: str) -> str:
    return files("winwinwin.report").joinpath(name).read_text(encoding="utf-8")

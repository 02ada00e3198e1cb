"""A page written in the formats that a command was asked for."""

import os
import re
import sys
from collections.abc import Callable, Iterable

from winwinwin.cli.options import Output
from winwinwin.errors import Problem, UsageError, WinwinwinError, missing
from winwinwin.limits import GIGABYTE, REPORT_ADDRESSES
from winwinwin.output import files, streams
from winwinwin.pages.page import Page
from winwinwin.renderers import plain

HALVES = re.compile("[\ud800-\udfff]")


def write(page: Page, to: Output, inputs: Iterable[str] = ()) -> None:
    """Write a page to standard output, and to each file in the format of its suffix.

    Raises UsageError where a file is an input too, WinwinwinError where it cannot be written.
    """
    files.refuse_overwriting(to.files, inputs)
    streams.write(shown(page, to))
    streams.flush()
    with files.together() as outputs:
        for name in to.files:
            outputs.add(files.target_of(name))(content(page, to.format_of(name)))


def shown(page: Page, to: Output) -> str | bytes:
    """Return what standard output gets: a screen's text at a terminal."""
    if to.format != "text":
        return content(page, to.format, screen=streams.at_terminal())
    if to.quiet and page.brief:
        return plain.paint(page.brief())
    return on_screen(page, to) if streams.at_terminal() else content(page, "text")


def content(page: Page, format_name: str, *, screen: bool = False) -> str | bytes:
    """Return a page in a format. Raises UsageError for bytes that a screen would get."""
    made = page.rows[format_name]() if format_name in page.rows else PAINTERS[format_name](page)
    if screen and isinstance(made, bytes):
        raise no_text(format_name)
    return made


def no_text(format_name: str) -> UsageError:
    """Return the error for a format that no screen shows."""
    hint = "Write a file with -o FILE, or redirect the output."
    return UsageError(Problem(f"--format: {format_name} is not text", hint=hint))


def on_screen(page: Page, to: Output) -> str:
    """Return a page as this terminal shows it."""
    from winwinwin.renderers import terminal  # rich costs 50 ms

    columns, _ = streams.size()
    signs = terminal.signs_of(sys.stdout, os.environ)
    return terminal.render(
        page.blocks,
        columns,
        color=to.color,
        boxed=page.is_panel,
        side_by_side=page.is_wide,
        signs=signs,
    )


def _json(page: Page) -> str:
    """Write data as any parser reads it: halves of characters, as of names that are not UTF-8, as text."""
    import json  # 2 ms

    text = json.dumps(page.data(), indent=2, ensure_ascii=False, allow_nan=False)
    return HALVES.sub(lambda half: f"\\\\u{ord(half[0]):x}", text) + "\n"


def _markdown(page: Page) -> str:
    from winwinwin.renderers import markdown

    return markdown.paint(page.blocks)


def _html(page: Page) -> str:
    from winwinwin.renderers import html

    return html.page(page.name, page.blocks)


def _svg(page: Page) -> str:
    from winwinwin.renderers.svg import picture  # rich costs 50 ms

    return picture(page.blocks, boxed=page.is_panel)


PAINTERS: dict[str, Callable[[Page], str]] = {
    "text": lambda page: plain.paint(page.blocks),
    "json": _json,
    "markdown": _markdown,
    "html": _html,
    "svg": _svg,
}
"""The formats of pages, each imported when it is asked for."""


def need_report() -> None:
    """Raise MissingExtraError where what the report needs isn't installed, WinwinwinError without room."""
    _need_room()
    try:
        import winwinwin.report.page  # noqa: F401  # two seconds of imports
    except ModuleNotFoundError as error:
        raise missing("report", error) from None


def _need_room() -> None:
    """Raise WinwinwinError where what draws charts would end the process: it reserves addresses."""
    try:
        import resource
    except ModuleNotFoundError:  # not everywhere are there limits
        return
    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    if 0 <= most < REPORT_ADDRESSES:
        needed, given = (size // GIGABYTE for size in (REPORT_ADDRESSES, most))
        what = f"charts need {needed} GB of addresses, of which they use few, and {given} GB are allowed"
        hint = "Allow more: ulimit -v unlimited."
        raise WinwinwinError(Problem(what, hint=hint))

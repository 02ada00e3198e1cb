"""The command that shows the defaults in force."""

from typing import Any

import typer

from winwinwin.cli.config import Default
from winwinwin.cli.options import Output
from winwinwin.loading.addresses import shown


def config(ctx: typer.Context, *, to: Output) -> None:
    """Show which defaults a file sets, and where.

    The file is winwinwin.toml, or pyproject.toml with a table [tool.winwinwin], in the working
    directory or the nearest folder above. A key is an option without its dashes; a table such as
    [batch] or [rules.check] holds those of one command. Flags win.

    Examples:
    winwinwin config
    """
    from winwinwin.cli import writing
    from winwinwin.cli.config import commands, in_force
    from winwinwin.pages.settings import settings_page

    found = in_force(lambda: dict(commands(ctx.find_root().command)))
    settings = [
        (" ".join(default.command), default.option, _said(default), default.place)
        for default in (found.defaults if found else ())
    ]
    writing.write(settings_page(found.name if found else None, settings), to)


def _said(default: Default) -> Any:
    """Return a value without what may be secret."""
    return shown(default.value) if default.option == "connect" else default.value

"""The commands that show the help and the version."""

from typing import Annotated, Any

import typer

from winwinwin.cli import completion
from winwinwin.cli.parameters import argument
from winwinwin.cli.version import SAID
from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.near import nearest
from winwinwin.output import streams


def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        argument("COMMAND", "A command, such as rules check.", completion.commands),
    ] = None,
) -> None:
    """Show the help of the program, or of a command.

    Examples:
    winwinwin help
    winwinwin help batch
    winwinwin help rules check
    """
    context: Any = ctx.find_root()
    for word in words or ():
        known = getattr(context.command, "commands", {})
        if word not in known:
            what = f"{quoted(word)} is not a command"
            raise UsageError(Problem(what, ", ".join(known), nearest(word, known)))
        context = type(context)(known[word], info_name=word, parent=context)
    streams.write(context.get_help() + "\n")
    streams.flush()


def version() -> None:
    """Show the version.

    Examples:
    winwinwin version
    """
    streams.write(SAID)
    streams.flush()

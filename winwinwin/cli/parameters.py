"""How arguments and options of commands are made."""

from collections.abc import Callable, Sequence
from typing import Any

import typer

from winwinwin.cli import completion
from winwinwin.errors import Place, Problem, UsageError, quoted
from winwinwin.output import formats


def argument(metavar: str, about: str, offered: Callable[..., Any] | None = None) -> Any:
    """Make an argument; what is offered completes it."""
    return typer.Argument(metavar=metavar, help=about, autocompletion=offered)


def option(
    section: str,
    about: str,
    *names: str,
    metavar: str | None = None,
    offered: Callable[..., Any] | None = None,
) -> Any:
    """Make an option of one command, for a section of its help; named for its parameter by default."""
    return typer.Option(
        *names, metavar=metavar, help=about, rich_help_panel=section, autocompletion=offered
    )


def files_instead(suffix: str) -> Any:
    """Make the option that names the files for a command's text, of which standard output gets none."""
    return typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        autocompletion=completion.files(suffix),
        help="Write to FILE instead of standard output; repeatable.",
    )


def one_of(names: Sequence[str], flag: str, about: str) -> Any:
    """Make an option that takes one of these formats; UsageError names the nearest otherwise."""

    def check(word: str | None) -> str | None:
        return None if word is None else formats.check(word, names, flag)

    return typer.Option(
        flag,
        metavar="|".join(names),
        callback=check,
        autocompletion=completion.words(names),
        help=about,
    )


def text_option(flag: str, metavar: str, about: str, section: str | None = None) -> Any:
    """Make an option that takes text; UsageError for bytes that are not."""

    def check(words: str | None) -> str | None:
        if words is not None and (problem := not_text(words)):
            raise UsageError(problem.at(Place(flag)))
        return words

    return typer.Option(flag, metavar=metavar, callback=check, help=about, rich_help_panel=section)


def not_text(words: str) -> Problem | None:
    """Return the problem with bytes that the system took for text; None for text."""
    if words.isascii() or words == words.encode(errors="ignore").decode():
        return None
    return Problem(f"{quoted(words)} is not UTF-8", hint="Type it again.")

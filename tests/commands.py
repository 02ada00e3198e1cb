"""Every command of the program, by the words that call it."""

from collections.abc import Iterator
from typing import Any

import typer

from winwinwin.cli.commands import program


def _below(command: Any, *words: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    yield words, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _below(below, *words, name)


COMMANDS: dict[tuple[str, ...], Any] = dict(_below(typer.main.get_command(program())))
"""Groups included; no words call the program itself."""

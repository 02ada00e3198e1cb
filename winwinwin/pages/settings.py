"""The defaults that a file sets, for a person and for a program."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from winwinwin.errors import Place
from winwinwin.pages.blocks import Block, Table, Text, Title, line
from winwinwin.pages.page import Page

FEW = 4
"""Commands that are named; of more, the number is."""
Setting: TypeAlias = tuple[str, str, Any, Place]
"""A command, one of its options, the value, and where that is set."""


def settings_page(name: str | None, settings: Sequence[Setting]) -> Page:
    """Show what is set; a name of None says that no file was found."""
    return Page(blocks=settings_blocks(name, settings), data=lambda: list(map(_object, settings)))


def settings_blocks(name: str | None, settings: Sequence[Setting]) -> list[Block]:
    if name is None:
        where = "winwinwin.toml, or [tool.winwinwin] in pyproject.toml, here or in a folder above"
        return [Title(Text("No defaults are set", "strong")), line(where, label="looked for")]
    if not settings:
        return [Title(Text(f"{name} sets no defaults", "strong"))]
    commands: dict[tuple[str, str, str], list[str]] = {}
    for command, option, value, place in settings:
        commands.setdefault((option, words(value), str(place)), []).append(command)
    rows = tuple(
        (Text(option), Text(value), Text(place), Text(_commands(having)))
        for (option, value, place), having in commands.items()
    )
    return [
        Title(Text(f"Defaults from {name}; flags win", "strong")),
        Table(("option", "value", "set at", "commands"), rows),
    ]


def _commands(having: Sequence[str]) -> str:
    return ", ".join(having) if len(having) <= FEW else f"{len(having)} commands"


def words(value: Any) -> str:
    """Write a value as a flag takes it."""
    if isinstance(value, list):
        return ", ".join(map(words, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _object(setting: Setting) -> dict[str, Any]:
    command, option, value, place = setting
    return {
        "command": command,
        "option": option,
        "value": value,
        "source": place.source,
        "line": place.line,
    }

"""What a terminal shows as SVG, for slides."""

import re
from collections.abc import Sequence

from rich.text import Text

from winwinwin.pages.blocks import Block
from winwinwin.renderers import terminal

WIDTH = 100
"""Columns of the picture."""

FETCHED_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""A font that a viewer would fetch from elsewhere; any of its own will do."""


def picture(blocks: Sequence[Block], title: str = "winwinwin", *, boxed: bool = False) -> str:
    """Return the blocks as they look at a terminal."""
    return draw(terminal.render(blocks, WIDTH, color=True, boxed=boxed), title, WIDTH)


def draw(written: str, title: str, width: int) -> str:
    """Return as SVG what a terminal of a width shows of this text with its colours."""
    screen = terminal.console(width)
    screen.record = True
    screen.print(Text.from_ansi(written.rstrip("\n")))
    svg: str = screen.export_svg(title=title, unique_id="winwinwin")
    return FETCHED_FONT.sub("", svg).rstrip("\n") + "\n"

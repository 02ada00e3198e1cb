"""What a command says: blocks for a person, the same as plain data, and rows where it has them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from winwinwin.pages.blocks import Block, Title

Content: TypeAlias = Callable[[], str | bytes]
"""Makes a text, or bytes, when it is wanted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page, in whatever format it is wanted."""

    blocks: Sequence[Block]
    data: Callable[[], Any] = lambda: None
    """Returns what JSON holds."""
    rows: Mapping[str, Content] = field(default_factory=dict)
    """What makes each further format of it, by the format's name."""
    brief: Callable[[], Sequence[Block]] | None = None
    """Says it in a line, where only that is wanted."""
    is_panel: bool = False
    """Whether a terminal draws a box around it."""
    is_wide: bool = False
    """Whether narrow parts may be side by side at a wide terminal."""
    title: str = ""
    """What an HTML page is called; its first title where that is empty."""

    @property
    def name(self) -> str:
        titles = (block.text.words for block in self.blocks if isinstance(block, Title))
        return self.title or next(titles, "winwinwin")

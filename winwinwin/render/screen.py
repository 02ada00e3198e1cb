"""A run at a terminal."""

import os
import sys

from winwinwin.errors import SHOWN, shortened
from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement
from winwinwin.render.blocks import Block, Table, Text, line
from winwinwin.render.renderer import Renderer
from winwinwin.render.summary import summary
from winwinwin.render.terminal import render, signs_of
from winwinwin.render.view import if_had, verdict_text
from winwinwin.tally import Tally

FRAME = 8
"""Rows of the screen that are kept free of interactions."""
FEWEST = 10
"""Interactions that are shown on however small a screen."""
COLUMNS = ("id", "triple", "verdict", "rule", "would be win/win/win")
SPARE = (3, 4)


class Screen(Renderer):
    """A run at a terminal: as many interactions as fit, then the summary.

    An invalid record is shown by its error alone.
    """

    def __init__(
        self, columns: int, rows: int, *, color: bool, lines: bool = True, summed: bool = True
    ) -> None:
        self._width = columns
        self._color = color
        self._most = max(rows - FRAME, FEWEST) if lines else 0
        self._lines = lines
        self._summed = summed
        self._rows: list[tuple[Text, ...]] = []

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        if len(self._rows) < self._most:
            self._rows.append(_cells(recorded, judgement))
        return ""

    def end(self, tally: Tally) -> str:
        blocks: list[Block] = []
        if self._rows:
            blocks.append(Table(COLUMNS, tuple(self._rows), spare=SPARE))
        more = tally.all.total - len(self._rows)
        if self._lines and more:
            blocks.append(line(Text(f"and {more:,} more", "muted")))
        if self._summed:
            blocks += summary(tally)
        signs = signs_of(sys.stdout, os.environ)
        return render(blocks, self._width, color=self._color, side_by_side=True, signs=signs)


def _cells(recorded: Recorded, judgement: Judgement) -> tuple[Text, ...]:
    return (
        Text(shortened(recorded.name, SHOWN), whole=True),
        Text(judgement.triple, whole=True),
        verdict_text(judgement.verdict),
        Text(judgement.rule or "-", whole=True),
        Text(if_had(judgement.remedies) or "-"),
    )

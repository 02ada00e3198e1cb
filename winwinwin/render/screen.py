"""A run at a terminal."""

import os
import sys

from winwinwin.errors import SHOWN, shortened
from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement, Unjudged, Verdict
from winwinwin.render.blocks import Block, Table, Text, line
from winwinwin.render.formats import interaction_cells, unjudged_cells
from winwinwin.render.renderer import Renderer
from winwinwin.render.summary import summary
from winwinwin.render.terminal import encoding_of, render
from winwinwin.render.view import verdict_text
from winwinwin.tally import Tally

WITH_RULE = 100
"""Columns from which on the table of interactions has room for the rule."""
FRAME = 8
"""Rows of the screen that are kept free of interactions."""
FEWEST = 10
"""Interactions that are shown on however small a screen."""


class Screen(Renderer):
    """A run at a terminal: as many interactions as fit, then the summary."""

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
            name, triple, _, rule, remedy = interaction_cells(recorded, judgement)
            remedy = remedy.replace("&", " & ").replace(";", "; ")  # so that it can be wrapped
            self._add(name, triple, judgement.verdict, rule, Text(remedy))
        return ""

    def unjudged(self, unjudged: Unjudged) -> str:
        if len(self._rows) < self._most:
            name, triple, _, rule, said = unjudged_cells(unjudged)
            self._add(name, triple, unjudged.verdict, rule, Text(said, "muted"))
        return ""

    def _add(self, name: str, triple: str, verdict: Verdict, rule: str, last: Text) -> None:
        name = shortened(name, SHOWN)
        self._rows.append((Text(name), Text(triple), verdict_text(verdict), Text(rule), last))

    def end(self, tally: Tally) -> str:
        blocks: list[Block] = []
        if self._rows:
            blocks.append(self._table())
        more = tally.total - len(self._rows)
        if self._lines and more:
            blocks.append(line(Text(f"and {more:,} more", "muted")))
        if self._summed:
            blocks += summary(tally)
        encoding = encoding_of(sys.stdout, os.environ)
        return render(blocks, self._width, color=self._color, side_by_side=True, encoding=encoding)

    def _table(self) -> Table:
        """Set the interactions in a table; without the rule where the remedy would be cut."""
        columns = ("id", "triple", "verdict", "rule", "remedy")
        kept = [index for index in range(5) if columns[index] != "rule" or self._width >= WITH_RULE]
        rows = (tuple(row[index] for index in kept) for row in self._rows)
        return Table(tuple(columns[index] for index in kept), tuple(rows))

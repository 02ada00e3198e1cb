"""The report as a renderer of a run."""

from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement
from winwinwin.render.basis import Basis
from winwinwin.render.hidden import HiddenLosses
from winwinwin.render.renderer import Renderer
from winwinwin.render.report.page import page
from winwinwin.slices import Slices
from winwinwin.tally import Tally, grouping

ALWAYS = ("employee", "channel")
"""What the report shows verdicts by, whether it is asked for or not."""
MOST_LOSSES = 2_000
"""Hidden losses that the page holds; the others are only counted."""


class Report(Renderer):
    """Counts a run by slices, and ends in the page."""

    def __init__(self, basis: Basis) -> None:
        """Count by the dimensions of the basis, employee and channel.

        Raises KeyError for a dimension that there is not.
        """
        dimensions = tuple(dict.fromkeys((*basis.by, *ALWAYS)))
        self._slices = Slices.by(basis.judge, dimensions)
        groupings = {dimension: grouping(dimension) for dimension in dimensions}
        self._hidden = HiddenLosses(basis.rulebook, groupings, MOST_LOSSES)
        self._basis = basis

    def judged(self, recorded: Recorded, judgement: Judgement) -> str:
        self._slices.add(recorded.about, judgement)
        self._hidden.add(recorded, judgement)
        return ""

    def end(self, tally: Tally) -> str:
        return page(self._slices, tally, self._hidden, self._basis)

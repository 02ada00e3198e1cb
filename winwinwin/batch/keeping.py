"""What is kept of a run while it goes by: the first interactions, hidden losses, and slices."""

from collections.abc import Sequence

from winwinwin.batch.face import Judged, Listed, Wanted
from winwinwin.errors import UnreadableError
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Judgement
from winwinwin.pages.hidden import HiddenLosses
from winwinwin.record.interaction import Recorded
from winwinwin.stats.dimensions import grouping
from winwinwin.stats.slices import Slices
from winwinwin.stats.tally import Tally

ALWAYS = ("employee", "channel")
"""What slices are made by, whether it is asked for or not."""


class Keeping:
    """Takes interactions as they are judged, and keeps what is wanted of them."""

    def __init__(self, judge: Judge, wanted: Wanted) -> None:
        """Keep what is wanted of a run by this judge."""
        dimensions = tuple(dict.fromkeys((*wanted.by, *ALWAYS)))
        groupings = {dimension: grouping(dimension) for dimension in dimensions}
        self._first: list[Listed] = []
        self._most = wanted.first
        self._hidden = HiddenLosses(
            judge.rulebook, groupings if wanted.is_sliced else {}, wanted.losses
        )
        self._slices = Slices.by(judge.kind, dimensions) if wanted.is_sliced else None

    def add(self, entries: Sequence[Listed | UnreadableError]) -> None:
        """Keep what is wanted of some interactions; sources that can't be read are passed over."""
        if len(self._first) < self._most:
            listed = [item for item in entries if isinstance(item, tuple)]
            self._first += listed[: self._most - len(self._first)]
        if self._hidden.most:
            for item in entries:
                if isinstance(item, tuple):
                    self._keep(*item)

    def _keep(self, recorded: Recorded, judgement: Judgement) -> None:
        self._hidden.add(recorded, judgement)
        if self._slices is not None:
            self._slices.add(recorded.about, judgement)

    def judged(self, tally: Tally) -> Judged:
        return Judged(tally, self._first, self._hidden, self._slices)

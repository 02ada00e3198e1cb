"""What is kept of a run while it goes by: the first interactions, the worst calls, and slices."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from winwinwin.batch.face import CallSink, Judged, Listed, Wanted
from winwinwin.batch.trail import Trail
from winwinwin.batch.worst import Ordering, Spooled, Worst, key_of
from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Judgement
from winwinwin.pages.talk import Call, call_of, rank
from winwinwin.record.interaction import Recorded
from winwinwin.record.order import day
from winwinwin.stats.dimensions import grouping
from winwinwin.stats.slices import Slicing
from winwinwin.stats.tally import Tally

ALWAYS = ("employee", "channel")
"""What slices are made by, whether it is asked for or not."""


class Keeping:
    """Takes interactions as they are judged, and keeps what is wanted of them."""

    def __init__(self, judge: Judge, wanted: Wanted) -> None:
        """Keep what is wanted of a run by this judge."""
        dimensions = tuple(dict.fromkeys((*wanted.by, *ALWAYS)))
        self._groupings = {name: grouping(name) for name in dimensions if wanted.is_sliced}
        self._first: list[Listed] = []
        self._wanted = wanted
        self._numbers = count()
        self._calls: Ordering = Spooled(judge.kind) if wanted.lists else Worst(wanted.talk)
        self._keeps_calls = bool(wanted.talk or wanted.lists)
        self._slicing = Slicing(judge.kind, dimensions) if wanted.is_sliced else None
        self._trail = Trail(wanted.following) if wanted.following else None

    def add(self, judged: Sequence[tuple[Recorded, Judgement]]) -> None:
        """Keep what is wanted of some interactions."""
        if len(self._first) < self._wanted.first:
            self._first += judged[: self._wanted.first - len(self._first)]
        if self._trail:
            self._trail.add(judged)
        if self._keeps_calls or self._slicing:
            for each in judged:
                self._keep(*each)

    def _keep(self, recorded: Recorded, judgement: Judgement) -> None:
        about = recorded.about
        if self._slicing is not None:
            self._slicing.add(about, judgement)
        place = rank(judgement) if self._keeps_calls else None
        if place is None:
            return
        its_day = None if about.date is None else day(about.date)
        key = key_of(place, its_day, about.id, next(self._numbers))
        if self._calls.takes(key):
            self._calls.add(key, call_of(about, recorded.name, judgement, self._groupings))

    def judged(self, tally: Tally) -> Judged:
        """Return what is kept, and give every call to what lists them all."""
        calls = kept_of(self._calls.in_order(), self._wanted.talk, self._wanted.lists)
        slices = self._slicing.slices if self._slicing else None
        followed = self._trail.followed() if self._trail else None
        return Judged(tally, self._first, calls, slices, followed)

    def drop(self) -> None:
        """Let go of what is held, whether the run came to its end or not."""
        self._calls.drop()
        if self._slicing:
            self._slicing.drop()


def kept_of(calls: Iterator[Call], most: int, lists: Iterable[CallSink]) -> list[Call]:
    """Give all calls to what lists them, and return the first."""
    kept: list[Call] = []
    for call in calls:
        if len(kept) < most:
            kept.append(call)
        for each in lists:
            each.add(call)
    return kept

"""Ids that more than one record of a run has."""

from collections.abc import Iterable

from winwinwin.errors import Place, Problem, count, quoted
from winwinwin.record.interaction import Recorded

MOST = 10
"""Ids that are named; the others are counted."""
LINE_BITS = 32
"""What a line's number takes, of the numbers that hold a place."""


class RepeatedIds:
    """Given each record's id and place, warns of an id that was there before, once.

    It holds two numbers a record, a little over 100 MB for a million; not the ids themselves.
    """

    def __init__(self) -> None:
        self._first: dict[int, int] = {}
        """The line, and above its bits the source, of the first record by its id's hash."""
        self._sources: list[str] = []
        self._told: set[int] = set()

    def add(self, record_id: str | None, source: str, line: int) -> str:
        """Return the warning that a record is worth, '' for none. A record without an id is none."""
        if record_id is None:
            return ""
        if not self._sources or self._sources[-1] != source:
            self._sources.append(source)
        here = (len(self._sources) - 1) << LINE_BITS | line
        key, ids = hash(record_id), len(self._first)
        first = self._first.setdefault(key, here)
        if len(self._first) > ids or key in self._told:
            return ""
        self._told.add(key)
        return self._warning(record_id, first, here) if len(self._told) <= MOST else ""

    def of(self, records: Iterable[Recorded]) -> str:
        """Return the warnings that some records are worth, '' for none."""
        add = self.add
        return "".join([add(about.id, source, line) for about, _, source, line in records])

    def end(self) -> str:
        """Return what is to be said of the ids that were not named, '' for nothing."""
        more = len(self._told) - MOST
        return f"{count(more, 'more id')} used twice or more\n" if more > 0 else ""

    def _warning(self, record_id: str, first: int, here: int) -> str:
        what = f"the id {quoted(record_id)} is already used at {self._place(first)}"
        hint = "Give each record its own."
        return f"{Problem(what, hint=hint, place=self._place(here))}\n"

    def _place(self, packed: int) -> Place:
        return Place(self._sources[packed >> LINE_BITS], packed & (1 << LINE_BITS) - 1)

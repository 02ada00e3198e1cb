"""Tags that are asked about, and that no record of a run has."""

from collections.abc import Iterable, Iterator

from winwinwin.errors import Problem, quoted
from winwinwin.near import nearest
from winwinwin.record.interaction import Recorded
from winwinwin.stats.dimensions import TAG

MOST = 1_000
"""Names of tags that one may have been meant of."""


class Tags:
    """Told each record, says which of the dimensions asked about are tags that none has."""

    def __init__(self, dimensions: Iterable[str | None]) -> None:
        asked = (each.removeprefix(TAG) for each in dimensions if each and each.startswith(TAG))
        self._asked = [*dict.fromkeys(asked)]
        self._unmet = set(self._asked)
        self._known: set[str] = set()
        self._has_read = False

    def take(self, items: Iterable[object]) -> None:
        if not self._unmet:
            return
        for item in items:
            if isinstance(item, Recorded):
                self._has_read = True
                self._unmet.difference_update(item.about.tags)
                if len(self._known) < MOST:
                    self._known.update(item.about.tags)

    def unmet(self) -> Iterator[Problem]:
        """Yield a problem for each tag that no record has; none where there are no records."""
        known = sorted(self._known)
        for each in self._asked if self._has_read else ():
            if each in self._unmet:
                what = f"no interaction has the tag {quoted(each)}"
                yield Problem(what, ", ".join(known) or "they have no tags", nearest(each, known))

"""Records that another rulebook judged when they were recorded."""

from collections.abc import Iterable, Iterator

from winwinwin.errors import Place, Problem, count, printable, shortened
from winwinwin.evaluation import Judge
from winwinwin.record.interaction import Recorded

MOST = 10
"""Rulebooks that are named; the others are counted."""
MOST_SHOWN = 60
"""Characters of a title or a fingerprint that a message shows."""
HINT = "To judge them alike, give its file and its assumptions: --rulebook FILE, --no-assumptions."


class OtherRulebooks:
    """Given what was read, warns at the end of what another rulebook judged, as its record says."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._numbers: dict[tuple[str, str], int] = {}
        """Records by title and fingerprint of what judged them, in the order of the first."""
        self._first: dict[tuple[str, str], Place] = {}

    def take(self, records: Iterable[Recorded]) -> None:
        for item in records:
            if item.about.rulebook is not None:
                self._add(item)

    def _add(self, item: Recorded) -> None:
        named = item.about.rulebook
        if named is None or not named.fingerprint:
            return
        key = (named.title or "", named.fingerprint)
        self._numbers[key] = self._numbers.get(key, 0) + 1
        self._first.setdefault(key, Place(item.source, item.line))

    def end(self) -> str:
        """Return the warnings that all of it is worth, '' for none."""
        if not self._numbers:
            return ""
        own = self._judge.stamp.fingerprint
        others = [key for key in self._numbers if key[1] != own]
        lines = list(map(str, self._warnings(others[:MOST])))
        if len(others) > MOST:
            lines.append(f"{count(len(others) - MOST, 'more rulebook')} judged others")
        return "".join(f"{line}\n" for line in lines)

    def _warnings(self, others: Iterable[tuple[str, str]]) -> Iterator[Problem]:
        for key in others:
            title, fingerprint = (shortened(printable(each), MOST_SHOWN) for each in key)
            name = f"{title} ({fingerprint})" if title else fingerprint
            records = count(self._numbers[key], "record")
            what = f"{records} judged by {name} when recorded, here by {self._judge.stamp}"
            yield Problem(what, hint=HINT, place=self._first[key])

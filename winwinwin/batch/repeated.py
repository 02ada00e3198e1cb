"""Ids that more than one record of a run has."""

import pickle
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import islice
from typing import TypeAlias

from winwinwin.errors import Place, Problem, count, quoted
from winwinwin.record.interaction import Recorded

MOST = 10
"""Ids that are named; the others are counted."""
BITS = 32
"""What is remembered of a hash: a run's ids hardly share it, and those that do are compared."""
PARTS = 64
"""Hashes are looked through a part at a time, so that few of them are numbers of Python at once."""
TOGETHER = 256
"""Ids that are packed together."""

Used: TypeAlias = tuple[str, str, int]
"""An id, and the source and line where it is used."""


class RepeatedIds:
    """Given the records of a run, warns at its end of the ids that more than one of them has.

    It holds some 25 bytes a record: a part of its id's hash, and the id with its place, packed.
    """

    def __init__(self) -> None:
        self._hashes = [array("I") for _ in range(PARTS)]
        self._latest: list[Used] = []
        self._packed = BytesIO()

    def take(self, records: Iterable[Recorded]) -> None:
        """Remember the ids of some records; one without an id is none."""
        used = [(about.id, source, line) for about, _, source, line in records if about.id]
        hashes = self._hashes
        for key in [_hash(record_id) for record_id, _, _ in used]:
            hashes[key % PARTS].append(key)
        self._latest += used
        if len(self._latest) >= TOGETHER:
            pickle.dump(self._latest, self._packed)
            self._latest = []

    def end(self) -> str:
        """Return the warnings that all of it is worth, '' for none."""
        alike = {key for part in self._hashes for key in _twice(part)}
        again = self._again(alike) if alike else iter(())
        lines = [f"{problem}\n" for problem in islice(again, MOST)]
        if more := len(list(again)):
            lines.append(f"{count(more, 'more id')} used twice or more\n")
        return "".join(lines)

    def _again(self, alike: set[int]) -> Iterator[Problem]:
        """Yield what is to be said of each id that is used again, in the order of its second use."""
        first: dict[str, Place | None] = {}
        for record_id, source, line in self._used():
            if _hash(record_id) not in alike:
                continue
            here = Place(source, line)
            before = first.setdefault(record_id, here)
            if before is None or before is here:
                continue
            first[record_id] = None  # it is said
            what = f"the id {quoted(record_id)} is already used at {before}"
            yield Problem(what, hint="Give each record its own.", place=here)

    def _used(self) -> Iterator[Used]:
        end = self._packed.tell()
        self._packed.seek(0)
        while self._packed.tell() < end:
            yield from pickle.load(self._packed)  # noqa: S301  # this run's own
        yield from self._latest


def _hash(record_id: str) -> int:
    return hash(record_id) & (1 << BITS) - 1


def _twice(hashes: "array[int]") -> Iterator[int]:
    """Yield the hashes that are there more than once."""
    if len(set(hashes)) < len(hashes):
        yield from (key for key, number in Counter(hashes).items() if number > 1)

"""Ids that more than one record of a run has."""

import pickle
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from winwinwin.errors import Place, Problem, count, quoted
from winwinwin.record.interaction import Recorded

MOST = 10
"""Ids that are named; the others are counted."""
PARTS = 256
"""Hashes are compared a part at a time, so that few of them are numbers of Python at once."""
TOGETHER = 256
"""Ids that are packed together."""

Used: TypeAlias = tuple[str, str, int]
"""An id, and the source and line where it is used."""


class RepeatedIds:
    """Given the records of a run, warns at its end of the ids that more than one of them has.

    It holds some 30 bytes a record: the hash of its id, and the id with its place, packed.
    """

    def __init__(self) -> None:
        self._hashes = [array("q") for _ in range(PARTS)]
        self._latest: list[Used] = []
        self._packed: list[bytes] = []

    def take(self, records: Iterable[Recorded]) -> None:
        """Remember the ids of some records; one without an id is none."""
        used = [(about.id, source, line) for about, _, source, line in records if about.id]
        hashes = self._hashes
        for key in [hash(record_id) for record_id, _, _ in used]:
            hashes[key % PARTS].append(key)
        self._latest += used
        if len(self._latest) >= TOGETHER:
            self._packed.append(pickle.dumps(self._latest))
            self._latest = []

    def end(self) -> str:
        """Return the warnings that all of it is worth, '' for none."""
        repeated = {key for part in self._hashes for key in _twice(part)}
        if not repeated:
            return ""
        lines = [f"{problem}\n" for problem in islice(self._warnings(repeated), MOST)]
        if (more := len(repeated) - MOST) > 0:
            lines.append(f"{count(more, 'more id')} used twice or more\n")
        return "".join(lines)

    def _warnings(self, repeated: set[int]) -> Iterator[Problem]:
        """Yield what is to be said of each id that is used again, in the order of its second use."""
        first: dict[str, Place] = {}
        said = set()
        for record_id, source, line in self._of(repeated):
            here = Place(source, line)
            if record_id not in first:
                first[record_id] = here
            elif record_id not in said:
                said.add(record_id)
                what = f"the id {quoted(record_id)} is already used at {first[record_id]}"
                yield Problem(what, hint="Give each record its own.", place=here)

    def _of(self, repeated: set[int]) -> Iterator[Used]:
        """Yield what is remembered of these hashes."""
        for packed in self._packed:
            used = pickle.loads(packed)  # noqa: S301  # this run's own
            yield from (each for each in used if hash(each[0]) in repeated)
        yield from (each for each in self._latest if hash(each[0]) in repeated)


def _twice(hashes: "array[int]") -> set[int]:
    """Return the hashes that are there more than once."""
    if len(set(hashes)) == len(hashes):
        return set()
    return {key for key, number in Counter(hashes).items() if number > 1}

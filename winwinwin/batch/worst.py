"""The calls to talk about of a run of records, brought into order: the worst first."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Protocol, TypeAlias

from winwinwin.errors import Problem, WinwinwinError
from winwinwin.facts import Facts
from winwinwin.kernel.judgement import Judgement
from winwinwin.output.leftovers import drop, new_folder
from winwinwin.pages.talk import Call

Key: TypeAlias = tuple[int, int, bool, str, int]
"""What calls are ordered by: the rank, the newest day, those with an id by it, then as they were read."""


IN_ORDER = "SELECT call FROM calls ORDER BY rank, day, unnamed, name, number"


class Ordering(Protocol):
    """Brings calls into order."""

    def takes(self, key: Key) -> bool:
        """Tell whether a call with this key may be wanted."""

    def add(self, key: Key, call: Call) -> None: ...

    def in_order(self) -> Iterator[Call]:
        """Yield those that are wanted; no more can be added then."""

    def drop(self) -> None:
        """Let go of what is held."""


def key_of(rank: int, day: date | None, name: str | None, number: int) -> Key:
    return rank, -day.toordinal() if day else 1, not name, name or "", number


class Worst:
    """The first calls, of which at most twice as many as are wanted are held."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: list[tuple[Key, Call]] = []
        self._last: Key | None = None
        """No later one is among the first."""

    def takes(self, key: Key) -> bool:
        return self._last is None or key < self._last

    def add(self, key: Key, call: Call) -> None:
        self._held.append((key, call))
        if len(self._held) >= 2 * self._most:
            self._cut()
            self._last = self._held[-1][0]

    def in_order(self) -> Iterator[Call]:
        self._cut()
        return (call for _, call in self._held)

    def drop(self) -> None:
        self._held.clear()

    def _cut(self) -> None:
        self._held.sort()
        del self._held[self._most :]


class Spooled:
    """All calls, however many: on the disk."""

    def __init__(self, judge: Callable[[Facts], Judgement]) -> None:
        """Begin a database that only this run sees; the judge judges its kinds again."""
        import sqlite3  # few runs keep all: 5 ms

        self._judge = judge
        self._folder = new_folder()
        self._database = sqlite3.connect(f"{self._folder}/calls.db", isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", "temp_store = FILE"):
            self._database.execute(f"PRAGMA {setting}")
        self._database.execute("CREATE TABLE calls (rank, day, unnamed, name, number, call)")
        self._database.execute("BEGIN")

    def takes(self, key: Key) -> bool:
        return bool(key)

    def add(self, key: Key, call: Call) -> None:
        *place, name, number = key
        row = (*place, name.encode(errors="surrogatepass"), number, _written(call))
        with _blamed():
            self._database.execute("INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?)", row)

    def in_order(self) -> Iterator[Call]:
        with _blamed():
            found = self._database.execute(IN_ORDER)
            for (written,) in found:
                yield _read(written, self._judge)

    def drop(self) -> None:
        self._database.close()
        drop(self._folder)


@contextmanager
def _blamed() -> Iterator[None]:
    import sqlite3

    try:
        yield
    except sqlite3.Error as error:
        what = f"the calls to talk about could not be put in order: {error}"
        hint = "Make room in the folder for temporary files."
        raise WinwinwinError(Problem(what, hint=hint)) from None


def _written(call: Call) -> str:
    when = call.date.toordinal() if call.date else None
    values = (call.name, when, call.employee, call.channel, call.notes, call.groups)
    return json.dumps([*values, call.judgement.facts])


def _read(written: str, judge: Callable[[Facts], Judgement]) -> Call:
    name, when, employee, channel, notes, groups, facts = json.loads(written)
    its_day = None if when is None else date.fromordinal(when)
    judgement = judge(Facts._make(facts))
    return Call(name, its_day, employee, channel, notes, groups, judgement)

"""Whether files stayed as they were while they were read."""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, printable
from winwinwin.output import streams


class State(NamedTuple):
    """What the system says of a file."""

    file: tuple[int, int]
    """Its device and inode."""
    size: int
    modified: int


def state(path: Path) -> State | None:
    """Return the state of a file; None where it is not there, and for a pipe or a device."""
    try:
        found = path.stat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return State((found.st_dev, found.st_ino), found.st_size, found.st_mtime_ns)


class Watch:
    """Files that are read more than once: all of it is right only where they stay as they are."""

    def __init__(self, paths: Iterable[Path] = ()) -> None:
        self._states = {path: state(path) for path in paths}

    def refuse_changed(self) -> None:
        """Raise UnreadableError where a file is no longer what it was."""
        for path, before in self._states.items():
            if before is not None and state(path) != before:
                raise UnreadableError(changed(path))

    @contextmanager
    def blaming(self) -> Iterator[None]:
        """Say of a file that changed that it did, whatever came of it."""
        try:
            yield
        except WinwinwinError:
            self.refuse_changed()
            raise


def changed(path: Path) -> Problem:
    hint = "Run again once nothing writes to it, or on a copy."
    return Problem("changed while it was read", hint=hint, place=Place(os.fspath(path)))


def told(path: Path, before: State | None) -> Iterator[UnreadableError]:
    """Tell what became of a file that was read once, from start to end: yield it where that spoilt it.

    What was added is not read, and a file that took its place is not either; both is only said.
    """
    now = state(path)
    if before is None or now is None or now == before:
        return
    if now.file != before.file:
        _warn(path, "was replaced while it was read; what it held before is judged")
    elif now.size > before.size:
        _warn(path, "grew while it was read; what was added is not judged")
    else:
        yield UnreadableError(changed(path))


def _warn(path: Path, what: str) -> None:
    streams.warn(f"{printable(os.fspath(path))}: {what}\n")

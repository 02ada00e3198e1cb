"""All that a run writes, which appears together at its end or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from winwinwin.output.streams import unwritable


class Part:
    """Something that a run makes out of sight, and puts in its place at the end."""

    name: str
    """As the user wrote it."""

    def blame(self, error: Exception) -> None:
        """Raise WinwinwinError where an engine's error is about this."""

    def finish(self) -> None:
        """Make it whole."""

    def keep_old(self) -> None:
        """Keep what is in its place, so that it can be taken back."""

    def place(self) -> None:
        """Put it in its place."""

    def take_back(self) -> None:
        """Put back what was there, if anything was changed."""

    def drop(self) -> None:
        """Remove what is not in its place."""


P = TypeVar("P", bound=Part)


class Outputs:
    """The parts of a run's output."""

    def __init__(self) -> None:
        self._parts: list[Part] = []

    def add(self, part: P) -> P:
        self._parts.append(part)
        return part

    def place(self) -> None:
        """Put all in their places: the last that came goes first. Where one can't go, none goes."""
        for part in self._parts:
            with _blamed(part):
                part.finish()
        together = self._parts if len(self._parts) > 1 else []  # one alone is in its place or isn't
        for part in together:
            with _blamed(part):
                part.keep_old()
        try:
            for part in reversed(self._parts):
                with _blamed(part):
                    part.place()
        except BaseException:  # a signal too
            for part in together:
                part.take_back()
            raise

    def blame(self, error: Exception) -> None:
        """Raise WinwinwinError for the part that an engine's error names, if it names one."""
        for part in self._parts:
            part.blame(error)

    def drop(self) -> None:
        for part in self._parts:
            part.drop()


@contextmanager
def _blamed(part: Part) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise unwritable(part.name, error) from None

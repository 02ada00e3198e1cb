"""What a long run is doing, on one line of standard error at a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from winwinwin.errors import printable, shortened
from winwinwin.output import streams

PATIENCE = 1.0
"""Seconds before anything is shown."""
BEAT = 0.25
ERASE = "\r\x1b[K"


@contextmanager
def progress(doing: str, how_far: Callable[[], str] = str) -> Iterator[None]:
    """Show what is being done, and how much of it is done where that is known."""
    if not streams.at_terminal(errors=True):
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(doing, how_far, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def share_of(percentage: Callable[[], float] | None) -> str:
    """Write how far an engine is, '' where it doesn't know."""
    share = percentage() if percentage else 0
    return f"{share:.0f}%" if share > 0 else ""


def _show(doing: str, how_far: Callable[[], str], done: Event) -> None:
    start = monotonic()
    if done.wait(PATIENCE):
        return
    while not done.wait(BEAT):
        ending = "".join(
            f" {part}" for part in (how_far(), f"({monotonic() - start:.0f} s)") if part
        )
        room = max(streams.size()[0] - 1 - len(printable(ending)), 1)
        words = shortened(printable(doing), room) + printable(ending)
        # what is reported meanwhile is written over it
        streams.warn(streams.Painted(f"{ERASE}{words}\r"))
    streams.warn(streams.Painted(ERASE))

"""What a long run is doing, on one line of standard error at a terminal."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

from winwinwin.cli import output

PATIENCE = 1.0
"""Seconds before anything is shown."""
BEAT = 0.25
ERASE = "\r\x1b[K"


@contextmanager
def progress(doing: str, percentage: Callable[[], float] | None = None) -> Iterator[None]:
    """Show what is being done, and how much of it is done where an engine can tell."""
    if not output.at_terminal(errors=True):
        yield
        return
    done = Event()
    thread = Thread(target=_show, args=(doing, percentage, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(doing: str, percentage: Callable[[], float] | None, done: Event) -> None:
    start = monotonic()
    if done.wait(PATIENCE):
        return
    while not done.wait(BEAT):
        share = percentage() if percentage else -1
        known = f" {share:.0f}%" if share > 0 else ""
        output.warn(f"{ERASE}{doing}{known} ({monotonic() - start:.0f} s)")
    output.warn(ERASE)

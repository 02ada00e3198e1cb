"""Asking a text in the strict manner first, which is fastest, and then as it turns out to need it."""

from collections.abc import Callable
from typing import TypeVar

from winwinwin.tables.reading.common import Manner, TooLongError, UnevenError

T = TypeVar("T")
PADDING = (8, 64, 512)
"""Blank values that a row may have beyond the header's, tried one after the other: each costs a little."""


def in_any_manner(ask: Callable[[Manner], T]) -> T:
    """Return what comes of asking in the first manner that the text can be read in."""
    manner, paddings = Manner(), [*PADDING]
    while True:
        try:
            return ask(manner)
        except UnevenError:
            if manner.is_cut:
                raise
            if paddings:
                manner = manner._replace(extra=paddings.pop(0))
            else:
                manner = manner._replace(extra=1, is_cut=True)
        except TooLongError:
            if manner.is_long:
                raise
            manner = manner._replace(is_long=True)

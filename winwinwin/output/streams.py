"""Standard output and standard error, and what happens when nobody reads them.

Only what this package has painted steers a terminal: in all else, what would is written as an escape.
"""

import os
import shutil
import stat
import sys
from typing import IO, NoReturn

from winwinwin.errors import JOINERS, Place, Problem, WinwinwinError, printable, reason
from winwinwin.output.fitting import fitted

STANDARD_INPUT = "-"
"""What standard input is called on the command line."""
CLOSED_PIPE = 141
"""What a shell reports for a program whose reader went away."""


USUAL_SIZE = 80, 24
"""Columns and rows where there is no terminal."""
UNKNOWN_SIZE = 0, 0


SHOWN = f"\n\t{JOINERS}\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"
"""What a terminal shows as it is, although Python does not call it printable."""


class Painted(str):
    """Text with looks and moves of this package's own, for a terminal. Nothing else passes as it is."""

    __slots__ = ()


def write(content: str | bytes) -> None:
    """Write data to standard output; end quietly where nobody reads it any more.

    Raises WinwinwinError where it cannot be written for another reason.
    """
    if not content:
        return
    if isinstance(content, str) and at_terminal():
        content = steady(content)
    try:
        if isinstance(content, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
        else:
            sys.stdout.write(content)
    except OSError as error:
        stop_writing(error)


def flush() -> None:
    """Write what is still held back; raises as write does."""
    try:
        sys.stdout.flush()
    except OSError as error:
        stop_writing(error)


def warn(text: str) -> None:
    """Write what is not data to standard error; the run goes on where that takes no more."""
    if not text:
        return
    try:
        sys.stderr.write(text if isinstance(text, Painted) else _for_a_person(text))
        sys.stderr.flush()  # a question doesn't end its line
    except OSError:
        abandon(sys.stderr)


def _for_a_person(text: str) -> str:
    shown = visible(text)
    width, _ = size(UNKNOWN_SIZE) if at_terminal(errors=True) else UNKNOWN_SIZE
    return fitted(shown, width) if width else shown


def visible(text: str) -> str:
    """Return text for a person, of one line or several, in which nothing steers a terminal."""
    return "\n".join(map(printable, text.split("\n")))


def steady(data: str) -> str:
    """Return data as a terminal gets it: what would steer it is escaped as JSON does, so JSON stays JSON."""
    if isinstance(data, Painted) or data.isprintable():
        return data
    return "".join(c if c.isprintable() or c in SHOWN else _escaped(c) for c in data)


def _escaped(character: str) -> str:
    import json  # few data need it

    return json.dumps(character)[1:-1]


def stop_writing(error: OSError) -> NoReturn:
    """End quietly where nobody reads standard output any more; raises WinwinwinError otherwise."""
    abandon(sys.stdout)
    if isinstance(error, BrokenPipeError):
        raise SystemExit(CLOSED_PIPE) from None  # no engine takes that for an error of its own
    raise unwritable("standard output", error) from None


def unflushed() -> WinwinwinError | None:
    """Return the error for what standard output still does not take; None where it takes all."""
    try:
        sys.stdout.flush()
    except OSError as error:
        abandon(sys.stdout)
        return unwritable("standard output", error)
    return None


def abandon(stream: IO[str]) -> None:
    """Drop what a stream holds back: the interpreter would try to write it again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def at_terminal(*, errors: bool = False) -> bool:
    """Tell whether standard output (or standard error) is a terminal."""
    return (sys.stderr if errors else sys.stdout).isatty()


def is_piped() -> bool:
    """Tell whether something is piped into standard input, or redirected to it."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):  # closed, or not a file
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode)


def size(usual: tuple[int, int] = USUAL_SIZE) -> tuple[int, int]:
    """Return the terminal's columns and rows; standard error's where output goes elsewhere."""
    try:
        errors = os.get_terminal_size(sys.stderr.fileno())
    except (OSError, ValueError):  # not a terminal, or closed
        errors = os.terminal_size(usual)
    return shutil.get_terminal_size(errors if errors.columns else usual)


def unwritable(name: str, error: OSError) -> WinwinwinError:
    """Return the error for a file or stream that the system does not write."""
    what = f"cannot be written: {reason(error)}"
    return WinwinwinError(Problem(what, place=Place(name)))

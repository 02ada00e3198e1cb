"""Where text goes: standard output, standard error, and files that are whole or not there."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import typer

from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, nearest
from winwinwin.render.blocks import Block
from winwinwin.render.formats import SUFFIXES

CLOSED_PIPE = 141
"""What a shell reports of a program whose reader went away."""


def write(text: str) -> None:
    """Write data to standard output; end quietly where nobody reads it any more."""
    with _quietly_closed():
        sys.stdout.write(text)


def flush() -> None:
    """Let go of what is written and still held back."""
    with _quietly_closed():
        sys.stdout.flush()


@contextmanager
def _quietly_closed() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # what is held back has no reader: keep the interpreter from trying again at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(CLOSED_PIPE) from None


def warn(text: str) -> None:
    """Write what is not data to standard error."""
    sys.stderr.write(text)


def at_terminal(*, errors: bool = False) -> bool:
    """Tell whether standard output (or standard error) is a terminal."""
    return (sys.stderr if errors else sys.stdout).isatty()


def size() -> tuple[int, int]:
    """Return the terminal's columns and rows."""
    return shutil.get_terminal_size()


def on_screen(blocks: Sequence[Block], *, color: bool, boxed: bool = False) -> str:
    """Return blocks as they look at this terminal."""
    from winwinwin.render import terminal  # rich costs 50 ms

    columns, _ = size()
    return terminal.render(blocks, columns, color=color, boxed=boxed)


def write_all(
    texts: Mapping[str, Callable[[], str]], format_name: str, outputs: Sequence[str]
) -> None:
    """Write one format to standard output, and each file in the format of its suffix.

    The text for a screen, where there is one, takes the place of plain text at a terminal.
    """
    refuse_overwriting(outputs, [])
    files = [(name, texts[format_of(name)]) for name in outputs]
    on_screen = format_name == "text" and "screen" in texts and at_terminal()
    write(texts["screen" if on_screen else format_name]())
    flush()
    for name, text in files:
        with replacing(name) as stream:
            stream.write(text())


def format_of(path: str) -> str:
    """Return the format of an output file.

    Raises UsageError for a suffix that has none.
    """
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        problem = Problem(
            f"the suffix '{suffix}' is not one of a format",
            ", ".join(SUFFIXES),
            nearest(suffix, SUFFIXES),
            place=Place(path),
        )
        raise UsageError(problem)
    return SUFFIXES[suffix]


def refuse_overwriting(outputs: Sequence[str], inputs: Sequence[str]) -> None:
    """Raise UsageError where an output is given twice or is an input too."""
    taken = {Path(name).resolve() for name in inputs}
    for name in outputs:
        if Path(name).resolve() in taken:
            hint = "Name another file."
            problem = Problem(
                "is read or written by this run already", hint=hint, place=Place(name)
            )
            raise UsageError(problem)
        taken.add(Path(name).resolve())


@contextmanager
def replacing(name: str) -> Iterator[IO[str]]:
    """Open a file that appears under its name once it is whole; a failure leaves the old one.

    Raises WinwinwinError where it cannot be written.
    """
    path = Path(name).resolve()
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8") as device:
            yield device
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        beside.replace(path)
    except OSError as error:
        what = f"cannot be written: {(error.strerror or str(error)).lower()}"
        raise WinwinwinError(Problem(what, place=Place(name))) from None
    finally:
        beside.unlink(missing_ok=True)

"""Where text goes: standard output, standard error, and files that are whole or not there."""

import errno
import os
import shutil
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, NoReturn

from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, nearest, quoted

if TYPE_CHECKING:
    from winwinwin.render.blocks import Block

SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".md": "markdown",
    ".parquet": "parquet",
    ".sql": "sql",
    ".xml": "junit",
    ".html": "html",
    ".svg": "svg",
}
"""The format of an output file, by its suffix."""

BUFFER = 1 << 20
CLOSED_PIPE = 141
"""What a shell reports of a program whose reader went away."""


def write(text: str) -> None:
    """Write data to standard output; end quietly where nobody reads it any more.

    Raises WinwinwinError where it cannot be written for another reason.
    """
    if not text:
        return
    try:
        sys.stdout.write(text)
    except OSError as error:
        _stop_writing(error)


def flush() -> None:
    """Let go of what is written and still held back; raises as write does."""
    try:
        sys.stdout.flush()
    except OSError as error:
        _stop_writing(error)


def warn(text: str) -> None:
    """Write what is not data to standard error; where that takes no more, the run goes on."""
    try:
        sys.stderr.write(text)
        sys.stderr.flush()  # a question doesn't end its line
    except OSError:
        abandon(sys.stderr)


def _stop_writing(error: OSError) -> NoReturn:
    abandon(sys.stdout)
    if isinstance(error, BrokenPipeError):
        raise SystemExit(CLOSED_PIPE) from None  # no engine takes that for an error of its own
    raise unwritable("standard output", error) from None


def abandon(stream: IO[str]) -> None:
    """Let what a stream holds back go nowhere: the interpreter would try again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def at_terminal(*, errors: bool = False) -> bool:
    """Tell whether standard output (or standard error) is a terminal."""
    return (sys.stderr if errors else sys.stdout).isatty()


def size() -> tuple[int, int]:
    """Return the terminal's columns and rows."""
    return shutil.get_terminal_size()


def on_screen(blocks: Sequence["Block"], *, color: bool, boxed: bool = False) -> str:
    """Return blocks as they look at this terminal."""
    from winwinwin.render import terminal  # rich costs 50 ms

    columns, _ = size()
    signs = terminal.signs_of(sys.stdout, os.environ)
    return terminal.render(blocks, columns, color=color, boxed=boxed, signs=signs)


def write_all(
    texts: Mapping[str, Callable[[], str]],
    format_name: str,
    outputs: Sequence[str],
    inputs: Sequence[str] = (),
    binaries: Mapping[str, Callable[[], bytes]] = MappingProxyType({}),
) -> None:
    """Write one format to standard output, and each file in the format of its suffix.

    The text for a screen, where there is one, takes the place of plain text at a terminal. Binaries
    are formats for files alone.
    """
    refuse_overwriting(outputs, inputs)
    for_files: dict[str, Callable[[], str | bytes]] = {**texts, **binaries}
    files = [(name, for_files[format_of(name, for_files)]) for name in outputs]
    on_screen = format_name == "text" and "screen" in texts and at_terminal()
    write(texts["screen" if on_screen else format_name]())
    flush()
    for name, content in files:
        with replacing(name) as write_file:
            write_file(content())


def format_of(path: str, formats: Container[str]) -> str:
    """Return the format of an output file, by its suffix.

    Raises UsageError where it is none of these formats.
    """
    suffix = Path(path).suffix.lower()
    known = [known for known, its_format in SUFFIXES.items() if its_format in formats]
    if suffix not in known:
        problem = Problem(
            f"the suffix {quoted(suffix)} is not one of a format",
            ", ".join(known),
            nearest(suffix, known),
            place=Place(path),
        )
        raise UsageError(problem)
    return SUFFIXES[suffix]


def refuse_overwriting(outputs: Sequence[str], inputs: Iterable[str]) -> None:
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


def must_be_writable(name: str) -> None:
    """Raise WinwinwinError where a file has no folder, or may not be written."""
    path = Path(name).resolve()
    try:
        os.stat(f"{path.parent}/")  # noqa: PTH116  # the slash says that it must be a folder
    except OSError as error:
        raise unwritable(name, error) from None
    # to replace a file takes leave to write in its folder alone: one that may only be read is kept
    needed = [path.parent, path] if path.is_file() else [path.parent]
    if not all(os.access(place, os.W_OK) for place in needed):
        raise unwritable(name, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))


@contextmanager
def replacing(
    name: str, *, lasting: bool = False, wanted: Callable[[], bool] = lambda: True
) -> Iterator[Callable[[str | bytes], None]]:
    """Open a file that appears under its name once it is whole; a failure leaves the old one.

    It keeps the old one's permissions. Lasting: it is on the disk before the old one goes, so that a
    crash of the machine leaves one of the two. Wanted: tells in the end whether it is to appear at
    all. Yields what writes to it. Raises WinwinwinError where it cannot be written.
    """
    path = Path(name)
    try:
        if path.exists() and not path.is_file():  # a device or a pipe: there is nothing to replace
            with path.open("wb") as stream:
                yield _writer(stream, name)
            return
        must_be_writable(name)
        path = path.resolve()
        beside = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            with beside.open("wb", BUFFER) as stream:
                if path.exists():
                    shutil.copymode(path, beside)
                yield _writer(stream, name)
                if lasting:
                    stream.flush()
                    os.fsync(stream.fileno())
            if wanted():
                beside.replace(path)
        finally:
            with suppress(OSError):
                beside.unlink()
    except OSError as error:
        raise unwritable(name, error) from None


def _writer(stream: IO[bytes], name: str) -> Callable[[str | bytes], None]:
    """Return what writes to a file, text as UTF-8, and blames that file, of several, for a failure."""

    def write(content: str | bytes) -> None:
        try:
            stream.write(content if isinstance(content, bytes) else content.encode())
        except OSError as error:
            raise unwritable(name, error) from None

    return write


def unwritable(name: str, error: OSError) -> WinwinwinError:
    """Return the error for a file or stream that the system does not write."""
    what = f"cannot be written: {(error.strerror or str(error)).lower()}"
    return WinwinwinError(Problem(what, place=Place(name)))

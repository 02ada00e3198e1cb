"""A file that one program at a time changes, of all that read it first."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from winwinwin.errors import Place, Problem, WinwinwinError, printable, quoted
from winwinwin.output import streams
from winwinwin.output.files import real

WORDLESS = 0.5
"""Seconds of waiting that nothing is said about: saving takes a few thousandths of one."""
PATIENCE = 60
"""Seconds after which nobody waits any longer."""


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other runs of the program from changing a file until the block ends; wait for one that does.

    What holds it is a file beside it, which goes at the end; that of a process that died is passed
    over. Raises WinwinwinError where the other takes too long, or the folder takes no file.
    """
    from filelock import SoftFileLock, Timeout  # 40 ms, for those who save only

    file = real(path)
    held = file.with_name(f".{file.name}.lock")
    lock = SoftFileLock(held)
    try:
        try:
            lock.acquire(timeout=WORDLESS)
        except Timeout:
            streams.warn(f"{printable(str(path))}: waiting for another run that saves there\n")
            lock.acquire(timeout=PATIENCE)
    except Timeout:
        hint = f"Try again; where no other run is at it, remove {quoted(str(held))}."
        what = "is being changed by another run of winwinwin"
        raise WinwinwinError(Problem(what, hint=hint, place=Place(str(path)))) from None
    except OSError as error:
        raise streams.unwritable(str(path), error) from None
    try:
        yield
    finally:
        lock.release()

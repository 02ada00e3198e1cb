"""Files that appear under their name once they are whole, whoever writes them."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import IO

from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, refused
from winwinwin.output.streams import STANDARD_INPUT, unwritable

BUFFER = 1 << 20


class Target:
    """A file that is being written: text or bytes by calling it, or all of it at its path."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        """As the user wrote it."""
        self.path = path
        """Where an engine writes what becomes the file."""

    @cached_property
    def stream(self) -> IO[bytes]:
        return self.path.open("wb", BUFFER)

    def __call__(self, content: str | bytes) -> None:
        """Write some more. Raises WinwinwinError that blames this file, of several."""
        try:
            self.stream.write(
                content if isinstance(content, bytes) else content.encode(errors="backslashreplace")
            )
        except OSError as error:
            raise unwritable(self.name, error) from None

    def finish(self, *, lasting: bool) -> None:
        """Close it; where nothing was written, it is empty."""
        if "stream" not in self.__dict__ and self.path.exists():  # an engine wrote it
            return
        if lasting:
            self.stream.flush()
            os.fsync(self.stream.fileno())
        self.stream.close()

    def drop(self) -> None:
        """Remove what has not become the file."""
        with suppress(OSError):
            if "stream" in self.__dict__:
                self.stream.close()
        with suppress(OSError):
            self.path.unlink()


@contextmanager
def replacing(
    name: str,
    *,
    lasting: bool = False,
    folder: bool = False,
    wanted: Callable[[], bool] = lambda: True,
) -> Iterator[Target]:
    """Open a file that appears under its name once it is whole; a failure leaves the old one.

    It keeps the old one's permissions. Lasting: it is on the disk before the old one goes, so that
    a crash of the machine leaves one of the two. Folder: an engine writes a new folder of that name.
    Wanted: tells in the end whether the file is to appear at all. Raises WinwinwinError where it
    cannot be written.
    """
    if folder:
        yield Target(name, real(name))
        return
    try:
        path = Path(name)
        if path.exists() and not path.is_file():
            with _passing_on(name, path) as target:
                yield target
            return
        must_be_writable(name)
        path = real(name)
        target = Target(name, path.with_name(f".{path.name}.{os.getpid()}.part"))
        try:
            with _blamed(target):
                yield target
            target.finish(lasting=lasting)
            if path.exists():
                shutil.copymode(path, target.path)
            if wanted():
                target.path.replace(path)
        finally:
            target.drop()
    except OSError as error:
        if error.errno is None:
            raise
        raise unwritable(name, error) from None


@contextmanager
def _blamed(target: Target) -> Iterator[None]:
    """Blame a file for what an engine reports of it; its exceptions may also be about what it reads."""
    try:
        yield
    except WinwinwinError:
        raise
    except OSError as error:
        if error.errno is None:  # not of the system
            raise
        is_its = error.filename == str(target.path)
        raise (unwritable(target.name, error) if is_its else refused(error)) from None
    except Exception as error:
        if target.path.name not in str(error):
            raise
        what = f"cannot be written: {str(error).rpartition(': ')[2].lower()}"
        raise WinwinwinError(Problem(what, place=Place(target.name))) from None


@contextmanager
def _passing_on(name: str, device: Path) -> Iterator[Target]:
    """Write to a device or a pipe, which nothing can replace: an engine's file is copied to it."""
    from tempfile import TemporaryDirectory  # few outputs are devices: 5 ms

    with TemporaryDirectory(prefix="winwinwin-") as folder, device.open("wb") as stream:
        target = Target(name, Path(folder) / device.name)
        target.__dict__["stream"] = stream
        with _blamed(target):
            yield target
        if target.path.exists():
            with target.path.open("rb") as whole:
                shutil.copyfileobj(whole, stream)


def refuse_overwriting(outputs: Iterable[str], inputs: Iterable[str]) -> None:
    """Raise UsageError where an output is given twice or is an input too, by whatever name.

    Standard input (`-`) is the file that it comes from.
    """
    read = list(inputs)
    taken = {real(name) for name in read if name != STANDARD_INPUT}
    identities = {*map(_identity, read)} - {None}
    for name in outputs:
        path = real(name)
        if path in taken or _identity(name) in identities:
            what = "is already read or written by this run"
            raise UsageError(Problem(what, hint="Choose another name.", place=Place(name)))
        taken.add(path)


def real(name: str | os.PathLike[str]) -> Path:
    """Return where links lead; of links in a circle the first, which nothing can open."""
    return Path(os.path.realpath(name))  # Path.resolve fails for a circle


def _identity(name: str) -> tuple[int, int] | None:
    """Return the device and the inode of a file; None for what is none, such as a pipe."""
    try:
        found = os.fstat(sys.stdin.fileno()) if name == STANDARD_INPUT else os.stat(name)  # noqa: PTH116  # as fstat
    except (AttributeError, OSError, ValueError):  # it does not exist, or standard input is closed
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISREG(found.st_mode) else None


def refuse_existing(name: str) -> None:
    """Raise UsageError for a file that exists, where a new one is to be written."""
    if os.path.exists(name):  # noqa: PTH110  # Path.exists raises for a name that is too long
        hint = "Choose another name."
        raise UsageError(Problem("already exists", hint=hint, place=Place(name)))


def must_be_writable(name: str) -> None:
    """Raise WinwinwinError where a file has no folder, or may not be written."""
    path = real(name)
    try:
        os.stat(f"{path.parent}/")  # noqa: PTH116  # the slash says that it must be a folder
        with suppress(FileNotFoundError):
            path.stat()
    except OSError as error:
        raise unwritable(name, error) from None
    if path.is_dir():
        raise unwritable(name, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    # a file can be replaced by whoever may write in its folder: one that may only be read is kept
    needed = [path.parent, path] if path.is_file() else [path.parent]
    if not all(os.access(place, os.W_OK) for place in needed):
        raise unwritable(name, PermissionError(errno.EACCES, os.strerror(errno.EACCES)))

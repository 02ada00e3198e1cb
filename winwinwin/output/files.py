"""Files that appear under their name once they are whole, whoever writes them."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import IO

from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, refused
from winwinwin.output.leftovers import PART, drop, new_folder, own_name, sweep
from winwinwin.output.streams import STANDARD_INPUT, flush, unwritable, write
from winwinwin.output.together import Outputs, Part

BUFFER = 1 << 20


class Target(Part):
    """A file that is being written: text or bytes by calling it, or all of it at its path."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
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

    def blame(self, error: Exception) -> None:
        """Raise as a part does: an engine's exceptions may also be about what it reads."""
        if isinstance(error, OSError) and error.errno is not None:
            if error.filename == str(self.path):
                raise unwritable(self.name, error) from None
        elif self.path.name in str(error):
            what = f"cannot be written: {str(error).rpartition(': ')[2].lower()}"
            raise WinwinwinError(Problem(what, place=Place(self.name))) from None


class File(Target):
    """One that is written beside its place."""

    def __init__(self, name: str, *, lasting: bool, wanted: Callable[[], bool]) -> None:
        """Choose where. Raises WinwinwinError where it cannot be written."""
        must_be_writable(name)
        self._place = real(name)
        self._lasting = lasting
        self._wanted = wanted
        self._old = self._beside()
        sweep(self._place.parent)
        super().__init__(name, self._beside())

    def _beside(self) -> Path:
        return self._place.with_name(f".{own_name()}{PART}")

    def finish(self) -> None:
        """Close it; where nothing was written, it is empty. Remove it where it is not to appear."""
        if "stream" in self.__dict__ or not self.path.exists():  # no engine wrote it
            if self._lasting:
                self.stream.flush()
                os.fsync(self.stream.fileno())
            self.stream.close()
        if self._place.exists():
            shutil.copymode(self._place, self.path)
        self._is_wanted = self._wanted()

    def keep_old(self) -> None:
        if self._is_wanted and self._place.exists():
            try:
                self._old.hardlink_to(self._place)
            except OSError:  # not every disk has links
                shutil.copy2(self._place, self._old)

    def place(self) -> None:
        if self._is_wanted:
            self.path.replace(self._place)

    def take_back(self) -> None:
        with suppress(OSError):
            if self.path.exists():  # it was not put in its place
                return
            if self._old.exists():
                self._old.replace(self._place)
            else:
                self._place.unlink()

    def drop(self) -> None:
        with suppress(OSError):
            if "stream" in self.__dict__:
                self.stream.close()
        for path in (self.path, self._old):
            with suppress(OSError):
                path.unlink()


class Device(Target):
    """A device or a pipe, which nothing can replace: an engine's file is copied to it."""

    def __init__(self, name: str, device: Path) -> None:
        """Open it. Raises OSError."""
        self.__dict__["stream"] = device.open("wb")
        self._folder = new_folder()
        super().__init__(name, Path(self._folder) / device.name)

    def finish(self) -> None:
        if self.path.exists():
            with self.path.open("rb") as whole:
                shutil.copyfileobj(whole, self.stream)
        self.stream.close()

    def drop(self) -> None:
        with suppress(OSError):
            self.stream.close()
        drop(self._folder)


def always() -> bool:
    return True


def target_of(
    name: str,
    *,
    lasting: bool = False,
    folder: bool = False,
    wanted: Callable[[], bool] = always,
) -> Target:
    """Return what is written as a file that appears under its name once it is whole.

    It keeps the old one's permissions. Lasting: it is on the disk before the old one goes, so that
    a crash of the machine leaves one of the two. Folder: an engine writes a new folder of that name.
    Wanted: tells in the end whether the file is to appear at all. Raises WinwinwinError where it
    cannot be written.
    """
    path = Path(name)
    try:
        if folder:
            return Target(name, real(name))
        if path.exists() and not path.is_file():
            return Device(name, path)
        return File(name, lasting=lasting, wanted=wanted)
    except OSError as error:
        if error.errno is None:
            raise
        raise unwritable(name, error) from None


@contextmanager
def together() -> Iterator[Outputs]:
    """Put all that is written in its place when the block ends; a failure leaves what was there."""
    outputs = Outputs()
    try:
        try:
            yield outputs
        except WinwinwinError:
            raise
        except OSError as error:
            outputs.blame(error)
            if error.errno is None:  # not of the system
                raise
            raise refused(error) from None
        except Exception as error:
            outputs.blame(error)
            raise
        outputs.place()
    finally:
        outputs.drop()


@contextmanager
def replacing(name: str, *, lasting: bool = False) -> Iterator[Target]:
    """Open a file by itself, as `target_of` does."""
    with together() as outputs:
        yield outputs.add(target_of(name, lasting=lasting))


def write_text(text: str, names: Collection[str] = ()) -> None:
    """Write a text to all of these files, or to standard output where there are none."""
    if not names:
        write(text)
        flush()
    with together() as outputs:
        for name in names:
            outputs.add(target_of(name))(text)


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

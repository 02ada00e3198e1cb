"""Files that are compressed, opened as what they hold: gzip, zstd, and one file in a zip."""

import io
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    WinwinwinError,
    count,
    missing,
    printable,
    quoted,
    shortened,
)
from winwinwin.limits import FREELY_UNPACKED, MEGABYTE, MOST_TIMES

if TYPE_CHECKING:
    from zipfile import ZipInfo

CUT_OFF = "the compressed file is damaged or cut off"
MOST_NAMED = 10
"""Files in a zip that a message names."""
NAME_SHOWN = 60
BEGINS = b"PK\x03\x04"
"""What a zip with a file begins with."""
SKIPPED = tuple(bytes([first]) + b"\x2a\x4d\x18" for first in range(0x50, 0x60))
"""What frames of zstd begin with that hold nothing of the file."""
SIGNS = {".gz": (b"\x1f\x8b",), ".zst": (b"\x28\xb5\x2f\xfd", *SKIPPED)}
"""What the others begin with."""
ENCRYPTED = 1
"""The flag of a file in a zip that needs a password."""


def compression(path: PurePath) -> str | None:
    """Return the suffix of a compression, in small letters; None for what is not compressed."""
    suffix = path.suffix.lower()
    return suffix if suffix in OPENED else None


def inner_name(path: Path) -> str:
    """Return the name of what a file holds: its own, without the suffix of a compression.

    A zip says itself what it holds, where that is one file.
    """
    suffix = compression(path)
    if suffix == ".zip":
        try:
            with _damage_told():
                return PurePath(_only(path).filename).name
        except (OSError, UnreadableError):
            return path.stem
    return path.stem if suffix else path.name


def check_zip(path: Path) -> None:
    """Raise UnreadableError for a zip that does not hold one file."""
    if compression(path) == ".zip":
        try:
            with _damage_told():
                _only(path)
        except OSError as error:
            if error.errno is not None:
                raise
            raise UnreadableError(Problem(_why_not(path), place=Place(str(path)))) from None


def _why_not(path: Path) -> str:
    """Tell why a file is not read as a zip: its directory is its end, which one that is cut off lacks."""
    with path.open("rb") as file:
        is_begun = file.read(len(BEGINS)) == BEGINS
    return f"cannot be read: {CUT_OFF}" if is_begun else "is not a zip file"


def opened(path: Path) -> BinaryIO:
    """Open a file, a compressed one as what it holds, up to where it ends now: one may grow for ever.

    Opening or reading one raises OSError where it is damaged or cut off. Raises UnreadableError for a zip of
    several files, MissingExtraError for zstd where nothing reads it.
    """
    suffix = compression(path)
    if suffix is None:
        return _up_to_now(path)
    check_zip(path)
    _refuse_text(path, suffix)
    with _damage_told():
        return io.BufferedReader(_Unpacked(OPENED[suffix](path), path), 1 << 16)


def _refuse_text(path: Path, suffix: str) -> None:
    """Raise UnreadableError for a file that is not compressed at all."""
    if suffix not in SIGNS or not path.is_file():
        return
    with path.open("rb") as file:
        begin = file.read(len(SIGNS[suffix][0]))
    if not any(sign.startswith(begin) for sign in SIGNS[suffix]):
        hint = f"If it is what {quoted(path.stem)} says, rename it so."
        raise UnreadableError(
            Problem("is not compressed, though its name says so", hint=hint, place=Place(str(path)))
        )


def _up_to_now(path: Path) -> BinaryIO:
    file = path.open("rb", 0)
    found = os.fstat(file.fileno())
    try:
        refuse_endless(file.fileno(), str(path))
    except UnreadableError:
        file.close()
        raise
    if not stat.S_ISREG(found.st_mode) or not found.st_size:  # a system's own files say 0
        return io.BufferedReader(file)
    return io.BufferedReader(_UpTo(file, found.st_size), 1 << 16)


def refuse_endless(file: int, source: str) -> None:
    """Raise UnreadableError for a device that holds something, unless someone types there."""
    is_device = stat.S_ISCHR(os.fstat(file).st_mode) and not os.isatty(file)
    if is_device and os.read(file, 1):  # nothing comes of /dev/null
        problem = Problem("is a device without end", hint="Name a file.", place=Place(source))
        raise UnreadableError(problem)


class _UpTo(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(self, file: io.FileIO, size: int) -> None:
        super().__init__()
        self._file = file
        self._left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self._file.readinto(memoryview(buffer)[: self._left]) or 0
        self._left -= read
        return read

    def close(self) -> None:
        self._file.close()
        super().close()


@contextmanager
def _damage_told() -> Iterator[None]:
    """Raise OSError for a damaged file, whatever its library raises."""
    try:
        yield
    except (WinwinwinError, MemoryError):
        raise
    except OSError as error:
        raise OSError(CUT_OFF) if error.errno is None else error from None
    except Exception:  # noqa: BLE001  # each library has errors of its own, and a zip knows several
        raise OSError(CUT_OFF) from None


class _Unpacked(io.RawIOBase):
    """What a compressed file holds."""

    def __init__(self, stream: IO[bytes], path: Path) -> None:
        super().__init__()
        self._stream = stream
        self._path = path
        self._left = most_unpacked(path.stat().st_size)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _damage_told():
            found = self._stream.read(len(buffer))
        self._left -= len(found)
        if self._left < 0:
            raise UnreadableError(too_much(Place(str(self._path))))
        buffer[: len(found)] = found
        return len(found)

    def close(self) -> None:
        self._stream.close()
        super().close()


def most_unpacked(size: int) -> int:
    """Return how many bytes something compressed of a size may hold."""
    return FREELY_UNPACKED + MOST_TIMES * size


def too_much(place: Place | None) -> Problem:
    """Return the problem of what holds more: hardly data, and perhaps meant to fill a disk."""
    what = (
        f"holds more than {FREELY_UNPACKED // MEGABYTE} MB and {MOST_TIMES} times its size together"
    )
    return Problem(what, hint="If that is right, unpack it, and name the file in it.", place=place)


def _zstd(path: Path) -> IO[bytes]:
    try:
        import pyarrow as pa  # of the tables: Python reads zstd by itself from 3.14 on only
    except ImportError as error:
        raise missing("tables", error) from None

    stream: IO[bytes] = pa.input_stream(str(path), compression="zstd")
    return stream


def _zip(path: Path) -> IO[bytes]:
    from zipfile import ZipFile

    return ZipFile(path).open(_only(path))


def _only(path: Path) -> "ZipInfo":
    """Return the one file in a zip; what a system or an archiver adds for itself does not count."""
    from zipfile import ZipFile

    with ZipFile(path) as archive:
        files = [each for each in archive.infolist() if not each.is_dir() and not _is_added(each)]
    if len(files) == 1:
        [file] = files
        if file.flag_bits & ENCRYPTED:
            hint = "Unpack it with its password, and name the file."
            raise UnreadableError(Problem("needs a password", hint=hint, place=Place(str(path))))
        return file
    names = [printable(shortened(each.filename, NAME_SHOWN)) for each in files[:MOST_NAMED]]
    more = [f"and {len(files) - MOST_NAMED:,} more"] if files[MOST_NAMED:] else []
    what = f"holds {count(len(files), 'file')}, and one is read"
    hint = "Unpack it, and name the one to read."
    raise UnreadableError(
        Problem(what, ", ".join([*names, *more]), hint=hint, place=Place(str(path)))
    )


def _is_added(file: "ZipInfo") -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in PurePath(file.filename).parts)


def _gzip(path: Path) -> IO[bytes]:
    import gzip

    packed = _up_to_now(path)
    unpacked = gzip.GzipFile(fileobj=packed)
    unpacked.myfileobj = packed  # type: ignore[assignment]  # which it closes with itself
    return unpacked  # type: ignore[return-value]  # it reads as one does


OPENED: dict[str, Callable[[Path], IO[bytes]]] = {".gz": _gzip, ".zst": _zstd, ".zip": _zip}
"""What opens each kind, by its suffix."""

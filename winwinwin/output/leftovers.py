"""Names that tell whose something is, so that a run removes what a killed one has left."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path

NAME = re.compile(r"winwinwin_([0-9a-f]{8})_(\d+)_([0-9a-f]{8})_\d+")
"""Machine, process, what tells it from one of the same number before, and which of its things."""
PART = ".part"
"""How the name of a file that is being written ends; it begins with a dot."""
WEEK = 7 * 24 * 60 * 60
"""Seconds after which what another machine left is not in use any more."""
NUMBERS = count()


def own_name() -> str:
    """Return a name that nothing else has, for a file, a folder or a table of this run."""
    return f"winwinwin_{_machine()}_{os.getpid()}_{_process()}_{next(NUMBERS)}"


def is_left(name: str, age: Callable[[], float] = lambda: 0) -> bool:
    """Tell whether the run that made this is dead; the age in seconds tells where no process can."""
    found = NAME.fullmatch(name)
    if found is None:
        return False
    machine, process, its = found.groups()
    if machine != _machine():
        return age() > WEEK
    return its != _process() if int(process) == os.getpid() else not _lives(int(process))


def sweep(folder: Path) -> None:
    """Remove what killed runs of this user have left in a folder, as far as it lets itself be."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            with suppress(OSError):
                if _is_left(entry):
                    _remove(entry)


@contextmanager
def temporary_folder() -> Iterator[str]:
    """Make a folder that goes at the end, and those of killed runs now."""
    path = new_folder()
    try:
        yield path
    finally:
        drop(path)


def new_folder() -> str:
    """Make a temporary folder, to be dropped, and remove those of killed runs."""
    from tempfile import gettempdir  # 5 ms, and few runs need a folder

    _sweep_once(Path(gettempdir()))
    path = Path(gettempdir(), own_name())
    path.mkdir(0o700)
    return str(path)


@cache
def _sweep_once(folder: Path) -> None:
    sweep(folder)


def drop(folder: str) -> None:
    """Remove a folder with all that is in it."""
    import shutil  # as above

    shutil.rmtree(folder, ignore_errors=True)


def _is_left(entry: os.DirEntry[str]) -> bool:
    import time

    name = entry.name.removeprefix(".").removesuffix(PART)
    if not name.startswith("winwinwin_"):
        return False
    found = entry.stat(follow_symlinks=False)
    is_own = found.st_uid == os.getuid() if hasattr(os, "getuid") else True
    return is_own and is_left(name, lambda: time.time() - found.st_mtime)


def _remove(entry: os.DirEntry[str]) -> None:
    if entry.is_dir(follow_symlinks=False):
        drop(entry.path)
    else:
        os.unlink(entry.path)  # noqa: PTH108  # as scandir gives it


def _lives(process: int) -> bool:
    if os.name == "nt":  # where the question would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # another user's
        pass
    return True


@cache
def _machine() -> str:
    """Tell where the numbers of processes mean the same: a machine, or a container on it."""
    from platform import node  # only for those who write
    from zlib import crc32

    space = ""
    with suppress(OSError):
        space = str(Path("/proc/self/ns/pid").readlink())
    return f"{crc32(f'{node()} {space}'.encode(errors='replace')):08x}"


@cache
def _process() -> str:
    return os.urandom(4).hex()

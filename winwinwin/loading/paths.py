"""Finding the files that a name on the command line means."""

import errno
import glob
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from shlex import quote

from winwinwin.errors import Place, Problem, UnreadableError, printable, reason, refused
from winwinwin.loading.addresses import shown
from winwinwin.loading.compressed import inner_name
from winwinwin.loading.suffixes import FORMATS, SHARED, TABLE_FORMATS
from winwinwin.near import near_ones, nearest

SCARCE = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM))
"""What the system says where it has no room or no handle left, whatever is read."""
READ_FROM = "standard input"
"""What it is called in messages."""
OUTCOMES = ("won", "lost", "unknown")
"""What is given for a file by somebody who means `score`."""


def as_typed(name: str) -> str:
    """Return the name of a file as it is typed in a shell."""
    if name == READ_FROM:
        return "-"
    is_like_an_option = name.startswith("-") and name != "-"
    return quote(printable(f"./{name}" if is_like_an_option else name))


def record_format(path: Path) -> str | None:
    """Return the format of a file of records by its suffix; None for others.

    A compression's is passed over, and so is what a form adds to share a file.
    """
    inner = inner_name(path)
    shared = Path(inner).suffix.lower() == SHARED
    return FORMATS.get(Path(Path(inner).stem if shared else inner).suffix.lower())


def holds_records(path: Path) -> bool:
    """Tell by its suffix whether a file holds records."""
    return record_format(path) is not None


def table_format(path: Path) -> str | None:
    """Return the format of a table by its suffix, a compression's passed over; None for others."""
    return TABLE_FORMATS.get(Path(inner_name(path)).suffix.lower())


def is_input(path: Path) -> bool:
    """Tell by its suffix whether a file holds records or is a table."""
    return holds_records(path) or table_format(path) is not None


def is_folder(name: str) -> bool:
    """Tell whether a name is that of a folder; False where the system does not say."""
    return os.path.isdir(name)  # noqa: PTH112  # Path.is_dir raises for a name that is too long


def files_of(name: str, wanted: Callable[[Path], object]) -> Iterator[Path | UnreadableError]:
    """Yield the files of a name: the file itself, or those of a glob, or the wanted ones of a folder.

    Those of a folder are sorted, without hidden ones.
    """
    path = Path(name)
    try:
        if name and path.exists():
            matches = [path]
        else:
            matches = sorted(map(Path, glob.glob(name, recursive=True)))  # noqa: PTH207  # Path.glob takes no absolute pattern
        if not matches:
            yield no_such_file(name)
        for match in matches:
            yield from _inside(match, wanted) if match.is_dir() else [match]
    except OSError as error:
        yield unreadable(name, error)


def parted_by_repeats(paths: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Return each file once, however it is named, and the further paths of those that are there again."""
    first: dict[str, Path] = {}
    every = list(paths)
    again = [path for path in every if first.setdefault(os.path.realpath(path), path) is not path]
    return list(first.values()), again


def _inside(folder: Path, wanted: Callable[[Path], object]) -> Iterator[Path | UnreadableError]:
    refused: list[OSError] = []
    found: list[Path] = []
    for parent, folders, files in os.walk(folder, onerror=refused.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in files if not name.startswith(".")]
    for error in refused:
        yield unreadable(str(error.filename), error)
    is_empty = not refused
    for path in sorted(filter(wanted, found)):
        try:
            if not path.is_file():  # a pipe, say
                continue
            yield path
        except OSError as error:
            yield unreadable(str(path), error)
        is_empty = False
    if is_empty:
        yield _empty(folder)


def _empty(folder: Path) -> UnreadableError:
    hint = f"It should hold files that end in {', '.join([*FORMATS, *TABLE_FORMATS])}."
    problem = Problem("the folder holds no files to read", hint=hint, place=Place(str(folder)))
    return UnreadableError(problem)


def no_such_file(name: str) -> UnreadableError:
    """Return the error for a name that does not exist, with the most similar one that does."""
    if "://" in name:
        hint = "Name a database with --connect URL --table NAME."
        return UnreadableError(Problem("this is no file", hint=hint, place=Place(shown(name))))
    path = Path(name)
    beside = list(path.parent.iterdir()) if path.parent.is_dir() else []
    alike = near_ones(path.stem, (file.stem for file in beside), most=len(beside) or 1)
    near = nearest(path.name, (file.name for file in beside if file.stem in alike))
    what = "no file matches" if glob.has_magic(name) else "no such file or folder"
    hint = "To judge outcomes: winwinwin score won lost" if name.lower() in OUTCOMES else ""
    return UnreadableError(Problem(what, nearest=near, hint=hint, place=Place(name)))


def unreadable(source: str, error: OSError) -> UnreadableError:
    """Return the error for a source that the system cannot read; what the machine lacks is not blamed on it."""
    if error.errno in SCARCE:
        return UnreadableError(*refused(error).problems)
    what = f"cannot be read: {reason(error)}"
    return UnreadableError(Problem(what, place=Place(source)))

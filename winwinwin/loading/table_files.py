"""Finding the tables among the paths of a run by suffix, before anything heavy is imported."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from winwinwin.errors import Problem, UnreadableError, UsageError, printable
from winwinwin.loading.foreign import foreign
from winwinwin.loading.paths import (
    files_of,
    holds_records,
    is_folder,
    is_input,
    parted_by_repeats,
    table_format,
)
from winwinwin.loading.suffixes import TABLE_FORMATS
from winwinwin.output.streams import STANDARD_INPUT


def are_tables(names: Sequence[str], input_format: str | None) -> bool:
    """Tell whether a run is about tables. Raises UsageError if only a part of it is.

    The tables of a folder don't count where it holds a file of records: reading passes over them.
    Raises UnreadableError for a file beside tables that only another program reads.
    """
    if input_format is not None:
        return input_format in TABLE_FORMATS.values()
    found = [each for name in names for each in _found(name)]
    tables = [name for name, is_table in found if is_table]
    others = [name for name, is_table in found if not is_table]
    if tables and others:
        if unread := next(filter(None, map(foreign, map(Path, others))), None):
            raise UnreadableError(unread)
        table, other = (printable(names[0]) for names in (tables, others))
        what = f"{table} and {other} cannot be judged together: only the first is a table"
        raise UsageError(Problem(what, hint="Name tables alone, or files of records alone."))
    return bool(tables)


def find_tables(names: Iterable[str], input_format: str | None) -> list[Path]:
    """Return the files that names stand for: themselves, a folder's or a glob's, sorted, each once.

    Raises UnreadableError for what cannot be read, and for a name that nothing has.
    """
    wanted = _any if input_format else table_format
    found = [_readable(path) for name in names for path in files_of(name, wanted)]
    return parted_by_repeats(found)[0]


def _readable(path: Path | UnreadableError) -> Path:
    if isinstance(path, UnreadableError):
        raise path
    return path


def _any(_: Path) -> bool:
    return True


def _found(name: str) -> list[tuple[str, bool]]:
    """Return what a name stands for, and whether it is a table.

    That is the files of a glob, or the name itself: a folder is a table if all its files are.
    """
    if name == STANDARD_INPUT:
        return [(name, False)]
    paths = [path for path in files_of(name, is_input) if isinstance(path, Path)]
    if is_folder(name):
        return [(name, bool(paths) and not any(map(holds_records, paths)))]
    return [(str(path), table_format(path) is not None) for path in paths or [Path(name)]]

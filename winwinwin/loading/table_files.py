"""Finding the tables among the paths of a run by suffix, before anything heavy is imported."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from winwinwin.errors import Problem, UnreadableError, UsageError, printable
from winwinwin.loading.documents import holds_records
from winwinwin.loading.paths import STANDARD_INPUT, TABLE_FORMATS, files_of

COMPRESSED = (".gz", ".zst")


def table_format(path: Path) -> str | None:
    """Return the format of a table by its suffix, a compression's passed over; None for others."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in COMPRESSED:
        suffixes.pop()
    return TABLE_FORMATS.get(suffixes[-1]) if suffixes else None


def are_tables(names: Sequence[str], input_format: str | None) -> bool:
    """Tell whether a run is about tables. Raises UsageError if only a part of it is."""
    if input_format is not None:
        return input_format in TABLE_FORMATS.values()
    found = [path for name in names for path in _found(name)]
    tables = [path for path in found if table_format(path)]
    others = [path for path in found if not table_format(path)]
    if tables and others:
        what = "tables and files of records cannot be judged together"
        table, other = (printable(str(paths[0])) for paths in (tables, others))
        hint = f"{table} is a table and {other} is not: name files of one kind."
        raise UsageError(Problem(what, hint=hint))
    return bool(tables)


def find_tables(names: Iterable[str], input_format: str | None) -> list[Path]:
    """Return the files that names stand for: themselves, a folder's or a glob's, sorted, each once.

    Raises UnreadableError for what cannot be read, and for a name that nothing has.
    """
    wanted = _any if input_format else table_format
    found = [_readable(path) for name in names for path in files_of(name, wanted)]
    return list(dict.fromkeys(found))


def _readable(path: Path | UnreadableError) -> Path:
    if isinstance(path, UnreadableError):
        raise path
    return path


def _any(_: Path) -> bool:
    return True


def _found(name: str) -> list[Path]:
    """Return the files of a name; the name itself if it has none, or none that can be read."""
    if name == STANDARD_INPUT:
        return [Path(name)]
    found = files_of(name, lambda path: holds_records(path) or table_format(path))
    return [path for path in found if isinstance(path, Path)] or [Path(name)]

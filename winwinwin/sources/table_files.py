"""Which of the paths of a run are tables: told by suffix, before anything heavy is imported."""

import glob
from collections.abc import Iterable, Sequence
from pathlib import Path

from winwinwin.errors import Place, Problem, UnreadableError, UsageError
from winwinwin.sources.documents import FORMATS, STANDARD_INPUT, TABLE_FORMATS

COMPRESSED = (".gz", ".zst")


def table_format(path: Path) -> str | None:
    """Return the format of a table by its suffix, a compression's passed over; None for others."""
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    if suffixes and suffixes[-1] in COMPRESSED:
        suffixes.pop()
    return TABLE_FORMATS.get(suffixes[-1]) if suffixes else None


def are_tables(names: Sequence[str], input_format: str | None) -> bool:
    """Tell whether a run is about tables. Raises UsageError where only some of it is."""
    if input_format is not None:
        return input_format in TABLE_FORMATS.values()
    tables = [name for name in names if _holds(name, table=True)]
    if not tables:
        return False
    others = [name for name in names if name not in tables or _holds(name, table=False)]
    if others:
        what = "tables and files of records can't be judged in one run"
        twice = f"Run once for {tables[0]} and once for {others[0]}, or name"
        hint = f"{twice if tables[0] != others[0] else 'Name'} the files of one sort."
        raise UsageError(Problem(what, hint=hint))
    return True


def find_tables(names: Iterable[str], input_format: str | None) -> list[Path]:
    """Return the files that names stand for: themselves, a folder's or a glob's, sorted, each once.

    Raises UnreadableError for a name that stands for nothing.
    """
    found: dict[Path, None] = {}
    for name in names:
        matches = [path for path in _files(name) if input_format or table_format(path)]
        if not matches:
            raise UnreadableError(
                Problem("there is no such table", hint="Check its name.", place=Place(name))
            )
        found |= dict.fromkeys(matches)
    return list(found)


def _holds(name: str, *, table: bool) -> bool:
    """Tell whether a name stands for a table, or for a file of records."""
    return any(
        bool(table_format(path)) if table else path.suffix.lower() in FORMATS
        for path in ([Path(name)] if name == STANDARD_INPUT else _files(name) or [Path(name)])
    )


def _files(name: str) -> list[Path]:
    path = Path(name)
    matches = [path] if path.exists() else sorted(map(Path, glob.glob(name, recursive=True)))  # noqa: PTH207  # Path.glob takes no absolute pattern
    files: list[Path] = []
    for match in matches:
        if match.is_dir():
            inside = (found for found in match.rglob("*") if found.is_file())
            files += sorted(
                found
                for found in inside
                if not any(part.startswith(".") for part in found.relative_to(match).parts)
            )
        else:
            files.append(match)
    return files

"""What an engine can't read where it is, kept in a file of the run: it reads a table more than once."""

import shutil
from pathlib import Path
from typing import BinaryIO

from winwinwin.loading.compressed import compression, inner_name, opened
from winwinwin.loading.paths import table_format

READ_COMPRESSED = ("csv", "tsv")
"""Formats that the engine reads in a compressed file."""
READ_SUFFIXES = (".gz", ".zst")
"""The suffixes by which it knows one."""
CHUNK = 1 << 20


def needs_spooling(path: Path, input_format: str | None) -> bool:
    """Tell whether a file can be read once only, or is compressed as its engine does not know."""
    if not path.is_file():
        return path.exists()  # a pipe
    if compression(path) is None:
        return False
    its_format = input_format or table_format(path)
    return path.suffix not in READ_SUFFIXES or its_format not in READ_COMPRESSED


def spooled(path: Path, folder: Path, input_format: str | None) -> Path:
    """Unpack a file, or empty a pipe, into a folder of its own. Raises OSError."""
    folder.mkdir()
    its_format = input_format or table_format(path)
    kept = folder / (f"table.{its_format}" if its_format else Path(inner_name(path)).name)
    with opened(path) as stream:
        keep(stream, kept)
    return kept


def keep(stream: BinaryIO, path: Path) -> None:
    """Write what is read to a file."""
    with path.open("wb") as file:
        shutil.copyfileobj(stream, file, CHUNK)

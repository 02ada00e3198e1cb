"""What is kept in a file of the run, because an engine reads a table more than once: pipes, and what is compressed.

An engine unpacks by itself, but says nothing of a file that is cut off; and it would unpack twice.
"""

import shutil
from pathlib import Path
from typing import BinaryIO

from winwinwin.loading.compressed import compression, inner_name, opened
from winwinwin.loading.paths import table_format
from winwinwin.parsing.tape import is_utf8

CHUNK = 1 << 20


def needs_spooling(path: Path) -> bool:
    """Tell whether a file can be read once only, is compressed, or has a name that no engine takes."""
    if not path.is_file():
        return path.exists()  # a pipe
    return compression(path) is not None or not is_utf8(str(path))  # engines name files in UTF-8


def spooled(path: Path, folder: Path, input_format: str | None) -> Path:
    """Unpack a file to its end, or empty a pipe, into a folder of its own. Raises OSError."""
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

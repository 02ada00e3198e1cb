"""A clean copy of a text that DuckDB could not read as it is; each line keeps its number."""

import shutil
from pathlib import Path

from winwinwin.tables.reading.encodings import Decoding, blocks


def copied(path: Path, encoding: str, target: Path) -> None:
    """Write a file as UTF-8, without holding it. Raises UnreadableError where the text is not in its encoding."""
    decoding = Decoding(path, encoding)
    with target.open("w", encoding="utf-8", newline="") as out:
        for block in blocks(path):
            out.write(decoding.text(block))
        out.write(decoding.text(b""))


def cut(path: Path, length: int, target: Path) -> None:
    """Write the first bytes of a file; to the file itself by cutting it off."""
    if target == path:
        with path.open("r+b") as file:
            file.truncate(length)
        return
    with path.open("rb") as source, target.open("wb") as out:
        shutil.copyfileobj(source, out)
        out.truncate(length)

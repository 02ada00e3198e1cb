"""What a file is by the bytes that it begins with, where its name says something else."""

from pathlib import Path
from shlex import quote
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from winwinwin.errors import Place, Problem, printable
from winwinwin.loading.compressed import OPENED, compression
from winwinwin.loading.compressed import SIGNS as PACKED
from winwinwin.loading.foreign import about
from winwinwin.loading.suffixes import TABLE_FORMATS

BEGIN = 16
"""Bytes that tell."""


class Sign(NamedTuple):
    """How files of a kind begin."""

    bytes: bytes
    suffix: str
    """The usual one of the kind."""
    at: int = 0


SIGNS = (
    *(Sign(begin, suffix) for suffix, begins in PACKED.items() for begin in begins),
    Sign(b"PK\x03\x04", ".zip"),
    Sign(b"PK\x05\x06", ".zip"),
    Sign(b"PAR1", ".parquet"),
    Sign(b"\xd0\xcf\x11\xe0", ".xls"),
    Sign(b"%PDF-", ".pdf"),
    Sign(b"SQLite format 3\0", ".sqlite"),
    Sign(b"DUCK", ".duckdb", 8),
    Sign(b"$FL2", ".sav"),
    Sign(b"$FL3", ".zsav"),
    Sign(b"<stata_dta>", ".dta"),
    Sign(b"7z\xbc\xaf\x27\x1c", ".7z"),
    Sign(b"Rar!", ".rar"),
    Sign(b"{\\rtf", ".rtf"),
    Sign(b"\x89PNG", ".png"),
    Sign(b"\xff\xd8\xff", ".jpg"),
)
PARTS = {"xl/": ".xlsx", "word/": ".docx", "ppt/": ".pptx", "content.xml": ".ods"}
"""What tells the kinds of files apart that are zips of their parts."""
NAMES = {"xlsx": "a workbook", "parquet": "Parquet"}


def misnamed(path: Path, form: str) -> Problem | None:
    """Return the problem of a table that is not what its name, or who runs it, takes it for.

    None where it is, or where nothing tells.
    """
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        begin = stream.read(BEGIN)
    found, place = _suffix(path, begin), Place(str(path))
    if found is None:
        return _not_parquet(form, place) if _is_text(begin) else None
    if found == compression(path) or TABLE_FORMATS.get(found) == form:
        return None
    if found in OPENED:
        hint = f"Rename it to {quote(printable(path.name + found))}."
        return Problem("is compressed, and its name does not say so", hint=hint, place=place)
    if known := TABLE_FORMATS.get(found):
        hint = f"Read it as such: --input-format {known}."
        return Problem(f"is {NAMES[known]}, and its name does not say so", hint=hint, place=place)
    return about(path, found)


def _not_parquet(form: str, place: Place) -> Problem | None:
    if form != "parquet":
        return None
    hint = "Read it as such: --input-format csv (or tsv)."
    return Problem("is text, and not Parquet", hint=hint, place=place)


def _is_text(begin: bytes) -> bool:
    return bool(begin) and all(byte >= 32 or byte in b"\t\r\n" for byte in begin)  # noqa: PLR2004  # controls end there


def _suffix(path: Path, begin: bytes) -> str | None:
    """Return the usual suffix of what a file is, None for text and what is not known."""
    found = next((sign.suffix for sign in SIGNS if begin.startswith(sign.bytes, sign.at)), None)
    if found != ".zip" or compression(path) == ".zip":
        return found
    try:
        with ZipFile(path) as archive:
            names = archive.namelist()
    except (OSError, BadZipFile):
        return found
    parts = (suffix for part, suffix in PARTS.items() for name in names if name.startswith(part))
    return next(parts, found)

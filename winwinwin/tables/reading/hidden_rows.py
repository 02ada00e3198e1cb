"""The rows that a workbook hides, looked up in the text of its sheet: its reader does not tell them."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

PARTS = {"workbook": "xl/workbook.xml", "links": "xl/_rels/workbook.xml.rels"}
SMALL = 1 << 22
"""Bytes that the list of sheets may have."""
BLOCK = 1 << 20
LONGEST = 1 << 12
"""Bytes that the start of a row hardly exceeds."""
UNTOLD = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    KeyError,
    ValueError,
    RuntimeError,
    EOFError,
)
"""What comes of an older or another kind of workbook."""
ROW = re.compile(rb"<(?:\w{1,9}:)?row(?=[\s/>])[^<>]*>")
"""The start of a row: in a sheet's text, a `<` that is no markup is always escaped."""
HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,7})["']""")


def hidden_rows(workbook: IO[bytes], sheet: str) -> list[int]:
    """Return the numbers of a sheet's hidden rows, from 1; [] where the file does not tell."""
    try:
        with zipfile.ZipFile(workbook) as parts:
            name = _part_of(parts, sheet)
            if name is None:
                return []
            with parts.open(name) as stream:
                return list(_hidden(stream))
    except UNTOLD:
        return []


def _part_of(parts: zipfile.ZipFile, sheet: str) -> str | None:
    """Return where the text of a sheet is."""
    sheets = {
        found.get("name"): value
        for found in _elements(parts, "workbook", "sheet")
        for key, value in found.items()
        if key.rpartition(":")[2] == "id"
    }
    links = {
        each.get("Id"): each.get("Target") for each in _elements(parts, "links", "Relationship")
    }
    target = links.get(sheets.get(sheet))
    if target is None:
        return None
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _elements(parts: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    """Return the attributes of each element of a name. Raises ValueError for what no workbook has."""
    with parts.open(PARTS[part]) as stream:
        text = stream.read(SMALL)
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    def refuse(*_: object) -> None:
        raise ValueError

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse  # entities come with one, and may grow without end
    parser.Parse(text, True)
    return found


def _hidden(stream: IO[bytes]) -> Iterator[int]:
    """Yield the hidden rows of a sheet's text, of which only a block is held at a time."""
    number, rest = 0, b""
    while block := stream.read(BLOCK):
        text = rest + block
        done = 0
        for found in ROW.finditer(text):
            done = found.end()
            its_own = NUMBER.search(found[0])
            number = int(its_own[1]) if its_own else number + 1
            if HIDDEN.search(found[0]):
                yield number
        rest = text[max(done, len(text) - LONGEST) :]

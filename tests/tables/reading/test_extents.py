"""A workbook is refused before its reader takes memory for cells that hold nothing."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from conftest import Run

from winwinwin.errors import UnreadableError
from winwinwin.tables.reading.extents import refuse_too_large

END = "</sheetData>"
FAR = re.compile(
    r"w\.xlsx: has a sheet of [\d,]+ rows and [\d,]+ columns, of which only [\d,]+ cells hold"
    r" something\. Delete what stands far below or right of the table, or export it as CSV\.\n"
)


def before_end(cells: str) -> Callable[[str], str]:
    return lambda sheet: sheet.replace(END, cells + END)


def prefixed(sheet: str) -> str:
    """Write a sheet with a prefix before each name, and a cell far out."""
    named = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet).replace("xmlns=", "xmlns:x=")
    return named.replace("</x:sheetData>", f"{row(9, 'x:c', 'XFD1048576')}</x:sheetData>")


def row(number: int, name: str, place: str, about: str = "") -> str:
    prefix = name.removesuffix("c")
    cell = f'<{name} r="{place}"{about}><{prefix}v>1</{prefix}v></{name}>'
    return f'<{prefix}row r="{number}">{cell}</{prefix}row>'


def workbook(path: Path, change: Callable[[str], str]) -> Path:
    """Write a workbook of one row whose sheet is changed."""
    whole = openpyxl.Workbook()
    for cells in (["id", "salesperson", "customer"], ["a", "won", "won"]):
        whole.active.append(cells)
    held = io.BytesIO()
    whole.save(held)
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            text = old.read(part).decode()
            is_sheet = part.filename.endswith("sheet1.xml")
            new.writestr(part.filename, change(text) if is_sheet else text)
    return path


TOO_LARGE = {
    "a far cell": before_end(row(1048576, "c", "XFD1048576")),
    "of which only the cell says it": before_end(row(3, "c", "XFD1048576")),
    "in small letters": before_end(row(3, "c", "xfd1048576")),
    "beyond any sheet": before_end(row(3, "c", "A4294967295")),
    "written unusually": before_end("<row><c\n s = \"0\" r = 'XFD1048576' ><v>1</v></c></row>"),
    "with a prefix": prefixed,
    "without a place": before_end(
        f'<row r="1048576">{"<c><v>1</v></c>" * 16384}</row>',
    ),
}


@pytest.mark.parametrize("kind", TOO_LARGE)
def test_a_sheet_with_cells_far_apart_is_refused(run: Run, tmp_path: Path, kind: str) -> None:
    workbook(tmp_path / "w.xlsx", TOO_LARGE[kind])
    done = run("batch", "w.xlsx", "-q", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert FAR.fullmatch(done.err)


READ = {
    "an empty cell far out": before_end('<row r="1048576"><c r="XFD1048576" s="0"/></row>'),
    "dimensions that are wrong": lambda sheet: re.sub(
        r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', sheet
    ),
    "empty cells far below": before_end(
        "".join(f'<row r="{number}"><c r="C{number}" s="0"/></row>' for number in range(9, 3000))
    ),
}


@pytest.mark.parametrize("kind", READ)
def test_what_only_looks_large_is_read(run: Run, tmp_path: Path, kind: str) -> None:
    workbook(tmp_path / "w.xlsx", READ[kind])
    assert run("batch", "w.xlsx", "-q", cwd=tmp_path).code == 0


def test_a_sheet_is_looked_at_across_blocks(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("winwinwin.tables.reading.extents.BLOCK", 64)
    far = workbook(tmp_path / "far.xlsx", TOO_LARGE["a far cell"])
    near = workbook(tmp_path / "near.xlsx", before_end(row(9, "c", "F9")))
    with far.open("rb") as content, pytest.raises(UnreadableError):
        refuse_too_large(content)
    with near.open("rb") as content:
        refuse_too_large(content)


def test_a_part_that_says_it_is_small_is_counted(run: Run, tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", b" " * (600 << 20))
        archive.infolist()[0].file_size = 10
    (tmp_path / "w.xlsx").write_bytes(held.getvalue())
    done = run("batch", "w.xlsx", "-q", cwd=tmp_path)
    assert done.err.startswith("w.xlsx: holds more than 256 MB and 100 times its size together.")


def test_a_workbook_of_another_kind_is_tried_with_little_memory(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "w.xls").write_bytes((Path(__file__).parent / "two.xls").read_bytes())
    assert run("batch", "w.xls", "-q", cwd=tmp_path).code == 0
    monkeypatch.setattr("winwinwin.tables.reading.trial.SCRIPT", "import os; os.abort()")
    done = run("batch", "w.xls", "-q", cwd=tmp_path)
    hint = "Delete what stands far below or right of the table, or export it as CSV."
    assert (done.code, done.err[:50]) == (2, "w.xls: takes more than 1,024 MB of memory. Delete ")
    assert done.err.endswith(f"{hint}\n")

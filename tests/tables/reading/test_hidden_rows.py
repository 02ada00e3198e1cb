"""Hidden rows, as the text of a sheet has them."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.tables.reading.hidden_rows import BLOCK, hidden_rows

LINKS = '<Relationships><Relationship Id="r1" Target="{}"/></Relationships>'
BOOK = '<x:workbook xmlns:x="x" xmlns:q="q"><x:sheet name="A &amp; B" q:id="r1"/></x:workbook>'


def workbook(sheet: str, book: str = BOOK, target: str = "worksheets/s.xml") -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", book)
        parts.writestr("xl/_rels/workbook.xml.rels", LINKS.format(target))
        parts.writestr("xl/worksheets/s.xml", sheet)
    return file


@pytest.mark.parametrize("target", ["worksheets/s.xml", "/xl/worksheets/s.xml"])
def test_hidden_rows_are_found_with_and_without_their_numbers(target: str) -> None:
    sheet = """<rows/><row r="3" hidden="1"/><x:row hidden='true'><c/></x:row>
        <row hidden="0"/><row /><t>&lt;row hidden="1"></t><row r="9" hidden = "1">"""
    assert hidden_rows(workbook(sheet, target=target), "A & B") == [3, 4, 9]


def test_a_row_that_two_blocks_share_counts_once() -> None:
    row = '<row r="{}" hidden="1"/>'
    sheet = "x" * (BLOCK - 10) + row.format(7) + "y" * (2 * BLOCK) + row.format(8)
    assert hidden_rows(workbook(sheet), "A & B") == [7, 8]


def test_nothing_is_told_where_entities_could_grow() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + BOOK
    assert hidden_rows(workbook('<row r="1" hidden="1"/>', bomb), "A & B") == []


def test_nothing_is_told_of_a_sheet_that_is_not_there() -> None:
    assert hidden_rows(workbook('<row r="1" hidden="1"/>'), "C") == []


@given(st.binary())
def test_nothing_is_told_of_what_is_no_workbook(content: bytes) -> None:
    assert hidden_rows(io.BytesIO(content), "A") == []

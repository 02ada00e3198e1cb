"""Names for columns whose header gives them none."""

from pathlib import Path

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.tables.reading.headers import repaired


def test_a_blank_header_is_named_by_its_place_and_a_repeated_one_by_a_number() -> None:
    names, lines = repaired([" id ", "Notes", "", "notes", "Notes 2", "Notes"])
    assert names == ["id", "Notes", "column 3", "notes 3", "Notes 2", "Notes 4"]
    assert lines == [
        "1 column without a name: read as 'column 3'",
        "2 columns with a name used before: read as 'notes 3', 'Notes 4'",
    ]


def test_only_the_first_of_many_columns_are_listed() -> None:
    _, [line] = repaired([""] * 5)
    assert line.endswith("read as 'column 1', 'column 2', 'column 3' and 2 more")


@given(st.lists(st.sampled_from(["", " ", "a", "A", " a", "a 2", "column 1", "Column 2"])))
def test_every_column_gets_a_name_of_its_own(header: list[str]) -> None:
    names, lines = repaired(header)
    assert len({name.lower() for name in names}) == len(header)
    assert all(name == name.strip() != "" for name in names)
    first = {}
    for old, new in zip(header, names, strict=True):
        if old.strip():
            first.setdefault(old.strip().lower(), new)
    assert all(name.lower() == new.lower() for name, new in first.items())
    assert bool(lines) == (names != [name.strip() for name in header])


@pytest.mark.parametrize("header", ["id,salesperson,salesperson", "id,salesperson,Salesperson"])
def test_two_columns_of_one_fact_are_an_error(header: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"{header}\n1,won,lost\n")
    done = run("batch", "a.csv", "-q", cwd=tmp_path)
    assert done.code == 2
    again = header.rpartition(",")[2]
    assert f"columns 'salesperson' and '{again} 2' both match 'salesperson'." in done.err

"""No limit of a reader drops a row: what an engine gave is held against what the file holds."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run
from hypothesis import example, given
from hypothesis import strategies as st

from winwinwin.errors import UnreadableError
from winwinwin.limits import LONGEST_LINE
from winwinwin.loading.file_layout import AS_IT_SAYS
from winwinwin.tables.reading.parquet import _refuse_fewer as refuse_fewer_of_parquet
from winwinwin.tables.reading.texts import ready
from winwinwin.tables.reading.whole import refuse_fewer

HEADER = "id,salesperson,customer\n"
CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"))
"""Texts with line breaks, quotes and delimiters."""


@pytest.mark.parametrize(
    "length", [LONGEST_LINE // 10, LONGEST_LINE + 100, LONGEST_LINE + (1 << 23)]
)
@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_long_row_is_read_or_refused_wherever_it_is(
    run: Run, tmp_path: Path, length: int, place: str
) -> None:
    others = ["a,won,won\n", "b,lost,lost\n"]
    others.insert({"first": 0, "middle": 1, "last": 2}[place], "x" * length + ",won,won\n")
    (tmp_path / "a.csv").write_text(HEADER + "".join(others))
    (tmp_path / "o.csv").write_text("old")
    done = run("batch", "a.csv", "-o", "o.csv", "-q", cwd=tmp_path)
    if done.code:
        assert "a.csv" in done.err
        assert "this line is too long. A line may have 32 MB." in done.err
        assert (tmp_path / "o.csv").read_text() == "old"
    else:
        assert (tmp_path / "o.csv").read_bytes().count(b"\n") == 4
    assert length > LONGEST_LINE or done.code == 0


@given(
    st.lists(st.tuples(CELLS, CELLS), max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans()
)
@example([('5" pipe', "x"), ("y", "z")], "\n", False)
def test_a_row_less_than_a_text_holds_is_noticed(
    cells: list[tuple[str, str]], end: str, is_quoted: bool
) -> None:
    sink = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if is_quoted else csv.QUOTE_MINIMAL
    writer = csv.writer(sink, lineterminator=end, quoting=quoting)
    writer.writerow(["id", "salesperson", "customer"])
    writer.writerows(("won", *each) for each in cells)
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        file.write_text(sink.getvalue(), newline="", encoding="utf-8")
        text = ready(file, AS_IT_SAYS, ",", Path(folder, "copy.csv"), [])
        assert text.rows == len(cells)
        refuse_fewer([text], len(cells))
        refuse_fewer([text], len(cells) + 1)
        if cells:
            with pytest.raises(UnreadableError, match=f"1 row of {len(cells)} would be lost"):
                refuse_fewer([text], len(cells) - 1)


@pytest.mark.parametrize(
    "text",
    [
        'A,won,5" pipe\nB,won,lost\n',
        "A,won,won\r   \rB,won,lost\r",
        'A,won,won\n"",,\n,,\nB,lost,won\n',
        "A,won,won\n \t \nB,lost,won\n",
    ],
    ids=["a single quote", "line ends of old", "rows of nothing", "rows of blanks"],
)
def test_rows_are_counted_one_by_one_where_lines_do_not_tell(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.csv"
    end = "\r" if "\r" in text else "\n"
    file.write_text(HEADER.replace("\n", end) + text, newline="")
    found = ready(file, AS_IT_SAYS, ",", tmp_path / "copy.csv", [])
    refuse_fewer([found], 2)
    with pytest.raises(UnreadableError, match="1 row of 2 would be lost in reading"):
        refuse_fewer([found], 1)


def test_a_row_less_than_parquet_holds_is_noticed(tmp_path: Path) -> None:
    pq.write_table(pa.table({"salesperson": ["won", "lost"]}), tmp_path / "a.parquet")
    refuse_fewer_of_parquet([tmp_path / "a.parquet"], 2)
    with pytest.raises(UnreadableError, match="1 row of 2 would be lost in reading"):
        refuse_fewer_of_parquet([tmp_path / "a.parquet"], 1)

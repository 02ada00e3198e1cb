"""A quoted value that does not end: whatever follows it would be lost, so the file is refused."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import Run
from hypothesis import example, given
from hypothesis import strategies as st

from winwinwin.errors import UnreadableError
from winwinwin.limits import LONGEST_LINE
from winwinwin.loading.file_layout import AS_IT_SAYS
from winwinwin.tables.reading.texts import ready
from winwinwin.tables.reading.whole import refuse_open

HEADER = ["id", "employee", "salesperson", "customer"]
ROWS = [[str(number), "Ann", "won", "lost"] for number in range(1, 7)]
UNEVEN = {"even": None, "short": ["s", "Eve", "won"], "long": ["l", "Eve", "won", "lost", "x"]}
CELLS = st.text(st.sampled_from('ab" ,\n\té'), max_size=6)


def text_of(rows: list[list[str]], delimiter: str) -> str:
    return "".join(f"{delimiter.join(row)}\n" for row in rows)


@pytest.mark.parametrize("command", ["batch", "map", "evidence"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("uneven", UNEVEN)
@pytest.mark.parametrize("column", [1, 2, 3])
def test_no_command_goes_on_without_the_rest(
    run: Run, tmp_path: Path, command: str, delimiter: str, uneven: str, column: int
) -> None:
    rows = [HEADER, *map(list, ROWS)]
    rows[4][column] = f'"{rows[4][column]}'
    if other := UNEVEN[uneven]:
        rows.insert(2, other)
    file = tmp_path / "a.csv"
    file.write_text(text_of(rows, delimiter))
    done = run(command, file)
    assert done.code == 2
    assert f"a.csv:{6 if other else 5}:1: a quoted value does not end" in done.err
    assert "Traceback" not in done.err


def test_values_that_end_are_read_beside_rows_of_any_width(run: Run, tmp_path: Path) -> None:
    quoted = ["1", '"A ""quoted"" name,\nin two lines"', "won", "lost"]
    rows = [HEADER, quoted, ["2", '5" pipe', "won"], ["3", '"Ann"', "won", "lost"]]
    file, out = tmp_path / "a.csv", tmp_path / "o.csv"
    file.write_text(text_of(rows, ","))
    assert run("batch", file, "-o", out, "-q").code == 0
    with out.open(newline="") as written:
        assert [row["employee"] for row in csv.DictReader(written)] == [
            'A "quoted" name,\nin two lines',
            '5" pipe',
            "Ann",
        ]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), max_size=6), st.sampled_from(",;\t"))
@example([["a", '"']], ",")
def test_only_a_value_that_does_not_end_is_refused(rows: list[list[str]], delimiter: str) -> None:
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, delimiter=delimiter, lineterminator="\n")
    writer.writerows([HEADER, *rows])
    with TemporaryDirectory() as folder:
        file = Path(folder, "a.csv")
        for end, is_open in (("", False), (f'x{delimiter}"', True), ('"y\n\n', True)):
            file.write_text(sink.getvalue() + end, newline="", encoding="utf-8")
            text = ready(file, AS_IT_SAYS, delimiter, Path(folder, "copy.csv"), [])
            if is_open:
                with pytest.raises(UnreadableError, match="does not end"):
                    refuse_open(text)
            else:
                refuse_open(text)


def test_a_quote_that_is_open_for_longer_than_a_line_may_be(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = [HEADER, UNEVEN["short"] or [], ["2", '"Bob', "won", "lost"]]
    more = LONGEST_LINE // len("n,Ann,won,lost\n") + 1
    file.write_text(text_of(rows, ",") + "n,Ann,won,lost\n" * more)
    done = run("batch", file)
    assert done.code == 2
    assert "a.csv:3:1: a quoted value does not end" in done.err

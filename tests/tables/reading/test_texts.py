"""Files of text as the systems of this world write them: the same rows come out."""

import csv
import io
import json
from pathlib import Path

import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winwinwin.loading.file_layout import AS_IT_SAYS, FileLayout
from winwinwin.tables import files
from winwinwin.tables.reading.headers import repaired
from winwinwin.tables.steps import fetched

HEADER = ["id", "salesperson", "customer"]
SURVEY = (
    "Respondent ID,Start Date,How was it?,What helped?,,Advisor\n"
    ",,Response,Listened,Explained,Open-Ended Response\n"
    "1,11/20/2026,Good,Listened,,Kim\n"
)
QUALTRICS = (
    "StartDate,Q1\n"
    'Start Date,"How did it go,\nall in all?"\n'
    '"{""ImportId"":""startDate""}","{""ImportId"":""QID1""}"\n'
    "2026-11-20,Well\n"
)


def rows(path: Path, layout: FileLayout = AS_IT_SAYS) -> tuple[list[dict[str, str]], list[str]]:
    """Read a file, strictly and else padded, and return its rows and what was said of it."""
    notes: list[str] = []
    engine = files.connect(str(path.parent))
    found = files.read(engine, [path], None, layout, notes)
    got = fetched(found.table)
    engine.disconnect()
    return got, [note.removeprefix(f"{path}: ") for note in notes]


@pytest.mark.parametrize(
    ("text", "names", "number", "said"),
    [
        ("id,customer,Customer\nA,won,lost\n", ["id", "customer", "Customer 2"], 1, "1 column with a name used"),
        (" id , customer\nA,won\n", ["id", "customer"], 1, ""),
        (",customer\n0,won\n", ["column 1", "customer"], 1, "1 column without a name"),
        ("id|customer|\n1|won|\n", ["id", "customer", "column 3"], 1, "1 column without a name"),
        ("id,customer,\n1,won\n", ["id", "customer"], 1, ""),
        ("id,customer\n1,won,\n2,won,\n", ["id", "customer"], 2, ""),
        ("sep=;\nid;customer\nA;won\n", ["id", "customer"], 1, ""),
        ("id~customer\nA~won\n", ["id", "customer"], 1, ""),
        ("id^a,b\n1^x\n", ["id", "a,b"], 1, ""),
        ("id;note\n1;8,5\n2;7,5\n", ["id", "note"], 2, ""),
        ("Report\n\nid,customer\nA,won\n", ["id", "customer"], 1, "line 3 names the columns"),
        ("Report,,\n,,\nid,a,customer\nA,x,won\n", ["id", "a", "customer"], 1, "line 3 names"),
        ("Of,November\nBy,Kim\n\nid,a,customer\nA,x,won\n", ["id", "a", "customer"], 1, "line 4 names"),
        ("id,customer\n\nA,won\n", ["id", "customer"], 1, "1 empty row passed over"),
        ("customer\nwon\nlost\n", ["customer"], 2, ""),
        ("id,customer\nA,won\n,\n\nB,won\n", ["id", "customer"], 2, "2 empty rows passed over"),
        ('id,customer\nA,"a\n,\n\n"\n', ["id", "customer"], 1, ""),
        ('"id","customer"\n"",""\n"A","won"\n', ["id", "customer"], 1, "1 empty row passed over"),
        ("id,customer\nA,won\n\nAll rights reserved\n", ["id", "customer"], 1, "1 line of a footer"),
        ("id,customer\nA,won\n , \nB,won\n", ["id", "customer"], 2, "1 empty row passed over"),
        ("id,customer\nA,won\nGesamt:,1\n", ["id", "customer"], 1, "1 row of totals passed over: 'Gesamt:'"),
        ("id,score\nA,4\nB,5\nTotal,9\n", ["id", "score"], 2, "1 row of totals passed over"),
        ("id,score\nA,4\nB,5\nTotal,4\n", ["id", "score"], 3, "the last row begins with 'Total'"),
        ("id,customer\nA,won\nTotal,won\n", ["id", "customer"], 2, "the last row begins with 'Total'"),
        ('"sep=;"\nid;customer\nA;won\n', ["id", "customer"], 1, ""),
        (SURVEY, ["Respondent ID", "Start Date", "How was it?", "What helped? - Listened",
                  "What helped? - Explained", "Advisor"], 1, "1 row of SurveyMonkey"),
        (QUALTRICS, ["StartDate", "Q1"], 1, "2 rows of Qualtrics"),
    ],
)  # fmt: skip
def test_what_is_no_data_is_passed_over_and_said(
    tmp_path: Path, text: str, names: list[str], number: int, said: str
) -> None:
    (tmp_path / "t.csv").write_text(text)
    got, notes = rows(tmp_path / "t.csv")
    assert [list(row) for row in got] == [names] * number
    assert notes == [] if not said else [note.startswith(said) for note in notes] == [True]


@pytest.mark.parametrize(
    "text",
    [
        'id,customer,"a\nb"\r\nA,won,x\r\nB,lost,y\r\n',
        'id,customer,"a\r\nb"\nA,won,x\nB,lost,y\n',
        '\ufeff"i\nd",customer,b\nA,won,x\nB,lost,y\n',
        "SEP=|\r\nid|customer|b\nA|won|x\nB|lost|y\n",
        "id,customer,b\rA,won,x\r , , \rB,lost,y\r",
        "id,customer,b\r\nA,won,x\nB,lost,y\r\n",
    ],
)
def test_lines_may_end_in_any_way(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.csv").write_text(text, newline="")
    got, _ = rows(tmp_path / "t.csv")
    assert [[*row.values()] for row in got] == [["A", "won", "x"], ["B", "lost", "y"]]


def test_a_lone_return_within_a_value_stays_there(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,a,b\nA,x\ry,z\nB,x,y\rz\n", newline="")
    got, _ = rows(tmp_path / "t.csv")
    assert [[*row.values()] for row in got] == [["A", "x\ry", "z"], ["B", "x", "y\rz"]]


@pytest.mark.parametrize(
    ("cell", "said"),
    [("won,but late", "has more values than the header"), ("wo\0n", "holds a NUL")],
)
def test_a_row_that_cannot_be_read_is_invalid_and_the_others_are_judged(
    run: Run, tmp_path: Path, cell: str, said: str
) -> None:
    (tmp_path / "t.csv").write_text(f"id,customer\nA,{cell}\nB,lost\nC,{cell}\n")
    done = run("batch", "t.csv", "--format", "jsonl", "-q", cwd=tmp_path)
    verdicts = [json.loads(line)["verdict"] for line in done.out.splitlines()]
    assert (done.code, verdicts) == (2, ["invalid", "undetermined", "invalid"])
    assert f"t.csv: this row {said}" in done.err.replace(" character", "")
    assert "begins in line 2. " in done.err
    assert "(2 rows)" in done.err


def test_questions_are_handed_over_by_column(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(QUALTRICS)
    found = files.read(files.connect(str(tmp_path)), [tmp_path / "t.csv"], None, AS_IT_SAYS, [])
    assert found.questions == {"StartDate": "Start Date", "Q1": "How did it go,\nall in all?"}


@pytest.mark.parametrize(
    ("layout", "text"),
    [
        (FileLayout(header_row=3), "a,b\nc,d\nid,customer\nA,won\n"),
        (FileLayout(skip_rows=1), "id,customer\nwhich,how\nA,won\n"),
        (FileLayout(skip_footer=2), 'id,customer\nA,won\nsum,1\n"a\nb",2\n\n'),
        (FileLayout(delimiter="x"), "idxcustomer\nAxw\n"),
    ],
)
def test_a_layout_says_what_a_file_does_not(tmp_path: Path, layout: FileLayout, text: str) -> None:
    (tmp_path / "t.csv").write_text(text)
    assert [next(iter(row.items())) for row in rows(tmp_path / "t.csv", layout)[0]] == [("id", "A")]


cells = st.text(st.sampled_from('abcé ,;|"\n1'), min_size=1, max_size=6).map(
    lambda text: f"x{text}"
)
tables = st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=6)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    table=tables,
    delimiter=st.sampled_from(",;\t|^~"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    ending=st.sampled_from(["\n", "\r\n"]),
    has_title=st.booleans(),
    has_footer=st.booleans(),
)
def test_a_table_reads_back_however_it_was_written(
    tmp_path: Path, table: list[tuple[str, ...]], delimiter: str, encoding: str, ending: str,
    has_title: bool, has_footer: bool,
) -> None:  # fmt: skip
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ending).writerows([HEADER, *table])
    title = f"Report of November{ending}{ending}" if has_title else ""
    footer = f"{ending}All rights reserved{ending}" if has_footer else ""
    path = tmp_path / "t.csv"
    path.write_bytes(f"{title}{text.getvalue()}{footer}".encode(encoding))
    layout = FileLayout(encoding="cp1252" if encoding == "cp1252" else None, delimiter=delimiter)
    got, _ = rows(path, layout)
    assert [tuple(row.values()) for row in got] == table
    assert all(list(row) == HEADER for row in got)


@given(st.lists(st.text(" aA2", max_size=4), min_size=1, max_size=8))
def test_repaired_names_are_unique_and_none_is_blank(names: list[str]) -> None:
    found, said = repaired(names)
    assert all(name.strip() == name != "" for name in found)
    assert len({name.lower() for name in found}) == len(names)
    assert bool(said) == (found != [name.strip() for name in names])


@pytest.mark.parametrize("said", ["utf-16", "utf-32"])
@pytest.mark.parametrize("command", ["batch", "map"])
def test_an_encoding_that_needs_its_mark_is_not_just_any_text(
    run: Run, tmp_path: Path, command: str, said: str
) -> None:
    (tmp_path / "a.csv").write_text("id,salesperson,customer\nA,won,won\n")
    done = run(command, "a.csv", "--encoding", said, cwd=tmp_path)
    assert (done.code, f"a.csv:1: is not {said}. Name another" in done.err) == (2, True), done.err


@pytest.mark.parametrize("surplus", [1, 9, 65, 513, 5_000])
def test_a_row_is_invalid_by_any_number_of_values_too_many(
    run: Run, tmp_path: Path, surplus: int
) -> None:
    wide = "C,won,won" + ",x" * surplus
    blank = "D,won,lost" + "," * surplus
    note = 'E,"won",won,"one, ""two""\nthree"'
    lines = ["id,salesperson,customer,note", "A,won,won", "B,won,lost,late", wide, blank, note, ""]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    done = run("batch", "a.csv", "-o", "o.csv", "-q", cwd=tmp_path)
    with (tmp_path / "o.csv").open(newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert done.code == (2 if surplus > 1 else 0)
    verdicts = [row["verdict"] for row in rows.values()]
    found = "invalid" if surplus > 1 else "win_win_win"
    loses = "organization_loses"
    assert verdicts == ["win_win_win", loses, found, loses, "win_win_win"]
    assert rows["E"]["note"] == 'one, "two"\nthree'
    assert surplus == 1 or "the first such row begins in line 4." in rows["C"]["problem"]
    assert "1 row has fewer values than the header" in done.err

"""Exports of unknown makers: each kind of trouble that real files have, through `map` and `batch`."""

import gzip
import json
import os
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run
from openpyxl import Workbook
from through import through

CUSTOMER, SALESPERSON = "customer", "salesperson"
JUDGED = ["WIN/WIN/WIN", "WIN/LOSE/LOSE"]
PLAIN = "id,salesperson,customer\nA,won,won\nB,won,lost\n"


def won_and_lost(*outcomes: str | None) -> list[str]:
    """Return the triples of interactions whose customer won, lost or is not recorded."""
    return [f"?/{ {'won': 'WIN', 'lost': 'LOSE', None: '?'}[each] }/?" for each in outcomes]


@pytest.mark.parametrize(
    ("text", "column", "triples"),
    [
        (
            "call_id,customer_id,rep_id,nps\n1,1,5,9\n2,2,4,2\n3,3,3,10\n4,4,2,7\n",
            "nps",
            won_and_lost("won", "lost", "won", None),
        ),
        (
            (
                "Nr;Alter;PLZ;Telefon;Umsatz;Kundenzufriedenheit (1-5)\n"
                "1;3;5;4;3;5\n2;5;1;2;5;1\n3;4;3;3;1;3\n"
            ),
            "Kundenzufriedenheit (1-5)",
            won_and_lost("won", "lost", None),
        ),
        (
            "id,Customer Age,Customer since (year),Overall rating\n1,4,2,5 stars\n2,5,1,1 star\n",
            "Overall rating",
            won_and_lost("won", "lost"),
        ),
        (
            "case number,customer number,birth year,Score (0-10)\n1,7,3,10\n2,9,4,0\n3,8,5,5\n",
            "Score (0-10)",
            won_and_lost("won", "lost", None),
        ),
    ],
)
def test_ids_ages_and_amounts_are_never_facts(
    run: Run, tmp_path: Path, text: str, column: str, triples: list[str]
) -> None:
    (tmp_path / "t.csv").write_text(text)
    got = through(run, tmp_path, "t.csv")
    assert got.columns.get(CUSTOMER) == column
    assert {*got.columns} <= {"id", CUSTOMER}
    assert got.triples == triples


@pytest.mark.parametrize(
    ("values", "triples"),
    [
        (["Extremely satisfied", "Neutral", "Somewhat dissatisfied"], ["won", None, "lost"]),
        (["Sehr zufrieden", "Teils/teils", "Eher unzufrieden", "Keine Angabe"], ["won", None, "lost", None]),
        (["Très satisfait", "Sans avis", "Pas du tout satisfait"], ["won", None, "lost"]),
        (["Muy satisfecho", "Ni satisfecho ni insatisfecho", "Insatisfecho"], ["won", None, "lost"]),
        (["Zeer tevreden", "Neutraal", "Ontevreden"], ["won", None, "lost"]),
        (["Muito satisfeito", "Nem satisfeito nem insatisfeito", "Insatisfeito"], ["won", None, "lost"]),
        (["Totally agree", "Neither agree nor disagree", "Tend to disagree"], ["won", None, "lost"]),
        (["Excellent", "Fair", "Very poor", "No opinion"], ["won", None, "lost", None]),
        (["5 - Very likely", "3 - Neutral", "1 - Very unlikely"], ["won", None, "lost"]),
        (["(5) Very good", "(3) Average", "(1) Very bad"], ["won", None, "lost"]),
        (["a. Excellent", "c) Fair", "d. Poor"], ["won", None, "lost"]),
        (["Not bad", "Not unhappy", "Not good", "Unhappy"], ["won", "won", "lost", "lost"]),
        (["Promoter", "Passive", "Detractor"], ["won", None, "lost"]),
        (["W", "L", "D", "Tie"], ["won", "lost", None, None]),
        (["Win", "Loss", "No decision"], ["won", "lost", None]),
        (["Closed Won", "Closed Lost", "Negotiation/Review"], ["won", "lost", None]),
        (["Closed Won", "Closed Lost", "Stage 3 (legal)"], ["won", "lost", None]),
        (["won", "N/A", "lost", "-"], ["won", None, "lost", None]),
    ],
)  # fmt: skip
def test_a_scale_is_taken_whole(
    run: Run, tmp_path: Path, values: list[str], triples: list[str | None]
) -> None:
    rows = "".join(f'{number},"{value}"\n' for number, value in enumerate(values, 1))
    (tmp_path / "t.csv").write_text(f"id,customer\n{rows}", encoding="utf-8")
    got = through(run, tmp_path, "t.csv")
    assert got.triples == won_and_lost(*triples)
    unread = [value for value, outcome in zip(values, triples, strict=True) if outcome is None]
    assert all(
        f"customer: 1 x '{value}' read as not recorded" in got.batch_said for value in unread
    )
    assert "Only the customer's side is recorded" in got.head


@pytest.mark.parametrize("values", [["Kim", "Lou"], ["Satisfied", "purple"], ["red", "blue"]])
def test_what_is_no_scale_is_no_outcome(run: Run, tmp_path: Path, values: list[str]) -> None:
    rows = "".join(f"{number},{value}\n" for number, value in enumerate(values, 1))
    (tmp_path / "t.csv").write_text(f"id,customer\n{rows}")
    done = run("map", "t.csv", "draft.yaml", cwd=tmp_path)
    assert done.code == 0
    assert "No fact was found" in (tmp_path / "draft.yaml").read_text()
    done = run("batch", "t.csv", "--map", "draft.yaml", cwd=tmp_path)
    assert done.code == 0
    assert "no fact is mapped" in done.err


DATES = {
    "iso": ["2026-11-23", "2026-11-24T10:00:00Z", "2026-11-25 10:00:00+01:00"],
    "slashes": ["2026/11/23 9:05:11 AM GMT+1", "2026/11/24 10:00 PM UTC", "2026/11/25"],
    "months": ["Nov 23, 2026", "24-Nov-26", "25 November 2026 10:00"],
    "german": ["23. November 2026", "24. Dez. 2026", "25. März 2026"],
    "european": ["23.11.2026", "01.12.2026 10:00", "3.4.2026"],
    "american": ["11/23/2026", "12/01/2026 9:05 PM", "1/2/2026 10:05 AM"],
    "seconds": ["1795428000", "1795428001", "1795428002"],
    "milliseconds": ["1795428000123", "1795428001123", "1795428002123"],
}


@pytest.mark.parametrize("form", DATES)
@pytest.mark.parametrize("name", ["date", "Closed at", "Datum", "Created"])
def test_dates_are_read_as_they_are_written(run: Run, tmp_path: Path, form: str, name: str) -> None:
    rows = "".join(f'{number},"{day}",won,won\n' for number, day in enumerate(DATES[form]))
    (tmp_path / "t.csv").write_text(f"id,{name},salesperson,customer\n{rows}", encoding="utf-8")
    got = through(run, tmp_path, "t.csv")
    assert got.columns["date"] == name
    assert got.triples == ["WIN/WIN/WIN"] * 3
    assert "not recorded" not in got.batch_said
    run("batch", "t.csv", "--map", "draft.yaml", "--by", "month", "-o", "s.txt", cwd=tmp_path)
    assert "By month" in (tmp_path / "s.txt").read_text()


def test_dates_that_may_be_read_in_two_ways_are_asked_for(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,date,customer\nA,03/04/2026,won\nB,05/06/2026,lost\n")
    got = through(run, tmp_path, "t.csv")
    assert "date" not in got.mapping
    assert "The dates of date may be read in two ways" in got.head
    draft = (tmp_path / "draft.yaml").read_text()
    assert '# date: {column: date, format: "%d/%m/%Y"}' in draft
    assert '# date: {column: date, format: "%m/%d/%Y"}' in draft


@pytest.mark.parametrize("day", ["0000-00-00", "2026-02-29", "soon", "11/23/2026"])
def test_a_date_that_cannot_be_read_costs_no_verdict(run: Run, tmp_path: Path, day: str) -> None:
    (tmp_path / "t.csv").write_text(f"id,date,salesperson,customer\nA,{day},won,won\n")
    done = run("batch", "t.csv", "-q", cwd=tmp_path)
    assert done.code == 0
    assert "WIN/WIN/WIN" in done.out
    assert f"date: 1 x '{day}' read as not recorded" in done.err
    helps = (
        "to have such dates read, write date: {column: date, format: ",
        "is not a date",
    )
    assert any(each in done.err for each in helps)
    (tmp_path / "m.yaml").write_text("customer: customer\ndate: {column: date, otherwise: error}\n")
    done = run("batch", "t.csv", "--map", "m.yaml", "-q", cwd=tmp_path)
    assert (done.code, "invalid" in done.out) == (2, True)


@pytest.mark.parametrize("otherwise", ["", ", otherwise: error"])
@pytest.mark.parametrize("day", ["31.11.2026", "gestern"])
def test_a_date_that_cannot_be_read_is_told_with_the_formats_of_the_mapping(
    run: Run, tmp_path: Path, day: str, otherwise: str
) -> None:
    (tmp_path / "t.csv").write_text(f"id,Tag,customer\nA,{day},won\nB,30.11.2026,won\n")
    mapped = f'{{column: Tag, format: "%d.%m.%Y"{otherwise}}}'
    (tmp_path / "m.yaml").write_text(f"customer: customer\ndate: {mapped}\n")
    done = run("batch", "t.csv", "--map", "m.yaml", "-q", cwd=tmp_path)
    said = (
        f"date: '{day}' is not a date that the mapping reads. Correct it, or add its format. "
        "(%d.%m.%Y, 2026-11-23 or 2026-11-23T14:30)"
    )
    assert said in done.err


def test_the_time_of_a_party_that_did_not_win_is_ignored(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        "id,rep,cust,Closed\n1,won,won,2026-11-23\n2,lost,won,2026-11-24\n3,lost,lost,2026-11-24\n"
    )
    (tmp_path / "m.yaml").write_text(
        "id: id\nsalesperson: rep\ncustomer: cust\ncustomer_won_at: closed\n"
    )
    done = run("batch", "t.csv", "--map", "m.yaml", "-q", "--format", "jsonl", cwd=tmp_path)
    assert done.code == 0
    triples = [json.loads(line)["triple"] for line in done.out.splitlines()]
    assert triples == ["WIN/WIN/WIN", "LOSE/WIN/LOSE", "LOSE/LOSE/?"]
    assert "customer_won_at: 1 x ignored: the party is not recorded as won" in done.err


LAYOUTS = {
    "index": (",id,salesperson,customer\n0,A,won,won\n1,B,won,lost\n", "1 column without a name: read as 'column 1'"),
    "blank header": ("id|salesperson|customer||\nA|won|won|x|\nB|won|lost||y\n", "read as 'column 4', 'column 5'"),
    "repeated": ("id,Note,salesperson,customer,Note\nA,x,won,won,y\nB,x,won,lost,y\n", "read as 'Note 2'"),
    "padded names": ("  id , salesperson ,customer \nA,won,won\nB,won,lost\n", ""),
    "short": ("id;salesperson;customer;a;b\nA;won;won\nB;won;lost;x\n", "2 rows have fewer values than the header"),
    "empty": ("id,salesperson,customer\n\nA,won,won\n,,\n \nB,won,lost\n\n", "empty row"),
    "trailing": ("id,salesperson,customer,\nA,won,won,\nB,won,lost,\n", "1 column without a name: read as 'column 4'"),
    "trailing data": ("id,salesperson,customer\nA,won,won,\nB,won,lost,\n", ""),
    "title": ("Weekly report\nGenerated 2026-11-23\n\nid;salesperson;customer\nA;won;won\nB;won;lost\n", "line 4 names the columns"),
    "title of two": ("From,2026-11-01\nTo,2026-11-30\n\nid,salesperson,customer\nA,won,won\nB,won,lost\n", "line 4 names the columns"),
    "padded title": ("Calls;;;\n;;;\nid;salesperson;customer;x\nA;won;won;1\nB;won;lost;2\n", "line 3 names the columns"),
    "title, short": ("Calls\n\nid,salesperson,customer,x,x\nA,won,won\nB,won,lost\n", "line 3 names the columns"),
    "footer": ("id,salesperson,customer\nA,won,won\nB,won,lost\n\nConfidential Information\nCopyright 2026\n", "2 lines of a footer passed over"),
    "sep": ("sep=;\nid;salesperson;customer\nA;won;won\nB;won;lost\n", ""),
    "sep, tab": ("SEP=\t\nid\tsalesperson\tcustomer\nA\twon\twon\nB\twon\tlost\n", ""),
    "caret": ("id^salesperson^customer\nA^won^won\nB^won^lost\n", ""),
    "tilde": ("id~salesperson~customer\nA~won~won\nB~won~lost\n", ""),
    "bar": ("id|salesperson|customer\nA|won|won\nB|won|lost\n", ""),
    "carriage returns": ("id,salesperson,customer\r\nA,won,won\r\nB,won,lost\r\n", ""),
    "long cell": (f"id,salesperson,customer,mail\nA,won,won,{'x' * 3_000_000}\nB,won,lost,\n", ""),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("form", ["t.csv", "T.CSV.GZ", "t.zip"])
def test_a_table_is_found_in_its_file(run: Run, tmp_path: Path, layout: str, form: str) -> None:
    text, said = LAYOUTS[layout]
    if form.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / form, "w") as archive:
            archive.writestr("export.csv", text)
    else:
        pack = gzip.compress if form.endswith("GZ") else bytes
        (tmp_path / form).write_bytes(pack(text.encode()))
    got = through(run, tmp_path, form)
    assert got.triples == JUDGED
    assert said in got.map_said
    assert said in got.batch_said
    if not said:
        assert got.batch_said == ""
    done = run("batch", form, "-q", cwd=tmp_path)  # without a mapping
    assert done.code == 0
    assert "WIN/LOSE/LOSE" in done.out


@pytest.mark.parametrize(
    ("encoding", "town"),
    [("cp1252", "Orléans"), ("cp1250", "Žďár nad Sázavou, Plzeň"), ("shift_jis", "東京都千代田区")],
)
def test_an_encoding_is_proposed_and_named_everywhere(
    run: Run, tmp_path: Path, encoding: str, town: str
) -> None:
    text = f'id,salesperson,customer,town\nA,won,won,"{town}"\nB,won,lost,Paris\n'
    (tmp_path / "t.csv").write_text(text, encoding=encoding)
    said = set()
    for arguments in (["map"], ["batch"], ["batch", "-o", "o.csv"], ["batch", "--by", "town"]):
        done = run(arguments[0], "t.csv", *arguments[1:], cwd=tmp_path)
        assert done.code == 2
        said.add(done.err)
    [message] = said
    assert "is not UTF-8, but looks like cp" in message
    got = through(run, tmp_path, "t.csv", "--encoding", encoding)
    assert [row["town"] for row in got.rows] == [town, "Paris"]
    (tmp_path / "m.yaml").write_text(
        f"file: {{encoding: {encoding}}}\nsalesperson: salesperson\ncustomer: customer\n"
    )
    done = run("batch", "t.csv", "--map", "m.yaml", "-q", "-o", "o.csv", cwd=tmp_path)
    assert done.code == 0
    assert town in (tmp_path / "o.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_byte_order_mark_names_the_encoding(run: Run, tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.csv").write_text(PLAIN.replace("A,", "Ä,"), encoding=encoding)
    got = through(run, tmp_path, "t.csv")
    assert [row["id"] for row in got.rows] == ["Ä", "B"]
    assert got.triples == JUDGED


@pytest.mark.parametrize("missing", ["N/A", "NA", "-", "None", "nan", "#N/A"])
def test_what_systems_write_for_nothing_is_not_recorded(
    run: Run, tmp_path: Path, missing: str
) -> None:
    (tmp_path / "t.csv").write_text(f"id,salesperson,customer\nA,won,{missing}\nB,won,lost\n")
    done = run("batch", "t.csv", "-q", cwd=tmp_path)
    assert done.code == 0
    assert "WIN/?/?" in done.out
    assert f"customer: 1 x '{missing}' read as not recorded" in done.err
    got = through(run, tmp_path, "t.csv")
    assert got.mapping["customer"] == "customer"
    assert got.triples == ["WIN/?/?", "WIN/LOSE/LOSE"]


@pytest.mark.parametrize(
    ("won", "lost"),
    [
        ("8,5", "3,0"),
        ("80%", "25%"),
        ("4/5", "1/5"),
        ("5 stars", "2 stars"),
        ("4 - Good", "1 - Bad"),
    ],
)
def test_numbers_are_read_as_people_write_them(
    run: Run, tmp_path: Path, won: str, lost: str
) -> None:
    cut = {"8,5": (7, 4), "80%": (70, 40)}.get(won, (4, 2))
    (tmp_path / "t.csv").write_text(f"id;staff;score\n1;won;{won}\n2;won;{lost}\n")
    (tmp_path / "m.yaml").write_text(
        "id: id\nsalesperson: staff\n"
        f"customer: {{column: score, won: {{at least: {cut[0]}}}, lost: {{at most: {cut[1]}}}}}\n"
    )
    done = run("batch", "t.csv", "--map", "m.yaml", "-q", "--format", "jsonl", cwd=tmp_path)
    assert [json.loads(line)["triple"] for line in done.out.splitlines()] == JUDGED


def workbook(folder: Path, **sheets: list[list[object]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(folder / "t.xlsx")
    return book


TABLE: list[list[object]] = [
    ["id", "salesperson", "customer"], ["A", "won", "won"], ["B", "won", "lost"]
]  # fmt: skip


@pytest.mark.parametrize(
    ("sheets", "said"),
    [
        ({"Empty": [], "Calls": TABLE}, ""),
        ({"Notes": [["About this file"]], "Calls": TABLE}, "sheet 'Calls' is read, not 'Notes'"),
        (
            {"Summary": [["what", "count"], ["calls", 2]], "Data": TABLE, "Lists": [["a"], ["b"]]},
            "sheet 'Data' is read, not 'Summary', 'Lists'",
        ),
        ({"Calls": [["Calls of November"], [], *TABLE]}, "row 3 names the columns"),
        ({"Calls": [[*TABLE[0], None, "x"], *([*row, 1, 2] for row in TABLE[1:])]}, "'column 4'"),
    ],
)
def test_the_table_of_a_workbook_is_found(
    run: Run, tmp_path: Path, sheets: dict[str, list[list[object]]], said: str
) -> None:
    workbook(tmp_path, **sheets)
    got = through(run, tmp_path, "t.xlsx")
    assert got.triples == JUDGED
    assert said in got.batch_said


def test_what_a_workbook_hides_is_told(run: Run, tmp_path: Path) -> None:
    book = workbook(tmp_path, Calls=TABLE, Old=TABLE)
    book["Old"].sheet_state = "hidden"
    book["Calls"].row_dimensions[3].hidden = True
    book.save(tmp_path / "t.xlsx")
    got = through(run, tmp_path, "t.xlsx")
    assert got.triples == JUDGED
    assert "1 hidden row is read too" in got.batch_said
    assert "hidden sheet 'Old' is not read" in got.batch_said
    (tmp_path / "draft.yaml").unlink()
    assert through(run, tmp_path, "t.xlsx", "--sheet", "Old").triples == JUDGED


@pytest.mark.parametrize(
    ("wrapper", "where"),
    [
        ({"tickets": 0, "next_page": None, "count": 2}, "tickets"),
        ({"data": {"items": 0}, "meta": {"page": 1}}, "data.items"),
        ({"results": 0, "errors": []}, "results"),
    ],
)
def test_records_are_found_in_what_an_api_gives(
    run: Run, tmp_path: Path, wrapper: dict[str, object], where: str
) -> None:
    records = [
        {"id": 1, "agent": {"id": 7}, "csat": {"score": "good"}, "how did it go for the agent": "well"},
        {"id": 2, "agent": {"id": 8}, "csat": {"score": "bad"}, "how did it go for the agent": "well"},
    ]  # fmt: skip
    text = json.dumps(wrapper).replace(": 0", f": {json.dumps(records)}")
    (tmp_path / "t.json").write_text(text)
    got = through(run, tmp_path, "t.json")
    assert f"the records are under {where}" in got.batch_said
    assert got.triples == JUDGED
    named = run("batch", "t.json", "--map", "draft.yaml", "-q", "--records", where, cwd=tmp_path)
    assert named.code == 0


@pytest.mark.parametrize("form", ["t.json.gz", "t.jsonl.gz", "t.yaml.gz", "t.zip"])
def test_compressed_records_are_unpacked(run: Run, tmp_path: Path, form: str) -> None:
    line = '{"id": "A", "salesperson": "won", "customer": "won"}\n'
    if form == "t.zip":
        with zipfile.ZipFile(tmp_path / form, "w") as archive:
            archive.writestr("calls.jsonl", line)
    else:
        (tmp_path / form).write_bytes(gzip.compress(line.encode()))
    assert through(run, tmp_path, form).triples == ["WIN/WIN/WIN"]


def test_paths_lead_into_structs_and_a_problem_is_told_once(run: Run, tmp_path: Path) -> None:
    staff = [{"staff": "won"}, {"staff": "wun"}, {"staff": "wun"}]
    pq.write_table(pa.table({"id": ["A", "B", "C"], "outcome": staff}), tmp_path / "t.parquet")
    (tmp_path / "m.yaml").write_text("id: id\nsalesperson: outcome.staff\n")
    done = run("batch", "t.parquet", "--map", "m.yaml", "-q", cwd=tmp_path)
    assert done.code == 2
    assert "WIN/?/?" in done.out
    assert done.err.count("'wun' is not an outcome") == 1
    assert "(2 rows)" in done.err


@pytest.mark.parametrize(
    ("name", "content", "advice"),
    [
        ("t.sav", b"$FL2@(#) SPSS DATA FILE", "as CSV or Excel, with value labels"),
        ("t.dta", b"<stata_dta>", "Export it from Stata"),
        ("t.pdf", b"%PDF-1.7", "Ask for the figures behind it"),
        ("t.docx", b"PK\x03\x04", "Save the table in it"),
        ("t.db", b"SQLite format 3\0", "--connect"),
    ],
)
@pytest.mark.parametrize("command", ["map", "batch"])
def test_a_file_of_another_program_is_refused_with_what_to_do(
    run: Run, tmp_path: Path, name: str, content: bytes, advice: str, command: str
) -> None:
    (tmp_path / name).write_bytes(content)
    done = run(command, name, cwd=tmp_path)
    assert done.code == 2
    assert advice in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("order", [["closed", "won"], ["IsWon", "IsClosed"], ["Won", "Closed"]])
def test_only_a_closed_deal_is_lost(run: Run, tmp_path: Path, order: list[str]) -> None:
    cells = {"closed": ["true", "true", "false"], "won": ["true", "false", "false"]}
    named = [cells[name.lower().removeprefix("is")] for name in order]
    rows = "".join(f"{n},{a},{b}\n" for n, (a, b) in enumerate(zip(*named, strict=True), 1))
    (tmp_path / "t.csv").write_text(f"id,{','.join(order)}\n{rows}")
    got = through(run, tmp_path, "t.csv")
    lost = got.mapping["organization"]["lost"]["when"]
    assert sorted({*lost[0].values()}) == ["false", "true"]
    assert "organization: 1 x cells that meet no condition" in got.batch_said


def test_an_open_deal_may_be_in_any_stage(run: Run, tmp_path: Path) -> None:
    rows = "1,Won\n2,Lost\n3,Engaging\n4,Site visit\n"
    (tmp_path / "t.csv").write_text(f"lead_id,deal_stage\n{rows}")
    got = through(run, tmp_path, "t.csv")
    assert got.mapping["id"] == "lead_id"
    assert got.mapping["organization"] == {"column": "deal_stage", "won": ["Won"], "lost": ["Lost"]}
    (tmp_path / "t.csv").write_text("id,deal_stage\n1,Engaging\n2,Site visit\n3,Won\n")
    run("map", "t.csv", "open.yaml", cwd=tmp_path)
    assert "No fact was found" in (tmp_path / "open.yaml").read_text()


def test_a_pipe_is_read(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    if not (child := os.fork()):  # pragma: no cover  # another process
        (tmp_path / "pipe").write_text(PLAIN)
        os._exit(0)
    done = run("batch", tmp_path / "pipe", "--input-format", "csv", "-q")
    os.waitpid(child, 0)
    assert [line.split()[1] for line in done.out.splitlines()] == JUDGED

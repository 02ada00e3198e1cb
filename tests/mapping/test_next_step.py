"""The command that `map` proposes: it judges the file as it stands, however the file was read."""

import json
import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from conftest import Run
from openpyxl import Workbook

TABLE = "id,salesperson,customer\n1,won,won\n2,won,lost\n"
JUDGED = ["WIN/WIN/WIN", "WIN/LOSE/LOSE"]


def workbook(folder: Path) -> str:
    book = Workbook()
    book.active.append(["note"])
    sheet = book.create_sheet("Müller & Co")
    for line in TABLE.splitlines():
        sheet.append(line.split(","))
    book.save(folder / "t.xlsx")
    return "t.xlsx"


def text(name: str, content: str, encoding: str = "utf-8") -> Callable[[Path], str]:
    """Return what writes a file and returns its name."""

    def write(folder: Path) -> str:
        (folder / name).write_bytes(content.encode(encoding))
        return name

    return write


RECORDS = [{"salesperson": "won", "customer": "won"}, {"salesperson": "won", "customer": "lost"}]
READ_WITH = {
    "encoding": (text("t.csv", f"Straße,{TABLE}".replace("\n1", "\nMüll,1").replace("\n2", "\nx,2"), "cp1252"), ["--encoding", "cp1252"]),
    "delimiter": (text("t.csv", TABLE.replace(",", "!")), ["--delimiter", "!"]),
    "tab": (text("t.csv", TABLE.replace(",", "\t")), ["--delimiter", "tab"]),
    "header row": (text("t.csv", f"a,b,c\n{TABLE}"), ["--header-row", "2"]),
    "rows": (text("t.csv", TABLE.replace("\n1", "\nx,y,z\n1")), ["--skip-rows", "1"]),
    "footer": (text("t.csv", f"{TABLE}end,x,y\n"), ["--skip-footer", "1"]),
    "all of them": (
        text("t.csv", f"a;b;c\n{TABLE.replace(',', ';')}Ende;ä;y\n", "latin-1"),
        ["--encoding", "latin-1", "--delimiter", ";", "--header-row", "2", "--skip-rows", "0", "--skip-footer", "1"],
    ),
    "sheet": (workbook, ["--sheet", "Müller & Co"]),
    "records": (text("t.json", json.dumps({"a b": {"x": RECORDS}, "others": [{"y": 1}]})), ["--records", "a b.x"]),
    "format": (text("t.txt", TABLE.replace(",", "\t")), ["--input-format", "tsv"]),
    "none": (text("the deals; of 'June'.csv", TABLE), []),
}  # fmt: skip
"""How files have to be read: what writes one, and the options."""


@pytest.mark.parametrize("name", READ_WITH)
def test_the_proposed_command_reads_the_file_as_map_did(
    run: Run, tmp_path: Path, name: str
) -> None:
    write, options = READ_WITH[name]
    mapped = run("map", write(tmp_path), "my draft.yaml", *options, cwd=tmp_path)
    assert mapped.code == 0, mapped.err
    assert following(mapped.err)[:2] == ["winwinwin", "batch"]
    command = [*following(mapped.err)[1:], "--quiet", "--format", "jsonl"]
    done = run(*command, cwd=tmp_path)
    assert done.code == 0, done.err
    assert [json.loads(line)["triple"] for line in done.out.splitlines()] == JUDGED


def following(said: str) -> Sequence[str]:
    """Return the words of the command that `map` says comes next."""
    [line] = [line for line in said.splitlines() if "Next: " in line]
    return shlex.split(line.partition("Next: ")[2].removeprefix("edit it, then "))


@pytest.mark.parametrize(("rating", "first"), [("Good", ""), ("Purple", "edit it, then ")])
def test_a_known_export_is_ready_unless_its_draft_asks_something(
    run: Run, tmp_path: Path, rating: str, first: str
) -> None:
    heads = "Id,Requester,Assignee,Group,Subject,Status,Via,Created at,Solved at,Satisfaction Score"
    row = "1,Lou,Kim,Support,Pump,Solved,Mail,2026-11-20 09:00,2026-11-20 10:00"
    (tmp_path / "t.csv").write_text(f"{heads}\n{row},Bad\n{row},{rating}\n")
    said = run("map", "t.csv", "m.yaml", cwd=tmp_path).err
    assert "taken for: Zendesk tickets export\n" in said
    assert f"Next: {first}winwinwin batch t.csv --map m.yaml\n" in said
    asks = "Which of these values is which for customer?" in (tmp_path / "m.yaml").read_text()
    assert asks == bool(first)

"""What a record says of the rulebook that judged it when it was recorded."""

import json
from pathlib import Path

import pytest
from conftest import Run

from winwinwin import Interaction, Judge, Unjudged, read_all
from winwinwin.loading.appending import record_lines
from winwinwin.record.interaction import JudgedBy, Recorded

HOUSE = {"title": "House rules", "fingerprint": "0123456789abcdef"}
OWN = Judge().stamp._asdict()
FORMS = {
    "yaml": "id: A\nsalesperson: won\nrulebook: {title: House rules, fingerprint: 0123456789abcdef}\n",
    "json": json.dumps({"id": "A", "salesperson": "won", "rulebook": HOUSE}),
    "jsonl": json.dumps({"id": "A", "salesperson": "won", "rulebook": HOUSE}) + "\n",
}


def written(folder: Path, *records: dict[str, object]) -> Path:
    path = folder / "records.json"
    path.write_text(json.dumps(list(records)), encoding="utf-8")
    return path


@pytest.mark.parametrize("form", FORMS)
def test_every_reader_of_records_reads_it(form: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / f"record.{form}"
    path.write_text(FORMS[form], encoding="utf-8")
    [read] = read_all([str(path)])
    assert isinstance(read, Recorded)
    assert read.about.rulebook == JudgedBy(**HOUSE)
    done = run("batch", path, "--format", "jsonl")
    judged = json.loads(done.out)
    assert judged["about"] == {"rulebook": HOUSE}
    assert judged["rulebook"] == OWN
    expected = f"{path}:1: 1 record judged by House rules (0123456789abcdef) when recorded, here by"
    assert expected in done.err


def test_a_table_carries_such_a_column_through(tmp_path: Path, run: Run) -> None:
    table, verdicts = tmp_path / "calls.csv", tmp_path / "verdicts.csv"
    table.write_text("salesperson,customer,rulebook\nwon,won,House rules\n", encoding="utf-8")
    assert run("batch", table, "-o", verdicts).code == 0
    assert "House rules" in verdicts.read_text(encoding="utf-8")


def test_it_reaches_no_rule() -> None:
    judge = Judge()
    plain, named = Interaction(salesperson="won"), Interaction(salesperson="won", rulebook=HOUSE)
    assert judge(plain) == judge(named)
    assert named.model_copy(update={"customer": "won"}).rulebook == JudgedBy(**HOUSE)


def test_a_record_that_is_added_to_a_file_keeps_it() -> None:
    lines = record_lines(Interaction(id="A", rulebook=HOUSE))
    assert lines == ["- id: A", '  rulebook: {title: House rules, fingerprint: "0123456789abcdef"}']


@pytest.mark.parametrize("command", [["batch", "FILE"], ["list", "FILE"], ["explain", "FILE", "A"]])
def test_a_record_of_another_rulebook_is_told_and_one_of_this_is_not(
    command: list[str], tmp_path: Path, run: Run
) -> None:
    record = {"id": "A", "salesperson": "won"}
    for rulebook, is_told in ((HOUSE, True), (OWN, False), ({"title": "House rules"}, False)):
        path = written(tmp_path, {**record, "rulebook": rulebook})
        done = run(*(path if word == "FILE" else word for word in command))
        assert done.code == 0
        assert ("when recorded, here by" in done.err) is is_told
    assert "judged by" not in run("batch", written(tmp_path, record)).err


def test_the_records_of_each_other_rulebook_are_counted(tmp_path: Path, run: Run) -> None:
    books = [{"title": f"T{number}", "fingerprint": f"f{number}"} for number in range(12)]
    path = written(tmp_path, *({"rulebook": book} for book in [*books, *books]))
    err = run("batch", path, "-q").err
    assert err.count("2 records judged by T") == 10
    assert "2 more rulebooks judged others" in err


def test_a_hostile_title_controls_nothing(tmp_path: Path, run: Run) -> None:
    path = written(tmp_path, {"rulebook": {"title": "x" * 500, "fingerprint": "\x1b[31m"}})
    done = run("batch", path)
    assert "\x1b" not in done.err
    assert "U+001B" in done.err
    path = written(tmp_path, {"rulebook": {"title": "x" * 500, "fingerprint": "y" * 500}})
    assert len(run("batch", path).err) < 500


@pytest.mark.parametrize(
    ("rulebook", "said"),
    [
        ("House", "'House' does not name a rulebook. Write its title and fingerprint as keys."),
        (["House"], "a list does not name a rulebook."),
        ({"titel": "House"}, "unknown key. Did you mean 'title'? (title, fingerprint)"),
        ({"title": {}}, "a mapping is not text."),
    ],
)
def test_what_names_no_rulebook_is_a_mistake(rulebook: object, said: str, tmp_path: Path) -> None:
    [read] = read_all([str(written(tmp_path, {"rulebook": rulebook}))])
    assert isinstance(read, Unjudged)
    assert read.problems[0].message.startswith(said)


def test_a_title_outside_is_no_fact_of_another_place(tmp_path: Path) -> None:
    [read] = read_all([str(written(tmp_path, {"title": "House"}))])
    assert isinstance(read, Unjudged)
    assert read.problems[0].message.startswith("unknown key.")

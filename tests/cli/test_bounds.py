"""However many mistakes there are, what is said of them is short and comes soon."""

import json
import time
import xml.etree.ElementTree as ET
from difflib import get_close_matches
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import Run

from winwinwin.near import near_ones
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.tables.files import connect

MANY = 30_000
KEYS = [f"key{number}" for number in range(MANY)]
LINES = "".join(f"  {key}: 1\n" for key in KEYS)
OBJECT = json.dumps({"id": "a"} | dict.fromkeys(KEYS, "1"))
CASE = "- name: a\n  facts: {salesperson: won}\n  expect:\n"
FILES = {
    "unknown keys in YAML": ("batch r.yaml", f"- id: a\n{LINES}"),
    "unknown keys in JSON": ("batch r.json", f"[{OBJECT}]"),
    "unknown keys in JSONL": ("batch r.jsonl", f"{OBJECT}\n"),
    "equal keys in YAML": ("batch r.yaml", "- id: a\n" + "  x: 1\n" * (MANY + 1)),
    "pairs of keys in JSON": (
        "batch r.json",
        "{" + ",".join(f'"{key}": 1, "{key}": 2' for key in KEYS) + "}",
    ),
    "keys beside a wrapper": ("batch r.yaml", f"interactions:\n- id: a\n{LINES.replace('  ', '')}"),
    "tags that are lists": (
        "batch r.yaml",
        "tags:\n" + "".join(f"  {key}: []\n" for key in KEYS),
    ),
    "keys of a rulebook": ("rules check r.yaml", LINES.replace("  ", "")),
    "keys of a mapping": ("batch t.csv --map r.yaml", f"customer: a\n{LINES.replace('  ', '')}"),
    "columns of tags": (
        "batch t.csv --map r.yaml",
        "customer: a\ntags:\n" + "".join(f"  {key}: none{key}\n" for key in KEYS[:3000]),
    ),
    "keys of a case": ("rules test r.yaml", CASE + LINES.replace("  ", "    ")),
    "statuses of a case": (
        "rules test r.yaml",
        f"{CASE}    rules:\n" + "".join(f"      {key}: fird\n" for key in KEYS),
    ),
    "cases": ("rules test r.yaml", "".join(f"- name: {key}\n" for key in KEYS[:3000])),
    "records": (
        "batch r.yaml",
        "".join(f"- {{id: {key}, customer: wun}}\n" for key in KEYS[:3000]),
    ),
    "listed records": (
        "list r.yaml",
        "".join(f"- {{customer: wun{key}}}\n" for key in KEYS[:3000]),
    ),
    "mistakes in the syntax": ("batch r.yaml", "- id: a\n  customer: [\n" * 3000),
    "defaults": ("score won", "".join(f"{key} = 1\n" for key in KEYS[:1000])),
}


@pytest.mark.parametrize("kind", FILES)
def test_many_mistakes_are_said_in_few_words(run: Run, tmp_path: Path, kind: str) -> None:
    words, content = FILES[kind]
    (tmp_path / "t.csv").write_text("a\nwon\n")
    command, *rest = words.split()
    name = "winwinwin.toml" if kind == "defaults" else next(w for w in rest if w.startswith("r."))
    (tmp_path / name).write_text(content)
    begun = time.monotonic()
    done = run(command, *rest, cwd=tmp_path)
    assert time.monotonic() - begun < 60
    assert done.code == 2
    assert len(done.err) < 50_000
    assert " more problem" in done.err


def test_a_record_shows_twenty_problems_and_says_how_many_more(run: Run, tmp_path: Path) -> None:
    keys = "".join(f"  k{number}: 1\n" for number in range(25))
    (tmp_path / "r.yaml").write_text(f"- id: a\n{keys}")
    done = run("batch", "r.yaml", "-q", "--format", "json", cwd=tmp_path)
    assert done.err.count("unknown key") == 20
    assert done.err.endswith("\nr.yaml:2: and 5 more problems.\n")
    [record] = json.loads(done.out)
    assert len(record["problems"]) == 21
    assert record["problems"][-1]["message"] == "and 5 more problems."
    listed = run("batch", "r.yaml", "-q", cwd=tmp_path).out
    assert "(and 24 more problems)" in listed


@pytest.mark.parametrize(("flags", "most"), [([], 100), (["--max-errors", "3"], 3)])
def test_a_run_shows_some_problems_and_its_outputs_hold_all(
    run: Run, tmp_path: Path, flags: list[str], most: int
) -> None:
    (tmp_path / "r.yaml").write_text("- customer: wun\n" * 150)
    outputs = ["-o", "o.json", "-o", "o.xml", "-o", "o.csv"]
    done = run("batch", "r.yaml", "-q", *flags, *outputs, cwd=tmp_path)
    assert done.err.count("is not an outcome") == most
    left = 150 - most
    assert done.err.endswith(f"\n{left} more problems not shown (--max-errors {most})\n")
    assert len(json.loads((tmp_path / "o.json").read_text())) == 150
    tests = ET.parse(tmp_path / "o.xml").getroot()[0]  # noqa: S314  # our own
    assert tests.get("errors") == "150"
    assert (tmp_path / "o.csv").read_text().count("is not an outcome") == 150


def test_a_table_shows_some_problems_and_its_rows_hold_all(run: Run, tmp_path: Path) -> None:
    rows = "".join(f"wun{number}\n" for number in range(150))
    (tmp_path / "t.csv").write_text(f"customer\n{rows}")
    done = run("batch", "t.csv", "-q", "-o", "o.csv", "--max-errors", "7", cwd=tmp_path)
    assert done.err.count("is not an outcome") == 7
    assert "143 more problems not shown (--max-errors 7)\n" in done.err
    assert (tmp_path / "o.csv").read_text().count("is not an outcome") == 150


def test_values_without_a_meaning_are_said_in_few_words(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text("customer: {column: c, won: good}\n")
    records = "".join(f"- c: odd{number}\n" for number in range(3000))
    (tmp_path / "r.yaml").write_text(f"- c: good\n{records}")
    done = run("batch", "r.yaml", "--map", "m.yaml", "-q", cwd=tmp_path)
    assert done.err.count("\n") == 21
    assert done.err.endswith("customer: 2,980 x another value read as not recorded\n")


def test_each_part_of_a_message_is_short(run: Run, tmp_path: Path) -> None:
    name = "x" * 100_000
    (tmp_path / "t.csv").write_text(",".join(f"column{number}" for number in range(9000)) + "\n")
    (tmp_path / "m.yaml").write_text(f"customer: {name}\n")
    (tmp_path / "r.json").write_text(json.dumps({name: name}))
    for words in ("t.csv --map m.yaml", "t.csv --by none", "r.json", "r.yaml --map m.yaml"):
        (tmp_path / "r.yaml").write_text("customer: won\n")
        done = run("batch", *words.split(), cwd=tmp_path)
        assert done.code == 2
        assert len(done.err) < 2500


def test_columns_with_a_name_like_a_facts_are_said_in_few_lines(run: Run, tmp_path: Path) -> None:
    slips = [f"Salesperson{letter}" for letter in "bcdefghijklmnopqrtuvwxyz"]
    (tmp_path / "t.csv").write_text(f"customer,{','.join(slips)}\nwon{',' * len(slips)}\n")
    done = run("batch", "t.csv", "-q", cwd=tmp_path)
    assert done.err.count("is not read. Did you mean 'salesperson'?\n") == 20
    assert "nor are 4 more columns with such a name\n" in done.err


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_a_table_has_no_more_columns_than_a_spreadsheet(
    run: Run, tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winwinwin.tables.layout.MOST_COLUMNS", 3)
    path = tmp_path / f"t.{form}"
    names, values = ["id", "a", "b", "customer"], ["1", "", "", "won"]
    if form == "csv":
        path.write_text(f"{','.join(names)}\n{','.join(values)}\n")
    elif form == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(names)
        book.active.append(values)
        book.save(path)
    else:
        pq.write_table(pa.table(dict(zip(names, [[value] for value in values], strict=True))), path)
    done = run("batch", path.name, "-q", cwd=tmp_path)
    said = "has 4 columns, and 3 are read. Leave out columns that no mapping names.\n"
    assert (done.code, done.err) == (2, f"{path.name}: {said}")


def test_a_hundred_thousand_columns_are_refused_at_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("c," * 100_000 + "customer\n")
    done = run("batch", "t.csv", "-q", cwd=tmp_path)
    assert done.err.startswith("t.csv: has 100,001 columns, and 16,384 are read.")


def test_an_engine_takes_no_more_threads_than_there_are_cores(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert connect(str(tmp_path), threads=2000).con.execute(
        "SELECT current_setting('threads')"
    ).fetchall() == [(2,)]
    assert run("batch", "examples/survey.csv", "--threads", "0").code == 2


@pytest.mark.parametrize("words", ["batch examples/week.yaml", "compare - examples/week.yaml"])
def test_charts_are_refused_where_they_would_end_the_process(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (6 << 30, 6 << 30))
    done = run(*words.split(), "-o", tmp_path / "x.html", stdin="customer: won\n")
    said = "charts need 72 GB of addresses, of which they use few, and 6 GB are allowed."
    assert (done.code, done.err) == (2, f"{said} Allow more: ulimit -v unlimited.\n")
    assert not [*tmp_path.iterdir()]


def test_the_words_near_a_mistake_are_those_that_all_words_would_give() -> None:
    words = [*FLAT_PATHS, "won", "lost", "unknown", "Won", "a"]
    for word in ("wun", "custmer", "salesperson_feelsgood", "", "x" * 50, "unknwon", "LOSt", "nwo"):
        known = {each.lower(): each for each in words}
        close = get_close_matches(word.strip().lower()[:40], known, n=3)
        assert near_ones(word, words, 3) == [known[each] for each in close]


@pytest.mark.parametrize("header", ['id,"customer', '"id,customer', 'id,"a""b,customer'])
def test_an_open_quote_in_a_header_is_what_is_wrong(run: Run, tmp_path: Path, header: str) -> None:
    (tmp_path / "t.csv").write_text(f"{header}\n" + "a,won\n" * 200_000)
    done = run("batch", "t.csv", "-q", cwd=tmp_path)
    what = "a quoted value that begins in the header, in line 1, does not end."
    assert (done.code, done.err) == (
        2,
        f"t.csv: {what} Write a quote inside a quoted value twice.\n",
    )

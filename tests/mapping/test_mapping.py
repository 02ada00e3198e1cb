"""Mappings: what they mean, what is wrong with them, and that a table and a record agree."""

import csv
import json
from collections import Counter
from contextlib import suppress
from math import isfinite
from pathlib import Path
from textwrap import dedent
from typing import Any

import pyarrow as pa
import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from winwinwin import Judge, WinwinwinError
from winwinwin.errors import UnreadableError
from winwinwin.mapping.file import load_mapping, mapping_of
from winwinwin.mapping.model import Mapping
from winwinwin.mapping.paths import MOST_LEAVES, leaves
from winwinwin.mapping.records import read_record
from winwinwin.mapping.values import Range, as_number, pieces
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.rows.records import verdict_columns
from winwinwin.tables import judge_table


def problems(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "m.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(WinwinwinError) as caught:
        load_mapping(str(file))
    return [problem.line.removeprefix(str(file)).lstrip(": ") for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("good", "won"), (" GOOD ", "won"), ("7", "won"), ("7.0", "won"), ("1e1", "won"),
        ("3", "lost"), ("3.0", "lost"), ("bad", "lost"),
        ("“Good”", "won"), ("\xa07\u2009", "won"), ("« 3 »", "lost"), ("“5”", None), ("“”", None),
        ("5", None), ("fine", None), ("", None), (None, None), ("won", None),
    ],
)  # fmt: skip
def test_words_and_numbers_mean_what_is_listed(written: str | None, meant: str | None) -> None:
    mapping = mapping_of(
        {"customer": {"column": "m", "won": ["good", {"at least": 7}], "lost": ["bad", 3]}}
    )
    assert mapping.facts["customer"].read(written) == meant


FORMS = "(at least, more than, at most, less than, when, all of, any of)"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("custmer: a", "1:1: custmer: unknown key. Did you mean 'customer'? ("),
        ("customer: a\ncustomer: b", "2:1: customer: given twice. Keep one of them."),
        ("customer: {column: a, won: [x, y], lost: [Y]}", "1:43: customer.lost: overlaps with what is listed under won."),
        ("customer: {column: a, won: {at least: 4}, lost: {at most: 4}}", "1:49: customer.lost: overlaps"),
        ("customer: {column: a, won: 4, lost: {at most: 4}}", "1:37: customer.lost: overlaps with what is listed under won."),
        ("customer: {won: x}", "1:11: customer: no column is named. Write column: NAME."),
        ("customer: {column: a, wun: x}", "1:23: customer.wun: unknown key. Did you mean 'won'?"),
        ("customer: {column: a, won: {at last: 4}}", "1:29: customer.won.at last: unknown key. Did you mean 'at least'?"),
        ("customer: {won: {whn: [{a: b}]}}", f"1:18: customer.won.whn: unknown key. Did you mean 'when'? {FORMS}"),
        ("customer: {column: a, split: ;, won: {all off: [b]}}", f"1:39: customer.won.all off: unknown key. Did you mean 'all of'? {FORMS}"),
        ("customer: {won: {when: [{a: {at last: 4}}]}}", "1:30: customer.won.when.a.at last: unknown key. Did you mean 'at least'? (at least, more than, at most, less than)"),
        ("customer: {won: {when: [{a: b}], at least: 4}}", "1:34: customer.won.at least: cannot stand beside 'when'. Keep one of them."),
        ("customer: {won: {when: []}}", "1:24: customer.won.when: lists nothing. List at least one value."),
        ("customer: {won: {when: [{a: []}]}}", "1:29: customer.won.when.a: lists nothing."),
        ("customer: {column: a, split: ;, won: {all of: []}}", "1:47: customer.won.all of: lists nothing."),
        ("file: {sheeet: a}", "1:8: file.sheeet: unknown key. Did you mean 'sheet'? (encoding, delimiter, "),
        ("long: yes", "1:7: long: 'yes' is not a mapping. Write {id: COLUMN, question: COLUMN, answer: COLUMN}."),
        ("customer: {column: a, won: {at least: x}}", "1:39: customer.won.at least: 'x' is not a number."),
        ("customer: {column: a, won: {at least: 4, less than: 4}}", "1:28: customer.won: no number is in this range."),
        ("customer: {column: a, won: {at least: 4, more than: 3}}", "1:42: customer.won.more than: is a second bound on the same side."),
        ("customer: {column: a, won: x, otherwise: eror}", "1:42: customer.otherwise: 'eror' is not a value of otherwise. Did you mean 'error'?"),
        ("customer: {column: a, otherwise: error}", "1:11: customer: no value is mapped."),
        ("order: {column: a, won: x}", "1:20: order.won: unknown key. (column)"),
        ("customer: [a]", "1:11: customer: a list is not a column."),
        ("customer: a\ntags: 3", "2:7: tags: '3' is not a list of columns."),
        ("- customer: {column: a}\n- customer: {column: b}", "holds more than one mapping."),
        ("customer: ", "1:10: customer: null is not a column."),
        ("customer: 'a", "1:11: not YAML. "),
    ],
)  # fmt: skip
def test_every_mistake_is_told_with_its_place(text: str, said: str, tmp_path: Path) -> None:
    assert problems(tmp_path, text)[0].startswith(said)


TABLE, RECORDS = "id,Closed,csat,nps\nA,2026-11-20,5,9\nB,,1,2\n", '{"id": "A"}\n{"id": "B"}\n'


@pytest.mark.parametrize("mapping", ["", "# customer: csat\n", "id: id\n", "{}", "tags: [id]\n"])
@pytest.mark.parametrize(("name", "text"), [("t.csv", TABLE), ("t.jsonl", RECORDS)])
def test_without_a_mapped_fact_every_row_is_undetermined_and_a_line_says_so(
    run: Run, tmp_path: Path, mapping: str, name: str, text: str
) -> None:
    (tmp_path / name).write_text(text)
    (tmp_path / "m.yaml").write_text(mapping)
    done = run("batch", name, "--map", "m.yaml", "--format", "jsonl", "--quiet", cwd=tmp_path)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, [row["triple"] for row in rows]) == (0, ["?/?/?"] * 2)
    [line] = done.err.splitlines()
    assert line.startswith("m.yaml: no fact is mapped, so every row is undetermined. Uncomment a")
    assert line.endswith("or map at least salesperson or customer.")


def test_a_table_without_a_row_and_a_mapped_fact_has_none_to_judge(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("id,csat\n")
    (tmp_path / "m.yaml").write_text("id: id\n")
    done = run("batch", "t.csv", "--map", "m.yaml", cwd=tmp_path)
    assert "Traceback" not in done.err
    assert "no fact is mapped" in done.err


def test_a_frame_is_judged_without_a_mapped_fact_too() -> None:
    with pytest.warns(UserWarning, match="no fact is mapped"):
        judged = judge_table(pa.table({"a": ["x"]}), {"id": "a"})
    assert judged.triple.to_pyarrow().to_pylist() == ["?/?/?"]


def test_a_column_beside_conditions_only_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("id,csat,Won\nA,5,yes\n")
    (tmp_path / "m.yaml").write_text("customer: {column: csat, won: {when: [{Won: 'yes'}]}}\n")
    said = run("batch", "t.csv", "--map", "m.yaml", cwd=tmp_path).err
    assert said.startswith("m.yaml:1:20: customer: this column is not read, for all values are")


def test_numbers_may_be_chosen_together() -> None:
    source = {"column": "a", "split": ";", "won": {"all of": [1, {"at least": 4}]}, "lost": "x"}
    field = mapping_of({"customer": source}).facts["customer"]
    assert [field.read(cell) for cell in ("1;5", "5; 1.0", "1;2", "1;5;x")] == [
        "won",
        "won",
        None,
        None,
    ]


def test_a_mistake_within_a_range_is_told_once(tmp_path: Path) -> None:
    [said] = problems(tmp_path, "customer: {column: a, won: {atleast: 4}}")
    assert said.startswith("1:29: customer.won.atleast: unknown key. Did you mean 'at least'?")


def test_columns_that_are_not_there_are_told_in_the_order_of_the_mapping(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "t.csv").write_text("mood\nwon\n")
    (tmp_path / "m.yaml").write_text("customer: mod\nid: nr\nsalesperson: x\n")
    said = run("batch", tmp_path / "t.csv", "--map", tmp_path / "m.yaml").err
    lines = [line for line in said.splitlines() if "the table has no column" in line]
    assert [line.split(":")[1:3] for line in lines] == [["1", "11"], ["2", "5"], ["3", "14"]]
    assert "Did you mean 'mood'?" in lines[0]


def test_a_mapping_that_is_not_there_is_told() -> None:
    with pytest.raises(WinwinwinError, match="no such file"):
        load_mapping("nowhere.yaml")


def test_json_holds_a_mapping_too(tmp_path: Path) -> None:
    file = tmp_path / "m.json"
    file.write_text('{"customer": {"column": "mood", "won": ["good"]}}')
    assert load_mapping(str(file)).facts["customer"].read("good") == "won"


NESTED = """\
- survey: {customer: {mood: good}, staff: won}
  case: {id: A}
- survey: {customer: {mood: meh}, staff: lost}
- survey: {customer: {mood: bad}, staff: wun}
- survey:
    staff: won
"""
NESTED_MAP = """\
id: case.id
salesperson: survey.staff
customer: {column: survey.customer.mood, won: good, lost: bad}
"""


def test_records_are_mapped_by_dotted_paths(run: Run, tmp_path: Path) -> None:
    (tmp_path / "calls.yaml").write_text(NESTED)
    (tmp_path / "m.yaml").write_text(NESTED_MAP)
    done = run("batch", "calls.yaml", "--map", "m.yaml", "-q", cwd=tmp_path)
    assert done.code == 2
    triples = [line.split()[1] for line in done.out.splitlines()]
    assert triples == ["WIN/WIN/WIN", "LOSE/?/?", "-", "WIN/?/?"]
    assert "calls.yaml:4:42: salesperson: 'wun' is not an outcome. Did you mean 'won'?" in done.err
    assert "customer: 1 x 'meh' read as not recorded\n" in done.err


def test_a_path_that_no_record_has_is_told_with_the_nearest(run: Run, tmp_path: Path) -> None:
    (tmp_path / "calls.yaml").write_text(NESTED)
    (tmp_path / "m.yaml").write_text(NESTED_MAP.replace("case.id", "case.ids"))
    done = run("batch", "calls.yaml", "--map", "m.yaml", "-q", cwd=tmp_path)
    assert "m.yaml:1:5: id: no record has 'case.ids'.\n" in done.err  # the last one has no case.id
    assert len(done.out.splitlines()) == 4
    (tmp_path / "m.yaml").write_text("customer: survey.custmer.mood\nsalesperson: survey.stff\n")
    (tmp_path / "out.csv").write_text("old")
    done = run("batch", "calls.yaml", "--map", "m.yaml", "-o", "out.csv", cwd=tmp_path)
    assert done.code == 2
    assert done.err.startswith(
        "m.yaml:2:14: salesperson: no record has 'survey.stff'. Did you mean 'survey.staff'?\n"
    )
    assert "m.yaml:1:11: customer: no record has 'survey.custmer.mood'" in done.err
    assert (tmp_path / "out.csv").read_text() == "old"


def test_a_path_that_some_record_has_is_not_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "calls.yaml").write_text("- {a: {b: won}}\n- {a: {b: null}}\n- {c: 1}\n")
    (tmp_path / "m.yaml").write_text("customer: a.b\n")
    assert run("batch", "calls.yaml", "--map", "m.yaml", "-q", cwd=tmp_path).err == ""
    (tmp_path / "calls.yaml").write_text("- {a: {b: null}}\n")
    assert run("batch", "calls.yaml", "--map", "m.yaml", "-q", cwd=tmp_path).err == ""


def test_records_are_drafted_by_dotted_paths(run: Run, tmp_path: Path) -> None:
    (tmp_path / "calls.yaml").write_text(NESTED)
    drafted = run("map", "calls.yaml", cwd=tmp_path)
    assert drafted.out == dedent("""\
        # yaml-language-server: $schema=mapping.schema.json
        # (that file: winwinwin schema mapping -o mapping.schema.json)
        #
        # How the columns of calls.yaml become facts: a draft. Check every line.
        # Values that are not listed are not recorded; `otherwise: error` refuses them.
        # Numbers may be listed as ranges: {at least: 4}, {more than: 6, less than: 9}.
        #
        # Only the customer's side is recorded: every row will be undetermined until the salesperson's side is joined.

        id: "case.id"
        # 'A'

        customer:
          column: "survey.customer.mood"
          # 'bad', 'good', 'meh'
          won: [good]
          lost: [bad]
          # not recorded: 'meh'

        # Columns that are not mapped:
        #
        # "survey.staff": 'won', 'lost', 'wun'
        #
        # Facts without a column: salesperson, organization, salesperson_feels_good, salesperson_believes_lost_for_customer, customer_believes_salesperson, order, salesperson_won_at, customer_won_at, organization_won_at
    """)
    (tmp_path / "m.yaml").write_text(drafted.out)
    done = run("batch", "calls.yaml", "--map", "m.yaml", "-q", cwd=tmp_path)
    assert (done.code, done.err) == (0, "customer: 1 x 'meh' read as not recorded\n")


def test_a_draft_of_records_and_of_the_same_table_agree(run: Run, tmp_path: Path) -> None:
    survey = csv.DictReader(Path("examples/survey.csv").read_text().splitlines())
    rows = [{name: value or None for name, value in row.items()} for row in survey]
    (tmp_path / "survey.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    records = run("map", tmp_path / "survey.jsonl").out
    assert (
        records.replace(f"{tmp_path}/survey.jsonl", "examples/survey.csv")
        == run("map", "examples/survey.csv").out
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", "x.json: holds no record. Each record should be a mapping of keys to values.\n"),
        (
            "",
            "x.json: holds no interactions. Record at least one; `winwinwin new` prints a template.\n",
        ),
        ("{", "x.json:1:2: not JSON: expecting a key in double quotes."),
    ],
)
def test_what_holds_no_record_has_no_draft(run: Run, tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "x.json").write_text(text)
    done = run("map", "x.json", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)


def test_a_draft_says_how_many_records_it_looked_at(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("winwinwin.batch.records.MOST_RECORDS", 2)
    (tmp_path / "x.jsonl").write_text('{"customer": "won"}\n' * 3)
    assert run("map", tmp_path / "x.jsonl").err == "only the first 2 records are read\n"


def test_a_bomb_of_aliases_is_not_walked_through() -> None:
    value: dict[str, Any] = {"x": "won"}
    for _ in range(12):
        value = dict.fromkeys("abcdefghij", value)
    assert len(list(leaves(value))) == MOST_LEAVES


def test_otherwise_error_refuses_in_records_and_tables_alike(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"mood": "meh"}\n{"mood": "good"}\n')
    (tmp_path / "t.csv").write_text("mood,x\nmeh,1\ngood,2\n")
    (tmp_path / "m.yaml").write_text("customer: {column: mood, won: good, otherwise: error}\n")
    said = "customer: 'meh' has no meaning in the mapping. Map it, or leave out `otherwise: error`."
    for name in ("r.jsonl", "t.csv"):
        done = run("batch", name, "--map", "m.yaml", cwd=tmp_path)
        assert done.code == 2
        assert said in done.err


NUMBERS = st.one_of(st.integers(-3, 12).map(float), st.floats(-3, 12).map(lambda x: round(x, 1)))


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    low, high = sorted(draw(st.tuples(NUMBERS, NUMBERS)))
    low = draw(st.sampled_from([low, float("-inf")]))
    high = draw(st.sampled_from([high, float("inf")])) if low > float("-inf") else high
    return Range(low, high, draw(st.booleans()), draw(st.booleans()))


@given(st.lists(ranges(), min_size=1, max_size=4), NUMBERS)
def test_numbers_of_a_piece_are_in_the_same_ranges(several: list[Range], number: float) -> None:
    if any(isfinite(bound) for each in several for bound in (each.low, each.high)):
        [text] = [text for piece, text in pieces(several) if number in piece]
        assert [number in each for each in several] == [float(text) in each for each in several]
        assert as_number(text) == float(text)


@given(ranges(), ranges(), NUMBERS)
def test_ranges_that_share_a_number_meet(one: Range, other: Range, number: float) -> None:
    if number in one and number in other:
        assert one.meets(other)
        assert other.meets(one)


TEXTS = [
    "good",
    "Bad",
    " meh",
    "won",
    "LOST",
    "yes",
    "n",
    "3",
    "4.5",
    "7",
    "1e1",
    "-2",
    "",
    "?",
    "x1",
    "12",
    "6.4753884217091125",
    "0.020322564630503861",
    "7 - good",
    "80%",
    "1,200",
    "4/5",
    "3 stars",
    "n/a",
    "good;x1",
    "bad; good",
    "yes;x1;meh",
]
WORDS = [
    ["good", "3"],
    ["good"],
    [{"at least": "7"}],
    [{"more than": "4", "at most": "6"}, "good"],
    [],
]
LOSSES = [["bad"], ["-2", "bad"], [{"less than": "2"}], [{"at most": "2.5"}, "meh"], []]


VALUES = st.sampled_from(["good", "x1", ["won", "7"], {"at least": "4"}, {"less than": "2"}])
CASES = st.lists(
    st.fixed_dictionaries(
        {"when": st.lists(st.dictionaries(st.sampled_from("abc"), VALUES, min_size=1), min_size=1)}
    ),
    max_size=1,
)
"""Conditions over columns, as a part of what means a value."""


@st.composite
def mappings(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a mapping of columns a to f; what is won and lost never overlaps."""
    written: dict[str, Any] = {}
    facts = draw(
        st.lists(
            st.sampled_from([name for name in FLAT_PATHS if "_at" not in name and name != "order"]),
            min_size=1,
            unique=True,
        )
    )
    for fact in facts:
        answers = (
            ("true", "false") if "feels" in fact or "believes_lost" in fact else ("won", "lost")
        )
        source = {"column": draw(st.sampled_from("abcdef"))}
        if draw(st.booleans()):
            source |= {
                answers[0]: draw(st.sampled_from(WORDS)),
                answers[1]: draw(st.sampled_from(LOSSES)),
            }
            source["otherwise"] = draw(st.sampled_from(["error", "not recorded"]))
            for answer in answers:
                source[answer] = source[answer] + draw(CASES)
            if draw(st.booleans()):
                source["split"] = ";"
                source[answers[0]] = [*source[answers[0]], {"all of": ["x1", "yes"]}]
        written[fact] = source
    return written


RECORDS = st.lists(
    st.fixed_dictionaries(
        {column: st.one_of(st.none(), st.sampled_from(TEXTS)) for column in "abcdef"}
    ),
    min_size=1,
    max_size=8,
)


def is_mixed(texts: list[str | None]) -> bool:
    numbers = [as_number(text) for text in texts if text and "%" not in text]
    is_part = any(number is not None and 0 < number < 1 for number in numbers)
    return is_part and any(text and text.endswith("%") for text in texts)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mappings(), RECORDS)
def test_a_mapping_of_a_table_is_the_mapping_row_by_row(
    written: dict[str, Any], records: list[dict[str, str | None]]
) -> None:
    mapping: Mapping = mapping_of(written)
    schema = pa.schema([(name, pa.string()) for name in "abcdef"])
    table = pa.Table.from_pylist(records, schema=schema)
    if any(is_mixed(table[name].to_pylist()) for name in "abcdef"):  # what a row alone can't know
        with suppress(UnreadableError):
            judge_table(table, mapping)
        return
    judged = judge_table(table, mapping).to_pyarrow()
    judge = Judge()
    for record, row in zip(records, judged.to_pylist(), strict=True):
        interaction, wrong = read_record(mapping, record, Counter())
        if interaction is None:
            assert row["verdict"] == "invalid"
            assert row["problem"] == "; ".join(problem.line for problem in wrong)
        else:
            wanted = verdict_columns(judge(interaction))
            assert {name: row[name] for name in wanted} == {
                name: text or None for name, text in wanted.items()
            }


def test_a_numeric_column_makes_few_kinds() -> None:
    table = pa.table({"score": pa.array([number / 100 for number in range(5_000)])})
    mapping = {"customer": {"column": "score", "won": {"at least": 30}, "lost": {"less than": 20}}}
    judged = judge_table(table, mapping).to_pyarrow()
    assert Counter(judged["triple"].to_pylist()) == {
        "?/WIN/?": 2000,
        "?/LOSE/?": 2000,
        "?/?/?": 1000,
    }

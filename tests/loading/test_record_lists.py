"""Records in a list within a document, as APIs give them."""

import json
import tracemalloc
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.parsing.json_text import read_json
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.wrapped import Lists, read_wrapped_json

PAGE = """\
{"tickets": [
  {"id": 1, "rating": {"score": "good"}, "fields": [{"id": 7, "value": "won"}]},
  {"id": 2, "rating": {"score": "bad"}, "fields": [{"id": 7, "value": "wun"}]}
 ],
 "next_page": null, "count": 2}
"""
MAP = """\
id: id
customer: {column: rating.score, won: good, lost: bad}
salesperson: "fields[id=7].value"
"""


@pytest.fixture
def judge(run: Run, tmp_path: Path) -> Callable[..., Any]:
    (tmp_path / "m.yaml").write_text(MAP)

    def judged(name: str, text: str, *more: str) -> Any:
        (tmp_path / name).write_text(text)
        return run("batch", name, "--map", "m.yaml", "-q", *more, cwd=tmp_path)

    return judged


@pytest.mark.parametrize("name", ["page.json", "page.yaml"])
def test_the_list_in_a_wrapper_is_found_and_places_stay_right(
    judge: Callable[..., Any], name: str
) -> None:
    done = judge(name, PAGE)
    assert done.code == 2
    assert "WIN/WIN/WIN" in done.out
    assert f"{name}: the records are under tickets\n" in done.err
    assert f"{name}:3:71: salesperson: 'wun' is not an outcome." in done.err


PAGES = """\
{"tickets": [{"id": 1, "rating": {"score": "good"}, "fields": [{"id": 7, "value": "won"}]}], "next_page": 2}
{"tickets": [], "next_page": 3}
{"tickets": [{"id": 2, "rating": {"score": "bad"}, "fields": [{"id": 7, "value": "wun"}]}], "next_page": null}
"""


def test_pages_in_lines_are_read_as_those_in_files(judge: Callable[..., Any]) -> None:
    done = judge("pages.jsonl", PAGES)
    assert "1               WIN/WIN/WIN" in done.out
    assert done.err.startswith("pages.jsonl: the records are under tickets\n")
    assert "pages.jsonl:3:82: salesperson: 'wun' is not an outcome." in done.err


def test_a_line_without_the_list_of_the_others_is_named(judge: Callable[..., Any]) -> None:
    done = judge("pages.jsonl", PAGES + '{"ticket": []}\n')
    assert done.code == 2
    assert "pages.jsonl:4:1: --records: there is no list under 'tickets'. Did you mean" in done.err


def test_pages_in_lines_are_drafted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl").write_text(PAGES)
    done = run("map", "pages.jsonl", cwd=tmp_path)
    assert done.err.startswith("pages.jsonl: the records are under tickets\n")
    assert "rating.score" in done.out
    assert "tickets[" not in done.out


@pytest.mark.parametrize(
    "line", ['{"id": 1, "notes": [{"id": 2}]}', '{"name": "A", "notes": [{"id": 2}]}']
)
def test_a_record_with_a_list_stays_a_record(run: Run, tmp_path: Path, line: str) -> None:
    (tmp_path / "x.jsonl").write_text(line + "\n")
    done = run("map", "x.jsonl", cwd=tmp_path)
    assert "the records are under" not in done.err
    assert ("To read a list in it: --records notes" in done.err) == ("name" in line)


def test_paths_into_the_first_item_of_pages_get_a_hint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text('{id: "tickets[0].id", customer: "tickets[0].rating.score"}')
    (tmp_path / "pages.jsonl").write_text(PAGES)
    done = run("batch", "pages.jsonl", "--map", "m.yaml", cwd=tmp_path)
    said = "each line is read as one record. To read a list in it: --records tickets"
    assert f"pages.jsonl: {said}\n" in done.err


def test_yaml_in_block_style_is_unwrapped_with_its_places(judge: Callable[..., Any]) -> None:
    text = "count: 1\ndata:\n  items:\n    - id: 5\n      rating: {score: good}\n      fields:\n        - {id: 7, value: wun}\n"
    done = judge("page.yaml", text)
    assert "page.yaml: the records are under data.items\n" in done.err
    assert "page.yaml:7:26: salesperson: 'wun'" in done.err


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ('{"data": {"items": [RECORD], "total": 1}}', "data.items"),
        ('{"hits": {"hits": [RECORD]}}', "hits.hits"),
        ('{"status": "ok", "results": [RECORD], "meta": {"errors": [{"a": 1}]}}', "results"),
        ('{"ids": [1, 2], "results": [RECORD]}', "results"),
    ],
)
def test_the_only_list_of_mappings_counts(judge: Callable[..., Any], text: str, under: str) -> None:
    record = '{"id": 1, "rating": {"score": "good"}, "fields": [{"id": 7, "value": "won"}]}'
    done = judge("x.json", text.replace("RECORD", record))
    assert done.code == 0
    assert "WIN/WIN/WIN" in done.out
    assert f"x.json: the records are under {under}\n" in done.err


def test_a_document_with_the_mapped_paths_is_one_record(judge: Callable[..., Any]) -> None:
    text = '{"id": 1, "rating": {"score": "good"}, "fields": [{"id": 7, "value": "won"}]}'
    done = judge("x.json", text)
    assert (done.code, done.err) == (0, "")
    assert "WIN/WIN/WIN" in done.out


def test_several_lists_are_named(judge: Callable[..., Any]) -> None:
    text = '{"tickets": [{"id": 1, "rating": {"score": "good"}}], "users": [{"id": 9}]}'
    done = judge("x.json", text)
    assert done.code == 2
    assert (
        "x.json: holds several lists of records: tickets, users. "
        "Name the one to read, such as --records tickets."
    ) in done.err
    done = judge("x.json", text, "--records", "tickets")
    assert done.code == 0
    assert done.out.startswith("1 ")


def test_a_list_that_is_not_there_is_told_with_those_that_are(judge: Callable[..., Any]) -> None:
    done = judge("x.json", PAGE, "--records", "ticket")
    assert done.code == 2
    assert (
        "x.json: --records: there is no list under 'ticket'. Did you mean 'tickets'? "
        "Name a list that is there. (tickets)"
    ) in done.err
    done = judge("x.json", "[]", "--records", "tickets")
    assert "Leave it out: it holds no list in a key." in done.err


def test_pages_on_the_lines_of_jsonl_are_read_by_name(judge: Callable[..., Any]) -> None:
    line = '{"tickets": [{"id": %d, "rating": {"score": "good"}}]}\n'
    done = judge("x.jsonl", line % 1 + line % 2, "--records", "tickets")
    assert done.code == 0
    assert len(done.out.splitlines()) == 2


def test_an_empty_list_is_no_record(judge: Callable[..., Any]) -> None:
    done = judge("x.json", '{"tickets": [], "count": 0}')
    assert done.code == 2
    assert "x.json: holds no interactions." in done.err


def test_a_mistake_after_some_records_leaves_these(judge: Callable[..., Any]) -> None:
    done = judge("x.json", PAGE.replace("wun", "won").replace('"count": 2', '"count" 2'))
    assert done.code == 2
    assert len(done.out.splitlines()) == 2
    assert "x.json:5:29: not JSON: expecting ':'." in done.err


def test_a_wrapper_without_a_mapping_is_told_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(PAGE)
    done = run("batch", "x.json", cwd=tmp_path)
    assert done.code == 2
    assert (
        "x.json: holds a list of records under tickets. "
        "Draft a mapping for them: winwinwin map x.json draft.yaml, "
        "then winwinwin batch x.json --map draft.yaml."
    ) in done.err


def test_named_records_may_be_interactions(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"calls": [{"salesperson": "won", "customer": "won"}]}')
    done = run("batch", "x.json", "--records", "calls", "-q", cwd=tmp_path)
    assert done.code == 0
    assert "WIN/WIN/WIN" in done.out


def test_a_draft_is_made_of_the_list_and_can_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(PAGE)
    done = run("map", "x.json", cwd=tmp_path)
    assert done.err == "x.json: the records are under tickets\n"
    assert "fields[id=7].value" in done.out
    (tmp_path / "y.json").write_text('{"id": 7, "comments": [{"text": "hm"}]}')
    done = run("map", "y.json", cwd=tmp_path)
    assert done.err == (
        "y.json: is read as one record. To read a list in it: --records NAME (comments)\n"
    )


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--encoding", "cp1252"),
        ("--delimiter", ";"),
        ("--header-row", "2"),
        ("--skip-rows", "1"),
        ("--skip-footer", "1"),
        ("--sheet", "Calls"),
    ],
)
def test_options_of_tables_mean_nothing_to_records(
    judge: Callable[..., Any], option: str, value: str
) -> None:
    done = judge("x.json", PAGE, option, value)
    assert done.code == 2
    assert f"{option}: this is for tables. Leave it out: these are files of records." in done.err


def test_a_table_has_no_list_of_records(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("salesperson\nwon\n")
    done = run("batch", "x.csv", "--records", "a", cwd=tmp_path)
    assert done.code == 2
    assert "--records: this is for files of records." in done.err


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=10,
)


@given(st.lists(JSON, max_size=4), st.dictionaries(st.text(max_size=3), JSON, max_size=3))
def test_a_wrapped_list_holds_what_it_holds_alone(
    records: list[Any], beside: dict[str, Any]
) -> None:
    text = json.dumps({**beside, "the list": records}).encode()

    def choose(lists: Lists) -> Any:
        return next(listing for listing in lists.found if listing.path == ("the list",))

    alone = read_json(Tape(BytesIO(json.dumps(records).encode()), "x"))
    if "interactions" not in beside:
        wrapped = read_wrapped_json(Tape(BytesIO(text), "x"), choose)
        assert [draft.value for draft in wrapped] == [draft.value for draft in alone]


def test_a_long_list_is_never_held_whole() -> None:
    one = {"id": "x" * 20, "tags": [{"a": "b"}] * 20}
    text = json.dumps({"items": [one] * 20_000}).encode()
    drafts = read_wrapped_json(Tape(BytesIO(text), "x"), lambda lists: lists.found[0])
    tracemalloc.start()
    assert sum(1 for _ in drafts) == 20_000
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 6 * len(text)


def test_a_page_without_a_record_drafts_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"tickets": [], "next_page": null}')
    done = run("map", "a.json", cwd=tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("a.json: holds no interactions.")

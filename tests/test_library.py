"""The library as a developer or an analyst uses it, beside what the commands already show."""

import ast
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from conftest import ROOT

import winwinwin
from winwinwin import (
    Interaction,
    Judge,
    Recorded,
    WinwinwinError,
    judge,
    judge_table,
    read_all,
    read_rulebook,
)
from winwinwin.analysis.table import decision_table
from winwinwin.errors import MissingExtraError

WEEK, HOUSE = ROOT / "examples/week.yaml", ROOT / "examples/house.yaml"


@pytest.mark.parametrize("name", [str(WEEK), WEEK, [WEEK], (name for name in [str(WEEK)])])
def test_one_name_is_read_like_a_list_of_it(name: Any) -> None:
    items = list(read_all(name))
    assert len(items) == 50
    assert all(isinstance(item, Recorded) and item.source == str(WEEK) for item in items)


def test_a_path_that_is_not_there_is_told_like_a_name(tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    [error] = read_all([missing])
    assert isinstance(error, WinwinwinError)
    assert str(error) == f"{missing}: no such file or folder."
    for path, said in ((missing, "no such file"), (tmp_path, "cannot be read: is a dir")):
        with pytest.raises(WinwinwinError, match=said):
            read_rulebook(path)
    with pytest.raises(WinwinwinError, match="no such file or folder"):
        judge_table(pa.table({"customer": ["won"]}), missing)
    assert read_rulebook(HOUSE) == read_rulebook(str(HOUSE))


def test_a_format_that_there_is_not_is_refused() -> None:
    with pytest.raises(WinwinwinError, match=r"'yml' is not a format of records. Did you mean 'y"):
        read_all([WEEK], "yml")


def test_what_read_all_returns_can_be_judged() -> None:
    items = list(read_all(WEEK))
    assert len(items) == 50
    for item in items:
        assert isinstance(item, Recorded)
        assert judge(item.outcomes) == judge(item.interaction)
    item = items[0]
    assert isinstance(item, Recorded)
    for wrong in (item, {"customer": "won"}, item.outcomes.facts, None):
        with pytest.raises(TypeError, match=r"judge\(\) takes an Interaction, or the outcomes of"):
            judge(wrong)  # type: ignore[arg-type]  # what somebody may try


@pytest.mark.parametrize("assumptions", [True, False])
def test_a_judge_can_be_sent_to_another_process(assumptions: bool) -> None:
    for rulebook in (None, read_rulebook(HOUSE)):
        sent = Judge(rulebook, assumptions=assumptions)
        received = pickle.loads(pickle.dumps(sent))  # noqa: S301  # our own
        assert decision_table(received) == decision_table(sent)


PAGE = (ROOT / "docs/python.md").read_text("utf-8")
SHOWN = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def names_used(program: str) -> set[str]:
    """Return what a program imports from the package and then uses."""
    nodes = list(ast.walk(ast.parse(program)))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    return {
        alias.name
        for node in nodes
        if isinstance(node, ast.ImportFrom) and node.module == "winwinwin"
        for alias in node.names
        if alias.name in used
    }


def test_every_public_name_is_on_the_python_page_with_an_example_that_uses_it() -> None:
    table = PAGE.partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", table)) >= set(winwinwin.__all__)
    assert set().union(*map(names_used, SHOWN)) == set(winwinwin.__all__)
    assert winwinwin.__all__ == sorted(winwinwin._HOMES)


def test_the_public_names_can_be_listed() -> None:
    assert set(winwinwin.__all__) <= set(dir(winwinwin))
    assert all(getattr(winwinwin, name) is not None for name in winwinwin.__all__)


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, pd.NaT])
def test_what_pandas_has_for_nothing_is_not_recorded(nothing: Any) -> None:
    party = {"outcome": nothing, "won_at": nothing, "feels_good": nothing}
    empty = Interaction(
        id=nothing, date=nothing, employee=nothing, tags={"a": nothing}, salesperson=party
    )
    assert empty.facts == Interaction().facts
    assert empty.about == {"tags": {"a": None}}
    assert (empty.id, empty.recorded) == (None, {})


def test_numbers_of_a_frame_are_text_as_they_are_written() -> None:
    [record] = pd.DataFrame({"id": [7], "employee": [1.5]}).to_dict("records")
    made = Interaction(id=pd.Series([7])[0], employee=record["employee"], channel=record["id"])
    assert (made.id, made.employee, made.channel) == ("7", "1.5", "7")


# Tables


@pytest.mark.parametrize("won_words", [["a"], ("a",), {"a"}, pd.Series(["a"])])
def test_a_mapping_takes_any_list_of_words(won_words: Any) -> None:
    frame = pa.table({"mood": ["a", "b"]})
    judged = judge_table(frame, {"customer": {"column": "mood", "won": won_words, "lost": ["b"]}})
    assert judged.triple.to_pyarrow().to_pylist() == ["?/WIN/?", "?/LOSE/?"]


def test_a_mapping_takes_a_range() -> None:
    frame = pd.DataFrame({"mood": [1, 9]})
    mapping = {"customer": {"column": "mood", "won": range(7, 11), "lost": range(7)}}
    assert list(judge_table(frame, mapping).triple.execute()) == ["?/LOSE/?", "?/WIN/?"]


REFUSED: dict[str, tuple[Any, str]] = {
    "names that differ in case": (
        pd.DataFrame({"Customer": ["won"], "customer": ["lost"]}),
        "column 2 has the same name as another: 'customer'",
    ),
    "a name given twice": (
        pd.DataFrame([["won", "lost"]], columns=["customer", "customer"]),
        "column 2 has the same name as another: 'customer'",
    ),
    "no name": (pl.DataFrame({"customer": ["won"], "": ["x"]}), "column 2 has no name"),
    "a number for a name": (
        pd.DataFrame({"customer": ["won"], 2024: [1]}),
        "column 2024 has a name that is not text",
    ),
    "values of several types": (
        pd.DataFrame({"customer": ["won", "lost"], "x": [1, "a"]}),
        "the table: the engine failed",
    ),
    "a file's name": ("week.csv", "str cannot be read as a table: .*a table of Ibis, or a frame"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_as_a_table_is_told(name: str) -> None:
    frame, said = REFUSED[name]
    with pytest.raises(WinwinwinError, match=said):
        judge_table(frame)


def test_a_column_is_found_however_its_name_is_spelled() -> None:
    frame = pa.table({"Salesperson": ["won"], "customer": ["won"], "Customer Won-At": [""]})
    assert judge_table(frame).triple.to_pyarrow().to_pylist() == ["WIN/WIN/WIN"]


def test_a_column_that_is_nearly_called_like_a_fact_is_told() -> None:
    frame = pa.table({"Salespersn": ["won"], "customer": ["won"]})
    told = r"column 'Salespersn' is not read\. Did you mean 'salesperson'\?"
    with pytest.warns(UserWarning, match=told):
        judged = judge_table(frame)
    assert judged.triple.to_pyarrow().to_pylist() == ["?/WIN/?"]


def test_tables_that_are_not_installed_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ibis", None)
    monkeypatch.delitem(sys.modules, "winwinwin.tables.frames", raising=False)
    with pytest.raises(MissingExtraError, match=r"pip install 'winwinwin\[tables\]'"):
        judge_table(pa.table({"customer": ["won"]}))


# Types

PROGRAM = """
from pathlib import Path
from winwinwin import Customer, Interaction, Judge, Judgement, Organization, Salesperson
from winwinwin import Recorded, Unjudged, WinwinwinError, judge, read_all, read_rulebook

made = Interaction(salesperson="won", customer=Customer(outcome="l"), organization=Organization())
turned = made.model_copy(update={"customer": "won"})
seller = Salesperson(outcome="won", feels_good="yes")
judgement: Judgement = judge(made)
strict = Judge(read_rulebook(Path("house.yaml")), assumptions=False)
for item in read_all(Path("week.yaml")):
    match item:
        case Recorded():
            print(item.interaction.id, judge(item.outcomes).triple, strict(item.outcomes).rule)
        case Unjudged():
            print(item.problems[0].message)
        case WinwinwinError():
            print(item)
for remedy in judgement.remedies:
    for setting in remedy:
        print(setting.fact.upper(), setting.value)
"""


def test_a_program_that_uses_the_library_passes_a_type_checker(tmp_path: Path) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = [readme.partition("```python\n")[2].partition("```")[0], *SHOWN]
    for number, program in enumerate(shown):
        (tmp_path / f"shown_{number}.py").write_text(program)
    (tmp_path / "program.py").write_text(PROGRAM)
    (tmp_path / "mypy.ini").write_text("[mypy]\nstrict = true\n")  # without pydantic's plugin
    command = [sys.executable, "-m", "mypy", *(path.name for path in tmp_path.glob("*.py"))]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == f"Success: no issues found in {len(shown) + 1} source files\n"
    assert done.returncode == 0


def test_a_name_is_no_rulebook_and_a_single_record_no_list() -> None:
    with pytest.raises(
        TypeError, match=r"Judge\(\) takes a Rulebook, as read_rulebook returns it, not str"
    ):
        Judge("house.yaml")  # type: ignore[arg-type]  # what somebody may try
    single = {"salesperson": "won"}
    for wrong in (
        single,
        Interaction(**single),
        Recorded.of(Interaction(**single)),
        "week.yaml",
        b"",
    ):
        said = rf"many\(\) takes a list of records, not {type(wrong).__name__}"
        with pytest.raises(TypeError, match=said):
            list(Judge().many(wrong))  # type: ignore[arg-type]  # as above

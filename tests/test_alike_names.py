"""Names that may be one: they differ only in capitals or blanks, and are counted apart."""

import json
from pathlib import Path

import pytest
from browser import opened
from conftest import Run
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from winwinwin.errors import QUOTED
from winwinwin.pages.groups import MOST_NAMED, alike_sentence

SAID = "Names that differ only in capitals or blanks count as different: 'ANA ', 'Ana' and 'ana'."
NAMES = ("Ana", "ana", "ANA ", "Ben")


@pytest.fixture(params=["jsonl", "csv"])
def team(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / f"team.{request.param}"
    records = [{"employee": name, "salesperson": "won", "customer": "won"} for name in NAMES]
    if request.param == "jsonl":
        path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    else:
        rows = [list(records[0]), *(list(record.values()) for record in records)]
        path.write_text("".join(f"{','.join(row)}\n" for row in rows))
    return path


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_summary_names_them(run: Run, team: Path, form: str) -> None:
    done = run("batch", team, "--by", "employee", "--format", form)
    assert done.code == 0
    assert SAID in done.out


def test_the_report_names_them(run: Run, team: Path, browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run("batch", team, "-o", page).code == 0
    with opened(browser, page) as seen:
        assert seen.text("#standing-0").endswith(SAID)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (["Ana", "Anna"], ""),
        ([], ""),
        (["Zoe\u0308", "Zo\u00eb"], "'Zoe\u0308' and 'Zo\u00eb'"),
        (["West  1", "west 1", "Ana", "ANA"], "'ANA' and 'Ana'; 'West  1' and 'west 1'"),
        (["a\x1b[31m", "A\x1b[31m"], r"'A\x1b[31m' and 'a\x1b[31m'"),
    ],
)
def test_which_ones(names: list[str], found: str) -> None:
    whole = f"Names that differ only in capitals or blanks count as different: {found}."
    assert alike_sentence(names) == (whole if found else "")


@given(st.text(alphabet=st.characters(codec="ascii"), min_size=1))
def test_a_name_is_like_itself_in_capitals_and_among_blanks(name: str) -> None:
    others = {f" {name}", f"{name}\t", name.upper(), name.lower()} - {name}
    assert all(alike_sentence([name, other]) for other in others)
    assert not alike_sentence([name, f"{name}x"])


def test_of_many_the_first_are_named_and_the_others_counted() -> None:
    names = [each for place in range(300) for each in (f"e{place:03}", f"E{place:03}")]
    said = alike_sentence(names)
    assert said.count(" and ") == MOST_NAMED + 1
    assert said.endswith("'E009' and 'e009'; and 290 more.")
    long = alike_sentence(["x" * 10_000, "X" * 10_000])
    assert len(long) < 2 * QUOTED + 200

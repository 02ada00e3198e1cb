"""Every run adds up what it read against what it judged, and fails where something got lost."""

from pathlib import Path

import pytest
from conftest import Run

from winwinwin.analysis import casetests
from winwinwin.batch.adding_up import must_add_up
from winwinwin.errors import WinwinwinError
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.stats.groups import Group
from winwinwin.stats.tally import Tally


def tally(judged: int, invalid: int) -> Tally:
    found = Tally(Judge().kind)
    found.all.kinds[Facts("won", "won")] = judged
    found.invalid = invalid
    return found


@pytest.mark.parametrize(("read", "judged", "invalid"), [(3, 2, 1), (2, 2, 0), (0, 0, 0)])
def test_what_was_read_is_judged_or_invalid(read: int, judged: int, invalid: int) -> None:
    must_add_up(read, tally(judged, invalid))
    assert tally(judged, invalid).total == read


@pytest.mark.parametrize(("read", "judged", "invalid"), [(4, 2, 1), (2, 2, 1), (1, 0, 0)])
def test_a_difference_is_an_error(read: int, judged: int, invalid: int) -> None:
    with pytest.raises(WinwinwinError, match=r"were read, but .* some were lost") as raised:
        must_add_up(read, tally(judged, invalid))
    assert "fault of winwinwin" in str(raised.value)


def test_the_groups_of_a_dimension_add_up_too() -> None:
    found = tally(3, 1)
    group = found.groups["channel"] = {"web": Group(Judge().kind), None: Group(Judge().kind)}
    group["web"].kinds[Facts("won", "won")] = 2
    with pytest.raises(WinwinwinError, match="4 interactions were read, but 2 were judged"):
        must_add_up(4, found)
    group[None].kinds[Facts("won", "won")] = 1
    must_add_up(4, found)


def test_a_run_of_cases_that_loses_one_ends_in_an_error(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = casetests.run
    monkeypatch.setattr(casetests, "run", lambda cases, book: kept(cases[1:], book))
    done = run("rules", "test", "tests/cases")
    assert done.code == 2
    assert "some were lost" in done.err


def test_a_run_that_loses_a_record_ends_in_an_error_and_replaces_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Tally.add
    monkeypatch.setattr(Tally, "add", lambda tally, judged: kept(tally, judged[1:]))
    out = tmp_path / "out.jsonl"
    out.write_text("as it was\n")
    done = run("batch", "-", "-o", out, stdin="[{salesperson: won}, {salesperson: lost}]")
    assert done.code == 2
    assert "2 interactions were read, but 1 were judged and 0 are invalid" in done.err
    assert out.read_text() == "as it was\n"

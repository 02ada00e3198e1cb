"""An id that two records of a run have."""

import pytest

from winwinwin.batch import repeated as module
from winwinwin.batch.repeated import MOST, TOGETHER, RepeatedIds
from winwinwin.record.described import Described
from winwinwin.record.interaction import Outcomes, Recorded

NOTHING = Outcomes()


def warnings(*records: tuple[str | None, str, int], together: int = 64) -> list[str]:
    """Return the lines said at the end of a run that takes some records at a time."""
    repeated = RepeatedIds()
    recorded = [Recorded(Described(name), NOTHING, source, line) for name, source, line in records]
    for start in range(0, len(recorded), together):
        repeated.take(recorded[start : start + together])
    return repeated.end().splitlines()


def test_the_second_record_with_an_id_is_warned_of_with_both_places() -> None:
    said = "b.yaml:7: the id 'A' is already used at a.yaml:3. Give each record its own."
    assert warnings(("A", "a.yaml", 3), ("B", "a.yaml", 5), ("A", "b.yaml", 7)) == [said]


def test_an_id_is_warned_of_once() -> None:
    assert len(warnings(*[("A", "a.yaml", line) for line in (1, 2, 3, 4)])) == 1


@pytest.mark.parametrize("name", [None, ""])
def test_records_without_an_id_repeat_nothing(name: str | None) -> None:
    assert warnings((name, "a", 1), (name, "a", 2)) == []


def test_two_records_on_one_line_are_two() -> None:
    [said] = warnings(("A", "a.jsonl", 1), ("A", "a.jsonl", 1))
    assert said.startswith("a.jsonl:1: the id 'A' is already used at a.jsonl:1.")


@pytest.mark.parametrize(
    ("ids", "end"),
    [
        (MOST, []),
        (MOST + 1, ["1 more id used twice or more"]),
        (1_234, ["1,224 more ids used twice or more"]),
    ],
)
@pytest.mark.parametrize("together", [1, 64, 10_000])
def test_no_more_than_some_ids_are_named_and_the_others_are_counted(
    ids: int, end: list[str], together: int
) -> None:
    names = [(f"N-{number}", "a.yaml", number) for number in range(ids)]
    said = warnings(*names, *names, *names, together=together)
    assert [line.split("'")[1] for line in said[:MOST]] == [f"N-{n}" for n in range(MOST)]
    assert said[MOST:] == end


def test_they_are_named_in_the_order_of_their_second_use() -> None:
    names = [(f"N-{number}", "a.yaml", number) for number in range(3 * TOGETHER)]
    again = [("N-700", "b.yaml", 1), ("N-2", "b.yaml", 2), ("N-300", "b.yaml", 3)]
    assert [line.split(":")[1] for line in warnings(*names, *again)] == ["1", "2", "3"]


def test_places_are_kept_whatever_order_the_sources_come_in() -> None:
    first, second = warnings(("A", "a", 1), ("B", "b", 4_000_000_000), ("A", "b", 2), ("B", "a", 9))
    assert "b:2: the id 'A' is already used at a:1." in first
    assert "a:9: the id 'B' is already used at b:4000000000." in second


def test_a_name_that_is_not_utf_8_is_kept() -> None:
    [said] = warnings(("A", "a\udcff.yaml", 1), ("A", "a\udcff.yaml", 2))
    assert "already used at a" in said


def test_what_steers_a_terminal_is_shown_and_not_obeyed() -> None:
    [said] = warnings(("\x1b[2J", "a\x07", 1), ("\x1b[2J", "a\x07", 2))
    assert said.startswith("a\\x07:2: the id '\\x1b[2J' is already used at a\\x07:1.")


def test_ids_of_which_hashes_are_alike_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BITS", 2)
    names = [(f"N-{number}", "a.yaml", number) for number in range(1_000)]
    again = [(f"N-{number}", "b.yaml", number) for number in range(0, 1_000, 50)]
    said = warnings(*names, *again)
    assert [line.split("'")[1] for line in said[:MOST]] == [name for name, _, _ in again[:MOST]]
    assert said[MOST:] == ["10 more ids used twice or more"]

"""An id that two records of a run have."""

import pytest

from winwinwin.batch.repeated import MOST, RepeatedIds


def warnings(*records: tuple[str | None, str, int]) -> tuple[list[str], str]:
    """Return what is said of each record, and at the end."""
    repeated = RepeatedIds()
    return [repeated.add(*record) for record in records], repeated.end()


def test_the_second_record_with_an_id_is_warned_of_with_both_places() -> None:
    said = "b.yaml:7: the id 'A' is already used at a.yaml:3. Give each record its own.\n"
    records = [("A", "a.yaml", 3), ("B", "a.yaml", 5), ("A", "b.yaml", 7)]
    assert warnings(*records) == (["", "", said], "")


def test_an_id_is_warned_of_once() -> None:
    told, end = warnings(*[("A", "a.yaml", line) for line in (1, 2, 3, 4)])
    assert [bool(said) for said in told] == [False, True, False, False]
    assert end == ""


def test_records_without_an_id_repeat_nothing() -> None:
    assert warnings((None, "a", 1), (None, "a", 2), ("", "a", 3)) == ([""] * 3, "")


def test_two_records_on_one_line_are_two() -> None:
    told, _ = warnings(("A", "a.jsonl", 1), ("A", "a.jsonl", 1))
    assert told[1].startswith("a.jsonl:1: the id 'A' is already used at a.jsonl:1.")


@pytest.mark.parametrize(
    ("ids", "end"),
    [
        (MOST, ""),
        (MOST + 1, "1 more id used twice or more\n"),
        (1_234, "1,224 more ids used twice or more\n"),
    ],
)
def test_no_more_than_some_ids_are_named_and_the_others_are_counted(ids: int, end: str) -> None:
    names = [(f"N-{number}", "a.yaml", number) for number in range(ids)]
    told, said = warnings(*names, *names, *names)
    assert sum(map(bool, told)) == MOST
    assert said == end


def test_places_are_kept_whatever_order_the_sources_come_in() -> None:
    told, _ = warnings(("A", "a", 1), ("B", "b", 4_000_000_000), ("A", "b", 2), ("B", "a", 9))
    assert "b:2: the id 'A' is already used at a:1." in told[2]
    assert "a:9: the id 'B' is already used at b:4000000000." in told[3]


def test_what_steers_a_terminal_is_shown_and_not_obeyed() -> None:
    told, _ = warnings(("\x1b[2J", "a\x07", 1), ("\x1b[2J", "a\x07", 2))
    assert told[1].startswith("a\\x07:2: the id '\\x1b[2J' is already used at a\\x07:1.")

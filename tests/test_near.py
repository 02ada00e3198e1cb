"""The word that was probably meant."""

import pytest

from winwinwin.near import BEGINNING, near_ones, nearest

WORDS = ("salesperson", "customer", "organization", "order", "notes")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("custmer", "customer"),
        ("Ordr", "order"),
        ("cust", "customer"),
        ("ORG", "organization"),
        ("or", None),
        ("xyz", None),
        ("", None),
        (None, None),
    ],
)
def test_it_is_the_most_similar_or_one_that_begins_so(written: object, meant: str | None) -> None:
    assert nearest(written, WORDS) == meant


@pytest.mark.parametrize("word", WORDS)
def test_every_beginning_that_is_long_enough_is_understood(word: str) -> None:
    beginnings = [word[:length] for length in range(BEGINNING, len(word) + 1)]
    assert [nearest(each, WORDS) for each in beginnings] == [word] * len(beginnings)


def test_no_more_are_named_than_asked_for() -> None:
    ids = [f"W47-2026-{number}" for number in range(100, 200)]
    assert near_ones("w47", ids, most=3) == ids[:3]

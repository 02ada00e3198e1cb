"""Groups beside the rest: what is equal is tested once, and what is not compared belongs to the rest."""

from collections import Counter

import pytest

from winwinwin import Judge
from winwinwin.facts import Facts
from winwinwin.stats import comparison
from winwinwin.stats.bounds import Bounds
from winwinwin.stats.exact import Chances, chances, holm
from winwinwin.stats.groups import Group
from winwinwin.stats.standing import standings

JUDGE = Judge().kind
WON, LOST, OPEN = Facts("won", "won"), Facts("won", "lost"), Facts("won")


def group(won: int, lost: int, unknown: int = 0) -> Group:
    return Group(JUDGE, Counter({WON: won, LOST: lost, OPEN: unknown}))


def test_equal_groups_are_tested_once_and_adjusted_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    tests: list[tuple[Bounds, Bounds]] = []

    def counted(before: Bounds, after: Bounds) -> Chances:
        tests.append((before, after))
        return chances(before, after)

    monkeypatch.setattr(comparison, "chances", counted)
    shapes = [group(9, 1), group(1, 9), group(4, 4, 2)]
    found = standings("employee", {f"E{place:03}": shapes[place % 3] for place in range(300)})
    assert len(tests) == len(shapes)
    assert len({id(one.change) for one in found}) == len(shapes)
    alone = [chances(one.change.before, one.change.after).highest for one in found]
    assert [one.probability for one in found] == holm(alone)


def test_groups_that_are_not_compared_belong_to_the_rest() -> None:
    groups = {f"E{place}": group(place, 10 - place, place % 2) for place in range(10)}
    listed = {value: groups[value] for value in ("E1", "E9")}
    others = [groups[value] for value in groups if value not in listed]
    rest = {one.value: one.change.after for one in standings("employee", groups)}
    found = {one.value: one.change.after for one in standings("employee", listed, others)}
    assert found == {value: rest[value] for value in listed}

"""Slices hold what the report shows, however many interactions there are and wait to be counted."""

from collections import Counter

import pytest
from golden import ROOT

from winwinwin import Judge, Recorded, read_all
from winwinwin.facts import Facts
from winwinwin.record.described import Described
from winwinwin.stats import slices
from winwinwin.stats.slices import MOST_GROUPS, Slices, Slicing
from winwinwin.stats.tally import Tally


def counted() -> Slices:
    judge = Judge()
    slicing = Slicing(judge.kind, ("employee", "tags.product", "week"))
    for item in read_all(ROOT / "examples" / "week.yaml"):
        if isinstance(item, Recorded):
            slicing.add(item.about, judge(item.outcomes))
    return slicing.slices


def plain(tally: Tally) -> object:
    groups = {
        by: {value: group.kinds for value, group in groups.items()}
        for by, groups in tally.groups.items()
    }
    rest = {by: (rest.values, rest.group.kinds) for by, rest in tally.rest.items()}
    return tally.all.kinds, groups, rest, tally.gaps


@pytest.mark.parametrize("most", [1, 7])
def test_how_many_wait_to_be_counted_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    together = counted()
    monkeypatch.setattr(slices, "MOST_WAITING", most)
    apart = counted()
    assert plain(apart.whole) == plain(together.whole)
    for by, parts in together.parts.items():
        assert {value: plain(part) for value, part in apart.parts[by].items()} == {
            value: plain(part) for value, part in parts.items()
        }


@pytest.mark.parametrize("most", [7, slices.MOST_WAITING])
def test_only_the_biggest_are_counted_apart(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    """Each of 60 employees has a number of interactions of its own, in one of two channels."""
    monkeypatch.setattr(slices, "MOST_WAITING", most)
    judge = Judge()
    slicing = Slicing(judge.kind, ("employee", "channel"))
    won = judge.kind(Facts("won", "won"))
    names = [f"E{number:02}" for number in range(60)]
    for size, name in enumerate(names, 1):
        for _ in range(size):
            slicing.add(Described(employee=name, channel="shop" if size % 4 else "web"), won)
    found = slicing.slices
    biggest = names[-MOST_GROUPS:]
    assert set(found.parts["employee"]) == set(found.whole.groups["employee"]) == set(biggest)
    rest = found.whole.rest["employee"]
    assert (rest.values, rest.group.kinds) == (20, Counter({won.facts: sum(range(21))}))
    shop, web = (found.parts["channel"][name].rest["employee"] for name in ("shop", "web"))
    assert (shop.values, web.values) == (15, 5)
    assert shop.group.total + web.group.total == rest.group.total
    assert "channel" not in found.whole.rest

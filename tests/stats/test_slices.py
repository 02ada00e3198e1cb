"""Slices are the same however many interactions wait to be counted."""

import pytest
from golden import ROOT

from winwinwin import Judge, Recorded, read_all
from winwinwin.stats import slices
from winwinwin.stats.slices import Slices, Slicing
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
    return tally.all.kinds, groups, tally.gaps


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

"""Gates, against every way of completing small batches, by the specification."""

from collections import Counter
from functools import cache
from itertools import product
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oracle import completed, verdict_on

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts, every_kind
from winwinwin.kernel.verdict import JUDGED, Verdict
from winwinwin.pages.gates import gate_sentence, gates_said
from winwinwin.stats.gates import Gate
from winwinwin.stats.groups import Group
from winwinwin.stats.tally import Tally

KINDS = [*every_kind()]
JUDGES = {True: Judge(), False: Judge(assumptions=False)}
MOST_WORLDS = 3_000

WON, LOST, OPEN = Facts("won", "won"), Facts("won", "lost"), Facts("won")
"""The last one is WIN/WIN/WIN or the organization loses."""


def group_of(won: int = 0, lost: int = 0, unknown: int = 0) -> Group:
    counted = {WON: won, LOST: lost, OPEN: unknown}
    return Group(JUDGES[True].kind, Counter({kind: n for kind, n in counted.items() if n}))


TEN = group_of(5, 3, 2)
"""WIN/WIN/WIN: 5, up to 7; the organization loses: 3, up to 5; undetermined: 2."""

W, L, U = Verdict.WIN_WIN_WIN, Verdict.ORGANIZATION_LOSES, Verdict.UNDETERMINED
TABLE = {
    # at most: a run fails by what is sure, surely by what is possible
    (L, "at most", (2, 20)): ("fails for sure", True, True),
    (L, "at most", (3, 30)): ("open", False, True),
    (L, "at most", (4, 40)): ("open", False, True),
    (L, "at most", (5, 50)): ("passes for sure", False, False),
    # at least: what is not sure is no hit yet
    (W, "at least", (5, 50)): ("passes for sure", False, False),
    (W, "at least", (6, 60)): ("open", True, True),
    (W, "at least", (7, 70)): ("open", True, True),
    (W, "at least", (8, 80)): ("fails for sure", True, True),
    # what is undetermined is so for sure
    (U, "at most", (1, 10)): ("fails for sure", True, True),
    (U, "at most", (2, 20)): ("passes for sure", False, False),
    (U, "at least", (2, 20)): ("passes for sure", False, False),
    (U, "at least", (3, 30)): ("fails for sure", True, True),
}
"""By verdict, direction and limit (a number, a percentage): what all completions make of a gate,
whether it fails as recorded, and whether surely."""


@pytest.mark.parametrize("percent", [False, True], ids=["number", "percent"])
@pytest.mark.parametrize("case", TABLE)
def test_every_combination(case: tuple[Verdict, str, tuple[int, int]], percent: bool) -> None:
    verdict, direction, limits = case
    comes_to, recorded, surely = TABLE[case]
    for is_sure, fails in ((False, recorded), (True, surely)):
        gate = Gate(verdict, limits[percent], percent, direction == "at least", is_sure)
        assert gate.on(TEN).fails is fails
        assert gate.on(TEN).is_open is (comes_to == "open")


@cache
def worlds(kind: Facts, assuming: bool) -> frozenset[str]:
    """Return the verdicts of a kind over its completions."""
    return frozenset(map(verdict_on, completed(kind, assuming)))


def holds(gate: Gate, number: int, total: int) -> bool:
    found = number * 100 if gate.percent else number
    limit = gate.limit * (total if gate.percent else 1)
    return found >= limit if gate.at_least else found <= limit


@pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "plain"])
@given(
    batch=st.lists(st.sampled_from(KINDS), min_size=1, max_size=6),
    limit=st.integers(0, 100),
    flags=st.tuples(st.booleans(), st.booleans(), st.booleans()),
)
def test_a_gate_fails_by_what_every_completion_makes_of_it(
    assuming: bool, batch: list[Facts], limit: int, flags: tuple[bool, bool, bool]
) -> None:
    all_worlds = [worlds(kind, assuming) for kind in batch]
    assume(prod(map(len, all_worlds)) <= MOST_WORLDS)
    percent, at_least, surely = flags
    group = Group(JUDGES[assuming].kind, Counter(batch))
    for verdict in set(JUDGED) - {U}:
        gate = Gate(verdict, limit if percent else limit % 8, percent, at_least, surely)
        recorded = sum(world == {verdict} for world in all_worlds)
        all_hold = {
            holds(gate, sum(found == verdict for found in world), len(batch))
            for world in product(*all_worlds)
        }
        checked = gate.on(group)
        assert checked.is_open is (len(all_hold) > 1)
        if surely:
            assert checked.fails is (False in all_hold)
        else:
            assert checked.fails is not holds(gate, recorded, len(batch))


@pytest.mark.parametrize(
    ("gate", "excess"),
    [
        (Gate(L), 3),
        (Gate(L, 2), 1),
        (Gate(L, 3), 0),
        (Gate(L, 4), -1),
        (Gate(L, 20, percent=True), 10),
        (Gate(L, 30, percent=True), 0),
        (Gate(L, 100, percent=True), -70),
        (Gate(Verdict.OUT_OF_ORDER), 0),
        (Gate(W, 9, at_least=True), 2),
        (Gate(W, 7, at_least=True), 0),
        (Gate(W, 50, percent=True, at_least=True), -20),
    ],
)
def test_a_gate_passes_up_to_its_limit_and_fails_beyond_it(gate: Gate, excess: float) -> None:
    group = group_of(7, 3)
    assert gate.on(group).excess == excess
    assert gate.on(group).fails is (excess > 0)


@pytest.mark.parametrize("hits", range(1, 100))
def test_a_limit_of_exactly_the_share_is_kept(hits: int) -> None:
    limit = float(f"{hits // 10}.{hits % 10}")
    group = group_of(1000 - hits, hits)
    for at_least in (False, True):
        assert Gate(L, limit, percent=True, at_least=at_least).on(group).excess == 0


def test_a_percentage_is_of_those_judged() -> None:
    tally = Tally(JUDGES[True].kind)
    tally.all, tally.invalid = group_of(7, 3), 90
    assert Gate(L, 30, percent=True).on(tally.all).excess == 0


def test_of_nothing_nothing_is_said() -> None:
    nothing = group_of()
    assert Gate(U, 50, percent=True).on(nothing).excess == -50
    assert [*gates_said([Gate(W, 1, at_least=True)], nothing)] == []


SAID = {
    Gate(L): "gate organization_loses=0 failed: 3 interactions (limit 0, exceeded by 3)",
    Gate(L, 12.5, percent=True): "gate organization_loses=12.5% failed: "
    "30.0% of 10 interactions (limit 12.5%, exceeded by 17.5 points)",
    Gate(L, 29.99, percent=True): "gate organization_loses=29.99% failed: "
    "30.0% of 10 interactions (limit 29.99%, exceeded by less than 0.1 points)",
    Gate(L, 3): "gate organization_loses=3 passes as recorded; 2 undetermined could fail it",
    Gate(L, 5): "",
    Gate(L, 3, surely=True): "gate organization_loses=3 failed: up to 5 interactions "
    "once 2 undetermined are known (limit 3, exceeded by 2); it passes as recorded",
    Gate(L, 30, percent=True, surely=True): "gate organization_loses=30% failed: up to 50.0% of 10 "
    "interactions once 2 undetermined are known (limit 30%, exceeded by 20.0 points); "
    "it passes as recorded",
    Gate(L, 2, surely=True): "gate organization_loses=2 failed: 3 interactions "
    "(limit 2, exceeded by 1)",
    Gate(W, 8, at_least=True): "gate win_win_win=8 failed: 5 interactions "
    "(at least 8 required, 3 short)",
    Gate(W, 60, percent=True, at_least=True): "gate win_win_win=60% failed: 50.0% of 10 "
    "interactions (at least 60% required, 10.0 points short); 2 undetermined could pass it",
    Gate(W, 50, percent=True, at_least=True): "",
    Gate(U, 1): "gate undetermined=1 failed: 2 interactions (limit 1, exceeded by 1)",
}


@pytest.mark.parametrize(("gate", "said"), SAID.items())
def test_a_gate_says_by_how_much_it_failed_and_what_could_change_it(gate: Gate, said: str) -> None:
    assert gate_sentence(gate.on(TEN)) == said

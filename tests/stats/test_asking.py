"""What to ask of the undetermined: by what each answer leaves, counted by hand and over batches."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.evaluation import Judge
from winwinwin.facts import JUDGED_FACTS, Facts, every_kind
from winwinwin.kernel.rulebook import builtin
from winwinwin.kernel.verdict import Verdict
from winwinwin.stats.asking import Ask, ask_next
from winwinwin.stats.groups import Group

JUDGES = {True: Judge(), False: Judge(assumptions=False)}
BOTH_MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "plain"])
FEELS = "salesperson_feels_good"
BELIEVES = "salesperson_believes_lost_for_customer"


def asked_of(*counted: tuple[Facts, int], assuming: bool = True) -> list[Ask]:
    return ask_next(Group(JUDGES[assuming].kind, Counter(dict(counted))))


def test_what_settles_most_comes_first_and_of_as_many_the_fewest_facts_in_fact_order() -> None:
    assert asked_of(
        (Facts("lost", "lost"), 3),
        (Facts("won"), 2),
        (Facts(customer="won"), 2),
        (Facts(), 2),
        (Facts("won", "won"), 9),
    ) == [
        Ask((FEELS,), 3),
        Ask(("salesperson",), 2),
        Ask(("customer",), 2),
        Ask(("salesperson", "customer", FEELS), 2),
    ]


def test_an_interaction_counts_for_each_of_its_smallest_sets() -> None:
    """Whoever lost believes that it was for the customer where the customer won: so either tells."""
    belief, *_ = builtin().rules
    house = builtin().unchecked(rules=(belief.unchecked(when=({BELIEVES: True},)),))
    group = Group(Judge(house).kind, Counter({Facts("lost"): 4}))
    assert ask_next(group) == [Ask(("customer",), 4), Ask((BELIEVES,), 4)]


def test_of_what_is_decided_nothing_is_asked() -> None:
    assert asked_of((Facts("won", "won"), 3), (Facts("won", "lost"), 1)) == []
    assert asked_of() == []


@BOTH_MODES
@given(st.lists(st.sampled_from([*every_kind()]), max_size=8), st.randoms())
def test_every_undetermined_interaction_counts_whatever_the_order_of_the_batch(
    assuming: bool, batch: list[Facts], random: Random
) -> None:
    found = asked_of(*Counter(batch).items(), assuming=assuming)
    judged = [JUDGES[assuming].kind(kind) for kind in batch]
    is_open = [each for each in judged if each.verdict is Verdict.UNDETERMINED]
    assert sum(ask.settles for ask in found) == sum(len(each.settling) for each in is_open)
    assert [ask.settles for ask in found] == sorted((a.settles for a in found), reverse=True)
    assert all([*ask.facts] == sorted(ask.facts, key=JUDGED_FACTS.index) for ask in found)
    shuffled = list(Counter(batch).items())
    random.shuffle(shuffled)
    assert asked_of(*shuffled, assuming=assuming) == found

"""Sets of kinds: what they hold, and that they agree with a ladder over single kinds."""

import ladder
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulebooks import seeded_rulebooks, telling_rulebooks

from winwinwin.facts import Facts, every_kind, is_consistent
from winwinwin.kernel.completing import Completions
from winwinwin.kernel.judging import judge_kind
from winwinwin.kernel.kinds import (
    ALL,
    COLUMNS,
    CONSISTENT,
    HAVING,
    NONE,
    each,
    kind_at,
    once,
    place,
    simplest,
    where,
)
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.kernel.ruling import Rulings

EVERY = [*map(kind_at, range(ALL.bit_length()))]
"""All combinations of the seven facts, impossible ones too."""
SETS = st.integers(0, ALL)


def test_a_set_has_one_bit_for_each_combination_in_the_order_of_the_domains() -> None:
    assert len({*EVERY}) == len(EVERY) == 2_916
    assert [place(kind) for kind in EVERY] == [*range(2_916)]
    assert [*each(CONSISTENT)] == [*every_kind()] == [*filter(is_consistent, EVERY)]


def test_a_value_has_the_kinds_that_have_it() -> None:
    for fact, column in COLUMNS.items():
        for value in column:
            wanted = [kind for kind in EVERY if getattr(kind, fact) == value]
            assert [*each(HAVING[fact][value])] == wanted
    both = where([{"salesperson": "won", "customer": "lost"}, {"order": "kept"}])
    assert [*each(both)] == [
        kind for kind in EVERY if kind[:2] == ("won", "lost") or kind.order == "kept"
    ]
    assert where([]) == NONE
    assert where([{}]) == ALL


@given(SETS, st.sampled_from([(fact, value) for fact in COLUMNS for value in COLUMNS[fact][:-1]]))
def test_a_kind_is_in_a_set_once_a_fact_has_a_value_or_is_not(kinds: int, setting: tuple) -> None:  # type: ignore[type-arg]
    fact, value = setting
    wanted = {kind for kind in EVERY if kinds >> place(kind._replace(**{fact: value})) & 1}
    assert {*each(once(kinds, fact, value))} == wanted


@given(SETS)
def test_the_simplest_of_a_set_has_the_fewest_facts_recorded(kinds: int) -> None:
    def recorded(kind: Facts) -> int:
        return sum(value is not None for value in kind)

    assert simplest(kinds) == min(each(kinds), key=recorded, default=None)


@given(SETS)
def test_some_and_every_completion_are_each_other_s_opposite(kinds: int) -> None:
    completions = Completions(builtin().assumptions)
    some, every = completions.some(kinds), completions.every(kinds)
    assert every & ~some == NONE
    assert completions.every(ALL & ~kinds) == ALL & ~some
    assert some & completions.complete == kinds & completions.complete


HOUSES = [builtin(), *telling_rulebooks(), *seeded_rulebooks(8)]
MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "not assuming"])


@MODES
@pytest.mark.parametrize("house", HOUSES, ids=range(len(HOUSES)))
def test_the_sets_say_what_the_ladder_says_in_every_field(house: Rulebook, assuming: bool) -> None:
    book = house if assuming else house.without_assumptions()
    rulings, of = Rulings(book), ladder.remembered(book)
    for kind in EVERY:
        judgement = judge_kind(kind, rulings)
        wanted = ladder.judged(kind, book, of)
        statuses = tuple(finding.status for finding in judgement.rules)
        found = {field: getattr(judgement, field, statuses) for field in wanted}
        assert found == wanted, kind

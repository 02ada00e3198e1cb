"""Why a verdict is given and what would give another, against every way to try it out."""

from collections.abc import Iterable
from functools import cache
from itertools import combinations, product

import pytest
from rulebooks import seeded_rulebooks, telling_rulebooks

from winwinwin import Judge, Verdict
from winwinwin.facts import DOMAINS, JUDGED_FACTS, Facts, both_won, every_kind, is_consistent
from winwinwin.kernel.kinds import place
from winwinwin.kernel.ruling import CHANGES, DECIDED, REMEDIES

BOOKS = [None, *telling_rulebooks(), *seeded_rulebooks(4)]
JUDGES = [Judge(book, assumptions=assuming) for book in BOOKS for assuming in (True, False)]
EVERY_JUDGE = pytest.mark.parametrize("judge", JUDGES, ids=range(len(JUDGES)))
KINDS = [*every_kind()]
Known = frozenset[tuple[str, object]]
"""Facts with their values."""


def worlds() -> Iterable[Facts]:
    """Yield what there is to know, without the books but where the order needs them."""
    for values in product(*(DOMAINS[fact] for fact in JUDGED_FACTS if fact != "order")):
        salesperson, customer, *others = values
        kind = Facts(salesperson, customer, None, *others)  # type: ignore[arg-type]
        if not both_won(kind):
            yield kind
            continue
        yield kind._replace(order="kept")
        yield kind._replace(order="customer_first")
        yield kind._replace(order="organization_early", organization="won")


WORLDS = [*worlds()]


def known_of(kind: Facts) -> Known:
    values = kind._replace(organization=None)._asdict()
    return frozenset((fact, value) for fact, value in values.items() if value is not None)


def subsets(facts: Known) -> Iterable[Known]:
    """Yield every subset, the smallest first."""
    for size in range(len(facts) + 1):
        yield from map(frozenset, combinations(sorted(facts, key=str), size))


def smallest(found: Iterable[Known]) -> set[Known]:
    least: set[Known] = set()
    for facts in found:
        if not any(less <= facts for less in least):
            least.add(facts)
    return least


def test_there_are_48_worlds() -> None:
    assert len({*WORLDS}) == len(WORLDS) == 3 * 8 + 8 * 3
    assert all(map(is_consistent, WORLDS))


@EVERY_JUDGE
def test_a_reason_suffices_and_no_part_of_it_does(judge: Judge) -> None:
    given = [(known_of(world), judge.kind(world).verdict) for world in WORLDS]

    @cache
    def given_with(facts: Known) -> frozenset[Verdict]:
        return frozenset(verdict for known, verdict in given if facts <= known)

    for kind in KINDS:
        judgement = judge.kind(kind)
        known, wanted = known_of(judgement.known), frozenset({judgement.verdict})
        right = smallest(facts for facts in subsets(known) if given_with(facts) == wanted)
        assert {frozenset(reason) for reason in judgement.reasons} == right, kind
        assert [len(reason) for reason in judgement.reasons] == sorted(map(len, right))


def test_the_299_reasons_of_the_built_in_rules_are_mostly_one_fact() -> None:
    judged = [Judge().kind(kind) for kind in KINDS if kind.organization is None]
    sizes = [len(reason) for judgement in judged for reason in judgement.reasons]
    assert (len(judged), len(sizes), sizes.count(1)) == (297, 299, 207)


@EVERY_JUDGE
def test_reasons_and_changes_hit_each_other(judge: Judge) -> None:
    """The smallest changes to a world are the smallest sets with a fact of each reason (Reiter 1987)."""
    given = {world: judge.kind(world).verdict for world in WORLDS}
    for world, verdict in given.items():
        known = known_of(world)
        others = [known_of(other) for other, its in given.items() if its != verdict]
        changes = smallest(
            facts for facts in subsets(known) if any(known - facts <= other for other in others)
        )
        reasons = [frozenset(reason) for reason in judge.kind(world).reasons]
        assert changes == smallest(
            facts for facts in subsets(known) if all(facts & reason for reason in reasons)
        )


def otherwise(one: Facts, other: Facts) -> int | None:
    """Return how many facts two kinds record differently; None where one lacks what the other has."""
    pairs = [*zip(one, other, strict=True)]
    if any((mine is None) != (theirs is None) for mine, theirs in pairs):
        return None
    return sum(mine != theirs for mine, theirs in pairs)


@EVERY_JUDGE
def test_a_verdict_is_as_firm_as_the_nearest_other_one(judge: Judge) -> None:
    alike: dict[tuple[bool, ...], list[Facts]] = {}
    for kind in KINDS:
        alike.setdefault(tuple(value is None for value in kind), []).append(kind)
    for kinds in alike.values():
        for kind in kinds:
            judgement = judge.kind(kind)
            far = [
                otherwise(kind, other)
                for other in kinds
                if judge.kind(other).verdict != judgement.verdict
            ]
            is_open = judgement.verdict is Verdict.UNDETERMINED
            assert judgement.firmness == (None if is_open else min(far, default=None)), kind  # type: ignore[type-var]


@pytest.mark.parametrize("judge", JUDGES[:4], ids=range(4))
@pytest.mark.parametrize("verdict", DECIDED)
def test_why_not_tries_every_change(judge: Judge, verdict: Verdict) -> None:
    changes = REMEDIES if verdict is Verdict.WIN_WIN_WIN else CHANGES
    ways = judge.rulings.ways(verdict)
    for kind in KINDS[::7]:
        found = {frozenset(way) for way, kinds in ways.items() if kinds >> place(kind) & 1}
        assert found == brute_force(kind, verdict, judge, changes), kind


def brute_force(kind: Facts, verdict: Verdict, judge: Judge, changes: dict) -> set[Known]:  # type: ignore[type-arg]
    """Return the changes with the fewest facts that give another kind a verdict."""
    if judge.kind(kind).verdict is verdict:
        return set()
    for size in range(1, len(changes) + 1):
        found = set()
        for facts in combinations(changes, size):
            for values in product(*(changes[fact] for fact in facts)):
                way = dict(zip(facts, values, strict=True))
                changed = kind._replace(**way)
                if otherwise_in(kind, way) and is_consistent(changed):
                    found |= (
                        {frozenset(way.items())}
                        if judge.kind(changed).verdict is verdict
                        else set()
                    )
        if found:
            return found
    return set()


def otherwise_in(kind: Facts, way: dict[str, object]) -> bool:
    return all(getattr(kind, fact) != value for fact, value in way.items())

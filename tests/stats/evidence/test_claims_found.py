"""Which claims a rulebook makes, what each counts, and the word that is said of it."""

from collections import Counter
from collections.abc import Sequence

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from oracle import completed, rules_that_fire

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts, every_kind, is_consistent
from winwinwin.kernel.rulebook import builtin
from winwinwin.loading.rulebooks import read_rulebook
from winwinwin.stats.evidence.claims import Counts, claims_of
from winwinwin.stats.evidence.findings import Finding, Word, findings
from winwinwin.stats.evidence.run import Asked, all_claims, evidence
from winwinwin.stats.exact import Part
from winwinwin.stats.tally import Tally

JUDGE, PLAIN = Judge(), Judge(assumptions=False)
BOTH_WON = Facts("won", "won")
NOT_BOTH = Facts("lost", "lost", salesperson_feels_good=True)


def many(kind: Facts, won: int, lost: int, unbooked: int = 0) -> Counter[Facts]:
    """Return so many interactions of a kind that are booked as won, as lost, and not at all."""
    return Counter(
        {
            kind._replace(organization="won"): won,
            kind._replace(organization="lost"): lost,
            kind: unbooked,
        }
    )


def found(kinds: Counter[Facts], name: str = "mutual-win", judge: Judge = JUDGE) -> Finding:
    every = findings(claims_of(judge), Counts(judge, {None: kinds}))
    return next(each for each in every if each.claim.id == name)


@pytest.mark.parametrize(
    ("ones", "others", "word"),
    [
        ((90, 10), (40, 60), Word.HOLDS),
        ((40, 60), (90, 10), Word.CONTRADICTED),
        ((3_000, 3_000), (3_030, 2_970), Word.IDLE),
        ((5_200, 4_800), (5_000, 5_000), Word.IDLE),
        ((8, 2), (6, 4), Word.CANNOT_TELL),
        ((90, 10, 200), (40, 60, 200), Word.CANNOT_TELL),
        ((90, 10), (0, 0), Word.CANNOT_TELL),
    ],
    ids=["holds", "contradicted", "idle", "idle though sure", "few", "unbooked", "one side"],
)
def test_the_word_follows_its_rule(ones: Sequence[int], others: Sequence[int], word: Word) -> None:
    kinds = many(BOTH_WON, *ones) + many(NOT_BOTH, *others)
    assert found(kinds).word is word


def test_what_is_not_booked_can_hide_what_would_hold_as_recorded() -> None:
    finding = found(many(BOTH_WON, 90, 10, 200) + many(NOT_BOTH, 40, 60, 200))
    assert finding.as_recorded is Word.HOLDS
    assert finding.more is None
    share = finding.tested.sides.one
    assert share.recorded == Part(90, 100)
    assert (share.sided.share_sure, share.sided.share_possible) == (90 / 300, 290 / 300)


def test_few_say_how_many_more_would_tell() -> None:
    finding = found(many(BOTH_WON, 8, 2) + many(NOT_BOTH, 6, 4))
    assert finding.more
    assert 100 < finding.more < 10_000


@pytest.mark.parametrize("judge", [JUDGE, PLAIN], ids=["assuming", "plain"])
@given(st.sampled_from([*every_kind()]))
def test_a_kind_is_on_a_side_of_a_rule_by_its_completions(judge: Judge, kind: Facts) -> None:
    worlds = [rules_that_fire(world) for world in completed(kind, judge is JUDGE)]
    for claim in claims_of(judge)[:3]:
        unit = claim.unit(kind)
        fires = {claim.id in world for world in worlds}
        assert (None in unit.one) == (False in fires)
        assert (None in unit.other) == (True in fires)
        assert (set(unit.one) == {None}) == (fires == {False})


def test_conditions_are_compared_within_what_else_is_recorded() -> None:
    """A customer's loss goes with a lost organization alike, whether the salesperson feels good."""
    kinds: Counter[Facts] = Counter()
    for feels_good, won_if_won, won_if_lost in ((True, 90, 60), (False, 50, 20)):
        facts = Facts("won", "won", None, feels_good, False, "won")
        kinds += many(facts, won_if_won, 100 - won_if_won)
        kinds += many(facts._replace(customer="lost"), won_if_lost, 100 - won_if_lost)
    finding = found(kinds, "beaten-customer/customer=lost")
    assert finding.tested.recorded
    assert finding.tested.recorded.difference == pytest.approx(0.3)
    assert finding.word is Word.HOLDS


@pytest.mark.parametrize("judge", [JUDGE, PLAIN], ids=["assuming", "plain"])
@given(st.sampled_from([*every_kind()]), st.sampled_from(["salesperson", "customer"]))
def test_a_condition_leaves_no_completion_out(judge: Judge, kind: Facts, fact: str) -> None:
    """What is assumed of its own fact stands for none; whether the others hold may be open."""
    rule, other = {
        "salesperson": ("mutual-win", "customer"),
        "customer": ("beaten-customer", "customer_believes_salesperson"),
    }[fact]
    value = "won" if fact == "salesperson" else "lost"
    [claim] = [each for each in claims_of(judge) if each.id == f"{rule}/{fact}={value}"]
    own = getattr(kind, fact)
    filled = [kind._replace(**{fact: each}) for each in ([own] if own else ["won", "lost"])]
    kinds = [each for each in filled if is_consistent(each)]
    worlds = {
        (world[fact] == value, world[other] == "won")
        for each in kinds
        for world in completed(each, judge is JUDGE)
    }
    unit = claim.unit(kind)
    for is_one, results in ((True, unit.one), (False, unit.other)):
        assert (set(results) != {None}) == ((is_one, True) in worlds)
        assert (None not in results) == (worlds == {(is_one, True)})


def test_an_assumption_is_right_or_wrong_where_its_fact_is_recorded() -> None:
    won = Facts("won", "lost")
    kinds = Counter(
        {
            won._replace(salesperson_feels_good=True): 80,
            won._replace(salesperson_feels_good=False): 20,
            won: 1_000,
        }
    )
    finding = found(kinds, "assumed/salesperson_feels_good=true")
    assert finding.tested.sides.one.whole == (80, 80, 100, 100)
    assert finding.word is Word.HOLDS


def test_an_organization_that_won_too_early_is_on_no_side_of_the_order() -> None:
    [order] = [claim for claim in claims_of(JUDGE) if claim.id == "order"]
    early = order.unit(Facts("won", "won", "won", order="organization_early"))
    assert set(early.one) == set(early.other) == {None}


def test_a_house_rulebook_is_tested_rule_by_rule_and_condition_by_condition() -> None:
    judge = Judge(read_rulebook(str(ROOT / "examples/house.yaml")))
    claims = claims_of(judge)
    names = [claim.id for claim in claims]
    assert len(names) == len(set(names))
    for rule in judge.rulebook.rules:
        assert rule.id in names
        for fact in {fact for conjunction in rule.when for fact in conjunction}:
            assert any(name.startswith(f"{rule.id}/{fact}=") for name in names)


def test_a_rule_that_is_called_like_another_claim_is_told_apart() -> None:
    rules = [rule.model_copy(update={"id": "order"}) for rule in builtin().rules[:1]]
    judge = Judge(builtin().model_copy(update={"rules": (*rules, *builtin().rules[1:])}))
    names = [claim.id for claim in all_claims(judge, Asked())]
    assert len(names) == len(set(names))
    assert {"order", "rule/order", "rule/order/salesperson_feels_good=false"} <= set(names)


def test_groups_of_a_tally_are_the_clusters() -> None:
    tally = Tally(JUDGE.kind, ["employee"])
    for name in ("Ann", "Bob"):
        group = tally._group(tally.groups["employee"], name)
        group.kinds.update(many(BOTH_WON, 40, 10) + many(NOT_BOTH, 10, 40))
        tally.all.kinds.update(group.kinds)
    together = evidence(JUDGE, tally, Asked(cluster="employee"))
    [finding] = [each for each in together.findings if each.claim.id == "mutual-win"]
    assert finding.tested.clusters == 2
    assert [cell.share.recorded for cell in together.cells] == [
        Part(80, 100),
        Part(0, 0),
        Part(0, 0),
        Part(20, 100),
    ]

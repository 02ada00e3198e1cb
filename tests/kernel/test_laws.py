"""Laws of the judge, over every kind there is, with the assumptions and without them.

The second half is an oracle: the specification once more, in plain loops over plain values, with
nothing of the kernel but the kinds. It is compared with the judge in every field.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from itertools import combinations, pairwise, product
from typing import Any

import pytest
from oracle import (
    CONDITIONS,
    CONSEQUENCES,
    STATUSES,
    Known,
    assumed_of,
    can_be,
    completed,
    rules_that_fire,
    verdict_on,
)

from winwinwin.evaluation import Judge
from winwinwin.facts import DOMAINS, JUDGED_FACTS, Facts, Setting, Value, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.judging import judge_kind
from winwinwin.kernel.rulebook import Rulebook, builtin
from winwinwin.kernel.ruling import Rulings
from winwinwin.kernel.verdict import Verdict

OUTCOMES = ("salesperson", "customer")
LOSS_RULES = {"disgruntled-salesperson", "beaten-customer"}
CHANGEABLE = (
    "salesperson",
    "customer",
    "salesperson_feels_good",
    "salesperson_believes_lost_for_customer",
    "order",
)
BOTH_MODES = pytest.mark.parametrize("assuming", [True, False], ids=["assuming", "not assuming"])


def rulebook(assuming: bool) -> Rulebook:
    return builtin() if assuming else builtin().without_assumptions()


@cache
def table(assuming: bool) -> dict[Facts, Judgement]:
    rulings = Rulings(rulebook(assuming))
    return {kind: judge_kind(kind, rulings) for kind in every_kind()}


def judged(assuming: bool) -> Iterator[tuple[Facts, Judgement]]:
    yield from table(assuming).items()


def recordings_of(kind: Facts, fact: str) -> list[Facts]:
    """Return the kinds that recording a missing fact leads to.

    That the organization was early is recorded along with its win.
    """
    found = []
    for value in DOMAINS[fact]:
        recorded = kind._replace(**{fact: value})
        if value == "organization_early" and kind.organization is None:
            recorded = recorded._replace(organization="won")
        if recorded in table(True):
            found.append(recorded)
    return found


def answers_to(kind: Facts, fact: str) -> list[Facts]:
    """Return the kinds that asking for a missing fact leads to; without two wins, no order."""
    if fact == "order" and kind[:2] != ("won", "won"):
        return []
    return recordings_of(kind, fact)


def missing_from(kind: Facts, judgement: Judgement) -> list[str]:
    """Return what is missing after the assumptions."""
    assumed = {setting.fact for setting in judgement.assumed}
    return [fact for fact in JUDGED_FACTS if getattr(kind, fact) is None and fact not in assumed]


def test_there_are_1026_consistent_kinds_among_2916_combinations() -> None:
    every = set(product(*((*domain, None) for domain in DOMAINS.values())))
    consistent = {facts for facts in every if can_be(facts)}
    assert len(every) == 2916
    kinds = list(every_kind())
    assert len(kinds) == 1026
    assert set(kinds) == consistent


def test_kinds_come_in_the_order_of_the_domains_with_not_recorded_last() -> None:
    def places(kind: Facts) -> list[int]:
        return [
            (*domain, None).index(value)
            for domain, value in zip(DOMAINS.values(), kind, strict=True)
        ]

    assert all(places(kind) < places(following) for kind, following in pairwise(every_kind()))


@pytest.mark.parametrize(
    ("assuming", "counts"),
    [
        (True, (72, 48, 656, 52, 198)),
        (False, (9, 12, 610, 25, 370)),
    ],
    ids=["assuming", "not assuming"],
)
def test_the_kinds_have_the_verdicts_that_the_design_counts(
    assuming: bool, counts: tuple[int, ...]
) -> None:
    names = (
        "win_win_win",
        "out_of_order",
        "organization_loses",
        "not_covered",
        "undetermined",
    )
    found = Counter(judgement.verdict.value for _, judgement in judged(assuming))
    assert found == dict(zip(names, counts, strict=True))


@BOTH_MODES
def test_a_kind_has_exactly_one_verdict_or_is_undetermined_among_several(assuming: bool) -> None:
    for _, judgement in judged(assuming):
        assert judgement.possible
        assert Verdict.UNDETERMINED not in judgement.possible
        assert Verdict.INVALID not in judgement.possible
        if len(judgement.possible) == 1:
            assert [judgement.verdict] == [*judgement.possible]
        else:
            assert judgement.verdict is Verdict.UNDETERMINED


@BOTH_MODES
def test_the_possible_verdicts_come_once_each_and_in_the_order_of_the_verdicts(
    assuming: bool,
) -> None:
    for _, judgement in judged(assuming):
        assert list(judgement.possible) == [v for v in Verdict if v in judgement.possible]


@BOTH_MODES
def test_a_loss_rule_outranks_the_win_rule(assuming: bool) -> None:
    outranked = 0
    for _, judgement in judged(assuming):
        fired = {finding.id for finding in judgement.rules if finding.status == "fired"}
        if fired & LOSS_RULES:
            assert judgement.verdict is Verdict.ORGANIZATION_LOSES
            assert judgement.organization == "lost"
            outranked += "mutual-win" in fired
    assert outranked > 0


@BOTH_MODES
def test_the_deciding_rule_is_the_first_that_fired(assuming: bool) -> None:
    for _, judgement in judged(assuming):
        fired = [finding.id for finding in judgement.rules if finding.status == "fired"]
        if judgement.verdict in (Verdict.UNDETERMINED, Verdict.NOT_COVERED):
            assert judgement.rule is None
        else:
            assert judgement.rule == next(iter(fired), None)


def test_a_verdict_can_be_certain_while_no_single_rule_is() -> None:
    certain = [
        judgement
        for _, judgement in judged(True)
        if judgement.verdict is Verdict.ORGANIZATION_LOSES and judgement.rule is None
    ]
    assert len(certain) == 6
    for judgement in certain:
        assert {f.id for f in judgement.rules if f.status == "open"} == LOSS_RULES
        assert {f.id for f in judgement.rules if f.status == "fired"} == set()


@BOTH_MODES
def test_the_win_needs_both_wins_recorded(assuming: bool) -> None:
    for kind, judgement in judged(assuming):
        if judgement.verdict in (Verdict.WIN_WIN_WIN, Verdict.OUT_OF_ORDER):
            assert kind[:2] == ("won", "won")


@BOTH_MODES
def test_a_kept_order_is_never_out_of_order_and_a_broken_one_never_a_win(assuming: bool) -> None:
    for kind, judgement in judged(assuming):
        if kind.order is not None:
            never = Verdict.OUT_OF_ORDER if kind.order == "kept" else Verdict.WIN_WIN_WIN
            assert never not in judgement.possible


@BOTH_MODES
def test_the_triple_shows_the_recorded_parties_and_the_ruled_organization(assuming: bool) -> None:
    shown = {"won": "WIN", "lost": "LOSE", None: "?"}
    for kind, judgement in judged(assuming):
        salesperson, customer, organization = judgement.triple.split("/")
        assert salesperson == shown[kind.salesperson]
        assert customer == shown[kind.customer]
        assert organization == shown[judgement.organization]


@BOTH_MODES
def test_the_organization_loses_exactly_where_the_verdict_says_so(assuming: bool) -> None:
    for _, judgement in judged(assuming):
        assert (judgement.organization == "lost") == (
            judgement.verdict is Verdict.ORGANIZATION_LOSES
        )


@BOTH_MODES
def test_the_organization_wins_exactly_where_nothing_but_the_order_is_open(assuming: bool) -> None:
    for _, judgement in judged(assuming):
        assert (judgement.organization == "won") == (
            set(judgement.possible) <= {Verdict.WIN_WIN_WIN, Verdict.OUT_OF_ORDER}
        )


@BOTH_MODES
def test_the_books_change_nothing_but_the_comparison_with_them(assuming: bool) -> None:
    compared = 0
    for kind, judgement in judged(assuming):
        for booked in ("won", "lost", None):
            other = table(assuming).get(kind._replace(organization=booked))
            if other is None:  # only an organization that won can be early
                assert kind.order == "organization_early"
                continue
            for field in (each.name for each in fields(Judgement)):
                if field not in ("facts", "contradicts_books"):
                    assert getattr(other, field) == getattr(judgement, field), (kind, field)
            compared += 1
    assert compared == 3 * 891 + 135


@BOTH_MODES
def test_the_books_are_contradicted_where_they_differ_from_the_rules(assuming: bool) -> None:
    for kind, judgement in judged(assuming):
        unknown = None in (kind.organization, judgement.organization)
        expected = None if unknown else kind.organization != judgement.organization
        assert judgement.contradicts_books is expected


def test_an_assumption_is_never_used_for_a_recorded_fact() -> None:
    used = Counter()
    for kind, judgement in judged(True):
        for fact, value in judgement.assumed:
            assert getattr(kind, fact) is None
            assert value in DOMAINS[fact]
            used[fact] += 1
    assert used.keys() == {assumption.fact for assumption in builtin().assumptions}


def test_without_assumptions_nothing_is_assumed() -> None:
    for _, judgement in judged(False):
        assert judgement.assumed == ()


def test_recording_what_is_assumed_changes_neither_verdict_nor_reasons() -> None:
    for kind, judgement in judged(True):
        same = table(True)[kind._replace(**dict(judgement.assumed))]
        assert same.assumed == ()
        for field in ("verdict", "organization", "triple", "rule", "possible", "needs"):
            assert getattr(same, field) == getattr(judgement, field), (kind, field)


def test_the_assumptions_only_ever_narrow_what_is_possible() -> None:
    for kind, judgement in judged(True):
        assert set(judgement.possible) <= set(table(False)[kind].possible)


def test_without_assumptions_a_further_fact_never_widens_what_is_possible() -> None:
    for kind, judgement in judged(False):
        for fact in DOMAINS:
            if getattr(kind, fact) is None:
                for answered in recordings_of(kind, fact):
                    assert set(table(False)[answered].possible) <= set(judgement.possible)


def test_without_assumptions_what_is_possible_is_what_the_answers_make_possible() -> None:
    for kind, judgement in judged(False):
        for fact in JUDGED_FACTS:
            if getattr(kind, fact) is None and (answers := answers_to(kind, fact)):
                together = {v for answered in answers for v in table(False)[answered].possible}
                assert together == set(judgement.possible), (kind, fact)


def test_with_assumptions_an_outcome_recorded_never_widens_what_is_possible() -> None:
    for kind, judgement in judged(True):
        for fact in OUTCOMES:
            if getattr(kind, fact) is None:
                answers = answers_to(kind, fact)
                together = {v for answered in answers for v in table(True)[answered].possible}
                assert together == set(judgement.possible), (kind, fact)


def test_with_both_outcomes_recorded_what_is_still_missing_never_widens_what_is_possible() -> None:
    asked = 0
    for kind, judgement in judged(True):
        if None in kind[:2]:
            continue
        for fact in missing_from(kind, judgement):
            for answered in answers_to(kind, fact):
                assert set(table(True)[answered].possible) <= set(judgement.possible)
                asked += 1
    assert asked > 0


def test_with_assumptions_a_recorded_belief_can_widen_what_is_possible() -> None:
    before = Facts(customer="won")
    after = before._replace(salesperson_believes_lost_for_customer=False)
    assert Verdict.NOT_COVERED not in table(True)[before].possible
    assert Verdict.NOT_COVERED in table(True)[after].possible


@BOTH_MODES
def test_every_smallest_set_that_settles_the_verdict_whatever_the_answers_is_found(
    assuming: bool,
) -> None:
    for kind, judgement in judged(assuming):
        still_missing = missing_from(kind, judgement)
        candidates = [
            asked
            for size in range(len(still_missing) + 1)
            for asked in combinations(still_missing, size)
        ]
        settling = [asked for asked in candidates if settles(kind, asked, assuming)]
        smallest = [asked for asked in settling if asked and len(asked) == len(settling[0])]
        assert judgement.settling == tuple(smallest), kind
        assert judgement.needs == settling[0], kind


def settles(kind: Facts, asked: tuple[str, ...], assuming: bool) -> bool:
    answered = [kind]
    for fact in asked:
        answered = [answer for known in answered for answer in answers_to(known, fact) or [known]]
    return all(len(table(assuming)[answer].possible) == 1 for answer in answered)


@BOTH_MODES
def test_nothing_is_needed_exactly_where_the_verdict_is_decided(assuming: bool) -> None:
    for _, judgement in judged(assuming):
        assert (judgement.needs == ()) == (judgement.verdict is not Verdict.UNDETERMINED)


@BOTH_MODES
def test_every_remedy_works_and_every_smallest_one_is_there(assuming: bool) -> None:
    winners = [kind for kind, judged in table(assuming).items() if judged.verdict == "win_win_win"]
    for kind, judgement in judged(assuming):
        ways = {changes for winner in winners if (changes := changes_between(kind, winner))}
        smallest = min(map(len, ways), default=0)
        if judgement.verdict is Verdict.WIN_WIN_WIN:
            assert judgement.remedies == ()
        else:
            assert len(set(judgement.remedies)) == len(judgement.remedies)
            assert set(judgement.remedies) == {way for way in ways if len(way) == smallest}, kind


def changes_between(kind: Facts, winner: Facts) -> tuple[Setting, ...] | None:
    """Return the changes that turn one kind into another, None where one of them can't be made."""
    changes = tuple(
        Setting(fact, to) for fact, was, to in zip(DOMAINS, kind, winner, strict=True) if was != to
    )
    if all(change.fact in CHANGEABLE and change.value is not None for change in changes):
        return changes
    return None


@BOTH_MODES
def test_a_remedy_applied_gives_win_win_win(assuming: bool) -> None:
    applied = 0
    for kind, judgement in judged(assuming):
        for remedy in judgement.remedies:
            changed = kind._replace(**dict(remedy))
            assert table(assuming)[changed].verdict is Verdict.WIN_WIN_WIN
            applied += 1
    assert applied == 1026 - (72 if assuming else 9)


@BOTH_MODES
def test_the_notes_go_by_what_is_recorded(assuming: bool) -> None:
    for kind, judgement in judged(assuming):
        assert ("salesperson_lost" in judgement.notes) == (kind.salesperson == "lost")
        assert ("customer_first" in judgement.notes) == (kind.order == "customer_first")
        assert judgement.order == kind.order


@BOTH_MODES
def test_judging_the_same_kind_again_gives_the_same_judgement(assuming: bool) -> None:
    for kind, judgement in list(judged(assuming))[::7]:
        again = judge_kind(Facts(*kind), Rulings(rulebook(assuming).model_copy(deep=True)))
        assert again == judgement
        assert again.facts == kind
        assert again.gap is None


@BOTH_MODES
def test_a_judge_remembers_what_it_would_judge_again(assuming: bool) -> None:
    judge = Judge(rulebook(assuming))
    for kind, judgement in list(judged(assuming))[::11]:
        assert judge.kind(kind) == judgement
        assert judge.kind(Facts(*kind)) is judge.kind(kind)


# The oracle's judgement of every kind.


@cache
def verdicts_of(kind: Facts, assuming: bool) -> frozenset[str]:
    return frozenset(verdict_on(known) for known in completed(kind, assuming))


def settling_of(kind: Facts, still_missing: list[str], assuming: bool) -> list[tuple[str, ...]]:
    for size in range(len(still_missing) + 1):
        found = [
            asked
            for asked in combinations(still_missing, size)
            if all(len(verdicts_of(k, assuming)) == 1 for k in answered(kind, asked))
        ]
        if found:
            return [asked for asked in found if asked]
    raise AssertionError(kind)


def answered(kind: Facts, asked: tuple[str, ...]) -> set[Facts]:
    answers = product(*(DOMAINS[fact] for fact in asked))
    kinds = {kind._replace(**dict(zip(asked, values, strict=True))) for values in answers}
    askable = {k if k[:2] == ("won", "won") else k._replace(order=kind.order) for k in kinds}
    if kind.organization == "lost":
        askable = {k for k in askable if k.order != "organization_early"}
    return askable


def remedies_of(kind: Facts, assuming: bool) -> list[dict[str, Value]]:
    for size in range(len(CHANGEABLE) + 1):
        found = []
        for changed in combinations(CHANGEABLE, size):
            for values in product(
                *(["kept"] if fact == "order" else DOMAINS[fact] for fact in changed)
            ):
                changes = dict(zip(changed, values, strict=True))
                altered = kind._replace(**changes)
                is_other = all(getattr(kind, fact) != value for fact, value in changes.items())
                wins = can_be(altered) and verdicts_of(altered, assuming) == {"win_win_win"}
                if is_other and wins:
                    found.append(changes)
        if found:
            return [] if size == 0 else found
    return []


def expected(kind: Facts, assuming: bool) -> dict[str, Any]:
    """Return the whole judgement by the specification."""
    completions = completed(kind, assuming)
    verdicts = verdicts_of(kind, assuming)
    fired = [rules_that_fire(known) for known in completions]
    deciding = {next(iter(ids), None) for ids in fired}
    statuses = {
        rule: STATUSES[any(rule in ids for ids in fired), all(rule in ids for ids in fired)]
        for rule in CONSEQUENCES
    }
    says = {"win_win_win": "won", "out_of_order": "won", "organization_loses": "lost"}
    organizations = {says.get(verdict) for verdict in verdicts}
    organization = min(organizations) if len(organizations) == 1 else None
    sure = [rule for rule, status in statuses.items() if status == "fired"]
    is_ruled = len(verdicts) == 1 and organization is not None
    recorded: Known = kind._asdict()
    assumed = assumed_of(recorded) if assuming else {}
    after = recorded | assumed
    words = {"won": "WIN", "lost": "LOSE", None: "?"}
    books = None not in (kind.organization, organization)
    return {
        "facts": kind,
        "verdict": min(verdicts) if len(verdicts) == 1 else "undetermined",
        "organization": organization,
        "triple": "/".join(words[party] for party in (*kind[:2], organization)),
        "rule": sure[0] if is_ruled and sure else None,
        "deciders": [rule for rule in (*CONSEQUENCES, None) if rule in deciding],
        "rules": [(rule, CONSEQUENCES[rule], status) for rule, status in statuses.items()],
        "conditions": [
            (
                rule,
                alternative,
                fact,
                wanted,
                after[fact],
                "recorded"
                if recorded[fact] is not None
                else ("assumed" if fact in assumed else "missing"),
            )
            for rule, alternative, fact, wanted in CONDITIONS
        ],
        "assumed": assumed,
        "possible": [
            verdict
            for verdict in ("win_win_win", "out_of_order", "organization_loses", "not_covered")
            if verdict in verdicts
        ],
        "settling": settling_of(
            kind, [fact for fact in JUDGED_FACTS if after[fact] is None], assuming
        ),
        "contradicts_books": kind.organization != organization if books else None,
        "notes": ["salesperson_lost"] * (kind.salesperson == "lost")
        + ["customer_first"] * (kind.order == "customer_first"),
        "remedies": remedies_of(kind, assuming),
        "gap": None,
    }


def found_by_the_judge(judgement: Judgement) -> dict[str, Any]:
    return {
        "facts": judgement.facts,
        "verdict": judgement.verdict,
        "organization": judgement.organization,
        "triple": judgement.triple,
        "rule": judgement.rule,
        "deciders": [*judgement.deciders],
        "rules": [(finding.id, finding.consequence, finding.status) for finding in judgement.rules],
        "conditions": [
            (finding.id, *condition)
            for finding in judgement.rules
            for condition in finding.conditions
        ],
        "assumed": dict(judgement.assumed),
        "possible": list(judgement.possible),
        "settling": [*judgement.settling],
        "contradicts_books": judgement.contradicts_books,
        "notes": list(judgement.notes),
        "remedies": [dict(remedy) for remedy in judgement.remedies],
        "gap": judgement.gap,
    }


@BOTH_MODES
def test_a_rule_is_fired_in_every_completion_open_in_some_and_not_fired_in_none(
    assuming: bool,
) -> None:
    for kind, judgement in judged(assuming):
        fired = [rules_that_fire(known) for known in completed(kind, assuming)]
        for finding in judgement.rules:
            times = sum(finding.id in ids for ids in fired)
            assert (finding.status == "fired") == (times == len(fired))
            assert (finding.status == "not_fired") == (times == 0)
            assert (finding.status == "open") == (0 < times < len(fired))


@BOTH_MODES
def test_the_organization_is_what_the_first_fired_rule_says_in_every_completion(
    assuming: bool,
) -> None:
    says = {rule.id: rule.organization for rule in builtin().rules} | {None: None}
    for kind, judgement in judged(assuming):
        fired = [rules_that_fire(known) for known in completed(kind, assuming)]
        said = {says[next(iter(ids), None)] for ids in fired}
        assert judgement.organization == (said.pop() if len(said) == 1 else None)


@BOTH_MODES
def test_the_judge_agrees_with_the_specification_in_every_field(assuming: bool) -> None:
    rulings = Rulings(rulebook(assuming))
    for kind in every_kind():
        judgement = judge_kind(kind, rulings)
        assert found_by_the_judge(judgement) == expected(kind, assuming)

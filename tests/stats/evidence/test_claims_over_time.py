"""Who is followed: customers who come back, the next customer, and salespeople who leave."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.stats.evidence.claims import Counts
from winwinwin.stats.evidence.findings import Finding, Word, findings
from winwinwin.stats.evidence.following import Following, Met, followed
from winwinwin.stats.evidence.over_time import claims_over_time
from winwinwin.stats.exact import Part

JUDGE = Judge()
WIN = Facts("won", "won")
BEATEN = Facts("won", "lost")
SAD = Facts("lost", "won")
WITHIN = 10


@st.composite
def trails(draw: st.DrawFn) -> list[Met]:
    one = st.builds(
        Met,
        st.one_of(st.none(), st.integers(1, 40)),
        st.sampled_from(["Ann", "Bob", None]),
        st.sampled_from(["C1", "C2", None]),
        st.sampled_from([WIN, BEATEN, SAD]),
        st.none(),
        st.none(),
    )
    return draw(st.lists(one, max_size=15))


@given(trails())
def test_a_customer_is_back_if_any_later_day_within_the_time_has_them(trail: list[Met]) -> None:
    found = followed(trail, Following("tags.account", WITHIN)).returns
    dated = [each for each in trail if each.day is not None]
    end = max((each.day for each in dated), default=0)
    wanted: Counter[tuple[Facts, bool, str | None]] = Counter()
    for each in dated:
        if each.customer is None or each.day + WITHIN > end:
            continue
        is_back = any(
            other.customer == each.customer and each.day < other.day <= each.day + WITHIN
            for other in dated
        )
        wanted[each.kind, is_back, None] += 1
    assert found == wanted


@given(trails())
def test_each_interaction_of_a_salesperson_but_the_last_has_a_next_one(trail: list[Met]) -> None:
    found = followed(trail, Following()).nexts
    for name in ("Ann", "Bob"):
        mine = [each for each in trail if each.employee == name and each.day is not None]
        mine.sort(key=lambda each: each.day)
        pairs = Counter((one.kind, other.kind) for one, other in pairwise(mine))
        assert pairs == Counter(
            {
                (kind, after): number
                for (who, kind, after, _), number in found.items()
                if who == name
            }
        )


def found_of(trail: list[Met], name: str, within: int = WITHIN) -> Finding:
    wanted = Following("tags.account", within)
    counts = Counts(JUDGE, {}, followed(trail, wanted))
    every = findings(claims_over_time(JUDGE, wanted), counts)
    return next(each for each in every if each.claim.id == name)


def test_beaten_customers_who_stay_away_make_the_claim_hold() -> None:
    trail = []
    for number in range(100):
        beaten, happy = f"B{number}", f"H{number}"
        trail += [Met(1, "Ann", beaten, BEATEN), Met(1, "Ann", happy, WIN)]
        trail += [Met(5, "Ann", happy, WIN)] if number % 2 else []
        trail += [Met(6, "Ann", beaten, WIN)] if number % 10 == 0 else []
    trail.append(Met(12, "Ann", "last", WIN))
    finding = found_of(trail, "stays-away")
    assert finding.tested.sides.one.recorded == Part(90, 100)
    # those seen on days 5 and 6 are too near to the end
    assert finding.tested.sides.other.recorded == Part(50, 100)
    assert finding.word is Word.HOLDS


def test_the_next_customer_is_compared_within_the_same_salesperson() -> None:
    """Bob is often disgruntled and often loses customers; neither brings the other about."""
    trail = []
    for day in range(400):
        trail.append(Met(day + 1, "Ann", None, SAD if day % 20 == 0 else WIN))
        cycle = (SAD, BEATEN, WIN, BEATEN, SAD, WIN)
        trail.append(Met(day + 1, "Bob", None, cycle[(day * day) % 6]))
    finding = found_of(trail, "next-customer")
    strata = {stratum for stratum, _ in finding.tested.sides.recorded}
    assert strata == {"Ann", "Bob"}


def test_a_shorter_gap_is_better_where_hits_fall_with_its_length() -> None:
    trail = []
    for gap, won in ((30, 90), (600, 75), (7_200, 50), (90_000, 30)):
        for number in range(100):
            booked = WIN._replace(organization="won" if number < won else "lost", order="kept")
            trail.append(Met(1, None, None, booked, gap=gap))
    finding = found_of(trail, "close-together")
    assert finding.word is Word.HOLDS
    assert finding.tested.sides.one.recorded == Part(165, 200)
    assert finding.tested.sides.other.recorded == Part(80, 200)


def test_a_gap_in_which_the_customer_came_first_is_no_length() -> None:
    backwards = Met(1, None, None, WIN._replace(order="customer_first"), gap=-60.0)
    assert found_of([backwards], "close-together").tested.recorded is None


@pytest.mark.parametrize(("stay", "word"), [(5, Word.HOLDS), (100, Word.CANNOT_TELL)])
def test_salespeople_who_never_win_are_gone_before_the_end(stay: int, word: Word) -> None:
    trail = [Met(1, f"W{number}", None, WIN) for number in range(12)]
    trail += [Met(100, f"W{number}", None, WIN) for number in range(12)]
    trail += [Met(day, f"L{number}", None, SAD) for number in range(12) for day in (1, stay)]
    trail += [Met(95, "new", None, SAD)]
    finding = found_of(trail, "leave")
    assert finding.word is word
    assert finding.tested.sides.one.recorded.total == 12

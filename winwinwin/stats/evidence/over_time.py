"""The claims that need dates: what comes after an interaction, and how long the second win takes."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.kernel.kinds import ALL, BOTH_WON
from winwinwin.kernel.rulebook import Rule
from winwinwin.kernel.verdict import Verdict
from winwinwin.stats.bounds import Bounds, Results, bounds
from winwinwin.stats.evidence.claims import BOOKS, Claim, Side, booked, sided
from winwinwin.stats.evidence.following import (
    Followed,
    Following,
    Met,
    followed,
    in_time,
    length_of,
    nexts_of,
    returns_of,
)
from winwinwin.stats.evidence.sides import EITHER, NEITHER, SURE, Counted, Unit

SOURCE = "over time"
BEATEN, DISGRUNTLED = 2, 3
"""The consequences that say what comes after."""


def claims_over_time(judge: Judge, wanted: Following) -> Iterator[Claim]:
    """Yield the claims that need dates; one of a consequence that no rule has is left out."""
    by_number = {rule.consequence: (place, rule) for place, rule in enumerate(judge.rulebook.rules)}
    if BEATEN in by_number:
        yield _stays_away(*by_number[BEATEN], judge, wanted)
    if DISGRUNTLED in by_number:
        yield _next_customers(*by_number[DISGRUNTLED], judge)
    yield _close_together()
    yield _leaving(wanted.within)


def _unknown(kind: Facts) -> Results:
    """Say that a kind does not tell what came after it."""
    del kind
    return EITHER


def _stays_away(number: int, rule: Rule, judge: Judge, wanted: Following) -> Claim:
    rulings, within = judge.rulings, f"{wanted.within:,} days"
    return Claim(
        "stays-away",
        SOURCE,
        f"After {rule.id} fires, the customer stays away more often than after WIN/WIN/WIN.",
        sided(f"after {rule.id}", rulings.fires[number], rulings),
        sided("after WIN/WIN/WIN", rulings.ruled[Verdict.WIN_WIN_WIN], rulings),
        f"not seen again within {within}",
        f"dates over more than {within}, and who the customer is (--customer)",
        _unknown,
        units=_returns,
        each=_each_return,
    )


def _returns(claim: Claim, followed: Followed) -> Counted:
    for (kind, is_back, cluster), number in followed.returns.items():
        yield claim.unit_of(kind, SURE[not is_back], (None, cluster)), number


def _each_return(claim: Claim, met: Sequence[Met], within: int) -> Iterator[tuple[Met, Unit]]:
    for each, is_back in returns_of(in_time(met), within):
        yield each, claim.unit_of(each.kind, SURE[not is_back], (None, each.cluster))


def _next_customers(number: int, rule: Rule, judge: Judge) -> Claim:
    rulings = judge.rulings
    fires = rulings.fires[number]
    return Claim(
        "next-customer",
        SOURCE,
        f"After {rule.id} fires, the same salesperson's next customer loses more often.",
        sided(f"after {rule.id}", fires, rulings),
        sided("after any other", ALL & ~fires, rulings),
        "next customer lost",
        "dates, and a salesperson with interactions of both kinds that another one follows",
        _unknown,
        units=_nexts,
        each=_each_next,
        alike="the salesperson",
    )


def _nexts(claim: Claim, followed: Followed) -> Counted:
    for (employee, kind, following, cluster), number in followed.nexts.items():
        yield claim.unit_of(kind, _lost(following), (employee, cluster)), number


def _each_next(claim: Claim, met: Sequence[Met], within: int) -> Iterator[tuple[Met, Unit]]:
    del within
    for each, following in nexts_of(in_time(met)):
        stratum = each.employee, each.cluster
        yield each, claim.unit_of(each.kind, _lost(following.kind), stratum)


def _lost(kind: Facts) -> Results:
    """Say whether the customer lost."""
    return EITHER if kind.customer is None else SURE[kind.customer == "lost"]


def _close_together() -> Claim:
    return Claim(
        "close-together",
        SOURCE,
        "The sooner the customer wins after the salesperson, the more often the organization wins.",
        Side("the sooner half", BOTH_WON, BOTH_WON),
        Side("the later half", BOTH_WON, BOTH_WON),
        "booked won",
        f"{BOOKS}, and when salesperson and customer won",
        partial(booked, "won"),
        units=_halves,
        each=_each_of_the_halves,
        trend=_by_length,
    )


def _in_order(followed: Followed) -> dict[int, list[tuple[Facts, str | None, int]]]:
    """Return what is counted of each length of the gap, the shortest first."""
    found: dict[int, list[tuple[Facts, str | None, int]]] = {}
    for (length, kind, cluster), number in sorted(
        followed.gaps.items(), key=lambda item: item[0][0]
    ):
        if _is_timed(length, kind):
            found.setdefault(length, []).append((kind, cluster, number))
    return found


def _is_timed(length: int, kind: Facts) -> bool:
    """Tell whether both won, the customer not before the salesperson."""
    return bool(length) and kind.salesperson == kind.customer == "won"


def _halves(claim: Claim, followed: Followed) -> Counted:
    del claim
    last = _last_of_the_sooner(followed)
    for length, each in _in_order(followed).items() if last else ():
        for kind, cluster, number in each:
            yield _in_half(length, last, kind, cluster), number


def _each_of_the_halves(
    claim: Claim, met: Sequence[Met], within: int
) -> Iterator[tuple[Met, Unit]]:
    del claim, within
    last = _last_of_the_sooner(followed(met, Following()))
    for each in met if last else ():
        length = 0 if each.gap is None else length_of(each.gap)
        if _is_timed(length, each.kind):
            yield each, _in_half(length, last, each.kind, each.cluster)


def _in_half(length: int, last: int, kind: Facts, cluster: str | None) -> Unit:
    return _on(length <= last, booked("won", kind), cluster)


def _last_of_the_sooner(followed: Followed) -> int:
    """Return the length that divides all where the halves are nearest to each other; 0 for none."""
    sizes = {
        length: sum(number for *_, number in each) for length, each in _in_order(followed).items()
    }
    total = sum(sizes.values())
    ends = {last: sum(size for length, size in sizes.items() if length <= last) for last in sizes}
    return min(list(ends)[:-1], key=lambda length: abs(2 * ends[length] - total), default=0)


def _on(is_one: bool, hits: Results, cluster: str | None) -> Unit:
    """Return what is surely on one side."""
    one, other = (hits, NEITHER) if is_one else (NEITHER, hits)
    return Unit(one, other, (None, cluster))


def _by_length(followed: Followed) -> list[Bounds]:
    """Return the share that is booked won by the length of the gap."""
    return [
        bounds((booked("won", kind), number) for kind, _, number in each)
        for each in _in_order(followed).values()
    ]


def _leaving(within: int) -> Claim:
    return Claim(
        "leave",
        SOURCE,
        "The half of the salespeople that wins least is gone before the end more often.",
        Side("the half that wins least, as recorded", ALL, ALL),
        Side("the half that wins most, as recorded", ALL, ALL),
        f"not seen in the last {within:,} days",
        f"employees, and dates over more than {within:,} days",
        _unknown,
        units=partial(_gone, within),
        each=_each_of_the_gone,
        counts="salespeople",
    )


def _gone(within: int, claim: Claim, followed: Followed) -> Counted:
    """Set the half of the salespeople that win least beside the others; newcomers could not be gone."""
    del claim
    yield from ((unit, 1) for unit in _people(within, followed).values())


def _each_of_the_gone(claim: Claim, met: Sequence[Met], within: int) -> Iterator[tuple[Met, Unit]]:
    """Yield each interaction of a salesperson who counts, with what that counts as."""
    del claim
    people = _people(within, followed(met, Following(within=within)))
    for each in in_time(met):
        if each.employee in people:
            yield each, people[each.employee]


def _people(within: int, found: Followed) -> dict[str, Unit]:
    """Return what each salesperson counts as."""
    limit = (found.end or 0) - within
    shares = {
        name: won
        for name, person in found.people.items()
        if person.first <= limit and (won := _wins(person.kinds.items())) is not None
    }
    if not shares:
        return {}
    middle = sorted(shares.values())[(len(shares) - 1) // 2]
    return {
        name: _on(won <= middle, SURE[found.people[name].last <= limit], name)
        for name, won in shares.items()
    }


def _wins(kinds: Iterable[tuple[Facts, int]]) -> float | None:
    """Return the share of interactions that the salesperson won, as recorded; None where none is."""
    counted = {"won": 0, "lost": 0}
    for kind, number in kinds:
        if kind.salesperson is not None:
            counted[kind.salesperson] += number
    total = sum(counted.values())
    return counted["won"] / total if total else None

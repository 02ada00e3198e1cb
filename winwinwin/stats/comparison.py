"""Two runs compared: what changed from one to the other, and whether significantly.

Shares of two independent samples are compared by Fisher's exact test, two-sided: it holds for small
numbers too. The shares of one table are tested together, so their probabilities are adjusted by
Holm's method: the chance of calling any of them significant where nothing changed is at most 5%.

What is not recorded may turn out either way. So a change counts as significant only where it is so
in every completion of both runs, and always in the same direction. Each share is taken at its own
least favourable ends, and a probability adjusted by Holm's method only grows with the others: what
counts is significant in every joint completion, and what cannot count is so in none.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal, Protocol, TypeVar

from winwinwin.kernel.judgement import Settings
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.stats.bounds import Bounds, decided_by, has_verdict, of_all
from winwinwin.stats.exact import NO_CHANCES, SIGNIFICANCE, Chances, chances, holm, raised
from winwinwin.stats.groups import Group
from winwinwin.stats.tally import Tally

What = TypeVar("What")
Way = Literal[-1, 1]
"""Down or up; or, of a run, worse or better."""

TEST = "Fisher's exact test, two-sided, adjusted by Holm's method"
WATCHED = tuple(verdict for verdict, wording in WORDINGS.items() if wording.direction)
"""The verdicts that make a run better or worse."""
NONE = of_all(0, 0)
"""The share of a run, or of a group, that has no interactions."""


@dataclass(frozen=True, slots=True)
class Change:
    """One share before and after."""

    before: Bounds
    after: Bounds
    chances: Chances
    """Of a difference as large or larger by chance alone, adjusted for the tests of its table."""
    between: int = 0
    """How many interactions of periods between the two may turn out to count, and may not."""

    @property
    def has_both(self) -> bool:
        """Whether neither share is of none."""
        return bool(self.before.most_of and self.after.most_of)

    @property
    def points(self) -> float:
        """After minus before as recorded, in percentage points."""
        return 100 * (self.after.share_sure - self.before.share_sure)

    @property
    def points_lowest(self) -> float:
        """The same in the completion where it is lowest."""
        return 100 * (self.after.share_sure - self.before.share_possible)

    @property
    def points_highest(self) -> float:
        return 100 * (self.after.share_possible - self.before.share_sure)

    @property
    def is_exact(self) -> bool:
        """Whether nothing unknown can change either share."""
        return not (self.before.open or self.after.open)

    @property
    def undetermined(self) -> int:
        """How many interactions may turn out to count, and may not."""
        return self.before.open + self.between + self.after.open

    @property
    def is_significant(self) -> bool:
        """Whether chance alone hardly explains it, whatever the undetermined turn out to be."""
        return self.chances.highest < SIGNIFICANCE

    @property
    def is_undecided(self) -> bool:
        """Whether it is significant in some completion, but not in every one."""
        return self.chances.lowest < SIGNIFICANCE and not self.is_significant

    @property
    def is_none(self) -> bool:
        """Whether both shares are the same, as recorded and once everything is known."""
        before, after = self.before, self.after
        return (before.share_sure, before.share_possible) == (
            after.share_sure,
            after.share_possible,
        )

    def goes(self, way: Way) -> bool:
        """Tell whether it surely goes this way, by more than chance."""
        return self.is_significant and self.may_go(way)

    def may_go(self, way: Way) -> bool:
        """Tell whether it goes this way by more than chance in some completion."""
        return (self.chances.rise if way > 0 else self.chances.fall) < SIGNIFICANCE


class Moved(Protocol):
    """What can be said of several changes of the watched verdicts together."""

    @property
    def watched(self) -> Iterable[tuple[Verdict, Change]]: ...

    def is_(self, way: Way) -> bool:
        """Tell whether it is surely better (1) or surely worse (-1), by more than chance."""
        return any(change.goes(_turned(way, verdict)) for verdict, change in self.watched)

    def may_be(self, way: Way) -> bool:
        """Tell whether it is so in some completion."""
        return any(change.may_go(_turned(way, verdict)) for verdict, change in self.watched)

    @property
    def is_worse(self) -> bool:
        return self.is_(-1)

    @property
    def may_be_worse(self) -> bool:
        return self.may_be(-1)


def _turned(way: Way, verdict: Verdict) -> Way:
    """Return where a verdict's share goes if a run gets better (1) or worse (-1)."""
    return 1 if way * WORDINGS[verdict].direction > 0 else -1


@dataclass(frozen=True, slots=True)
class Comparison(Moved):
    """What changed between two runs. Every share is of all interactions judged in its run."""

    before: Tally
    after: Tally
    verdicts: dict[Verdict, Change]
    rules: dict[str | None, Change]
    """By deciding rule; None for interactions that no single rule decided."""
    levers: dict[Settings, Change]
    """By remedy: the interactions that it would fix, as recorded."""
    groups: dict[str, dict[str | None, dict[Verdict, Change]]]
    """By dimension and value, the watched verdicts; shares are of that value's interactions."""

    @property
    def has_two(self) -> bool:
        """Whether there is something to compare."""
        return bool(self.before.all.total and self.after.all.total)

    @property
    def watched(self) -> Iterable[tuple[Verdict, Change]]:
        return [(verdict, self.verdicts[verdict]) for verdict in WATCHED]


def compare(before: Tally, after: Tally) -> Comparison:
    """Compare two runs that were counted by the same dimensions."""
    return Comparison(
        before=before,
        after=after,
        verdicts=changes(before.all, after.all, verdict_shares),
        rules=changes(before.all, after.all, rule_shares),
        levers=changes(before.all, after.all, lever_shares),
        groups={by: group_changes(before.groups[by], after.groups[by]) for by in before.groups},
    )


def verdict_shares(group: Group) -> dict[Verdict, Bounds]:
    return {verdict: group.share(has_verdict(verdict)) for verdict in group.verdicts()}


def rule_shares(group: Group) -> dict[str | None, Bounds]:
    return {
        rule: of_all(number, group.total) if rule is None else group.share(decided_by(rule))
        for rule, number in group.rules().items()
    }


def lever_shares(group: Group) -> dict[Settings, Bounds]:
    return {lever.remedy: of_all(lever.turned, group.total) for lever in group.levers()}


def changes(
    before: Group, after: Group, shares: Callable[[Group], Mapping[What, Bounds]]
) -> dict[What, Change]:
    """Compare the shares of two groups, tested as one family."""
    earlier, later = shares(before), shares(after)
    missing = partial(of_all, 0)
    return tested(
        {
            what: (
                earlier.get(what) or missing(before.total),
                later.get(what) or missing(after.total),
            )
            for what in in_order(earlier, later)
        }
    )


def in_order(earlier: Mapping[What, object], later: Mapping[What, object]) -> Iterable[What]:
    """Return what either has: first what the later one has, in its order."""
    return dict.fromkeys([*later, *earlier])


def group_changes(
    before: Mapping[str | None, Group], after: Mapping[str | None, Group]
) -> dict[str | None, dict[Verdict, Change]]:
    """Compare the watched verdicts for every value of a dimension, as one family."""
    values = sorted(before.keys() | after.keys(), key=lambda value: (value is None, value or ""))
    pairs = {
        (value, verdict): (share(before.get(value), verdict), share(after.get(value), verdict))
        for value in values
        for verdict in WATCHED
    }
    found = tested(pairs)
    return {value: {verdict: found[value, verdict] for verdict in WATCHED} for value in values}


def share(group: Group | None, verdict: Verdict) -> Bounds:
    """Return the share of a group that has a verdict; 0 of 0 where the group is missing."""
    return NONE if group is None else group.share(has_verdict(verdict))


def tested(pairs: Mapping[What, tuple[Bounds, Bounds]]) -> dict[What, Change]:
    """Test shares before and after as one family, leaving out what differs in no completion.

    Of many groups most are small and alike: what is equal is tested once, and shares its change.
    """
    members = [pair for pair in pairs.values() if _can_differ(*pair)]
    found = {pair: chances(*pair) for pair in set(members)}
    found = dict(zip(members, adjusted([found[pair] for pair in members]), strict=True))
    changed = {pair: Change(*pair, found.get(pair, NO_CHANCES)) for pair in set(pairs.values())}
    return {what: changed[pair] for what, pair in pairs.items()}


def _can_differ(before: Bounds, after: Bounds) -> bool:
    """Tell whether the shares could differ: neither is of none, and not all are hits or misses."""
    total = before.most_of + after.most_of
    some, not_all = before.possible + after.possible > 0, before.sure + after.sure < total
    return bool(before.most_of and after.most_of) and some and not_all


def adjusted(family: list[Chances]) -> list[Chances]:
    """Adjust the probabilities of a family by Holm's method, at each end of what can be."""
    recorded = holm([each.recorded for each in family])
    highest = holm([each.highest for each in family])
    lowest = [each.lowest for each in family]
    at_lowest, raised_to = holm(lowest), raised(lowest)

    def at(place: int, chance: float) -> float:
        """Adjust a chance together with each of the others at its lowest."""
        if chance == lowest[place]:
            return at_lowest[place]
        return raised_to(place, chance)

    places = {each: place for place, each in enumerate(family)}  # equal ones are adjusted alike
    found = {
        each: Chances(recorded[place], highest[place], at(place, each.rise), at(place, each.fall))
        for each, place in places.items()
    }
    return [found[each] for each in family]

"""Three and more runs, or the periods of one, in their order: what changed over them all.

Three questions, each of every watched verdict: whether its share rises or falls steadily, where it
changed from one period to the next, and from the first to the last. A change counts as it does
between two runs: only where it is significant in every completion.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TypeVar

from winwinwin.kernel.verdict import JUDGED, Verdict
from winwinwin.stats.bounds import Bounds
from winwinwin.stats.comparison import (
    NONE,
    WATCHED,
    Change,
    Moved,
    adjusted,
    share,
    tested,
    verdict_shares,
)
from winwinwin.stats.exact import Chances
from winwinwin.stats.groups import Group
from winwinwin.stats.tally import Tally
from winwinwin.stats.trend import trend_chances

What = TypeVar("What")


@dataclass(frozen=True, slots=True)
class Course:
    """One share over all periods."""

    shares: tuple[Bounds, ...]
    trend: Change
    """From the first period that has interactions to the last, with the chances of a steady change."""

    @property
    def known(self) -> list[Bounds]:
        """The shares that are not of none; one of none where all are."""
        return known_ones(self.shares)


@dataclass(frozen=True, slots=True)
class Periods(Moved):
    """Runs in the order of time. Every share is of all interactions judged in its run."""

    names: tuple[str, ...]
    runs: tuple[Group, ...]
    verdicts: dict[Verdict, tuple[Bounds, ...]]
    courses: dict[Verdict, Course]
    """The watched verdicts."""
    steps: dict[Verdict, dict[tuple[int, int], Change]]
    """The changes of the watched verdicts from each period to the next, and from the first to the
    last, by the places of both."""
    groups: dict[str, dict[str | None, dict[Verdict, Course]]]
    """By dimension and value; shares are of that value's interactions."""

    @property
    def has_two(self) -> bool:
        """Whether there is something to compare."""
        return sum(run.total > 0 for run in self.runs) > 1

    @property
    def watched(self) -> Iterable[tuple[Verdict, Change]]:
        """A run is better or worse by its trend, or by its last period beside its first."""
        ends = (0, len(self.runs) - 1)
        trends = [(verdict, course.trend) for verdict, course in self.courses.items()]
        return trends + [(v, steps[ends]) for v, steps in self.steps.items() if ends in steps]


def periods_of(
    names: Sequence[str],
    runs: Sequence[Group],
    groups: Mapping[str, Sequence[Mapping[str | None, Group]]],
) -> Periods:
    """Compare runs; the groups are by dimension, for each run."""
    found = [verdict_shares(run) for run in runs]
    shares: dict[Verdict, tuple[Bounds, ...]] = {
        verdict: tuple(each[verdict] for each in found) for verdict in JUDGED
    }
    watched = {verdict: shares[verdict] for verdict in WATCHED}
    return Periods(
        names=tuple(names),
        runs=tuple(runs),
        verdicts=shares,
        courses=courses(watched),
        steps={verdict: steps(each) for verdict, each in watched.items()},
        groups={by: group_courses(each) for by, each in groups.items()},
    )


def of_runs(names: Sequence[str], tallies: Sequence[Tally]) -> Periods:
    """Compare whole runs that were counted by the same dimensions."""
    by_run = {by: [tally.groups[by] for tally in tallies] for by in tallies[0].groups}
    return periods_of(names, [tally.all for tally in tallies], by_run)


def of_one(tally: Tally, period: str) -> Periods:
    """Compare the periods of one run, without what has no date."""
    found = {value: group for value, group in tally.groups[period].items() if value is not None}
    names = sorted(found)
    return periods_of(names, [found[name] for name in names], {})


def courses(shares: Mapping[What, tuple[Bounds, ...]]) -> dict[What, Course]:
    """Test each share for a trend, as one family."""
    tests = adjusted([trend_chances(each) for each in shares.values()])
    return {
        what: Course(each, trend_of(each, chances))
        for (what, each), chances in zip(shares.items(), tests, strict=True)
    }


def trend_of(shares: Sequence[Bounds], chances: Chances) -> Change:
    known = known_ones(shares)
    return Change(known[0], known[-1], chances, sum(found.open for found in known[1:-1]))


def known_ones(shares: Sequence[Bounds]) -> list[Bounds]:
    """Return the shares that are not of none; one of none where all are."""
    return [found for found in shares if found.most_of] or [NONE]


def steps(shares: Sequence[Bounds]) -> dict[tuple[int, int], Change]:
    """Compare each period with the next, and the first with the last, as one family."""
    ends = [(0, len(shares) - 1)] if len(shares) > 1 else []
    places = dict.fromkeys([*pairwise(range(len(shares))), *ends])
    return tested({(one, other): (shares[one], shares[other]) for one, other in places})


def group_courses(
    runs: Sequence[Mapping[str | None, Group]],
) -> dict[str | None, dict[Verdict, Course]]:
    """Test the watched verdicts of every value of a dimension for a trend, as one family."""
    values = dict.fromkeys(chain.from_iterable(runs))
    found = courses(
        {
            (value, verdict): tuple(share(run.get(value), verdict) for run in runs)
            for value in values
            for verdict in WATCHED
        }
    )
    return {value: {verdict: found[value, verdict] for verdict in WATCHED} for value in values}

"""Kinds counted: totals, groups, levers, the backtest, gates and the exit code.

A tally grows with the kinds and groups that occur, not with the interactions (except for the gaps,
eight bytes each).
"""

from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import repeat
from math import sqrt
from statistics import NormalDist, median, quantiles
from typing import NamedTuple, TypeAlias

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Facts, Outcome
from winwinwin.kernel.judgement import Judgement, Origin, Remedy, Verdict
from winwinwin.record.interaction import About
from winwinwin.record.order import day

JudgeKind: TypeAlias = Callable[[Facts], Judgement]
Grouping: TypeAlias = Callable[[About], str | None]

CONFIDENCE = 0.95

GATED = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.INVALID)
"""Verdicts that a gate can be set on; an invalid record fails a run in any case."""


class Interval(NamedTuple):
    """Bounds of a share, both from 0 to 1."""

    low: float
    high: float


class Lever(NamedTuple):
    """One remedy, and how many interactions it would make WIN/WIN/WIN."""

    remedy: Remedy
    turned: int


@dataclass(frozen=True, slots=True)
class Backtest:
    """The organization's outcome by the rules and by the books."""

    cells: Counter[tuple[Outcome, Outcome]]
    """Interactions by ruled and booked outcome, where both are known."""
    unruled: int
    """Interactions that are booked, but undecided by the rules."""

    @property
    def compared(self) -> int:
        return self.cells.total()

    @property
    def agreeing(self) -> int:
        return self.cells["won", "won"] + self.cells["lost", "lost"]

    @property
    def hidden(self) -> int:
        """The losses that the books don't show: booked as won, ruled lost."""
        return self.cells["lost", "won"]

    @property
    def interval(self) -> Interval:
        """The 95% Wilson interval for the share that agrees."""
        return wilson(self.agreeing, self.compared)


def wilson(hits: int, total: int) -> Interval:
    """Return the 95% Wilson score interval for a share; 0 to 1 where the total is 0."""
    if not total:
        return Interval(0.0, 1.0)
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share = hits / total
    centre = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return Interval(max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale))


@dataclass(slots=True)
class Group:
    """Some interactions, counted by kind; everything else follows from the kinds."""

    judge: JudgeKind
    kinds: Counter[Facts] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        return self.kinds.total()

    def judged(self) -> Iterator[tuple[Judgement, int]]:
        """Yield the judgement of each kind with the number of its interactions."""
        return ((self.judge(kind), count) for kind, count in self.kinds.items())

    def verdicts(self) -> dict[Verdict, int]:
        """Count every verdict a kind can have, including those that did not occur."""
        counts: dict[Verdict, int] = {v: 0 for v in Verdict if v is not Verdict.INVALID}
        for judgement, count in self.judged():
            counts[judgement.verdict] += count
        return counts

    def rules(self) -> Counter[str | None]:
        """Count the deciding rules, in precedence order.

        None comes last and counts interactions that no single rule decided.
        """
        counts: Counter[str | None] = Counter()
        precedence: list[str | None] = []
        for judgement, count in self.judged():
            counts[judgement.rule] += count
            precedence = precedence or [*(rule.id for rule in judgement.rules), None]
        return Counter({rule: counts[rule] for rule in precedence if rule in counts})

    def notes(self) -> Counter[str]:
        """Count the document's remarks that apply, in the order of their ids."""
        counts: Counter[str] = Counter()
        for judgement, count in self.judged():
            counts.update(dict.fromkeys(judgement.notes, count))
        return Counter(dict(sorted(counts.items())))

    def origins(self) -> dict[str, Counter[Origin]]:
        """Count, for each fact a rule may look at, how often it was recorded, assumed, missing.

        The order is only missing where salesperson and customer both won.
        """
        counts: dict[str, Counter[Origin]] = {fact: Counter() for fact in JUDGED_FACTS}
        for judgement, count in self.judged():
            for fact, origin in judgement.origins.items():
                if fact in counts and origin is not None:
                    counts[fact][origin] += count
        return counts

    def levers(self) -> list[Lever]:
        """Return every remedy with the number of interactions it would fix, the biggest first.

        An interaction with several remedies counts for each of them. Equal ones are in the order in
        which the search for remedies tries them.
        """
        counts: Counter[Remedy] = Counter()
        for judgement, count in self.judged():
            counts.update(dict.fromkeys(judgement.remedies, count))
        levers = (Lever(*counted) for counted in counts.items())
        return sorted(levers, key=lambda lever: (-lever.turned, _place(lever.remedy)))

    def matrix(self) -> Counter[tuple[Outcome | None, Outcome | None, Outcome | None]]:
        """Count by salesperson and customer as recorded and organization by the rules."""
        cells: Counter[tuple[Outcome | None, Outcome | None, Outcome | None]] = Counter()
        for judgement, count in self.judged():
            facts = judgement.facts
            cells[facts.salesperson, facts.customer, judgement.organization] += count
        return cells

    def backtest(self) -> Backtest:
        cells: Counter[tuple[Outcome, Outcome]] = Counter()
        unruled = 0
        for judgement, count in self.judged():
            booked = judgement.facts.organization
            if booked is None:
                continue
            if judgement.organization is None:
                unruled += count
            else:
                cells[judgement.organization, booked] += count
        return Backtest(cells, unruled)

    @property
    def contradictions(self) -> int:
        """How many interactions have different outcomes in the books and by the rules."""
        return sum(count for judgement, count in self.judged() if judgement.contradicts_books)


def _place(remedy: Remedy) -> tuple[int, list[int], list[int]]:
    """Return the sort key of a remedy: fewest changes first, then by facts, then by values."""
    facts = [JUDGED_FACTS.index(change.fact) for change in remedy]
    values = [DOMAINS[change.fact].index(change.value) for change in remedy]
    return len(remedy), facts, values


GAP_EDGES = (0, 60, 3_600, 4 * 3_600, 86_400, 2 * 86_400, 7 * 86_400, 30 * 86_400)
"""The limits between the lengths of gaps that are counted separately, in seconds."""


class Gaps(NamedTuple):
    """The time from the salesperson's win to the customer's, in seconds."""

    measured: int
    """Interactions with both times."""
    median: float
    ninth_decile: float
    """90% of the gaps are at most this long."""
    lengths: tuple[int, ...]
    """Interactions below the first of `GAP_EDGES`, from it to the second, and so on."""


class Rest(NamedTuple):
    """Values of a dimension that are counted together."""

    values: int
    """How many values."""
    group: Group


class Tally:
    """Everything counted in one run."""

    def __init__(self, judge: JudgeKind, by: Sequence[str] = ()) -> None:
        """Count with a judge of kinds, and by each of these dimensions.

        Raises KeyError for an unknown dimension.
        """
        self.all = Group(judge)
        self.groups: dict[str, dict[str | None, Group]] = {dimension: {} for dimension in by}
        """By dimension, then by value; None collects what has no value."""
        self.rest: dict[str, Rest] = {}
        """By dimension, what its groups leave out; empty where every value has a group."""
        self.invalid = 0
        self.unreadable = 0
        """Sources that could not be read, or not to their end."""
        self._groupings = [(groups, grouping(by)) for by, groups in self.groups.items()]
        self.spread: Gaps | None = None
        """The spread of the gaps, where the caller measured it."""
        self._gaps = array("d")

    def add(self, judged: Sequence[tuple[About, Judgement]]) -> None:
        """Count interactions."""
        self.all.kinds.update([judgement.facts for _, judgement in judged])
        gaps = [judgement.gap for _, judgement in judged if judgement.gap is not None]
        self._gaps.extend([gap.total_seconds() for gap in gaps])
        for groups, value_of in self._groupings:
            for about, judgement in judged:
                self._group(groups, value_of(about)).kinds[judgement.facts] += 1

    def count(self, judgement: Judgement, values: Iterable[str | None], number: int = 1) -> None:
        """Count interactions with one judgement; the values are in the order of the dimensions."""
        kind = judgement.facts
        self.all.kinds[kind] += number
        if judgement.gap is not None:
            self._gaps.extend(repeat(judgement.gap.total_seconds(), number))
        for (groups, _), value in zip(self._groupings, values, strict=True):
            self._group(groups, value).kinds[kind] += number

    def _group(self, groups: dict[str | None, Group], value: str | None) -> Group:
        group = groups.get(value)
        if group is None:
            group = groups[value] = Group(self.all.judge)
        return group

    @property
    def total(self) -> int:
        """All records, including the invalid ones."""
        return self.all.total + self.invalid

    @property
    def gaps(self) -> Gaps | None:
        """The spread of the gaps; None where no interaction has both times."""
        if not self._gaps:
            return self.spread
        lengths = [0] * (len(GAP_EDGES) + 1)
        for seconds in self._gaps:
            lengths[bisect_right(GAP_EDGES, seconds)] += 1
        ninth = (
            quantiles(self._gaps, n=10, method="inclusive")[-1] if self._gaps[1:] else self._gaps[0]
        )
        return Gaps(len(self._gaps), median(self._gaps), ninth, tuple(lengths))

    def exit_code(self, gates: Sequence["Gate"] = ()) -> int:
        """Return 2 where anything could not be read or nothing was, 1 for a failed gate, else 0."""
        if self.invalid or self.unreadable or not self.all.kinds:
            return 2
        return 1 if any(gate.excess(self) > 0 for gate in gates) else 0


DIMENSIONS: dict[str, Grouping] = {
    "employee": lambda about: about.employee or None,
    "channel": lambda about: about.channel or None,
    "day": lambda about: _part_of_date(about, "day"),
    "week": lambda about: _part_of_date(about, "week"),
    "month": lambda about: _part_of_date(about, "month"),
}
DATE_PARTS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m"}
"""The format of each part of a date."""
TAG = "tags."
"""The prefix of a dimension that is a tag."""


def grouping(dimension: str) -> Grouping:
    """Return a function from an interaction to its value of a dimension.

    Raises KeyError for an unknown dimension.
    """
    if dimension.startswith(TAG) and dimension != TAG:
        name = dimension.removeprefix(TAG)
        return lambda about: about.tags.get(name) or None
    return DIMENSIONS[dimension]


def _part_of_date(about: About, part: str) -> str | None:
    return None if about.date is None else date_part(about.date, DATE_PARTS[part])


def date_part(moment: date, form: str) -> str:
    """Write a part of a date, in a format of strftime."""
    return _written(day(moment), form)


@lru_cache(maxsize=4096)  # a run repeats its dates; saves a microsecond for each
def _written(moment: date, form: str) -> str:
    return moment.strftime(form)


class Gate(NamedTuple):
    """How many interactions may have a verdict before a run counts as failed."""

    verdict: Verdict
    limit: float = 0
    """The most that are allowed: a number of interactions, or a percentage of those judged."""
    percent: bool = False

    def excess(self, tally: Tally) -> float:
        """Return by how much the limit is exceeded, in its own unit; at most 0 where it is not."""
        return self.measured(tally) - self.limit

    def measured(self, tally: Tally) -> float:
        count = tally.all.verdicts()[self.verdict]
        return 100 * count / max(tally.all.total, 1) if self.percent else count

"""Some interactions counted by kind, and all that follows from the counts."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Facts, Outcome
from winwinwin.kernel.judgement import Judgement, Origin, Settings
from winwinwin.kernel.verdict import JUDGED, Verdict
from winwinwin.stats.bounds import Bounds, Results, bounds

JudgeKind: TypeAlias = Callable[[Facts], Judgement]


class Lever(NamedTuple):
    """One remedy, and how many interactions it would make WIN/WIN/WIN."""

    remedy: Settings
    turned: int


def levers_of(judgement: Judgement) -> tuple[Settings, ...]:
    """Return what would have made an interaction WIN/WIN/WIN; none of the undetermined, which may be one."""
    return () if judgement.verdict is Verdict.UNDETERMINED else judgement.remedies


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

    def share(self, of: Callable[[Judgement], Results]) -> Bounds:
        """Bound the share of these interactions that have something."""
        return bounds((of(judgement), count) for judgement, count in self.judged())

    def verdicts(self) -> dict[Verdict, int]:
        """Count every verdict a kind can have, including those that did not occur."""
        counts: dict[Verdict, int] = dict.fromkeys(JUDGED, 0)
        for judgement, count in self.judged():
            counts[judgement.verdict] += count
        return counts

    def rules(self) -> Counter[str | None]:
        """Count how often each rule decides whatever is unknown, in precedence order.

        Rules that may decide are there too. None comes last and counts interactions that no single
        rule decides for sure.
        """
        counts: Counter[str | None] = Counter()
        precedence: list[str | None] = []
        for judgement, count in self.judged():
            is_sure = len(judgement.deciders) == 1
            counts.update(dict.fromkeys(judgement.deciders, 0))
            counts[judgement.deciders[0] if is_sure else None] += count
            precedence = precedence or [*(rule.id for rule in judgement.rules), None]
        shown = (rule for rule in precedence if rule in counts and (rule or counts[rule]))
        return Counter({rule: counts[rule] for rule in shown})

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
        counts: Counter[Settings] = Counter()
        for judgement, count in self.judged():
            counts.update(dict.fromkeys(levers_of(judgement), count))
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


def together(judge: JudgeKind, groups: Iterable[Group]) -> Group:
    """Return the interactions of some groups as one."""
    kinds: Counter[Facts] = Counter()
    for group in groups:
        kinds.update(group.kinds)
    return Group(judge, kinds)


def _place(remedy: Settings) -> tuple[int, list[int], list[int]]:
    """Return the sort key of a remedy: fewest changes first, then by facts, then by values."""
    facts = [JUDGED_FACTS.index(change.fact) for change in remedy]
    values = [DOMAINS[change.fact].index(change.value) for change in remedy]
    return len(remedy), facts, values

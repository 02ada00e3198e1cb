"""The ladder that rules on all kinds at once: each step is a set of kinds.

Read it from top to bottom: where a rule fires, which rule decides, what verdict a complete kind
gets, what an incomplete one may still get, what to ask and what to change.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, reduce
from itertools import chain, combinations, product
from operator import and_
from typing import Any, NamedTuple, TypeVar

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Outcome, Setting, Value
from winwinwin.kernel.completing import Completions
from winwinwin.kernel.judgement import Settings
from winwinwin.kernel.kinds import (
    ALL,
    CONSISTENT,
    HAVING,
    NONE,
    WORLDS,
    Kinds,
    each,
    least,
    once,
    otherwise,
    parts,
    where,
)
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.verdict import JUDGED, WORDINGS, Verdict
from winwinwin.vocabulary import FACT, FACTS

What = TypeVar("What")

CHANGES = {fact.name: tuple(fact.had) for fact in FACTS if fact.name in JUDGED_FACTS}
"""What may have been otherwise, and how."""
REMEDIES = {name: values for name, values in CHANGES.items() if FACT[name].is_ours}
"""What a remedy may change: not what the customer thinks of somebody else."""
DECIDED = tuple(verdict for verdict in JUDGED if verdict is not Verdict.UNDETERMINED)
"""The verdicts that a complete kind can have."""


class Among(NamedTuple):
    """The kinds in which something holds of every completion, and of some."""

    every: Kinds
    some: Kinds


class Rulings:
    """What a rulebook says of every kind."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.completions = Completions(rulebook.assumptions)
        self.ways = cache(self._ways)
        """Returns every smallest set of changes that gives a verdict, and where."""

    # Of complete kinds

    @cached_property
    def complete(self) -> Kinds:
        """The kinds with nothing more to ask: from these all else follows."""
        return self.completions.complete & CONSISTENT

    @cached_property
    def fires(self) -> list[Kinds]:
        """Where each rule fires, in precedence order."""
        return [where(rule.when, self.completions.known) for rule in self.rulebook.rules]

    @cached_property
    def decides(self) -> list[Kinds]:
        """Where each rule is the first that fires."""
        found, left = [], ALL
        for fires in self.fires:
            found.append(fires & left)
            left &= ~fires
        return found

    @cached_property
    def covered(self) -> dict[Outcome | None, Kinds]:
        """Where a rule decides that the organization wins, that it loses, and where no rule fires."""
        found: dict[Outcome | None, Kinds] = {"won": NONE, "lost": NONE, None: ALL}
        for rule, decides in zip(self.rulebook.rules, self.decides, strict=True):
            found[rule.organization] |= decides
            found[None] &= ~decides
        return found

    @cached_property
    def ruled(self) -> dict[Verdict, Kinds]:
        """Where each verdict is given."""
        order = self.completions.known["order"]
        in_order = order["kept"] | order[None]
        return {
            Verdict.WIN_WIN_WIN: self.covered["won"] & in_order,
            Verdict.OUT_OF_ORDER: self.covered["won"] & ~in_order,
            Verdict.ORGANIZATION_LOSES: self.covered["lost"],
            Verdict.NOT_COVERED: self.covered[None],
        }

    # Of all kinds, over their completions

    def _among(self, kinds: Kinds) -> Among:
        return Among(self.completions.every(kinds), self.completions.some(kinds))

    @cached_property
    def firing(self) -> list[Among]:
        """Where each rule fires."""
        return [self._among(fires) for fires in self.fires]

    @cached_property
    def deciding(self) -> dict[str | None, Kinds]:
        """Where each rule decides in some completion, and (None) where in some no rule fires."""
        rules = zip(self.rulebook.rules, self.decides, strict=True)
        some = self.completions.some
        return {rule.id: some(decides) for rule, decides in rules} | {
            None: some(self.covered[None])
        }

    @cached_property
    def possible(self) -> dict[Verdict, Kinds]:
        """Where each verdict may still be given."""
        return {verdict: self.completions.some(self.ruled[verdict]) for verdict in DECIDED}

    @cached_property
    def settled(self) -> Kinds:
        """Where only one verdict may be given."""
        once_met = met_again = NONE
        for kinds in self.possible.values():
            met_again |= once_met & kinds
            once_met |= kinds
        return ALL & ~met_again

    @cached_property
    def verdict(self) -> dict[Verdict, Kinds]:
        """Where each verdict is given, incomplete kinds included."""
        settled = {verdict: kinds & self.settled for verdict, kinds in self.possible.items()}
        return settled | {Verdict.UNDETERMINED: ALL & ~self.settled}

    @cached_property
    def organization(self) -> dict[Outcome, Kinds]:
        """Where the organization wins, and where it loses, in every completion."""
        outcomes: tuple[Outcome, ...] = ("won", "lost")
        return {outcome: self.completions.every(self.covered[outcome]) for outcome in outcomes}

    @cached_property
    def rule(self) -> dict[str, Kinds]:
        """Where each rule decides alone: the first that fires and agrees with what is ruled."""
        found, left = {}, NONE
        for verdict, kinds in self.verdict.items():
            left |= kinds if WORDINGS[verdict].organization else NONE
        for rule, firing in zip(self.rulebook.rules, self.firing, strict=True):
            found[rule.id] = firing.every & left & self.organization[rule.organization]
            left &= ~found[rule.id]
        return found

    @cached_property
    def notes(self) -> dict[str, Kinds]:
        """Where each of the document's other remarks applies, by id."""
        return {note.id: where(note.when) for note in self.rulebook.notes}

    # Two searches. Both try every set of one fact, then of two and so on, so "no smaller set does
    # it" is a proof.

    @cached_property
    def settling(self) -> dict[tuple[str, ...], Kinds]:
        """Every smallest set of missing facts that settles the verdict, whatever the answers, and where."""
        undetermined = self.verdict[Verdict.UNDETERMINED]
        return _smallest(
            undetermined, JUDGED_FACTS, lambda asked: [(asked, self._settled_by(asked))]
        )

    def _settled_by(self, asked: tuple[str, ...]) -> Kinds:
        known = self.completions.known
        missing = reduce(and_, (known[fact][None] for fact in asked))
        return missing and missing & self.completions.whatever(asked, self.settled)

    @cached_property
    def remedies(self) -> dict[Settings, Kinds]:
        """Every smallest set of changes that gives WIN/WIN/WIN, and where."""
        return ways_to(self.verdict[Verdict.WIN_WIN_WIN], REMEDIES)

    # Why. Over every way that things can be, whatever is assumed of what is missing.

    @cached_property
    def reasons(self) -> dict[Settings, Kinds]:
        """Every smallest set of known facts that gives the verdict whatever the others are, and where."""
        found = {}
        for verdict in DECIDED:
            gives = parts(WORLDS & self.ruled[verdict]) & ~parts(WORLDS & ~self.ruled[verdict])
            for facts in each(least(gives) & HAVING["organization"][None]):
                reason = tuple(Setting(*of) for of in facts._asdict().items() if of[1] is not None)
                has_it = where([dict(reason)], self.completions.known)
                found[reason] = has_it & self.verdict[verdict]
        return dict(sorted(found.items(), key=lambda item: len(item[0])))

    def _ways(self, verdict: Verdict) -> dict[Settings, Kinds]:
        if verdict is Verdict.WIN_WIN_WIN:
            return self.remedies
        return ways_to(self.verdict[verdict], CHANGES)

    @cached_property
    def firmness(self) -> dict[int, Kinds]:
        """How many facts would have to be recorded differently for another verdict, and where."""
        found = dict.fromkeys(range(1, len(DOMAINS) + 1), NONE)
        for verdict in DECIDED:
            near = CONSISTENT & ~self.verdict[verdict]
            for number in found:
                further = otherwise(near)
                found[number] |= further & ~near & self.verdict[verdict]
                near = further
        return found

    def says(self) -> dict[str, dict[object, Kinds]]:
        """Return what a judgement holds of a kind, by name, and of which kinds it is true.

        The findings on a condition follow from the rule, the facts and what is assumed; reasons and
        firmness from the verdicts of all kinds.
        """
        firing = list(zip(self.rulebook.rules, self.firing, strict=True))
        parts: dict[str, Mapping[Any, Kinds]] = {
            "verdict": self.verdict,
            "organization": self.organization,
            "rule": self.rule,
            "possible": self.possible,
            "settling": self.settling,
            "remedies": self.remedies,
            "notes": self.notes,
            "assumed": self.completions.assumed,
            "fired": {rule.id: among.every for rule, among in firing},
            "may fire": {rule.id: among.some for rule, among in firing},
        }
        return {
            name: {what: found for what, kinds in part.items() if (found := kinds & CONSISTENT)}
            for name, part in parts.items()
        }


def _smallest(
    left: Kinds,
    facts: Sequence[str],
    tried: Callable[[tuple[str, ...]], Iterable[tuple[What, Kinds]]],
) -> dict[What, Kinds]:
    """Return what helps the kinds of a set, each only where nothing with fewer facts does."""
    found: dict[What, Kinds] = {}
    for size in range(1, len(facts) + 1):
        helped = NONE
        for what, kinds in chain.from_iterable(map(tried, combinations(facts, size))):
            if here := kinds & left:
                found[what] = here
                helped |= here
        left &= ~helped
    return found


def ways_to(goal: Kinds, changes: Mapping[str, Sequence[Value]]) -> dict[Settings, Kinds]:
    """Return every smallest set of changes that brings a kind into a set, and the kinds that it brings."""

    def changing(facts: tuple[str, ...]) -> Iterator[tuple[Settings, Kinds]]:
        for values in product(*(changes[fact] for fact in facts)):
            settings = tuple(map(Setting, facts, values))
            yield settings, _changed(goal & CONSISTENT, settings)

    return _smallest(ALL & ~goal, tuple(changes), changing)


def _changed(kinds: Kinds, settings: Settings) -> Kinds:
    """Return the kinds that are in a set once each of these facts has a value that it hasn't now."""
    for fact, value in settings:
        kinds = once(kinds, fact, value) & ~HAVING[fact][value]
    return kinds

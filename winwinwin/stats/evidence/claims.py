"""The claims of a rulebook that its books can test: each a row, by sets of kinds.

A claim says that the ones come to something more often than the others. Who is among them is a set of
kinds; an interaction that leaves open which side it is on may be on either.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from winwinwin.evaluation import Judge
from winwinwin.facts import DOMAINS, Facts, Outcome, Setting, Value
from winwinwin.kernel.kinds import ALL, HAVING, NONE, Kinds, once, only, where
from winwinwin.kernel.rulebook import Rule
from winwinwin.kernel.ruling import Rulings
from winwinwin.stats.bounds import Bounds, Results
from winwinwin.stats.evidence.following import Followed, Met
from winwinwin.stats.evidence.sides import EITHER, NEITHER, SURE, Counted, Unit
from winwinwin.vocabulary import FACT

BOOKED = "organization"
BOOKS = "what the books say about the organization"
ENDS: dict[Outcome, str] = {"won": "wins", "lost": "loses"}
OWN = ("order", "assumed", "stays-away", "next-customer", "close-together", "leave")
"""What claims are called that are not those of a rule."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What of a batch all claims are tested on: only numbers."""

    judge: Judge
    kinds: Mapping[str | None, Counter[Facts]]
    """The kinds of each cluster; one cluster, None, where there are none."""
    followed: Followed = field(default_factory=Followed)
    """What came after."""

    @property
    def rulings(self) -> Rulings:
        return self.judge.rulings


@dataclass(frozen=True, slots=True)
class Side:
    """Who is on one side: in every completion, and in some."""

    words: str
    every: Kinds
    some: Kinds

    def results(self, kind: Facts, hits: Results) -> Results:
        """Return what a kind may count as on this side: neither where it is not on it."""
        its = only(kind)
        if self.every & its:
            return hits
        return frozenset({None, *hits}) if self.some & its else NEITHER


@dataclass(frozen=True, slots=True)
class Claim:
    """One row: what is claimed, and who is compared with whom."""

    id: str
    source: str
    """Where it comes from: a consequence, the order, an assumption."""
    says: str
    one: Side
    other: Side | None
    """None where the share of the ones is compared with one half."""
    hit: str
    """What is counted on both sides."""
    needs: str
    hits: Callable[[Facts], Results]
    """Whether a kind is a hit: its results are of `True` and `False` alone."""
    stratum: Callable[[Facts], Hashable] | None = None
    """What else of a kind is the same on both sides; None where nothing of it has to be."""
    notice: str = ""
    """What to know of this claim alone."""
    alike: str = ""
    """What is the same on both sides, in words; '' where all are compared with all."""
    counts: str = "interactions"
    """What is counted."""
    units: "Callable[[Claim, Followed], Counted] | None" = None
    """What is counted over time; None where kinds are."""
    each: "Callable[[Claim, Sequence[Met], int], Iterator[tuple[Met, Unit]]] | None" = None
    """The same, interaction by interaction, followed for so many days."""
    trend: Callable[[Followed], Sequence[Bounds]] | None = None
    """The shares of what falls if the claim is true; None where the two sides are tested."""

    def counted(self, counts: Counts) -> Counted:
        """Yield what may count as what, with its number."""
        if self.units:
            yield from self.units(self, counts.followed)
            return
        for cluster, kinds in counts.kinds.items():
            for kind, number in kinds.items():
                yield self.unit(kind, cluster), number

    def unit(self, kind: Facts, cluster: str | None = None) -> Unit:
        """Return what a kind may count as."""
        stratum = self.stratum(kind) if self.stratum else None
        return self.unit_of(kind, self.hits(kind), (stratum, cluster))

    def unit_of(self, kind: Facts, hits: Results, stratum: tuple[Hashable, str | None]) -> Unit:
        """Return what a kind may count as, where its hits are known."""
        other = self.other.results(kind, hits) if self.other else NEITHER
        return Unit(self.one.results(kind, hits), other, stratum)

    def behind(self, met: Sequence[Met], within: int) -> list[Unit | None]:
        """Return what each interaction counts as; None for one that takes no part."""
        if self.each is None:
            return [self.unit(each.kind) for each in met]
        found = {id(each): unit for each, unit in self.each(self, met, within)}
        return [found.get(id(each)) for each in met]


def booked(outcome: Outcome, kind: Facts) -> Results:
    """Tell whether the books say so; they may say either where they say nothing."""
    return EITHER if kind.organization is None else SURE[kind.organization == outcome]


def is_value(fact: str, value: Value, kind: Facts) -> Results:
    """Tell whether a fact was recorded with a value."""
    return SURE[getattr(kind, fact) == value]


def claims_of(judge: Judge) -> list[Claim]:
    """Return every claim of a rulebook that needs no dates: its rules, the order, what it is made of."""
    rulings = judge.rulings
    rules = [_rule_claim(number, rule, rulings) for number, rule in _in_order(rulings)]
    conditions = [claim for rule in rulings.rulebook.rules for claim in _conditions(rule, rulings)]
    return [*rules, _order_claim(rulings), *_assumptions(judge), *conditions]


def _in_order(rulings: Rulings) -> list[tuple[int, Rule]]:
    """Return the rules by consequence, then those of the house, with their places."""
    rules = enumerate(rulings.rulebook.rules)
    return sorted(rules, key=lambda item: (item[1].consequence or len(DOMAINS), item[0]))


def sided(words: str, kinds: Kinds, rulings: Rulings) -> Side:
    """Return a side that some complete kinds are on."""
    completions = rulings.completions
    return Side(words, completions.every(kinds), completions.some(kinds))


def name_of(rule: Rule) -> str:
    """Return what the claim of a rule is called: its id, unless another claim is called so."""
    return f"rule/{rule.id}" if rule.id in OWN else rule.id


def source_of(rule: Rule) -> str:
    return "house rule" if rule.consequence is None else f"consequence {rule.consequence}"


def _rule_claim(number: int, rule: Rule, rulings: Rulings) -> Claim:
    fires = rulings.fires[number]
    outcome = rule.organization
    return Claim(
        name_of(rule),
        source_of(rule),
        f"Where {rule.id} fires, the organization {ENDS[outcome]} more often.",
        sided("the rule fires", fires, rulings),
        sided("it does not fire", ALL & ~fires, rulings),
        f"booked {outcome}",
        BOOKS,
        partial(booked, outcome),
    )


def _order_claim(rulings: Rulings) -> Claim:
    known = rulings.completions.known
    both = known["salesperson"]["won"] & known["customer"]["won"]
    return Claim(
        "order",
        "order of the wins",
        "Where both win, the organization wins more often if the salesperson won first.",
        sided("salesperson first", both & known["order"]["kept"], rulings),
        sided("customer first", both & known["order"]["customer_first"], rulings),
        "booked won",
        f"{BOOKS}, and the order of the wins",
        partial(booked, "won"),
        notice="An organization that won too early is on neither side: by its definition it is booked won.",
    )


def _assumptions(judge: Judge) -> Iterator[Claim]:
    """Yield a claim for each fact and value that may be assumed; nothing is compared with the books."""
    seen: dict[Setting, Kinds] = {}
    for assumption in judge.rulebook.assumptions:
        setting = Setting(assumption.fact, assumption.value)
        seen[setting] = seen.get(setting, NONE) | where(assumption.when)
    for setting, kinds in seen.items():
        recorded = kinds & ~HAVING[setting.fact][None]
        yield Claim(
            f"assumed/{setting}",
            "assumption",
            f"Where it is assumed that {FACT[setting.fact].states[setting.value]}, it is right more often than wrong.",
            Side("it would be assumed, and is recorded", recorded, recorded),
            None,
            "as assumed",
            f"recorded: {FACT[setting.fact].label}",
            partial(is_value, setting.fact, setting.value),
        )


def _conditions(rule: Rule, rulings: Rulings) -> Iterator[Claim]:
    """Yield a claim for each condition of a rule, each once."""
    seen = set()
    for conjunction in rule.when:
        for fact, value in conjunction.items():
            others = {name: of for name, of in conjunction.items() if name != fact}
            name = f"{name_of(rule)}/{Setting(fact, value)}"
            if name in seen:
                name = "&".join([name, *(str(Setting(*of)) for of in others.items())])
            if name in seen:  # it is written twice
                continue
            seen.add(name)
            yield _condition(name, rule, Setting(fact, value), others, rulings)


def _condition(
    name: str, rule: Rule, setting: Setting, others: Mapping[str, Value], rulings: Rulings
) -> Claim:
    fact, value = setting
    among = " and ".join(FACT[other].states[of] for other, of in others.items())
    words = FACT[fact].states[value]
    return Claim(
        name,
        f"condition of {rule.id}",
        f"{f'Where {among}' if among else 'All else alike'}, the organization {ENDS[rule.organization]} "
        f"more often if {words}.",
        _where(words, fact, [value], others, rulings),
        _where("otherwise", fact, [of for of in DOMAINS[fact] if of != value], others, rulings),
        f"booked {rule.organization}",
        f"{BOOKS}; recorded, with all else alike: {FACT[fact].label}",
        partial(booked, rule.organization),
        partial(_rest, fact),
        alike="all else",
    )


def _where(
    words: str, fact: str, values: Sequence[Value], others: Mapping[str, Value], rulings: Rulings
) -> Side:
    """Return the side of those that record some value of a fact, where the others have theirs.

    A fact that is not recorded may have any value: what is assumed of it stands for none here.
    """
    completions = rulings.completions
    sure, every, some = where([others], completions.known), NONE, NONE
    for value in values:
        found = completions.some(where([{**others, fact: value}], completions.known))
        every |= sure & HAVING[fact][value]
        some |= found | once(found, fact, value) & HAVING[fact][None] & completions.able(
            fact, value
        )
    return Side(words, every, some)


def _rest(fact: str, kind: Facts) -> Hashable:
    """Return all else that is recorded of a kind. Only where both won there is an order to record."""
    left_out = {fact, BOOKED} | ({"order"} if fact in ("salesperson", "customer") else set())
    return tuple(value for name, value in kind._asdict().items() if name not in left_out)

"""Random valid rulebooks, and the naive counting that proofs are compared with."""

from functools import cache
from typing import Any

from hypothesis import Phase, given, seed, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Value
from winwinwin.kernel.rulebook import Rulebook, builtin

FACTS = (
    "(salesperson, customer, salesperson_feels_good, "
    "salesperson_believes_lost_for_customer, customer_believes_salesperson, order)"
)
"""What a rule may look at, as it is told where it looks at something else."""
IDS = st.from_regex(r"[a-z][a-z0-9_-]{0,8}", fullmatch=True)
TEXTS = st.text(max_size=20)
OUTCOMES = st.sampled_from(["won", "lost"])


def conjunctions(*without: str) -> st.SearchStrategy[dict[str, Value]]:
    """Draw some facts with a value each."""
    facts = [fact for fact in JUDGED_FACTS if fact not in without]
    chosen = st.lists(st.sampled_from(facts), min_size=1, max_size=3, unique=True)
    return chosen.flatmap(
        lambda names: st.fixed_dictionaries({n: st.sampled_from(DOMAINS[n]) for n in names})
    )


def alternatives(*without: str) -> st.SearchStrategy[list[dict[str, Value]]]:
    return st.lists(conjunctions(*without), min_size=1, max_size=2)


@st.composite
def rules(draw: st.DrawFn, name: str) -> dict[str, Any]:
    return {
        "id": name,
        "title": draw(TEXTS),
        "consequence": draw(st.none() | st.integers(1, 9)),
        "when": draw(alternatives()),
        "organization": draw(OUTCOMES),
        "says": draw(TEXTS),
        "why": draw(TEXTS),
    }


@st.composite
def assumptions(draw: st.DrawFn) -> dict[str, Any]:
    fact = draw(st.sampled_from(JUDGED_FACTS))
    value = draw(st.sampled_from(DOMAINS[fact]))
    return {"fact": fact, "value": value, "when": draw(alternatives(fact)), "why": draw(TEXTS)}


@st.composite
def notes(draw: st.DrawFn, name: str) -> dict[str, Any]:
    return {"id": name, "when": draw(alternatives()), "says": draw(TEXTS)}


def named(draw: st.DrawFn, one: Any, least: int, most: int) -> list[dict[str, Any]]:
    names = draw(st.lists(IDS, min_size=least, max_size=most, unique=True))
    return [draw(one(name)) for name in names]


@st.composite
def rulebooks(draw: st.DrawFn) -> Rulebook:
    """Draw a valid rulebook, with the built-in assumptions half of the time."""
    data = {
        "title": draw(TEXTS),
        "source": draw(TEXTS),
        "parties": draw(st.permutations(["salesperson", "customer", "organization"])),
        "rules": named(draw, rules, 1, 4),
        "notes": named(draw, notes, 0, 2),
        "assumptions": [],
    }
    book = Rulebook.model_validate(data)
    if draw(st.booleans()):
        return book.unchecked(assumptions=builtin().assumptions)
    for assumption in draw(st.lists(assumptions(), max_size=3)):
        taken = [a.model_dump() for a in book.assumptions]
        try:
            book = Rulebook.model_validate(data | {"assumptions": [*taken, assumption]})
        except ValidationError:  # it contradicts one before it
            continue
    return book


def telling_rulebooks() -> list[Rulebook]:
    """Return those that tell apart what drawn ones may not, as they depend on what is imported.

    By the first, a lost customer is a reason for a win: whatever the salesperson's outcome, and without
    an order to break. The second has two assumptions that say the same, and an order that matters
    beside another fact.
    """
    won = {"organization": "won", "when": [{"salesperson": "won"}]}
    believes = {"salesperson_believes_lost_for_customer": True}
    early = {"order": "organization_early", "salesperson_feels_good": False}
    lost = [{"organization": "lost", "when": [when]} for when in (believes, early)]
    assumed = [
        {"fact": "salesperson_believes_lost_for_customer", "value": True, "when": [{party: "lost"}]}
        for party in ("salesperson", "customer")
    ]
    either = {"organization": "won", "when": [{"salesperson": "won"}, {"salesperson": "lost"}]}
    return [_book([either], []), _book([*lost, won], assumed)]


def _book(rules: list[dict[str, Any]], assumptions: list[dict[str, Any]]) -> Rulebook:
    named = [
        {"id": f"r{number}", "title": "", "consequence": None, "says": "", "why": ""} | rule
        for number, rule in enumerate(rules)
    ]
    data = {"title": "", "source": "", "parties": ["salesperson", "customer", "organization"]}
    data |= {"rules": named, "notes": [], "assumptions": [{"why": ""} | one for one in assumptions]}
    return Rulebook.model_validate(data)


@cache
def seeded_rulebooks(number: int) -> list[Rulebook]:
    """Return that many rulebooks with rules of their own, the same ones in every process."""
    found: dict[str, Rulebook] = {}

    @seed(20261123)
    @settings(max_examples=5 * number, database=None, phases=[Phase.generate], deadline=None)
    @given(rulebooks())
    def collect(book: Rulebook) -> None:
        found.setdefault(str([rule.when for rule in book.rules]), book)

    collect()
    return sorted(found.values(), key=lambda book: -len(book.rules))[:number]

"""Every fact, described once: its name, values, place in a record, flags and words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeAlias

Value: TypeAlias = str | bool
"""A recorded value of any fact."""

Tone: TypeAlias = Literal["won", "order", "lost", "open", "muted", "strong", "plain"]
"""What words are about, for painters that have colours."""

OUTCOMES = ("won", "lost")
ANSWERS = (True, False)


class Fact(NamedTuple):
    """One thing that can be recorded about an interaction."""

    name: str
    """Its flat name, as in tables, rulebooks and machine formats."""
    path: tuple[str, ...]
    """Where it is in a nested record."""
    flags: tuple[str, ...]
    label: str
    """What comes before its value: `customer: lost`."""
    head: str
    """The heading of a column of its values."""
    help: str
    values: tuple[Value, ...] = ()
    """The values it can be recorded as; empty for a time, which no rule looks at."""
    question: str = ""
    means: str = ""
    """What `?` shows: what is asked about, what counts as what, and an example."""
    had: Mapping[Value, str] = MappingProxyType({})
    """Each value that it might have had instead, as it reads after "if"; empty for a time."""
    states: Mapping[Value, str] = MappingProxyType({})
    """Each value as a statement; empty for what no rule looks at."""
    is_ours: bool = True
    """Whether a remedy may ask for another value: nobody changes what the customer thinks of them."""

    @property
    def is_answer(self) -> bool:
        """Whether its question is answered by yes or no."""
        return self.values == ANSWERS

    @property
    def asked(self) -> str:
        """Who is asked for it: the party that it is about; for the order the salesperson, who met all."""
        return self.path[0] if len(self.path) > 1 else "salesperson"


FACTS: tuple[Fact, ...] = (
    Fact(
        "salesperson",
        ("salesperson", "outcome"),
        ("--salesperson", "-s"),
        label="salesperson",
        head="salesperson",
        help="What the salesperson experienced.",
        values=OUTCOMES,
        question="Did the salesperson win or lose?",
        means=(
            "How it went for the person who sold or served, as they see it. They won if they got "
            "what they wanted out of it, such as a sale at a fair price; they lost if they did "
            "not, or paid too much for it, such as a discount that ate up their commission."
        ),
        had={"won": "the salesperson had won", "lost": "the salesperson had lost"},
        states={"won": "the salesperson won", "lost": "the salesperson lost"},
    ),
    Fact(
        "customer",
        ("customer", "outcome"),
        ("--customer", "-c"),
        label="customer",
        head="customer",
        help="What the customer experienced.",
        values=OUTCOMES,
        question="Did the customer win or lose, in their own view?",
        means=(
            "How it went for the customer, as they see it, even if you see it otherwise. They won "
            "if they are glad of what they got for their money and time, such as a repair that "
            "lasts; they lost if they feel overcharged, pushed or left alone with their problem."
        ),
        had={"won": "the customer had won", "lost": "the customer had lost"},
        states={"won": "the customer won", "lost": "the customer lost"},
    ),
    Fact(
        "organization",
        ("organization", "outcome"),
        ("--organization",),
        label="organization (books)",
        head="books",
        help="What the books show; compared with the rules, never used by them.",
        values=OUTCOMES,
        means=(
            "Whether the interaction paid: won if it brought in more than it cost, such as a sale "
            "with a profit; lost if it did not, such as a refund. No rule looks at it; it is "
            "compared with what the rules say."
        ),
        had={"won": "the books had shown a win", "lost": "the books had shown a loss"},
    ),
    Fact(
        "salesperson_feels_good",
        ("salesperson", "feels_good"),
        ("--feels-good",),
        label="salesperson feels good about the work",
        head="feels good",
        help="The salesperson feels good about the work.",
        values=ANSWERS,
        question="Does the salesperson feel good about the work?",
        means=(
            "Whether the salesperson is content with what they do and how they do it, whatever "
            "came of this one case. Yes, for example, if they stand behind what they sell; no, if "
            "they are ashamed of the pitch or dread the next call."
        ),
        had={
            True: "the salesperson had felt good about the work",
            False: "the salesperson had not felt good about the work",
        },
        states={
            True: "the salesperson feels good about the work",
            False: "the salesperson does not feel good about the work",
        },
    ),
    Fact(
        "salesperson_believes_lost_for_customer",
        ("salesperson", "believes_lost_for_customer"),
        ("--believes-lost",),
        label="salesperson feels they lost for the customer",
        head="lost for customer",
        help="The salesperson feels they lost so that the customer could win.",
        values=ANSWERS,
        question="Does the salesperson feel they lost so that the customer could win?",
        means=(
            "Whether the salesperson thinks that the customer won at their expense. Yes, for "
            "example, if they gave up their margin or their evening only to please the customer."
        ),
        had={
            True: "the salesperson had felt they lost for the customer",
            False: "the salesperson had not felt they lost for the customer",
        },
        states={
            True: "the salesperson feels they lost for the customer",
            False: "the salesperson does not feel they lost for the customer",
        },
    ),
    Fact(
        "customer_believes_salesperson",
        ("customer", "believes_salesperson"),
        ("--customer-believes-salesperson",),
        label="customer thinks the salesperson",
        head="customer thinks",
        help="What the customer thinks the salesperson got.",
        values=OUTCOMES,
        question="Does the customer think the salesperson won or lost?",
        means=(
            "What the salesperson got out of it in the customer's eyes, true or not. Won, for "
            "example, if the customer suspects a fat commission; lost, if the customer thinks "
            "that they bought below cost."
        ),
        had={
            "won": "the customer had thought the salesperson won",
            "lost": "the customer had thought the salesperson lost",
        },
        states={
            "won": "the customer thinks the salesperson won",
            "lost": "the customer thinks the salesperson lost",
        },
        is_ours=False,
    ),
    Fact(
        "order",
        ("order",),
        ("--order",),
        label="order of the wins",
        head="order",
        help="The parties that won, first winner first, comma-separated.",
        values=("kept", "customer_first", "organization_early"),
        question="Who won first, and who second?",
        means=(
            "The parties that won, first winner first. The salesperson, then the customer if, for "
            "example, the salesperson was glad of the deal first and the customer soon after; the "
            "customer, then the salesperson if the customer was satisfied first."
        ),
        had={
            "kept": "they had won in the right order",
            "customer_first": "they had won in the wrong order, the customer first",
            "organization_early": "they had won in the wrong order, the organization too early",
        },
        states={
            "kept": "they won in the right order",
            "customer_first": "the customer won first",
            "organization_early": "the organization won too early",
        },
    ),
)
"""The facts that a kind is made of, in fact order."""

TIMES: tuple[Fact, ...] = tuple(
    Fact(
        f"{party}_won_at",
        (party, "won_at"),
        (f"--{party}-won-at",),
        label=f"{party} won at",
        head=f"{party} won at",
        help=f"When the {party} won: 2026-11-23 or 2026-11-23T14:30.",
    )
    for party in ("salesperson", "customer", "organization")
)
"""The times of the wins, which give the order and the gap."""

RECORDED = (*FACTS, *TIMES)
"""Everything that can be recorded about what happened, in fact order."""

ASKED_FIRST = ("salesperson", "customer")
"""The facts that whoever records is asked for in any case."""

FACT = {fact.name: fact for fact in RECORDED}
"""By flat name."""

"""The specification once more, in plain loops over plain values, with nothing of the kernel.

`known` maps every fact to its value or None.
"""

from functools import cache
from itertools import product

from winwinwin.facts import Facts, Value

FEELS = "salesperson_feels_good"
BELIEVES = "salesperson_believes_lost_for_customer"
SEEN = "customer_believes_salesperson"
STATUSES = {(True, True): "fired", (True, False): "open", (False, False): "not_fired"}
CONDITIONS = (
    ("disgruntled-salesperson", 1, FEELS, False),
    ("disgruntled-salesperson", 2, BELIEVES, True),
    ("beaten-customer", 1, "customer", "lost"),
    ("beaten-customer", 1, SEEN, "won"),
    ("mutual-win", 1, "salesperson", "won"),
    ("mutual-win", 1, "customer", "won"),
)
CONSEQUENCES = {"disgruntled-salesperson": 3, "beaten-customer": 2, "mutual-win": 1}

Known = dict[str, Value | None]


def can_be(facts: tuple[Value | None, ...]) -> bool:
    """Tell whether only winners have a place in the order."""
    salesperson, customer, organization, *_, order = facts
    if order in ("kept", "customer_first"):
        return salesperson == customer == "won"
    if order == "organization_early":
        return organization == "won" and (salesperson == "won" or customer == "won")
    return True


def assumed_of(known: Known) -> Known:
    salesperson, customer = known["salesperson"], known["customer"]
    filled: Known = {}
    if salesperson == "won":
        filled[FEELS] = True
    if salesperson is not None and customer is not None:
        filled[BELIEVES] = salesperson == "lost" and customer == "won"
    if salesperson is not None:
        filled[SEEN] = salesperson
    if salesperson == customer == "won":
        filled["order"] = "kept"
    return {fact: value for fact, value in filled.items() if known[fact] is None}


def rules_that_fire(known: Known) -> list[str]:
    fired = []
    if known[FEELS] is False or known[BELIEVES] is True:
        fired.append("disgruntled-salesperson")
    if known["customer"] == "lost" and known[SEEN] == "won":
        fired.append("beaten-customer")
    if known["salesperson"] == "won" and known["customer"] == "won":
        fired.append("mutual-win")
    return fired


def verdict_on(known: Known) -> str:
    fired = rules_that_fire(known)
    if not fired:
        return "not_covered"
    if fired[0] != "mutual-win":
        return "organization_loses"
    return "win_win_win" if known["order"] == "kept" else "out_of_order"


@cache
def completed(kind: Facts, assuming: bool) -> list[Known]:
    """Fill in the outcomes, then what is assumed of them, then the rest."""
    found = []
    for salesperson, customer in product(
        *([value] if value else ["won", "lost"] for value in kind[:2])
    ):
        known: Known = kind._asdict() | {"salesperson": salesperson, "customer": customer}
        known |= assumed_of(known) if assuming else {}
        both_won = salesperson == customer == "won"
        orders = ["kept", "customer_first"]
        if kind.organization != "lost":
            orders.append("organization_early")
        choices = {FEELS: [True, False], BELIEVES: [True, False], SEEN: ["won", "lost"]}
        choices["order"] = orders if both_won else [None]
        asked = [fact for fact in choices if known[fact] is None]
        answers = product(*(choices[fact] for fact in asked))
        found += [known | dict(zip(asked, values, strict=True)) for values in answers]
    return found

"""Make year.csv: a year of a workshop's interactions, from a fixed seed, in which it is known what is true.

True here: where both win, the books mostly show a win, in whatever order they won. Where the customer
feels beaten, the books suffer, and the customer seldom comes back. But a salesperson who feels bad
about it brings in no less money: the year is too short for what the document expects of that.

python examples/year.py > examples/year.csv
"""

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta

ACCOUNTS = 750
DAYS = 365
SELLERS = (
    *("Amara", "Bridget", "Chiara", "Dmitri", "Esi", "Fatima"),
    *("Goran", "Henrik", "Ines", "Jonas", "Linh", "Mateo"),
)
KINDS = {("won", "won"): 0.74, ("won", "lost"): 0.13, ("lost", "won"): 0.08, ("lost", "lost"): 0.05}
"""How often salesperson and customer come away so."""
BOOKED = {("won", "won"): 0.965, ("won", "lost"): 0.6, ("lost", "won"): 0.99, ("lost", "lost"): 0.7}
"""How often the books show a win then."""
BACK = {"won": 0.8, "lost": 0.35}
"""How often the customer comes back within 80 days, by how it went for them."""
COLUMNS = (
    *("id", "date", "employee", "account", "salesperson", "customer", "organization"),
    *("salesperson_feels_good", "customer_believes_salesperson", "order"),
)


def visits(choose: random.Random, account: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the visits of one customer with their days, until the year is over."""
    day = choose.randrange(DAYS)
    while day < DAYS:
        row = visit(choose) | {"account": account}
        yield day, row
        is_back = choose.random() < BACK[row["customer"]]
        day += choose.randint(5, 80) if is_back else choose.randint(120, 500)


def visit(choose: random.Random) -> dict[str, str]:
    """Make one interaction: who won, how they feel, and what the books show."""
    kind = choose.choices(list(KINDS), list(KINDS.values()))[0]
    salesperson, customer = kind
    feels_good = choose.random() < (0.95 if salesperson == "won" else 0.6)
    booked = choose.random() < (BOOKED[kind] if feels_good else 0.985)
    first = "salesperson" if choose.random() < 0.62 else "customer"
    second = "customer" if first == "salesperson" else "salesperson"
    return {
        "employee": choose.choice(SELLERS),
        "salesperson": salesperson,
        "customer": customer,
        "organization": ("won" if booked else "lost") if choose.random() < 0.99 else "",
        "salesperson_feels_good": "yes" if feels_good else "no",
        "customer_believes_salesperson": salesperson,
        "order": f"{first}, {second}" if kind == ("won", "won") else "",
    }


def main() -> None:
    choose = random.Random(20260101)
    found = [each for number in range(ACCOUNTS) for each in visits(choose, f"C{number:03}")]
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number, (day, row) in enumerate(sorted(found, key=lambda item: item[0]), start=1):
        when = date(2026, 1, 1) + timedelta(days=day)
        writer.writerow(row | {"id": f"Y-{number:04}", "date": when.isoformat()})


if __name__ == "__main__":
    main()

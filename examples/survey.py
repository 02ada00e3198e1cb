"""Make survey.csv: answers of customers and staff to a survey, from a fixed seed.

python examples/survey.py > examples/survey.csv
"""

import csv
import random
import sys
from datetime import datetime, timedelta

ROWS = 320
REGIONS = ("North", "South", "East")
CHANNELS = ("phone", "shop", "web")
SELLERS = {"Amara": 0.9, "Bridget": 0.6, "Henrik": 0.5, "Linh": 0.85, "Mateo": 0.75}
"""How often a customer of each comes away happy."""
SATISFIED = ("Very satisfied", "Satisfied")
DISSATISFIED = ("Dissatisfied", "Very dissatisfied")
COLUMNS = (
    "Response",
    "Closed",
    "Agent",
    "Channel",
    "Region",
    "Staff: how did it go for you (1-10)",
    "Staff: proud of how you did it",
    "Staff: I gave way at my own cost",
    "Customer: how satisfied are you",
    "Customer: who got more out of it",
    "Books",
    "Deal at",
    "Delivered at",
)


def answer(choose: random.Random, number: int) -> tuple[object, ...]:
    """Make one row: two people's answers to one deal, some left blank."""
    seller = choose.choice(list(SELLERS))
    happy = choose.random() < SELLERS[seller]
    well = choose.random() < 0.8
    score = choose.randint(7, 10) if well else choose.randint(1, 6)
    customer = choose.choice(SATISFIED if happy else DISSATISFIED)
    deal = datetime(2026, 11, 2, 8) + timedelta(minutes=choose.randrange(28 * 24 * 60))
    delivered = deal + timedelta(hours=choose.choice((1, 2, 5, 24, 72, -2)))
    staff = score if choose.random() < 0.95 else ""
    said = choose.choices((customer, "Undecided", ""), (90, 6, 4))[0]
    timed = happy and well and staff and said == customer and choose.random() < 0.5
    return (
        f"S-{number:04}",
        deal.date().isoformat(),
        seller,
        choose.choice(CHANNELS),
        choose.choice(REGIONS),
        staff,
        choose.choices(("Agree", "Disagree", "", "Undecided"), (60, 10, 25, 5))[0],
        choose.choices(("Agree", "Disagree", ""), (6, 54, 40))[0],
        said,
        choose.choices(("The seller", "Both of us", "I did", ""), (20, 40, 10, 30))[0],
        choose.choices(("won", "lost", ""), (70 if happy else 40, 30, 20))[0],
        deal.isoformat(timespec="minutes") if timed else "",
        delivered.isoformat(timespec="minutes") if timed else "",
    )


def main() -> None:
    choose = random.Random(20261102)
    table = csv.writer(sys.stdout, lineterminator="\n")
    table.writerow(COLUMNS)
    table.writerows(answer(choose, number) for number in range(1, ROWS + 1))


if __name__ == "__main__":
    main()

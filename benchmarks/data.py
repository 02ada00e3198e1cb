"""Seeded data for the benchmarks: interactions as a sales and service team would record them."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

SEED = 2026
EMPLOYEES = ("Amara", "Bridget", "Henrik", "Linh", "Mateo")
CHANNELS = ("phone", "store", "email", "visit", "chat")
NOTES = (
    "Wanted the larger boiler and took it with the service plan.",
    "Asked twice about the price, then said they would think it over.",
    "Came back about the thermostat; swapped it on the spot.",
    "Left without the quote.",
)


def record(number: int, chance: random.Random) -> str:
    """Return one interaction as an item of a YAML list, most of them short, some with all there is."""
    salesperson = chance.choice(("won", "won", "won", "lost", "unknown"))
    customer = chance.choice(("won", "won", "lost", "unknown"))
    day = f"2026-11-{chance.randint(1, 28):02}"
    lines = [
        f"- id: W{number:07}",
        f"  date: {day}",
        f"  employee: {chance.choice(EMPLOYEES)}",
        f"  channel: {chance.choice(CHANNELS)}",
    ]
    if chance.random() < 0.25:
        feels = chance.choice(("yes", "no"))
        lines.append(f"  salesperson: {{outcome: {salesperson}, feels_good: {feels}}}")
        lines.append(f"  customer: {{outcome: {customer}, believes_salesperson: won}}")
    else:
        lines += [f"  salesperson: {salesperson}", f"  customer: {customer}"]
    if chance.random() < 0.8:
        lines.append(f"  organization: {chance.choice(('won', 'won', 'lost'))}")
    if salesperson == customer == "won" and chance.random() < 0.2:
        lines.append("  order: [salesperson, customer]")
    if chance.random() < 0.5:
        lines.append(f'  notes: "{chance.choice(NOTES)}"')
    return "\n".join(lines) + "\n"


def records(count: int) -> Iterator[str]:
    chance = random.Random(SEED)
    return (record(number, chance) for number in range(1, count + 1))


def write_yaml(path: Path, count: int) -> Path:
    """Write a file of this many interactions, the same ones every time."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(records(count))
    return path


def write_jsonl(path: Path, count: int) -> Path:
    """Write the same interactions as lines of JSON."""
    from yaml import CSafeLoader, load

    with path.open("w", encoding="utf-8") as stream:
        for each in records(count):
            [read] = load(each, CSafeLoader)
            read["date"] = str(read["date"])
            stream.write(json.dumps(read) + "\n")
    return path

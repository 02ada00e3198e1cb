"""Worlds in which it is known what is true: how often an interval covers it, and how often a word is wrong.

python benchmarks/evidence.py [RUNS]

Each world is made RUNS times from a fixed seed, 600 interactions with 12 salespeople each. The claims of
the built-in rules are tested together, as the command tests them.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.stats.evidence.claims import Claim, Counts, claims_of
from winwinwin.stats.evidence.findings import Finding, Word, findings

RUNS = 400
SIZE = 600
SELLERS = 12
JUDGE = Judge()
CLAIMS: list[Claim] = claims_of(JUDGE)
WATCHED = "mutual-win"
LEVEL = 0.7


class World(NamedTuple):
    """What is true, and what of it is recorded."""

    name: str
    difference: float
    """Of the watched claim."""
    unbooked: float = 0.0
    """The share of lost interactions that the books say nothing of: they are not missing by chance."""
    spread: float = 0.0
    """How far the salespeople differ, in what they win and, apart from that, in what is booked."""
    is_clustered: bool = False
    size: int = SIZE
    wrong: frozenset[Word] = frozenset()
    """The words that are wrong of the watched claim."""


TOLD = frozenset({Word.HOLDS, Word.CONTRADICTED})
WORLDS = (
    World("absent", 0.0, wrong=TOLD),
    World("absent, a tenth unbooked", 0.0, unbooked=0.1, wrong=TOLD),
    World("absent, salespeople differ", 0.0, spread=0.28, wrong=TOLD),
    World("the same with --cluster", 0.0, spread=0.28, is_clustered=True, wrong=TOLD),
    World("true, 15 points", 0.15, wrong=frozenset({Word.CONTRADICTED, Word.IDLE})),
    World("false, 15 points", -0.15, wrong=frozenset({Word.HOLDS, Word.IDLE})),
    World("true, 5 points: the margin", 0.05, size=8_000, wrong=frozenset({Word.IDLE})),
    World("absent, 8,000 interactions", 0.0, size=8_000, wrong=TOLD),
    World(
        "true, 15 points, a tenth unbooked",
        0.15,
        unbooked=0.1,
        wrong=frozenset({Word.CONTRADICTED, Word.IDLE}),
    ),
)


def interactions(choose: random.Random, world: World) -> dict[str | None, Counter[Facts]]:
    """Make the interactions of one run, by salesperson."""
    found: dict[str | None, Counter[Facts]] = {}
    for number in range(SELLERS):
        winning, booking = (world.spread * choose.choice((-1, 1)) for _ in range(2))
        kinds: Counter[Facts] = Counter()
        for _ in range(world.size // SELLERS):
            is_both = choose.random() < 0.5 + winning
            outcomes = (
                ("won", "won") if is_both else choose.choice((("won", "lost"), ("lost", "won")))
            )
            is_won = choose.random() < LEVEL + booking + world.difference * (
                0.5 if is_both else -0.5
            )
            is_hidden = not is_won and choose.random() < world.unbooked
            booked = None if is_hidden else "won" if is_won else "lost"
            kinds[Facts(*outcomes, booked)] += 1  # type: ignore[arg-type]  # outcomes
        found[f"S{number}"] = kinds
    return found


def tested(choose: random.Random, world: World) -> list[Finding]:
    by_seller = interactions(choose, world)
    if not world.is_clustered:
        by_seller = {None: sum(by_seller.values(), Counter())}
    return findings(CLAIMS, Counts(JUDGE, by_seller), is_clustered=world.is_clustered)


def rows(runs: int) -> Iterator[tuple[str, ...]]:
    for world in WORLDS:
        choose = random.Random(world.name)
        words: Counter[Word] = Counter()
        covered = wrong = 0
        for _ in range(runs):
            found = tested(choose, world)
            watched = next(each for each in found if each.claim.id == WATCHED)
            words[watched.word] += 1
            interval = watched.tested.interval
            covered += interval is not None and interval.low <= world.difference <= interval.high
            is_absent = not world.difference
            judged = found if is_absent else [watched]
            wrong += any(each.word in world.wrong for each in judged)
        numbers = (covered, *(words[word] for word in Word), wrong)
        yield (world.name, *(f"{100 * number / runs:.1f}%" for number in numbers))


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    print("| world | interval covers | " + " | ".join(Word) + " | wrong word |")
    print("|---|" + "---|" * 6)
    for row in rows(runs):
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()

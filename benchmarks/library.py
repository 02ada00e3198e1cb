"""Measure what Python programs, the report, comparisons and large rulebooks wait for.

Run `python benchmarks/library.py`; it needs the extra `bench`. Times are processor seconds, measured
in turns, the best of several rounds.
"""

import argparse
import random
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import process_time

from data import write_yaml
from run import Result, in_turns, program, shown

from winwinwin import Interaction, Judge
from winwinwin.facts import JUDGED_FACTS, every_kind
from winwinwin.kernel.rulebook import builtin

ROUNDS = 5
RECORDS = 50_000
OUTCOMES = ("won", "lost", "unknown")
RULES = (60, 300)
DOMAINS = {
    "salesperson": ("won", "lost"),
    "customer": ("won", "lost"),
    "salesperson_feels_good": ("true", "false"),
    "salesperson_believes_lost_for_customer": ("true", "false"),
    "customer_believes_salesperson": ("won", "lost"),
    "order": ("kept", "customer_first", "organization_early"),
}


def each(times: dict[str, tuple[Callable[[], Iterable[object]], int]]) -> dict[str, float]:
    """Run through iterables in turns; return the microseconds of an item of each, at their best."""
    best = dict.fromkeys(times, float("inf"))
    for _ in range(ROUNDS):
        for name, (made, number) in times.items():
            start = process_time()
            deque(made(), maxlen=0)
            best[name] = min(best[name], (process_time() - start) / number * 1e6)
    return best


def dicts(count: int) -> list[dict[str, object]]:
    """Return flat dicts of one shape."""
    chance = random.Random(2026)
    outcomes = ("salesperson", "customer", "organization", "customer_believes_salesperson")
    return [
        {name: chance.choice(OUTCOMES) for name in outcomes}
        | {"salesperson_feels_good": chance.choice((True, False, None))}
        for _ in range(count)
    ]


def in_python() -> list[Result]:
    """Measure `Judge.many` and `Judge.kind`, the latter against an engine for rules in JSON."""
    records, judge = dicts(RECORDS), Judge()
    with_id = [{"id": f"A-{number}", **record} for number, record in enumerate(records)]
    kinds = list(every_kind())
    few = records[: RECORDS // 10]
    times: dict[str, tuple[Callable[[], Iterable[object]], int]] = {
        "many": (lambda: judge.many(records), len(records)),
        "many with an id": (lambda: judge.many(with_id), len(records)),
        "one by one": (lambda: (judge(Interaction.from_flat(each)) for each in few), len(few)),
        "datalogic-py": datalogic(),
        "kind": (lambda: map(judge.kind, kinds * 10), len(kinds) * 10),
    }
    found = each(times)
    print(", ".join(f"{name} {took:.2f} us" for name, took in found.items()))
    ratio = found["kind"] / found["datalogic-py"]
    return [
        Result("Judge.many, a flat dict", found["many"], "us", 0.5),
        Result("Judge.many, a flat dict with an id", found["many with an id"], "us", 1),
        Result("Judge.kind : datalogic-py's rule for the verdict", ratio, "times", 0.33),
    ]


def datalogic() -> tuple[Callable[[], Iterable[object]], int]:
    """Give the rulebook to datalogic-py, which says only which rule fires first on what is recorded."""
    from datalogic_py import Engine

    logic: object = "not_covered"
    for rule in reversed(builtin().rules):
        holds = {
            "or": [
                {"and": [{"==": [{"var": fact}, value]} for fact, value in conjunction.items()]}
                for conjunction in rule.when
            ]
        }
        logic = {"if": [holds, rule.id, logic]}
    compiled = Engine().compile(logic)
    facts = [{fact: getattr(kind, fact) for fact in JUDGED_FACTS} for kind in every_kind()]
    return lambda: map(compiled.evaluate, facts * 10), len(facts) * 10


def report(folder: Path, count: int) -> list[Result]:
    """Measure what the report takes beyond the batch without it."""
    year, page = str(write_yaml(folder / "year.yaml", count)), folder / "year.html"
    batch = program("batch", year, "--quiet")
    best = in_turns({"batch": batch, "report": [*batch, "-o", str(page)]}, 2)
    print(", ".join(f"{name} {took:.1f} s" for name, took in best.items()))
    named = f"report on {count:,} interactions"
    return [
        Result(f"{named}, beyond the batch", best["report"] - best["batch"], "s", 4),
        Result(f"{named}, size", page.stat().st_size / 1e6, "MB", 2),
    ]


def comparison(folder: Path, count: int) -> list[Result]:
    """Measure a comparison against the batches of its two runs."""
    runs = [str(write_yaml(folder / f"{name}.yaml", count)) for name in ("before", "after")]
    commands = {
        "compare": program("compare", *runs),
        "batches": program("batch", *runs, "--quiet"),
    }
    best = in_turns(commands, ROUNDS)
    ratio = best["compare"] / best["batches"]
    return [Result(f"compare 2 x {count:,} : a batch of both", ratio, "times", 1.1)]


def rulebook(number: int, alternatives: int = 4, conditions: int = 4) -> str:
    """Write a rulebook of so many large rules, the same one every time."""
    chance = random.Random(number)
    lines = ["title: Large", "source: made up", "parties: [salesperson, customer, organization]"]
    lines += ["assumptions: []", "rules:"]
    for place in range(number):
        lines += [f"  - id: rule-{place}", f"    title: Rule {place}", "    when:"]
        for _ in range(chance.randint(1, alternatives)):
            facts = chance.sample(list(DOMAINS), chance.randint(2, conditions))
            wanted = ", ".join(f"{fact}: {chance.choice(DOMAINS[fact])}" for fact in facts)
            lines.append(f"      - {{{wanted}}}")
        lines += [
            f"    organization: {chance.choice(('won', 'lost'))}",
            "    says: s",
            "    why: w",
        ]
    return "\n".join(lines) + "\n"


def checks(folder: Path) -> list[Result]:
    """Measure `rules check` of large rulebooks against that of the built-in one."""
    commands = {"built-in": program("rules", "check")}
    for number in RULES:
        path = folder / f"{number}.yaml"
        path.write_text(rulebook(number), "utf-8")
        # it exits 1, as most of the rules never decide
        check = [*program("rules", "check", str(path)), "--format", "text"]
        commands[str(number)] = ["sh", "-c", '"$@" || true', "sh", *check]
    best = in_turns(commands, ROUNDS)
    print(", ".join(f"rules check {name}: {took:.2f} s" for name, took in best.items()))
    aims = dict(zip(RULES, (2.5, 8), strict=True))
    return [
        Result(
            f"rules check, {n} rules : built-in", best[str(n)] / best["built-in"], "times", aims[n]
        )
        for n in RULES
    ]


def measured(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure what the options of this part name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--report-records", type=int, default=1_000_000)
    parser.add_argument("--compared", type=int, default=100_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            *in_python(),
            *checks(folder),
            *comparison(folder, options.compared),
            *report(folder, options.report_records),
        ]


if __name__ == "__main__":
    sys.exit(shown(measured()))

"""Measure a CSV of 1,000 rows, of a million and of ten, and many groups: `python benchmarks/sizes.py`.

Processor seconds of the process and what it starts, measured in turns, the best of the rounds; memory is
the peak of the process. What a run takes whatever it reads, mostly imports, is the same command with ten
rows: "work alone" leaves it out.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from data import write_yaml
from run import Result, cpu_seconds, in_turns, peak, program, shown, told
from tables import ALL_CASES, make, sql

ROUNDS = 5
FEW, USUAL, TOO_FEW = 1_000, 1_000_000, 10
GROUPS = (10, 10_000, 100_000)
EMPLOYEE = "employee: "


def small(folder: Path) -> list[Result]:
    """Measure a run in which reading and judging are next to nothing."""
    source = make(folder / "few.csv", FEW, "FORMAT csv")
    command = program("batch", str(source), "-o", str(folder / "few-out.csv"), "--quiet")
    best = min(cpu_seconds(command) for _ in range(2 * ROUNDS))
    return [Result(f"{FEW:,} rows of CSV, as a whole process", best, "s", 0.35)]


def by_hand(folder: Path) -> list[Result]:
    """Measure all verdict columns beside SQL that writes all of them."""
    best = {}
    for rows in (TOO_FEW, USUAL):
        source, out = make(folder / f"{rows}.csv", rows, "FORMAT csv"), folder / "out.csv"
        commands = {
            "program": program("batch", str(source), "-o", str(out), "--quiet"),
            "by hand": sql(source, f"COPY ({ALL_CASES}) TO '{out}'"),
        }
        best[rows] = in_turns(commands, ROUNDS, [str(out)])
        told(f"{rows:,} rows of CSV", best[rows])
    whole, start = best[USUAL], best[TOO_FEW]
    alone = {name: whole[name] - start[name] for name in whole}
    what = f"{USUAL:,} rows of CSV with all verdict columns : SQL by hand that writes all"
    return [
        Result(f"{what}, work alone", alone["program"] / alone["by hand"], "times", 1),
        Result(f"{what}, whole", whole["program"] / whole["by hand"], "times", 1.15),
    ]


def regrouped(source: Path, groups: int) -> Path:
    """Write records again, by as many employees as are asked for."""
    target = source.with_name(f"{groups}.yaml")
    number = 0
    with source.open() as lines, target.open("w") as out:
        for line in lines:
            before, found, _ = line.partition(EMPLOYEE)
            number += bool(found)
            out.write(f"{before}{found}E{number % groups}\n" if found else line)
    return target


def groups(folder: Path, rows: int) -> list[Result]:
    """Measure `--by` with many groups beside the same with ten, for rows of CSV and for records."""
    table = make(folder / "grouped.csv", USUAL, "FORMAT csv")
    for number in GROUPS[:2]:
        query = f"COPY (SELECT * REPLACE ('E' || hash(id) % {number} AS employee) FROM rows)"
        cpu_seconds(sql(table, f"{query} TO '{folder / f'{number}.csv'}'"))
    best = in_turns(
        {str(number): by_employee(folder / f"{number}.csv") for number in GROUPS[:2]}, ROUNDS
    )
    told(f"{USUAL:,} rows of CSV, groups", best)
    few, many = (best[str(number)] for number in GROUPS[:2])
    results = [Result(f"--by with {GROUPS[1]:,} groups : with ten", many / few, "times", 1.5)]
    plain = write_yaml(folder / "plain.yaml", rows)
    out = ("-o", str(folder / "groups-out.csv"))
    commands = {number: by_employee(regrouped(plain, number), *out) for number in GROUPS}
    best = in_turns({f"{number}": command for number, command in commands.items()}, 2)
    told(f"{rows:,} records, groups", best)
    for number in GROUPS[1:]:
        what = f"{rows:,} records, --by with {number:,} groups"
        results += [
            Result(f"{what} : with ten", best[str(number)] / best[str(GROUPS[0])], "times", 1.5),
            Result(f"{what}, peak memory", peak(commands[number]), "MB", 100),
        ]
    return results


def by_employee(source: Path, *options: str) -> list[str]:
    return program("batch", str(source), "--by", "employee", *options)


def memory(folder: Path, rows: int) -> list[Result]:
    """Measure the most memory that an annotated copy holds where no limit is set."""
    source = make(folder / "many.csv", rows, "FORMAT csv")
    most = peak(program("batch", str(source), "-o", str(folder / "many-out.csv"), "--quiet"))
    return [Result(f"peak memory of annotating {rows:,} rows of CSV", most, "MB", 600)]


def measured(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure everything; the options say how large the largest files are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grouped-records", type=int, default=300_000)
    parser.add_argument("--memory-rows", type=int, default=10_000_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            *small(folder),
            *by_hand(folder),
            *groups(folder, options.grouped_records),
            *memory(folder, options.memory_rows),
        ]


if __name__ == "__main__":
    sys.exit(shown(measured()))

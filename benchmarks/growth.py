"""Measure how time and memory grow: `python benchmarks/growth.py`.

Each format at 1,000 rows, ten times as many, and so on; then what a start and each further row take,
as the line through these points that is least wrong in proportion. Times are processor seconds of the
process and what it starts, the best of the rounds; memory is the peak of the process.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from data import write_jsonl, write_yaml
from run import in_turns, program, python
from tables import make

LEAST = 1_000
ROUNDS = 3
PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
FORMATS: dict[str, Callable[[Path, int], Path]] = {
    "YAML": lambda folder, rows: write_yaml(folder / f"{rows}.yaml", rows),
    "JSONL": lambda folder, rows: write_jsonl(folder / f"{rows}.jsonl", rows),
    "CSV": lambda folder, rows: make(folder / f"{rows}.csv", rows, "HEADER"),
    "Parquet": lambda folder, rows: make(folder / f"{rows}.parquet", rows, "FORMAT parquet"),
}
"""Writes a file of so many rows."""


class Point(NamedTuple):
    """What a batch of so many rows took."""

    rows: int
    seconds: float
    megabytes: float


def points(name: str, folder: Path, most: int) -> list[Point]:
    """Measure a format at each size."""
    found, rows = [], LEAST
    while rows <= most:
        source = FORMATS[name](folder, rows)
        command = program("batch", str(source), "--quiet")
        seconds = in_turns({"batch": command}, ROUNDS)["batch"]
        found.append(Point(rows, seconds, peak(command)))
        source.unlink()
        rows *= 10
    return found


def peak(command: Sequence[str]) -> float:
    import subprocess

    done = subprocess.run(python(PEAK, *command), capture_output=True, text=True, check=True)
    return int(done.stdout) / 1024


def line(found: Sequence[Point]) -> tuple[float, float]:
    """Return the seconds of a start, and those of each row: least squares of the errors in proportion."""
    weights = [1 / point.seconds**2 for point in found]
    total = sum(weights)
    rows = sum(w * p.rows for w, p in zip(weights, found, strict=True)) / total
    seconds = sum(w * p.seconds for w, p in zip(weights, found, strict=True)) / total
    weighted = [*zip(weights, found, strict=True)]
    apart = sum(w * (p.rows - rows) ** 2 for w, p in weighted)
    slope = sum(w * (p.rows - rows) * (p.seconds - seconds) for w, p in weighted) / apart
    return seconds - slope * rows, slope


def table(measured: dict[str, list[Point]]) -> str:
    """Write what was measured as a table of Markdown, with the line through it."""
    lines = ["| format | rows | seconds | MB |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {p.rows:,} | {p.seconds:.2f} | {p.megabytes:.0f} |"
        for name, found in measured.items()
        for p in found
    ]
    lines += ["", "| format | a start | each row |", "|---|---|---|"]
    for name, found in measured.items():
        begin, slope = line(found)
        lines.append(f"| {name} | {1000 * begin:.0f} ms | {1_000_000 * slope:.2f} µs |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=10_000_000, help="rows of the largest files")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measured = {each: points(each, Path(name), options.most) for each in FORMATS}
    print(table(measured))
    return 0


if __name__ == "__main__":
    sys.exit(main())

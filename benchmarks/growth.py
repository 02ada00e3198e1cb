"""Measure how time and memory grow: `python benchmarks/growth.py`.

With the rows of each format, ten times as many each time, and for a CSV with the kinds that occur in it,
the groups it is counted by and the columns it carries through. Then what a start and each further row
take, as the line through these points that is least wrong in proportion. Times are processor seconds of
the process and what it starts, the best of the rounds; memory is the peak of the process.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from data import write_jsonl, write_yaml
from run import in_turns, peak, program
from tables import make

from winwinwin.facts import every_kind

ROUNDS = 3
LONG = 1_000_000
"""Rows from which on one round does."""
SOME = 200_000
"""The rows of a table of which something else grows."""
SECONDS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20]
"""What is written at the side of a picture."""


class Series(NamedTuple):
    """Something that grows."""

    name: str
    grows: str
    """What there is ever more of."""
    sizes: Sequence[int]
    write: Callable[[Path, int], Path]
    """Writes a file with so many."""
    options: Callable[[Path], tuple[str, ...]] = lambda _: ("--quiet",)
    """Those of the batch, given a folder for what it writes."""


class Point(NamedTuple):
    """What a batch with so many took."""

    size: int
    seconds: float
    megabytes: float


Measured: TypeAlias = list[tuple[Series, list[Point]]]


def tens(first: int, last: int) -> list[int]:
    return [10**power for power in range(first, last + 1)]


def table_of(path: Path, facts: Iterable[Sequence[object]], more: int = 0, groups: int = 1) -> Path:
    """Write a table of some kinds in turn, with groups and columns that nobody reads."""
    kinds = list(facts)
    names = [name for name in kinds[0]._fields if name != "order"]  # type: ignore[attr-defined]  # named
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "employee", *names, *(f"more_{each}" for each in range(more))])
        for number, kind in enumerate(islice(cycle(kinds), SOME)):
            rows.writerow([number, f"E{number % groups}", *kind[: len(names)], *["words"] * more])
    return path


KINDS = [kind for kind in every_kind() if kind.order is None]
SERIES = (
    Series("YAML", "rows", tens(3, 6), lambda at, rows: write_yaml(at / f"{rows}.yaml", rows)),
    Series("JSONL", "rows", tens(3, 6), lambda at, rows: write_jsonl(at / f"{rows}.jsonl", rows)),
    Series("CSV", "rows", tens(3, 7), lambda at, rows: make(at / f"{rows}.csv", rows, "HEADER")),
    Series(
        "Parquet",
        "rows",
        tens(3, 7),
        lambda at, rows: make(at / f"{rows}.parquet", rows, "FORMAT parquet"),
    ),
    Series(
        "CSV, the summary",
        "kinds",
        [1, 9, 81, len(KINDS)],
        lambda at, number: table_of(at / "kinds.csv", KINDS[:number]),
    ),
    Series(
        "CSV, --by employee",
        "groups",
        tens(1, 5),
        lambda at, number: table_of(at / "groups.csv", KINDS, groups=number),
        lambda _: ("--by", "employee"),
    ),
    Series(
        "CSV to CSV",
        "columns",
        [1, 10, 50],
        lambda at, number: table_of(at / "columns.csv", KINDS, more=number),
        lambda at: ("--quiet", "-o", str(at / "out.csv")),
    ),
)


def points(series: Series, folder: Path, most: int) -> list[Point]:
    """Measure at each size."""
    found = []
    for size in series.sizes:
        if series.grows == "rows" and size > most:
            break
        source, out = series.write(folder, size), folder / "out"
        out.mkdir(exist_ok=True)
        command = program("batch", str(source), *series.options(out))
        rounds = 1 if series.grows == "rows" and size >= LONG else ROUNDS
        seconds = in_turns({"batch": command}, rounds)["batch"]
        found.append(Point(size, seconds, peak(command)))
        source.unlink()
    return found


def line(found: Sequence[Point]) -> tuple[float, float]:
    """Return the seconds of a start, and those of each row: least squares of the errors in proportion."""
    weighted = [(1 / point.seconds**2, point) for point in found]
    total = sum(w for w, _ in weighted)
    rows = sum(w * p.size for w, p in weighted) / total
    seconds = sum(w * p.seconds for w, p in weighted) / total
    apart = sum(w * (p.size - rows) ** 2 for w, p in weighted)
    slope = sum(w * (p.size - rows) * (p.seconds - seconds) for w, p in weighted) / apart
    return seconds - slope * rows, slope


def table(measured: Measured) -> str:
    """Write what was measured as tables of Markdown, with the lines through the rows."""
    lines = ["| what | so many | seconds | MB |", "|---|---|---|---|"]
    lines += [
        f"| {series.name} | {p.size:,} {series.grows} | {p.seconds:.2f} | {p.megabytes:.0f} |"
        for series, found in measured
        for p in found
    ]
    lines += ["", "| format | a start | each row |", "|---|---|---|"]
    for series, found in measured:
        if series.grows == "rows":
            begin, slope = line(found)
            lines.append(f"| {series.name} | {1000 * begin:.0f} ms | {1_000_000 * slope:.2f} µs |")
    return "\n".join(lines)


def draw(measured: Measured, path: Path) -> None:
    """Draw seconds against sizes, both in powers of ten, a panel for each thing that grows."""
    import altair as alt

    values = [
        {"what": series.name, "grows": series.grows, "size": p.size, "seconds": p.seconds}
        for series, found in measured
        for p in found
    ]
    panels = [
        alt.Chart(alt.Data(values=[each for each in values if each["grows"] == grows]))
        .mark_line(point=True)
        .encode(
            alt.X(
                "size:Q",
                scale=alt.Scale(type="log", nice=False),
                title=grows,
                axis=alt.Axis(
                    values=sorted({each["size"] for each in values if each["grows"] == grows}),
                    format="~s",
                ),
            ),
            alt.Y(
                "seconds:Q",
                scale=alt.Scale(type="log", domain=[SECONDS[0], SECONDS[-1]]),
                title="processor seconds",
                axis=alt.Axis(values=SECONDS),
            ),
            alt.Color("what:N", title=None, sort=[series.name for series, _ in measured]),
        )
        .properties(width=220, height=180)
        for grows in dict.fromkeys(series.grows for series, _ in measured)
    ]
    alt.concat(*panels, columns=2).save(path)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--most", type=int, default=10_000_000, help="rows of the largest files, from 10,000 on"
    )
    parser.add_argument("--draw", type=Path, help="where to draw it: FILE.svg")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measured = [(each, points(each, Path(name), options.most)) for each in SERIES]
    print(table(measured))
    if options.draw:
        draw(measured, options.draw)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Measure everything beside its peers, in one run: `python benchmarks/all.py` (an hour; --quick: minutes)."""

import argparse
import platform
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from os import cpu_count

import library
import records
import run
import sizes
import tables
from run import Result, shown

QUICK: dict[str, Sequence[str]] = {
    "run": ("--memory-records", "100000"),
    "records": ("--records", "20000", "--many", "100000", "--rounds", "2"),
    "tables": (
        "--rows",
        "1000000",
        "--csv-rows",
        "500000",
        "--spark-rows",
        "0",
        "--memory-rows",
        "0",
    ),
    "sizes": ("--grouped-records", "100000", "--memory-rows", "1000000"),
    "library": ("--report-records", "100000", "--compared", "20000"),
}
"""The options of each part that make it quick: enough to see what changed a lot."""
PARTS = {"run": run, "records": records, "tables": tables, "sizes": sizes, "library": library}
VERSIONS = ("duckdb", "ibis-framework", "pydantic", "PyYAML", "typer")


def machine() -> str:
    """Say what it was measured on, and with which versions."""
    python = f"Python {platform.python_version()}"
    libraries = ", ".join(f"{name} {version(name)}" for name in VERSIONS)
    return f"{cpu_count()} cores, {platform.system()} {platform.machine()}, {python}; {libraries}"


def table(results: Sequence[Result]) -> Iterator[str]:
    """Yield the lines of a table of Markdown; what misses its aim is in bold."""
    yield "| what : against | aim | measured |"
    yield "|---|---|---|"
    for each in results:
        value = f"{each.value:.2f} {each.unit}"
        yield f"| {each.what} | at most {each.aim:g} | {value if each.met else f'**{value}**'} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--markdown", action="store_true", help="as a table for the docs")
    parser.add_argument("--only", choices=PARTS, action="append")
    options = parser.parse_args()
    results: list[Result] = []
    for name in options.only or PARTS:
        results += PARTS[name].measured(QUICK[name] if options.quick else ())
    print(machine())
    if options.markdown:
        print("\n".join(table(results)))
        return 0
    return shown(results)


if __name__ == "__main__":
    sys.exit(main())

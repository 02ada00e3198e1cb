"""Measure files of records against peers that do less: `python benchmarks/records.py`.

The peers are ryaml and pydantic, the fastest that a person would reach for, in a script as one writes
it: the same keys checked, the rules as if and else, no places, no duplicate keys, no 1,026 kinds. Each
figure is a ratio of processor seconds, the best of rounds in turns; with --against another checkout of
the program is a peer too.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from data import write_jsonl, write_yaml
from run import ROUNDS, Result, in_turns, program, python, shown

EXPERT = str(Path(__file__).with_name("expert.py"))
BARE_EVENTS = """
import sys
from yaml._yaml import CParser
with open(sys.argv[1], encoding="utf-8") as stream:
    event = CParser(stream).get_event
    while event() is not None:
        pass
"""
SAFE_LOAD = """
import sys, yaml
with open(sys.argv[1], encoding="utf-8") as stream:
    yaml.load(stream, Loader=yaml.CSafeLoader)
"""
LOAD = """
import sys, ryaml
with open(sys.argv[1], encoding="utf-8") as stream:
    ryaml.load(stream)
"""


def few(folder: Path, count: int) -> list[Result]:
    """Measure YAML to JSONL and a summary."""
    week = str(write_yaml(folder / "week.yaml", count))
    written, experts = str(folder / "week.jsonl"), str(folder / "expert.jsonl")
    best = in_turns(
        {
            "batch": program("batch", week, "-o", written),
            "events": python(BARE_EVENTS, week),
            "PyYAML": python(SAFE_LOAD, week),
            "expert": [sys.executable, EXPERT, "yaml", week, experts],
        },
        ROUNDS,
        [written, experts],
    )
    what = f"{count:,} YAML records to JSONL and a summary"
    return [
        ratio(f"{what} : bare pass over the events", best, "events", 1.1),
        ratio(f"{what} : a load by PyYAML", best, "PyYAML", 0.1),
        ratio(f"{what} : an expert's script", best, "expert", 0.55),
    ]


def many(folder: Path, count: int, rounds: int) -> list[Result]:
    """Measure as many that a load of them takes gigabytes, and the same as JSONL."""
    year, lines = (
        str(write_yaml(folder / "year.yaml", count)),
        str(write_jsonl(folder / "year.jsonl", count)),
    )
    written = str(folder / "written.jsonl")
    yaml = in_turns(
        {"batch": program("batch", year, "-o", written), "ryaml": python(LOAD, year)},
        rounds,
        [written],
    )
    jsonl = in_turns(
        {
            "batch": program("batch", lines, "-o", written),
            "pydantic": [sys.executable, EXPERT, "validate", lines],
        },
        rounds,
        [written],
    )
    return [
        ratio(f"{count:,} YAML records : a bare load by ryaml", yaml, "ryaml", 0.5),
        ratio(f"{count:,} JSONL records : pydantic's validate_json", jsonl, "pydantic", 1.5),
    ]


def ratio(what: str, best: dict[str, float], peer: str, aim: float) -> Result:
    return Result(what, best["batch"] / best[peer], "times", aim)


def measured(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure what the options of this part name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--many", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="of the many")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        return [
            *few(Path(name), options.records),
            *many(Path(name), options.many, options.rounds),
        ]


if __name__ == "__main__":
    sys.exit(shown(measured()))

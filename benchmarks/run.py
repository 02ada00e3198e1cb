"""Measure the program against its floors and peers, in one run: `python benchmarks/run.py`.

Every figure is a ratio of two things measured in turns on this machine now, or a peak of memory.
Times are processor seconds of the process and what it starts, the best of the rounds; but for the
report, which is timed as its reader waits for it.
"""

import argparse
import os
import pty
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from data import write_yaml

ROUNDS = 7
START_ROUNDS = 25

PEER_START = """
import typer
from pydantic import BaseModel
from rich.console import Console
class Model(BaseModel):
    name: str = ""
Console().print(Model(name="x").name)
"""
PARSE = """
import sys, yaml
with open(sys.argv[1], encoding="utf-8") as stream:
    for event in yaml.parse(stream, Loader=yaml.CSafeLoader):
        pass
"""
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


class Result(NamedTuple):
    """One line of the report."""

    what: str
    value: float
    unit: str
    aim: float
    most: bool = True
    """Whether the aim is the most that the value may be, or the least."""

    @property
    def met(self) -> bool:
        return self.value <= self.aim if self.most else self.value >= self.aim

    def __str__(self) -> str:
        sign = "at most" if self.most else "at least"
        verdict = "met" if self.met else "MISSED"
        return f"{self.what:<62} {self.value:>8.2f} {self.unit:<6} {sign} {self.aim:g}: {verdict}"


def cpu_seconds(command: Sequence[str], out: int = subprocess.DEVNULL) -> float:
    """Run a command and return the processor time it took; its output is thrown away by default."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=out, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def in_turns(
    commands: dict[str, Sequence[str]], rounds: int, written: Sequence[str] = ()
) -> dict[str, float]:
    """Time commands in turns, so that a busy moment hits all of them; return each one's best.

    The first round also compiles the modules, which nobody pays for a second time. What they have
    written is removed before each: a disk may take as long to replace a large file as the run took.
    """
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            for path in written:
                Path(path).unlink(missing_ok=True)
            best[name] = min(best[name], cpu_seconds(command))
    return best


def python(code: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", code, *arguments]


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "winwinwin", *arguments]


def start() -> list[Result]:
    """Measure whole runs against a process that only imports what a run is made of."""
    score, peer = program("score", "-s", "won", "-c", "lost"), python(PEER_START)
    best = in_turns(
        {
            "score": score,
            "json": [*score, "--format", "json"],
            "imports": peer,
            "version": program("--version"),
            "empty": python(""),
        },
        START_ROUNDS,
    )
    ours, theirs = pty.openpty()  # takes more than a panel before anybody reads it
    shown = {"score": float("inf"), "imports": float("inf")}
    for _ in range(START_ROUNDS):
        for name, command in (("score", score), ("imports", peer)):
            shown[name] = min(shown[name], cpu_seconds(command, theirs))
            os.read(ours, 1 << 16)
    what = "import typer, pydantic, rich"
    return [
        Result(f"score at a terminal : {what}", shown["score"] / shown["imports"], "times", 1),
        Result(f"score into a pipe : {what}", best["score"] / best["imports"], "times", 0.9),
        Result(f"score --format json : {what}", best["json"] / best["imports"], "times", 0.9),
        Result("--version : an empty process", best["version"] / best["empty"], "times", 2.2),
    ]


def throughput(folder: Path, count: int) -> list[Result]:
    """Measure a batch from YAML to JSONL against a bare pass and against a load of the same file.

    The bare pass that the aim is held to is the tightest loop over the parser, and processes are
    whole. Beside it stands what the records cost apart from the start, by taking off what one
    record costs, and both against `yaml.parse`, PyYAML's own way to the events.
    """
    week, day = (str(write_yaml(folder / f"{n}.yaml", n)) for n in (count, 1))
    written = [str(folder / "week.jsonl")]
    batch = program("batch", "-o", *written)
    commands = {
        "batch": batch,
        "bare pass": python(BARE_EVENTS),
        "yaml.parse": python(PARSE),
        "CSafeLoader": python(SAFE_LOAD),
    }
    best = in_turns({name: [*command, week] for name, command in commands.items()}, ROUNDS, written)
    start = in_turns({name: [*command, day] for name, command in commands.items()}, ROUNDS, written)
    seconds = ", ".join(f"{name} {took:.2f} s" for name, took in best.items())
    print(f"{count:,} records: {seconds}")
    for floor in ("bare pass", "yaml.parse"):
        whole = best["batch"] / best[floor]
        apart = (best["batch"] - start["batch"]) / (best[floor] - start[floor])
        print(f"batch : {floor}: {whole:.2f} times, {apart:.2f} with the start of both taken off")
    return [
        Result(
            "YAML to JSONL and summary : bare pass over the events",
            best["batch"] / best["bare pass"],
            "times",
            2,
        ),
        Result(
            "CSafeLoader's load : YAML to JSONL and summary",
            best["CSafeLoader"] / best["batch"],
            "times",
            3,
            most=False,
        ),
    ]


def report(folder: Path, count: int) -> list[Result]:
    """Measure the report on this many interactions, drawn from records and from a table of them."""
    year, table = write_yaml(folder / "year.yaml", count), folder / "year.csv"
    pages = {"records": folder / "records.html", "a table": folder / "table.html"}
    sources = {"records": [str(year), "-o", str(table)], "a table": [str(table)]}
    results = []
    for what, page in pages.items():
        command = program("batch", *sources[what], "--quiet", "-o", str(page))
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        named = f"report on {count:,} interactions of {what}"
        results += [
            Result(f"{named}, size", page.stat().st_size / 1e6, "MB", 2),
            Result(f"{named}, opened and drawn", min(drawn(page) for _ in range(3)), "s", 3),
        ]
    return results


def drawn(page: Path) -> float:
    """Return the seconds that Debian's Chromium takes to open and draw a report; fails on any error."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"]
        )
        seen = browser.new_page()
        wrong: list[str] = []
        seen.on("console", lambda message: wrong.append(message.text))
        seen.on("pageerror", lambda error: wrong.append(str(error)))
        start = monotonic()
        seen.goto(page.as_uri())
        seen.wait_for_selector("html[data-shown]", state="attached")
        took = monotonic() - start
        browser.close()
    if wrong:
        raise SystemExit("\n".join(wrong))
    return took


def memory(folder: Path, count: int) -> list[Result]:
    """Measure the most memory that a batch of this many records holds."""
    year = str(write_yaml(folder / "year.yaml", count))
    code = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    command = python(
        code, *program("batch", year, "-o", str(folder / "year.jsonl"), "--by", "employee")
    )
    peak = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return [Result(f"peak memory of a batch of {count:,} records", int(peak) / 1024, "MB", 60)]


def measured(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure what the options of this part name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--memory-records", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            *start(),
            *throughput(folder, options.records),
            *memory(folder, options.memory_records),
            *report(folder, options.memory_records),
        ]


def shown(results: Sequence[Result]) -> int:
    """Print results, and return the exit code."""
    for result in results:
        print(result)
    return 0 if all(result.met for result in results) else 1


os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # every run would compile what it imports

if __name__ == "__main__":
    sys.exit(shown(measured()))

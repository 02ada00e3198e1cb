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

PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs in a process of its own, as what earlier ones took would count."""


class Result(NamedTuple):
    """One line of the report."""

    what: str
    value: float
    unit: str
    aim: float
    """The most that the value may be."""

    @property
    def met(self) -> bool:
        return self.value <= self.aim

    def __str__(self) -> str:
        verdict = "met" if self.met else "MISSED"
        return f"{self.what:<62} {self.value:>8.2f} {self.unit:<6} at most {self.aim:g}: {verdict}"


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


def peak(command: Sequence[str]) -> float:
    """Run a command and return the most memory it held, in MB."""
    done = subprocess.run(python(PEAK, *command), check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def told(what: str, seconds: dict[str, float]) -> None:
    print(f"{what}: " + ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items()))


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
    command = program("batch", year, "-o", str(folder / "year.jsonl"), "--by", "employee")
    return [Result(f"peak memory of a batch of {count:,} records", peak(command), "MB", 60)]


def measured(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure what the options of this part name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--memory-records", type=int, default=1_000_000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [
            *start(),
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

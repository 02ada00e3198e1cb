"""Runs of the program that are killed at random moments: `python tests/kills.py NUMBER [SEED]`.

Whatever a run writes is as it was or as it would be, and nothing stays that the next run leaves too.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
UNBEGUN = ("Fatal Python error: init_import_site", "Could not import runpy module")
"""What Python says where a signal ends it before the program begins."""
SOON = 0.05
"""Seconds after a run began to write, within which half of all runs are killed."""
ROWS = 1_000
TABLES = ("csv", "tsv", "parquet", "jsonl", "json", "xlsx", "html", "txt")
RECORDS = ("txt", "json", "jsonl", "csv", "md", "html", "svg", "xml", "xlsx")
TABLES_KEPT = ("calls", "verdicts")
ANSWERS = "won\nwon\n\n\n\n\n"


class Case(NamedTuple):
    """A command that writes."""

    words: str
    outputs: tuple[str, ...]
    is_new: bool = False
    """Whether all its outputs must be new."""


def _outputs(*names: str) -> str:
    return "".join(f" -o {name}" for name in names)


MANY = ("v.csv", "v.json", "v.md")
CASES = (
    *(Case(f"batch week.yaml -q -o v.{each}", (f"v.{each}",)) for each in RECORDS),
    *(Case(f"batch calls.csv -q -o v.{each}", (f"v.{each}",)) for each in TABLES),
    Case(f"batch week.yaml -q{_outputs(*MANY)}", MANY),
    Case(f"batch calls.csv -q{_outputs('v.csv', 'v.parquet', 'v.txt')}", ("v.csv", "v.parquet", "v.txt")),
    Case(f"compare week.yaml calls.csv{_outputs('v.json', 'v.html')}", ("v.json", "v.html")),
    Case("new v.yaml", ("v.yaml",), is_new=True),
    Case("map calls.csv v.yaml", ("v.yaml",), is_new=True),
    Case("record --to v.yaml --id new --date 2026-11-01", ("v.yaml",)),
    *(
        Case(f"batch --connect {each}://{each}.db --table calls --into verdicts -q", (f"{each}.db",))
        for each in ("duckdb", "sqlite")
    ),
)  # fmt: skip


class Kills:
    """Kills runs in a folder, and remembers how that ended."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._random = random.Random(seed)
        self._given = folder / "given"
        self._at = folder / "at"
        self._temporary = folder / "tmp"
        self._known: dict[Case, tuple[list[str], list[str], float]] = {}
        self.ends: Counter[str] = Counter()
        self._given.mkdir()
        make_inputs(self._given)

    def kill(self, case: Case) -> None:
        """Kill a run of a case once, and check what it leaves."""
        old, new, takes = self._ends_of(case)
        number = self._random.choice(SIGNALS)
        self._begin(case)
        code, said = self._killed(case, number, takes)
        what = f"{case.words}, {number.name}, exit {code}: {said}"
        assert f"{ROOT}/winwinwin" not in said, what  # before the program began, Python ended
        assert code in (-number, 128 + number, 0) or any(map(said.__contains__, UNBEGUN)), what
        states = self._states(case)
        are = {"new" if state == b else "old" if state == a else "else" for state, a, b in zip(states, old, new, strict=True)}  # fmt: skip
        assert "else" not in are, f"{what}: {states} is neither {old} nor {new}"
        # between two renames of a moment, only a run that is told so can go back
        assert len(are) == 1 or number == signal.SIGKILL, f"{what}: {states}"
        self.ends["+".join(sorted(are))] += 1
        self.ends[number.name] += 1
        if found := self._left(case):
            self.ends["something left"] += 1
            self._again(case)
            assert not self._left(case), f"{what}: {found}, then {self._left(case)}"

    def _again(self, case: Case) -> None:
        """Let another run write the same."""
        if case.is_new:
            (self._at / case.outputs[0]).unlink(missing_ok=True)
        elif case.outputs[0].endswith(".db"):
            _drop(self._at / case.outputs[0])
        elif case.words.startswith("record"):
            shutil.copy(self._given / case.outputs[0], self._at)
        assert self._run(case).wait() == 0, (case.words, self._said())

    def _ends_of(self, case: Case) -> tuple[list[str], list[str], float]:
        """Return what is there before and after a run, and how long it takes."""
        if case not in self._known:
            self._begin(case)
            old = self._states(case)
            begun = time.monotonic()
            assert self._run(case).wait() == 0, (case.words, self._said())
            takes = time.monotonic() - begun
            new = self._states(case)
            assert all(a != b for a, b in zip(old, new, strict=True)), case.words
            assert not self._left(case), (case.words, self._left(case))
            self._known[case] = old, new, takes
        return self._known[case]

    def _begin(self, case: Case) -> None:
        for folder in (self._at, self._temporary):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self._given, self._at)
        self._temporary.mkdir()
        for name in case.outputs:
            if case.is_new:
                (self._at / name).unlink(missing_ok=True)
            elif not (self._at / name).exists():
                (self._at / name).write_text("old")

    def _run(self, case: Case) -> subprocess.Popen[str]:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(self._temporary)}
        with (self._given / "answers").open() as answers, (self._given / "said").open("w") as said:
            return subprocess.Popen(
                [sys.executable, "-m", "winwinwin", *case.words.split()],
                cwd=self._at, env=environment, stdin=answers, stdout=said, stderr=said, text=True,
            )  # fmt: skip

    def _killed(self, case: Case, number: signal.Signals, takes: float) -> tuple[int, str]:
        """Kill a run: at any moment, or soon after it began to write."""
        process = self._run(case)
        if self._random.random() < 0.5:
            time.sleep(self._random.uniform(0, takes))
        else:
            while process.poll() is None and not self._files_left(case):
                time.sleep(0.001)
            time.sleep(self._random.uniform(0, SOON))
        process.send_signal(number)
        code = process.wait(120)
        return code, self._said()

    def _said(self) -> str:
        return (self._given / "said").read_text(errors="replace")

    def _states(self, case: Case) -> list[str]:
        return [_state(self._at / name) for name in case.outputs]

    def _left(self, case: Case) -> list[str]:
        """Return what a run has made and is not its output, once it has ended."""
        bases = [self._at / name for name in case.outputs if name.endswith(".db")]
        tables = [table for base in bases for table in _tables(base)]
        return self._files_left(case) + [each for each in tables if each not in TABLES_KEPT]

    def _files_left(self, case: Case) -> list[str]:
        known = {file.name for file in self._given.iterdir()} | set(case.outputs)
        there = [file.name for file in self._at.iterdir() if file.name not in known]
        return there + [file.name for file in self._temporary.iterdir()]


def _connected(file: Path) -> "closing[Any]":
    import sqlite3

    import duckdb

    if file.name.startswith("sqlite"):
        return closing(sqlite3.connect(file))
    return closing(duckdb.connect(str(file)))


def _tables(file: Path) -> list[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    with _connected(file) as base:
        return [name for (name,) in base.execute(query).fetchall()]


def _drop(file: Path) -> None:
    with _connected(file) as base:
        base.execute("DROP TABLE IF EXISTS verdicts")


def _state(path: Path) -> str:
    """Return what tells an output from another one: of a database, the rows of the new table."""
    if path.suffix != ".db":
        return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.exists() else "none"
    if "verdicts" not in _tables(path):
        return "none"
    with _connected(path) as base:
        return str(base.execute("SELECT count(*), count(verdict) FROM verdicts").fetchall())


def make_inputs(folder: Path) -> None:
    """Write what the runs read."""
    outcomes = ("won", "lost", "")
    rows = [(f"C-{n}", outcomes[n % 3], outcomes[n // 3 % 3]) for n in range(ROWS)]
    (folder / "answers").write_text(ANSWERS)
    (folder / "said").touch()
    (folder / "calls.csv").write_text(
        "id,salesperson,customer\n" + "".join(f"{','.join(row)}\n" for row in rows)
    )
    (folder / "week.yaml").write_text(
        "".join(
            f"- {{id: {a}, salesperson: {b or 'unknown'}, customer: {c or 'unknown'}}}\n"
            for a, b, c in rows
        )
    )
    (folder / "v.yaml").write_text("- {id: old, salesperson: won, customer: won}\n")
    for each in ("duckdb", "sqlite"):
        with _connected(folder / f"{each}.db") as base:
            base.execute("CREATE TABLE calls (id TEXT, salesperson TEXT, customer TEXT)")
            base.executemany("INSERT INTO calls VALUES (?, ?, ?)", rows[:300])
            base.commit()


def kills(number: int, folder: Path, seed: int) -> Iterator[Kills]:
    """Kill so many runs, each case in turn; yield after each."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background ignores it
    found = Kills(folder, seed)
    cases = [CASES[at % len(CASES)] for at in range(number)]
    random.Random(seed).shuffle(cases)
    for case in cases:
        found.kill(case)
        yield found


def main() -> None:
    number, seed = int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else random.randrange(10**6)
    print(f"seed {seed}", flush=True)
    with TemporaryDirectory(prefix="kills-") as folder:
        for done, found in enumerate(kills(number, Path(folder), seed), 1):
            if done % 25 == 0 or done == number:
                print(f"{done} killed: {dict(found.ends)}", flush=True)


if __name__ == "__main__":
    main()

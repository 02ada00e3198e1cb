"""A command line with the files that it finds, and what has to hold however it ends."""

import csv
import io
import json
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from conftest import Result, run_program

MOST_SAID = 100_000
"""Characters that a run says at most on standard error."""
MOST_WRITTEN = 2_000_000
"""Characters that a run on a few kilobytes writes at most."""
PATIENCE = 30
"""Seconds of the processor that a run on a few kilobytes takes at most."""


class Attempt(NamedTuple):
    """What is tried."""

    words: tuple[str, ...]
    files: dict[str, bytes]
    stdin: bytes = b""
    number: int | None = None
    """Interactions that the files hold, where that is known."""


executions = 0
"""How many attempts this process has made."""


def attempted(attempt: Attempt) -> Result:
    """Run the program in a folder of its own; whatever it writes is gone afterwards."""
    global executions  # noqa: PLW0603  # the one thing that a report needs
    executions += 1
    with TemporaryDirectory(prefix="winwinwin-fuzz-") as name:
        for file, content in attempt.files.items():
            (Path(name) / file).write_bytes(content)
        return run_program(*attempt.words, stdin=attempt.stdin, cwd=Path(name), HOME=name)


def check(attempt: Attempt) -> None:
    """Fail, with the attempt, where a run does not end as it has to."""
    try:
        _check(attempt)
    except BaseException as error:
        error.add_note(f"{attempt!r:.9999}")
        raise


def _check(attempt: Attempt) -> None:
    """Fail where a run ends in anything but success or a bounded error, or loses something."""
    begun = time.process_time()
    done = attempted(attempt)
    took = time.process_time() - begun
    assert took < PATIENCE, f"{took:.0f} s"
    assert done.code in (0, 1, 2), done.err
    assert "Traceback" not in done.err
    assert len(done.err) < MOST_SAID
    assert len(done.out) < MOST_WRITTEN
    if done.code == 2:
        assert done.err, "an error without a word"
    if attempt.number is not None:
        written = rows_of(attempt, done)
        is_told = bool(done.err) and written < attempt.number
        assert written == attempt.number or is_told, f"{written} of {attempt.number} rows"


def rows_of(attempt: Attempt, done: Result) -> int:
    """Return how many rows came out; each is a verdict or invalid."""
    if "csv" in attempt.words:
        verdicts = [row["verdict"] for row in csv.DictReader(io.StringIO(done.out, newline=""))]
    else:
        verdicts = [json.loads(line)["verdict"] for line in done.out.split("\n")[:-1]]
    assert all(verdicts)
    return len(verdicts)

"""A fault of the program, and a signal before it has begun, end in a line or none."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ROOT, Run

from winwinwin.errors import FULL

FAULTY = "winwinwin.evaluation.Judge.outcomes"
REPORT = "This is a fault of the program: please report it with this line (more: --debug).\n"


class Panic(BaseException):
    """What Rust raises where it gives up."""


def raising(error: BaseException) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero"),
        (ValueError("\x1b[31m" + "x" * 9999), "ValueError: \\x1b[31mx"),
        (RecursionError(), "RecursionError"),
        (Panic("gave up"), "Panic: gave up"),
        (OSError("without a number"), "OSError: without a number"),
    ],
)
def test_a_fault_of_the_program_is_a_line_with_where_to_send_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, said: str
) -> None:
    monkeypatch.setattr(FAULTY, raising(error))
    done = run("batch", "examples/week.yaml", "-q")
    assert (done.code, done.out) == (70, "")
    assert done.err.startswith(f"winwinwin: {said}")
    assert done.err.endswith(f" {REPORT}")
    assert done.err.count("\n") == 1
    assert len(done.err) < 700


def test_too_little_memory_is_no_fault_to_report(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FAULTY, raising(MemoryError()))
    said = "winwinwin: out of memory. Judge fewer records or smaller files at a time.\n"
    assert run("batch", "examples/week.yaml", "-q") == (70, "", said)


def test_a_traceback_is_shown_to_whoever_asks_for_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(FAULTY, raising(ZeroDivisionError("by zero")))
    done = run("--debug", "batch", "examples/week.yaml", "-q")
    assert done.code == 70
    assert done.err.startswith("Traceback (most recent call last):\n")
    assert done.err.endswith(REPORT)


def test_debugging_changes_nothing_else(run: Run) -> None:
    assert run("--debug", "score", "won", "lost") == run("score", "won", "lost")


def test_what_a_signal_raised_within_an_engine_is_no_fault(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        try:
            sys.exit(143)
        except SystemExit:
            raise ValueError from None

    monkeypatch.setattr(FAULTY, fail)
    assert run("batch", "examples/week.yaml", "-q") == (143, "", "")


INTERRUPTED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Hook:
    def find_spec(self, name, path=None, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Hook())
from winwinwin.__main__ import main
sys.argv = ["winwinwin", "batch", "examples/survey.csv", "--map", "examples/survey.map.yaml"]
main()
"""


@pytest.mark.parametrize(
    "name",
    [
        "winwinwin.cli",
        "typer",
        "winwinwin.cli.app",
        "pydantic_core",
        "yaml._yaml",
        "duckdb",
        "ibis",
    ],
)
def test_an_interrupt_among_imports_is_quiet(name: str) -> None:
    command = [sys.executable, "-c", INTERRUPTED.format(name=name)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


SWALLOWED = """
import os, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from winwinwin.__main__ import main
from winwinwin.evaluation import Judge

class Dying:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(1)

def working(*_):
    Dying()
    for _ in range(500):
        time.sleep(0.01)
    os._exit(1)

Judge.outcomes = working
sys.argv = ["winwinwin", "batch", "examples/week.yaml", "-o", sys.argv[1]]
main()
"""


def test_a_signal_where_nothing_can_be_raised_ends_the_run_a_moment_later(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SWALLOWED, str(tmp_path / "new.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
    assert list(tmp_path.iterdir()) == []


def refusing(number: int, name: str | None = None) -> OSError:
    return OSError(number, os.strerror(number), name)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (refusing(errno.EMFILE), "too many open files.\n"),
        (refusing(errno.EACCES, "a\x1bb"), "a\\x1bb: permission denied.\n"),
        (
            refusing(errno.ENOSPC, "full/x"),
            f"full/x: no space left on device. {FULL}\n",
        ),
    ],
)
def test_what_the_system_refuses_is_not_blamed_on_standard_output(
    run: Run, monkeypatch: pytest.MonkeyPatch, error: OSError, said: str
) -> None:
    monkeypatch.setattr("winwinwin.cli.options.Rules.judge", raising(error))
    assert run("batch", "examples/week.yaml", "-q") == (2, "", said)

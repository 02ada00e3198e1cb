"""What a start may import: all that it does not need is waited for by everybody."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

MODULES = """
import atexit, os, sys
told = os.fdopen(int(sys.argv.pop(1)), "w")
atexit.register(lambda: print(*sys.modules, file=told, flush=True))
from winwinwin.__main__ import main
main()
"""
LIBRARIES = {"annotated_types", "ibis", "pydantic", "rich", "typer", "yaml"}
"""The large ones that a start could import."""
TOLD = {"winwinwin", "winwinwin.__main__", "winwinwin.cli", "winwinwin.cli.version"}
SCORED = """
    winwinwin: __main__ cli errors evaluation facts kernel limits loading near output pages parsing record
        renderers stats vocabulary
    winwinwin.cli: app command commands completion config facts garbage keyboard options parameters score
        single version writing
    winwinwin.kernel: builtin completing judgement judging kinds rulebook ruling verdict
    winwinwin.loading: suffixes
    winwinwin.output: files fitting formats leftovers reports streams together
    winwinwin.pages: blocks interaction page words
    winwinwin.parsing: refusals
    winwinwin.record: described interaction moments order spelling texts
    winwinwin.renderers: plain
    winwinwin.stats: bounds
"""
AS_JSON = "winwinwin: rows\n winwinwin.rows: records"
AT_A_TERMINAL = "winwinwin.renderers: looks terminal terminal_table"
SCORE = ("score", "-s", "won", "-c", "lost")


def imported(folder: Path, *arguments: str, terminal: bool = False) -> set[str]:
    """Return the modules of this package and the large libraries that a whole run imports."""
    theirs, ours = pty.openpty()[::-1] if terminal else os.pipe()[::-1]
    reading, writing = os.pipe()
    done = subprocess.Popen(
        [sys.executable, "-c", MODULES, str(writing), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        cwd=folder,
        env={key: value for key, value in os.environ.items() if key != "NO_COLOR"},
        pass_fds=[writing],
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        modules = told.read().split()
    assert done.wait(30) == 0
    os.close(theirs)
    os.close(ours)
    return {
        name if name.startswith("winwinwin") else name.partition(".")[0]
        for name in modules
        if name.partition(".")[0] in {"winwinwin", *LIBRARIES}
    }


def listed(text: str) -> set[str]:
    """Return the modules of a list: those in each folder, and the folders."""
    found, folder = set(), ""
    for word in text.split():
        folder = word.removesuffix(":") if word.endswith(":") else folder
        found.add(folder if word.endswith(":") else f"{folder}.{word}")
    return found


def test_the_version_imports_nothing(tmp_path: Path) -> None:
    assert imported(tmp_path, "--version") == TOLD


@pytest.mark.parametrize(
    ("options", "terminal", "more"),
    [
        ((), False, set()),
        (("--format", "json"), False, listed(AS_JSON)),
        ((), True, {"rich", *listed(AT_A_TERMINAL)}),
    ],
)
def test_score_imports_what_it_uses(
    tmp_path: Path, options: tuple[str, ...], terminal: bool, more: set[str]
) -> None:
    found = imported(tmp_path, *SCORE, *options, terminal=terminal)
    assert found == listed(SCORED) | {"annotated_types", "pydantic", "typer"} | more

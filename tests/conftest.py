"""Running the program in the tests' own process, so that its coverage is seen."""

import gc
import io
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, Protocol

import pytest
import services

from winwinwin.__main__ import main

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
LOOKS = (
    *("NO_COLOR", "FORCE_COLOR", "COLORTERM", "PYTHONUNBUFFERED", "TTY_COMPATIBLE"),
    *("LC_ALL", "LC_CTYPE", "LANG"),
)
"""Variables that would change what a terminal is sent."""

LONG = ("test_kills.py", "test_docs.py")
"""Files with tests that take a minute each: these begin first, so that none is waited for at the end."""

TRACED = 3
"""Variants of a test whose coverage is looked at: the others run the same lines, in half the time."""
EVERY_KIND = ("test_every_path.py", "test_mapped_kinds.py", "test_schemas.py")
"""Files whose tests run lines that others run, thousands of times: their coverage is not looked at."""

RUNS = count(1)
TIDIED = 100
"""Runs after which garbage is looked for: each leaves a megabyte of commands."""


UNTRACED = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONG)
    variants: Counter[str] = Counter()
    for item in items:
        test, _, _ = item.nodeid.partition("[")
        variants[test] += 1
        item.stash[UNTRACED] = variants[test] > TRACED or item.path.name in EVERY_KIND


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Run a test, without coverage where it is one variant of many; `no_cover` fails in pytest-xdist."""
    trace = sys.gettrace()
    if item.stash[UNTRACED]:
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(trace)


class Result(NamedTuple):
    """How a run ended, and what it wrote."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Run the program with arguments. Relative paths start at the project's folder."""

    def __call__(
        self,
        *arguments: object,
        stdin: str | bytes = b"",
        terminal: bool = False,
        error_terminal: bool | None = None,
        width: int = 80,
        height: int = 30,
        cwd: Path = ROOT,
        **environment: str,
    ) -> Result: ...


class _Stream(io.BytesIO):
    def __init__(self, content: bytes = b"", *, screen: bool = False) -> None:
        super().__init__(content)
        self._screen = screen

    def isatty(self) -> bool:
        return self._screen


def _text(content: bytes = b"", *, screen: bool = False) -> io.TextIOWrapper:
    return io.TextIOWrapper(_Stream(content, screen=screen), encoding="utf-8", newline="")


def _written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, _Stream)
    return buffer.getvalue().decode(errors="backslashreplace")  # a workbook is no text


def run_program(
    *arguments: object,
    stdin: str | bytes = b"",
    terminal: bool = False,
    error_terminal: bool | None = None,
    width: int = 80,
    height: int = 30,
    cwd: Path = ROOT,
    **environment: str,
) -> Result:
    out = _text(screen=terminal)
    err = _text(screen=terminal if error_terminal is None else error_terminal)
    thresholds = gc.get_threshold()
    handlers = {
        number: signal.getsignal(number)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in LOOKS:
            patch.delenv(name, raising=False)
        patch.setenv("PYDANTIC_DISABLE_PLUGINS", "__all__")  # set for good by the program
        patch.setenv("TERM", "xterm-256color")
        patch.setenv("COLUMNS", str(width))
        patch.setenv("LINES", str(height))
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["winwinwin", *map(str, arguments)])
        patch.setattr(sys, "stdin", _text(stdin.encode() if isinstance(stdin, str) else stdin))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            with pytest.raises(SystemExit) as exit_:
                main()
        finally:  # the program switches it off for a faster start, and keeps what is there for good
            gc.unfreeze()
            if next(RUNS) % TIDIED == 0:
                gc.collect()
            gc.set_threshold(*thresholds)
            gc.enable()
            for number, handler in handlers.items():
                signal.signal(number, handler)
    code = exit_.value.code
    assert isinstance(code, int)
    return Result(code, _written(out), _written(err))


@pytest.fixture(scope="session")
def run() -> Run:
    return run_program


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """Debian's Chromium, started once for all tests of a process."""
    from browser import started

    with started() as browser:
        yield browser


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C reach what a test starts, where the tests run in a shell's background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The URL of a PostgreSQL server of the tests' own.

    Not in a folder of pytest's: its next run takes that from all but its owner.
    """
    with TemporaryDirectory(prefix="winwinwin-") as name, services.postgres(Path(name)) as url:
        yield url


@pytest.fixture(scope="session")
def spark_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a Spark cluster of the tests' own: a master and two workers, without a Python."""
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch, services.spark(folder) as master:
        patch.setenv("PYSPARK_PYTHON", "no-python-on-the-workers")
        yield services.spark_url(master, folder)

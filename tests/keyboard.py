"""Somebody at a keyboard: the program on a real pseudo-terminal."""

import codecs
import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PATIENCE = 30
"""Seconds to wait for what is to be shown."""
STEERING = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]|\x1b[=>]")
ENTER, UP, LEFT, HOME, INTERRUPT, END = "\r", "\x1b[A", "\x1b[D", "\x01", "\x03", "\x04"


class Session:
    """A run of the program, what it has shown so far, and how it ended."""

    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self._process = process
        self._screen = screen
        self._decoded = codecs.getincrementaldecoder("utf-8")()
        self._shown = ""
        self._seen = 0

    def type(self, keys: str, *, after: str) -> None:
        """Press keys once something is shown that was not there before the last ones."""
        self._wait_for(after)
        os.write(self._screen, keys.encode())

    def interrupt(self, *, after: str) -> None:
        """Press Ctrl-C until the program ends.

        CPython misses one in the moment between its prompt and its wait for a key.
        """
        self._wait_for(after)
        for _ in range(PATIENCE):
            time.sleep(0.3)
            os.write(self._screen, INTERRUPT.encode())
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=1)
                return

    def end(self) -> tuple[int, str]:
        """Return the exit code and everything that was shown, without what steers a terminal."""
        self._wait_for(None)
        return self._process.wait(timeout=PATIENCE), STEERING.sub("", self._shown)

    def _wait_for(self, words: str | None) -> None:
        limit = time.monotonic() + PATIENCE
        while words is None or words not in self._shown[self._seen :]:
            ready = select.select([self._screen], [], [], max(limit - time.monotonic(), 0))[0]
            assert ready, f"{words!r} is not shown: {self._shown!r}"
            try:
                more = os.read(self._screen, 1 << 12)
            except OSError:  # so a terminal ends on Linux
                more = b""
            if not more:
                assert words is None, f"{words!r} is not shown: {self._shown!r}"
                return
            self._shown += self._decoded.decode(more)
        self._seen = self._shown.index(words, self._seen) + len(words)


@contextmanager
def at_keyboard(
    *arguments: object,
    cwd: Path,
    out: IO[str] | None = None,
    err: IO[str] | None = None,
    path: Path | None = None,
) -> Iterator[Session]:
    """Run the program on a terminal of its own.

    Its output and errors may go elsewhere, and modules may be found in a path before Python's own.
    """
    ours, theirs = pty.openpty()
    paths = os.pathsep.join(map(str, filter(None, (path, os.environ.get("PYTHONPATH")))))
    process = subprocess.Popen(
        [sys.executable, "-m", "winwinwin", *map(str, arguments)],
        stdin=theirs,
        stdout=theirs if out is None else out,
        stderr=theirs if err is None else err,
        cwd=cwd,
        env={
            **os.environ,
            "TERM": "xterm",
            "COLUMNS": "100",
            "INPUTRC": os.devnull,
            "PYTHONPATH": paths,
        },
        start_new_session=True,
        preexec_fn=_control,  # noqa: PLW1509  # no thread of ours holds a lock: it makes one system call
    )
    os.close(theirs)
    try:
        yield Session(process, ours)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _control() -> None:
    """Make standard input the terminal that Ctrl-C is pressed at."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

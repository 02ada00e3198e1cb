"""Draw the picture that README shows, of the program at a terminal: `python docs/picture.py`."""

import io
import os
import pty
import re
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from rich.console import Console
from rich.text import Text

COMMAND = "winwinwin score -s won -c lost --organization won --id C-1042"
PICTURE = Path(__file__).with_name("score.svg")
COLUMNS = 80
COLOURS = ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE")
"""Variables that would change what a terminal is sent."""

FETCHED_FONT = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
"""A font that a viewer would fetch from elsewhere; any of its own will do."""


def screen() -> str:
    """Return what the command writes at a terminal, with its colours."""
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in COLOURS}
    environment = inherited | {"COLUMNS": str(COLUMNS), "LINES": "24", "TERM": "xterm-256color"}
    _, *arguments = shlex.split(COMMAND)
    with subprocess.Popen(
        [sys.executable, "-m", "winwinwin", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    return written.decode().replace("\r\n", "\n")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # how Linux says that the other end is closed
        return b""


def draw(written: str) -> str:
    """Return what a terminal shows as SVG."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(written.rstrip("\n")))
    return FETCHED_FONT.sub("", console.export_svg(title=COMMAND, unique_id="score"))


def words(picture: str) -> list[str]:
    """Return the words that a picture shows, in order: its title's, then the screen's."""
    texts = ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314  # drawn here
    return " ".join(text.text or "" for text in texts).split()


def main() -> None:
    PICTURE.write_text(draw(screen()), encoding="utf-8")


if __name__ == "__main__":
    main()

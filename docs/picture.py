"""Draw the pictures of the program at a terminal that README and docs/ show: `python docs/picture.py`."""

import os
import pty
import shlex
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from winwinwin.renderers import svg as render

COMMAND = "winwinwin score won lost --organization won --id C-1042"
PICTURE = Path(__file__).with_name("score.svg")
SUMMARY = Path(__file__).with_name("summary.svg")
WEEK = Path(__file__).parent.parent / "examples" / "week.yaml"
COLUMNS = 80
LOOKS = (
    *("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"),
    *("LC_ALL", "LC_CTYPE", "LANG"),
)
"""Variables that would change what a terminal is sent."""


def screen() -> str:
    """Return what the command writes at a terminal, with its colours."""
    ours, theirs = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in LOOKS}
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
    return render.draw(written, COMMAND, COLUMNS)


def words(picture: str) -> list[str]:
    """Return the words that a picture shows, in order: its title's, then the screen's."""
    texts = ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")  # noqa: S314  # drawn here
    return " ".join(text.text or "" for text in texts).split()


def main() -> None:
    PICTURE.write_text(draw(screen()), encoding="utf-8")
    command = [sys.executable, "-m", "winwinwin", "batch", str(WEEK), "-o", str(SUMMARY)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

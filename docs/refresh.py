"""Run what README and docs/ show, and update the outputs: `python docs/refresh.py`.

A console block has commands, each after `$ ` and before what it prints: standard output, then
standard error. A text block right after a python block has what that prints. A block with
`name=FILE` is a file for the commands after it. The blocks of a document are run in order, in one
directory, which has a copy of examples/.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

BLOCK = re.compile(r"^```(?P<info>.*)\n(?P<body>(?:.*\n)*?)```$", re.MULTILINE)
PROMPT = "$ "
PATIENCE = 60
"""Seconds that a command may take."""
BROKEN = ("Traceback (most recent call last)", "command not found")
"""What no document may show, even if it matches."""


class Block(NamedTuple):
    """A fenced block of a document."""

    language: str
    marks: tuple[str, ...]
    """The words after the language."""
    body: str
    start: int
    """Position of its fence in the document."""
    inside: slice
    """Positions of its body."""

    @property
    def name(self) -> str | None:
        """The file that it is, None where it is only read."""
        names = (mark.removeprefix("name=") for mark in self.marks if mark.startswith("name="))
        return next(names, None)


def blocks(document: str) -> Iterator[Block]:
    for match in BLOCK.finditer(document):
        language, *marks = match["info"].split() or [""]
        inside = slice(*match.span("body"))
        yield Block(language, tuple(marks), match["body"], match.start(), inside)


def refreshed(document: str, on: "type[Bench] | None" = None) -> str:
    """Return a document with the outputs that its commands have now, run on a bench of a kind."""
    parts: list[str] = []
    end = 0
    with tempfile.TemporaryDirectory() as folder:
        bench = (on or Bench)(Path(folder))
        for block in blocks(document):
            follows = not document[end : block.start].removeprefix("```").strip()
            parts += [document[end : block.inside.start], bench.body(block, follows=follows)]
            end = block.inside.stop
    return "".join([*parts, document[end:]])


class Bench:
    """Where the blocks of one document are run."""

    def __init__(self, folder: Path) -> None:
        self.here = folder / "here"
        shutil.copytree(ROOT / "examples", self.here / "examples")
        self.environment = os.environ | {
            "COLUMNS": "80",
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "PYTHONIOENCODING": "utf-8",
        }
        program = folder / "winwinwin"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m winwinwin "$@"\n')
        program.chmod(0o755)
        self.status = 0
        """Exit code of the last command, which the next may ask for as `$?`."""
        self.printed = ""
        """What the last python block printed."""

    def body(self, block: Block, *, follows: bool) -> str:
        """Return what a block should contain; `follows`: it comes right after the last one."""
        if block.name:
            (self.here / block.name).write_text(block.body, encoding="utf-8")
        if block.language == "console":
            return self.console(block.body)
        if block.language == "python":
            self.printed = self.run([sys.executable, "-c", block.body])
        elif block.language == "text" and follows and self.printed:
            printed, self.printed = self.printed, ""
            return printed
        return block.body

    def console(self, body: str) -> str:
        lines = body.splitlines()
        commands = [line.removeprefix(PROMPT) for line in lines if line.startswith(PROMPT)]
        return "".join(f"{PROMPT}{command}\n{self.shell(command)}" for command in commands)

    def shell(self, command: str) -> str:
        return self.run(["bash", "-c", f"(exit {self.status}); {command}"])

    def run(self, command: list[str]) -> str:
        """Return what a command prints: all of its output, then all of its errors."""
        done = subprocess.run(
            command,
            cwd=self.here,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        self.status = done.returncode
        if any(words in done.stderr for words in BROKEN):
            raise RuntimeError(f"{command[-1]}\n{done.stderr}")
        return "".join(f"{text.rstrip()}\n" for text in (done.stdout, done.stderr) if text)


def main() -> None:
    for path in DOCUMENTS:
        document = path.read_text(encoding="utf-8")
        now = refreshed(document)
        if now != document:
            path.write_text(now, encoding="utf-8")
            print(f"Updated {path.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()

"""The command that asks about one interaction and adds it to a file."""

import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import typer
from pydantic import ValidationError

from winwinwin.analysis.fingerprint import stamp
from winwinwin.cli.options import Id, Rules, not_text, once, text_option
from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    printable,
    quoted,
)
from winwinwin.evaluation import Judge
from winwinwin.interaction import Interaction, Recorded, nested
from winwinwin.judgement import Unjudged
from winwinwin.output import files, streams
from winwinwin.refusals import problems_of
from winwinwin.render import plain
from winwinwin.render.blocks import Block
from winwinwin.render.pages import explanation
from winwinwin.sources.appending import appended, held_with_room, record_lines
from winwinwin.sources.checking import worded
from winwinwin.sources.paths import YAML, unreadable
from winwinwin.vocabulary import FACT

FIRST = ("salesperson", "customer")
"""The facts that are asked in any case."""
ANSWERS = {
    "salesperson": "won, lost",
    "customer": "won, lost",
    "salesperson_feels_good": "yes, no",
    "salesperson_believes_lost_for_customer": "yes, no",
    "customer_believes_salesperson": "won, lost",
    "order": "such as: salesperson, customer",
}
"""What may be answered, by fact."""
ABOUT = {
    "id": "What is it called?",
    "employee": "Who was it?",
    "channel": "Which channel?",
    "notes": "Anything to note?",
}
UNKNOWN = ("", "?")


def hold(to: str, given: Mapping[str, str | None], *, judge: Judge, color: bool) -> None:
    """Ask, show the verdict, and add the record to the file; any ending before that saves nothing.

    Raises WinwinwinError where the file cannot take a record, typer.Exit where it was broken off.
    """
    path = Path(to)
    if path.suffix.lower() not in YAML:
        what = f"--to: {quoted(to)} is not a YAML file"
        raise UsageError(Problem(what, ", ".join(YAML), hint="Name a file that ends like one."))
    taken = ids_in(read(path), to)
    files.must_be_writable(to)
    try:
        interaction = Conversation(judge, taken).hold(given)
    except EOFError:
        streams.warn("\nThe answers ended early: nothing is saved.\n")
        raise typer.Exit(2) from None
    except (KeyboardInterrupt, SystemExit):
        streams.warn("\nBroken off: nothing is saved.\n")
        raise
    judgement = judge(interaction)
    blocks = explanation(interaction.id, judgement, judge.rulebook, stamp(judge))
    try:
        streams.write(_shown(blocks, color=color))
        streams.flush()
    finally:  # whoever read it may have gone, and the answers are not to go too
        _keep(path, interaction)


def _keep(path: Path, interaction: Interaction) -> None:
    """Save an interaction and say so, or show what could not be saved."""
    try:
        save(path, interaction)
    except WinwinwinError:
        written = "".join(f"{line}\n" for line in record_lines(interaction))
        streams.warn(f"\nIt is not saved. This is the record:\n{written}")
        raise
    streams.warn(f"\nSaved in {printable(str(path))}.\n")


def _shown(blocks: list[Block], *, color: bool) -> str:
    if streams.at_terminal():
        return output.on_screen(blocks, color=color)
    return plain.paint(blocks)


def read(path: Path) -> str:
    """Return what stands in a file, '' where there is none. Raises WinwinwinError."""
    try:
        return path.read_bytes().decode() if path.exists() else ""
    except UnicodeDecodeError:
        raise WinwinwinError(Problem("is no UTF-8 text", place=Place(str(path)))) from None
    except OSError as error:
        raise unreadable(str(path), error) from None


def ids_in(content: str, name: str) -> set[str]:
    """Return the ids in a file that can take a record; raises WinwinwinError where it can't."""
    items = held_with_room(content, name)
    ids = (item.about.id if isinstance(item, Recorded) else _id_of(item) for item in items)
    return {each for each in ids if each}


def _id_of(item: Unjudged | UnreadableError) -> str | None:
    return item.id if isinstance(item, Unjudged) else None


def save(path: Path, interaction: Interaction) -> None:
    """Add an interaction to a file as it is now: somebody may have written there meanwhile."""
    content = read(path)
    if interaction.id and interaction.id in ids_in(content, str(path)):
        raise WinwinwinError(id_taken(interaction.id).at(Place(str(path))))
    new = appended(content, interaction, str(path))
    with files.replacing(str(path), lasting=True) as write:
        write(new)


def id_taken(name: str) -> Problem:
    return Problem(f"the id {quoted(name)} is taken", hint="Give it one of its own.")


class Conversation:
    """Questions and answers about one interaction."""

    def __init__(self, judge: Judge, taken: set[str]) -> None:
        """Ask what a judge needs; ids that are taken are refused."""
        self._judge = judge
        self._taken = taken
        self._facts: dict[str, Any] = {}
        self._about: dict[str, Any] = {}

    def hold(self, given: Mapping[str, str | None]) -> Interaction:
        """Ask for what isn't given, and return the interaction.

        Raises UsageError where what is given is wrong, EOFError where the answers end.
        """
        self._take_given(given)
        asked = set()
        for fact in FIRST:
            self._ask_fact(fact)
            asked.add(fact)
        while open_facts := [fact for fact in self._needs() if fact not in asked]:
            self._ask_fact(open_facts[0])
            asked.add(open_facts[0])
        for name, question in ABOUT.items():
            if given.get(name) is None:
                self._ask(question, "", self._setter(self._about, name))
        return self._interaction()

    def _take_given(self, given: Mapping[str, str | None]) -> None:
        today = date.today().isoformat()  # noqa: DTZ011  # the day it is here
        for name, value in {**given, "date": given.get("date") or today}.items():
            if value is None:
                continue
            into = self._facts if name == "organization" else self._about
            if problems := self._setter(into, name)(value):
                flag = Place(f"--{name}")
                raise UsageError(*(problem.at(flag) for problem in problems))

    def _needs(self) -> tuple[str, ...]:
        return self._judge.kind(self._interaction().facts).needs

    def _interaction(self) -> Interaction:
        return Interaction.from_flat(self._facts, **self._about)

    def _ask_fact(self, fact: str) -> None:
        self._ask(FACT[fact].question, ANSWERS[fact], self._setter(self._facts, fact))

    def _ask(self, question: str, accepted: str, take: Callable[[str], list[Problem]]) -> None:
        """Ask until an answer can be taken. Raises EOFError where there is none."""
        hint = f"{accepted}; Enter: not known" if accepted else "Enter: leave it out"
        while True:
            streams.warn(f"{question} ({hint}) ")
            answer = sys.stdin.readline() if sys.stdin else ""
            if not (sys.stdin and sys.stdin.isatty()):
                streams.warn("\n")
            if not answer:
                raise EOFError
            problems = take(answer.strip())
            if not problems:
                return
            streams.warn("".join(f"  {problem.message}\n" for problem in problems))

    def _refused(self, name: str, answer: str) -> Problem | None:
        if name == "id" and answer in self._taken:
            return id_taken(answer)
        return not_text(answer)

    def _setter(self, into: dict[str, Any], name: str) -> Callable[[str], list[Problem]]:
        """Return what takes an answer, or returns what is wrong with it and forgets it."""

        def take(answer: str) -> list[Problem]:
            if problem := self._refused(name, answer):
                return [problem]
            into[name] = None if answer in UNKNOWN else answer
            try:
                self._interaction()
            except ValidationError as error:
                written = nested(self._facts) | self._about
                del into[name]
                return problems_of(error, lambda _path, _key: None, written, worded)
            return []

        return take

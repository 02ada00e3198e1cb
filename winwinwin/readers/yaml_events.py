"""YAML to plain values, from libyaml's event stream: text stays text, one record at a time.

A loader would turn `no` into false and `010` into 8, drop the first of two equal keys and hold a
whole file in memory. The events do none of that, and each knows its place.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from winwinwin.errors import Place, Problem, UnreadableError
from winwinwin.readers.draft import WRAPPER, Draft, beside_wrapper, given_twice
from winwinwin.readers.tape import Tape

DEEPEST = 12
"""Levels of nesting that are read; no record has more than two of its own."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})

STARTS = (MappingStartEvent, SequenceStartEvent)
ENDS = (MappingEndEvent, SequenceEndEvent)

TAB_HINT = "Indent with spaces, not tabs, and quote text that begins with a sign."
SYNTAX_HINT = "Check the quotes, brackets and indentation above it."


def read_yaml(tape: Tape) -> Iterator[Draft]:
    """Yield the records of each document: the one, the list, or the list under `interactions`.

    A mistake in the syntax of a list item costs that item: reading goes on at the next one.
    Raises UnreadableError where there is no next one to be told apart.
    """
    rest: Builder | None = Builder(tape)
    while rest is not None:
        builder, rest = rest, None
        try:
            yield from builder.stream()
        except yaml.MarkedYAMLError as error:
            problem = builder.syntax_problem(error)
            if builder.indent is None:
                raise UnreadableError(problem) from None
            yield Draft.unwritten(tape, problem)
            rest = builder.after_mistake(error.problem_mark)


def scalar(event: Any) -> str | None:
    """Return a scalar's text; None for a plain null."""
    text: str = event.value
    return None if text in NULLS and not event.style else text


class Builder:
    """Builds values from events, and notes what is wrong with the writing of the current record."""

    def __init__(self, tape: Tape, position: int = 0, line: int = 0) -> None:
        """Read a tape that is new, or from a position (and its line, both from 0) on it."""
        self.tape = tape
        self.position = position
        self.line = line
        self.events: Iterator[Any] = iter(CParser(_From(tape, position)).get_event, None)
        self.problems: list[Problem] = []
        self.anchors: dict[str, Any] = {}
        self.indent: int | None = None
        """Column of the dashes, while in a list of records in block style."""
        self.done = position
        """Where the first record that is not yet complete begins, its dash included."""
        self.done_line = line
        self.last: Any = None
        """The event that ended the value that was built last."""

    def stream(self) -> Iterator[Draft]:
        for event in self.events:
            if type(event) is DocumentStartEvent:
                self.anchors.clear()
                yield from self.document(next(self.events))

    def document(self, root: Any) -> Iterator[Draft]:
        self.complete(root.start_mark)
        self.tape.let_go(self.done)
        if type(root) is SequenceStartEvent:
            yield from self.records(root)
        elif type(root) is MappingStartEvent:
            yield from self.mapping_document(root)
        elif not (type(root) is ScalarEvent and root.value in NULLS):
            yield self.record(root)

    def records(self, start: Any) -> Iterator[Draft]:
        self.indent = None if start.flow_style else start.start_mark.column
        self.complete(start.start_mark)
        for event in self.events:
            if type(event) is SequenceEndEvent:
                break
            yield self.record(event)
        self.indent = None

    def record(self, event: Any) -> Draft:
        self.tape.let_go(self.done)
        self.last = event
        draft = self.draft(self.value(event), event.start_mark)
        self.complete(self.last.end_mark)
        return draft

    def complete(self, mark: Any) -> None:
        """Note that all before a mark is read; where the next dash follows, from its line on."""
        dash_follows = mark.column == self.indent
        self.done = self.position + mark.index - (mark.column if dash_follows else 0)
        self.done_line = self.line + mark.line

    def mapping_document(self, root: Any) -> Iterator[Draft]:
        """Yield the one record that a mapping is, or the records that it wraps."""
        value: dict[str, Any] = {}
        keys: list[Any] = []
        beside: list[Problem] = []
        wraps = False
        while type(key := next(self.events)) is not MappingEndEvent:
            name = key.value if type(key) is ScalarEvent else self.nameless(key)
            event = next(self.events)
            if name == WRAPPER and type(event) is SequenceStartEvent:
                wraps = True
                beside += self.beside(keys)
                keys = []
                yield from self.records(event)
                continue
            item = self.value(event, depth=1)
            if name in value:
                self.note(key.start_mark, given_twice(key.value))
            elif name is not None:
                keys.append(key)
                value[name] = item
        self.last = key
        if wraps:
            self.problems += beside + self.beside(keys)
        if self.problems or not wraps:
            yield self.draft(value, root.start_mark)

    def beside(self, keys: list[Any]) -> list[Problem]:
        return [beside_wrapper(key.value).at(self.place(key.start_mark)) for key in keys]

    def draft(self, value: Any, mark: Any) -> Draft:
        problems, self.problems = self.problems, []
        start = self.position + mark.index
        end = self.position + self.last.end_mark.index
        if self.tape.illegal:
            problems += self.tape.illegal_before(end)
        line = self.line + mark.line + 1
        return Draft(value, self.tape, start, end, line, mark.column, problems)

    def value(self, event: Any, depth: int = 0) -> Any:
        """Return the value that begins with an event."""
        kind = type(event)
        value: Any
        if kind is ScalarEvent:
            value = scalar(event)
        elif kind is AliasEvent:
            return self.aliased(event)
        elif depth > DEEPEST:
            return self.too_deep(event)
        elif kind is MappingStartEvent:
            value = self.mapping(depth + 1)
        else:
            value = self.sequence(depth + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = value
        return value

    def mapping(self, depth: int) -> dict[str, Any]:
        """Build a mapping whose start was read. The inner loop of a run."""
        events = self.events
        value: dict[str, Any] = {}
        for key in events:
            if type(key) is MappingEndEvent:
                self.last = key
                break
            name = key.value if type(key) is ScalarEvent else self.nameless(key)
            event = next(events)
            item = self.value(event, depth)
            if name in value:
                self.note(key.start_mark, given_twice(key.value))
            elif name is not None:
                value[name] = item
        return value

    def sequence(self, depth: int) -> list[Any]:
        value = []
        for event in self.events:
            if type(event) is SequenceEndEvent:
                self.last = event
                break
            value.append(self.value(event, depth))
        return value

    def nameless(self, key: Any) -> str | None:
        """Pass over a key that is not text: it has no name."""
        hint = "Write a name before the colon."
        self.note(key.start_mark, Problem("a key is not text", hint=hint))
        self.value(key)
        return None

    def aliased(self, event: Any) -> Any:
        if event.anchor not in self.anchors:
            problem = Problem(
                f"no anchor '&{event.anchor}' stands before this alias",
                hint="Write the value out.",
            )
            self.note(event.start_mark, problem)
        return self.anchors.get(event.anchor)

    def too_deep(self, event: Any) -> None:
        """Pass over a value, and say that it lies too deep."""
        self.note(event.start_mark, Problem("is nested too deep", hint="No fact lies that deep."))
        depth = 1
        while depth:
            kind = type(last := next(self.events))
            depth += (kind in STARTS) - (kind in ENDS)
        self.last = last

    def note(self, mark: Any, problem: Problem) -> None:
        self.problems.append(problem.at(self.place(mark)))

    def place(self, mark: Any) -> Place:
        return self.tape.place(self.position + mark.index, self.line + mark.line + 1, mark.column)

    def syntax_problem(self, error: yaml.MarkedYAMLError) -> Problem:
        """Word a mistake in the syntax, at what was left open where that runs to the end."""
        runs_out = "end of stream" in str(error.problem)
        mark = error.context_mark if runs_out and error.context_mark else error.problem_mark
        where = f", {error.context}" if error.context else ""
        hint = TAB_HINT if "cannot start any token" in str(error.problem) else SYNTAX_HINT
        return Problem(f"not YAML: {error.problem}{where}", hint=hint).at(self.place(mark))

    def after_mistake(self, mark: Any) -> "Builder | None":
        """Return a builder for the list items after the one with a mistake, None without any."""
        mistake = self.position + mark.index
        dash = re.compile(rf"^ {{{self.indent}}}-(?=\s)", re.MULTILINE)
        text = self.tape.text(self.done)
        while (item := self._item_after(mistake, dash, text)) is None:
            more = self.tape.read()
            if not more:
                return None
            text += more
        return Builder(self.tape, self.done + item, self.done_line + text.count("\n", 0, item))

    def _item_after(self, mistake: int, dash: re.Pattern[str], text: str) -> int | None:
        """Find the item to go on with: the first that is not the broken one, which may lie before."""
        items = (match.start() for match in islice(dash.finditer(text), 2))
        first, second = next(items, None), next(items, None)
        if first is not None and self.done + first > mistake:
            return first
        return second


class _From:
    """What a parser reads from: a tape, from a position already read on."""

    def __init__(self, tape: Tape, position: int) -> None:
        self._first = tape.text(position)
        self._tape = tape

    def read(self, _size: int = 0, /) -> str:
        first, self._first = self._first, ""
        return first or self._tape.read()

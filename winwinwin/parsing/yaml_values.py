"""Values built from libyaml's events: text stays text, and what is wrong with the writing is noted."""

from collections.abc import Callable
from typing import Any

from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.scanner import ScannerError

from winwinwin.errors import Place, Problem, Problems, quoted
from winwinwin.limits import ALIASED_EACH, MOST_ALIASED
from winwinwin.parsing.draft import given_twice
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_hints import TOO_DEEP, TOO_FAR_LEFT

DEEPEST = 12
"""Levels of nesting that are read; no record has more than two of its own."""

DEEPEST_PASSED = 1000
"""Levels of nesting that are passed over; libyaml's time grows with their square."""

NULLS = frozenset({"", "~", "null", "Null", "NULL"})
YAML_TAG = "tag:yaml.org,2002:"
"""What the tags of YAML's own types begin with; the field decides what a text means."""
QUOTES = frozenset({"'", '"'})
STARTS = (MappingStartEvent, SequenceStartEvent)
ENDS = (MappingEndEvent, SequenceEndEvent)


class Values:
    """Builds values from events, and notes what is wrong with their writing."""

    next_event: Callable[[], Any]
    """Returns the next event, None at the end."""

    def __init__(self, tape: Tape, zero: int) -> None:
        """Build what a tape holds, its events counted from a position."""
        self.tape = tape
        self.zero = zero
        """Position that the events count from."""
        self.problems = Problems()
        self.anchors: dict[str, tuple[Any, int]] = {}
        """Values by their anchors, and how many values each holds."""
        self.aliased_values = 0
        """How many values the aliases so far stand for."""
        self.last: Any = None
        """The event that ended the value that was built last."""

    def floor(self) -> int:
        """Return the column that quoted text has to stay to the right of."""
        return -1

    def value(self, event: Any, depth: int = 0) -> Any:
        """Return the value that begins with an event."""
        kind = type(event)
        value: Any
        if kind is ScalarEvent:
            value = event.value
            if not event.style:
                value = None if value in NULLS else value
            elif event.start_mark.line != event.end_mark.line:
                self.check_lines(event)
            if event.tag is not None or event.anchor is not None:
                self.check_sign(event)
        elif kind is AliasEvent:
            return self.aliased(event)
        elif depth > DEEPEST:
            return self.too_deep(event)
        elif kind is MappingStartEvent:
            value = self.mapping(depth + 1)
        else:
            value = self.sequence(depth + 1)
        if event.anchor is not None:
            self.anchors[event.anchor] = value, size_of(value)
        return value

    def mapping(self, depth: int) -> dict[str, Any]:
        """Build a mapping whose start was read. The inner loop of a run."""
        next_event = self.next_event
        value: dict[str, Any] = {}
        while type(key := next_event()) is not MappingEndEvent:
            name = key.value if type(key) is ScalarEvent else self.nameless(key, depth)
            event = next_event()
            item: Any
            if (
                type(event) is ScalarEvent
                and not event.style
                and event.anchor is None
                and event.tag is None
            ):  # as most are: spare the call
                item = None if event.value in NULLS else event.value
            else:
                item = self.value(event, depth)
            if name in value:
                self.note(key.start_mark, given_twice(key.value))
            elif name is not None:
                value[name] = item
        self.last = key
        return value

    def sequence(self, depth: int) -> list[Any]:
        value = []
        while type(event := self.next_event()) is not SequenceEndEvent:
            value.append(self.value(event, depth))
        self.last = event
        return value

    def nameless(self, key: Any, depth: int) -> str | None:
        """Pass over a key that is not text: it has no name."""
        hint = "Write a name before the colon."
        self.note(key.start_mark, Problem("a key is not text", hint=hint))
        self.value(key, depth)
        return None

    def check_sign(self, event: Any) -> None:
        """Note a tag or an anchor without a value: both swallow the beginning of a text."""
        tag, anchor = event.tag, event.anchor
        if tag is not None and not tag.startswith(YAML_TAG):
            what, sign = f"the tag {quoted(tag)} means nothing here", "!"
        elif anchor is not None and not (event.value or event.style):
            what, sign = f"the anchor {quoted(f'&{anchor}')} has no value", "&"
        else:
            return
        hint = f"Put quotes around text that begins with {sign}."
        self.note(event.start_mark, Problem(what, hint=hint))

    def check_lines(self, event: Any) -> None:
        """Refuse quoted text that runs on beyond the indentation of its record.

        libyaml would read on: with a quote left open, over whole records.
        """
        if event.style not in QUOTES:
            return
        start, end = event.start_mark, event.end_mark
        text = self.tape.text(self.zero + start.index, self.zero + end.index)
        for line in text.split("\n")[1:]:
            if line.strip() and len(line) - len(line.lstrip(" ")) <= self.floor():
                raise ScannerError("while scanning a quoted scalar", start, TOO_FAR_LEFT, start)

    def aliased(self, event: Any) -> Any:
        name, mark = quoted(f"*{event.anchor}"), event.start_mark
        if event.anchor not in self.anchors:
            what = f"{name} refers to an anchor that is not defined before it"
            hint = "Put quotes around text that begins with *, or write the value out."
            self.note(mark, Problem(what, hint=hint))
            return None
        value, size = self.anchors[event.anchor]
        most = MOST_ALIASED + ALIASED_EACH * (self.zero + mark.index)
        if self.aliased_values + size > most:
            what = f"with {name}, the aliases of this file stand for too many values"
            self.note(mark, Problem(what, hint="Write the value out."))
            return None
        self.aliased_values += size
        return value

    def too_deep(self, event: Any) -> None:
        """Pass over a value that is nested too deeply, and note that."""
        depth = 1
        while depth:
            kind = type(last := self.next_event())
            depth += (kind in STARTS) - (kind in ENDS)
            if depth > DEEPEST_PASSED:
                raise ScannerError(None, None, TOO_DEEP, event.start_mark)
        self.last = last
        self.note(
            event.start_mark,
            Problem("is nested too deeply", hint="Facts are not nested this deeply."),
        )

    def note(self, mark: Any, problem: Problem) -> None:
        self.problems.take([mark], lambda mark: problem.at(self.place(mark)))

    def place(self, mark: Any) -> Place:
        return self.tape.place(self.zero + mark.index)


def size_of(value: Any) -> int:
    """Return how many values a value holds, itself among them; one that is shared counts each time."""
    if isinstance(value, dict):
        return 1 + sum(map(size_of, value.values()))
    return 1 + sum(map(size_of, value)) if isinstance(value, list) else 1

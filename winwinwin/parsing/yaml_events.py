"""Records from libyaml's event stream: text stays text, one record at a time.

A loader would turn `no` into false and `010` into 8, drop the first of two equal keys and hold a
whole file in memory. The events do none of that, and each knows its place.
"""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any
from weakref import proxy

from yaml._yaml import CParser
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from winwinwin.errors import Problem, Problems, UnreadableError
from winwinwin.parsing.draft import WRAPPER, Draft, beside_wrapper, given_twice
from winwinwin.parsing.places import yaml_tokens
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_mistakes import (
    MISTAKES,
    Beginning,
    has_tail,
    item_before,
)
from winwinwin.parsing.yaml_values import NULLS, Values


class Builder(Values):
    """Builds records, and goes on behind what is wrong with the writing of one."""

    def __init__(
        self, tape: Tape, begin: int = 0, prefix: str = "", end: int | None = None
    ) -> None:
        """Read a tape that is new, or on from a position, to its end or to a position.

        The prefix is read first: a line from further up, by which the rest keeps its meaning.
        """
        super().__init__(tape, begin - len(prefix))
        self.begin = begin
        self.prefix = prefix
        self.line = tape.point(begin).line - prefix.count("\n")
        """Its line."""
        part = _From(self, prefix) if end is None else prefix + tape.text(begin, end)
        self.next_event = CParser(part).get_event
        self.wrapper = ""
        """The line above the records, in a document that lists them under a key."""
        self.indent: int | None = None
        """Column of the dashes, in a document that lists its records in block style."""
        self.in_brackets = False
        """Whether the document lists them in brackets: after a broken one, the rest cannot be separated."""
        self.first: Any = None
        """The event that began the current record."""
        self.out_of_line = False
        """Whether it begins with an item that was reported as out of line with its list."""
        self.passed: Any = None
        """A mark before which all is read."""
        self.least_done = begin

    def stream(self) -> Iterator[Draft]:
        while (event := self.next_event()) is not None:
            if type(event) is DocumentStartEvent:
                self.wrapper, self.indent, self.in_brackets, self.first = "", None, False, None
                yield from self.document(self.next_event())
            elif type(event) is DocumentEndEvent:
                self.anchors.clear()

    def document(self, root: Any) -> Iterable[Draft]:
        """Return the records of a document: the iterator itself, to spare each record a step."""
        self.passed = root.start_mark
        if type(root) is SequenceStartEvent:
            return self.records(root)
        if type(root) is MappingStartEvent:
            return self.mapping_document(root)
        if type(root) is ScalarEvent:
            return self.scalar_document(root)
        return [self.record(root)]

    def scalar_document(self, root: Any) -> Iterator[Draft]:
        """Yield the record that a text stands for, unless it goes on as something unreadable."""
        draft = None if root.value in NULLS else self.record(root)
        try:
            self.next_event()
        except (UnreadableError, OSError):
            if draft is not None:
                yield draft
            raise
        self.anchors.clear()
        if draft is not None:
            yield draft

    def records(self, start: Any) -> Iterator[Draft]:
        self.in_brackets = start.flow_style
        self.indent = None if start.flow_style else start.start_mark.column
        self.passed = start.start_mark
        event = self.next_event()
        while type(event) is not SequenceEndEvent:
            draft = self.record(event)
            try:
                event = self.next_event()
            except MISTAKES:
                self.passed = self.last.end_mark
                if self.indent is None or not has_tail(self.tape, self.done, self.indent):
                    yield draft
                raise
            except (UnreadableError, OSError):
                yield draft
                raise
            self.passed = self.last.end_mark
            yield draft

    def record(self, event: Any) -> Draft:
        self.first = self.last = event
        return self.draft(self.value(event), event.start_mark)

    @property
    def done(self) -> int:
        """Position of the first record that is not yet complete, its dash included."""
        if self.passed is None:
            return self.least_done
        dash_follows = self.passed.column == self.indent  # then from its line on
        done = self.zero + self.passed.index - (self.passed.column if dash_follows else 0)
        return int(max(done, self.least_done))

    def mapping_document(self, root: Any) -> Iterator[Draft]:
        """Yield the one record that a mapping is, or the records that it wraps."""
        value: dict[str, Any] = {}
        keys: list[Any] = []
        self.first = root
        while type(key := self.next_event()) is not MappingEndEvent:
            name = key.value if type(key) is ScalarEvent else self.nameless(key, 1)
            event = self.next_event()
            if name == WRAPPER and type(event) is SequenceStartEvent:
                if self.wrapper:
                    self.note(key.start_mark, given_twice(name))
                yield from self.beside(keys)
                keys = []
                self.wrapper = " " * root.start_mark.column + f"{WRAPPER}:\n"
                yield from self.records(event)
                continue
            item = self.value(event, 1)
            if name == "id" and name in value and not root.flow_style:
                hint = 'Begin each record with "- ".'
                self.note(key.start_mark, Problem("given twice", hint=hint, field=name))
                value, keys = {name: item}, []
            elif name in value:
                self.note(key.start_mark, given_twice(key.value))
            elif name is not None:
                keys.append(key)
                value[name] = item
        self.last = key
        if self.wrapper:
            yield from self.beside(keys)
        elif self.problems or value != {WRAPPER: None}:
            draft = self.draft(value, root.start_mark)
            draft.is_whole = True
            yield draft

    def beside(self, keys: list[Any]) -> Iterator[Draft]:
        """Yield what is wrong with keys that stand beside a list of records, if there are any."""
        problems, self.problems = self.problems, Problems()
        problems.take(keys, lambda key: beside_wrapper(key.value).at(self.place(key.start_mark)))
        if problems:
            yield Draft.unwritten(self.tape, *problems.in_order())

    def draft(self, value: Any, mark: Any) -> Draft:
        problems, self.problems = self.problems, Problems()
        start = self.zero + mark.index
        end = self.zero + self.last.end_mark.index
        if self.tape.illegal:
            problems.extend(self.tape.illegal_before(end))
        line = self.line + mark.line
        return Draft(value, self.tape, yaml_tokens, start, end, line, mark.column, problems)

    def floor(self) -> int:
        """Return the column that quoted text has to stay to the right of."""
        first = self.first
        in_block = type(first) is MappingStartEvent and not first.flow_style
        if in_block:
            return int(first.start_mark.column)
        return -1 if self.indent is None else self.indent

    def unharmed(self, mistake: int) -> Iterator[Draft]:
        """Yield the list item that has begun, if the mistake is behind it.

        libyaml reads a line ahead to recognize a key, and fails before it reports the item's end.
        """
        if self.indent is None:
            return
        if item := item_before(self.tape, mistake, self.done, self.indent):
            begin, end = item
            builder = Builder(self.tape, begin, self.wrapper, end)
            builder.anchors = dict(self.anchors)
            builder.aliased_values = self.aliased_values
            with suppress(*MISTAKES):
                yield from builder.stream()
                self.least_done = end

    def at(self, item: int, wrapper: str) -> "Builder":
        """Return a builder for the rest of the tape from an item on: the same, where it begins with it."""
        if item == self.begin:
            return self
        builder = Builder(self.tape, item, wrapper)
        builder.anchors = self.anchors
        builder.aliased_values = self.aliased_values
        return builder

    def going_on(self, beginning: Beginning) -> "Builder":
        """Return a builder for the rest of the tape, from an item or a document on."""
        if beginning.is_item:
            return self.at(beginning.position, self.wrapper)
        passed = len(beginning.mark) if beginning.mark == "..." else 0
        return Builder(self.tape, beginning.position + passed)


class _From:
    """What a parser reads from: a prefix, and the tape of a builder from its beginning on."""

    def __init__(self, builder: Builder, prefix: str) -> None:
        # it holds the parser, which holds this: a cycle would keep 50 KB a mistake
        self._builder: Builder = proxy(builder)
        self._position = builder.begin
        self._prefix = prefix
        self._size = 1024
        """Little at first: after a mistake, the next one may not be far."""

    def read(self, _size: int = 0, /) -> str:
        if self._prefix:
            prefix, self._prefix = self._prefix, ""
            return prefix
        tape = self._builder.tape
        tape.let_go(self._builder.done)
        text = tape.following(self._position)[: self._size]
        self._position += len(text)
        self._size *= 4
        return text

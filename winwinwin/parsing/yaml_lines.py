"""The usual shape of a list of records, read by lines; whatever else a file holds is left to libyaml.

Most lines of a file have been there before, so what each says is remembered, and a record takes a
fifth of the time that its events take. The usual shape is a part of YAML that every parser reads
alike: a list in block style of mappings in block style, each key on a line with a value that is
plain, in quotes without escapes, or in brackets, at most one mapping further down, and comments.

In a list whose dashes stand in one column, a line with a dash there begins an item, unless text or
brackets run on to it from above. So an item of another shape is a slice, which libyaml reads by
itself. Where that finds a mistake, or the list may end, libyaml reads all that follows: from the item
before, which is not yielded again, because what it finds may depend on having begun further up.
"""

import re
from collections.abc import Callable, Generator, Iterable, Iterator
from itertools import groupby
from typing import Any, TypeAlias

from winwinwin.errors import UnreadableError
from winwinwin.parsing.draft import WRAPPER, Draft
from winwinwin.parsing.places import yaml_tokens
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_values import NULLS

MOST_LINES = 8192
"""Lines that are remembered at a time."""
LONGEST_LINE = 256
"""Characters of a line that is remembered: longer ones hardly occur twice."""
TOGETHER = 128
"""Items that are looked at before libyaml reads the unusual ones among them: a mistake begins anew."""

BAD = r"\x00-\x09\x0b-\x1f\x7f-\x9f\ufffd"
"""What no line of the usual shape holds: tabs, and what stands for characters that are not text."""
BLANKS = rf"(?:[ ]*+(?:#[^\n{BAD}]*+)?\n)*+"
HEAD = rf"{BLANKS}(?:---[ ]*+\n{BLANKS})?({WRAPPER}:[ ]*+\n{BLANKS})?(?=([ ]*+)- \w)"
"""What stands above the first record; its groups hold the key of the list, and what indents it."""
KEY = r"[A-Za-z_][\w-]{0,60}+"
FIRST = rf"[^\s\-?:,\[\]{{}}#&*!|>'\"%@`{BAD}]"
WORD = rf"(?:[^ \n:#{BAD}]|:(?=[^\s{BAD}])|(?<! )#)"
PLAIN = rf"{FIRST}{WORD}*+(?:[ ]++{WORD}++)*+"
WITHIN = r"\w(?:[\w .+-]|:(?=\w))*+"
"""Text that is plain within brackets too."""
VALUE = (
    rf"({PLAIN})|\"([^\"\\\n{BAD}]*+)\"|'([^'\n{BAD}]*+)'"
    rf"|\{{[ ]*+({KEY}:[ ]++{WITHIN}(?:,[ ]*+{KEY}:[ ]++{WITHIN})*+)\}}"
    rf"|\[[ ]*+({WITHIN}(?:,[ ]*+{WITHIN})*+)\]"
)
LINE = rf"({KEY}):(?:[ ]++(?:{VALUE}))?(?:[ ]++(?:#[^\n{BAD}]*+)?)?(?:\n[ ]*+(?:#[^\n{BAD}]*+)?)*+"
"""A key with its value, and what stands below it: comments and blank lines."""
ANCHOR = r"(?<!\w)[&*](?=\S)"
"""What gives a value a name, or stands for the value of that name."""

ReadSlice: TypeAlias = Callable[[int, int, str], list[Draft] | None]
"""Reads what stands between two positions, below a key; None where there is a mistake in it."""


class UnusualError(Exception):
    """A line is not of the usual shape."""


class Lines(dict[str, tuple[str, Any]]):
    """What each line says that was there before: its key and value, with the mapping below it."""

    def __init__(self, column: int) -> None:
        """Read the lines of mappings in a column."""
        super().__init__()
        self._between = "\n" + " " * column
        self._deeper = self._between + " "
        self._below = self._deeper + " "
        self._apart = re.compile(f"{self._between}(?! )").split
        self._match = re.compile(LINE).fullmatch

    def record(self, item: str) -> dict[str, Any] | None:
        """Return what an item says; None where its shape is not the usual one."""
        is_deep = self._deeper in item
        lines = self._apart(item) if is_deep else item.split(self._between)
        try:
            value = dict(map(self.__getitem__, lines))
        except UnusualError:
            return None
        return value if len(value) == len(lines) else None

    def __missing__(self, line: str) -> tuple[str, Any]:
        said = _word(line) or (self._nested(line) if self._below in line else self._said(line))
        if len(self) >= MOST_LINES:
            self.clear()
        if len(line) <= LONGEST_LINE:
            self[line] = said
        return said

    def _nested(self, line: str) -> tuple[str, Any]:
        first, *below = line.split(self._below)
        key, _ = self._said(first)
        if first.rstrip(" ") != f"{key}:":
            raise UnusualError
        return key, _mapping(list(map(self._said, below)))

    def _said(self, line: str) -> tuple[str, Any]:
        found = self._match(line)
        if found is None:
            raise UnusualError
        key, plain, double, single, mapping, sequence = found.groups()
        if plain is not None:
            return key, _scalar(plain)
        if mapping is not None:
            pairs = [pair.partition(":") for pair in mapping.split(",")]
            return key, _mapping([(name.strip(" "), _scalar(text)) for name, _, text in pairs])
        if sequence is not None:
            return key, list(map(_scalar, sequence.split(",")))
        return key, single if double is None else double


def _word(line: str) -> tuple[str, Any] | None:
    """Return what the commonest line says that is new, an id; None for most others."""
    key, _, word = line.partition(": ")
    is_plain = key.isidentifier() and word.replace("-", "").isalnum() and line.isascii()
    return (key, _scalar(word)) if is_plain and len(line) <= LONGEST_LINE else None


def _scalar(text: str) -> str | None:
    text = text.strip(" ")
    return None if text in NULLS else text


def _mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise UnusualError
    return value


class Items:
    """The items of a list, one after the other, as far as libyaml need not read on from one of them."""

    def __init__(self, tape: Tape, begin: int, wrapper: str, read_slice: ReadSlice) -> None:
        """Read a tape from a position on, which stands below the line with the key of the list."""
        self.tape = tape
        self.wrapper = wrapper
        self.read_slice = read_slice
        self.position = begin
        """Position of the next item, from the beginning of its line."""
        self.line = tape.point(begin).line
        self.held: list[Draft] = []
        """The last item or slice: what follows decides how much of it libyaml would yield."""
        self.yielded = begin
        """Its position: all before it is yielded."""
        self.rest = begin
        """Position of the item before it, from which libyaml reads on."""
        self.is_over = False
        """Whether nothing is left."""

    def read(self) -> Iterator[Draft]:
        """Yield the records, and leave the rest."""
        text = self.tape.following(self.position)
        at = self.position + len(text)
        head = re.match(HEAD, text)
        if head is None:
            return
        self.begin_list(head)
        items = text[head.end() + self.column :].split(self.between)
        while text:
            cut_off = items.pop()
            for first in range(0, len(items) or 1, TOGETHER):
                if not (yield from self.several(items[first : first + TOGETHER])):
                    return
            self.tape.let_go(self.rest)
            try:
                text = self.tape.following(at)
            except (UnreadableError, OSError):  # libyaml comes to it too
                return
            at += len(text)
            items = (cut_off + text).split(self.between)
        if (yield from self.several([cut_off.removesuffix("\n")])):
            yield from self.held
            self.is_over = True

    def begin_list(self, head: re.Match[str]) -> None:
        """Begin with the first record, below what stands above it."""
        wrapper, indent = head.groups()
        if wrapper:
            self.wrapper = f"{WRAPPER}:\n"
        self.position += head.end()
        self.line += head[0].count("\n")
        self.between = f"\n{indent}- "
        self.column = len(indent) + len("- ")
        self.lines = Lines(self.column)
        self.leads_on = re.compile(rf"\n {{0,{len(indent)}}}[^ \n#]|{ANCHOR}|\ufffd").search

    def several(self, items: list[str]) -> Generator[Draft, None, bool]:
        """Yield the records of some items but the last; tell whether those could be read."""
        values = list(map(self.lines.record, items))
        if not any(values):  # where nothing is usual, neither is what follows
            return False
        for is_usual, alike in groupby(zip(values, items, strict=True), _is_usual):
            if is_usual:
                yield from self.usual(alike)
                continue
            odd = [item for _, item in alike]
            if any(map(self.leads_on, odd)) or not (yield from self.odd(odd)):
                return False
        return True

    def usual(self, records: Iterable[tuple[Any, str]]) -> list[Draft]:
        """Hold the last of some records, and return those before with what was held."""
        tape, column, begin, line = self.tape, self.column, self.position, self.line
        drafts = self.held
        for value, item in records:
            self.rest, self.yielded = self.yielded, begin
            start = begin + column
            end = start + len(item)
            drafts.append(Draft(value, tape, yaml_tokens, start, end, line, column))
            begin = end + 1
            line += item.count("\n") + 1
        self.position, self.line = begin, line
        self.held = [drafts.pop()]
        return drafts

    def odd(self, items: list[str]) -> Generator[Draft, None, bool]:
        """Yield what is held, and hold what libyaml reads of some items; tell whether it could."""
        text = self.between.join(items)
        end = self.position + self.column + len(text) + 1
        drafts = self.read_slice(self.position, end, self.wrapper)
        if drafts is None:
            return False
        held, self.held = self.held, drafts
        self.rest, self.yielded = self.yielded, self.position
        self.position, self.line = end, self.line + text.count("\n") + 1
        yield from held
        return True


def _is_usual(read: tuple[Any, str]) -> bool:
    return read[0] is not None

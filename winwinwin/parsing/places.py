"""The place of each key and value of a record, from a second look at its text."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import NamedTuple

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from winwinwin.errors import Path

DEEPEST_PLACE = 12
"""Levels of nesting with places of their own; deeper values have that of their parent."""

YAML_KINDS = {
    ScalarEvent: "scalar",
    AliasEvent: "alias",
    SequenceStartEvent: "[",
    MappingStartEvent: "{",
    SequenceEndEvent: "end",
    MappingEndEvent: "end",
}
JSON_KINDS = {"[": "[", "{": "{", "]": "end", "}": "end"}
JSON_TOKEN = re.compile(r'[\[\]{}]|"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,:"\[\]{}]+')


class Token(NamedTuple):
    """The smallest thing with a place."""

    kind: str
    """`scalar`, `alias`, `[`, `{`, or the `end` of either."""
    position: int
    text: str = ""


@dataclass(slots=True)
class Places:
    """The position of every key and value of a record, from the start of its text."""

    keys: dict[Path, int] = field(default_factory=dict)
    values: dict[Path, int] = field(default_factory=dict)
    repeated: dict[Path, int] = field(default_factory=dict)
    """Keys that their mapping already has."""

    def nearest(self, path: Path, *, key: bool) -> int:
        """Return the position of a value or key, or of the closest thing around it."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, 0)

    @classmethod
    def of(cls, tokens: Iterator[Token]) -> "Places":
        """Find every place in the record that the tokens begin with, as far as they go."""
        places = cls()
        with suppress(StopIteration):
            places._value(next(tokens), (), tokens)
        return places

    def _value(self, token: Token, path: Path, tokens: Iterator[Token]) -> None:
        self.values.setdefault(path, token.position)
        if len(path) == DEEPEST_PLACE:
            _skip(token, tokens)
        elif token.kind == "[":
            for index in count():
                item = next(tokens)
                if item.kind == "end":
                    break
                self._value(item, (*path, index), tokens)
        elif token.kind == "{":
            while (key := next(tokens)).kind != "end":
                at = (*path, key.text)
                (self.repeated if at in self.keys else self.keys)[at] = key.position
                _skip(key, tokens)
                self._value(next(tokens), at, tokens)


def _skip(token: Token, tokens: Iterator[Token]) -> None:
    """Pass over the rest of the value that a token begins."""
    depth = int(token.kind in "[{")
    while depth:
        kind = next(tokens).kind
        depth += (kind in "[{") - (kind == "end")


def yaml_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of YAML, up to a mistake in its syntax."""
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            if kind := YAML_KINDS.get(type(event)):
                position = event.start_mark.index  # type: ignore[union-attr]  # these have one
                yield Token(kind, position, getattr(event, "value", ""))
    except (yaml.YAMLError, UnicodeDecodeError):
        return


def json_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of JSON that a parser found without mistake."""
    for match in JSON_TOKEN.finditer(text):
        token = match[0]
        name = json.loads(token) if token[0] == '"' else token
        yield Token(JSON_KINDS.get(token, "scalar"), match.start(), name)

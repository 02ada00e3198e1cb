"""Where each key and value of one record stands, from a second look at its own text."""

import re
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

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

Path: TypeAlias = tuple[str | int, ...]
"""Keys and indexes from a record down to a value."""

SURROGATES = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")
"""A pair that JSON writes for one character and YAML refuses; replaced by one as long."""

ENDS = (MappingEndEvent, SequenceEndEvent)
STARTS = (MappingStartEvent, SequenceStartEvent)
NODES = (ScalarEvent, AliasEvent, *STARTS)


class Mark(NamedTuple):
    """Where something begins, all counted from 0."""

    position: int
    line: int
    column: int


@dataclass(slots=True)
class Places:
    """The mark of every key and value of a record."""

    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    repeated: dict[Path, Mark] = field(default_factory=dict)
    """Keys that their mapping has already."""

    def nearest(self, path: Path, *, key: bool) -> Mark:
        """Return the place of a value or key, or of the closest thing around it."""
        if key and path in self.keys:
            return self.keys[path]
        while path and path not in self.values:
            path = path[:-1]
        return self.values.get(path, Mark(0, 0, 0))


@dataclass(slots=True)
class _Container:
    """A mapping or list that is open, with the key or index of what comes next in it."""

    at: str | int | None
    """None before a mapping's key."""

    def advance(self) -> None:
        self.at = self.at + 1 if isinstance(self.at, int) else None


def locate(text: str) -> Places:
    """Find every place in the record that a text begins with, up to a mistake in its syntax.

    JSON is read by the same parser: its records are YAML too.
    """
    places = Places()
    around: list[_Container] = []
    parser = CParser(SURROGATES.sub(r"\\u0020\\u0020", text))
    try:
        while (event := parser.get_event()) is not None:
            _note(event, places, around)
            if () in places.values and not around:
                break
    except yaml.YAMLError:
        pass
    return places


def _note(event: Any, places: Places, around: list[_Container]) -> None:
    kind = type(event)
    if kind in ENDS:
        around.pop()
    elif kind not in NODES:
        return
    elif around and around[-1].at is None:
        around[-1].at = getattr(event, "value", "")
        path = _path(around)
        (places.repeated if path in places.keys else places.keys)[path] = _mark(event)
        return
    else:
        places.values.setdefault(_path(around), _mark(event))
        if kind in STARTS:
            around.append(_Container(None if kind is MappingStartEvent else 0))
            return
    if around:
        around[-1].advance()


def _path(around: list[_Container]) -> Path:
    return tuple(container.at for container in around if container.at is not None)


def _mark(event: Any) -> Mark:
    start = event.start_mark
    return Mark(start.index, start.line, start.column)

"""Paths of a record: keys joined by dots, and items of a list by their place or by one of their keys.

`ticket.agent.name`, `comments[0].text`, `comments[-1].text`, `participants[role=agent].csat`. A key
may hold dots and brackets itself: the key that is there counts, not how a path might be cut.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from winwinwin.errors import Path
from winwinwin.facts import word

PLACE = re.compile(r"\[(-?[0-9]{1,9})\]")
"""An item by its place, from 0, or from the end with a minus."""
TELLING = ("role", "type", "field", "key", "name", "label", "question", "code", "slug", "id")
"""Keys by which the items of a list may be told apart, the most telling first."""
MOST_LEAVES = 1_000
"""Values of a record that are looked at; a few lines of YAML can stand for billions of them."""
MOST_PLACES = 10
"""Items of a list that are offered by their place."""
MOST_NAMES = 100
"""Distinct values by which items are told apart; what has more is not what they are about."""
MOST_LOOKS = 20_000
"""Values with others inside that are looked into on the way."""
DEEPEST = 40
"""Levels of nesting that are looked at."""

Told: TypeAlias = dict[str, str | None]
"""The key by which the items of each list are told apart, by path; None for their place."""
Rest: TypeAlias = str | None
"""What is left of a path; None where it is at its end."""


class Found(NamedTuple):
    """Where a path leads to."""

    path: Path
    """Keys and places down to the value; as far as they are there."""
    value: Any = None
    """None where there is none."""
    is_there: bool = False


def found_at(record: Any, written: str) -> Found:
    """Follow a path to the first value that it may stand for; else it ends at the deepest part of it."""
    if isinstance(record, dict) and written in record:  # as it mostly is: spare the search
        return Found((written,), record[written], is_there=True)
    there: Found | None = None
    deepest: Path = ()
    ways: list[tuple[Path, Any, Rest]] = [((), record, written)]
    while ways:
        path, value, rest = ways.pop()
        if rest is None:
            if value is not None:
                return Found(path, value, is_there=True)
            there = there or Found(path, is_there=True)
        elif len(path) > len(deepest):
            deepest = path
        if rest is not None:
            steps = [((*path, step), item, left) for step, item, left in _steps(value, rest)]
            ways += reversed(steps)
    return there or Found(deepest)


def _steps(value: Any, rest: str) -> Iterator[tuple[str | int, Any, Rest]]:
    """Yield each key or place that a path may go on with, its value, and what is left of the path."""
    if isinstance(value, dict):
        if rest in value:
            yield rest, value[rest], None
            return
        for key, item in value.items():
            if isinstance(key, str) and rest.startswith(key):
                yield from _after(key, item, rest[len(key) :])
    elif isinstance(value, list):
        if place := PLACE.match(rest):
            index = int(place[1])
            if -len(value) <= index < len(value):
                yield from _after(index % len(value), value[index], rest[place.end() :])
        for index, item in enumerate(value):
            for sign in _signs(item, rest):
                yield from _after(index, item, rest[len(sign) :])


def _after(step: str | int, item: Any, rest: str) -> Iterator[tuple[str | int, Any, Rest]]:
    if not rest:
        yield step, item, None
    elif rest[0] == "." and isinstance(item, dict):
        yield step, item, rest[1:]
    elif rest[0] == "[" and isinstance(item, list):
        yield step, item, rest


def _signs(item: Any, rest: str) -> Iterator[str]:
    """Yield how a path that begins so names an item by one of its keys."""
    for key, value in item.items() if isinstance(item, dict) else ():
        if _tells(value) and rest.startswith(sign := f"[{key}={word(value)}]"):
            yield sign


def _tells(value: Any) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and value != "")


def leaves(record: Any, told: Told | None = None) -> Iterator[tuple[str, Any]]:
    """Yield a path of each value of a record, with the value; a list of plain values is one value."""
    if told is None:
        told = told_apart([record])
    return islice(_leaves(record, told), MOST_LEAVES)


def _leaves(record: Any, told: Told) -> Iterator[tuple[str, Any]]:
    looks = iter(range(MOST_LOOKS))
    for path, value, is_plain in _below(record, told, looks, "", "", 0, is_plain=True):
        if is_plain or _same(found_at(record, path), value):
            yield path, value


def _same(found: Found, value: Any) -> bool:
    return found.is_there and found.value is value


def _below(
    value: Any,
    told: Told,
    looks: Iterator[int],
    path: str,
    general: str,
    depth: int,
    *,
    is_plain: bool,
) -> Iterator[tuple[str, Any, bool]]:
    """Yield the paths of the values below one, and whether each could be cut in one way only."""
    if isinstance(value, dict | list) and (depth > DEEPEST or next(looks, None) is None):
        return
    if isinstance(value, dict):
        plain = is_plain and not any("." in key or "[" in key for key in value)
        for key, item in value.items():
            at = f"{path}.{key}" if depth else key
            its_general = f"{general}.{key}"
            yield from _below(item, told, looks, at, its_general, depth + 1, is_plain=plain)
    elif depth and isinstance(value, list) and _is_nested(value):
        key = told.get(general)
        for sign, item in _named(value, key):
            its_general = f"{general}[]"
            yield from _below(
                item, told, looks, path + sign, its_general, depth + 1, is_plain=False
            )
    elif depth and not (value == [] and general in told):
        yield path, value, is_plain


def _is_nested(items: list[Any]) -> bool:
    return any(isinstance(item, dict | list) for item in items)


def _named(items: list[Any], key: str | None) -> Iterator[tuple[str, Any]]:
    """Yield the items of a list with how a path names each: by a key, or the first few by their place."""
    if key is None or not all(isinstance(item, dict) and _tells(item.get(key)) for item in items):
        yield from ((f"[{place}]", item) for place, item in enumerate(items[:MOST_PLACES]))
        return
    for item in items:
        yield f"[{key}={word(item[key])}]", item


class _Items:
    """What is known of the items of the lists at one path."""

    def __init__(self) -> None:
        self.lists = 0
        self.keys = list(TELLING)
        """Those by which every list so far can be told apart."""
        self.names: dict[str, Counter[str]] = defaultdict(Counter)

    def add(self, items: list[Any]) -> None:
        self.lists += 1
        for key in tuple(self.keys):
            values = [item.get(key) if isinstance(item, dict) else None for item in items]
            names = [word(value) for value in values if _tells(value)]
            if len(set(names)) < len(items) or len(self.names[key]) > MOST_NAMES:
                self.keys.remove(key)
            else:
                self.names[key].update(names)

    @property
    def key(self) -> str | None:
        """The first key whose values come back from list to list; None where none does."""
        return next((key for key in self.keys if self._recurs(key)), None)

    def _recurs(self, key: str) -> bool:
        """Tell whether most lists have one of the values, or each value is in several of them."""
        lists = self.names[key].values()
        return 2 * max(lists, default=0) > self.lists or min(lists, default=0) > 1


def told_apart(records: Iterable[Any]) -> Told:
    """Return by what the items of the lists in some records are told apart."""
    found: dict[str, _Items] = {}
    for record in records:
        for general, items in _lists(record, iter(range(MOST_LOOKS)), "", 0):
            found.setdefault(general, _Items()).add(items)
    return {general: items.key for general, items in found.items()}


def _lists(
    value: Any, looks: Iterator[int], general: str, depth: int
) -> Iterator[tuple[str, list[Any]]]:
    """Yield the lists with more than plain values in them, and their paths without what names an item."""
    if depth > DEEPEST or next(looks, None) is None:
        return
    items: Iterable[tuple[str, Any]] = ()
    if isinstance(value, dict):
        items = ((f".{key}", item) for key, item in value.items())
    elif isinstance(value, list) and _is_nested(value):
        yield general, value
        items = (("[]", item) for item in value)
    for step, item in items:
        if isinstance(item, dict | list):
            yield from _lists(item, looks, general + step, depth + 1)

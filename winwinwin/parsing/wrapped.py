"""Records in a list within a document, as APIs give them: `{"tickets": [...], "next_page": null}`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from winwinwin.parsing.draft import WRAPPER, Draft
from winwinwin.parsing.json_text import NotJsonError, Reader
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_records import read_yaml

DEEPEST_LIST = 3
"""Keys down to a list that is looked for without its name."""
SAMPLE = 20
"""Items of a list that a choice is made by."""


@dataclass(slots=True)
class Listing:
    """A list within a document."""

    path: tuple[str, ...]
    at: int = 0
    """Its position in a text of JSON."""
    first: list[Any] = field(default_factory=list)
    """Its first items."""
    holds_records: bool = True
    """Whether all its items are mappings."""

    @property
    def name(self) -> str:
        return ".".join(self.path)

    def add(self, item: Any) -> None:
        self.holds_records &= isinstance(item, dict)
        if len(self.first) < SAMPLE:
            self.first.append(item)


@dataclass(slots=True)
class Lists:
    """The lists within a document that is a mapping, and its keys."""

    source: str
    keys: list[str] = field(default_factory=list)
    found: list[Listing] = field(default_factory=list)


Choose: TypeAlias = Callable[[Lists], Listing | None]
"""Chooses the list of records; None where the document is a record itself."""


def read_wrapped_json(tape: Tape, choose: Choose, deepest: int = DEEPEST_LIST) -> Iterator[Draft]:
    """Yield the records of a JSON text as `read_json` does, or those of the list that is chosen."""
    return _Wrapped(tape, choose, deepest).read()


def read_wrapped_yaml(
    tape: Tape,
    choose: Choose,
    deepest: int = DEEPEST_LIST,
    read: Callable[[Tape], Iterator[Draft]] = read_yaml,
) -> Iterator[Draft]:
    """Yield the records of YAML likewise. A document that wraps records is held whole."""
    for draft in read(tape):
        if draft.is_whole and not draft.problems:
            yield from within(draft, choose, deepest)
        else:
            choose(Lists(tape.source))
            yield draft


def within(draft: Draft, choose: Choose, deepest: int = DEEPEST_LIST) -> Iterator[Draft]:
    """Yield a record that was read, or those of the list in it that is chosen."""
    if not isinstance(draft.value, dict) or WRAPPER in draft.value:
        yield draft
        return
    listing = choose(lists_of(draft, deepest))
    if listing is None:
        yield draft
        return
    items: Any = draft.value
    for key in listing.path:
        items = items[key]
    for index in range(len(items)):
        yield draft.part((*listing.path, index), items[index])


def lists_of(draft: Draft, deepest: int = DEEPEST_LIST) -> Lists:
    """Return the lists in a record that was read as a mapping."""
    found = list(_lists(draft.value, (), deepest))
    return Lists(draft.tape.source, list(draft.value), found)


def _lists(value: dict[str, Any], path: tuple[str, ...], deepest: int) -> Iterator[Listing]:
    for key, item in value.items():
        at = (*path, key)
        if isinstance(item, dict) and len(at) < deepest:
            yield from _lists(item, at, deepest)
        elif isinstance(item, list):
            listing = Listing(at)
            for each in item:
                listing.add(each)
            yield listing


class _Wrapped:
    """Reads a JSON text twice: for the lists in it, an item at a time, and for the records of one."""

    def __init__(self, tape: Tape, choose: Choose, deepest: int) -> None:
        self.tape = tape
        self.choose = choose
        self.deepest = deepest
        self.text = tape.read_all()

    def read(self) -> Iterator[Draft]:
        reader = Reader(self.tape, self.text)
        at = reader.after_space(0)
        listing, rest = self.chosen(Reader(self.tape, reader.text), at)
        with reader.mistakes_told():
            if listing is None:
                yield from reader.document()
                return
            self.tape.illegal_before(listing.at)  # what surrounds the records is passed over
            yield from reader.items(listing.at)
            if isinstance(rest, NotJsonError):
                raise rest

    def chosen(self, scout: Reader, at: int) -> tuple[Listing | None, NotJsonError | None]:
        """Return the chosen list, and the mistake in the syntax up to which the text was looked at."""
        lists = Lists(self.tape.source)
        mistake = None
        if scout.text[at : at + 1] != "{":
            return self.choose(lists), None
        try:
            self.look(scout, at, (), lists)
            scout.expect_end()
        except NotJsonError as met:
            mistake = met
        if WRAPPER in lists.keys:
            return None, mistake
        return self.choose(lists), mistake

    def look(self, scout: Reader, start: int, path: tuple[str, ...], lists: Lists) -> None:
        """Note the lists of the object that begins here."""
        closed, at = scout.opened(start, "}")
        while not closed:
            key, at = scout.key(at)
            here = (*path, key)
            if not path:
                lists.keys.append(key)
            begin = scout.text[at : at + 1]
            if begin == "{" and len(here) < self.deepest:
                self.look(scout, at, here, lists)
            elif begin == "[":
                self.look_into_list(scout, at, here, lists)
            else:
                scout.value(at)
            closed, at = scout.separated("}")

    def look_into_list(self, scout: Reader, at: int, path: tuple[str, ...], lists: Lists) -> None:
        listing = Listing(path, at)
        lists.found.append(listing)
        closed, at = scout.opened(at, "]")
        while not closed:
            listing.add(scout.value(at))
            closed, at = scout.separated("]")

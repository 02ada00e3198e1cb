"""Which list of a document holds its records: named, or found by what is in it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from shlex import quote
from typing import Any, Protocol, TypeAlias

from winwinwin.errors import Place, Problem, UnreadableError, printable, quoted, shortened
from winwinwin.facts import PARTIES
from winwinwin.loading.paths import as_typed
from winwinwin.near import nearest
from winwinwin.output import streams
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.json_lines import read_jsonl
from winwinwin.parsing.json_text import read_json
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.wrapped import (
    DEEPEST_LIST,
    Listing,
    Lists,
    lists_of,
    read_wrapped_json,
    read_wrapped_yaml,
    within,
)
from winwinwin.record.described import ABOUT

Reader: TypeAlias = Callable[[Tape], Iterator[Draft]]
OWN_KEYS = frozenset({"id", "order", "rulebook", *ABOUT, *map(str, PARTIES)})
"""The keys of an interaction."""
NAMED = 60
"""Characters of the name of a list that a message shows."""


PAGING = re.compile(
    "page|next|prev|more|count|total|size|limit|offset|cursor|after|before|meta|link|url"
    "|object|type|status|success|time",
    re.IGNORECASE,
)
"""What the keys are called that stand beside the list of records in a page of an API."""


class Fitting(Protocol):
    """What tells the records that are wanted from what surrounds them."""

    def begun_by(self, keys: Sequence[str]) -> int:
        """Return how many of the paths that are read begin with one of these keys."""

    def met_in(self, records: Sequence[Any]) -> int:
        """Return how many of them lead to something in one of these records."""


@dataclass(frozen=True)
class ListChoice:
    """Chooses the list of records of a document."""

    name: str | None = None
    """The dotted path of the list; None where it has to be found."""
    fitting: Fitting | None = None

    @property
    def deepest(self) -> int:
        return max(DEEPEST_LIST, self.name.count(".") + 1 if self.name else 0)

    def reader(self, reader: Reader) -> Reader:
        """Return what reads as another reader does, but the chosen list."""
        if reader is read_json:
            return partial(read_wrapped_json, choose=self, deepest=self.deepest)
        if reader is read_jsonl:
            return self._lines
        return partial(read_wrapped_yaml, choose=self, deepest=self.deepest, read=reader)

    def _lines(self, tape: Tape) -> Iterator[Draft]:
        """Yield the records of lines, of which each is one or, by the first of them, a page of them."""
        paged: ListChoice | None = self
        for number, draft in enumerate(read_jsonl(tape)):
            if number == 0 and self.name is None:
                name = self._page(draft)
                paged = ListChoice(name, self.fitting) if name is not None else None
            if paged is None:
                yield draft
                continue
            try:
                yield from within(draft, paged, paged.deepest)
            except UnreadableError as error:
                place = draft.place()
                raise UnreadableError(*(each.at(place) for each in error.problems)) from None

    def _page(self, draft: Draft) -> str | None:
        """Return the name of the list that makes a line a page, None where the line is a record."""
        if not isinstance(draft.value, dict) or draft.problems:
            return None
        lists = lists_of(draft, self.deepest)
        found = records_in(lists)
        if len(found) != 1 or _has_id(lists):
            return None
        [listing] = found
        around = [key for key in lists.keys if key != listing.path[0]]
        is_page = all(PAGING.search(key) for key in around)
        if self.fitting is not None:
            whole = self.fitting.begun_by(lists.keys)
            is_first_only = 0 < whole == self.fitting.begun_by([f"{listing.name}[0]"])
            is_hinted = is_page and is_first_only
            is_page = self.fitting.met_in(listing.first) > whole
        else:
            is_hinted = not is_page
        source = printable(lists.source)
        if is_page:
            streams.warn(f"{source}: the records are under {_names(found)}\n")
            return listing.name
        if is_hinted:
            said = "each line is read as one record. To read a list in it: --records"
            streams.warn(f"{source}: {said} {quote(_shown(listing.name))}\n")
        return None

    def __call__(self, lists: Lists) -> Listing | None:
        """Return the list, None where the document is a record itself.

        Raises UnreadableError where the named list is not there, or several could be meant.
        """
        if self.name is not None:
            return self._named(lists, self.name)
        found = records_in(lists)
        if not found:
            return self._empty(lists)
        if self._is_record(lists, found):
            return None
        if found[1:]:
            what = f"holds several lists of records: {_names(found)}"
            hint = f"Name the one to read, such as --records {quote(printable(found[0].name))}."
            raise UnreadableError(Problem(what, hint=hint, place=Place(lists.source)))
        streams.warn(f"{printable(lists.source)}: the records are under {_names(found)}\n")
        return found[0]

    def _named(self, lists: Lists, name: str) -> Listing:
        for listing in lists.found:
            if listing.name == name:
                return listing
        there = [listing.name for listing in lists.found]
        what = f"--records: there is no list under {quoted(name)}"
        hint = "Name a list that is there." if there else "Leave it out: it holds no list in a key."
        accepted = ", ".join(_shown(each) for each in there[:12])
        raise UnreadableError(
            Problem(what, accepted, nearest(name, there), hint, place=Place(lists.source))
        )

    def _empty(self, lists: Lists) -> Listing | None:
        """Return the one list of a wrapper that holds no record."""
        empty = [listing for listing in lists.found if not listing.first]
        if len(empty) != 1:
            return None
        [listing] = empty
        if self.fitting is not None:
            is_wrapper = not self.fitting.begun_by(lists.keys)
        else:
            around = [key for key in lists.keys if key != listing.path[0]]
            is_record = _has_id(lists) or not OWN_KEYS.isdisjoint(lists.keys)
            is_wrapper = not is_record and all(PAGING.search(key) for key in around)
        return listing if is_wrapper else None

    def _is_record(self, lists: Lists, found: Sequence[Listing]) -> bool:
        if self.fitting is not None:
            whole = self.fitting.begun_by(lists.keys)
            return whole > max(self.fitting.met_in(listing.first) for listing in found)
        is_one = _has_id(lists)
        if is_one:
            said = f"is read as one record. To read a list in it: --records NAME ({_names(found)})"
            streams.warn(f"{printable(lists.source)}: {said}\n")
        return is_one


def _has_id(lists: Lists) -> bool:
    return any(key.lower() == "id" or key.lower().endswith("_id") for key in lists.keys)


def records_in(lists: Lists) -> list[Listing]:
    """Return the lists of mappings, of which only those with the fewest keys down to them count."""
    found = [listing for listing in lists.found if listing.first and listing.holds_records]
    least = min((len(listing.path) for listing in found), default=0)
    return [listing for listing in found if len(listing.path) == least]


def wrapper_unread(value: Any, lists: Callable[[], Lists]) -> Problem | None:
    """Return the problem of a document that wraps records of which nothing says what they mean."""
    if not isinstance(value, dict) or OWN_KEYS & value.keys():
        return None
    inside = lists()
    found = records_in(inside)
    if not found:
        return None
    file, name = as_typed(inside.source), quote(_shown(found[0].name))
    hint = (
        f"Draft a mapping for them: winwinwin map {file} draft.yaml,"
        f" then winwinwin batch {file} --map draft.yaml."
        f" Records with the keys of interactions need only: winwinwin batch {file} --records {name}"
    )
    return Problem(
        f"holds a list of records under {_names(found)}", hint=hint, place=Place(inside.source)
    )


def _names(found: Sequence[Listing]) -> str:
    return ", ".join(_shown(listing.name) for listing in found[:12])


def _shown(name: str) -> str:
    return printable(shortened(name, NAMED))

"""A record added to a YAML file, with everything else left as it is.

The new record is text at the end of the file's own text: nothing is loaded and dumped again, so that
comments, order and formatting stay. What comes out is read again before anything is replaced.
"""

import io
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

import yaml
from pydantic import BaseModel
from yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError
from winwinwin.facts import PARTIES, word
from winwinwin.loading.documents import READERS, Item, read_stream
from winwinwin.loading.shapes import INTERACTIONS, misplaced
from winwinwin.parsing.draft import WRAPPER
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.yaml_records import read_yaml
from winwinwin.parsing.yaml_text import quoted_scalar
from winwinwin.parsing.yaml_values import NULLS
from winwinwin.record.checking import check
from winwinwin.record.described import ABOUT
from winwinwin.record.interaction import Interaction, Recorded

BARE = re.compile(r"[^\W\d_][\w .'/+-]*\w|[^\W\d_]")
"""Text that means itself in YAML without quotes."""
BOM = "\ufeff"
STEP = "  "
NOTHING = "null"
"""What is written where nothing is recorded, if it is written at all."""


class End(NamedTuple):
    """The end of a file: how a record is put there, and where the last one is."""

    column: int
    """Spaces before its dash."""
    is_empty: bool = False
    """Whether the file holds no record yet."""
    is_airy: bool = False
    """Whether an empty line is above the last record."""
    first: int = 0
    """The line on which what the last record says begins, from 0."""
    last: int = 0
    """The line on which it ends."""


def record_lines(interaction: Interaction) -> list[str]:
    """Write an interaction as a list item, the short form where a party has only an outcome."""
    written: dict[str, str] = {
        **{str(name): scalar(getattr(interaction, name)) for name in ("id", *ABOUT[:-2])},
        **{str(party): party_text(getattr(interaction, party)) for party in PARTIES},
        "order": f"[{', '.join(interaction.order)}]" if interaction.order else NOTHING,
        "notes": scalar(interaction.notes),
        "tags": flow(interaction.tags) if interaction.tags else NOTHING,
        "rulebook": flow(dict(interaction.rulebook)) if interaction.rulebook else NOTHING,
    }
    fields = {name: value for name, value in written.items() if value != NOTHING}
    lines = [f"{name}: {value}" for name, value in fields.items()] or ["{}"]
    return [f"{'  ' if index else '- '}{line}" for index, line in enumerate(lines)]


def party_text(party: BaseModel) -> str:
    recorded = party.model_dump(exclude_none=True)
    if recorded.keys() <= {"outcome"}:
        return scalar(recorded.get("outcome"))
    return flow(recorded)


def flow(mapping: Mapping[str, Any]) -> str:
    return (
        "{" + ", ".join(f"{text(name)}: {scalar(value)}" for name, value in mapping.items()) + "}"
    )


def scalar(value: Any) -> str:
    match value:
        case None:
            return NOTHING
        case str():
            return text(value)
        case date():
            return value.isoformat()
    return word(value)


def text(words: str) -> str:
    """Write text: bare where that means the same, else in double quotes."""
    if BARE.fullmatch(words) and words not in NULLS:
        return words
    return quoted_scalar(words)


def appended(old: str, interaction: Interaction, name: str) -> str:
    """Return the text of a file with an interaction added at its end.

    Raises WinwinwinError where the text is not YAML, looks like a rulebook, cases or a mapping, or
    has no end that a record could be put at.
    """
    return _checked(old, interaction, name)[0]


def held_with_room(content: str, name: str) -> list[Item]:
    """Return what batch would read in the text of a file that can take a record.

    Raises as `appended` does.
    """
    return _checked(content, Interaction(), name)[1]


def refuse_others(content: str, name: str) -> None:
    """Raise WinwinwinError for a text that looks like something else than interactions."""
    with suppress(UnreadableError):  # whoever reads all of it knows more
        first = next(read_yaml(Tape(io.BytesIO(content.encode()), name)), None)
        if first and (other := misplaced(first.value, INTERACTIONS, name)):
            raise WinwinwinError(other)


def _checked(old: str, interaction: Interaction, name: str) -> tuple[str, list[Item]]:
    """Return a text with an interaction added, and what is read before that, as it was before."""
    refuse_others(old, name)
    new = _with(old, interaction, name)
    before = _before(new, interaction, name)
    if list(map(said, held(old, name))) != list(map(said, before)):
        raise _no_end(name)
    return new, before


def _with(old: str, interaction: Interaction, name: str) -> str:
    end = end_of(old, name)
    return placed(old, [f"{' ' * end.column}{line}" for line in record_lines(interaction)], end)


def placed(old: str, lines: Sequence[str], end: End) -> str:
    """Return a text with the lines of a record at its end, in the manner of that end.

    No two texts become the same one, so that a record can be taken back to the byte: a text that
    does not end its last line still does not, and one that ends in an empty line still does.
    """
    newline = newline_of(old)
    is_new = not old.removeprefix(BOM)
    ends_line = is_new or old.endswith("\n")
    ends_empty = end.is_airy and not old.splitlines()[-1].strip()
    return "".join(
        (
            old,
            "" if ends_line else newline,
            newline if end.is_airy and not ends_empty else "",
            newline.join(lines),
            newline if ends_line else "",
            newline if ends_empty else "",
        )
    )


def newline_of(content: str) -> str:
    return "\r\n" if "\r\n" in content else "\n"


def _before(new: str, interaction: Interaction, name: str) -> list[Item]:
    """Return what a text holds before the interaction at its end; raises where that isn't there."""
    try:
        *before, added = held(new, name)
    except WinwinwinError:
        raise _no_end(name) from None
    if not (isinstance(added, Recorded) and added.interaction == interaction):
        raise _no_end(name)
    return before


def _no_end(name: str) -> WinwinwinError:
    hint = "Add the record by hand; `winwinwin new` shows how."
    return _refusal(name, "does not end where a record could be added", hint)


def held(content: str, name: str) -> list[Item]:
    """Return what batch would read in the text of a file; raises as `appended` does."""
    if end_of(content, name).is_empty:
        return []
    return list(read_stream(check, io.BytesIO(content.encode()), name, READERS["yaml"]))


def said(item: Item) -> Any:
    if isinstance(item, Recorded):
        return item.interaction, item.line
    return [problem.line for problem in item.problems]


def end_of(content: str, name: str) -> End:
    """Tell how a record is to be put at the end of a file; raises as `appended` does."""
    try:
        events: list[Any] = list(yaml.parse(content.removeprefix(BOM), yaml.CSafeLoader))
    except yaml.YAMLError:
        raise _unreadable(content, name) from None
    begins = [at for at, event in enumerate(events) if isinstance(event, DocumentStartEvent)]
    if len(begins) > 1:
        raise _refusal(name, "holds several documents", "Name a file that holds one.")
    if any(isinstance(event, DocumentEndEvent) and event.explicit for event in events):
        raise _refusal(name, "is closed by '...'", "Remove that line.")
    return _end_of_document(events[begins[0] + 1 :], content, name) if begins else End(0, True)


def _unreadable(content: str, name: str) -> WinwinwinError:
    """Return what the reader says of a text that is not YAML: it knows the places."""
    items = read_stream(check, io.BytesIO(content.encode()), name, READERS["yaml"])
    others = (item for item in items if not isinstance(item, Recorded))
    problems = [problem for item in others for problem in item.problems]
    if not problems:  # it passes over what joined files have at their seams
        return _refusal(name, "has byte-order marks below its first line", "Remove them.")
    return WinwinwinError(*problems)


def _end_of_document(events: Sequence[Any], content: str, name: str) -> End:
    root, *below = events
    column: int = root.start_mark.column
    if _is_nothing(root):
        return End(0, is_empty=True)
    if isinstance(root, SequenceStartEvent):
        return _end_of_list(root, below, content, name)
    if isinstance(root, MappingStartEvent) and not root.flow_style:
        key, value, *items = below
        if isinstance(key, ScalarEvent) and key.value == WRAPPER:
            if isinstance(value, SequenceStartEvent):
                return _end_of_list(value, items, content, name)
            if _is_nothing(value) and isinstance(items[0], MappingEndEvent):
                return End(column + len(STEP), is_empty=True)
    hint = f"Put a dash before its record, or '{WRAPPER}:' above a list."
    raise _refusal(name, "holds no list of records", hint)


def _is_nothing(event: Any) -> bool:
    return isinstance(event, ScalarEvent) and not event.style and event.value == ""


def _end_of_list(start: Any, below: Sequence[Any], content: str, name: str) -> End:
    if start.flow_style:
        hint = "Write it with dashes, a record an item."
        raise _refusal(name, "holds its list in brackets", hint)
    first = last = start.start_mark.line
    depth = 0
    events = iter(below)
    for event in events:
        if depth == 0 and not isinstance(event, CollectionEndEvent):
            first = last = event.start_mark.line
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth < 0:
            break
        if event.start_mark.index != event.end_mark.index:  # a block's own marks have no length
            last = _last_line(event.end_mark)
    if isinstance(next(events), NodeEvent):
        hint = f"A file with '{WRAPPER}' holds nothing else at its top."
        raise _refusal(name, "holds more than a list of records", hint)
    return End(start.start_mark.column, False, _is_airy(content, first), first, last)


def _last_line(mark: Any) -> int:
    """Return the line that ends at a mark: a block of text ends where the next line begins."""
    return int(mark.line - (mark.column == 0))


def _is_airy(content: str, first: int) -> bool:
    """Tell whether an empty line is above the last record, or above its comments."""
    lines = content.splitlines()
    above = first - 1
    while above > 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return above > 0 and not lines[above].strip()


def _refusal(name: str, what: str, hint: str) -> WinwinwinError:
    return WinwinwinError(Problem(what, hint=hint, place=Place(name)))

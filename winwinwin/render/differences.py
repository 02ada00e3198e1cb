"""How two rulebooks differ, for a person and for a program."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from winwinwin.analysis.difference import Change, Difference, rows
from winwinwin.analysis.table import Row, kinds
from winwinwin.errors import count
from winwinwin.render.blocks import Block, Cell, Table, Text, Title, line
from winwinwin.render.decisions import MARKS, rows_table
from winwinwin.render.page import Page
from winwinwin.render.view import NOT_JUDGED, interactions, unjudged_words, verdict_text
from winwinwin.rulebook import Stamp


class Sides(NamedTuple):
    """The two rulebooks, by what a command called them."""

    one: str
    other: str
    stamps: tuple[Stamp, Stamp]

    @property
    def names(self) -> tuple[str, str]:
        """What they are called above a column: files without their folders, where that is enough."""
        one, other = PurePath(self.one).name, PurePath(self.other).name
        return (one, other) if one != other else (self.one, self.other)


class Recordings(NamedTuple):
    """A user's own interactions, judged by both."""

    changes: Counter[Change]
    """How many have which two verdicts, equal ones too."""
    invalid: int
    """Records that could not be read, which neither judges."""
    unread: int
    """Sources that could not be read, or not to their end."""
    is_whole: bool = True
    """Whether all of it could be read, and held something."""

    @property
    def changed(self) -> int:
        return sum(number for change, number in self.changes.items() if change.one != change.other)


def difference_page(sides: Sides, found: Difference, on: Recordings | None) -> Page:
    """Show which kinds change their verdict, and how many interactions with them."""
    return Page(
        blocks=difference_blocks(sides, found, rows(found.changed), on),
        data=lambda: difference_object(sides, found, on),
        brief=lambda: f"{headline(found)}\n",
    )


def headline(found: Difference) -> str:
    return f"{len(found.changed):,} of {count(len(kinds()), 'kind')} with another verdict"


def difference_blocks(
    sides: Sides,
    found: Difference,
    rows: Sequence[Row[Change]],
    on: Recordings | None,
) -> list[Block]:
    heads = tuple(f"by {name}" for name in sides.names)
    named = zip((sides.one, sides.other), sides.stamps, strict=True)
    blocks: list[Block] = [
        Title(Text(headline(found), "strong")),
        *(line(f"{name}: {stamp}") for name, stamp in named),
    ]
    if rows:
        blocks += [_numbers(Counter(found.changed.values()), heads, "kinds"), Title(Text("Which"))]
        blocks += [rows_table(rows, heads, [_verdicts(row.label) for row in rows]), line(MARKS)]
    if found.otherwise:
        same = f"{count(found.otherwise, 'kind')} with the same verdict in another way"
        blocks.append(line(f"{same}: another rule decides, or another need, remedy or note"))
    return blocks + _on(on, heads)


def _on(on: Recordings | None, heads: tuple[str, ...]) -> list[Block]:
    if on is None:
        return []
    total = on.changes.total()
    changed = Counter({c: number for c, number in on.changes.items() if c.one != c.other})
    said = f"{on.changed:,} of {interactions(total)} with another verdict"
    table: list[Block] = [_numbers(changed, heads, "interactions")] if changed else []
    lacking = unjudged_words(on.invalid, on.unread)
    unread = [line(lacking, label=NOT_JUDGED)] if lacking else []
    return [Title(Text(said, "strong")), *table, *unread]


def _numbers(changes: Mapping[Change, int], heads: tuple[str, ...], counted: str) -> Table:
    rows = sorted(changes.items(), key=lambda item: -item[1])
    cells = tuple((*_verdicts(change), Text(f"{number:,}")) for change, number in rows)
    return Table((*heads, counted), cells, frozenset({2}))


def _verdicts(change: Change) -> tuple[Cell, ...]:
    return verdict_text(change.one), verdict_text(change.other)


def difference_object(sides: Sides, found: Difference, on: Recordings | None) -> dict[str, Any]:
    one, other = (stamp._asdict() for stamp in sides.stamps)
    recorded = (
        {
            "interactions": on.changes.total(),
            "changed": on.changed,
            "invalid": on.invalid,
            "unreadable": on.unread,
            "changes": _change_objects(on.changes),
        }
        if on
        else None
    )
    return {
        "one": {"source": sides.one, **one},
        "other": {"source": sides.other, **other},
        "changed": len(found.changed),
        "changes": _change_objects(Counter(found.changed.values())),
        "otherwise": found.otherwise,
        "same": found.is_same,
        "kinds": [
            {"facts": kind._asdict(), **change._asdict()} for kind, change in found.changed.items()
        ],
        "on": recorded,
    }


def _change_objects(changes: Mapping[Change, int]) -> list[dict[str, Any]]:
    return [
        {**change._asdict(), "number": number}
        for change, number in changes.items()
        if change.one != change.other
    ]

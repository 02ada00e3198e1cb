"""How two rulebooks differ, for a person and for a program."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple

from winwinwin.analysis.difference import Difference, VerdictPair, rows
from winwinwin.analysis.table import Row, kinds
from winwinwin.errors import count
from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.blocks import Block, Cell, Table, Text, Title, line
from winwinwin.pages.decisions import MARKS, rows_table
from winwinwin.pages.page import Page
from winwinwin.pages.words import NOT_JUDGED, interactions, unjudged_words, verdict_text


class Sides(NamedTuple):
    """The two rulebooks, as a command calls them."""

    one: str
    other: str
    stamps: tuple[Stamp, Stamp]

    @property
    def names(self) -> tuple[str, str]:
        """Their names above columns: files without folders, where that is enough."""
        one, other = PurePath(self.one).name, PurePath(self.other).name
        return (one, other) if one != other else (self.one, self.other)


class Recordings(NamedTuple):
    """Interactions of the user, judged by both."""

    pairs: Counter[VerdictPair]
    """How many have which two verdicts, equal ones included."""
    invalid: int
    """Records that could not be read, so neither judges them."""
    unread: int
    """Sources that could not be read, or not to their end."""
    is_whole: bool = True
    """Whether all of it could be read, and held something."""

    @property
    def changed(self) -> Counter[VerdictPair]:
        """Those whose two verdicts differ."""
        return Counter({p: number for p, number in self.pairs.items() if p.one != p.other})


def difference_page(sides: Sides, found: Difference, on: Recordings | None) -> Page:
    """Show which kinds change their verdict, and how many interactions with them."""
    return Page(
        blocks=difference_blocks(sides, found, rows(found.changed), on),
        data=lambda: difference_object(sides, found, on),
        brief=lambda: [line(headline(found))],
    )


def headline(found: Difference) -> str:
    return f"{len(found.changed):,} of {count(len(kinds()), 'kind')} get a different verdict"


def difference_blocks(
    sides: Sides,
    found: Difference,
    rows: Sequence[Row[VerdictPair]],
    on: Recordings | None,
) -> list[Block]:
    heads = tuple(f"by {name}" for name in sides.names)
    named = zip((sides.one, sides.other), sides.stamps, strict=True)
    blocks: list[Block] = [
        Title(Text(headline(found), "strong")),
        *(line(f"{name}: {stamp}") for name, stamp in named),
    ]
    if rows:
        blocks += [
            _numbers(Counter(found.changed.values()), heads, "kinds"),
            Title(Text("Which kinds")),
        ]
        blocks += [rows_table(rows, heads, [_verdicts(row.label) for row in rows]), line(MARKS)]
    if found.otherwise:
        get = "gets" if found.otherwise == 1 else "get"
        same = f"{count(found.otherwise, 'more kind')} {get} the same verdict"
        blocks.append(line(f"{same} with another deciding rule, need, remedy or note"))
    return blocks + _on(on, heads)


def _on(on: Recordings | None, heads: tuple[str, ...]) -> list[Block]:
    if on is None:
        return []
    changed = on.changed
    said = f"{changed.total():,} of {interactions(on.pairs.total())} get a different verdict"
    table: list[Block] = [_numbers(changed, heads, "interactions")] if changed else []
    lacking = unjudged_words(on.invalid, on.unread)
    unread = [line(lacking, label=NOT_JUDGED)] if lacking else []
    return [Title(Text(said, "strong")), *table, *unread]


def _numbers(pairs: Mapping[VerdictPair, int], heads: tuple[str, ...], counted: str) -> Table:
    rows = sorted(pairs.items(), key=lambda item: -item[1])
    cells = tuple((*_verdicts(pair), Text(f"{number:,}")) for pair, number in rows)
    return Table((*heads, counted), cells, frozenset({2}))


def _verdicts(pair: VerdictPair) -> tuple[Cell, ...]:
    return verdict_text(pair.one), verdict_text(pair.other)


def difference_object(sides: Sides, found: Difference, on: Recordings | None) -> dict[str, Any]:
    one, other = (stamp._asdict() for stamp in sides.stamps)
    recorded = (
        {
            "interactions": on.pairs.total(),
            "changed": on.changed.total(),
            "invalid": on.invalid,
            "unreadable": on.unread,
            "changes": _pair_objects(on.changed),
        }
        if on
        else None
    )
    return {
        "one": {"source": sides.one, **one},
        "other": {"source": sides.other, **other},
        "changed": len(found.changed),
        "changes": _pair_objects(Counter(found.changed.values())),
        "otherwise": found.otherwise,
        "same": found.is_same,
        "kinds": [
            {"facts": kind._asdict(), **pair._asdict()} for kind, pair in found.changed.items()
        ],
        "on": recorded,
    }


def _pair_objects(pairs: Mapping[VerdictPair, int]) -> list[dict[str, Any]]:
    return [{**pair._asdict(), "number": number} for pair, number in pairs.items()]

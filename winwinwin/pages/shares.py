"""Shares in a table: as recorded, what they can become, and the interval around both."""

from collections.abc import Sequence

from winwinwin.pages.blocks import Cell, Table, Text
from winwinwin.pages.words import interval_words, possible_words, sure_words
from winwinwin.stats.bounds import Bounds

INTERVAL = "95% interval"
SHARE_COLUMNS = ("count", "share", "possible", INTERVAL)


def share_cells(found: Bounds, *, is_rate: bool = True) -> tuple[Text, Text, Text, Text]:
    """Show the number of sure hits, their share, what it can become, and the interval around both."""
    said = (sure_words(found), possible_words(found), interval_words(found) if is_rate else "")
    least, most, interval = (Text(words, "muted", whole=True) for words in said)
    return Text(f"{found.sure:,}"), least, most, interval


def shares_table(columns: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> Table:
    """Set shares in a table, without what would be empty in all its rows."""
    kept = [
        place
        for place, column in enumerate(columns)
        if column not in SHARE_COLUMNS[1:]
        or any(row[place] != Text("", "muted", whole=True) for row in rows)
    ]
    names = [columns[place] for place in kept]
    numeric = frozenset(place for place, name in enumerate(names) if place and name)
    spare = tuple(place for place, name in enumerate(names) if name == INTERVAL)
    shown = tuple(tuple(row[place] for place in kept) for row in rows)
    return Table(tuple(names), shown, numeric, spare=spare)

"""The exports of common systems, known by their columns: one file of data each."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from winwinwin.mapping.drafting.columns import Column
from winwinwin.mapping.drafting.data import plain
from winwinwin.mapping.headers import folded

ZONE = re.compile(r"\s*\((?:UTC|GMT[^()]*|[A-Za-z]+/[A-Za-z_/]+)\)$")
"""The zone of the times of a column, behind its name."""


class Export(NamedTuple):
    """An export of a system, and what its columns are."""

    name: str
    signatures: list[frozenset[str]]
    """Folded names of columns; it is one where it has all of any of these."""
    first: frozenset[str]
    """What the first column is called, where only that tells; as written."""
    fields: dict[str, list[Any]]
    """Where each field may come from, the best first."""
    metadata: frozenset[str]
    """Folded names of the columns that are never facts."""
    is_of_any_maker: bool
    """Whether an export that is known by its maker comes first."""

    def strength(self, columns: Sequence[Column]) -> int:
        """Return how many telling columns are there, 0 where it is another export."""
        names = {folded(name) for column in columns for name in (column.name, unzoned(column.name))}
        if self.first and not (columns and columns[0].name.strip() in self.first):
            return 0
        if not self.signatures:
            return 1
        found = max(len(each) if each <= names else 0 for each in self.signatures)
        return min(found, 1) if self.is_of_any_maker else found


def unzoned(name: str) -> str:
    """Return the name of a column without the zone of its times."""
    return ZONE.sub("", name)


@cache
def exports() -> tuple[Export, ...]:
    """Return every known export, by the names of their files."""
    folder = files("winwinwin.mapping.drafting").joinpath("exports")
    found = sorted(folder.iterdir(), key=lambda file: file.name)
    return tuple(_export(plain(file)) for file in found if file.name.endswith(".yaml"))


def _export(data: Any) -> Export:
    return Export(
        data["name"],
        [frozenset(map(folded, each)) for each in data.get("recognised by", ())],
        frozenset(data.get("first column", ())),
        data.get("fields", {}),
        frozenset(map(folded, data.get("metadata", ()))),
        "of any maker" in data,
    )


def export_of(columns: Sequence[Column]) -> Export | None:
    """Return the export that columns are of, None where it is none that is known."""
    strongest = max(exports(), key=lambda each: each.strength(columns))
    return strongest if strongest.strength(columns) else None

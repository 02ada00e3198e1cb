"""Guessing which column is which field: by its values first, by its name second."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from winwinwin.mapping.drafting.columns import FEW, Column
from winwinwin.mapping.drafting.dates import Dates, dates_of
from winwinwin.mapping.drafting.entries import (
    MOMENTS,
    Entry,
    answered,
    entry_of,
    looks_like_names,
    nearly_answered,
)
from winwinwin.mapping.drafting.exports import Export, export_of
from winwinwin.mapping.drafting.makers import exported
from winwinwin.mapping.drafting.names import exact_reading, is_deal, rank, reading_of
from winwinwin.mapping.headers import columns_called, folded, unnumbered
from winwinwin.mapping.model import ABOUT_FIELDS
from winwinwin.record.interaction import FLAT_PATHS

GROUP = "_nps_group"
"""What Qualtrics adds to the name of a score for the group that it falls into."""


PROPOSED = 2
"""How sure a column is that may be a fact, but whose name isn't understood in whole."""


class Guesses(NamedTuple):
    """What the columns are taken for."""

    export: Export | None
    entries: dict[str, Entry]
    rivals: dict[str, list[Entry]]
    """The fields for which several columns compete, or one is proposed; none is chosen."""
    asked: dict[str, tuple[Column, Dates]]
    """The fields whose dates may be read in two ways."""
    unread: list[Column]


def guessed(columns: Sequence[Column]) -> Guesses:
    """Return what the columns are taken for."""
    export = export_of(columns)
    known = export.fields.items() if export else ()
    found = ((field, exported(field, sources, columns)) for field, sources in known)
    guesses = Guesses(export, {field: entry for field, entry in found if entry}, {}, {}, [])
    hidden = export.metadata if export else frozenset()
    halves = half_keys(columns)
    free = [
        column
        for column in columns
        if folded(column.name) not in hidden
        and column.name not in halves
        and not (halves and column.name == "order")  # an order needs every winner
    ]
    for field, entries, is_certain in _facts(free, _used(guesses)):
        if field not in guesses.entries:
            _take(field, _without_groups(entries), guesses, is_certain=is_certain)
    for column in free:
        moment = _moment(column)
        if moment and moment not in guesses.entries and column.name not in _used(guesses):
            _ask(moment, column, guesses)
    for field in ABOUT_FIELDS:
        if field not in guesses.entries:
            wanted = columns if field in ("id", "date") else free
            taken = _used(guesses)
            _settle(
                field, _about(field, [each for each in wanted if each.name not in taken]), guesses
            )
    used = _used(guesses)
    return guesses._replace(unread=[column for column in columns if column.name not in used])


def _without_groups(found: list[Entry]) -> list[Entry]:
    """Return the columns that may be a field but for those that say no more than a score among them."""
    groups = {f"{column.name}{GROUP}".casefold() for entry in found for column in entry.columns}
    return [entry for entry in found if entry.columns[0].name.casefold() not in groups]


def half_keys(columns: Sequence[Column]) -> list[str]:
    """Return the paths that lead to a value in some records and to more keys in others."""
    parents = {name.rpartition(".")[0] for name in (column.name for column in columns)}
    return [column.name for column in columns if column.name in parents]


def _take(field: str, found: list[Entry], guesses: Guesses, *, is_certain: bool = True) -> None:
    """Take the only column that is a field; of several, or of one that only may be it, none."""
    if found and (len(found) > 1 or not is_certain):
        guesses.rivals[field] = found
    elif found:
        guesses.entries[field] = found[0]


def _used(guesses: Guesses) -> set[str]:
    entries = [*guesses.entries.values(), *chain.from_iterable(guesses.rivals.values())]
    asked = (column.name for column, _ in guesses.asked.values())
    return {column.name for entry in entries for column in entry.columns} | {*asked}


def _facts(columns: Iterable[Column], taken: set[str]) -> Iterator[tuple[str, list[Entry], bool]]:
    """Return the columns that may be each fact, and whether they are more than proposed.

    Those of its very name come first, then those whose names are understood in whole.
    """
    ranked: dict[str, list[list[Entry]]] = {}
    columns = list(columns)
    names = [column.name for column in columns]
    for column in columns:
        called = column._replace(name=unnumbered(column.name, names))
        found = None if column.name in taken else _fact(called)
        if found is not None:
            place, entry = found
            its = entry._replace(columns=(column,))
            ranked.setdefault(entry.field, [[], [], []])[place].append(its)
    for field, places in ranked.items():
        best = next(place for place, entries in enumerate(places) if entries)
        yield field, places[best], best < PROPOSED


def _fact(column: Column) -> tuple[int, Entry] | None:
    """Return the fact that a column may be, and how sure that is: 0 the most."""
    named = next((fact for fact in FLAT_PATHS if _is_called(fact, column.name)), None)
    if (field := named or _moment(column)) and (entry := entry_of(field, column)):
        return (0 if named else 1), entry
    reading = exact_reading(named) if named else reading_of(column)
    if not named and reading and (entry := entry_of(reading.field, column, reading)):
        return (1 if reading.is_certain else PROPOSED), entry
    if is_deal(column.name) and (entry := answered("organization", column, ("deal",))):
        return 1, entry
    nearly = nearly_answered(column, reading) if reading else None
    return (PROPOSED, nearly) if nearly else None


def _is_called(fact: str, name: str) -> bool:
    """Tell whether a column has the very name of a fact, or a path that of an interaction."""
    return bool(columns_called(fact, [name])) or name == ".".join(FLAT_PATHS[fact])


def _moment(column: Column) -> str | None:
    moments = (
        field
        for field in MOMENTS
        if field != "date"
        and (_is_called(field, column.name) or rank(field, column.name) is not None)
    )
    return next(moments, None)


def _about(field: str, columns: Sequence[Column]) -> list[Column]:
    """Return the columns that may be the id, the date or the like: those whose names say it most plainly."""
    fitting = [column for column in columns if _fits(field, column)]
    if called := columns_called(field, [column.name for column in fitting]):
        return [column for column in fitting if column.name in called]
    if field not in ("id", "date", "employee", "channel"):
        return []
    ranks = {column.name: rank(field, column.name) for column in fitting}
    best = min((place for place in ranks.values() if place is not None), default=None)
    return [column for column in fitting if ranks[column.name] == best and best is not None]


def _fits(field: str, column: Column) -> bool:
    """Tell whether the values may be such a field."""
    if not column.rows:
        return False
    if field == "id":
        return column.distinct == column.rows
    if field == "date":
        return dates_of(column) is not None
    if field == "employee":
        return looks_like_names(column)
    if field == "channel":
        return column.distinct <= FEW and column.numbers is None
    return True


def _settle(field: str, found: Sequence[Column], guesses: Guesses) -> None:
    """Take the only column that may be a field; where its dates may be read in two ways, ask."""
    if not (len(found) == 1 and field in MOMENTS and _ask(field, found[0], guesses)):
        entries = (entry_of(field, column) or Entry(field, (column,)) for column in found)
        _take(field, list(entries), guesses)


def _ask(field: str, column: Column, guesses: Guesses) -> bool:
    """Ask how the dates of a column are written, if they may be read in two ways."""
    dates = dates_of(column)
    if not dates or not dates.candidates:
        return False
    guesses.asked[field] = (column, dates)
    return True

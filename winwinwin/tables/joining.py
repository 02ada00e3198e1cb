"""Files, and other tables of an engine, that are joined to a table by keys."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from winwinwin.errors import (
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    count,
    printable,
    quoted,
)
from winwinwin.loading.file_layout import as_keys, at_key
from winwinwin.mapping.model import Join
from winwinwin.tables import engines
from winwinwin.tables.joined_files import open_file
from winwinwin.tables.layout import refuse_helpers
from winwinwin.tables.matching import (
    ROW,
    Prepared,
    column_called,
    free_name,
    kept,
    numbered,
    places_of,
    words_of,
)
from winwinwin.tables.steps import HELPER, fetched, rows_of


class Side(NamedTuple):
    """What is joined, with its keys as text."""

    name: str
    """What the user calls it."""
    short_name: str
    table: ir.Table
    columns: Sequence[str]
    """Its own columns but the keys."""
    keys: dict[str, str]
    """Its keys, by the names of their helper columns."""
    own: tuple[str, ...]
    """The columns of the table so far that have the same values."""
    found: str
    """The helper column that tells whether a row is there."""

    @property
    def helpers(self) -> tuple[str, ...]:
        return tuple(self.keys)


def joined(table: ir.Table, joins: Sequence[Join], *, has_tables: bool) -> Prepared:
    """Add the columns of what is joined; rows keep their number and their order.

    Raises WinwinwinError where a key's column is missing, or a key is there twice.
    """
    own = list(table.columns)
    lines: list[str] = []
    sides: list[Side] = []
    rows = numbered(table)
    for number, join in enumerate(joins):
        notes: list[str] = []
        its = _opened(table, join, notes, has_tables=has_tables)
        lines += [f"{as_keys(note)}\n" for note in notes]
        side = _side(its, join, number, own)
        _refuse_repeated(side)
        names = _names(side, own)
        lines += _renamed(side, names)
        rows = _with(rows, side, names)
        own += names.values()
        sides.append(side)
    done = kept(rows)
    lines += _unmatched(done, sides)
    return Prepared(done.select(*own), lines)


def _side(its: ir.Table, join: Join, number: int, own: Sequence[str]) -> Side:
    refuse_helpers(its.columns)
    its_columns = its.columns
    its = numbered(its)
    helpers = [f"{HELPER}key_{number}_{index}" for index in range(len(join.on))]

    def called(name: str, columns: Sequence[str], where: str, key: str) -> str:
        place = join.places.get(key) or join.place
        return column_called(name, columns, where=where, field="join.on", place=place)

    ours = tuple(called(name, own, "the table", name) for name in join.on)
    theirs = [called(its_name, its_columns, join.name, name) for name, its_name in join.on.items()]
    keyed = its.mutate(
        **{helper: words_of(its[name]) for helper, name in zip(helpers, theirs, strict=True)}
    )
    columns = [name for name in its_columns if name not in theirs]
    keys = dict(zip(helpers, theirs, strict=True))
    return Side(join.name, join.short_name, keyed, columns, keys, ours, f"{HELPER}found_{number}")


def _opened(table: ir.Table, join: Join, notes: list[str], *, has_tables: bool) -> ir.Table:
    engine = ibis.get_backend(table)
    try:
        if join.file:
            return open_file(engine, join, notes)
        if not has_tables:
            hint = "Name a file instead: join: {file: FILE, on: …}. Tables go with --connect."
            raise UsageError(Problem(f"{quoted(join.table)} is in no engine", hint=hint))
        return engines.open_table(engine, join.table)
    except WinwinwinError as error:
        raise type(error)(*(_placed(problem, join) for problem in error.problems)) from None


def _placed(problem: Problem, join: Join) -> Problem:
    """Return a problem of what is joined; one without a line of its own, at the mapping's."""
    problem = at_key(problem, join.layout, "join")
    problem = replace(problem, what=as_keys(problem.what), hint=as_keys(problem.hint))
    if problem.place == Place(join.table) and join.place:
        return replace(
            problem, what=f"{quoted(join.table)}: {problem.what}", place=join.place, field="join"
        )
    if problem.place is None:
        return replace(problem, place=join.place, field=problem.field or "join")
    return problem


def _names(side: Side, own: Sequence[str]) -> dict[str, str]:
    """Return what its columns are called beside those that are there."""
    names: dict[str, str] = {}
    for name in side.columns:
        others = (other for other in side.columns if other != name)
        is_taken = name.lower() in map(str.lower, own)
        taken = [*own, *names.values(), *(others if is_taken else ())]
        names[name] = free_name(name, taken, side.short_name)
    return names


def _renamed(side: Side, names: dict[str, str]) -> list[str]:
    return [
        f"{printable(side.name)}: column {quoted(name)} is added as {quoted(new)}, "
        "for the table has one of that name\n"
        for name, new in names.items()
        if new != name
    ]


def _with(rows: ir.Table, side: Side, names: dict[str, str]) -> ir.Table:
    """Add the columns of one side, and whether each row matches."""
    ours = {f"{helper}_own": words_of(rows[name]) for helper, name in _pairs(side)}
    before = rows.columns
    left = rows.mutate(**ours)
    added = {f"{HELPER}added_{index}": side.table[name] for index, name in enumerate(names)}
    right = side.table.select(*side.helpers, **added, **{side.found: ibis.literal(1, "int64")})
    both = left.left_join(right, [left[f"{key}_own"] == right[key] for key in side.helpers])
    called = {new: both[its] for new, its in zip(names.values(), added, strict=True)}
    return both.select(*before, side.found, **called)


def _pairs(side: Side) -> list[tuple[str, str]]:
    return list(zip(side.helpers, side.own, strict=True))


def _refuse_repeated(side: Side) -> None:
    """Raise UnreadableError for a key that several rows have: each would multiply what it matches."""
    keys = list(side.keys)
    rows = side.table.filter([side.table[key].notnull() for key in keys])
    first = {"first": rows[ROW].min()} if ROW in rows.columns else {}
    grouped = rows.group_by(keys).agg(rows=rows.count(), **first)
    several = grouped.filter(grouped["rows"] > 1)
    found = fetched(several.order_by("first" if first else keys).limit(1))
    if not found:
        return
    [key] = found
    same = rows.filter([rows[name] == key[name] for name in keys])
    values = _key(key, side.keys)
    others = _number(several) - 1
    more = f", and {count(others, 'other key')} more than once" if others else ""
    places = places_of(same)
    where = f", in {places}" if places else ""
    what = f"{values} is there {key['rows']:,} times{where}{more}"
    hint = "Leave one row of each key, or join by more columns."
    raise UnreadableError(Problem(what, hint=hint, place=Place(side.name)))


def _unmatched(done: ir.Table, sides: Sequence[Side]) -> list[str]:
    """Say of each side how many rows match nothing, here and there."""
    hits = {side.found: done[side.found].sum().fill_null(0).cast("int64") for side in sides}
    [found] = fetched(done.agg(rows=done.count(), **hits))
    return [_said(done, side, found["rows"], found["rows"] - found[side.found]) for side in sides]


def _said(done: ir.Table, side: Side, rows: int, missing: int) -> str:
    own = {helper: words_of(done[name]) for helper, name in _pairs(side)}
    ours = done.select(side.found, *(name for name in (ROW,) if name in done.columns), **own)
    theirs = side.table.semi_join(ours, list(side.helpers))
    total, met = (_number(each) for each in (side.table, theirs))
    none = "matches" if total - met == 1 else "match"
    has = "has" if missing == 1 else "have"
    return (
        f"{printable(side.name)}: {missing:,} of {count(rows, 'row')} {has} no match there; "
        f"{total - met:,} of its {count(total, 'row')} {none} no row\n"
        f"{_odd(side, ours, theirs) if missing and met < total else ''}"
    )


def _odd(side: Side, ours: ir.Table, theirs: ir.Table) -> str:
    """Show a key of either side that the other one lacks: how they differ tells what to correct."""
    here = _first_key(ours.filter(ours[side.found].isnull()), dict(_pairs(side)))
    there = _first_key(side.table.anti_join(theirs, list(side.helpers)), side.keys)
    if not here or not there:
        return ""
    return f"{printable(side.name)}: no match for {here}, say, and none for its {there}\n"


def _first_key(rows: ir.Table, columns: Map[str, str]) -> str:
    """Return the first key of some rows that is not empty, in words; "" where all are."""
    keys = list(columns)
    whole = rows.filter([rows[key].notnull() for key in keys])
    first = whole.order_by([ROW] if ROW in rows.columns else keys).select(keys).limit(1)
    return "".join(_key(row, columns) for row in fetched(first))


def _key(row: Map[str, str], columns: Map[str, str]) -> str:
    """Write the values of a key with their columns, which are given by the names of their helpers."""
    return " and ".join(f"{printable(name)} {quoted(row[key])}" for key, name in columns.items())


def _number(table: ir.Table) -> Any:
    return rows_of(table)

"""What the columns of a known export give, as its maker writes them."""

from collections.abc import Mapping as Map
from collections.abc import Sequence
from itertools import chain
from typing import Any

from winwinwin.mapping.drafting.columns import FEW, Column
from winwinwin.mapping.drafting.entries import (
    MOMENTS,
    OUTCOME_KINDS,
    Entry,
    answered,
    entry_of,
    meanings,
    on_any_scale,
)
from winwinwin.mapping.drafting.exports import Export, unzoned
from winwinwin.mapping.drafting.names import exact_reading, reading_of
from winwinwin.mapping.drafting.numbers import NAMED, Cut
from winwinwin.mapping.drafting.scales import DEAL, ENDS, End, not_recorded, scales, told
from winwinwin.mapping.headers import folded
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.record.spelling import ANSWERS, bare


def exported(field: str, sources: Sequence[Any], columns: Sequence[Column]) -> Entry | None:
    """Return where a known export has a field: the best of the sources whose columns are there.

    Where none has the values that its maker writes, any scale will do.
    """
    by_name = named(columns)
    as_made = (_exported(field, source, by_name) for source in sources)
    otherwise = (_on_any_scale(field, column) for column in sides_of(sources, by_name))
    return next(filter(None, chain(as_made, otherwise)), None)


def _on_any_scale(field: str, column: Column) -> Entry | None:
    """Return how a column gives the field that its maker has in it, by its name if that says so too."""
    said = reading_of(column)
    reading = said if said and said.field == field else exact_reading(field)
    return on_any_scale(column, reading) if reading else None


def named(columns: Sequence[Column]) -> dict[str, Column]:
    """Return columns by their folded names, and by those without the zone of their times."""
    there = {folded(column.name): column for column in reversed(columns)}
    return {folded(unzoned(column.name)): column for column in reversed(columns)} | there


def sides_of(sources: Sequence[Any], by_name: Map[str, Column]) -> list[Column]:
    """Return the columns whose values would give a fact, as some sources have it."""
    names = [
        name
        for source in sources
        if isinstance(source, dict) and "column" in source
        for name in _names(source)
    ]
    return [by_name[folded(name)] for name in names if folded(name) in by_name]


def _names(source: Any) -> list[str]:
    """Return what the column of a source may be called."""
    written = source if isinstance(source, str) else source["column"]
    return [written] if isinstance(written, str) else written


def _exported(field: str, source: Any, by_name: Map[str, Column]) -> Entry | None:
    if isinstance(source, dict) and "column" not in source:
        return _conditional(field, source, by_name)
    there = (by_name.get(folded(name)) for name in _names(source))
    entries = (_as_made(field, source, column) for column in there if column and column.rows)
    return next(filter(None, entries), None)


def _as_made(field: str, source: Any, column: Column) -> Entry | None:
    """Return a field of a column, if its values are those that the maker writes."""
    if isinstance(source, str):
        return entry_of(field, column) if field in MOMENTS else Entry(field, (column,))
    if "scale" in source:
        return answered(field, column, source["scale"]) or _open(field, column, source["scale"])
    if "numbers" in source:
        low, high = map(int, source["numbers"])
        return _counted(field, column, NAMED[low, high])
    ends = {end: {bare(value) for value in source[end]} for end in ENDS}
    values = [value for value in column.values if told(value) not in not_recorded()]
    if not column.is_complete or not all(_end(value, ends) for value in values):
        return None
    listed = dict(zip(meanings(field), (source["won"], source["lost"]), strict=True))
    others = [value for value in column.values if _end(value, ends) not in ("won", "lost")]
    return Entry(field, (column,), listed, unlisted=tuple(others))


def _end(value: str, ends: Map[End, set[str]]) -> End | None:
    return next((end for end, words in ends.items() if bare(value) in words), None)


def _counted(field: str, column: Column, cut: Cut) -> Entry | None:
    """Return a fact whose numbers are on a scale that the maker has."""
    low, high = column.numbers or (0, 0)
    is_on_it = column.is_whole and cut.low <= low and high <= cut.high
    return Entry(field, (column,), cut=cut) if is_on_it else None


def _open(field: str, column: Column, kinds: Sequence[str]) -> Entry | None:
    """Return a fact that no row has yet, of a column in which nothing is won or lost so far."""
    said = {word for value in column.values if (word := told(value)) not in not_recorded()}
    candidates = (scale for scale in scales() if scale.kind in kinds)
    fitting = (
        each for each in candidates if said <= {w for w in each.ends if each.ends[w] == "neutral"}
    )
    scale = next(fitting, None) if said and column.is_complete else None
    if scale is None:
        return None
    ends = (list(scale.written[end][:FEW]) for end in ENDS if end != "neutral")
    listed = dict(zip(meanings(field), ends, strict=True))
    return Entry(field, (column,), listed, unlisted=tuple(column.values))


def _conditional(field: str, source: Any, by_name: Map[str, Column]) -> Entry | None:
    """Return a fact that several columns give together, where all hold yes or no."""
    names = {folded(name) for cases in source.values() for case in cases for name in case}
    if not all(name in by_name and _is_yes_or_no(by_name[name]) for name in names):
        return None
    conditions = {
        key: [
            {
                by_name[folded(name)].name: _said(by_name[folded(name)], value)
                for name, value in case.items()
            }
            for case in cases
        ]
        for key, cases in source.items()
    }
    return Entry(field, tuple(by_name[name] for name in sorted(names)), conditions=conditions)


def _is_yes_or_no(column: Column) -> bool:
    return all(bare(value) in ANSWERS for value in column.values)


def _said(column: Column, value: str) -> list[str]:
    """Return how a column says true or false; where it never does, as the export would."""
    wanted = ANSWERS[value]
    return [each for each in column.values if ANSWERS[bare(each)] is wanted] or [value]


def unmatched(export: Export | None, unread: Sequence[Column]) -> dict[str, Column]:
    """Return the columns, of those that nothing was made of, that would give a fact of a known export."""
    by_name = named(unread)
    sides = {
        field: sides_of(sources, by_name)
        for field, sources in (export.fields.items() if export else ())
        if field in FLAT_PATHS
    }
    return {
        field: next((each for each in found if each.rows), found[0])
        for field, found in sides.items()
        if found
    }


def likely(field: str, column: Column) -> dict[str, list[str]]:
    """Return the values of a column, on no known scale as a whole, that mean one thing on all that have them."""
    kinds = (DEAL,) if field == "organization" else OUTCOME_KINDS
    candidates = [scale for scale in scales() if scale.kind in kinds]
    meant = {
        value: {each.ends[word] for each in candidates if (word := told(value)) in each.ends}
        for value in column.values[:FEW]
    }
    ends = ([value for value in meant if meant[value] == {end}] for end in ("won", "lost"))
    return dict(zip(meanings(field), ends, strict=True))

"""Finding the columns of a table that hold the fields: by a mapping, or by the flat names of the fields."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import replace
from difflib import get_close_matches

from winwinwin.errors import (
    MOST_PROBLEMS,
    Place,
    Problem,
    Problems,
    UnreadableError,
    WinwinwinError,
    count,
    quoted,
)
from winwinwin.limits import MOST_COLUMNS
from winwinwin.mapping.headers import ambiguous, columns_called, folded, unnumbered
from winwinwin.mapping.model import ABOUT_FIELDS, FieldSource, Mapping
from winwinwin.near import nearest
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.record.spelling import OUTCOMES, bare
from winwinwin.tables.marks import MARK
from winwinwin.tables.steps import HELPER

ABOUT_READ = tuple(name for name in ABOUT_FIELDS if name != "notes")
"""What describes a row beside its facts and is read by name; its notes are only carried through."""

CLOSE = 0.88
"""How similar two names are where one is probably a misspelling of the other."""


def layout(
    columns: Sequence[str],
    mapping: Mapping | None,
    added: Iterable[str] = (),
    inside: Sequence[str] = (),
) -> Mapping:
    """Return where the fields of a table are, by the names that its columns have.

    A mapping may name columns that were added, too; the paths inside of columns are offered.

    Raises WinwinwinError for a mapped column that the table lacks, for a name that several columns
    match, and for a table without a fact.
    """
    own = [column for column in columns if not column.startswith(HELPER)]
    return _by_names(own) if mapping is None else _by_mapping(own, mapping, added, inside)


def _by_names(columns: Sequence[str]) -> Mapping:
    found = {name: columns_called(name, columns) for name in (*FLAT_PATHS, *ABOUT_READ)}
    facts_called = {folded(name): name for name in FLAT_PATHS}
    for column in columns:
        before = unnumbered(column, columns)
        if before != column and (fact := facts_called.get(folded(before))):
            found[fact].append(column)  # of two with one name, either may be the fact
    if clashes := [ambiguous(name, several) for name, several in found.items() if several[1:]]:
        raise WinwinwinError(*clashes)
    sources = {name: FieldSource(column) for name, one in found.items() for column in one}
    facts = {name: sources[name] for name in FLAT_PATHS if name in sources}
    if not facts:
        slips = [slip for _, slip in near_misses(columns)]
        hint = "Name the columns with --map; `winwinwin map FILE` drafts the file."
        if values := [name for name in columns if OUTCOMES.get(bare(name))]:
            hint = f"If {quoted(values[0])} is a value, name the columns in a line above it. {hint}"
        what = "no column has the name of a fact"
        raise WinwinwinError(
            Problem(what, ", ".join(FLAT_PATHS), slips[0] if slips else None, hint)
        )
    about = {name: sources[name] for name in ABOUT_READ if name in sources}
    return Mapping(facts, about, is_by_name=True)


def _by_mapping(
    own: Sequence[str], mapping: Mapping, added: Iterable[str], inside: Sequence[str]
) -> Mapping:
    columns = [*own, *added]
    problems = list(_mistakes(columns, mapping, [*own, *inside]))
    if problems:
        raise WinwinwinError(*Problems.of(problems).in_order())

    def named(sources: Map[str, FieldSource]) -> dict[str, FieldSource]:
        return {name: _in_table(source, columns) for name, source in sources.items()}

    return replace(
        mapping, facts=named(mapping.facts), about=named(mapping.about), tags=named(mapping.tags)
    )


def _in_table(source: FieldSource, columns: Sequence[str]) -> FieldSource:
    """Return a source with the names that the table itself has for its columns."""
    return source.renamed({name: columns_called(name, columns)[0] for name in source.columns})


def _mistakes(
    columns: Sequence[str], mapping: Mapping, offered: Sequence[str]
) -> Iterator[Problem]:
    """Yield a problem for each mapped column that the table lacks, or that several match."""
    for name, source in mapping.sources():
        for column in source.columns:
            several = columns_called(column, columns)
            if not several:
                problem = _missing(column, offered)
                yield replace(problem, field=name, place=source.place)
            elif several[1:]:
                yield replace(ambiguous(column, several), field=name, place=source.place)


def _missing(column: str, offered: Sequence[str]) -> Problem:
    what = f"the table has no column {quoted(column)}"
    around, is_item, _ = column.partition("[")
    if is_item and (lists := columns_called(around, offered)):
        what += f", and the items of a list such as {quoted(lists[0])} are not reached in a table"
        hint = "Export the records as JSON, where they are, or with a column for each value."
        return Problem(what, ", ".join(offered), hint=hint)
    return Problem(what, ", ".join(offered), nearest(column, offered))


def near_misses(columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield columns that are not read, with the fact that each has almost the name of."""
    facts = {folded(fact): fact for fact in FLAT_PATHS}
    names = {folded(column) for column in columns}
    for column in columns:
        if folded(column) not in facts:
            for near in get_close_matches(folded(column), facts, n=1, cutoff=CLOSE):
                if near not in names:
                    yield column, facts[near]


def near_misses_said(columns: Sequence[str]) -> Iterator[str]:
    """Yield a line for each of the first columns that are not read, and one that counts the others."""
    found = list(near_misses(columns))
    for column, fact in found[:MOST_PROBLEMS]:
        yield f"column {quoted(column)} is not read. Did you mean '{fact}'?"
    more = len(found) - MOST_PROBLEMS
    if more > 0:
        yield f"nor {'is' if more == 1 else 'are'} {count(more, 'more column')} with such a name"


def refuse_too_wide(place: Place | None, columns: int) -> None:
    """Raise UnreadableError for more columns than an engine takes in reasonable time."""
    if columns > MOST_COLUMNS:
        what = f"has {count(columns, 'column')}, and {MOST_COLUMNS:,} are read"
        hint = "Leave out columns that no mapping names."
        raise UnreadableError(Problem(what, hint=hint, place=place))


def check_names(place: Place | None, names: Sequence[str]) -> None:
    """Raise UnreadableError for a column without a name or with that of another in any case, or too many."""
    refuse_too_wide(place, len(names))
    seen: set[str] = set()
    if MARK in map(str.lower, names):
        refuse_helpers([MARK])
    for index, name in enumerate(names, 1):
        if not name.strip() or name.lower() in seen:
            what = f"column {index} has {'the same name as another' if name.strip() else 'no name'}"
            hint = "Give every column a name of its own."
            raise UnreadableError(Problem(f"{what}: {quoted(name)}", hint=hint, place=place))
        seen.add(name.lower())


def refuse_helpers(columns: Sequence[str]) -> None:
    """Raise UnreadableError for a column with a name that helper columns use."""
    for column in columns:
        if column.lower().startswith(HELPER):
            what = f"the name of column {quoted(column)} is reserved"
            raise UnreadableError(Problem(what, hint=f"Names must not begin with {HELPER}."))

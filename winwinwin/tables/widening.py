"""A table with one row per question, turned into one with a row per interaction."""

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Place, Problem, UnreadableError, WinwinwinError, count, quoted
from winwinwin.mapping.headers import columns_called
from winwinwin.mapping.model import Long, Mapping
from winwinwin.near import nearest
from winwinwin.tables.marks import MARK, unmarked
from winwinwin.tables.matching import (
    ROW,
    SHOWN,
    Prepared,
    column_called,
    free_name,
    kept,
    numbered,
    places_of,
    words_of,
)
from winwinwin.tables.steps import HELPER, fetched
from winwinwin.tables.texts import as_text
from winwinwin.tables.traits import traits_of

ID, QUESTION, ANSWER, TEXT = (f"{HELPER}{name}" for name in ("id", "question", "answer", "text"))
MOST_COLUMNS = 200
"""Questions that all become columns; of more than that, those that the mapping names."""
MOST_QUESTIONS = 10_000
"""Distinct questions that are looked at."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the columns of a wide table are made of, each with the helper that tells of differences."""

    id: str
    questions: Map[str, Sequence[str]]
    """How each is spelt, by the name of its column."""
    columns: Sequence[str]
    """The table's other columns, whose values the rows of an id should share."""
    named: frozenset[str]
    """Those of them that the mapping names."""

    @property
    def differs(self) -> dict[str, str]:
        """The helper columns that tell where the rows of an id differ, by column."""
        names = (*self.columns, *self.questions)
        return {name: f"{HELPER}differs_{index}" for index, name in enumerate(names)}


def widened(table: ir.Table, long: Long, mapping: Mapping) -> Prepared:
    """Return a row per id: with its answers, and with what all of its rows share.

    Raises WinwinwinError where a column or a question is missing, and where an id has different
    answers to a question.
    """
    keys = {ID: "id", QUESTION: "question", ANSWER: "answer"}
    called = {
        helper: column_called(
            getattr(long, key),
            table.columns,
            where="the table",
            field=f"long.{key}",
            place=long.places.get(key),
        )
        for helper, key in keys.items()
    }
    words = {helper: words_of(table[name]) for helper, name in called.items()}
    rows = numbered(table).mutate(**words, **{TEXT: as_text(table[called[ANSWER]])})
    others = [name for name in unmarked(table.columns) if name not in called.values()]
    parts = _parts(_questions(rows, called[QUESTION]), called[ID], others, mapping)
    wide = kept(_wide(rows, parts))
    total, differing = _summed(wide, parts)
    _refuse_different(rows, wide, parts, differing)
    columns = [name for name in others if name in parts.named or not differing[name]]
    marks = [MARK] if MARK in wide.columns else []
    done = wide.select(parts.id, *columns, *parts.questions, *marks)
    return Prepared(done, [*_read(rows, called, total), *_differing(parts, differing)])


def _questions(rows: ir.Table, column: str) -> list[str]:
    """Return the distinct questions, as they first appear. Raises UnreadableError for too many."""
    asked = rows.filter(rows[QUESTION].notnull())
    first = {"first": asked[ROW].min()} if ROW in asked.columns else {}
    distinct = asked.group_by(QUESTION).agg(rows=asked.count(), **first)
    in_order = distinct.order_by("first" if first else QUESTION).limit(MOST_QUESTIONS + 1)
    found = [row[QUESTION] for row in fetched(in_order.select(QUESTION))]
    if len(found) > MOST_QUESTIONS:
        what = f"column {quoted(column)} has more than {MOST_QUESTIONS:,} different questions"
        raise UnreadableError(Problem(what, hint="Name the column of the questions.", field="long"))
    return found


def _parts(asked: Sequence[str], row_id: str, others: Sequence[str], mapping: Mapping) -> Parts:
    """Sort out what the mapping names. Raises WinwinwinError for what is neither column nor question."""
    own = [row_id, *others]
    spelt: dict[str, list[str]] = {}
    for question in asked:
        spelt.setdefault(question.lower(), []).append(question)
    names: dict[str, list[str]] = {}
    for several in spelt.values():
        names[free_name(several[0], [*own, *names], "question")] = several
    columns: set[str] = set()
    questions: set[str] = set()
    problems: list[Problem] = []
    for field, name, place in _named(mapping):
        columns.update(found := columns_called(name, own))
        questions.update(met := [] if found else columns_called(name, list(names)))
        if not found and not met and not mapping.joins:
            what = f"neither a column nor a question is called {quoted(name)}"
            near = nearest(name, [*own, *names])
            problems.append(Problem(what, nearest=near, field=field, place=place))
    if problems:
        raise WinwinwinError(*problems)
    wanted = names.keys() if len(names) <= MOST_COLUMNS else questions
    chosen = {name: several for name, several in names.items() if name in wanted}
    return Parts(row_id, chosen, others, frozenset(columns - {row_id}))


def _named(mapping: Mapping) -> Iterator[tuple[str, str, Place | None]]:
    """Yield what the mapping names: field, column or question, and where."""
    for field, source in mapping.sources():
        for column in source.columns:
            yield field, column, source.place
    if len(mapping.joins) == 1:  # a later one may look at what an earlier one adds
        for own in mapping.joins[0].on:
            yield "join.on", own, mapping.joins[0].places.get(own)


def _wide(rows: ir.Table, parts: Parts) -> ir.Table:
    """Return a row per id, and for each column whether the rows of the id differ in it."""
    known = rows.filter(rows[ID].notnull())
    place = {ROW: known[ROW].min()} if ROW in known.columns else {}
    marks = {MARK: known[MARK].max()} if MARK in known.columns else {}
    values: dict[str, ir.Value] = {}
    differs: dict[str, ir.Value] = {}
    own_id = known[ID].min() if known[parts.id].type().is_string() else _one_of(known[parts.id])
    for name in parts.columns:
        words = words_of(known[name])
        differs[parts.differs[name]] = words.min() != words.max()
        values[name] = ibis.ifelse(words.min() == words.max(), _one_of(known[name]), ibis.null())
    for name, spelt in parts.questions.items():
        asked = known[QUESTION].isin(spelt)
        low, high = (each(where=asked) for each in (known[ANSWER].min, known[ANSWER].max))
        differs[parts.differs[name]] = low != high
        values[name] = known[TEXT].min(where=asked & known[ANSWER].notnull())
    flags = {name: ibis.ifelse(each, 1, 0).cast("int64") for name, each in differs.items()}
    return known.group_by(ID).agg(**{parts.id: own_id}, **values, **flags, **place, **marks)


def _one_of(column: ir.Value) -> ir.Value:
    """Return one of several values that are alike: of texts the first in the alphabet.

    Ibis asks PostgreSQL for any value by a function that it lacks, and not every type has a least:
    but in SQLite, which has no lists.
    """
    written = words_of(column).notnull()
    has_least = column.type().is_string() or traits_of(column).has_loose_types
    return column.min(where=written) if has_least else column.collect(where=written)[0]


def _summed(wide: ir.Table, parts: Parts) -> tuple[int, dict[str, int]]:
    """Return the number of ids, and that of those whose rows differ, by column."""
    sums = {
        helper: wide[helper].sum().fill_null(0).cast("int64") for helper in parts.differs.values()
    }
    [found] = fetched(wide.agg(rows=wide.count(), **sums))
    return found["rows"], {name: found[helper] for name, helper in parts.differs.items()}


def _refuse_different(
    rows: ir.Table, wide: ir.Table, parts: Parts, differing: Map[str, int]
) -> None:
    problems = []
    for name in [name for name in parts.questions if differing[name]][:SHOWN]:
        several = wide.filter(wide[parts.differs[name]] == 1)
        in_order = several.order_by(ROW if ROW in wide.columns else ID).limit(SHOWN).select(ID)
        first, *others = [row[ID] for row in fetched(in_order)]
        of_it = rows.filter([rows[ID] == first, rows[QUESTION].isin(parts.questions[name])])
        ids = ", ".join([f"{quoted(first)} ({_answers(of_it)})", *map(quoted, others)])
        more = f" and {differing[name] - SHOWN:,} more" if differing[name] > SHOWN else ""
        what = f"different answers to {quoted(name)} of {parts.id} {ids}{more}"
        hint = "Leave one answer of each to a question."
        problems.append(Problem(what, hint=hint, field="long"))
    if problems:
        raise UnreadableError(*problems)


def _answers(rows: ir.Table) -> str:
    """Show two different answers, with the rows that have them."""
    rows = rows.filter(rows[ANSWER].notnull())
    first = {"first": rows[ROW].min()} if ROW in rows.columns else {}
    each = rows.group_by(ANSWER).agg(rows=rows.count(), **first)
    two = fetched(each.order_by("first" if first else ANSWER).limit(2))
    answers = [row[ANSWER] for row in two]
    places = [f" in {places_of(rows.filter(rows[ANSWER] == answer))}" for answer in answers]
    shown = zip(map(quoted, answers), places, strict=True)
    return " and ".join(f"{answer}{place if first else ''}" for answer, place in shown)


def _read(rows: ir.Table, called: Map[str, str], total: int) -> Iterator[str]:
    """Say how many rows were read, and which of them say nothing."""
    blank = {
        name: rows[name].isnull().ifelse(1, 0).sum().fill_null(0).cast("int64")
        for name in (ID, QUESTION)
    }
    [found] = fetched(rows.agg(rows=rows.count(), **blank))
    ids = quoted(called[ID])
    read = count(found["rows"], "row")
    yield f"{read}, one per question, became {count(total, 'row')}, one per {ids}\n"
    for helper, left in ((ID, "left out"), (QUESTION, "without an answer")):
        if found[helper]:
            places = places_of(rows.filter(rows[helper].isnull()))
            where = f" ({places})" if places else ""
            without = f"{count(found[helper], 'row')} without {quoted(called[helper])}"
            yield f"{without}: {left}{where}\n"


def _differing(parts: Parts, differing: Map[str, int]) -> Iterator[str]:
    """Say which columns are not taken where, or at all."""
    for name in parts.columns:
        if differing[name] and name in parts.named:
            several = f"{differing[name]:,} x several values of one {quoted(parts.id)}"
            yield f"{quoted(name)}: {several} read as not recorded\n"
    if left := [name for name in parts.columns if differing[name] and name not in parts.named]:
        names = ", ".join(map(quoted, left))
        yield f"left out, for they differ within one {quoted(parts.id)}: {names}\n"

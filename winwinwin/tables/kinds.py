"""The kinds of a table: what its rows come down to, found in one pass of its engine.

Only distinct texts, distinct combinations of them and counts ever leave the engine.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError, UsageError
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.kernel.judgement import Judgement
from winwinwin.mapping.fields import (
    IDLE,
    Reading,
    decided,
    interaction_of,
    without_idle_times,
)
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.mapping.passed import Passed
from winwinwin.record.order import day
from winwinwin.tables.alphabets import UNRECORDED, Alphabet, read_alphabets, too_many_texts
from winwinwin.tables.marks import MARK
from winwinwin.tables.moments import UNREADABLE
from winwinwin.tables.steps import HELPER, fetched, fetched_values, settled
from winwinwin.tables.times import MOMENTS
from winwinwin.tables.tokens import SHAPE, condition, token, token_names
from winwinwin.tables.unread import unread_shown

KEY = f"{HELPER}key"
COUNT = f"{HELPER}count"
MOST_COMBINATIONS = 1_000_000
"""Distinct combinations of texts that are looked at. Few tables have a thousand."""
MOST_KEYS = 1 << 62


@dataclass(frozen=True, slots=True)
class Combination:
    """What all rows with the same readings come down to."""

    judgement: Judgement | None
    """None where they could not be read."""
    problems: tuple[Problem, ...] = ()
    day: date | None = None
    """Their date, where Python had to read it; the engine knows it otherwise."""
    gap: timedelta | None = None
    """Likewise their gap."""
    has_no_gap: bool = False
    """Whether a time that the engine knows counts for nothing."""
    passed: tuple[tuple[str, str], ...] = ()
    """Fields that were written, and read as not recorded: by field and value as shown."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """The combinations that occur in a table, each judged once."""

    grouped: ir.Table
    """Combinations of tokens (and what else was asked for) with their number of rows."""
    alphabets: Sequence[Alphabet]
    passed: Passed
    combinations: dict[int, Combination]
    """By key."""
    counts: Counter[int]
    """Rows by key."""

    @property
    def total(self) -> int:
        return self.counts.total()

    @property
    def invalid(self) -> dict[tuple[Problem, ...], int]:
        """What is wrong with the rows that could not be read, and their number, the most first."""
        found: Counter[tuple[Problem, ...]] = Counter()
        for key, combination in self.combinations.items():
            if combination.judgement is None:
                found[combination.problems] += self.counts[key]
        said = sorted(found.items(), key=lambda item: (-item[1], [p.line for p in item[0]]))
        return dict(said)

    @property
    def problems(self) -> dict[Problem, int]:
        """Every problem of these rows once, with the number of rows that have it, the most first."""
        found: Counter[Problem] = Counter()
        for problems, rows in self.invalid.items():
            found.update(dict.fromkeys(problems, rows))
        return dict(found.most_common())

    def facts(self, key: int) -> Facts:
        """Return the kind of a key of rows that could be read."""
        judgement = self.combinations[key].judgement
        if judgement is None:
            raise KeyError(key)
        return judgement.facts

    def of(self, key: int) -> Combination:
        """Return what a key stands for. Raises UnreadableError for one that was not counted."""
        if key in self.combinations:
            return self.combinations[key]
        raise UnreadableError(Problem("the table changed while it was read", hint="Run again."))

    def counted_by(self, column: str) -> Iterator[tuple[Combination, Any, int]]:
        """Yield combination, value of the column and number of rows."""
        key = key_of(self.grouped, self.alphabets)
        keyed = settled(self.grouped.select(column, COUNT, **{KEY: key}))
        for key, value, rows in counts_by(keyed, [column]):
            yield self.of(key), value, rows


class Counted(NamedTuple):
    """The combinations of tokens that occur in a table."""

    grouped: ir.Table
    columns: list[list[Any]]
    """The combinations: a list of texts for each token."""
    rows: list[int]
    """The number of rows of each."""
    texts: dict[str, Counter[Any]]
    """The distinct texts of each token, with their number of rows."""


def count_tokens(table: ir.Table, mapping: Mapping, **beside: ir.Value) -> Counted:
    """Count the rows of a table with tokens, separately by the columns beside them."""
    names = token_names(mapping)
    tokens = [token(name) for name in names]
    chosen = table.select(*tokens, **beside)
    grouped = chosen.group_by(chosen.columns).agg(**{COUNT: chosen.count()})
    if beside:
        grouped = grouped.cache()
    columns, rows = _combinations(grouped, tokens)
    texts: dict[str, Counter[Any]] = {name: Counter() for name in names}
    for name, column in zip(names, columns, strict=True):
        for text, number in zip(column, rows, strict=True):
            if text is not None:
                texts[name][text] += number
    return Counted(grouped, columns, rows, texts)


def find_kinds(table: ir.Table, counted: Counted, mapping: Mapping, judge: Judge) -> Kinds:
    """Find the kinds of a table with tokens that were counted.

    Raises UnreadableError for a column of facts with too many distinct values.
    """
    grouped, columns, rows, texts = counted
    if len(rows) > MOST_COMBINATIONS:
        raise UnreadableError(_too_many_combinations(texts, mapping))
    alphabets, passed = read_alphabets(texts, mapping)
    unread = {name: token(name) for name in texts if UNREADABLE in texts[name]}
    passed.update(unread_shown(table, mapping, unread))
    if key_count(alphabets) > MOST_KEYS:
        raise UnreadableError(_too_many_combinations(texts, mapping))
    counts: Counter[int] = Counter()
    for *combination, number in zip(*columns, rows, strict=True):
        counts[_key(combination, alphabets)] += number
    combinations = {key: _combination(key, alphabets, mapping, judge) for key in counts}
    for key, found in combinations.items():
        for each in found.passed:
            passed[each] += counts[key]
    return Kinds(grouped, alphabets, passed, combinations, counts)


def _combinations(grouped: ir.Table, tokens: Sequence[str]) -> tuple[list[list[Any]], list[int]]:
    """Ask the engine for the distinct combinations: a list for each token, and one of the rows."""
    rows = grouped[COUNT].sum().cast("int64")
    found = (
        grouped.group_by(tokens).agg(rows=rows)
        if len(grouped.columns) > len(tokens) + 1
        else (grouped.select(*tokens, rows=grouped[COUNT]))
    )
    few = fetched(found.limit(MOST_COMBINATIONS + 1))
    *columns, counts = ([row[name] for row in few] for name in found.columns)
    return columns, counts


def _key(combination: Sequence[Any], alphabets: Sequence[Alphabet]) -> int:
    """Return what `key_of` computes, of one combination."""
    key, base = 0, 1
    for text, alphabet in zip(combination, alphabets, strict=True):
        key += alphabet.codes.get(text, 0) * base
        base *= len(alphabet.readings)
    return key


def key_of(table: ir.Table, alphabets: Sequence[Alphabet]) -> ir.Value:
    """Number the combination of each row: its readings as digits."""
    key: ir.Value = ibis.literal(0, "int64")
    base = 1
    for alphabet in alphabets:
        if alphabet.texts:
            key = key + alphabet.number(table) * base
        base *= len(alphabet.readings)
    return key


def day_number(table: ir.Table, column: str, alphabets: Sequence[Alphabet]) -> ir.Value:
    """Return the number of each row's day, which is in a column if the engine read it; else Python did."""
    [dates] = [alphabet for alphabet in alphabets if alphabet.name == "date"]
    by_python = [
        (table[token("date")].isin(texts), day(value).toordinal())
        for place, texts in dates.texts.items()
        if isinstance(value := dates.readings[place].value, date)
    ]
    by_engine = table[column].cast("int64")
    return by_engine.fill_null(ibis.cases(*by_python).cast("int64")) if by_python else by_engine


def key_count(alphabets: Sequence[Alphabet]) -> int:
    """Return the number of keys that there can be."""
    size = 1
    for alphabet in alphabets:
        size *= len(alphabet.readings)
    return size


def counts_by(keyed: ir.Table, columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return key, values of the columns and number of rows, of combinations with their keys.

    Raises UsageError where there are too many.
    """
    by_key = keyed.group_by([KEY, *columns]).agg(rows=keyed[COUNT].sum().cast("int64"))
    found = fetched_values(by_key.limit(MOST_COMBINATIONS + 1))
    if len(found) > MOST_COMBINATIONS:
        what = f"{' and '.join(columns)} have too many values to count by"
        raise UsageError(Problem(what, hint="Group by something that many rows share."))
    return found


def _combination(
    key: int, alphabets: Sequence[Alphabet], mapping: Mapping, judge: Judge
) -> Combination:
    """Read one combination as a record with these values would be read, and judge it."""
    readings: dict[str, Reading] = {}
    for alphabet in alphabets:
        key, digit = divmod(key, len(alphabet.readings))
        readings[alphabet.name] = alphabet.readings[digit]
    if broken := readings.get(MARK, UNRECORDED).problems:
        return Combination(None, broken)
    shaped: dict[str, Any] = readings.pop(SHAPE, UNRECORDED).value or {}
    read = {name: _together(name, source, readings) for name, source in mapping.facts.items()}
    date = readings.get("date", UNRECORDED)
    if problems := tuple(problem for each in (*read.values(), date) for problem in each.problems):
        return Combination(None, problems)
    facts = {name: reading.value for name, reading in read.items()} | shaped
    passed = [
        (name, each.passed)
        for name, each in read.items()
        if mapping.facts[name].cases and each.passed
    ]
    idle = without_idle_times(mapping, facts)
    passed += [(name, IDLE) for name in idle]
    interaction, broken = interaction_of(facts, {})
    if interaction is None:
        return Combination(None, broken)
    is_by_engine = shaped or not MOMENTS.keys() & facts.keys()
    gap = None if is_by_engine else interaction.gap
    judgement = judge.kind(interaction.facts)
    return Combination(judgement, (), date.value, gap, bool(idle), tuple(passed))


def _together(name: str, source: FieldSource, readings: Map[str, Reading]) -> Reading:
    met = (readings[condition(name, place)].value for place in range(len(source.conditions)))
    return decided(name, source, readings.get(name, UNRECORDED), met)


def _too_many_combinations(texts: Map[str, Map[Any, int]], mapping: Mapping) -> Problem:
    """Blame the column with the most distinct texts."""
    name = max((name for name in texts if name != SHAPE), key=lambda name: len(texts[name]))
    return too_many_texts(name, mapping, texts[name])

"""The kinds of a table: what its rows come down to, found in one pass of its engine.

Only distinct texts, distinct combinations of them and counts ever leave the engine.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError, count
from winwinwin.evaluation import Judge
from winwinwin.interaction import FLAT_PATHS
from winwinwin.judgement import Judgement
from winwinwin.sources.fields import interaction_of
from winwinwin.sources.mapped import Passed
from winwinwin.sources.mapping import Mapping
from winwinwin.tables.alphabets import COUNT, Alphabet, read_alphabets
from winwinwin.tables.times import MOMENTS
from winwinwin.tables.tokens import SHAPE, token, token_names, with_tokens

KEY = "winwinwin__key"
MOST_COMBINATIONS = 200_000
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
        """What is wrong with the rows that could not be read, and the number of those rows."""
        found: Counter[tuple[Problem, ...]] = Counter()
        for key, combination in self.combinations.items():
            if combination.judgement is None:
                found[combination.problems] += self.counts[key]
        return found

    def counted_by(self, columns: Sequence[str]) -> Iterator[tuple[Combination, tuple[Any, ...], int]]:
        """Yield combination, values of the columns and number of rows."""
        for key, *values, rows in _counted(self.grouped, self.alphabets, columns):
            yield self.combinations[key], tuple(values), rows


def find_kinds(
    table: ir.Table, mapping: Mapping, judge: Judge, **beside: ir.Value
) -> Kinds:
    """Find the kinds of a table with tokens; what stands beside them is counted apart.

    Raises UnreadableError for a column of facts with too many distinct values.
    """
    names = token_names(mapping)
    tokens = {token(name): table[token(name)] for name in names}
    grouped = table.select(**tokens, **beside).group_by([*tokens, *beside])
    cached = grouped.agg(**{COUNT: ibis._.count()}).cache()
    alphabets, passed = read_alphabets(cached, names, mapping)
    if key_count(alphabets) > MOST_KEYS:
        raise UnreadableError(_too_many_combinations())
    counts = Counter(dict(_counted(cached, alphabets, [])))
    combinations = {key: _combination(key, alphabets, judge) for key in counts}
    return Kinds(cached, alphabets, passed, combinations, counts)


def key_of(table: ir.Table, alphabets: Sequence[Alphabet]) -> ir.Value:
    """Number the combination of each row: its readings as digits."""
    key: ir.Value = ibis.literal(0, "int64")
    base = 1
    for alphabet in alphabets:
        if alphabet.texts:
            key = key + alphabet.number(table) * base
        base *= len(alphabet.readings)
    return key


def key_count(alphabets: Sequence[Alphabet]) -> int:
    """Return the number of keys that there can be."""
    size = 1
    for alphabet in alphabets:
        size *= len(alphabet.readings)
    return size


def _counted(
    grouped: ir.Table, alphabets: Sequence[Alphabet], columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    keyed = grouped.select(key_of(grouped, alphabets).name(KEY), *columns, COUNT)
    by_key = keyed.group_by([KEY, *columns]).agg(rows=keyed[COUNT].sum().cast("int64"))
    found = by_key.limit(MOST_COMBINATIONS + 1).to_pyarrow()
    if len(found) > MOST_COMBINATIONS:
        raise UnreadableError(_too_many_combinations())
    yield from zip(*(column.to_pylist() for column in found.columns), strict=True)


def _combination(key: int, alphabets: Sequence[Alphabet], judge: Judge) -> Combination:
    """Read one combination as a record with these values would be read, and judge it."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for alphabet in alphabets:
        key, digit = divmod(key, len(alphabet.readings))
        reading = alphabet.readings[digit]
        values[alphabet.name] = reading.value
        problems += reading.problems
    if problems:
        return Combination(None, tuple(problems))
    shaped = values.pop(SHAPE, None)
    facts = {name: value for name, value in values.items() if name in FLAT_PATHS}
    interaction, broken = interaction_of(facts | (shaped or {}), {})
    if interaction is None:
        return Combination(None, broken)
    gap = None if shaped or not MOMENTS.keys() & facts.keys() else interaction.gap
    return Combination(judge.kind(interaction.facts), (), values.get("date"), gap)


def _too_many_combinations() -> Problem:
    what = f"the columns of facts hold more than {count(MOST_COMBINATIONS, 'combination')} of values"
    return Problem(what, hint="Are they really outcomes? Numbers can be mapped by ranges.")

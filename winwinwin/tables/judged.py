"""A table whose kinds have all been judged."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain
from typing import Any, TypeAlias

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from winwinwin.evaluation import Judge
from winwinwin.kernel.judgement import Judgement
from winwinwin.mapping.fields import read_field
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.record.interaction import Interaction
from winwinwin.stats.aliases import Aliases
from winwinwin.stats.selecting import ALL, Selection
from winwinwin.stats.tally import Tally
from winwinwin.tables import counting
from winwinwin.tables.anonymous import NOTES_COLUMNS, renamed
from winwinwin.tables.choosing import NUMBER, Chosen, chosen_rows
from winwinwin.tables.kinds import (
    KEY,
    Combination,
    Counted,
    Kinds,
    count_tokens,
    day_number,
    find_kinds,
    key_of,
)
from winwinwin.tables.marks import MARK, unmarked
from winwinwin.tables.second_look import refuse_fractions, refuse_mixed, second_look
from winwinwin.tables.steps import HELPER, fetched, settled, viewed
from winwinwin.tables.structs import laid_out
from winwinwin.tables.texts import as_text
from winwinwin.tables.tokens import DAY, GAP, with_tokens
from winwinwin.tables.traits import traits_of
from winwinwin.tables.verdicts import LookUp, joined, with_verdicts

ROW = f"{HELPER}row"
RANK = f"{HELPER}rank"
KEY_RANKED = f"{HELPER}key_ranked"
SHOWN = ("id", "date", "employee", "channel", "notes")
"""What describes a row where it is listed."""
AT_ONCE = 10_000
"""Rows that are taken from an engine at a time."""
FEW = 100_000
"""Rows whose tokens are kept where they take a second look: its queries are long to plan."""

Described: TypeAlias = tuple[Interaction, Combination]
"""What describes a row, and what it comes down to."""


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """What is known about a table once its kinds are judged; its rows have not been read yet."""

    own: Sequence[str]
    """The columns that it came with."""
    mapping: Mapping
    tokens: ir.Table
    kinds: Kinds
    judge: Judge
    by: Sequence[counting.Dimension]
    beside: Map[str, ir.Value]
    """What is counted apart, by helper column."""
    chosen: Chosen | None = None
    """What came of choosing rows; None where all are looked at."""

    @property
    def read(self) -> int:
        """The rows that there are, looked at or not."""
        return self.chosen.read if self.chosen else self.kinds.total

    def rows(self, prefix: str = "", look_up: LookUp = joined) -> ir.Table:
        """Return the table with the verdict columns."""
        return with_verdicts(self.tokens, self.own, self.kinds, prefix, look_up)

    def tally(self, look_up: LookUp = joined, by: Sequence[str] | None = None) -> Tally:
        """Sum the rows up, by each dimension or by some of them."""
        chosen = [each for each in self.by if by is None or each.name in by]
        tally = counting.tally_of(self.kinds, self.judge, chosen)
        if GAP in self.tokens.columns:
            # without the own columns, one of which may be called like a verdict column
            verdicts = with_verdicts(self.tokens, (), self.kinds, look_up=look_up)
            tally.spread = counting.gaps_of(verdicts)
        return tally

    def first(self, most: int) -> Iterator[Described]:
        """Yield the first rows."""
        gap = {GAP: self.tokens[GAP]} if GAP in self.tokens.columns else {}
        return self._described(fetched(self._rows(**gap).limit(most))) if most else iter(())

    def worst(
        self, rank: Callable[[Judgement], int | None], most: int | None = None
    ) -> Iterator[Described]:
        """Yield all rows that have a rank, or the first of them: by rank, the newest day, id, row.

        Those without a day or an id come last of their kind, and their other texts decide where rows
        have no order.
        """
        ranks = self._ranks(rank, most)
        if not ranks:
            return iter(())
        keys = ibis.memtable(
            {KEY_RANKED: [*ranks], RANK: [*ranks.values()]},
            schema={KEY_RANKED: "int64", RANK: "int64"},
        )
        rows = settled(self._rows(**self._day()))
        ranked = settled(rows.inner_join(keys, rows[KEY] == keys[KEY_RANKED]))
        texts = [
            _sortable(ranked[f"{HELPER}{name}"])
            for name in SHOWN
            if name != "date" and f"{HELPER}{name}" in ranked.columns
        ]
        newest = [ibis.desc(ranked[DAY].fill_null(-1))] if DAY in ranked.columns else []
        is_named = f"{HELPER}id" in ranked.columns
        name = [ranked[f"{HELPER}id"].nullif("").isnull(), texts.pop(0)] if is_named else []
        in_order = ranked.order_by([RANK, *newest, *name, ROW, *texts, KEY])
        batches = in_order.limit(most).to_pyarrow_batches(chunk_size=AT_ONCE)
        return self._described(chain.from_iterable(batch.to_pylist() for batch in batches))

    def _ranks(self, rank: Callable[[Judgement], int | None], most: int | None) -> dict[int, int]:
        """Return the rank of each key that has one; the lowest ranks are enough for so many rows."""
        ranked = [
            (place, key)
            for key, found in self.kinds.combinations.items()
            if found.judgement is not None and (place := rank(found.judgement)) is not None
        ]
        kept: dict[int, int] = {}
        number, last = 0, -1
        for place, key in sorted(ranked):
            if most is not None and number >= most and place != last:
                break
            kept[key], last = place, place
            number += self.kinds.counts[key]
        return kept

    def _day(self) -> dict[str, ir.Value]:
        if DAY not in self.tokens.columns:
            return {}
        return {DAY: day_number(self.tokens, DAY, self.kinds.alphabets)}

    @property
    def _about(self) -> dict[str, FieldSource]:
        """Where what describes a row is."""
        found = {name: self.mapping.about[name] for name in SHOWN if name in self.mapping.about}
        if self.mapping.is_by_name:
            written = [("notes", FieldSource(name)) for name in NOTES_COLUMNS if name in self.own]
            found |= written[:1]
        return found

    def _rows(self, **more: ir.Value) -> ir.Table:
        """Return the key and the number of each row, and what describes it."""
        columns = {
            f"{HELPER}{name}": as_text(self.tokens[source.column])
            for name, source in self._about.items()
        }
        grouped = {each.column: self.beside[each.column] for each in self.by if not each.part}
        key = key_of(self.tokens, self.kinds.alphabets)
        return self.tokens.select(**{KEY: key, ROW: self.number()}, **columns, **grouped, **more)

    def _described(self, rows: Iterable[Map[str, Any]]) -> Iterator[Described]:
        """Yield what describes each row, with its combination; the tags hold the dimensions' values."""
        about = self._about
        tags = {each.name: each.column for each in self.by if not each.part}
        for row in rows:
            found = self.kinds.of(row[KEY])
            known = {name: row[f"{HELPER}{name}"] for name in about}
            if found.judgement is None:
                known.pop("date", None)  # it may be what could not be read
            name = known.pop("id", None) or ("-" if row[ROW] is None else f"row {row[ROW]:,}")
            values = {tag: row[column] or None for tag, column in tags.items()}
            if "date" in known:
                known["date"] = read_field("date", about["date"], known["date"]).value
            # unchecked: a row's own text is carried through, control characters and all
            yield Interaction.model_construct(id=name, **known, tags=values), _timed(found, row)

    def number(self) -> ir.Value:
        """Number the rows from 1 where they have an order, those that are not looked at too."""
        if NUMBER in self.tokens.columns:
            return self.tokens[NUMBER]
        return ibis.row_number() + 1 if self._in_order else ibis.null("int64")

    @property
    def _in_order(self) -> bool:
        """Whether the rows have an order: in files, and in tables of DuckDB."""
        return traits_of(self.tokens).has_order


def _timed(found: Combination, row: Map[str, Any]) -> Combination:
    """Return the combination of a row with the gap that the engine knows, if it is one."""
    gap = row.get(GAP)
    if gap is None or found.gap is not None or found.has_no_gap:
        return found
    return replace(found, gap=timedelta(seconds=gap))


def _convert_to(text: Any, encoding: Any) -> Any:
    """Stand for a function of the engine."""


ENCODED = ibis.udf.scalar.builtin(
    _convert_to, name="convert_to", signature=((dt.string, dt.string), dt.binary)
)


def _sortable(text: ir.StringValue) -> ir.Value:
    """Return what sorts like the numbers of a text's characters."""
    return ENCODED(text, "UTF8") if traits_of(text).sorts_by_language else text


def _counted(
    table: ir.Table,
    mapping: Mapping,
    dimensions: Sequence[tuple[counting.Dimension, str]],
    *,
    is_kept: bool = False,
    is_ours: bool = False,
) -> tuple[ir.Table, Counted]:
    """Return a table with its tokens, kept by the engine or not, and these counted by dimension."""
    tokens = with_tokens(table, mapping)
    if is_ours:
        tokens = viewed(tokens, is_kept=is_kept)
    elif is_kept:
        tokens = tokens.cache()
    return tokens, count_tokens(tokens, mapping, **counting.beside(tokens, dimensions))


def _wanted(
    tokens: ir.Table,
    own: Sequence[str],
    found: Mapping,
    dates: Iterable[str],
    selection: Selection,
    aliases: Aliases | None,
) -> tuple[ir.Table, Chosen | None]:
    """Return the rows that are selected, employees under their aliases, and what was selected."""
    chosen = None
    if not selection.is_all:
        tokens, chosen = chosen_rows(tokens, own, found, dates, selection)
    if aliases is not None:
        tokens = renamed(tokens, own, found, aliases)
    return tokens, chosen


def judge_rows(
    table: ir.Table,
    mapping: Mapping | None,
    judge: Judge,
    by: Sequence[str] = (),
    selection: Selection = ALL,
    aliases: Aliases | None = None,
    *,
    is_ours: bool = False,
) -> JudgedTable:
    """Find the kinds of the rows of a table that are looked at, and judge each of them.

    The aliases stand for employees. A connection of our own keeps views until it ends. Raises WinwinwinError where a column is missing, or a column of facts has too many values.
    """
    own = unmarked(table.columns)
    table, found = laid_out(table, mapping)
    if MARK in table.columns:
        found = replace(found, about={**found.about, MARK: FieldSource(MARK)})
    dimensions = counting.dimensions(by, own, found)
    tokens, counted = _counted(table, found, dimensions, is_ours=is_ours)
    refuse_fractions(table, found, counted.texts)
    known = second_look(found, counted.texts, knows_forms=traits_of(table).knows_forms)
    if known is not found:
        found = known
        is_kept = sum(counted.rows) <= FEW and traits_of(table).is_local
        tokens, counted = _counted(table, found, dimensions, is_kept=is_kept, is_ours=is_ours)
        refuse_mixed(found, counted.texts)
    wanted, chosen = _wanted(tokens, own, found, counted.texts.get("date", ()), selection, aliases)
    is_other = wanted is not tokens
    tokens = viewed(wanted) if is_other and is_ours else wanted
    beside = counting.beside(tokens, dimensions)
    if is_other:
        counted = count_tokens(tokens, found, **beside)
    kinds = find_kinds(tokens, counted, found, judge)
    if chosen:
        kinds.passed.update(chosen.passed)
    by_them = [dimension for dimension, _ in dimensions]
    return JudgedTable(own, found, tokens, kinds, judge, by_them, beside, chosen)

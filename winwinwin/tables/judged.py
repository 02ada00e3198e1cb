"""A table whose kinds have all been judged."""

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace

import ibis
import ibis.expr.types as ir

from winwinwin.evaluation import Judge
from winwinwin.mapping.fields import read_field
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.record.interaction import Interaction
from winwinwin.stats.aliases import Aliases
from winwinwin.stats.selecting import ALL, Selection
from winwinwin.stats.tally import Tally
from winwinwin.tables import counting
from winwinwin.tables.anonymous import renamed
from winwinwin.tables.choosing import NUMBER, Chosen, chosen_rows
from winwinwin.tables.kinds import (
    KEY,
    Combination,
    Counted,
    Kinds,
    count_tokens,
    find_kinds,
    key_of,
)
from winwinwin.tables.marks import MARK, unmarked
from winwinwin.tables.second_look import refuse_fractions, refuse_mixed, second_look
from winwinwin.tables.steps import HELPER, fetched
from winwinwin.tables.structs import laid_out
from winwinwin.tables.texts import as_text
from winwinwin.tables.tokens import GAP, with_tokens
from winwinwin.tables.traits import traits_of
from winwinwin.tables.verdicts import LookUp, joined, with_verdicts

ROW = f"{HELPER}row"
SHOWN = ("id", "date", "employee", "channel")
"""What describes a row where it is listed."""


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

    def first(
        self, most: int, wanted: Callable[[Combination], bool] = lambda _: True
    ) -> Iterator[tuple[Interaction, Combination]]:
        """Yield what describes the first wanted rows, with their combination.

        The tags hold the values of the dimensions.
        """
        about = {name: self.mapping.about[name] for name in SHOWN if name in self.mapping.about}
        columns = {f"{HELPER}{name}": as_text(self.tokens[s.column]) for name, s in about.items()}
        tags = {each.name: each.column for each in self.by if not each.part}
        grouped = {each.column: self.beside[each.column] for each in self.by if not each.part}
        key = key_of(self.tokens, self.kinds.alphabets)
        rows = self.tokens.select(**{KEY: key, ROW: self._number()}, **columns, **grouped)
        keys = [key for key, found in self.kinds.combinations.items() if wanted(found)]
        if len(keys) < len(self.kinds.combinations):
            rows = self._among(rows, keys)
        for row in fetched(rows.limit(most)).to_pylist() if most and keys else ():
            found = self.kinds.of(row[KEY])
            known = {name: row[f"{HELPER}{name}"] for name in about}
            if found.judgement is None:
                known.pop("date", None)  # it may be what could not be read
            name = known.pop("id", None) or ("-" if row[ROW] is None else f"row {row[ROW]:,}")
            values = {tag: row[column] or None for tag, column in tags.items()}
            if "date" in known:
                known["date"] = read_field("date", about["date"], known["date"]).value
            # unchecked: a row's own text is carried through, control characters and all
            yield Interaction.model_construct(id=name, **known, tags=values), found

    def _among(self, rows: ir.Table, keys: Sequence[int]) -> ir.Table:
        """Keep the rows of some keys."""
        if self._in_order:  # a join would lose the order, and DuckDB joins what `isin` names
            return rows.filter(ibis.literal(keys, "array<int64>").contains(rows[KEY]))
        # Spark works out anew what a filter looks at, again and again: a gigabyte of plan
        return rows.semi_join(ibis.memtable({KEY: keys}, schema={KEY: "int64"}), KEY)

    def _number(self) -> ir.Value:
        """Number the rows from 1 where they have an order, those that are not looked at too."""
        if NUMBER in self.tokens.columns:
            return self.tokens[NUMBER]
        return ibis.row_number() + 1 if self._in_order else ibis.null("int64")

    @property
    def _in_order(self) -> bool:
        """Whether the rows have an order: in files, and in tables of DuckDB."""
        return traits_of(self.tokens).has_order


def _counted(
    table: ir.Table, mapping: Mapping, dimensions: Sequence[tuple[counting.Dimension, str]]
) -> tuple[ir.Table, Counted]:
    """Return a table with its tokens, and these counted by each dimension."""
    tokens = with_tokens(table, mapping)
    return tokens, count_tokens(tokens, mapping, **counting.beside(tokens, dimensions))


def judge_rows(
    table: ir.Table,
    mapping: Mapping | None,
    judge: Judge,
    by: Sequence[str] = (),
    selection: Selection = ALL,
    aliases: Aliases | None = None,
) -> JudgedTable:
    """Find the kinds of the rows of a table that are looked at, and judge each of them.

    The aliases stand for employees. Raises WinwinwinError where a column is missing, or a column of facts has too many values.
    """
    own = unmarked(table.columns)
    table, found = laid_out(table, mapping)
    if MARK in table.columns:
        found = replace(found, about={**found.about, MARK: FieldSource(MARK)})
    dimensions = counting.dimensions(by, own, found)
    tokens, counted = _counted(table, found, dimensions)
    refuse_fractions(table, found, counted.texts)
    known = second_look(found, counted.texts, knows_forms=traits_of(table).knows_forms)
    if known is not found:
        found = known
        tokens, counted = _counted(table, found, dimensions)
        refuse_mixed(found, counted.texts)
    chosen = None
    if not selection.is_all:
        dates = counted.texts.get("date", ())
        tokens, chosen = chosen_rows(tokens, own, found, dates, selection)
    if aliases is not None:
        tokens = renamed(tokens, own, found, aliases)
    beside = counting.beside(tokens, dimensions)
    if chosen or aliases is not None:
        counted = count_tokens(tokens, found, **beside)
    kinds = find_kinds(tokens, counted, found, judge)
    by_them = [dimension for dimension, _ in dimensions]
    return JudgedTable(own, found, tokens, kinds, judge, by_them, beside, chosen)

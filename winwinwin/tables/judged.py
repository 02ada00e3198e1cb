"""A table with every kind of its rows judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir

from winwinwin.evaluation import Judge
from winwinwin.sources.mapping import Mapping
from winwinwin.tables import counting
from winwinwin.tables.kinds import KEY, Combination, Kinds, find_kinds, key_of
from winwinwin.tables.layout import layout
from winwinwin.tables.steps import HELPER
from winwinwin.tables.tokens import GAP, as_text, with_tokens
from winwinwin.tables.verdicts import LookUp, joined, with_verdicts
from winwinwin.tally import Tally


@dataclass(frozen=True, slots=True)
class JudgedTable:
    """What is known of a table once its kinds are judged; its rows were not read yet."""

    own: Sequence[str]
    """The columns that it came with."""
    mapping: Mapping
    tokens: ir.Table
    kinds: Kinds
    judge: Judge
    by: Sequence[counting.Dimension]

    def rows(self, prefix: str = "", look_up: LookUp = joined) -> ir.Table:
        """Return the table with the verdict columns."""
        return with_verdicts(self.tokens, self.own, self.kinds, prefix, look_up)

    def tally(self, look_up: LookUp = joined) -> Tally:
        """Sum the rows up."""
        tally = counting.tally_of(self.kinds, self.judge, self.by)
        if GAP in self.tokens.columns:
            tally.spread = counting.gaps_of(self.rows(look_up=look_up))
        return tally

    def first(self, most: int) -> Iterator[tuple[str, Combination]]:
        """Yield the name and the combination of the first rows."""
        record_id = self.mapping.about.get("id")
        name = {f"{HELPER}id": as_text(self.tokens[record_id.column])} if record_id else {}
        key = key_of(self.tokens, self.kinds.alphabets)
        found = self.tokens.select(**{KEY: key}, **name).limit(most)
        for number, row in enumerate(found.to_pyarrow().to_pylist(), start=1):
            yield row.get(f"{HELPER}id") or f"row {number}", self.kinds.combinations[row[KEY]]


def judge_rows(
    table: ir.Table, mapping: Mapping | None, judge: Judge, by: Sequence[str] = ()
) -> JudgedTable:
    """Find the kinds of a table and judge each of them.

    Raises WinwinwinError where a column isn't there, or a column of facts has too many values.
    """
    own = table.columns
    found = layout(own, mapping)
    dimensions = counting.dimensions(by, own, found)
    tokens = with_tokens(table, found)
    kinds = find_kinds(tokens, found, judge, **counting.beside(tokens, dimensions))
    chosen = [dimension for dimension, _ in dimensions]
    return JudgedTable(own, found, tokens, kinds, judge, chosen)

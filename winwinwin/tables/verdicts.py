"""The verdict columns of a table: the kinds' values, brought back to the rows by key."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeAlias

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.kernel.judgement import seconds
from winwinwin.kernel.verdict import Verdict
from winwinwin.rows.records import VERDICT_COLUMNS, verdict_columns
from winwinwin.tables.kinds import KEY, Combination, Kinds, key_count, key_of
from winwinwin.tables.steps import HELPER, settled
from winwinwin.tables.tokens import GAP

GAP_SECONDS = "gap_seconds"
GAP_OF = "gap_of"
ENGINE, PYTHON, NOBODY = "engine", "python", ""
"""Who knows the gap of a row."""

TEXTS = (*(name for name in VERDICT_COLUMNS if name != GAP_SECONDS), GAP_OF)
"""What a combination decides in words: the verdict columns but the gap, and who knows that."""


class VerdictValues(NamedTuple):
    """What the combinations of a table decide."""

    columns: dict[str, list[Any]]
    """The keys, and for each what it decides, by column; '' where there is nothing to say."""
    alike: dict[str, Any]
    """What all of them have alike, so that no row has to look it up."""
    size: int
    """The keys are below this."""


FREE_PREFIX = "verdict_"
"""What is proposed where verdict columns would clash with those of a table."""

LookUp: TypeAlias = Callable[[ir.Table, VerdictValues], ir.Table]
"""Adds the verdict columns to a table with keys. Text is null where there is nothing to say."""


def helper(name: str) -> str:
    """Return the helper column of a verdict column."""
    return f"{HELPER}answer_{name}"


def taken(columns: Sequence[str], prefix: str) -> list[str]:
    """Return the verdict columns that have the name of one that is there."""
    there = {name.lower() for name in columns}
    return [f"{prefix}{name}" for name in VERDICT_COLUMNS if f"{prefix}{name}".lower() in there]


def refuse_clash(columns: Sequence[str], prefix: str) -> None:
    """Raise UsageError where a verdict column has the name of one that is there."""
    if found := taken(columns, prefix):
        hint = f"Choose a --prefix for the verdict columns, such as --prefix {FREE_PREFIX}."
        names = ", ".join(map(quoted, found))
        raise UsageError(
            Problem(f"the table already has columns named like the verdict's: {names}", hint=hint)
        )


def values_of(kinds: Kinds) -> VerdictValues:
    rows = [_row(key, combination) for key, combination in kinds.combinations.items()]
    columns = {name: [row[name] for row in rows] for name in (KEY, *TEXTS, GAP_SECONDS)}
    alike = {name: values[0] for name, values in columns.items() if len(set(values)) == 1}
    alike.pop(KEY, None)
    different = {name: values for name, values in columns.items() if name not in alike}
    return VerdictValues(different, alike, key_count(kinds.alphabets))


def values_table(decided: VerdictValues) -> ir.Table:
    """Return the values as a small table in memory.

    It holds no null: Ibis hands one to PySpark as the text NaN.
    """
    columns = {helper(name): values for name, values in decided.columns.items()}
    kinds = {helper(KEY): "int64", helper(GAP_SECONDS): "float64"}
    return ibis.memtable(columns, schema={name: kinds.get(name, "string") for name in columns})


def joined(table: ir.Table, decided: VerdictValues) -> ir.Table:
    """Look values up by a join, on any engine."""
    return join(table, decided, values_table(decided))


def join(table: ir.Table, decided: VerdictValues, among: ir.Table) -> ir.Table:
    both = table.left_join(among, table[KEY] == among[helper(KEY)])
    texts = [helper(name) for name in TEXTS if name in decided.columns]
    return both.mutate(**{name: both[name].nullif("") for name in texts})


def with_verdicts(
    table: ir.Table,
    own: Sequence[str],
    kinds: Kinds,
    prefix: str = "",
    look_up: LookUp = joined,
) -> ir.Table:
    """Add the verdict columns to a table with tokens, and keep of it only its own columns."""
    keyed = settled(table.mutate(**{KEY: key_of(table, kinds.alphabets)}))
    decided = values_of(kinds)
    alike = {helper(name): _alike(value) for name, value in decided.alike.items()}
    judged = look_up(keyed, decided).mutate(**alike)
    verdicts = {
        f"{prefix}{name}": _gap(judged) if name == GAP_SECONDS else judged[helper(name)]
        for name in VERDICT_COLUMNS
    }
    return judged.select(*own, **verdicts)


def _row(key: int, combination: Combination) -> dict[str, Any]:
    judgement = combination.judgement
    texts: dict[str, str] = {}
    if judgement is None:
        said = "; ".join(problem.line for problem in combination.problems)
        texts = {"verdict": Verdict.INVALID.value, "problem": said}
    else:
        who = ENGINE if combination.gap is None else PYTHON
        who = NOBODY if combination.has_no_gap else who
        texts = {**verdict_columns(judgement), GAP_OF: who}
    values = {name: str(texts.get(name, "")) for name in TEXTS}
    return {KEY: key, **values, GAP_SECONDS: float(seconds(combination.gap) or 0)}


def _alike(value: str | float) -> ir.Value:
    return ibis.null("string") if value == "" else ibis.literal(value)


def _gap(judged: ir.Table) -> ir.Value:
    nothing = ibis.null("float64")
    who = judged[helper(GAP_OF)]
    by_engine = judged[GAP] if GAP in judged.columns else nothing
    by_python = judged[helper(GAP_SECONDS)]
    return ibis.cases((who == ENGINE, by_engine), (who == PYTHON, by_python), else_=nothing)

"""The verdict columns of a table: the kinds' answers, brought back to the rows by key."""

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.judgement import Verdict
from winwinwin.render.records import VERDICT_COLUMNS, seconds, verdict_columns
from winwinwin.tables.kinds import KEY, Combination, Kinds, key_of
from winwinwin.tables.steps import HELPER, settled
from winwinwin.tables.tokens import GAP

GAP_SECONDS = "gap_seconds"
GAP_OF = "gap_of"
ENGINE, PYTHON, NOBODY = "engine", "python", ""
"""Who knows the gap of a row."""

ANSWERS = (*(name for name in VERDICT_COLUMNS if name != GAP_SECONDS), GAP_OF)
"""What a combination answers in words: the verdict columns but the gap, and who knows that."""

LookUp: TypeAlias = Callable[[ir.Table, Kinds], ir.Table]
"""Adds the answer columns to a table with keys. Text is null where there is nothing to say."""


def answer(name: str) -> str:
    """Return the helper column of an answer."""
    return f"{HELPER}answer_{name}"


def refuse_clash(columns: Sequence[str], prefix: str) -> None:
    """Raise UsageError where a verdict column has the name of one that is there."""
    there = {name.lower() for name in columns}
    taken = [f"{prefix}{name}" for name in VERDICT_COLUMNS if f"{prefix}{name}".lower() in there]
    if taken:
        hint = "Give the verdict columns a --prefix of their own, such as --prefix verdict_."
        names = ", ".join(map(quoted, taken))
        raise UsageError(Problem(f"the table has columns like the verdict's: {names}", hint=hint))


def answer_rows(kinds: Kinds) -> dict[str, list[Any]]:
    """Return the key and the answers of each combination, by column; '' where there is none."""
    rows = [_row(key, combination) for key, combination in kinds.combinations.items()]
    names = (KEY, *ANSWERS, GAP_SECONDS)
    return {name: [row[name] for row in rows] for name in names}


def answers_table(kinds: Kinds) -> ir.Table:
    """Return the answers as a small table in memory.

    It holds no null: Ibis hands one to PySpark as the text NaN.
    """
    columns = {answer(name): values for name, values in answer_rows(kinds).items()}
    schema = dict.fromkeys(columns, "string")
    schema |= {answer(KEY): "int64", answer(GAP_SECONDS): "float64"}
    return ibis.memtable(columns, schema=ibis.schema(schema))


def joined(table: ir.Table, kinds: Kinds) -> ir.Table:
    """Look answers up by a join, on any engine."""
    return join(table, answers_table(kinds))


def join(table: ir.Table, answers: ir.Table) -> ir.Table:
    both = table.left_join(answers, table[KEY] == answers[answer(KEY)])
    words = {answer(name): both[answer(name)].nullif("") for name in ANSWERS}
    return both.mutate(**words)


def with_verdicts(
    table: ir.Table,
    own: Sequence[str],
    kinds: Kinds,
    prefix: str = "",
    look_up: LookUp = joined,
) -> ir.Table:
    """Add the verdict columns to a table with tokens, and keep of it only its own columns."""
    keyed = settled(table.mutate(**{KEY: key_of(table, kinds.alphabets)}))
    answered = look_up(keyed, kinds)
    verdicts = {
        f"{prefix}{name}": _gap(answered) if name == GAP_SECONDS else answered[answer(name)]
        for name in VERDICT_COLUMNS
    }
    return answered.select(*own, **verdicts)


def _row(key: int, combination: Combination) -> dict[str, Any]:
    judgement = combination.judgement
    texts: dict[str, str] = {}
    if judgement is None:
        said = "; ".join(problem.line for problem in combination.problems)
        texts = {"verdict": Verdict.INVALID.value, "problem": said}
    else:
        who = ENGINE if combination.gap is None else PYTHON
        texts = {**verdict_columns(judgement), GAP_OF: who}
    answers = {name: str(texts.get(name, "")) for name in ANSWERS}
    return {KEY: key, **answers, GAP_SECONDS: float(seconds(combination.gap) or 0)}


def _gap(answered: ir.Table) -> ir.Value:
    nothing = ibis.null("float64")
    who = answered[answer(GAP_OF)]
    by_engine = answered[GAP] if GAP in answered.columns else nothing
    by_python = answered[answer(GAP_SECONDS)]
    return ibis.cases((who == ENGINE, by_engine), (who == PYTHON, by_python), else_=nothing)

"""The verdict columns of a table: the kinds' answers, brought back to the rows by key."""

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

ANSWERS = (*(name for name in VERDICT_COLUMNS if name != GAP_SECONDS), GAP_OF)
"""What a combination answers in words: the verdict columns but the gap, and who knows that."""


class Answers(NamedTuple):
    """What the combinations of a table answer."""

    columns: dict[str, list[Any]]
    """The keys, and for each what it answers, by column; '' where there is nothing to say."""
    alike: dict[str, Any]
    """What all of them answer alike, so that no row has to look it up."""
    size: int
    """The keys are below this."""


LookUp: TypeAlias = Callable[[ir.Table, Answers], ir.Table]
"""Adds the answer columns to a table with keys. Text is null where there is nothing to say."""


def answer(name: str) -> str:
    """Return the helper column of an answer."""
    return f"{HELPER}answer_{name}"


def refuse_clash(columns: Sequence[str], prefix: str) -> None:
    """Raise UsageError where a verdict column has the name of one that is there."""
    there = {name.lower() for name in columns}
    taken = [f"{prefix}{name}" for name in VERDICT_COLUMNS if f"{prefix}{name}".lower() in there]
    if taken:
        hint = "Choose a --prefix for the verdict columns, such as --prefix verdict_."
        names = ", ".join(map(quoted, taken))
        raise UsageError(
            Problem(f"the table already has columns named like the verdict's: {names}", hint=hint)
        )


def answers_of(kinds: Kinds) -> Answers:
    rows = [_row(key, combination) for key, combination in kinds.combinations.items()]
    columns = {name: [row[name] for row in rows] for name in (KEY, *ANSWERS, GAP_SECONDS)}
    alike = {name: values[0] for name, values in columns.items() if len(set(values)) == 1}
    alike.pop(KEY, None)
    different = {name: values for name, values in columns.items() if name not in alike}
    return Answers(different, alike, key_count(kinds.alphabets))


def answers_table(answers: Answers) -> ir.Table:
    """Return the answers as a small table in memory.

    It holds no null: Ibis hands one to PySpark as the text NaN.
    """
    columns = {answer(name): values for name, values in answers.columns.items()}
    kinds = {answer(KEY): "int64", answer(GAP_SECONDS): "float64"}
    return ibis.memtable(columns, schema={name: kinds.get(name, "string") for name in columns})


def joined(table: ir.Table, answers: Answers) -> ir.Table:
    """Look answers up by a join, on any engine."""
    return join(table, answers, answers_table(answers))


def join(table: ir.Table, answers: Answers, among: ir.Table) -> ir.Table:
    both = table.left_join(among, table[KEY] == among[answer(KEY)])
    texts = [answer(name) for name in ANSWERS if name in answers.columns]
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
    answers = answers_of(kinds)
    alike = {answer(name): _alike(value) for name, value in answers.alike.items()}
    answered = look_up(keyed, answers).mutate(**alike)
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


def _alike(value: str | float) -> ir.Value:
    return ibis.null("string") if value == "" else ibis.literal(value)


def _gap(answered: ir.Table) -> ir.Value:
    nothing = ibis.null("float64")
    who = answered[answer(GAP_OF)]
    by_engine = answered[GAP] if GAP in answered.columns else nothing
    by_python = answered[answer(GAP_SECONDS)]
    return ibis.cases((who == ENGINE, by_engine), (who == PYTHON, by_python), else_=nothing)

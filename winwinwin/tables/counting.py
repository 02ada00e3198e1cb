"""A tally of a table from counts that its engine made: the same as of records, one by one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir

from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.evaluation import Judge
from winwinwin.mapping.headers import ambiguous, columns_called
from winwinwin.mapping.model import Mapping
from winwinwin.near import nearest
from winwinwin.stats.dimensions import DATE_PARTS, TAG, date_part
from winwinwin.stats.groups import Group
from winwinwin.stats.tally import GAP_EDGES, Gaps, Tally
from winwinwin.tables.kinds import Kinds
from winwinwin.tables.marks import MARK
from winwinwin.tables.steps import HELPER, fetched
from winwinwin.tables.texts import as_text
from winwinwin.tables.tokens import DAY
from winwinwin.tables.verdicts import GAP_SECONDS

MOST_GROUPS = 100_000
"""Values that a dimension may have."""
NINTH = 0.9
RANK, LAST = f"{HELPER}rank", f"{HELPER}last"
"""The place of a row's gap among those of its group, from 0, and the last of these places."""


class Dimension(NamedTuple):
    """Something to group by: a column, or a part of the date."""

    name: str
    column: str
    """The helper column that is counted by."""
    part: str | None = None
    """How the day is written; None where the column is taken as it is."""


def dimensions(
    by: Sequence[str], columns: Sequence[str], mapping: Mapping, flag: str = "--by"
) -> list[tuple[Dimension, str]]:
    """Return each dimension with the table's column it is made of, as a flag named it.

    Raises UsageError for one that is neither a column, nor mapped, nor a part of the date.
    """
    return [_dimension(index, name, columns, mapping, flag) for index, name in enumerate(by)]


def _dimension(
    index: int, name: str, columns: Sequence[str], mapping: Mapping, flag: str
) -> tuple[Dimension, str]:
    helper = f"{HELPER}by_{index}"
    tags = {f"{TAG}{tag}": source for tag, source in mapping.tags.items()}
    about = {each: source for each, source in mapping.about.items() if each != MARK}
    mapped = {**about, **tags, **mapping.facts}
    if name in mapped and name not in columns:
        return Dimension(name, helper), mapped[name].column
    if name in DATE_PARTS and "date" in mapping.about and name not in columns:
        return Dimension(name, helper, DATE_PARTS[name]), DAY
    paths = {source.path: source.column for _, source in mapping.sources() if source.path}
    found = columns_called(name, [*columns, *paths])
    if found[1:]:
        problem = ambiguous(name, found)
        raise UsageError(replace(problem, what=f"{flag}: {problem.what}", hint="Name one of them."))
    if found:
        return Dimension(name, helper), paths.get(found[0], found[0])
    parts = DATE_PARTS if "date" in mapping.about else ()
    others = (*paths, *mapped, *parts)
    known = [*columns, *(key for key in others if not columns_called(key, columns))]
    hint = (
        "Weeks and months need a column of dates that is named or mapped as date."
        if name in DATE_PARTS
        else ""
    )
    what = f"{flag}: {quoted(name)} is not a column of the table"
    raise UsageError(Problem(what, ", ".join(known), nearest(name, known), hint))


def beside(tokens: ir.Table, by: Sequence[tuple[Dimension, str]]) -> dict[str, ir.Value]:
    """Return what has to be counted apart for the dimensions."""
    return {
        each.column: tokens[column] if each.part else as_text(tokens[column]) for each, column in by
    }


def tally_of(kinds: Kinds, judge: Judge, by: Sequence[Dimension]) -> Tally:
    """Fill a tally from the counts of the kinds, by each dimension.

    Raises UsageError for a dimension with too many values.
    """
    tally = Tally(judge.kind)
    tally.invalid = sum(kinds.invalid.values())
    for key, combination in sorted(kinds.combinations.items()):  # an engine has no order of its own
        if combination.judgement is not None:
            tally.all.kinds[combination.judgement.facts] += kinds.counts[key]
    for dimension in by:
        tally.groups[dimension.name] = _groups(kinds, judge, dimension)
    return tally


def _groups(kinds: Kinds, judge: Judge, dimension: Dimension) -> dict[str | None, Group]:
    groups: defaultdict[str | None, Group] = defaultdict(lambda: Group(judge.kind))
    for combination, found, rows in kinds.counted_by(dimension.column):
        if combination.judgement is None:
            continue
        value = found
        if dimension.part:
            day = combination.day if found is None else date.fromordinal(found)
            value = None if day is None else date_part(day, dimension.part)
        groups[value or None].kinds[combination.judgement.facts] += rows
        if len(groups) > MOST_GROUPS:
            what = f"--by: {quoted(dimension.name)} has more than {MOST_GROUPS:,} values"
            raise UsageError(Problem(what, hint="Group by something that many rows share."))
    return dict(groups)


def gaps_of(judged: ir.Table) -> Gaps | None:
    """Ask the engine how the gaps spread; None where no row has both times."""
    rows = _ranked(judged)
    [found] = fetched(rows.agg(**_spread(rows)))
    return _gaps(found)


def gaps_by(judged: ir.Table, column: str) -> Iterator[tuple[Any, Gaps | None]]:
    """Yield each value of a column with the spread of its rows' gaps."""
    rows = _ranked(judged, column)
    found = rows.group_by(column).agg(**_spread(rows))
    for row in fetched(found):
        yield row[column], _gaps(row)


def _ranked(judged: ir.Table, *by: str) -> ir.Table:
    """Keep the rows with a gap, and number them by it, for an engine that knows no quantiles."""
    if ibis.get_backend(judged).has_operation(ops.Quantile):
        return judged  # it passes over nulls, and Spark works out anew what a filter looks at
    rows = judged.filter(judged[GAP_SECONDS].notnull())
    rank = ibis.row_number().over(group_by=by, order_by=GAP_SECONDS)
    last = rows[GAP_SECONDS].count().over(group_by=by) - 1
    return rows.mutate(**{RANK: rank, LAST: last})


def _spread(rows: ir.Table) -> dict[str, ir.Value]:
    gap = rows[GAP_SECONDS]
    from_edge = {f"from_{edge}": (gap >= edge).sum() for edge in GAP_EDGES}
    middle, ninth = _quantile(rows, 0.5), _quantile(rows, NINTH)
    return {"measured": gap.count(), "median": middle, "ninth": ninth, **from_edge}


def _quantile(rows: ir.Table, share: float) -> ir.Value:
    """Return a quantile of the gaps: what lies between two is nearer to the nearer one."""
    gap = rows[GAP_SECONDS]
    if RANK not in rows.columns:
        return gap.quantile(share)
    weight = ibis.greatest(0.0, 1.0 - (rows[RANK] - rows[LAST] * share).abs())
    return (gap * weight).sum()


def _gaps(found: dict[str, Any]) -> Gaps | None:
    if not found["measured"]:
        return None
    at_least = [found["measured"], *(found[f"from_{edge}"] for edge in GAP_EDGES), 0]
    lengths = tuple(int(more - fewer) for more, fewer in pairwise(at_least))
    return Gaps(found["measured"], found["median"], found["ninth"], lengths)

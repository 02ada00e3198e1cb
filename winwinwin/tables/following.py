"""What came after the rows of a table: followed by its engine, so that only counts leave it.

The same counts as `stats.evidence.following` makes of records. Of one day, rows follow each other as
they stand in a file; where an engine has no order, by their kinds.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UsageError
from winwinwin.stats.evidence.following import Followed, Following, Person
from winwinwin.stats.tally import GAP_EDGES
from winwinwin.tables.counting import dimensions
from winwinwin.tables.judged import JudgedTable
from winwinwin.tables.kinds import KEY, MOST_COMBINATIONS, day_number, key_of
from winwinwin.tables.slicing import CALENDARS
from winwinwin.tables.steps import HELPER, fetched, settled
from winwinwin.tables.texts import as_text
from winwinwin.tables.tokens import DAY, GAP
from winwinwin.tables.verdicts import GAP_SECONDS, LookUp, with_verdicts

EMPLOYEE, CUSTOMER, CLUSTER = (f"{HELPER}followed_{name}" for name in ("by", "who", "with"))
PLACE, DATED, NEXT, LATER, BACK, KEPT_KEY = (
    f"{HELPER}{name}" for name in ("place", "dated", "next", "later", "back", "kept_key")
)
NUMBER = f"{HELPER}rows"
UNDATED = -1
"""Stands for no later day: an engine need not know what a comparison with nothing is."""


def followed_in(judged: JudgedTable, wanted: Following, look_up: LookUp) -> Followed:
    """Follow the customers and salespeople of a table. Raises UsageError for what is no dimension."""
    found = Followed()
    rows = _rows(judged, wanted)
    if GAP in judged.tokens.columns:
        _add_gaps(found, judged, wanted, look_up)
    if DAY not in judged.tokens.columns:
        return found
    dated = settled(rows.filter(rows[DATED].notnull()))
    [last] = fetched(dated.agg(end=dated[DATED].max()))
    found.end = last["end"]
    _add_people(found, judged, dated)
    if wanted.customer is not None and found.end is not None:
        _add_returns(found, judged, dated, wanted.within)
    return found


def _rows(judged: JudgedTable, wanted: Following) -> ir.Table:
    """Return the rows that could be read: key, place, day, and who took part in each."""
    tokens = judged.tokens
    rows = settled(
        tokens.select(
            **{
                KEY: key_of(tokens, judged.kinds.alphabets),
                PLACE: judged.number(),
                DATED: _day(judged),
                EMPLOYEE: _named(judged, "employee" if _has_employee(judged) else None),
                CUSTOMER: _named(judged, wanted.customer, "--customer"),
                CLUSTER: _named(judged, wanted.cluster, "--cluster"),
            }
        )
    )
    return (
        rows.filter(rows[KEY].notin(broken)).cache()
        if (broken := _broken(judged))
        else rows.cache()
    )


def _has_employee(judged: JudgedTable) -> bool:
    return "employee" in judged.mapping.about or "employee" in judged.own


def _named(judged: JudgedTable, name: str | None, flag: str = "--by") -> ir.Value:
    """Return a text for each row, null for none; of a period its number."""
    if name is None:
        return ibis.null("string")
    [(dimension, column)] = dimensions([name], judged.own, judged.mapping, flag)
    if dimension.part:
        return CALENDARS[name].number(_day(judged)).cast("string")
    return as_text(judged.tokens[column]).nullif("")


def _day(judged: JudgedTable) -> ir.Value:
    if DAY not in judged.tokens.columns:
        return ibis.null("int64")
    return day_number(judged.tokens, DAY, judged.kinds.alphabets)


def _broken(judged: JudgedTable) -> list[int]:
    return [key for key, found in judged.kinds.combinations.items() if found.judgement is None]


def _add_people(found: Followed, judged: JudgedTable, dated: ir.Table) -> None:
    """Count the pairs of each salesperson's rows, one after the other, and when they were seen."""
    mine = settled(dated.filter(dated[EMPLOYEE].notnull()))
    in_time = ibis.window(group_by=EMPLOYEE, order_by=[DATED, PLACE, KEY])
    paired = settled(mine.mutate(**{NEXT: mine[KEY].lead().over(in_time)}))
    pairs = paired.filter(paired[NEXT].notnull())
    for employee, key, following, cluster, number in _counts(pairs, [EMPLOYEE, KEY, NEXT, CLUSTER]):
        pair = judged.kinds.facts(key), judged.kinds.facts(following)
        found.nexts[employee, *pair, cluster] += number
    seen = mine.group_by([EMPLOYEE, KEY]).agg(
        first=mine[DATED].min(), last=mine[DATED].max(), rows=mine.count()
    )
    for row in _fetched(seen):
        person = found.people.setdefault(row[EMPLOYEE], Person(row["first"], row["last"]))
        person.first = min(person.first, row["first"])
        person.last = max(person.last, row["last"])
        person.kinds[judged.kinds.facts(row[KEY])] += row["rows"]


def _add_returns(found: Followed, judged: JudgedTable, dated: ir.Table, within: int) -> None:
    """Count who was seen again: the next day of a customer is found once, and brought to its rows."""
    theirs = settled(dated.filter(dated[CUSTOMER].notnull()))
    days = theirs.select(CUSTOMER, DATED).distinct()
    in_time = ibis.window(group_by=CUSTOMER, order_by=DATED)
    later = days[DATED].lead().over(in_time)
    known = settled(days.mutate(**{LATER: later.fill_null(UNDATED)}))
    early = theirs.filter(theirs[DATED] <= (found.end or 0) - within)
    both = early.inner_join(known, [CUSTOMER, DATED])
    is_back = (both[LATER] != UNDATED) & (both[LATER] <= both[DATED] + within)
    marked = settled(both.mutate(**{BACK: is_back.ifelse(1, 0)}))
    for key, back, cluster, number in _counts(marked, [KEY, BACK, CLUSTER]):
        found.returns[judged.kinds.facts(key), bool(back), cluster] += number


def _add_gaps(found: Followed, judged: JudgedTable, wanted: Following, look_up: LookUp) -> None:
    """Count the lengths of the gaps."""
    tokens = judged.tokens
    kept = settled(
        tokens.mutate(
            **{
                KEPT_KEY: key_of(tokens, judged.kinds.alphabets),
                CLUSTER: _named(judged, wanted.cluster, "--cluster"),
            }
        )
    )
    rows = with_verdicts(kept, [KEPT_KEY, CLUSTER], judged.kinds, "", look_up)
    gap = rows[GAP_SECONDS]
    reached = {f"from_{edge}": (gap >= edge).sum() for edge in GAP_EDGES}
    counted = rows.group_by([KEPT_KEY, CLUSTER]).agg(measured=gap.count(), **reached)
    for row in _fetched(counted):
        if not row["measured"] or judged.kinds.of(row[KEPT_KEY]).judgement is None:
            continue
        kind = judged.kinds.facts(row[KEPT_KEY])
        at_least = [row["measured"], *(row[name] for name in reached), 0]
        for length, (more, fewer) in enumerate(pairwise(at_least)):
            if more > fewer:
                found.gaps[length, kind, row[CLUSTER]] += int(more - fewer)


def _counts(rows: ir.Table, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield each combination of values, in order, with the number of its rows."""
    counted = rows.group_by(columns).agg(**{NUMBER: rows.count().cast("int64")})
    for row in _fetched(counted):
        yield tuple(row[name] for name in (*columns, NUMBER))


def _fetched(counted: ir.Table) -> list[dict[str, Any]]:
    """Take the counts from the engine. Raises UsageError where there are nearly as many as rows."""
    found = fetched(counted.limit(MOST_COMBINATIONS + 1))
    if len(found) > MOST_COMBINATIONS:
        what = f"there are more than {MOST_COMBINATIONS:,} different pairs to follow"
        raise UsageError(Problem(what, hint="Look at fewer: --since, --until, --only."))
    return found

"""Ids that more than one row has: an export that was put together from two has some rows twice."""

from typing import NamedTuple

import ibis

from winwinwin.record.spelling import MISSING, NOT_RECORDED
from winwinwin.tables.judged import JudgedTable
from winwinwin.tables.steps import fetched
from winwinwin.tables.texts import as_text
from winwinwin.tables.traits import traits_of

MOST_ROWS = 100_000
"""Rows whose ids are compared, a tenth of a second's work; of many more it is most of the work."""


class Repeated(NamedTuple):
    """How many ids more than one row has, how many rows that is, and the most frequent id."""

    ids: int
    rows: int
    most: str


def repeated_ids(found: JudgedTable) -> Repeated | None:
    """Compare the ids of the rows that are looked at; None where none is repeated.

    Only those of files are: a database keeps its own keys.
    """
    source, tokens = found.mapping.about.get("id"), found.tokens
    if source is None or found.kinds.total > MOST_ROWS or not traits_of(tokens).is_local:
        return None
    texts = tokens.select(id=as_text(tokens[source.column]).strip())
    named = texts.filter(~texts["id"].lower().isin((*NOT_RECORDED, *MISSING)))
    rows = named.group_by("id").agg(rows=named.count().cast("int64"))
    several = rows.filter(rows["rows"] > 1)
    counted = several.agg(ids=several.count().cast("int64"), rows=several["rows"].sum())
    [(ids, number)] = [(row["ids"], row["rows"]) for row in fetched(counted)]
    if not ids:
        return None
    [most] = fetched(several.order_by([ibis.desc("rows"), "id"]).limit(1))
    return Repeated(ids, int(number), most["id"])

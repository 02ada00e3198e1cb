"""Times that nobody can read: not recorded, and shown by the most frequent of them."""

from collections import Counter
from collections.abc import Mapping as Map

import ibis
import ibis.expr.types as ir

from winwinwin.errors import quoted
from winwinwin.mapping.model import Mapping
from winwinwin.mapping.passed import Passed
from winwinwin.record.spelling import NOT_RECORDED
from winwinwin.tables.moments import UNREADABLE
from winwinwin.tables.steps import fetched, rows_of
from winwinwin.tables.texts import as_text

SHOWN = 4
"""How many of a column are shown."""
OTHERS = "another text that is not a date"


def unread_shown(table: ir.Table, mapping: Mapping, tokens: Map[str, str]) -> Passed:
    """Count the times that nobody can read, by field and text, the rarer ones together.

    Takes the columns of the tokens, by field, where there are any.
    """
    passed: Passed = Counter()
    for name, column in tokens.items():
        source = mapping.facts.get(name) or mapping.about[name]
        unread = table.filter(table[column] == UNREADABLE)
        texts = unread.select(text=as_text(unread[source.column]).strip())
        words = texts.filter(~texts["text"].lower().isin(NOT_RECORDED))
        counted = words.group_by("text").agg(rows=words.count().cast("int64"))
        top = fetched(counted.order_by([ibis.desc("rows"), "text"]).limit(SHOWN))
        passed.update({(name, quoted(row["text"])): row["rows"] for row in top})
        if rest := rows_of(words) - sum(row["rows"] for row in top):
            passed[name, OTHERS] += rest
    return passed

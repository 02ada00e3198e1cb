"""Times that nobody can read: not recorded, and shown by the most frequent of them."""

from collections import Counter
from collections.abc import Mapping as Map

import ibis
import ibis.expr.types as ir

from winwinwin.errors import quoted
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.mapping.passed import Passed
from winwinwin.record.spelling import NOT_RECORDED
from winwinwin.tables.moments import ODD, TEXT, UNREAD, part
from winwinwin.tables.steps import HELPER, fetched
from winwinwin.tables.texts import as_text

UNREADABLE = f"{HELPER}unread"
"""What stands for all of them, so that a million of them are one combination."""
SHOWN = 4
"""How many of a column are shown."""
OTHERS = "another text that is not a date"


def odd_text(table: ir.Table, name: str, source: FieldSource) -> ir.StringValue:
    """Return what Python has to look at of a time: null where the engine read it, or nothing is there."""
    unread = table[part(name, UNREAD)] if _has_parts(table, name) else ibis.literal(False)
    text = (
        table[part(name, TEXT)]
        if source.otherwise == "error" and _has_parts(table, name)
        else UNREADABLE
    )
    return ibis.ifelse(unread, text, table[part(name, ODD)])


def _has_parts(table: ir.Table, name: str) -> bool:
    """Tell whether the column holds text: a typed one has nothing that can't be read."""
    return part(name, TEXT) in table.columns


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
        top = fetched(counted.order_by([ibis.desc("rows"), "text"]).limit(SHOWN)).to_pylist()
        passed.update({(name, quoted(row["text"])): row["rows"] for row in top})
        others = fetched(words.agg(rows=words.count().cast("int64")))["rows"][0].as_py()
        if rest := others - sum(row["rows"] for row in top):
            passed[name, OTHERS] += rest
    return passed

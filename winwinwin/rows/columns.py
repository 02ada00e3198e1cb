"""The columns of the decision table as flat rows."""

from winwinwin.facts import DOMAINS
from winwinwin.rows.records import VERDICT_COLUMNS

KEYS = tuple("order_status" if fact == "order" else fact for fact in DOMAINS)
"""The columns of a flat row that identify the kind."""


DECIDED = tuple(
    column for column in VERDICT_COLUMNS if column not in {"order_status", "gap_seconds", "problem"}
)
"""The columns of the judgement, as far as the kind decides it."""

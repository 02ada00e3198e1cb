"""Building a query in steps that stay steps."""

import ibis.expr.types as ir

HELPER = "winwinwin__"
"""What the names of helper columns begin with."""


def settled(table: ir.Table) -> ir.Table:
    """Return the same rows as a query of their own.

    Ibis fuses a step with the next one by writing out each column wherever it is used; over a few
    steps that makes megabytes of SQL. A limit of nothing keeps them apart.
    """
    return table.limit(None)

"""The decision table for a warehouse: a lookup table, and the join that uses it.

No rule is written a second time: the rows are what the judge says about every kind.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from winwinwin.errors import Problem, UsageError, missing, quoted
from winwinwin.facts import DOMAINS
from winwinwin.kernel.rulebook import Stamp
from winwinwin.near import nearest
from winwinwin.rows.columns import DECIDED, KEYS

if TYPE_CHECKING:
    from sqlglot.expressions import Condition

LOOKUP = "winwinwin_kinds"
"""The table that is created."""

RECORDED = "interactions"
"""What the user's own table is called in the join."""

DEFAULT = "duckdb"
"""The dialect where none is named."""

WIDEST_ROW = 1_000
"""Characters that a row may have on one line; most dialects keep a row on a line by that."""

NO_WAREHOUSES = {"", "dax", "prql", "solr", "tableau"}
"""What sqlglot knows of that has no tables to create."""

NOT_RECORDED = "not recorded"
"""The word for it in the keys, as a null equals nothing."""


def statements(rows: Iterable[Mapping[str, str]], stamp: Stamp, dialect: str) -> str:
    """Return the statement that creates the lookup table, and the query that joins it.

    Raises UsageError for an unknown dialect, MissingExtraError without sqlglot.
    """
    try:
        import sqlglot  # 0.1 s
    except ImportError as error:
        raise missing("sql", error) from None
    known = sorted(set(sqlglot.Dialect.classes) - NO_WAREHOUSES)
    if dialect not in known:
        what = f"--sql: {quoted(dialect)} is not a dialect"
        raise UsageError(Problem(what, ", ".join(known), nearest(dialect, known)))
    return (
        f"-- What the rules say about every kind. Fingerprint of the rulebook: {stamp.fingerprint}\n"
        f"{_create(list(rows), dialect)};\n\n"
        f"-- The join. {RECORDED} has the facts by their flat names, and order_status:\n"
        f"-- kept, customer_first or organization_early. What is not recorded is null.\n"
        f"{_join(dialect)};\n"
    )


def _create(rows: list[Mapping[str, str]], dialect: str) -> str:
    """Make the table of rows of values; by a common table expression where only that names them."""
    from sqlglot import ErrorLevel, UnsupportedError, exp

    columns = list(rows[0])
    values = [_cells(row) for row in rows]
    derived = exp.select("*").from_(exp.values(values, alias="kinds", columns=columns))
    common = exp.select("*").from_("kinds")
    common = common.with_(f"kinds({', '.join(columns)})", as_=exp.values(values))
    for select in (derived, common):
        create = exp.Create(this=exp.to_table(LOOKUP), kind="TABLE", expression=select)
        with suppress(UnsupportedError):
            return create.sql(
                dialect,
                pretty=True,
                max_text_width=WIDEST_ROW,
                unsupported_level=ErrorLevel.RAISE,
            )
    raise UsageError(Problem(f"--sql: a table cannot be written in {quoted(dialect)}"))


def _cells(row: Mapping[str, str]) -> tuple[str, ...]:
    """Return the cells of a row; no key among them is empty."""
    return tuple(
        NOT_RECORDED if column in KEYS and not cell else cell for column, cell in row.items()
    )


def _join(dialect: str) -> str:
    from sqlglot import exp

    on = exp.and_(*(exp.column(key, "kinds").eq(_key(key)) for key in KEYS))
    decided = [exp.column(column, "kinds") for column in DECIDED]
    query = exp.select("recorded.*", *decided).from_(f"{RECORDED} AS recorded")
    return query.join(f"{LOOKUP} AS kinds", on=on, join_type="left").sql(dialect, pretty=True)


def _key(key: str) -> "Condition":
    """Return what a recorded value is in the keys of the lookup table."""
    from sqlglot import exp

    recorded = exp.column(key, "recorded")
    missing = exp.Literal.string(NOT_RECORDED)
    if DOMAINS.get(key) != (True, False):
        return exp.func("COALESCE", recorded, missing)
    words = exp.Case().when(recorded, exp.Literal.string("true"))
    return words.when(exp.not_(recorded), exp.Literal.string("false")).else_(missing)

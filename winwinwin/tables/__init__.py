"""Tables of any size, on any engine that Ibis reaches: each kind judged once, and joined back."""

import os
from typing import TYPE_CHECKING, Any

from winwinwin.errors import missing
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.mapping.model import Mapping

if TYPE_CHECKING:
    import ibis.expr.types as ir


def judge_table(
    table: Any,
    mapping: Mapping | dict[str, Any] | str | os.PathLike[str] | None = None,
    rulebook: Rulebook | None = None,
    *,
    assumptions: bool = True,
    prefix: str = "",
) -> "ir.Table":
    """Return a table with the verdict columns added, to be computed when it is asked for.

    Takes a table of Ibis, or what `ibis.memtable` takes: a pandas, Polars or Arrow frame, whose
    index is left out. The mapping is a file's name, or its content as plain values; without one,
    columns are found by their names. The prefix begins the names of the verdict columns. The
    distinct values are read at once, the rows not before the result is executed. A row that cannot
    be read has the verdict `invalid` and a `problem`. Ibis keeps one connection for all frames:
    judge them in one thread, or in processes.

    Raises WinwinwinError where no column holds a fact, one holds too many distinct values, two have
    one name or that of a verdict column, or the table cannot be read; MissingExtraError, which is
    one too, where the extra `tables` is not installed.
    """
    try:
        from winwinwin.tables.frames import judged_table  # half a second of imports
    except ModuleNotFoundError as error:
        raise missing("tables", error) from None
    return judged_table(table, mapping, rulebook, assumptions=assumptions, prefix=prefix)

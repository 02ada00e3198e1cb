"""What each engine can do: the one place where engines differ by name."""

from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir


class Traits(NamedTuple):
    """What the program has to know of an engine. The defaults hold for any database."""

    rows: tuple[str, ...] = ("csv", "tsv", "parquet", "jsonl", "json", "xlsx")
    """The formats that its rows can be written in."""
    is_local: bool = False
    """Whether it runs in this process: it copies rows to files by itself, and keeps lists."""
    writes_folders: bool = False
    """Whether its workers write a folder of files, which no row passes through here for."""
    has_order: bool = False
    """Whether rows have an order."""
    fuses_queries: bool = False
    """Whether its planner writes nested queries out into each other, unless a limit keeps them apart."""
    names_queries: bool = False
    """Whether its parser has no room for many nested queries, so that each needs a name."""
    has_microseconds: bool = True
    """Whether Ibis can ask it for the microseconds of a timestamp."""
    has_far_dates: bool = True
    """Whether it has dates that Python has no year for."""
    knows_forms: bool = True
    """Whether it may look for forms of times that nobody named: Spark's planner writes such steps out
    into each other until its memory is full. Python reads them then, as many as it can take."""
    is_left_open: bool = False
    """Whether its connection ends with the process."""
    renames_across: bool = False
    """Whether a new name without its schema would move a table to the usual one."""
    has_own_types: bool = False
    """Whether it has types that Ibis would turn into text."""
    sorts_by_language: bool = False
    """Whether it sorts text as a language does, and not by its characters' numbers."""
    has_loose_types: bool = False
    """Whether a column may hold values of another type than its own, and never NaN."""


TRAITS = {
    "duckdb": Traits(is_local=True, has_order=True, is_left_open=True),
    "postgres": Traits(fuses_queries=True, has_own_types=True, sorts_by_language=True),
    "pyspark": Traits(
        rows=("csv", "parquet"),
        writes_folders=True,
        has_microseconds=False,
        has_far_dates=False,
        knows_forms=False,
        renames_across=True,
        is_left_open=True,
    ),
    "sqlite": Traits(
        fuses_queries=True, names_queries=True, has_microseconds=False, has_loose_types=True
    ),
}


def traits(engine: Any) -> Traits:
    """Return what an engine of Ibis can do."""
    return TRAITS.get(engine.name, Traits())


def traits_of(expression: ir.Expr) -> Traits:
    """Return what the engine of a table or a column can do."""
    return traits(ibis.get_backend(expression))

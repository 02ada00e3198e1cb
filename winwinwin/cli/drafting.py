"""The command that drafts a mapping of a table, or of files of records."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from winwinwin.cli import output
from winwinwin.editors import schema_hint
from winwinwin.errors import (
    MissingExtraError,
    Place,
    Problem,
    UnreadableError,
    UsageError,
    printable,
)
from winwinwin.readers.draft import Draft
from winwinwin.sources import drafting
from winwinwin.sources.documents import read_as
from winwinwin.sources.drafting import Column
from winwinwin.sources.table_files import are_tables, find_tables

MOST_RECORDS = 100_000
"""Records that a draft is made from: the values of more of them are hardly any others."""


def draft(name: str, input_format: str | None, target: str | None) -> None:
    """Write a commented mapping to edit. Raises UsageError rather than overwrite a file."""
    if target is not None and Path(target).exists():
        problem = Problem("is there already", hint="Name a new file.", place=Place(target))
        raise UsageError(problem)
    is_table = are_tables([name], input_format)
    columns = (_columns_of_table if is_table else _columns_of_records)(name, input_format)
    text = drafting.draft(columns, name)
    if target is None:
        output.write(text)
        output.flush()
        return
    with output.replacing(target) as write:
        write(text)
    shown = printable(target)
    output.warn(
        f"{shown} is written. Edit it, then: winwinwin batch {printable(name)} --map {shown}\n"
    )
    output.warn(printable(schema_hint("mapping", target)) + "\n")


def _columns_of_table(name: str, input_format: str | None) -> Sequence[Column]:
    paths = find_tables([name], input_format)
    try:
        from winwinwin.tables import columns, files
    except ImportError as error:
        what = f"{error.name} is not installed, which tables need"
        hint = "Install it: pip install 'winwinwin[tables]'"
        raise MissingExtraError(Problem(what, hint=hint)) from None
    with TemporaryDirectory(prefix="winwinwin-") as folder:
        engine = files.connect(folder)
        with files.explained(paths):
            return columns.columns_of(files.read(engine, paths, input_format))


def _columns_of_records(name: str, input_format: str | None) -> Sequence[Column]:
    """Raise what is wrong with a source; a record that is none has no column."""
    records = []
    for item in islice(read_as(_value, [name], input_format), MOST_RECORDS + 1):
        if isinstance(item, UnreadableError):
            raise item
        records.append(item)
    if len(records) > MOST_RECORDS:
        output.warn(f"only the first {MOST_RECORDS:,} records are looked at\n")
    columns = drafting.columns_of(records)
    if not columns:
        hint = "Each record should be a mapping of keys to values."
        raise UnreadableError(Problem("holds no record", hint=hint, place=Place(name)))
    return columns


def _value(draft: Draft) -> Any:
    return draft.value

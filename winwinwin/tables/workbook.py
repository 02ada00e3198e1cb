"""Writing judged tables to workbooks: the engine's rows, a batch at a time."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from winwinwin.pages.blocks import Block
from winwinwin.rows.workbook import Workbook
from winwinwin.tables.writing import with_texts

ROWS_AT_ONCE = 10_000


def write_workbook(
    engine: Any, judged: ir.Table, path: Path, verdict: str, summary: Sequence[Block]
) -> tuple[int, str]:
    """Write a table, whose column of verdicts is named, and a summary.

    Returns the number of rows written, and what is to be said of them.
    """
    sent = with_texts(judged, is_text=False)
    book = Workbook(sent.columns, path, verdict)
    try:
        written = 0
        for batch in engine.to_pyarrow_batches(sent, chunk_size=ROWS_AT_ONCE):
            for row in _rows(batch):
                book.add(row)
            written += len(batch)
        book.sum_up(summary)
        book.close()
    finally:
        book.drop()
    return written, book.notes


def _rows(batch: Any) -> Iterator[Sequence[Any]]:
    return zip(*map(_values, batch.columns), strict=True)


def _values(column: Any) -> Sequence[Any]:
    """Return the values of a column, as text where Python has no such day."""
    import pyarrow as pa

    try:
        return list(column.to_pylist())
    except (OverflowError, ValueError):
        return list(column.cast(pa.string()).to_pylist())

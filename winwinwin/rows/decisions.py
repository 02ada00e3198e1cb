"""The decision table as flat rows, for programs."""

import io
import json
from collections.abc import Callable, Iterable, Sequence

from winwinwin.errors import missing
from winwinwin.facts import word
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Stamp
from winwinwin.pages.blocks import line
from winwinwin.rows.columns import DECIDED, KEYS
from winwinwin.rows.records import row_writer, verdict_columns


def decision_rows(
    judged: Sequence[Judgement], stamp: Stamp, dialect: str | None = None
) -> dict[str, Callable[[], str | bytes]]:
    """Return what writes each format; the dialect is that of SQL."""

    def statements() -> str:
        from winwinwin.rows import sql

        return sql.statements(map(flat_row, judged), stamp, dialect or sql.DEFAULT)

    return {
        "csv": lambda: flat_csv(judged),
        "json": lambda: flat_json(judged, stamp),
        "jsonl": lambda: flat_json_lines(judged),
        "parquet": lambda: flat_parquet(judged, stamp),
        "xlsx": lambda: flat_workbook(judged, stamp),
        "sql": statements,
    }


def flat_row(judgement: Judgement) -> dict[str, str]:
    """Return a kind and its judgement by flat column; '' for None."""
    kind = dict(zip(KEYS, map(word, judgement.facts), strict=True))
    decided = verdict_columns(judgement)
    return kind | {column: decided[column] for column in DECIDED}


def flat_csv(table: Iterable[Judgement]) -> str:
    row = row_writer()
    rows = (flat_row(judgement).values() for judgement in table)
    return "".join(map(row, [(*KEYS, *DECIDED), *rows]))


def flat_json_lines(table: Iterable[Judgement]) -> str:
    return "".join(f"{json.dumps(_object(judgement))}\n" for judgement in table)


def flat_json(table: Iterable[Judgement], stamp: Stamp) -> str:
    """Return the rows in one object, with the stamp of the rulebook."""
    rows = ",\n".join(json.dumps(_object(judgement)) for judgement in table)
    return f'{{"rulebook": {json.dumps(stamp._asdict())}, "kinds": [\n{rows}\n]}}\n'


def flat_parquet(table: Iterable[Judgement], stamp: Stamp) -> bytes:
    """Return the rows as Parquet, with the stamp of the rulebook in the metadata of its schema.

    Raises MissingExtraError without pyarrow.
    """
    try:
        import pyarrow as pa  # 0.1 s
        import pyarrow.parquet as pq
    except ImportError as error:
        raise missing("tables", error) from None
    columns = [pa.field(name, pa.string()) for name in (*KEYS, *DECIDED)]
    schema = pa.schema(columns, metadata=stamp._asdict())
    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(map(_object, table)), schema), buffer)
    return buffer.getvalue()


def flat_workbook(table: Iterable[Judgement], stamp: Stamp) -> bytes:
    """Return the rows as a workbook, with the stamp of the rulebook in a sheet of its own.

    Raises MissingExtraError without XlsxWriter.
    """
    from winwinwin.rows.workbook import Workbook  # needs an extra

    file = io.BytesIO()
    book = Workbook((*KEYS, *DECIDED), file, "verdict", rows="kinds")
    try:
        for judgement in table:
            book.add(flat_row(judgement).values())
        book.sum_up([line(value, label=key) for key, value in stamp._asdict().items()], "rulebook")
        book.close()
    finally:
        book.drop()
    return file.getvalue()


def _object(judgement: Judgement) -> dict[str, str | None]:
    return {column: cell or None for column, cell in flat_row(judgement).items()}

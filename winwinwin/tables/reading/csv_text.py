"""CSV and TSV as one table of text."""

import atexit
from collections.abc import Iterator, Sequence
from functools import partial, reduce
from itertools import groupby, islice
from operator import or_
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.operations as ops
import ibis.expr.types as ir
from ibis.util import gen_name

from winwinwin.errors import Place, UnreadableError, count, printable
from winwinwin.limits import LONGEST_LINE
from winwinwin.loading.file_layout import FileLayout
from winwinwin.output.leftovers import drop, new_folder
from winwinwin.tables.layout import refuse_helpers
from winwinwin.tables.marks import MARK, MORE, NUL, marked
from winwinwin.tables.reading.common import (
    AS_IT_IS,
    Manner,
    Read,
    names,
    other_columns,
)
from winwinwin.tables.reading.copying import Record, narrowed, records
from winwinwin.tables.reading.outline import Outline
from winwinwin.tables.reading.texts import Text, ready
from winwinwin.tables.reading.whole import refuse_fewer, refuse_open
from winwinwin.tables.steps import HELPER, fetched, value

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

ABSENT = f"{HELPER}absent"
"""What an engine takes for a value that is missing, so that it keeps blank ones."""
LONG: dict[str, Any] = {"max_line_size": LONGEST_LINE, "buffer_size": 2 * LONGEST_LINE}
"""What it takes to read the longest lines."""


def read_csv(
    engine: "Backend",
    paths: Sequence[Path],
    layout: FileLayout,
    delimiter: str | None,
    notes: list[str],
) -> Read:
    """Read files strictly, the fastest way; `again` reads them as far as people's files need it."""
    folder = Path(mkdtemp(dir=_temporary(engine)))
    texts = [
        ready(path, layout, delimiter, folder / f"{number}.csv", notes)
        for number, path in enumerate(paths)
    ]
    first = texts[0]
    refuse_helpers([name for name in first.outline.names if name.lower() == MARK])
    for other in texts[1:]:
        if other.outline.names != first.outline.names:
            line = layout.header_row or 1
            raise UnreadableError(other_columns(Place(str(other.path), line), first.path))
    copies = {str(text.readable): text.path for text in texts if text.readable != text.path}
    copies |= {str(text.narrow): text.path for text in texts}
    again = partial(_table, engine, texts)
    whole = partial(refuse_fewer, texts)
    return Read(again(Manner(), notes), first.outline.questions, copies, again, whole)


def _temporary(engine: "Backend") -> str:
    """Return a folder for copies: the engine's own, or one that goes with this process."""
    [[folder]] = engine.raw_sql("SELECT current_setting('temp_directory')").fetchall()
    if folder and Path(folder).is_dir():
        return str(folder)
    own = new_folder()
    atexit.register(drop, own)
    return own


def _table(engine: "Backend", texts: Sequence[Text], manner: Manner, notes: list[str]) -> ir.Table:
    if manner.extra or any(text.nul for text in texts):
        parts = [_padded(engine, text, manner, notes) for text in texts]
    else:
        parts = [_strict(engine, list(alike), manner) for _, alike in groupby(texts, _options)]
    return ibis.union(*parts) if parts[1:] else parts[0]


def _options(text: Text) -> tuple[str, int, bool]:
    return text.outline.delimiter, text.outline.skip, bool(text.dropped)


def _strict(engine: "Backend", texts: Sequence[Text], manner: Manner) -> ir.Table:
    paths = [text.readable for text in texts]
    table = _view(engine, paths, texts[0].outline.names, _how(texts[0], manner))
    return table.filter(_holds_something(table)) if texts[0].dropped else table


def _view(
    engine: "Backend", paths: Sequence[Path], columns: Sequence[str], how: dict[str, Any]
) -> ir.Table:
    """Return files as a table with these columns of text, which Ibis itself would ask for by Arrow."""
    view = gen_name(f"{HELPER}text")
    options = {**how, "columns": dict.fromkeys(columns, "VARCHAR")}
    said = ", ".join(f"{name} = {value(given)}" for name, given in options.items())
    engine.raw_sql(f"CREATE TEMP VIEW {view} AS FROM read_csv({value(names(paths))}, {said})")
    schema = ibis.schema(dict.fromkeys(columns, "string"))
    return ops.DatabaseTable(view, schema=schema, source=engine).to_expr()


def _how(text: Text, manner: Manner) -> dict[str, Any]:
    return {
        **AS_IT_IS,
        "header": False,
        "skip": text.outline.skip,
        "auto_detect": False,
        "delim": text.outline.delimiter,
        "quote": '"',
        "escape": '"',
        **(LONG if manner.is_long else {}),
    }


def _holds_something(table: ir.Table) -> ir.BooleanValue:
    return ibis.coalesce(*(table[name].strip().nullif("") for name in table.columns)).notnull()


def _padded(engine: "Backend", text: Text, manner: Manner, notes: list[str]) -> ir.Table:
    """Read a file whose rows have different numbers of values, or NUL characters, and mark these.

    Says how many rows were short.
    """
    refuse_open(text)
    own = text.outline.names
    readable = text.readable
    if manner.is_cut:
        narrowed(readable, text.outline.delimiter, text.outline.skip, len(own), text.narrow)
        readable = text.narrow
    hidden = [f"{HELPER}extra_{number}" for number in range(manner.extra)]
    padding = {
        "null_padding": True,
        "parallel": False,  # DuckDB pads no lines within quotes in parallel
        "nullstr": ABSENT,
    }
    table = _view(engine, [readable], [*own, *hidden], _how(text, manner) | padding)
    kept = {name: table[name].nullif("") for name in table.columns}
    holds = ibis.coalesce(*(value.strip().nullif("") for value in kept.values())).notnull()
    beyond = _beyond(table, hidden)
    is_short = table[own[-1]].isnull() & holds
    counted = table.agg(short=is_short.sum(), empty=(~holds).sum(), beyond=beyond.sum())
    [found] = fetched(counted)
    lines = _said(found["short"] or 0, (found["empty"] or 0) - text.dropped)
    notes += [f"{printable(str(text.path))}: {line}" for line in lines]
    first = _first_overlong(text) if found["beyond"] else None
    mark = ibis.cases(
        (beyond, marked(MORE, first)), (_has_nul(table, text), marked(NUL, text.nul)), else_=None
    ).cast("string")
    return table.filter(holds).select(**{name: kept[name] for name in own}, **{MARK: mark})


def _said(short: int, empty: int) -> Iterator[str]:
    """Yield what is to be said of short rows, and of empty ones that nothing was said of yet."""
    if short:
        yield (
            f"{count(short, 'row')} {'has' if short == 1 else 'have'} fewer values than the header;"
            " the rest is not recorded (rows at the end that are no data: --skip-footer N)"
        )
    if empty > 0:
        yield f"{count(empty, 'more empty row')} passed over"


def _beyond(table: ir.Table, hidden: Sequence[str]) -> ir.BooleanValue:
    """Tell whether a row has a value beyond the header's last one."""
    values = [table[name].strip().nullif("") for name in hidden]
    none = table[table.columns[0]].nullif(table[table.columns[0]])
    return ibis.coalesce(*values, none).notnull()


def _has_nul(table: ir.Table, text: Text) -> ir.BooleanValue:
    if not text.nul:
        return ibis.literal(False)
    found = (table[name].re_search(r"\x00").fill_null(False) for name in text.outline.names)
    return reduce(or_, found)


def _first_overlong(text: Text) -> int | None:
    """Return the line of the first row with more values than the header."""
    outline = text.outline
    found = records(text.readable, outline.delimiter)
    wide = (each.line for each in islice(found, outline.skip, None) if _is_wide(each, outline))
    return next(wide, None)


def _is_wide(record: Record, outline: Outline) -> bool:
    return any(map(str.strip, record.values[len(outline.names) :]))

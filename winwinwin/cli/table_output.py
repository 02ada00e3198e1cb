"""Where the rows of a judged table go: to files, to a table of the engine, to standard output."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from winwinwin.cli import many, output
from winwinwin.cli.progress import progress
from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, count, printable
from winwinwin.interaction import Interaction, Recorded
from winwinwin.judgement import Unjudged
from winwinwin.render.formats import Plain, Renderer, renderer_for
from winwinwin.tally import Tally

if TYPE_CHECKING:
    from winwinwin.cli.tables import Opened, Request
    from winwinwin.tables.judged import JudgedTable
    from winwinwin.tables.verdicts import LookUp

ROW_FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".json": "json",
}
"""The formats that hold the rows themselves, with the verdict columns, by suffix."""
SHOWN_ROWS = 10
"""Rows that are listed where there is no screen to fill."""


def row_format(name: str) -> str | None:
    """Return the format of an output file that holds rows, None for one that sums them up."""
    return ROW_FORMATS.get(Path(name).suffix.lower())


def check_formats(outputs: Sequence[str]) -> None:
    """Raise UsageError for an output whose suffix has no format."""
    for name in outputs:
        if row_format(name) is None:
            output.format_of(name)


def holds_rows(format_name: str, outputs: Sequence[str]) -> bool:
    """Tell whether verdict columns are written anywhere."""
    return format_name in ROW_FORMATS.values() or any(map(row_format, outputs))


def write(
    request: "Request", opened: "Opened", judged: "JudgedTable", tally: Tally, look_up: "LookUp"
) -> None:
    """Write all that was asked for, and tell how many rows went where."""
    into: list[tuple[str, Callable[[], int]]] = []
    for name in request.outputs:
        its_format = row_format(name)
        if its_format is None:
            renderer = renderer_for(output.format_of(name))
            with output.replacing(name) as write_text:
                _render(renderer, judged, tally, write_text)
        else:
            into.append((name, _file_writer(request, opened, judged, look_up, name, its_format)))
    if request.into is not None:
        into.append((request.into, _table_writer(request, opened, judged, look_up, request.into)))
    for name, write_rows in into:
        with progress(f"writing {name}", opened.percentage):
            written = write_rows()
        read = judged.kinds.total
        output.warn(f"{printable(name)}: {count(read, 'row')} read, {written:,} written\n")
        if written != read:
            what = f"{count(read, 'row')} were read and {written:,} written"
            raise WinwinwinError(
                Problem(what, hint="The table changed meanwhile.", place=Place(name))
            )
    _to_standard_output(request, opened, judged, tally, look_up)


def _file_writer(
    request: "Request",
    opened: "Opened",
    judged: "JudgedTable",
    look_up: "LookUp",
    name: str,
    its_format: str,
) -> Callable[[], int]:
    from winwinwin.tables.writing import write_file

    def write_rows() -> int:
        rows = judged.rows(request.prefix, look_up)
        with _replacing(name, folder=opened.engine.name == "pyspark") as path:
            return write_file(opened.engine, rows, path, its_format, request.prefix)

    return write_rows


def _table_writer(
    request: "Request", opened: "Opened", judged: "JudgedTable", look_up: "LookUp", name: str
) -> Callable[[], int]:
    from winwinwin.tables.engines import write_into

    return lambda: write_into(opened.engine, judged.rows(request.prefix, look_up), name)


@contextmanager
def _replacing(name: str, *, folder: bool) -> Iterator[Path]:
    """Give a path beside a file, which takes its place once it is whole; a folder must be new."""
    path = Path(name).resolve()
    if folder:
        if path.exists():
            hint = "A cluster writes a folder; name a new one."
            raise UsageError(Problem("is there already", hint=hint, place=Place(name)))
        yield path
        return
    if not path.parent.is_dir():
        raise WinwinwinError(
            Problem("cannot be written: there is no such folder", place=Place(name))
        )
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield beside
        beside.replace(path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _to_standard_output(
    request: "Request", opened: "Opened", judged: "JudgedTable", tally: Tally, look_up: "LookUp"
) -> None:
    its_format = request.format_name
    if its_format in ROW_FORMATS.values():
        with TemporaryDirectory(prefix="winwinwin-") as folder:
            path = str(Path(folder) / f"rows.{its_format}")
            _file_writer(request, opened, judged, look_up, path, its_format)()
            with Path(path).open(encoding="utf-8", newline="") as rows:
                shutil.copyfileobj(rows, sys.stdout)
    else:
        summed = not request.quiet
        listed = not (request.outputs or request.into)
        on_screen = many.text_renderer(color=request.color, lines=listed, summed=summed)
        renderer = on_screen if its_format == "text" else renderer_for(its_format, summed=summed)
        _render(renderer, judged, tally, output.write, listed=listed)
    output.flush()


def _render(
    renderer: Renderer,
    judged: "JudgedTable",
    tally: Tally,
    write_text: Callable[[str], object],
    *,
    listed: bool = True,
) -> None:
    """Write the first rows as a run on records writes all of them, and the summary."""
    most = (
        SHOWN_ROWS if isinstance(renderer, Plain) else max(output.size()[1], SHOWN_ROWS)
    ) * listed
    write_text(renderer.begin())
    for name, combination in judged.first(most):
        if combination.judgement is None:
            write_text(renderer.unjudged(Unjudged(name, combination.problems)))
        else:
            recorded = Recorded(Interaction(id=name), "", 0)
            write_text(renderer.judged(recorded, combination.judgement))
    if isinstance(renderer, Plain) and listed and tally.total > most:
        write_text(f"and {tally.total - most:,} more\n")
    write_text(renderer.end(tally))

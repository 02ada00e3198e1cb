"""Where the rows of a judged table go: to files, to a table of the engine, to standard output."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from winwinwin.analysis.fingerprint import stamp
from winwinwin.cli import many, output
from winwinwin.cli.progress import progress, share_of
from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, count, printable, quoted
from winwinwin.interaction import Recorded
from winwinwin.judgement import Unjudged
from winwinwin.render.basis import Basis
from winwinwin.render.formats import (
    MOST_LOSSES,
    Markdown,
    Picture,
    Plain,
    need_report,
)
from winwinwin.render.hidden import is_hidden_loss
from winwinwin.render.renderer import Renderer
from winwinwin.tally import TAG, Tally, grouping

if TYPE_CHECKING:
    from winwinwin.cli.tables import Opened, Request
    from winwinwin.tables.judged import JudgedTable
    from winwinwin.tables.kinds import Combination
    from winwinwin.tables.verdicts import LookUp

ROW_FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".jsonl": "jsonl",
    ".json": "json",
}
"""The formats that hold the rows themselves, with the verdict columns, by suffix."""
SUMMED_FORMATS = ("text", "markdown", "html", "svg")
"""The formats that sum the rows up."""
SHOWN_ROWS = 10
"""Rows that are listed where there is no screen to fill."""


def row_format(name: str) -> str | None:
    """Return the format of an output file that holds rows, None for one that sums them up."""
    return ROW_FORMATS.get(Path(name).suffix.lower())


def check_formats(format_name: str, outputs: Sequence[str]) -> None:
    """Raise UsageError for a format that a table is not written in."""
    known = (*SUMMED_FORMATS, *ROW_FORMATS.values())
    if format_name not in known:
        what = f"--format: {quoted(format_name)} is for records, and this is a table"
        raise UsageError(Problem(what, ", ".join(known)))
    for name in outputs:
        if row_format(name) is None:
            output.format_of(name, known)


def holds_rows(format_name: str, outputs: Sequence[str]) -> bool:
    """Tell whether verdict columns are written anywhere."""
    return format_name in ROW_FORMATS.values() or any(map(row_format, outputs))


def draws_report(format_name: str, outputs: Sequence[str]) -> bool:
    """Tell whether the report is written anywhere.

    Raises MissingExtraError where what it needs isn't installed.
    """
    names = [name for name in outputs if row_format(name) is None]
    found = {format_name, *(output.format_of(name, SUMMED_FORMATS) for name in names)}
    if "html" not in found:
        return False
    need_report()
    return True


def check_targets(request: "Request", engine: Any) -> None:
    """Raise WinwinwinError for what could not be written, before anything is counted."""
    from winwinwin.tables.engines import refuse_existing
    from winwinwin.tables.writing import refuse_folder

    if request.into is not None:
        refuse_existing(engine, request.into)
    if engine.name == "pyspark":
        for name in request.outputs:
            if (its_format := row_format(name)) is not None:
                refuse_folder(Path(name), its_format)
            else:
                output.must_be_writable(name)
        if request.format_name in ROW_FORMATS.values():
            what = f"--format: a cluster's rows are not written as {request.format_name} here"
            raise UsageError(Problem(what, hint="Write a folder or a table: -o FILE, --into NAME."))
    else:
        for name in request.outputs:
            output.must_be_writable(name)


def write(
    request: "Request", opened: "Opened", judged: "JudgedTable", tally: Tally, look_up: "LookUp"
) -> None:
    """Write all that was asked for, and tell how many rows went where."""
    into: list[tuple[str, Callable[[], int]]] = []
    for name in request.outputs:
        its_format = row_format(name)
        if its_format is None:
            text = _summed(output.format_of(name, SUMMED_FORMATS), request, judged, tally, look_up)
            with output.replacing(name) as write_text:
                write_text(text)
        else:
            into.append((name, _file_writer(request, opened, judged, look_up, name, its_format)))
    if request.into is not None:
        into.append((request.into, _table_writer(request, opened, judged, look_up, request.into)))
    for name, write_rows in into:
        with progress(f"writing {name}", partial(share_of, opened.percentage)):
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
    """Give a path beside a file, which takes its place once it is whole; a folder is new.

    Raises WinwinwinError where it cannot be written, as `output.replacing` does.
    """
    path = Path(name).resolve()
    if folder:
        yield path
        return
    if path.exists() and not path.is_file():  # a device or a pipe: there is nothing to replace
        with TemporaryDirectory(prefix="winwinwin-") as beside:
            whole = Path(beside) / path.name
            yield whole
            with _blamed(name, whole), whole.open("rb") as rows, path.open("wb") as stream:
                shutil.copyfileobj(rows, stream)
        return
    output.must_be_writable(name)
    beside_it = path.with_name(f".{path.name}.{os.getpid()}.part")
    with _blamed(name, beside_it):
        try:
            yield beside_it
            if path.exists():
                shutil.copymode(path, beside_it)
            beside_it.replace(path)
        finally:
            with suppress(OSError):
                beside_it.unlink()


@contextmanager
def _blamed(name: str, beside: Path) -> Iterator[None]:
    """Blame a file for a failure to write what takes its place."""
    try:
        yield
    except OSError as error:
        raise output.unwritable(name, error) from None
    except Exception as error:  # the engine's own kind, which may be about what it reads
        if beside.name not in str(error):
            raise
        what = f"cannot be written: {str(error).rpartition(': ')[2].lower()}"
        raise WinwinwinError(Problem(what, place=Place(name))) from None


def _to_standard_output(
    request: "Request", opened: "Opened", judged: "JudgedTable", tally: Tally, look_up: "LookUp"
) -> None:
    its_format = request.format_name
    if its_format in ROW_FORMATS.values():
        with TemporaryDirectory(prefix="winwinwin-") as folder:
            path = str(Path(folder) / f"rows.{its_format}")
            _file_writer(request, opened, judged, look_up, path, its_format)()
            with Path(path).open(encoding="utf-8", newline="") as rows:
                while text := rows.read(output.BUFFER):
                    output.write(text)
                output.flush()
    elif its_format == "text":
        listed = not (request.outputs or request.into)
        summed = not request.quiet
        on_screen = many.text_renderer(color=request.color, lines=listed, summed=summed)
        fitting = SHOWN_ROWS if isinstance(on_screen, Plain) else output.size()[1]
        most = max(fitting, SHOWN_ROWS) if listed else 0
        output.write(_listing(on_screen, judged, tally, most))
    else:
        output.write(_summed(its_format, request, judged, tally, look_up))
    output.flush()


def _summed(
    its_format: str, request: "Request", judged: "JudgedTable", tally: Tally, look_up: "LookUp"
) -> str:
    """Return the summary in a format, with hidden losses where it has room for them."""
    if its_format == "text":
        return _listing(Plain(summed=not request.quiet), judged, tally, SHOWN_ROWS)
    if its_format == "html":
        return _report(request, judged, tally, look_up)
    if its_format == "svg":
        return Picture().end(tally)
    markdown = Markdown(basis_of(request, judged))
    for interaction, found in judged.first(MOST_LOSSES, _is_hidden_loss):
        if found.judgement is not None:
            markdown.judged(Recorded.of(interaction), found.judgement)
    return markdown.end(tally)


def _report(request: "Request", judged: "JudgedTable", tally: Tally, look_up: "LookUp") -> str:
    from winwinwin.render.hidden import HiddenLosses
    from winwinwin.render.report import renderer as report
    from winwinwin.render.report.page import page
    from winwinwin.tables.slicing import slices_of

    shown = [*request.by, *report.ALWAYS]
    slices = slices_of(judged, shown, tally.spread, look_up)
    periods = {each.name for each in judged.by if each.part}
    groupings = {
        name: grouping(name if name in periods else f"{TAG}{name}") for name in slices.dimensions
    }
    hidden = HiddenLosses(judged.judge.rulebook, groupings, report.MOST_LOSSES)
    for interaction, found in judged.first(report.MOST_LOSSES, _is_hidden_loss):
        if found.judgement is not None:
            hidden.add(Recorded.of(interaction), found.judgement)
    return page(slices, tally, hidden, basis_of(request, judged))


def basis_of(request: "Request", judged: "JudgedTable") -> Basis:
    judge = judged.judge
    return Basis(
        judge.kind, judge.rulebook, partial(stamp, judge), tuple(request.by), tuple(request.gates)
    )


def _is_hidden_loss(found: "Combination") -> bool:
    return found.judgement is not None and is_hidden_loss(found.judgement)


def _listing(renderer: Renderer, judged: "JudgedTable", tally: Tally, most: int) -> str:
    """Write the first rows as a run on records writes all of them, and the summary."""
    parts = [renderer.begin()]
    for interaction, found in judged.first(most):
        if found.judgement is None:
            parts.append(renderer.unjudged(Unjudged(interaction.id, found.problems)))
        else:
            parts.append(renderer.judged(Recorded.of(interaction), found.judgement))
    if isinstance(renderer, Plain) and most and tally.total > most:
        parts.append(f"and {tally.total - most:,} more\n")
    return "".join([*parts, renderer.end(tally)])

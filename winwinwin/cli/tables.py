"""The command for many interactions, where they are a table."""

import gc
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from winwinwin.cli import many, output, table_output
from winwinwin.cli.progress import progress
from winwinwin.cli.rulebooks import judge_by, read_by
from winwinwin.errors import (
    MissingExtraError,
    Place,
    Problem,
    UnreadableError,
    UsageError,
    WinwinwinError,
    count,
    quoted,
)
from winwinwin.evaluation import Judge
from winwinwin.sources.documents import STANDARD_INPUT
from winwinwin.sources.mapping_file import load_mapping
from winwinwin.sources.table_files import find_tables
from winwinwin.tally import Gate

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from winwinwin.tables.judged import JudgedTable


@dataclass(frozen=True, slots=True)
class Request:
    """What a run on a table was asked for."""

    paths: Sequence[str]
    input_format: str | None
    mapping: str | None
    """Name of the mapping file."""
    connect: str | None
    table: str | None
    into: str | None
    prefix: str
    memory_limit: str | None
    threads: int | None
    by: Sequence[str]
    gates: Sequence[Gate]
    format_name: str
    outputs: Sequence[str]
    rulebook: str | None
    assumptions: bool
    quiet: bool
    color: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """A table, and the engine that holds it."""

    engine: Any
    table: "ir.Table"
    name: str
    """As the user named it."""
    explained: Callable[[], AbstractContextManager[None]]
    """Turns what the engine says of a failure into a problem."""

    def close(self) -> None:
        """Let go of a server. What is in this process ends with it."""
        if self.engine.name not in ("duckdb", "pyspark"):
            gc.collect()  # temporary tables are dropped while there is a connection to do it
            self.engine.disconnect()

    @property
    def percentage(self) -> Callable[[], float] | None:
        """How much of a query is done, where the engine can tell."""
        return self.engine.con.query_progress if self.engine.name == "duckdb" else None


def batch(request: Request) -> int:
    """Judge a table, write it where it is wanted, sum it up, return the exit code."""
    gc.enable()
    judge = judge_by(request.rulebook, assumptions=request.assumptions)
    table_output.check_formats(request.format_name, request.outputs)
    mapping = load_mapping(request.mapping) if request.mapping else None
    with TemporaryDirectory(prefix="winwinwin-") as folder:
        try:
            opened = _open(request, folder)
        except ImportError as error:
            what = f"{error.name} is not installed, which tables need"
            hint = "Install it: pip install 'winwinwin[tables]'"
            raise MissingExtraError(Problem(what, hint=hint)) from None
        with opened.explained():
            code = _run(request, judge, opened, mapping)
        opened.close()
        return code


def _run(request: Request, judge: Judge, opened: Opened, mapping: Any) -> int:
    from winwinwin.tables.judged import judge_rows
    from winwinwin.tables.layout import near_misses
    from winwinwin.tables.listed import listed
    from winwinwin.tables.verdicts import joined, refuse_clash

    own = opened.table.columns
    if mapping is None:
        _warn_of(near_misses(own))
    if request.into or table_output.holds_rows(request.format_name, request.outputs):
        refuse_clash(own, request.prefix)
    is_local = opened.engine.name == "duckdb"
    look_up = listed(opened.engine, enumerated=request.into is None) if is_local else joined
    with _named(opened.name), progress(f"counting {opened.name}", opened.percentage):
        judged = judge_rows(opened.table, mapping, judge, _dimensions(request, own, mapping))
        if not judged.kinds.total:
            hint = "Give it rows: there is nothing to judge."
            raise UnreadableError(Problem("holds no row", hint=hint, place=Place(opened.name)))
        tally = judged.tally(look_up, request.by)
    _report(judged, opened.name, _where_told(request))
    table_output.write(request, opened, judged, tally, look_up)
    return many.finish(
        tally, request.gates, request.format_name, quiet=request.quiet, color=request.color
    )


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Say of what is wrong with a table which table that is."""
    try:
        yield
    except UsageError:
        raise
    except WinwinwinError as error:
        placed = (problem.at(problem.place or Place(name)) for problem in error.problems)
        raise type(error)(*placed) from None


def _dimensions(request: Request, own: Sequence[str], mapping: Any) -> Sequence[str]:
    """Return what is counted apart: what was asked for, and what a report shows in any case."""
    if not table_output.draws_report(request.format_name, request.outputs):
        return request.by
    from winwinwin.render.report.renderer import ALWAYS
    from winwinwin.slices import PERIODS
    from winwinwin.tables.layout import layout

    about = layout(own, mapping).about
    periods = PERIODS if "date" in about else ()
    known = [name for name in ALWAYS if name in about or name in own]
    return list(dict.fromkeys([*request.by, *known, *periods]))


def _open(request: Request, folder: str) -> Opened:
    if request.connect is not None:
        return _connect(request, request.connect)
    if request.table or request.into:
        flag = "--table" if request.table else "--into"
        hint = "Say where it is: --connect URL --table NAME."
        raise UsageError(Problem(f"{flag}: no engine is named", hint=hint))
    from winwinwin.tables import files

    names = [name for name in request.paths if name != STANDARD_INPUT]
    paths = find_tables(names, request.input_format)
    output.refuse_overwriting(request.outputs, [*map(str, paths), *read_by(request.rulebook)])
    if STANDARD_INPUT in request.paths:
        paths.append(_spooled(folder, request.input_format))
    engine = files.connect(folder, request.memory_limit, request.threads)
    with files.explained(paths):
        table = files.read(engine, paths, request.input_format)
    name = "standard input" if request.paths == [STANDARD_INPUT] else ", ".join(request.paths)
    return Opened(engine, table, name, lambda: files.explained(paths))


def _connect(request: Request, url: str) -> Opened:
    from winwinwin.tables import engines

    if request.paths or request.table is None:
        what = "files are given too" if request.paths else "no table is named"
        hint = "It goes with --table NAME, and without files."
        raise UsageError(Problem(f"--connect: {what}", hint=hint))
    for flag, value in (("--memory-limit", request.memory_limit), ("--threads", request.threads)):
        if value is not None:
            hint = "Set it where the engine runs."
            raise UsageError(Problem(f"{flag}: this is for files", hint=hint))
    output.refuse_overwriting(request.outputs, read_by(request.rulebook))
    engine = engines.connect(url)
    name = request.table
    return Opened(engine, engines.open_table(engine, name), name, lambda: engines.explained(name))


def _spooled(folder: str, input_format: str | None) -> Path:
    """Keep standard input in a file, for it is read more than once."""
    path = Path(folder) / f"standard_input.{input_format}"
    with path.open("wb") as file:
        if sys.stdin:
            shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _warn_of(misses: Iterable[tuple[str, str]]) -> None:
    for column, fact in misses:
        output.warn(f"column {quoted(column)} is not read. Did you mean '{fact}'?\n")


def _where_told(request: Request) -> str:
    """Say where each row that could not be read has its own problem."""
    column = f"{request.prefix}problem"
    if request.into or table_output.holds_rows(request.format_name, request.outputs):
        return f"which rows: see their column {column}\n"
    return f"which rows: -o FILE writes them all, with a column {column}\n"


def _report(judged: "JudgedTable", name: str, where: str) -> None:
    """Tell of every row that could not be read, and of every value that means nothing."""
    for problems, rows in judged.kinds.invalid.items():
        for problem in problems:
            told = problem.at(problem.place or Place(name)).line
            output.warn(f"{told} ({count(rows, 'row')})\n")
    if judged.kinds.invalid:
        output.warn(where)
    output.warn(many.passed_lines(judged.kinds.passed))

"""The command for many interactions, where they are a table."""

import gc
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from winwinwin.cli import garbage, many, output, table_output
from winwinwin.cli.progress import progress, share_of
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
from winwinwin.sources.mapping import Mapping
from winwinwin.sources.mapping_file import load_mapping
from winwinwin.sources.table_files import find_tables
from winwinwin.tally import Gate, Tally

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from winwinwin.tables.judged import JudgedTable
    from winwinwin.tables.verdicts import LookUp


READ_FROM = "standard input"
"""What standard input is called in messages."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a table is, and how to read it."""

    paths: Sequence[str]
    input_format: str | None = None
    mapping: str | None = None
    """Name of the mapping file."""
    connect: str | None = None
    table: str | None = None
    memory_limit: str | None = None
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a run on a table was asked for."""

    source: Source
    into: str | None
    prefix: str
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
    mapping: Mapping | None
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
    garbage.collect()
    judge = judge_by(request.rulebook, assumptions=request.assumptions)
    table_output.check_formats(request.format_name, request.outputs)
    if request.into and not request.source.connect:
        raise _no_engine("--into")
    output.refuse_overwriting(
        request.outputs, [*files_of(request.source), *read_by(request.rulebook)]
    )
    with _opened(request.source) as opened:
        return _run(request, judge, opened)


def tally_of(source: Source, judge: Judge, by: Sequence[str]) -> Tally:
    """Judge a table and only count it, by each of these dimensions."""
    with _opened(source) as opened:
        where = "which rows: batch with -o FILE writes them all, with a column problem\n"
        _, tally, _ = _counted(opened, judge, by, by, told=where, enumerated=True)
        return tally


def files_of(source: Source) -> list[str]:
    """Return the files that are read of a table, its mapping too."""
    mapping = [source.mapping] if source.mapping else []
    return [*map(str, [] if source.connect else _found(source)), *mapping]


def _run(request: Request, judge: Judge, opened: Opened) -> int:
    from winwinwin.tables.verdicts import refuse_clash

    own = opened.table.columns
    if request.into or table_output.holds_rows(request.format_name, request.outputs):
        refuse_clash(own, request.prefix)
    table_output.check_targets(request, opened.engine)
    judged, tally, look_up = _counted(
        opened,
        judge,
        _dimensions(request, own, opened.mapping),
        request.by,
        told=_where_told(request),
        enumerated=request.into is None,
    )
    table_output.write(request, opened, judged, tally, look_up)
    return many.finish(
        tally, request.gates, request.format_name, quiet=request.quiet, color=request.color
    )


def _counted(
    opened: Opened,
    judge: Judge,
    apart: Sequence[str],
    by: Sequence[str],
    *,
    told: str,
    enumerated: bool,
) -> "tuple[JudgedTable, Tally, LookUp]":
    """Judge a table, tell what of it could not be read, and count it by some of what is apart."""
    from winwinwin.tables.judged import judge_rows
    from winwinwin.tables.layout import near_misses, refuse_helpers
    from winwinwin.tables.listed import listed
    from winwinwin.tables.verdicts import joined

    if opened.mapping is None:
        _warn_of(near_misses(opened.table.columns))
    is_local = opened.engine.name == "duckdb"
    look_up = listed(opened.engine, enumerated=enumerated) if is_local else joined
    with (
        _named(opened.name),
        progress(f"counting {opened.name}", partial(share_of, opened.percentage)),
    ):
        refuse_helpers(opened.table.columns)
        judged = judge_rows(opened.table, opened.mapping, judge, apart)
        if not judged.kinds.total:
            hint = "Give it rows: there is nothing to judge."
            raise UnreadableError(Problem("holds no row", hint=hint, place=Place(opened.name)))
        tally = judged.tally(look_up, by)
    _report(judged, opened.name, told)
    return judged, tally, look_up


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


def _dimensions(request: Request, own: Sequence[str], mapping: Mapping | None) -> Sequence[str]:
    """Return what is counted apart: what was asked for, and what a report shows in any case."""
    if not table_output.draws_report(request.format_name, request.outputs):
        return request.by
    from winwinwin.render.report.renderer import ALWAYS
    from winwinwin.slices import PERIODS
    from winwinwin.tables.layout import layout

    about = layout(own, mapping).about
    known = [name for name in ALWAYS if name in about or name in own]
    trend = [period for period in PERIODS if "date" in about and period not in own][:1]
    return list(dict.fromkeys([*request.by, *known, *trend]))


@contextmanager
def _opened(source: Source) -> Iterator[Opened]:
    """Open a table; what the engine says of a failure, here or later, becomes a problem."""
    mapping = load_mapping(source.mapping) if source.mapping else None
    with TemporaryDirectory(prefix="winwinwin-") as folder:
        try:
            opened = _open(source, folder, mapping)
        except ImportError as error:
            what = f"{error.name} is not installed, which tables need"
            hint = "Install it: pip install 'winwinwin[tables]'"
            raise MissingExtraError(Problem(what, hint=hint)) from None
        with opened.explained():
            yield opened
        opened.close()


def _open(source: Source, folder: str, mapping: Mapping | None) -> Opened:
    if source.connect is not None:
        return _connect(source, source.connect, mapping)
    if source.table:
        raise _no_engine("--table")
    from winwinwin.tables import files

    paths = _found(source)
    spooled = Path(folder) / f"standard_input.{source.input_format}"
    if STANDARD_INPUT in source.paths:
        _spool(spooled)
        paths.append(spooled)

    @contextmanager
    def explained() -> Iterator[None]:
        with _called(str(spooled), READ_FROM), files.explained(paths):
            yield

    engine = files.connect(folder, source.memory_limit, source.threads)
    with explained():
        table = files.read(engine, paths, source.input_format)
    name = READ_FROM if source.paths == [STANDARD_INPUT] else ", ".join(source.paths)
    return Opened(engine, table, name, mapping, explained)


def _found(source: Source) -> list[Path]:
    names = [name for name in source.paths if name != STANDARD_INPUT]
    return find_tables(names, source.input_format)


def _no_engine(flag: str) -> UsageError:
    hint = "Say where it is: --connect URL --table NAME."
    return UsageError(Problem(f"{flag}: no engine is named", hint=hint))


def _connect(source: Source, url: str, mapping: Mapping | None) -> Opened:
    from winwinwin.tables import engines

    if source.paths or source.table is None:
        what = "files are given too" if source.paths else "no table is named"
        hint = "It goes with --table NAME, and without files."
        raise UsageError(Problem(f"--connect: {what}", hint=hint))
    for flag, value in (("--memory-limit", source.memory_limit), ("--threads", source.threads)):
        if value is not None:
            hint = "Set it where the engine runs."
            raise UsageError(Problem(f"{flag}: this is for files", hint=hint))
    engine = engines.connect(url)
    name = source.table
    table = engines.open_table(engine, name)
    return Opened(engine, table, name, mapping, lambda: engines.explained(name))


def _spool(path: Path) -> None:
    """Keep standard input in a file, for it is read more than once."""
    with path.open("wb") as file:
        if sys.stdin:
            shutil.copyfileobj(sys.stdin.buffer, file)


@contextmanager
def _called(file: str, name: str) -> Iterator[None]:
    """Say of what is wrong with a file of our own what the user calls it."""
    try:
        yield
    except WinwinwinError as error:
        raise type(error)(*(_renamed(problem, file, name) for problem in error.problems)) from None


def _renamed(problem: Problem, file: str, name: str) -> Problem:
    place = problem.place
    if place is not None and place.source == file:
        place = replace(place, source=name)
    what, hint = (text.replace(file, name) for text in (problem.what, problem.hint))
    return replace(problem, what=what, hint=hint, place=place)


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

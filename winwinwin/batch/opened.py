"""A table and the engine that holds it, opened and let go."""

import gc
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from winwinwin.batch.face import Source
from winwinwin.errors import Place, Problem, UsageError, WinwinwinError
from winwinwin.loading.paths import READ_FROM, STANDARD_INPUT
from winwinwin.loading.table_files import find_tables
from winwinwin.mapping.file import load_mapping
from winwinwin.mapping.model import Mapping
from winwinwin.output import streams
from winwinwin.tables import engines, files
from winwinwin.tables.preparing import prepared
from winwinwin.tables.reading import mistakes
from winwinwin.tables.traits import traits

if TYPE_CHECKING:
    import ibis.expr.types as ir


@dataclass(frozen=True, slots=True)
class Opened:
    """A table, and the engine that holds it."""

    engine: Any
    table: "ir.Table"
    mapping: Mapping | None
    explained: Callable[[], AbstractContextManager[None]]
    """Turns what the engine reports of a failure into a problem."""


@contextmanager
def opened(source: Source) -> Iterator[Opened]:
    """Open a table; what the engine reports of a failure, here or later, becomes a problem."""
    mapping = load_mapping(source.mapping) if source.mapping else None
    with TemporaryDirectory(prefix="winwinwin-") as folder:
        found = _open(source, folder, mapping)
        with found.explained():
            yield _prepared(found, source)
        _let_go(found.engine)


def _prepared(found: Opened, source: Source) -> Opened:
    """Bring the rows of a table together with what the mapping says belongs to them."""
    with named(source.name):
        done = prepared(found.table, found.mapping, has_tables=source.connect is not None)
    streams.warn("".join(done.lines))
    return replace(found, table=done.table)


@contextmanager
def named(name: str) -> Iterator[None]:
    """Name the table in what is wrong with it."""
    try:
        yield
    except UsageError:
        raise
    except WinwinwinError as error:
        placed = (problem.at(problem.place or Place(name)) for problem in error.problems)
        raise type(error)(*placed) from None


def _let_go(engine: Any) -> None:
    if not traits(engine).is_left_open:
        gc.collect()  # temporary tables are dropped while there is a connection to do it
        engine.disconnect()


def _open(source: Source, folder: str, mapping: Mapping | None) -> Opened:
    if source.connect is not None:
        return _connect(source, source.connect, mapping)
    if source.table:
        raise no_engine("--table")
    names = [name for name in source.paths if name != STANDARD_INPUT]
    paths = find_tables(names, source.input_format)
    spooled = Path(folder) / f"standard_input.{source.input_format}"
    if STANDARD_INPUT in source.paths:
        _spool(spooled)
        paths.append(spooled)

    @contextmanager
    def explained() -> Iterator[None]:
        with _called(str(spooled), READ_FROM), mistakes.explained(paths):
            yield

    engine = files.connect(folder, source.memory_limit, source.threads)
    with explained():
        layout = source.layout.over(mapping.file) if mapping else source.layout
        table = files.read(engine, paths, source.input_format, layout)
    return Opened(engine, table, mapping, explained)


def no_engine(flag: str) -> UsageError:
    """Return the error for a flag that needs an engine to be named."""
    hint = "Name the engine too: --connect URL --table NAME."
    return UsageError(Problem(f"{flag}: --connect is missing", hint=hint))


def _connect(source: Source, url: str, mapping: Mapping | None) -> Opened:
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
    return Opened(engine, table, mapping, lambda: engines.explained(name))


def _spool(path: Path) -> None:
    """Keep standard input in a file, for it is read more than once."""
    with path.open("wb") as file:
        if sys.stdin:
            shutil.copyfileobj(sys.stdin.buffer, file)


@contextmanager
def _called(file: str, name: str) -> Iterator[None]:
    """Call a file of our own by the user's name for it, in whatever is wrong with it."""
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

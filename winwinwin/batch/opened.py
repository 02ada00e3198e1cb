"""A table and the engine that holds it, opened and let go."""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Map
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from io import BytesIO, UnsupportedOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from winwinwin.batch.choosing import without_quotes
from winwinwin.batch.face import Source
from winwinwin.errors import Place, Problem, UsageError, WinwinwinError
from winwinwin.kernel.rulebook import Stamp
from winwinwin.loading.addresses import address
from winwinwin.loading.compressed import refuse_endless
from winwinwin.loading.file_layout import DATABASE, FileLayout, at_key
from winwinwin.loading.paths import READ_FROM, unreadable
from winwinwin.loading.table_files import find_tables
from winwinwin.loading.watching import Watch
from winwinwin.mapping.file import load_mapping, warnings_of
from winwinwin.mapping.model import Mapping
from winwinwin.output import streams
from winwinwin.output.leftovers import temporary_folder
from winwinwin.output.streams import STANDARD_INPUT
from winwinwin.tables import engines, files
from winwinwin.tables.layout import refuse_helpers
from winwinwin.tables.marks import MARK
from winwinwin.tables.matching import Prepared
from winwinwin.tables.preparing import prepared
from winwinwin.tables.reading import mistakes
from winwinwin.tables.reading.common import Manner, unchecked
from winwinwin.tables.reading.manners import in_any_manner
from winwinwin.tables.reading.spool import keep, needs_spooling, spooled
from winwinwin.tables.steps import rows_of
from winwinwin.tables.traits import traits

if TYPE_CHECKING:
    import ibis.expr.types as ir


T = TypeVar("T")


@dataclass(slots=True)
class Opened:
    """A table, and the engine that holds it."""

    engine: Any
    table: "ir.Table"
    mapping: Mapping | None
    explained: Callable[[], AbstractContextManager[None]]
    """Turns what the engine reports of a failure into a problem."""
    questions: dict[str, str] = field(default_factory=dict)
    """What was asked, by the name of its column, where the file says so."""
    again: Callable[[Manner], "ir.Table"] | None = None
    """Reads the table in another manner, where there is one."""
    refuse_fewer: Callable[[int], None] = unchecked
    """Raises UnreadableError where an engine gave fewer rows than the files hold."""
    watch: Watch = field(default_factory=Watch)
    """The files that it reads more than once."""
    stamps: Map[str, Stamp] = field(default_factory=dict)
    """What names the rulebook that judged the rows of a file before, by the file's name."""

    def asked(self, question: Callable[[], T]) -> T:
        """Return what comes of asking the table something, for the first time."""

        def ask(manner: Manner) -> T:
            with self.explained():
                if self.again and manner != Manner():
                    self.table = self.again(manner)
                found = question()
                self.watch.refuse_changed()
                return found

        return in_any_manner(ask)


@contextmanager
def opened(source: Source) -> Iterator[Opened]:
    """Open a table; what the engine reports of a failure, here or later, becomes a problem."""
    mapping = load_mapping(source.mapping) if source.mapping else None
    if mapping and source.mapping:
        streams.warn(warnings_of(mapping, source.mapping))
    with temporary_folder() as folder:
        found = _open(source, folder, mapping)
        try:
            with found.explained():
                yield _prepared(found, source)
        finally:
            _let_go(found.engine)


def _prepared(found: Opened, source: Source) -> Opened:
    """Bring the rows of a table together with what the mapping says belongs to them."""
    mapping, has_tables = found.mapping, source.connect is not None
    if mapping is None or not (mapping.long or mapping.joins):
        return found
    with named(source.name):
        done = found.asked(lambda: _prepare(found, mapping, source.name, has_tables=has_tables))
    said = (without_quotes(line.rstrip("\n"), source.aliases) for line in done.lines)
    streams.warn("".join(f"{line}\n" for line in said))
    return replace(found, table=done.table, again=None, refuse_fewer=unchecked)


def _prepare(found: Opened, mapping: Mapping, name: str, *, has_tables: bool) -> Prepared:
    if not has_tables:
        found.refuse_fewer(rows_of(found.table))
    return prepared(found.table, mapping, name, has_tables=has_tables)


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


@contextmanager
def _at_keys(layout: FileLayout) -> Iterator[None]:
    """Give what is wrong with a setting of the mapping its place there."""
    try:
        yield
    except WinwinwinError as error:
        raise type(error)(*(at_key(each, layout, "file") for each in error.problems)) from None


def _let_go(engine: Any) -> None:
    if not traits(engine).is_left_open:
        gc.collect()  # temporary tables are dropped while there is a connection to do it
        engine.disconnect()


def _open(source: Source, folder: str, mapping: Mapping | None) -> Opened:
    if source.connect is not None:
        return _connect(source, source.connect, mapping)
    if source.table:
        raise no_engine("--table")
    originals = find_tables(_named(source), source.input_format)
    watch = Watch(originals)
    paths, shown = _files(source, originals, Path(folder))
    copies: dict[str, Path] = {}

    @contextmanager
    def explained() -> Iterator[None]:
        with watch.blaming(), _called(shown), mistakes.explained(paths, copies):
            yield

    engine = files.connect(folder, source.memory_limit, source.threads)
    notes: list[str] = []

    def warn_of(lines: Sequence[str]) -> None:
        said = (without_quotes(_by_name(line, shown), source.aliases) for line in lines)
        streams.warn("".join(f"{line}\n" for line in said))

    layout = source.layout.over(mapping.file) if mapping else source.layout
    with _at_keys(layout), explained():
        found = files.read(engine, paths, source.input_format, layout, notes)
    copies |= found.copies
    warn_of(notes)

    again = partial(_again, found.again, warn_of) if found.again else None
    fewer = found.refuse_fewer
    stamps = {shown.get(name, name): stamp for name, stamp in found.stamps.items()}
    asked = found.questions
    return Opened(engine, found.table, mapping, explained, asked, again, fewer, watch, stamps)


def _again(
    read: Callable[[Manner, list[str]], "ir.Table"],
    warn_of: Callable[[Sequence[str]], None],
    manner: Manner,
) -> "ir.Table":
    """Read files in another manner, and say what is read otherwise than it stands there."""
    notes: list[str] = []
    table = read(manner, notes)
    warn_of(notes)
    return table


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
    (source.layout.over(mapping.file) if mapping else source.layout).refuse_unfit(DATABASE)
    at, name = address(url), source.table
    engine = engines.connect(at)
    table = engines.open_table(engine, name, at)
    refuse_helpers([each for each in table.columns if each.lower() == MARK])
    return Opened(engine, table, mapping, lambda: engines.explained(name, at))


def _named(source: Source) -> list[str]:
    return [name for name in source.paths if name != STANDARD_INPUT]


def _files(
    source: Source, originals: Sequence[Path], folder: Path
) -> tuple[list[Path], dict[str, str]]:
    """Return the files of a table, and the user's names for those that are copies of our own."""
    paths, shown = [], {}
    for number, path in enumerate(originals):
        read = path
        if needs_spooling(path):
            try:
                read = spooled(path, folder / f"{number}", source.input_format)
            except OSError as error:
                raise unreadable(str(path), error) from None
            shown[str(read)] = str(path)
        paths.append(read)
    if STANDARD_INPUT in source.paths:
        read = folder / f"standard_input.{source.input_format}"
        with suppress(UnsupportedOperation, AttributeError):  # it is no file, or closed
            refuse_endless(sys.stdin.fileno(), READ_FROM)
        keep(sys.stdin.buffer if sys.stdin else BytesIO(), read)
        shown[str(read)] = READ_FROM
        paths.append(read)
    return paths, shown


@contextmanager
def _called(shown: Map[str, str]) -> Iterator[None]:
    """Call files of our own by the user's names for them, in whatever is wrong with them."""
    try:
        yield
    except WinwinwinError as error:
        raise type(error)(*(_renamed(problem, shown) for problem in error.problems)) from None


def _renamed(problem: Problem, shown: Map[str, str]) -> Problem:
    place, what, hint = problem.place, problem.what, problem.hint
    if place is not None:
        place = replace(place, source=shown.get(place.source, place.source))
    what, hint = (_by_name(text, shown) for text in (what, hint))
    return replace(problem, what=what, hint=hint, place=place)


def _by_name(text: str, shown: Map[str, str]) -> str:
    for file, name in shown.items():
        text = text.replace(file, name)
    return text

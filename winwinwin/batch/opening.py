"""A batch from what the command line names: chosen by suffix, before anything heavy is imported."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path

from winwinwin.batch.face import Batch, Source, Wanted
from winwinwin.batch.records import Records, table_option
from winwinwin.errors import Problem, UnreadableError, UsageError, missing, printable
from winwinwin.evaluation import Judge
from winwinwin.loading.documents import find
from winwinwin.loading.file_layout import RECORDS
from winwinwin.loading.paths import files_of as named_files
from winwinwin.loading.paths import is_input, parted_by_repeats
from winwinwin.loading.table_files import are_tables, find_tables
from winwinwin.output import streams
from winwinwin.output.streams import STANDARD_INPUT
from winwinwin.stats.tally import Tally


@contextmanager
def open_batch(source: Source) -> Iterator[Batch]:
    """Open files of records, or a table; what an engine reports then becomes a problem.

    Raises UsageError where nothing is named, or records and tables both are.
    """
    has_records = not is_table(source)
    streams.warn(_repeated(source))
    if has_records:
        for flag, value in (("--memory-limit", source.memory_limit), ("--threads", source.threads)):
            if value is not None:
                raise table_option(flag)
        source.layout.refuse_unfit(RECORDS)
        yield Records(source)
        return
    try:
        from winwinwin.batch.opened import opened  # half a second of imports
        from winwinwin.batch.table import Table
    except ImportError as error:
        raise missing("tables", error) from None

    with opened(source) as found:
        yield Table(source, found)


def _repeated(source: Source) -> str:
    """Return the warning about files that several of the names stand for, '' for none."""
    names = [name for name in source.paths if name != STANDARD_INPUT]
    if len(names) < 2:  # noqa: PLR2004  # nothing is named twice
        return ""
    found = (path for name in names for path in named_files(name, is_input))
    _, again = parted_by_repeats(path for path in found if isinstance(path, Path))
    few = {str(path): None for path in again}
    if not few:
        return ""
    which = printable(next(iter(few))) if len(few) == 1 else f"{len(few):,} files"
    return f"{which}: named more than once, and read once\n"


def count(source: Source, judge: Judge, by: Sequence[str] = ()) -> Tally:
    """Judge a batch and only count it, by each of these dimensions."""
    with open_batch(source) as batch:
        return batch.judge(judge, Wanted(tuple(by))).tally


def files_of(source: Source) -> Iterator[str]:
    """Yield all files that a batch reads, its mapping and joined ones too; no output may overwrite them."""
    if source.mapping is not None:
        yield source.mapping
        yield from _joined(source.mapping)
    names = [name for name in source.paths if name != STANDARD_INPUT]
    yield from (name for name in source.paths if name == STANDARD_INPUT)
    if is_table(source):
        yield from map(str, [] if source.connect else find_tables(names, source.input_format))
        return
    found = chain.from_iterable(map(find, names))
    yield from (str(path) for path in found if not isinstance(path, UnreadableError))


def _joined(mapping: str) -> Iterator[str]:
    from winwinwin.mapping.file import load_mapping  # few runs have one: 8 ms

    for join in load_mapping(mapping).joins:
        if join.file:
            with suppress(UnreadableError):  # reading it says so
                yield from map(str, find_tables([str(join.path)], None))


def is_table(source: Source) -> bool:
    """Tell whether it is a table. Raises UsageError where nothing is named."""
    if source.connect or source.table:
        return True
    if not source.paths:
        hint = "Name files or folders, or a table: --connect URL --table NAME."
        if streams.is_piped():
            hint = "To read standard input, name it: winwinwin batch -"
        raise UsageError(Problem("Nothing to judge", hint=hint))
    return are_tables(source.paths, source.input_format)

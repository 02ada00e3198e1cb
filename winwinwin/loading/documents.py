"""Finding the files of a run, and reading the interactions in them."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from shlex import quote
from typing import BinaryIO, TypeAlias, TypeVar

from winwinwin.errors import Place, Problem, UnreadableError, UsageError, printable, quoted
from winwinwin.kernel.judgement import Unjudged
from winwinwin.loading.compressed import check_zip, inner_name, opened
from winwinwin.loading.content import misnamed
from winwinwin.loading.foreign import about
from winwinwin.loading.paths import (
    READ_FROM,
    files_of,
    holds_records,
    is_folder,
    is_input,
    record_format,
    table_format,
    unreadable,
)
from winwinwin.loading.record_lists import ListChoice, wrapper_unread
from winwinwin.loading.shapes import INTERACTIONS, PassedOverError, Shape, misplaced, table_piped
from winwinwin.loading.suffixes import FORMATS, TABLE_FORMATS
from winwinwin.loading.watching import state, told
from winwinwin.near import nearest
from winwinwin.output.streams import STANDARD_INPUT
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.json_lines import read_jsonl
from winwinwin.parsing.json_text import read_json
from winwinwin.parsing.tape import Tape
from winwinwin.parsing.wrapped import lists_of
from winwinwin.parsing.yaml_records import read_yaml
from winwinwin.record.checking import check as check_record
from winwinwin.record.interaction import Recorded

Taken = TypeVar("Taken")
Take: TypeAlias = Callable[[Draft], Taken]
"""Makes something of a record as it was read."""
Check: TypeAlias = Take[Recorded | Unjudged]
"""Makes an interaction of it."""
Name: TypeAlias = str | os.PathLike[str]
"""A file, a glob, a folder, or standard input (`-`)."""
Reader: TypeAlias = Callable[[Tape], Iterator[Draft]]
Item: TypeAlias = Recorded | Unjudged | UnreadableError
"""An interaction, a record that could not be read, or a source that could not be (or not whole)."""

READERS: dict[str, Reader] = {"yaml": read_yaml, "json": read_json, "jsonl": read_jsonl}
EMPTY = "holds no interactions"


def read_all(
    names: Name | Iterable[Name],
    input_format: str | None = None,
    check: Check = check_record,
    choice: ListChoice | None = None,
) -> Iterator[Item]:
    """Yield what files, globs, folders and standard input (`-`) hold, a record at a time.

    The suffix of a file names its format (yaml, json or jsonl), unless that is given; standard
    input is YAML by default. What cannot be read is yielded as an error, and the rest is still
    read. A rulebook, cases or a mapping is such an error where the file was named; in a folder it
    is passed over, as PassedOverError says. Raises UsageError for an unknown format.
    """
    # records that are mapped may look like anything
    return read_as(
        check, names, input_format, INTERACTIONS if check is check_record else None, choice
    )


def read_as(
    take: Take[Taken],
    names: Name | Iterable[Name],
    input_format: str | None = None,
    wanted: Shape | None = None,
    choice: ListChoice | None = None,
) -> Iterator[Taken | UnreadableError]:
    """Yield what a function makes of each record, read as `read_all` does; raises likewise.

    A choice is made of the lists in a document; None takes it as it is.

    Files that look like something else than what is wanted are not read; None wants anything.
    """
    if input_format is not None and input_format not in READERS:
        what = f"{quoted(input_format)} is not a format of records"
        raise UsageError(Problem(what, ", ".join(READERS), nearest(input_format, READERS)))
    several = [names] if isinstance(names, str | os.PathLike) else names
    each = (os.fspath(name) for name in several)
    as_chosen = choice.reader if choice else _as_it_is
    return chain.from_iterable(_read_each(take, each, input_format, wanted, as_chosen))


def _as_it_is(reader: Reader) -> Reader:
    return reader


def _read_each(
    take: Take[Taken],
    names: Iterable[str],
    input_format: str | None,
    wanted: Shape | None,
    as_chosen: Callable[[Reader], Reader],
) -> Iterator[Iterable[Taken | UnreadableError]]:
    """Yield what each source holds, every file once."""
    seen = set()
    for name in names:
        if name == STANDARD_INPUT:
            stream = sys.stdin.buffer if sys.stdin else io.BytesIO()  # None where it is closed
            reader = READERS[input_format] if input_format else _yaml_but_no_table
            yield read_stream(take, stream, READ_FROM, as_chosen(reader), wanted)
            continue
        refuse = PassedOverError if is_folder(name) else UnreadableError
        for path in _found(name):
            if isinstance(path, UnreadableError):
                yield [path]
            elif (real := os.path.realpath(path)) not in seen:
                seen.add(real)
                yield _read_file(take, path, input_format, wanted, refuse, as_chosen)


def find(name: str) -> Iterator[Path | UnreadableError]:
    """Yield the files of a name: the file itself, or those of a glob or folder, sorted."""
    return files_of(name, holds_records)


def _found(name: str) -> Iterator[Path | UnreadableError]:
    """Yield the files of a name as `find` does, and an error for each table beside them in a folder."""
    found = list(files_of(name, is_input)) if is_folder(name) else []
    if not any(isinstance(path, Path) and holds_records(path) for path in found):
        yield from find(name)
        return
    for path in found:
        if isinstance(path, Path) and not holds_records(path):
            yield PassedOverError(table_alone(path))
        else:
            yield path


def table_alone(path: Path) -> Problem:
    """Return the problem of a table that is about to be read as records."""
    hint = f"Judge it alone: winwinwin batch {quote(printable(str(path)))}"
    return Problem("is a table", hint=hint, place=Place(str(path)))


def _read_file(
    take: Take[Taken],
    path: Path,
    input_format: str | None,
    wanted: Shape | None,
    refuse: type[UnreadableError],
    as_chosen: Callable[[Reader], Reader],
) -> Iterator[Taken | UnreadableError]:
    """Yield what one file holds."""
    try:
        reader = as_chosen(_reader_for(path, input_format))
        before = state(path)
        with opened(path) as stream:
            yield from read_stream(take, stream, str(path), reader, wanted, refuse)
        yield from told(path, before)
    except UnreadableError as error:
        yield error
    except OSError as error:
        yield unreadable(str(path), error)


def read_stream(
    take: Take[Taken],
    stream: BinaryIO,
    source: str,
    reader: Reader,
    wanted: Shape | None = None,
    refuse: type[UnreadableError] = UnreadableError,
) -> Iterator[Taken | UnreadableError]:
    """Yield what an open file holds; an error if that is nothing, or not what is wanted.

    The latter is of the type that refuses.
    """
    try:
        drafts = reader(Tape(stream, source))
        first = next(drafts, None)
        if first is None:
            hint = "Record at least one; `winwinwin new` prints a template."
            yield UnreadableError(Problem(EMPTY, hint=hint, place=Place(source)))
        elif wanted and (other := misplaced(first.value, wanted, source)):
            yield refuse(other)
        elif wanted is INTERACTIONS and (
            unread := wrapper_unread(first.value, lambda: lists_of(first))
        ):
            yield UnreadableError(unread)
        else:
            yield take(first)
            yield from map(take, drafts)
    except UnreadableError as error:
        yield error
    except OSError as error:
        yield unreadable(source, error)


def _yaml_but_no_table(tape: Tape) -> Iterator[Draft]:
    """Read what does not say its format. Raises UnreadableError if it begins as a table does."""
    if problem := table_piped(tape.first_line(), tape.source):
        raise UnreadableError(problem)
    return read_yaml(tape)


def _reader_for(path: Path, input_format: str | None) -> Reader:
    known = input_format or record_format(path)
    if known is None:
        if path.is_fifo():
            return _yaml_but_no_table
        check_zip(path)
        place = Place(str(path))
        if table_format(path):
            raise UnreadableError(table_alone(path))
        inner = Path(inner_name(path))
        is_packed = inner.name != path.name
        if problem := about(path, inner.suffix.lower()):
            inside = f"holds {quoted(inner.name)}, which {problem.what}"
            raise UnreadableError(replace(problem, what=inside if is_packed else problem.what))
        holds = f"holds {quoted(inner.name)}, and " if is_packed else ""
        what = f"{holds}the suffix {quoted(inner.suffix)} does not name a format"
        hint = "Name it with --input-format, such as csv."
        accepted = ", ".join([*FORMATS, *TABLE_FORMATS])
        raise UnreadableError(Problem(what, accepted, hint=hint, place=place))
    if problem := misnamed(path, known):
        raise UnreadableError(problem)
    return READERS[known]

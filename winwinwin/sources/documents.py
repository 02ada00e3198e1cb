"""Which files a run reads, with which reader, and the interactions in them."""

import io
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO, TypeAlias, TypeVar

from winwinwin.errors import Place, Problem, UnreadableError, UsageError, nearest, quoted
from winwinwin.interaction import Recorded
from winwinwin.judgement import Unjudged
from winwinwin.readers.draft import Draft
from winwinwin.readers.json_text import read_json, read_jsonl
from winwinwin.readers.tape import Tape
from winwinwin.readers.yaml_events import read_yaml
from winwinwin.sources.checking import check
from winwinwin.sources.paths import FORMATS, STANDARD_INPUT, files_of, unreadable

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


def read_all(
    names: Name | Iterable[Name], input_format: str | None = None, check: Check = check
) -> Iterator[Item]:
    """Return what stands in files, globs, folders and standard input (`-`), a record at a time.

    The format (yaml, json or jsonl) is told by each file's suffix unless it is given; standard
    input is YAML unless told otherwise. What can't be read is among it as an error and the rest is
    read all the same. Raises UsageError for a format that there is not.
    """
    return read_as(check, names, input_format)


def read_as(
    take: Take[Taken], names: Name | Iterable[Name], input_format: str | None = None
) -> Iterator[Taken | UnreadableError]:
    """Return what something makes of each record, read as `read_all` does; raises likewise."""
    if input_format is not None and input_format not in READERS:
        what = f"{quoted(input_format)} is not a format of records"
        raise UsageError(Problem(what, ", ".join(READERS), nearest(input_format, READERS)))
    several = [names] if isinstance(names, str | os.PathLike) else names
    each = (os.fspath(name) for name in several)
    return chain.from_iterable(_read_each(take, each, input_format))


def _read_each(
    take: Take[Taken], names: Iterable[str], input_format: str | None
) -> Iterator[Iterable[Taken | UnreadableError]]:
    """Yield what stands in each source, every file once."""
    seen = set()
    for name in names:
        if name == STANDARD_INPUT:
            yield _read_standard_input(take, input_format)
            continue
        for path in find(name):
            if isinstance(path, UnreadableError):
                yield [path]
            elif (real := os.path.realpath(path)) not in seen:
                seen.add(real)
                yield _read_file(take, path, input_format)


def find(name: str) -> Iterator[Path | UnreadableError]:
    """Yield the files that a name stands for: itself, a glob's, or a folder's of records, sorted."""
    return files_of(name, holds_records)


def holds_records(path: Path) -> bool:
    """Tell by its suffix whether a file is one of records."""
    return path.suffix.lower() in FORMATS


def _read_file(
    take: Take[Taken], path: Path, input_format: str | None
) -> Iterator[Taken | UnreadableError]:
    """Yield what stands in one file."""
    try:
        reader = _reader_for(path, input_format)
        with path.open("rb") as stream:
            yield from read_stream(take, stream, str(path), reader)
    except UnreadableError as error:
        yield error
    except OSError as error:
        yield unreadable(str(path), error)


def _read_standard_input(
    take: Take[Taken], input_format: str | None
) -> Iterator[Taken | UnreadableError]:
    """Yield what is piped in; nothing where standard input is closed."""
    stream = sys.stdin.buffer if sys.stdin else io.BytesIO()
    yield from read_stream(take, stream, "standard input", READERS[input_format or "yaml"])


def read_stream(
    take: Take[Taken], stream: BinaryIO, source: str, reader: Reader
) -> Iterator[Taken | UnreadableError]:
    """Yield what stands in an open file; that it holds no interaction at all is an error."""
    empty = True
    try:
        for draft in reader(Tape(stream, source)):
            empty = False
            yield take(draft)
    except UnreadableError as error:
        empty = False
        yield error
    except OSError as error:
        empty = False
        yield unreadable(source, error)
    if empty:
        hint = "Record at least one; `winwinwin new` prints a template."
        yield UnreadableError(Problem("holds no interaction", hint=hint, place=Place(source)))


def _reader_for(path: Path, input_format: str | None) -> Reader:
    known = input_format or FORMATS.get(path.suffix.lower())
    if known is None:
        what = f"the suffix {quoted(path.suffix)} does not tell how to read it"
        hint = "Say it with --input-format."
        raise UnreadableError(Problem(what, ", ".join(FORMATS), hint=hint, place=Place(str(path))))
    return READERS[known]

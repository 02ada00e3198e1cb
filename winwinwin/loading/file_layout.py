"""How a file is laid out, where it does not say so itself."""

import codecs
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from winwinwin.errors import Place, Problem, UsageError, WinwinwinError, quoted

TAB = "tab"
"""What the delimiter of TSV may be called: a shell and YAML make it hard to write."""


@dataclass(frozen=True, slots=True)
class FileLayout:
    """What a reader has to know of a file. None is what the file itself suggests."""

    encoding: str | None = None
    """A codec of Python; UTF-8, or UTF-16 by its mark, by default."""
    delimiter: str | None = None
    """The character between two values."""
    header_row: int | None = None
    """The line, or row of a sheet, that names the columns; counted from 1."""
    skip_rows: int | None = None
    """Rows after the header that are no data."""
    skip_footer: int | None = None
    """Rows at the end that are no data."""
    sheet: str | None = None
    """The name of a workbook's sheet."""
    records: str | None = None
    """JSON: the dotted path of the list of records."""
    places: Mapping[str, Place] = field(default_factory=dict, compare=False, repr=False)
    """Where a mapping file says it, by key; an option has no place."""

    def over(self, other: "FileLayout") -> "FileLayout":
        """Return this layout, and what the other one says where this says nothing."""
        ours, theirs = dict(self.given()), dict(other.given())
        others = {key: place for key, place in other.places.items() if key not in ours}
        return FileLayout(**theirs | ours, places={**others, **self.places})

    def given(self) -> Mapping[str, Any]:
        """Return what is said, by name."""
        found = {key: getattr(self, key) for key in KEYS}
        return {key: value for key, value in found.items() if value is not None}

    def told(self, key: str, problem: Problem) -> Problem:
        """Return the problem of what is said: at its place in a mapping, or by its option."""
        if key in self.places:
            return replace(problem, field=key, place=self.places[key])
        return replace(problem, what=f"{flag(key)}: {problem.what}")

    def refuse_unfit(self, form: str) -> None:
        """Raise UsageError for what is said and means nothing to files of a format."""
        its = FITTING[form]
        hint = f"Leave it out: {its.named}."
        if problems := [
            self.told(key, Problem(f"this is for {MEANT_FOR.get(form, FOR[key])}", hint=hint))
            for key in self.given()
            if key not in its.keys
        ]:
            raise UsageError(*problems)


AS_IT_SAYS = FileLayout()
"""The layout of a file that is read as it suggests itself."""

TEXT, ROWS = ("encoding", "delimiter"), ("header_row", "skip_rows", "skip_footer")
FOR = {
    **dict.fromkeys(TEXT, "CSV and TSV"),
    **dict.fromkeys(ROWS, "CSV, TSV and workbooks"),
    "sheet": "workbooks",
    "records": "files of records",
}
"""What each key is for."""
KEYS = tuple(FOR)
"""What a mapping's `file` may say; the flags have the same names."""
RECORDS, DATABASE = "records", "database"
MEANT_FOR = {RECORDS: "tables"}
"""What all keys are for that mean nothing to a format."""


class Fitting(NamedTuple):
    """What fits a format."""

    keys: tuple[str, ...]
    named: str
    """What such files are."""


FITTING = {
    "csv": Fitting((*TEXT, *ROWS), "this is CSV"),
    "tsv": Fitting((*TEXT, *ROWS), "this is TSV"),
    "xlsx": Fitting((*ROWS, "sheet"), "this is a workbook"),
    "parquet": Fitting((), "this is Parquet"),
    RECORDS: Fitting(("records",), "these are files of records"),
    DATABASE: Fitting((), "this is a table of a database"),
}


def flag(key: str) -> str:
    """Return the option that says the same."""
    return f"--{key.replace('_', '-')}"


def at_key(problem: Problem, layout: FileLayout, of: str) -> Problem:
    """Return a problem with an option, at the place of the key that says it in a part of a mapping."""
    for key, place in layout.places.items():
        option = f"{flag(key)}: "
        if place and problem.what.startswith(option):
            whose = f"{problem.place}: " if problem.place else ""
            what = whose + as_keys(problem.what.removeprefix(option))
            hint = as_keys(problem.hint)
            return replace(problem, what=what, hint=hint, field=f"{of}.{key}", place=place)
    return problem


def as_keys(said: str) -> str:
    """Return a message about options as one about the same keys of a mapping."""
    for key in KEYS:
        said = said.replace(f"{flag(key)}:", f"{key}:").replace(flag(key), f"{key}:")
    return said


def read_setting(key: str, written: Any) -> Any:
    """Return the value of a key of a layout.

    Raises WinwinwinError with a problem that names neither the key nor a place.
    """
    if not isinstance(written, str) or not written:
        raise WinwinwinError(Problem(f"{quoted(written)} is not a value", hint="Write one value."))
    return READERS[key](written)


NO_FILES = ("idna", "punycode", "undefined")
"""Encodings that Python knows and no file is in: those of host names, and one that fails on purpose."""


def _encoding(written: str) -> str:
    try:
        found = codecs.lookup(written)
        is_text = found.name not in NO_FILES and found._is_text_encoding  # noqa: SLF001  # Python tells it in no other way
    except (LookupError, ValueError):  # it may hold a NUL, or what is not UTF-8
        is_text = False
    if is_text:
        return written
    hint = "Write one that Python knows, such as utf-8, cp1252 or utf-16."
    raise WinwinwinError(Problem(f"{quoted(written)} is not an encoding", hint=hint))


def _delimiter(written: str) -> str:
    found = {TAB: "\t", "\\t": "\t"}.get(written.lower(), written)
    if len(found) == 1 and found not in '"\r\n':
        return found
    hint = f'Write one character such as ";", or {TAB}.'
    raise WinwinwinError(Problem(f"{quoted(written)} is not a delimiter", hint=hint))


def _number(least: int) -> Callable[[str], int]:
    def read(written: str) -> int:
        if written.isascii() and written.isdecimal() and least <= int(written[:9]):
            return int(written[:9])
        hint = f"Write a whole number from {least}."
        raise WinwinwinError(Problem(f"{quoted(written)} is not a number of rows", hint=hint))

    return read


READERS: dict[str, Callable[[str], Any]] = {
    "encoding": _encoding,
    "delimiter": _delimiter,
    "header_row": _number(1),
    "skip_rows": _number(0),
    "skip_footer": _number(0),
    "sheet": str,
    "records": str,
}
"""What reads each key."""

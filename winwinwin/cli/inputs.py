"""The options that say what is read, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options
from winwinwin.cli.parameters import one_of
from winwinwin.errors import Place, UsageError, WinwinwinError
from winwinwin.loading.file_layout import KEYS, FileLayout, flag, read_setting
from winwinwin.loading.suffixes import FORMATS, TABLE_FORMATS
from winwinwin.output.reports import MOST_ERRORS

if TYPE_CHECKING:
    from winwinwin.batch.face import Source

RECORD_INPUTS = tuple(dict.fromkeys(FORMATS.values()))
"""The formats of files that hold interactions."""
INPUTS = (*RECORD_INPUTS, *dict.fromkeys(TABLE_FORMATS.values()))
"""Those of tables too."""


def input_option(names: Sequence[str]) -> Any:
    """Make the option that says how every source is read."""
    return one_of(names, "--input-format", "Format of every source; default: by suffix.")


def setting(key: str, metavar: str, about: str) -> Any:
    """Make an option that says how a file is laid out; UsageError for what it can't be."""

    def check(written: str | None) -> Any:
        if written is None:
            return None
        try:
            return read_setting(key, written)
        except WinwinwinError as error:
            raise UsageError(
                *(problem.at(Place(flag(key))) for problem in error.problems)
            ) from None

    return typer.Option(flag(key), metavar=metavar, callback=check, help=about)


MaxErrors = Annotated[
    int,
    typer.Option("--max-errors", metavar="N", min=0, help="Problems to show."),
]
"""All of them are in JUnit, JSON and the column for problems."""


@dataclass(frozen=True)
class Reading(Options):
    """How files are read."""

    section: ClassVar[str] = "Input"

    input_format: Annotated[str | None, input_option(INPUTS)] = None
    encoding: Annotated[
        str | None, setting("encoding", "NAME", "Encoding of a table of text; default: UTF-8.")
    ] = None
    delimiter: Annotated[
        str | None, setting("delimiter", "CHAR", "What stands between two values of a table.")
    ] = None
    header_row: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The line or row that names the columns, from 1."),
    ] = None
    skip_rows: Annotated[
        int | None,
        typer.Option(metavar="N", min=0, help="Rows after the header that are no data."),
    ] = None
    skip_footer: Annotated[
        int | None, typer.Option(metavar="N", min=0, help="Rows at the end that are no data.")
    ] = None
    sheet: Annotated[str | None, setting("sheet", "NAME", "The sheet of a workbook.")] = None
    records: Annotated[
        str | None, setting("records", "PATH", "The dotted path of the list of records in JSON.")
    ] = None

    @property
    def layout(self) -> FileLayout:
        return FileLayout(**{key: getattr(self, key) for key in KEYS})


@dataclass(frozen=True)
class Input(Reading):
    """How what is judged is read."""

    map: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            autocompletion=completion.documents,
            help="How columns, or dotted paths of records, become facts.",
        ),
    ] = None
    max_errors: MaxErrors = MOST_ERRORS

    def source(self, paths: Sequence[str], mapping: str | None = None) -> "Source":
        """Return where a batch of files is, and how it is read: by a mapping of its own, or by --map."""
        from winwinwin.batch.face import Source

        return Source(
            paths,
            self.input_format,
            mapping or self.map,
            layout=self.layout,
            max_errors=self.max_errors,
        )


@dataclass(frozen=True)
class RecordInput(Options):
    """How files of records are read."""

    section: ClassVar[str] = "Input"

    input_format: Annotated[str | None, input_option(RECORD_INPUTS)] = None
    max_errors: MaxErrors = MOST_ERRORS

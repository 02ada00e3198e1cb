"""The options that several commands have, each described once."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from inspect import Parameter
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import typer

from winwinwin.cli import completion
from winwinwin.cli.command import Options, in_section, keyword
from winwinwin.cli.parameters import input_option, one_of, setting, text_option
from winwinwin.errors import Problem, UsageError
from winwinwin.loading.file_layout import KEYS, FileLayout
from winwinwin.loading.paths import FORMATS, TABLE_FORMATS
from winwinwin.output import formats
from winwinwin.output.reports import MOST_ERRORS

if TYPE_CHECKING:
    from winwinwin.evaluation import Judge
    from winwinwin.kernel.rulebook import Rulebook

RECORD_INPUTS = tuple(dict.fromkeys(FORMATS.values()))
"""The formats of files that hold interactions."""
INPUTS = (*RECORD_INPUTS, *dict.fromkeys(TABLE_FORMATS.values()))
"""Those of tables too."""


Id = Annotated[str | None, text_option("--id", "ID", "What to call the interaction.", "Facts")]


MaxErrors = Annotated[
    int,
    typer.Option("--max-errors", metavar="N", min=0, help="Problems to show."),
]
"""All of them are in JUnit, JSON and the column for problems."""


@dataclass(frozen=True)
class Output(Options):
    """Where a page goes, and in which formats."""

    section: ClassVar[str] = "Output"
    has_quiet: ClassVar[bool] = False

    format: str
    """That of standard output."""
    files: tuple[str, ...]
    """Also written, each in the format of its suffix."""
    color: bool
    quiet: bool
    formats: tuple[str, ...]
    """All that the command can write."""

    def format_of(self, name: str) -> str:
        return formats.of_file(name, self.formats)

    @property
    def wanted(self) -> set[str]:
        """The formats of standard output and of all files."""
        return {self.format, *map(self.format_of, self.files)}

    def instead(self, wanted: str, flag: str) -> "Output":
        """Return the same with another format of standard output, which a flag asked for.

        Raises UsageError where --format asks for yet another.
        """
        if self.format not in ("text", wanted):
            what = f"{flag} and --format {self.format}: one output can't have two formats"
            raise UsageError(Problem(what, hint="Leave one out, or write a file with -o FILE."))
        return replace(self, format=wanted)

    @classmethod
    def parameters(cls, formats: Sequence[str]) -> Iterator[Parameter]:
        about = "Format of standard output."
        names = typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            autocompletion=completion.files(),
            help="Also write FILE, in the format of its suffix; repeatable.",
        )
        quiet = typer.Option("--quiet", "-q", help="Only the data or one line, and errors.")
        plain = typer.Option("--no-color", help="No colour; so does the variable NO_COLOR.")
        options: dict[str, tuple[Any, Any]] = {
            "format": (Annotated[str, one_of(formats, "--format", about)], "text"),
            "output": (Annotated[list[str] | None, names], None),
            "quiet": (Annotated[bool, quiet], False),
            "no_color": (Annotated[bool, plain], False),
        }
        for name, (annotation, default) in options.items():
            if name != "quiet" or cls.has_quiet:
                yield keyword(name, in_section(cls.section, annotation), default)

    @classmethod
    def made(cls, given: dict[str, Any], formats: Sequence[str]) -> "Output":
        """Make it of the flags. Raises UsageError for a file whose suffix is not of a format."""
        to = cls(
            given["format"],
            tuple(given["output"] or ()),
            not (given["no_color"] or os.environ.get("NO_COLOR")),
            given.get("quiet", False),
            tuple(formats),
        )
        for name in to.files:
            to.format_of(name)
        return to


class BriefOutput(Output):
    """The same, of which a line may be enough."""

    has_quiet = True


@dataclass(frozen=True)
class House(Options):
    """Whose rules they are."""

    section: ClassVar[str] = "Rules"

    rulebook: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            autocompletion=completion.documents,
            help="Take the rules in FILE instead of the built-in ones.",
        ),
    ] = None

    @property
    def files(self) -> list[str]:
        """The rulebook's file, which no output may overwrite."""
        return [] if self.rulebook is None else [self.rulebook]

    def named_once(self, argument: str | None) -> str | None:
        """Return the rulebook that an argument or --rulebook names; None for neither.

        Raises UsageError for both.
        """
        if argument is not None and self.rulebook is not None:
            what = "--rulebook: a rulebook is given as an argument too"
            raise UsageError(Problem(what, hint="Name it once."))
        return self.rulebook if argument is None else argument

    def book(self) -> "Rulebook":
        """Return the rulebook. Raises WinwinwinError with every problem of its file."""
        return book_of(self.rulebook)


@dataclass(frozen=True)
class Rules(House):
    """What is judged by."""

    no_assumptions: Annotated[
        bool, typer.Option("--no-assumptions", help="Assume nothing that isn't recorded.")
    ] = False

    def judge(self) -> "Judge":
        """Return what judges by them; raises as `book` does."""
        return self.judge_by(self.rulebook)

    def judge_by(self, rulebook: str | None) -> "Judge":
        """Return what judges by another rulebook, with assumptions or not; raises as `book` does."""
        from winwinwin.evaluation import Judge

        return Judge(book_of(rulebook), assumptions=not self.no_assumptions)


def book_of(name: str | None) -> "Rulebook":
    """Return the rulebook in a file, or the built-in one for None; raises as `book` does."""
    if name is None:
        from winwinwin.kernel.rulebook import builtin

        return builtin()
    from winwinwin.loading.rulebooks import read_rulebook

    return read_rulebook(name)


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


@dataclass(frozen=True)
class RecordInput(Options):
    """How files of records are read."""

    section: ClassVar[str] = "Input"

    input_format: Annotated[str | None, input_option(RECORD_INPUTS)] = None
    max_errors: MaxErrors = MOST_ERRORS


@dataclass(frozen=True)
class Grouping(Options):
    """What is counted by."""

    section: ClassVar[str] = "Output"

    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="WHAT",
            autocompletion=completion.dimensions,
            help="Group by employee, channel, day, week, month, tags.NAME or any column; repeatable.",
        ),
    ] = None

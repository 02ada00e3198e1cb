"""The options that mean the same everywhere, and the flags for the facts."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

import typer

from winwinwin.errors import Place, Problem, UsageError, nearest, quoted

FORMATS = ("text", "json", "jsonl", "csv", "markdown", "html", "svg")
"""The formats of one interaction."""

RUN_FORMATS = (*FORMATS, "junit", "github")
"""The formats of a run."""

PAGE_FORMATS = ("text", "json", "markdown")
"""The formats of what is only read, or parsed whole."""

TABLE_FORMATS = ("text", "csv", "json", "jsonl", "markdown")
"""The formats of the decision table."""

TEST_FORMATS = ("text", "json", "markdown", "junit")
"""The formats of a test report."""

INPUT_FORMATS = ("yaml", "json", "jsonl")
"""The formats of files that hold interactions."""

TABLE_INPUT_FORMATS = ("csv", "tsv", "parquet", "xlsx")
"""The formats of files that are tables."""


def _one_of(formats: Sequence[str], flag: str, about: str) -> Any:
    """Make an option that takes one of these formats; UsageError names the nearest otherwise."""

    def check(word: str | None) -> str | None:
        if word is None or word in formats:
            return word
        what = f"{flag}: {quoted(word)} is not a format"
        raise UsageError(Problem(what, ", ".join(formats), nearest(word, formats)))

    return typer.Option(
        flag,
        metavar="|".join(formats),
        callback=check,
        autocompletion=lambda: list(formats),
        help=about,
    )


Salesperson = Annotated[
    list[str] | None,
    typer.Option(
        "--salesperson", "-s", metavar="OUTCOME", help="What the salesperson experienced."
    ),
]
Customer = Annotated[
    list[str] | None,
    typer.Option("--customer", "-c", metavar="OUTCOME", help="What the customer experienced."),
]
Organization = Annotated[
    list[str] | None,
    typer.Option("--organization", metavar="OUTCOME", help="What the books say; only compared."),
]
FeelsGood = Annotated[
    list[bool] | None,
    typer.Option("--feels-good/--no-feels-good", help="The salesperson feels good about the work."),
]
BelievesLost = Annotated[
    list[bool] | None,
    typer.Option(
        "--believes-lost/--no-believes-lost",
        help="The salesperson believes they lost so that the customer could win.",
    ),
]
CustomerBelieves = Annotated[
    list[str] | None,
    typer.Option(
        "--customer-believes-salesperson",
        metavar="OUTCOME",
        help="What the customer believes the salesperson got.",
    ),
]
Order = Annotated[
    list[str] | None,
    typer.Option(
        "--order", metavar="PARTIES", help="The parties that won, first winner first, by commas."
    ),
]
SalespersonWonAt = Annotated[
    list[str] | None,
    typer.Option("--salesperson-won-at", metavar="TIME", help="When they won, in ISO 8601."),
]
CustomerWonAt = Annotated[
    list[str] | None, typer.Option("--customer-won-at", metavar="TIME", help="Likewise.")
]
OrganizationWonAt = Annotated[
    list[str] | None, typer.Option("--organization-won-at", metavar="TIME", help="Likewise.")
]


Given = TypeVar("Given")


def once(flag: str, values: Sequence[Given] | None) -> Given | None:
    """Return what a flag was given; None where it wasn't. Raises UsageError where it was twice.

    The last of several would be taken, and the first forgotten without a word.
    """
    if not values:
        return None
    if values[1:]:
        by_commas = flag == "--order"
        hint = "Write the parties behind one of them, by commas." if by_commas else "Keep one."
        raise UsageError(Problem("given twice", hint=hint, place=Place(flag)))
    return values[0]


def text_option(flag: str, metavar: str, about: str) -> Any:
    """Make an option that takes text; UsageError for bytes that are none."""

    def check(words: str | None) -> str | None:
        if words is not None and (problem := not_text(words)):
            raise UsageError(problem.at(Place(flag)))
        return words

    return typer.Option(flag, metavar=metavar, callback=check, help=about)


def not_text(words: str) -> Problem | None:
    """Say that bytes which the system took for text are none; None where they are."""
    if words.isascii() or words == words.encode(errors="ignore").decode():
        return None
    return Problem(f"{quoted(words)} is not UTF-8", hint="Type it again.")


Id = Annotated[str | None, text_option("--id", "ID", "What to call the interaction.")]
Date = Annotated[str | None, text_option("--date", "DATE", "When it was; today without.")]
Employee = Annotated[str | None, text_option("--employee", "NAME", "Who sold or served.")]
Channel = Annotated[
    str | None, text_option("--channel", "NAME", "Phone, store, or what you call it.")
]
Notes = Annotated[str | None, text_option("--notes", "TEXT", "What is worth remembering.")]
OutputFormat = Annotated[str, _one_of(FORMATS, "--format", "How to write to standard output.")]
RunOutputFormat = Annotated[
    str, _one_of(RUN_FORMATS, "--format", "How to write to standard output.")
]
PageOutputFormat = Annotated[
    str, _one_of(PAGE_FORMATS, "--format", "How to write to standard output.")
]
TestOutputFormat = Annotated[
    str, _one_of(TEST_FORMATS, "--format", "How to write to standard output.")
]
TableOutputFormat = Annotated[
    str, _one_of(TABLE_FORMATS, "--format", "How to write to standard output.")
]
Outputs = Annotated[
    list[str] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Also write FILE, in the format of its suffix; repeatable.",
    ),
]
By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        metavar="WHAT",
        help="Group by employee, channel, day, week, month, tags.NAME or any column; repeatable.",
    ),
]
NoAssumptions = Annotated[
    bool, typer.Option("--no-assumptions", help="Take nothing that isn't recorded for granted.")
]
Rulebook = Annotated[
    str | None,
    typer.Option(
        "--rulebook", metavar="FILE", help="Judge by the rules in FILE, not the built-in ones."
    ),
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Only the data and errors: no summary, no advice.")
]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="No colour; the variable NO_COLOR says the same.")
]
InputFormat = Annotated[
    str | None,
    _one_of(
        INPUT_FORMATS,
        "--input-format",
        "How to read every source, whatever its suffix.",
    ),
]
BatchInputFormat = Annotated[
    str | None,
    _one_of(
        (*INPUT_FORMATS, *TABLE_INPUT_FORMATS),
        "--input-format",
        "How to read every source, whatever its suffix.",
    ),
]
Map = Annotated[
    str | None,
    typer.Option("--map", metavar="FILE", help="How columns or dotted paths become facts."),
]
MapBefore = Annotated[
    str | None,
    typer.Option("--map-before", metavar="FILE", help="The same of BEFORE alone."),
]
MapAfter = Annotated[
    str | None, typer.Option("--map-after", metavar="FILE", help="The same of AFTER alone.")
]
Connect = Annotated[
    str | None,
    typer.Option("--connect", metavar="URL", help="Read a table of a database or cluster."),
]
Table = Annotated[
    str | None, typer.Option("--table", metavar="NAME", help="The table to read there.")
]
Into = Annotated[
    str | None, typer.Option("--into", metavar="NAME", help="Write a new table there.")
]
Prefix = Annotated[
    str,
    typer.Option("--prefix", metavar="TEXT", help="What the verdict columns' names begin with."),
]
MemoryLimit = Annotated[
    str | None,
    typer.Option("--memory-limit", metavar="SIZE", help="What a table's engine may take: 2GB."),
]
Threads = Annotated[
    int | None,
    typer.Option("--threads", metavar="N", min=1, help="Cores that a table's engine may use."),
]

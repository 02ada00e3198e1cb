"""The options that mean the same everywhere, and the flags for the facts."""

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """The formats of a run or of one interaction."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    MARKDOWN = "markdown"


class PageFormat(StrEnum):
    """The formats of what is only read, or parsed whole."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "markdown"


class InputFormat(StrEnum):
    """The formats of files that hold interactions."""

    YAML = "yaml"
    JSON = "json"
    JSONL = "jsonl"


Salesperson = Annotated[
    str | None,
    typer.Option(
        "--salesperson", "-s", metavar="OUTCOME", help="What the salesperson experienced."
    ),
]
Customer = Annotated[
    str | None,
    typer.Option("--customer", "-c", metavar="OUTCOME", help="What the customer experienced."),
]
Organization = Annotated[
    str | None,
    typer.Option("--organization", metavar="OUTCOME", help="What the books say; only compared."),
]
FeelsGood = Annotated[
    bool | None,
    typer.Option("--feels-good/--no-feels-good", help="The salesperson feels good about the work."),
]
BelievesLost = Annotated[
    bool | None,
    typer.Option(
        "--believes-lost/--no-believes-lost",
        help="The salesperson believes they lost so that the customer could win.",
    ),
]
CustomerBelieves = Annotated[
    str | None,
    typer.Option(
        "--customer-believes-salesperson",
        metavar="OUTCOME",
        help="What the customer believes the salesperson got.",
    ),
]
Order = Annotated[
    str | None,
    typer.Option(
        "--order", metavar="PARTIES", help="The parties that won, first winner first, by commas."
    ),
]
SalespersonWonAt = Annotated[
    str | None, typer.Option("--salesperson-won-at", metavar="TIME", help="ISO 8601 date or time.")
]
CustomerWonAt = Annotated[str | None, typer.Option("--customer-won-at", metavar="TIME", help="")]
OrganizationWonAt = Annotated[
    str | None, typer.Option("--organization-won-at", metavar="TIME", help="")
]
Id = Annotated[str | None, typer.Option("--id", help="What to call the interaction.")]
OutputFormat = Annotated[Format, typer.Option("--format", help="How to write to standard output.")]
PageOutputFormat = Annotated[
    PageFormat, typer.Option("--format", help="How to write to standard output.")
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
NoAssumptions = Annotated[
    bool, typer.Option("--no-assumptions", help="Take nothing that isn't recorded for granted.")
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="Only the data and errors: no summary, no advice.")
]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="No colour; the variable NO_COLOR says the same.")
]
InputFormatOption = Annotated[
    InputFormat | None,
    typer.Option("--input-format", help="How to read what has no telling suffix (default: yaml)."),
]

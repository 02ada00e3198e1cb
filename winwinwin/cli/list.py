"""The command that lists what is in files."""

from typing import Annotated

import typer

from winwinwin.cli import completion
from winwinwin.cli.options import Output, RecordInput, Rules
from winwinwin.loading.paths import FORMATS
from winwinwin.output import formats

WRITES = formats.in_order({*formats.PAGES, "jsonl", "csv"})


def list_(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            autocompletion=completion.files(*FORMATS),
            help="Files, globs, folders, or - for standard input.",
        ),
    ],
    *,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="VERDICT",
            autocompletion=completion.verdicts,
            rich_help_panel="Output",
            help="Only these verdicts, comma-separated; repeatable.",
        ),
    ] = None,
    reading: RecordInput,
    to: Output,
    rules: Rules,
) -> int:
    """List interactions: id, date, triple and verdict.

    Examples:
    winwinwin list week.yaml
    winwinwin list week.yaml --only organization_loses,undetermined
    """
    from winwinwin.cli import listing

    return listing.write(paths, listing.verdicts(only or ()), reading, to, rules)

"""The command that lists what is in files."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.options import Output, RecordInput, Rules
from winwinwin.cli.parameters import argument, option
from winwinwin.output import formats

WRITES = formats.in_order({*formats.PAGES, "jsonl", "csv"})


def list_(
    paths: Annotated[
        list[str],
        argument(
            "PATH...", "Files, globs, folders, or - for standard input.", completion.documents
        ),
    ],
    *,
    only: Annotated[
        list[str] | None,
        option(
            "Output",
            "Only these verdicts, comma-separated; repeatable.",
            metavar="VERDICT",
            offered=completion.verdicts,
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

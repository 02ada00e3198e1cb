"""The command that lists what is in files."""

from typing import Annotated

from winwinwin.cli import completion
from winwinwin.cli.filters import ListFilters
from winwinwin.cli.inputs import RecordInput
from winwinwin.cli.options import Output, Rules
from winwinwin.cli.parameters import argument
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
    reading: RecordInput,
    filters: ListFilters,
    to: Output,
    rules: Rules,
) -> int:
    """List interactions: id, date, triple and verdict.

    Examples:
    winwinwin list week.yaml
    winwinwin list week.yaml --only organization_loses,undetermined
    winwinwin list week.yaml --only employee=Mateo --since 2026-11-18
    """
    from winwinwin.cli import listing

    source = filters.of(listing.source_of(paths, reading))
    return listing.write(source, filters.verdicts, to, rules)

"""The command that writes the whole decision table."""

from typing import Annotated

from winwinwin.cli.options import Output, Rules
from winwinwin.cli.parameters import option
from winwinwin.output import formats

WRITES = formats.in_order({*formats.PAGES, "csv", "jsonl", "parquet", "xlsx", "sql"})


def table(
    full: Annotated[bool, option("Output", "A row for every kind, in text too.", "--full")] = False,
    dialect: Annotated[
        str | None,
        option(
            "Output",
            "Write SQL of this dialect: a lookup table of all kinds, and the join for it.",
            "--sql",
            metavar="DIALECT",
        ),
    ] = None,
    *,
    to: Output,
    rules: Rules,
) -> None:
    """Write what the rules say about every kind of interaction.

    For a person, kinds that agree are merged: each row says what they have in common.

    Examples:
    winwinwin rules table
    winwinwin rules table --no-assumptions -o table.csv
    winwinwin rules table --sql duckdb
    """
    from dataclasses import replace

    from winwinwin.analysis.table import decision_table
    from winwinwin.cli import writing
    from winwinwin.pages.decisions import decisions_page
    from winwinwin.rows.decisions import decision_rows

    judge = rules.judge()
    judged = decision_table(judge)
    page = decisions_page(judged, judge.stamp, full=full)
    page = replace(page, rows=decision_rows(judged, judge.stamp, dialect))
    writing.write(page, to.instead("sql", "--sql") if dialect else to, rules.files)

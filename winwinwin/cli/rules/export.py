"""The command that writes a workbook which judges by the rules."""

from typing import Annotated

import typer

from winwinwin.cli import completion
from winwinwin.cli.options import Rules
from winwinwin.cli.parameters import argument

ROWS, MOST_ROWS = 500, 5_000


def export(
    file: Annotated[
        str,
        argument("FILE.xlsx", "A new workbook.", completion.files(".xlsx")),
    ],
    *,
    rows: Annotated[
        int,
        typer.Option(
            "--rows",
            "-n",
            metavar="N",
            min=1,
            max=MOST_ROWS,
            rich_help_panel="Output",
            help=f"Rows to fill in, at most {MOST_ROWS:,}.",
        ),
    ] = ROWS,
    rules: Rules,
) -> None:
    """Write a workbook to fill in, which judges each row by the rules.

    It has no macros: it looks up what the rules say about each kind. Batch reads it filled in.

    Examples:
    winwinwin rules export house.xlsx --rulebook house.yaml
    winwinwin batch house.xlsx --rulebook house.yaml
    """
    from winwinwin.analysis.table import decision_table
    from winwinwin.errors import printable
    from winwinwin.loading.paths import as_typed
    from winwinwin.output import files, formats, streams
    from winwinwin.rows.fillable import fillable

    formats.of_file(file, ("xlsx",))
    files.refuse_existing(file)
    judge = rules.judge()
    content = fillable(decision_table(judge), judge.rulebook, judge.stamp, rows)
    with files.replacing(file) as write:
        write(content)
    words = ["winwinwin batch", as_typed(file)]
    words += ["--rulebook", as_typed(rules.rulebook)] if rules.rulebook else []
    words += ["--no-assumptions"] if rules.no_assumptions else []
    streams.warn(f"Wrote {printable(file)}. Next: fill it in, then {' '.join(words)}\n")

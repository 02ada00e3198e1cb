"""The command for two batches."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from winwinwin.analysis.fingerprint import stamp
from winwinwin.cli import garbage, many, output, tables
from winwinwin.cli.rulebooks import judge_by, read_by
from winwinwin.cli.tables import Source
from winwinwin.comparison import Comparison
from winwinwin.comparison import compare as compared
from winwinwin.errors import Problem, UsageError
from winwinwin.evaluation import Judge
from winwinwin.render import html, markdown, plain
from winwinwin.render.blocks import Block
from winwinwin.render.comparing import comparison_object, comparison_page, in_short
from winwinwin.render.formats import need_report
from winwinwin.sources.documents import STANDARD_INPUT
from winwinwin.sources.table_files import are_tables
from winwinwin.tally import Tally


class Side(NamedTuple):
    """One of the two batches, and how to read it."""

    path: str
    input_format: str | None
    mapping: str | None
    """Name of the mapping file."""

    @property
    def name(self) -> str:
        return "standard input" if self.path == STANDARD_INPUT else self.path

    @property
    def table(self) -> Source | None:
        """What to read as a table; None where it is files of records."""
        if not are_tables([self.path], self.input_format):
            return None
        return Source([self.path], self.input_format, self.mapping)

    def files(self) -> Iterable[str]:
        """Return the files that are read."""
        table = self.table
        return tables.files_of(table) if table else many.files_of([self.path], self.mapping)

    def tally(self, judge: Judge, by: Sequence[str]) -> Tally:
        """Judge and count it, as batch does."""
        table = self.table
        if table is not None:
            return tables.tally_of(table, judge, by)
        tally = Tally(judge.kind, list(map(many.checked_dimension, by)))
        watched = output.at_terminal()
        many.run([self.path], self.input_format, judge, tally, [], self.mapping, watched=watched)
        return tally


def compare(
    before: Side,
    after: Side,
    *,
    by: Sequence[str],
    fail_on_worse: bool,
    rulebook: str | None,
    assumptions: bool,
    format_name: str,
    outputs: Sequence[str],
    quiet: bool,
    color: bool,
) -> int:
    """Judge two batches, write what moved, in a line where quiet is asked for; return the exit code."""
    garbage.collect()
    if before.path == after.path == STANDARD_INPUT:
        hint = "Name a file for one of the two."
        raise UsageError(Problem("standard input can be read only once", hint=hint))
    judge = judge_by(rulebook, assumptions=assumptions)
    if any(Path(name).suffix.lower() == ".html" for name in outputs):
        need_report()
    if outputs:
        read = [*before.files(), *after.files(), *read_by(rulebook)]
        output.refuse_overwriting(outputs, read)
    tallies = [side.tally(judge, by) for side in (before, after)]
    comparison = compared(*tallies)
    names = [before.name, after.name]
    named = stamp(judge)
    blocks = comparison_page(comparison, *names, stamp=named)
    texts: dict[str, Callable[[], str]] = {
        "text": lambda: plain.paint(blocks),
        "quiet": lambda: plain.paint([in_short(comparison)]),
        "screen": lambda: output.on_screen(blocks, color=color),
        "markdown": lambda: markdown.paint(blocks),
        "html": lambda: _charted(f"{names[0]} and {names[1]}", blocks, comparison),
        "svg": lambda: _svg(blocks),
        "json": lambda: (
            json.dumps(comparison_object(comparison, *names, stamp=named), indent=2) + "\n"
        ),
    }
    shown = "quiet" if quiet and format_name == "text" else format_name
    output.write_all(texts, shown, outputs)
    worst = max(tally.exit_code() for tally in tallies)
    return worst or int(fail_on_worse and comparison.is_worse)


def _charted(title: str, blocks: Sequence[Block], comparison: Comparison) -> str:
    from winwinwin.render.report.moves import figures  # two seconds of imports

    return html.page(title, blocks, figures(comparison))


def _svg(blocks: Sequence[Block]) -> str:
    from winwinwin.render.picture import picture  # rich costs 50 ms

    return picture(blocks)

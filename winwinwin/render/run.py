"""What a person is shown of a whole run."""

from collections.abc import Sequence

from winwinwin.errors import SHOWN, missing, shortened
from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement, Unjudged
from winwinwin.render import markdown
from winwinwin.render.basis import Basis
from winwinwin.render.blocks import Block, Table, Text, line
from winwinwin.render.formats import Plain, interaction_cells, unjudged_cells
from winwinwin.render.hidden import HiddenLosses, hidden_blocks
from winwinwin.render.page import Page
from winwinwin.render.summary import summary
from winwinwin.render.view import verdict_text
from winwinwin.slices import Slices
from winwinwin.tally import Tally

MOST_LOSSES = {"markdown": 50, "html": 2_000}
"""Hidden losses that a format lists; the others are counted."""
WITH_RULE = 100
"""Columns from which on the table of interactions has room for the rule."""


def run_page(tally: Tally, hidden: HiddenLosses, slices: Slices | None, basis: Basis) -> Page:
    """Return the page of a run: its summary. HTML is the report, for which slices are needed."""

    def markdown_text() -> str:
        losses = hidden_blocks(hidden, tally, MOST_LOSSES["markdown"])
        foot = line(str(basis.stamp()), label="rulebook")
        return markdown.paint([*summary(tally), *losses, foot])

    def report() -> str:
        from winwinwin.render.report.page import page  # two seconds of imports

        return page(slices or Slices.by(basis.judge, ()), tally, hidden, basis)

    rows = {"markdown": markdown_text, "html": report}
    return Page(blocks=summary(tally), rows=rows, is_wide=True)


def need_report() -> None:
    """Raise MissingExtraError where what the report needs isn't installed."""
    try:
        import winwinwin.render.report.page  # noqa: F401  # two seconds of imports
    except ModuleNotFoundError as error:
        raise missing("report", error) from None


def listing(
    first: Sequence[tuple[Recorded, Judgement] | Unjudged], tally: Tally, width: int
) -> list[Block]:
    """Set the first interactions of a run in a table, and count the others.

    The rule is left out where the remedy would be cut.
    """
    columns = ("id", "triple", "verdict", "rule", "remedy")
    kept = [index for index in range(5) if columns[index] != "rule" or width >= WITH_RULE]
    rows = [tuple(_cells(item)[index] for index in kept) for item in first]
    table: list[Block] = [Table(tuple(columns[index] for index in kept), tuple(rows))]
    more = tally.total - len(first)
    others = [line(Text(f"and {more:,} more", "muted"))] if more else []
    return [*(table if rows else ()), *others]


def _cells(item: tuple[Recorded, Judgement] | Unjudged) -> tuple[Text, ...]:
    if isinstance(item, Unjudged):
        name, triple, _, rule, said = unjudged_cells(item)
        last, verdict = Text(said, "muted"), item.verdict
    else:
        name, triple, _, rule, remedy = interaction_cells(*item)
        # so that it can be wrapped
        last, verdict = Text(remedy.replace("&", " & ").replace(";", "; ")), item[1].verdict
    return Text(shortened(name, SHOWN)), Text(triple), verdict_text(verdict), Text(rule), last


def listed_lines(first: Sequence[tuple[Recorded, Judgement] | Unjudged], tally: Tally) -> str:
    """Write the first interactions a line each, and count the others."""
    lines = Plain()
    written = "".join(
        lines.unjudged(item) if isinstance(item, Unjudged) else lines.judged(*item)
        for item in first
    )
    more = tally.total - len(first)
    return written + (f"and {more:,} more\n" if first and more else "")

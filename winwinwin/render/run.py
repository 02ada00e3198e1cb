"""What a person is shown of a whole run."""

from collections.abc import Sequence

from winwinwin.errors import SHOWN, missing, shortened
from winwinwin.interaction import Recorded
from winwinwin.judgement import Judgement, Unjudged
from winwinwin.render import markdown
from winwinwin.render.basis import Basis
from winwinwin.render.blocks import Block, Table, Text, line
from winwinwin.render.formats import Plain
from winwinwin.render.hidden import HiddenLosses, hidden_blocks
from winwinwin.render.page import Page
from winwinwin.render.summary import summary
from winwinwin.render.view import if_had, verdict_text
from winwinwin.slices import Slices
from winwinwin.tally import Tally

MOST_LOSSES = {"markdown": 50, "html": 2_000}
"""Hidden losses that a format lists; the others are counted."""
COLUMNS = ("id", "triple", "verdict", "rule", "would be win/win/win")
SPARE = (3, 4)
"""The columns that are left out where a screen has no room for them."""


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


def listing(first: Sequence[tuple[Recorded, Judgement] | Unjudged], tally: Tally) -> list[Block]:
    """Set the first interactions of a run in a table, and count the others.

    An invalid record is shown by its error alone.
    """
    rows = tuple(_cells(*item) for item in first if isinstance(item, tuple))
    table: list[Block] = [Table(COLUMNS, rows, spare=SPARE)]
    more = tally.all.total - len(rows)
    others = [line(Text(f"and {more:,} more", "muted"))] if more else []
    return [*(table if rows else ()), *others]


def _cells(recorded: Recorded, judgement: Judgement) -> tuple[Text, ...]:
    return (
        Text(shortened(recorded.name, SHOWN), whole=True),
        Text(judgement.triple, whole=True),
        verdict_text(judgement.verdict),
        Text(judgement.rule or "-", whole=True),
        Text(if_had(judgement.remedies) or "-"),
    )


def listed_lines(first: Sequence[tuple[Recorded, Judgement] | Unjudged], tally: Tally) -> str:
    """Write the first interactions a line each, and count the others."""
    lines = Plain()
    written = "".join(
        lines.unjudged(item) if isinstance(item, Unjudged) else lines.judged(*item)
        for item in first
    )
    more = tally.total - len(first)
    return written + (f"and {more:,} more\n" if first and more else "")

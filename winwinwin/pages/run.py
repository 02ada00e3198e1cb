"""What a person is shown of a whole run."""

from collections.abc import Sequence

from winwinwin.errors import SHOWN, shortened
from winwinwin.kernel.judgement import Judgement, Unjudged
from winwinwin.kernel.rulebook import Rulebook, Stamp
from winwinwin.pages.blocks import Block, Table, Text, line
from winwinwin.pages.summary import summary
from winwinwin.pages.talk import Call, talk_sections
from winwinwin.pages.words import HELPED, and_more, helped, verdict_text
from winwinwin.record.interaction import Recorded
from winwinwin.stats.tally import Tally

MOST_CALLS = {"markdown": 50, "html": 2_000}
"""Calls to talk about that a format lists; the others are counted."""
COLUMNS = ("id", "triple", "verdict", "rule", HELPED)
SPARE = (3, 4)
"""The columns that are left out where a screen has no room for them."""


def run_blocks(
    tally: Tally, calls: Sequence[Call], rulebook: Rulebook, stamp: Stamp
) -> list[Block]:
    """Sum up a run to be passed on: with the first calls to talk about, and what it was judged by."""
    talk = talk_sections(calls, tally.all, rulebook, MOST_CALLS["markdown"])
    return [*summary(tally), *talk, line(str(stamp), label="rulebook")]


def listing(first: Sequence[tuple[Recorded, Judgement] | Unjudged], tally: Tally) -> list[Block]:
    """Set the first interactions of a run in a table, and count the others.

    An invalid record is shown by its error alone.
    """
    rows = tuple(_cells(*item) for item in first if isinstance(item, tuple))
    table: list[Block] = [Table(COLUMNS, rows, spare=SPARE)]
    more = tally.all.total - len(rows)
    others = [line(Text(and_more(more), "muted"))] if more else []
    return [*(table if rows else ()), *others]


def _cells(recorded: Recorded, judgement: Judgement) -> tuple[Text, ...]:
    return (
        Text(shortened(recorded.name, SHOWN), whole=True),
        Text(judgement.triple, whole=True),
        verdict_text(judgement.verdict),
        Text(judgement.rule or "-", whole=True),
        Text(helped(judgement) or "-"),
    )

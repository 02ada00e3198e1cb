"""Interactions booked as won and ruled lost, each with its reason; as many as are wanted."""

from collections.abc import Mapping
from typing import NamedTuple

from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.pages.blocks import Block, Table, Text, Title, line
from winwinwin.pages.interaction import rule_line
from winwinwin.pages.words import if_had
from winwinwin.record.interaction import Recorded
from winwinwin.record.order import day
from winwinwin.stats.dimensions import Grouping
from winwinwin.stats.tally import Tally


class HiddenLoss(NamedTuple):
    """One interaction whose loss the books don't show."""

    name: str
    """The id; without one, the place."""
    date: str | None
    triple: str
    reason: str
    """Which rule decided, and what would have made it WIN/WIN/WIN."""
    groups: dict[str, str | None]
    """Its value of each dimension."""


class HiddenLosses:
    """The first hidden losses of a run."""

    def __init__(self, rulebook: Rulebook, groupings: Mapping[str, Grouping], most: int) -> None:
        """Explain by the rulebook that judged; the groupings give an interaction's dimensions."""
        self.rows: list[HiddenLoss] = []
        self._rulebook = rulebook
        self._groupings = groupings
        self.most = most

    def add(self, recorded: Recorded, judgement: Judgement) -> None:
        """Keep an interaction if it is a hidden loss and there is room."""
        if is_hidden_loss(judgement) and len(self.rows) < self.most:
            self.rows.append(self._row(recorded, judgement))

    def _row(self, recorded: Recorded, judgement: Judgement) -> HiddenLoss:
        about = recorded.about
        return HiddenLoss(
            name=recorded.name,
            date=None if about.date is None else day(about.date).isoformat(),
            triple=judgement.triple,
            reason=reason(judgement, self._rulebook),
            groups={by: value_of(about) for by, value_of in self._groupings.items()},
        )


def hidden_blocks(hidden: HiddenLosses, tally: Tally, most: int) -> list[Block]:
    """List so many hidden losses, and count those left out; nothing where there are none."""
    if not hidden.rows:
        return []
    listed = hidden.rows[:most]
    rows = tuple((Text(row.name), Text(row.triple), Text(row.reason)) for row in listed)
    more = tally.all.backtest().hidden - len(rows)
    return [
        Title(Text("Hidden losses: booked as won, ruled lost")),
        Table(("id", "triple", "why"), rows),
        *([line(f"and {more:,} more")] if more else []),
    ]


def is_hidden_loss(judgement: Judgement) -> bool:
    return judgement.organization == "lost" and judgement.facts.organization == "won"


def reason(judgement: Judgement, rulebook: Rulebook) -> str:
    """Say which rule decided, and what would have made it WIN/WIN/WIN."""
    [decided] = rule_line(judgement, rulebook)
    said = "".join(part.words for part in decided.parts).rstrip(".")
    if not judgement.remedies:
        return f"{said}."
    return f"{said}. It would be WIN/WIN/WIN {if_had(judgement.remedies)}."

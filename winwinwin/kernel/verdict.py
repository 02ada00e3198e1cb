"""Every verdict, once: its code, its words, how it looks and how serious it is."""

from enum import StrEnum
from typing import Literal, NamedTuple

from winwinwin.facts import Outcome
from winwinwin.vocabulary import Tone


class Verdict(StrEnum):
    """What became of one interaction, by the rules."""

    WIN_WIN_WIN = "win_win_win"
    OUT_OF_ORDER = "out_of_order"
    ORGANIZATION_LOSES = "organization_loses"
    NOT_COVERED = "not_covered"
    UNDETERMINED = "undetermined"
    INVALID = "invalid"
    """The record could not be read; see `Unjudged`."""


class Wording(NamedTuple):
    """What is particular about a verdict: its words, and how serious it is."""

    label: str
    sentence: str
    tone: Tone
    severity: Literal["error", "warning", "notice", ""]
    """How CI should report it; '' for not at all."""
    without_both: str = ""
    """The sentence where a house rule gives this verdict though salesperson and customer did not
    both win; '' where the usual sentence is true there too."""
    organization: Outcome | None = None
    """What became of the organization, by the rule that gives the verdict; None where no rule does."""
    direction: Literal[-1, 0, 1] = 0
    """Whether a run gets better (1) or worse (-1) with more of them; 0 for neither."""


WORDINGS: dict[Verdict, Wording] = {
    Verdict.WIN_WIN_WIN: Wording(
        "win/win/win",
        "Everybody won, in the right order.",
        "won",
        "",
        without_both="The organization wins, in the right order.",
        organization="won",
        direction=1,
    ),
    Verdict.OUT_OF_ORDER: Wording(
        "out of order",
        "Everybody won, but in the wrong order.",
        "order",
        "notice",
        without_both="The organization wins, but in the wrong order.",
        organization="won",
    ),
    Verdict.ORGANIZATION_LOSES: Wording(
        "organization loses",
        "The organization loses.",
        "lost",
        "warning",
        organization="lost",
        direction=-1,
    ),
    Verdict.NOT_COVERED: Wording(
        "not covered", "No rule fires: the rules don't cover this case.", "muted", "notice"
    ),
    Verdict.UNDETERMINED: Wording(
        "undetermined", "Too little is recorded for a verdict.", "open", "notice"
    ),
    Verdict.INVALID: Wording("invalid", "The record could not be read.", "lost", "error"),
}
"""Every verdict in words, in the order in which they are shown."""

JUDGED = tuple(verdict for verdict in WORDINGS if verdict is not Verdict.INVALID)
"""The verdicts that a judgement can have."""

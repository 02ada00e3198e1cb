"""What each tone looks like: at a terminal, and on a page."""

from typing import NamedTuple

from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.vocabulary import Tone


class Look(NamedTuple):
    """One tone, the same hue wherever it is seen."""

    style: str
    """At a terminal, as rich writes styles.

    Of the 256 colours, which are the same everywhere, those that can be read on white and on black,
    and told apart by readers who see no red or green. The 16 are whatever a terminal's owner chose.
    """
    fill: str
    """On a page, what an area is filled with; words have the class of the tone's name."""


LOOKS: dict[Tone, Look] = {
    "won": Look("color(31)", "var(--won)"),
    "order": Look("color(137)", "var(--order)"),
    "lost": Look("color(166)", "var(--lost)"),
    "open": Look("color(98)", "var(--open)"),
    "muted": Look("color(243)", "var(--muted)"),
    "strong": Look("bold", "var(--plain)"),
    "plain": Look("", "var(--plain)"),
}


def fill(verdict: Verdict) -> str:
    """Return what an area that stands for a verdict is filled with on a page."""
    return LOOKS[WORDINGS[verdict].tone].fill

"""The question that settles most of the undetermined."""

from winwinwin.kernel.verdict import Verdict
from winwinwin.pages.blocks import Line, Text, line
from winwinwin.pages.words import questions, undetermined
from winwinwin.stats.asking import ask_next
from winwinwin.stats.groups import Group


def ask_line(group: Group) -> list[Line]:
    said = ask_sentence(group)
    return [line(Text(said, "strong"), label="ask next")] if said else []


def ask_sentence(group: Group) -> str:
    """Say what to ask next, and of how many it settles the verdict; '' where all are settled."""
    found = ask_next(group)
    if not found:
        return ""
    number = group.verdicts()[Verdict.UNDETERMINED]
    return f"{questions(found[0].facts)} Settles {found[0].settles:,} of {undetermined(number)}"

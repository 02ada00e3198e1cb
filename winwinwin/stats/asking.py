"""Of the undetermined, the questions that settle most."""

from collections import Counter
from typing import NamedTuple

from winwinwin.facts import JUDGED_FACTS
from winwinwin.stats.groups import Group


class Ask(NamedTuple):
    """Facts to ask for together, and how many undetermined interactions the answers settle."""

    facts: tuple[str, ...]
    """In fact order."""
    settles: int


def ask_next(group: Group) -> list[Ask]:
    """Return what to ask of the undetermined: what settles most first, of as many the fewest facts.

    An interaction counts for every smallest set of facts that settles it, whatever the answers.
    """
    settled: Counter[tuple[str, ...]] = Counter()
    for judgement, count in group.judged():
        settled.update(dict.fromkeys(judgement.settling, count))
    return sorted((Ask(*counted) for counted in settled.items()), key=_place)


def _place(ask: Ask) -> tuple[int, int, list[int]]:
    return -ask.settles, len(ask.facts), [JUDGED_FACTS.index(fact) for fact in ask.facts]

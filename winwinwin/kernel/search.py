"""Two searches over the kinds: what to ask to settle a verdict, and what to change to win.

Both try every set of one fact, then of two and so on, so "no smaller set does it" is a proof.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

from winwinwin.facts import Facts, Setting, is_consistent, value_of
from winwinwin.kernel.judgement import Remedy
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.ruling import (
    Ruling,
    RulingsOf,
    assume,
    filled_in,
    verdicts,
)
from winwinwin.kernel.verdict import Verdict
from winwinwin.vocabulary import FACTS

CHANGES = {fact.name: tuple(fact.had) for fact in FACTS if fact.had}
"""What a remedy may change, and to what: not what the customer thinks of somebody else."""


def settling(
    facts: Facts, still_missing: Sequence[str], rulebook: Rulebook, of: RulingsOf
) -> tuple[tuple[str, ...], ...]:
    """Return every smallest set of missing facts that settles the verdict, in fact order."""
    for size in range(1, len(still_missing) + 1):
        found = tuple(
            asked
            for asked in combinations(still_missing, size)
            if all(len(verdicts(of(known))) == 1 for known in every_answer(facts, asked, rulebook))
        )
        if found:
            return found
    return ()


def every_answer(facts: Facts, asked: Sequence[str], rulebook: Rulebook) -> Iterator[Facts]:
    """Yield the facts with every combination of answers to what is asked.

    What the earlier answers leave nothing to ask about (the order, unless both won) stays missing.
    """
    if not asked:
        yield facts
        return
    first, *rest = asked
    known = assume(facts, rulebook)
    for further in list(filled_in(facts, first, known)) or [facts]:
        yield from every_answer(further, rest, rulebook)


def remedies(facts: Facts, of: RulingsOf) -> tuple[Remedy, ...]:
    """Return every smallest set of changes to the recorded facts that gives WIN/WIN/WIN."""
    for size in range(1, len(CHANGES) + 1):
        found = tuple(
            tuple(Setting(fact, getattr(altered, fact)) for fact in changed)
            for changed in combinations(CHANGES, size)
            for altered in every_change(facts, changed)
            if is_consistent(altered) and wins(of(altered))
        )
        if found:
            return found
    return ()


def every_change(facts: Facts, changed: Sequence[str]) -> list[Facts]:
    """Return the facts with these set to every value other than the recorded one."""
    found = [facts]
    for fact in changed:
        found = [further for altered in found for further in changes_of(altered, fact)]
    return found


@cache  # it depends on the facts alone, so it serves every rulebook
def changes_of(facts: Facts, fact: str) -> tuple[Facts, ...]:
    """Return the facts with one of them set to another value than the recorded one."""
    others = (value for value in CHANGES[fact] if value != value_of(facts, fact))
    return tuple(facts._replace(**{fact: value}) for value in others)  # type: ignore[arg-type]  # as above


def wins(all_rulings: Iterable[Ruling]) -> bool:
    """Tell whether every completion is WIN/WIN/WIN."""
    return all(ruling.verdict is Verdict.WIN_WIN_WIN for ruling in all_rulings)

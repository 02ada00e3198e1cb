"""Two searches over the kinds: what to ask to settle a verdict, and what to change to win.

Both try every set of one fact, then of two and so on, so that "no smaller set does" is a proof.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Facts, Setting, is_consistent, value_of
from winwinwin.judgement import Remedy
from winwinwin.rulebook import Rulebook
from winwinwin.ruling import answers, assume, is_settled, missing, wins, with_settings

CHANGEABLE = tuple(fact for fact in JUDGED_FACTS if fact != "customer_believes_salesperson")
"""What a remedy may change: not what the customer believes of somebody else."""


def needs(facts: Facts, rulebook: Rulebook) -> tuple[str, ...]:
    """Return the smallest set of missing facts that settles the verdict, the first in fact order."""
    still_missing = missing(assume(facts, rulebook))
    return next(
        asked
        for size in range(1, len(still_missing) + 1)
        for asked in combinations(still_missing, size)
        if all(is_settled(answered, rulebook) for answered in every_answer(facts, asked, rulebook))
    )


def every_answer(facts: Facts, asked: Sequence[str], rulebook: Rulebook) -> Iterator[Facts]:
    """Yield the facts with every combination of answers to what is asked.

    What cannot be asked under the answers before it (the order, where not both won) stays missing.
    """
    if not asked:
        yield facts
        return
    first, *rest = asked
    for value in answers(assume(facts, rulebook), first) or (None,):
        yield from every_answer(facts._replace(**{first: value}), rest, rulebook)  # type: ignore[arg-type]  # as above


def remedies(facts: Facts, rulebook: Rulebook) -> tuple[Remedy, ...]:
    """Return every smallest set of changes to the recorded facts that gives WIN/WIN/WIN."""
    for size in range(1, len(CHANGEABLE) + 1):
        found = tuple(
            changes
            for changed in combinations(CHANGEABLE, size)
            for changes in every_change(facts, changed)
            if is_consistent(changed_facts := with_settings(facts, changes))
            and wins(changed_facts, rulebook)
        )
        if found:
            return found
    return ()


def every_change(facts: Facts, changed: Sequence[str]) -> Iterator[Remedy]:
    """Yield every way to set these facts to another value than the recorded one."""
    yield from product(*(changes_of(facts, fact) for fact in changed))


def changes_of(facts: Facts, fact: str) -> list[Setting]:
    values = ("kept",) if fact == "order" else DOMAINS[fact]
    return [Setting(fact, value) for value in values if value != value_of(facts, fact)]

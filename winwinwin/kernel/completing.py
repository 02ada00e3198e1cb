"""What is known of each kind, and what it may turn out to be once everything is recorded."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from winwinwin.facts import DOMAINS, JUDGED_FACTS, Setting, Value
from winwinwin.kernel.kinds import ALL, HAVING, NONE, ByValue, Kinds, once, where
from winwinwin.kernel.rulebook import Assumption


class Completions:
    """Every way to fill in what is missing, by some assumptions. They are applied again in each."""

    def __init__(self, assumptions: Iterable[Assumption]) -> None:
        """No two of the assumptions give the same fact different values."""
        self.assumed: dict[Setting, Kinds] = {}
        """What is filled in, and where: never for a recorded fact."""
        for assumption in sorted(assumptions, key=lambda each: JUDGED_FACTS.index(each.fact)):
            setting = Setting(assumption.fact, assumption.value)
            filled = HAVING[assumption.fact][None] & where(assumption.when)
            self.assumed[setting] = self.assumed.get(setting, NONE) | filled
        self.known = self._known()
        """By fact and value, the kinds that have it, recorded or assumed."""

    def _known(self) -> ByValue:
        known = {fact: dict(values) for fact, values in HAVING.items()}
        for (fact, value), filled in self.assumed.items():
            known[fact][value] |= filled
            known[fact][None] &= ~filled
        return known

    def able(self, fact: str, value: Value) -> Kinds:
        """Return the kinds in which a missing fact could turn out to have a value.

        The order is only asked where salesperson and customer both won.
        """
        if fact != "order":
            return ALL
        both = self.known["salesperson"]["won"] & self.known["customer"]["won"]
        return both & ~HAVING["organization"]["lost"] if value == "organization_early" else both

    @cached_property
    def asked_first(self) -> dict[str, Kinds]:
        """By fact, the kinds of which it is the first that could still be asked."""
        found, asked = {}, NONE
        for fact in JUDGED_FACTS:
            able = self.able(fact, DOMAINS[fact][0])
            found[fact] = self.known[fact][None] & able & ~asked
            asked |= found[fact]
        return found

    @cached_property
    def complete(self) -> Kinds:
        """The kinds with nothing more to ask."""
        left = ALL
        for asked in self.asked_first.values():
            left &= ~asked
        return left

    def some(self, kinds: Kinds) -> Kinds:
        """Return the kinds of which some completion is in a set."""
        found = kinds & self.complete
        for fact in reversed(JUDGED_FACTS):
            further = NONE
            for value in DOMAINS[fact]:
                further |= once(found, fact, value) & self.able(fact, value)
            found |= further & self.asked_first[fact]
        return found

    def every(self, kinds: Kinds) -> Kinds:
        """Return the kinds of which every completion is in a set."""
        return ALL & ~self.some(ALL & ~kinds)

    def whatever(self, asked: Sequence[str], kinds: Kinds) -> Kinds:
        """Return the kinds that are in a set whatever is answered to what is asked, all of it missing.

        What the earlier answers leave nothing to ask about stays missing.
        """
        for fact in reversed(asked):
            found, askable = ALL, NONE
            for value in DOMAINS[fact]:
                able = self.able(fact, value)
                found &= once(kinds, fact, value) | ~able
                askable |= able
            kinds = (found & askable & HAVING[fact][None]) | (kinds & ~askable)
        return kinds

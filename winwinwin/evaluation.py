"""Judging interactions: each kind once, remembered outside the pure judge."""

from dataclasses import replace
from functools import cache, partial

from winwinwin.interaction import Outcomes
from winwinwin.judgement import Judgement
from winwinwin.judging import judge_kind
from winwinwin.rulebook import Rulebook, builtin
from winwinwin.ruling import remembered


class Judge:
    """A rulebook, and the kinds that it has judged so far."""

    def __init__(self, rulebook: Rulebook | None = None, *, assumptions: bool = True) -> None:
        """Judge by a rulebook, None for the built-in one, with or without its assumptions."""
        chosen = rulebook or builtin()
        self.rulebook = chosen if assumptions else chosen.without_assumptions()
        self.rulings = remembered(self.rulebook)
        """What the rulebook rules on facts, each ruled on once."""
        self.kind = cache(partial(judge_kind, rulebook=self.rulebook, of=self.rulings))

    def __reduce__(self) -> tuple[type["Judge"], tuple[Rulebook]]:
        """Be pickled, for other processes, as the rulebook alone."""
        return Judge, (self.rulebook,)

    def __call__(self, outcomes: Outcomes) -> Judgement:
        """Judge what happened in an interaction; an `Interaction` is that and more."""
        judgement = self.kind(outcomes.facts)
        gap = outcomes.gap
        return judgement if gap is None else replace(judgement, gap=gap)


_judge = cache(Judge)


def judge(
    interaction: Outcomes, rulebook: Rulebook | None = None, *, assumptions: bool = True
) -> Judgement:
    """Judge one `Interaction` by a rulebook, None for the built-in one.

    What `read_all` returns is judged by its `outcomes`. For many interactions and a rulebook of
    your own, make one `Judge` and call it. Raises TypeError for anything else.
    """
    if not isinstance(interaction, Outcomes):
        wanted = "an Interaction, or the outcomes of a Recorded"
        raise TypeError(f"judge() takes {wanted}, not {type(interaction).__name__}")
    if rulebook is None:
        return _judge(assumptions=assumptions)(interaction)
    return Judge(rulebook, assumptions=assumptions)(interaction)

"""Judging interactions: each kind once, remembered outside the pure judge."""

from dataclasses import replace
from functools import cache, partial

from winwinwin.interaction import Interaction
from winwinwin.judgement import Judgement
from winwinwin.judging import judge_kind
from winwinwin.rulebook import Rulebook, builtin


class Judge:
    """A rulebook, and the kinds that it has judged so far."""

    def __init__(self, rulebook: Rulebook | None = None) -> None:
        """Judge by a rulebook, None for the built-in one."""
        self.rulebook = rulebook or builtin()
        self.kind = cache(partial(judge_kind, rulebook=self.rulebook))

    def __call__(self, interaction: Interaction) -> Judgement:
        judgement = self.kind(interaction.facts)
        gap = interaction.gap
        return judgement if gap is None else replace(judgement, gap=gap)


@cache
def _builtin_judge() -> Judge:
    return Judge()


def judge(interaction: Interaction, rulebook: Rulebook | None = None) -> Judgement:
    """Judge one interaction by a rulebook, None for the built-in one.

    For many interactions and a rulebook of your own, make one `Judge` and call it.
    """
    return (_builtin_judge() if rulebook is None else Judge(rulebook))(interaction)

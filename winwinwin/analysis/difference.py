"""The exact difference between two rulebooks: what each says of every kind."""

from dataclasses import replace
from typing import NamedTuple

from winwinwin.analysis.table import Row, compressed, kinds
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.judgement import Judgement, Verdict


class Change(NamedTuple):
    """The verdicts that two rulebooks give."""

    one: Verdict
    other: Verdict


class Difference(NamedTuple):
    """How two rulebooks differ over all kinds."""

    changed: dict[Facts, Change]
    """The kinds on whose verdict they differ."""
    otherwise: int
    """Kinds with the same verdict, and another deciding rule, need, remedy or note."""
    is_same: bool
    """Whether every judgement is the same, with the reasons that it names: the fingerprint is."""


def difference(one: Judge, other: Judge) -> Difference:
    changes = {kind: change(kind, one, other) for kind in kinds()}
    changed = {kind: found for kind, found in changes.items() if found.one is not found.other}
    differing = sum(_answer(kind, one) != _answer(kind, other) for kind in kinds())
    is_same = all(one.kind(kind) == other.kind(kind) for kind in kinds())
    return Difference(changed, differing - len(changed), is_same)


def _answer(kind: Facts, judge: Judge) -> Judgement:
    """Return a judgement without the findings on each rule."""
    return replace(judge.kind(kind), rules=())


def change(kind: Facts, one: Judge, other: Judge) -> Change:
    return Change(one.kind(kind).verdict, other.kind(kind).verdict)


def rows(changed: dict[Facts, Change]) -> list[Row[Change]]:
    """Return few rows that match exactly the kinds that change, each with what changes."""
    found = compressed([changed.get(kind) for kind in kinds()])
    return [Row(row.values, row.label, row.kinds) for row in found if row.label is not None]

"""The exact difference between two rulebooks: what each says about every kind."""

from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from winwinwin.analysis.table import Row, compressed
from winwinwin.evaluation import Judge
from winwinwin.facts import Facts
from winwinwin.kernel.kinds import CONSISTENT, NONE, Kinds, each
from winwinwin.kernel.verdict import Verdict

Said: TypeAlias = Mapping[object, Kinds]
"""What is said, and of which kinds."""

REASONS = ("organization", "rule", "possible", "settling", "remedies", "notes", "assumed")
"""What a person reads of a judgement beside its verdict."""


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
    """Compare two rulebooks by all that they say."""
    said, others = one.rulings.says(), other.rulings.says()
    changed = _differing(said["verdict"], others["verdict"])
    shown = CONSISTENT if one.rulebook.parties != other.rulebook.parties else NONE
    for name in REASONS:
        shown |= _differing(said[name], others[name])
    return Difference(
        {kind: verdict_pair(kind, one, other) for kind in each(changed)},
        (shown & ~changed).bit_count(),
        one.stamp.fingerprint == other.stamp.fingerprint,
    )


def _differing(one: Said, other: Said) -> Kinds:
    """Return the kinds of which one side says something that the other doesn't."""
    found = NONE
    for what in one.keys() | other.keys():
        found |= one.get(what, NONE) ^ other.get(what, NONE)
    return found


def verdict_pair(kind: Facts, one: Judge, other: Judge) -> VerdictPair:
    return VerdictPair(one.kind(kind).verdict, other.kind(kind).verdict)


def rows(changed: dict[Facts, VerdictPair]) -> list[Row[VerdictPair]]:
    """Return few rows that match exactly the changed kinds, each with its two verdicts."""
    return list(compressed(changed))

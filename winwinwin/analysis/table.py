"""The whole decision table: every kind judged, and the same in fewer rows."""

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from winwinwin.evaluation import Judge
from winwinwin.facts import Facts, Outcome, Value, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.kinds import COLUMNS, CONSISTENT, HAVING, NONE, Kinds, kind_at, only
from winwinwin.kernel.verdict import Verdict

Label = TypeVar("Label", bound=Hashable)
Values: TypeAlias = tuple[tuple[Value | None, ...], ...]
"""The values that each fact may have, in fact order."""

FACTS = tuple(COLUMNS)


class Decision(NamedTuple):
    """The main part of a judgement, by which the short table groups kinds."""

    verdict: Verdict
    organization: Outcome | None
    rule: str | None


class Row(NamedTuple, Generic[Label]):
    """Kinds that agree, described by the values that each fact may have."""

    values: Values
    """By fact; all of its values where it doesn't matter."""
    label: Label
    """What the kinds agree on."""
    kinds: int
    """How many consistent kinds it matches; other rows may match some of them too."""

    def matches(self, kind: Facts) -> bool:
        return all(value in values for value, values in zip(kind, self.values, strict=True))


@cache
def kinds() -> tuple[Facts, ...]:
    """Return all consistent kinds, in order."""
    return tuple(every_kind())


def decision_table(judge: Judge) -> tuple[Judgement, ...]:
    """Return the judgement of every kind, in the order of the kinds."""
    return tuple(map(judge.kind, kinds()))


def decision(judgement: Judgement) -> Decision:
    return Decision(judgement.verdict, judgement.organization, judgement.rule)


def spread(labels: Mapping[Facts, Label]) -> tuple[Row[Label], ...]:
    """Return a row for each labelled kind."""
    return tuple(Row(tuple((value,) for value in kind), label, 1) for kind, label in labels.items())


def compressed(labels: Mapping[Facts, Label]) -> tuple[Row[Label], ...]:
    """Return few rows that together match every labelled kind, each row only kinds with its own label.

    Rows with the same label are next to each other.
    """
    allowed: dict[Label, Kinds] = {}
    for kind, label in labels.items():
        allowed[label] = allowed.get(label, NONE) | only(kind)
    return tuple(row for label, kinds in allowed.items() for row in _cover(label, kinds))


def _cover(label: Label, allowed: Kinds) -> list[Row[Label]]:
    """Return rows that match the allowed kinds and no others, the biggest first."""
    found: list[tuple[Row[Label], Kinds]] = []
    left = allowed
    while left:
        first = (left & -left).bit_length() - 1
        grown = (_grown(kind_at(first), allowed, order) for order in _orders())
        values, mask = max(grown, key=lambda row: (row[1] & left).bit_count())
        found.append((Row(values, label, mask.bit_count()), mask))
        left &= ~mask
    found.sort(key=lambda row: -row[0].kinds)
    return [row for row, _ in _without_spare(found, allowed)]


def _without_spare(
    found: list[tuple[Row[Label], Kinds]], allowed: Kinds
) -> list[tuple[Row[Label], Kinds]]:
    """Drop each row whose kinds the other rows match too, the smallest first."""
    for spare in reversed(found.copy()):
        rest = 0
        for row in found:
            rest |= row[1] if row is not spare else 0
        if rest == allowed:
            found = [row for row in found if row is not spare]
    return found


def _grown(kind: Facts, allowed: Kinds, order: Sequence[int]) -> tuple[Values, Kinds]:
    """Give each fact in turn every value that matches no kind it shouldn't."""
    values: list[tuple[Value | None, ...]] = [(value,) for value in kind]
    for index in order:
        fact = FACTS[index]
        wrong = _matched([*values[:index], COLUMNS[fact], *values[index + 1 :]]) & ~allowed
        values[index] = tuple(v for v in COLUMNS[fact] if not HAVING[fact][v] & wrong)
    return tuple(values), _matched(values)


def _matched(values: Sequence[Sequence[Value | None]]) -> Kinds:
    found = CONSISTENT
    for fact, accepted in zip(FACTS, values, strict=True):
        if accepted != COLUMNS[fact]:
            found &= sum(HAVING[fact][value] for value in accepted)
    return found


@cache
def _orders() -> tuple[tuple[int, ...], ...]:
    """Return orders of the facts to grow a row in: from each fact on, forwards and backwards."""
    places = range(len(FACTS))
    return tuple(
        tuple((first + step * place) % len(places) for place in places)
        for step in (1, -1)
        for first in places
    )

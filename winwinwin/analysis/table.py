"""The whole decision table: every kind judged, and the same in fewer rows."""

from collections.abc import Hashable, Sequence
from functools import cache
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from winwinwin.evaluation import Judge
from winwinwin.facts import DOMAINS, Facts, Outcome, Value, every_kind
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.ruling import missing, possible_values
from winwinwin.kernel.verdict import Verdict

Label = TypeVar("Label", bound=Hashable)
Values: TypeAlias = tuple[tuple[Value | None, ...], ...]
"""The values that each fact may have, in fact order."""

Mask: TypeAlias = int
"""A set of kinds: bit n is set for the n-th kind."""

COLUMNS: Values = tuple((*domain, None) for domain in DOMAINS.values())
"""Every value of each fact, in fact order."""


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


@cache
def complete_kinds() -> tuple[Facts, ...]:
    """Return the kinds with nothing more to ask."""
    return tuple(
        kind for kind in kinds() if not any(possible_values(kind, fact) for fact in missing(kind))
    )


def decision_table(judge: Judge) -> tuple[Judgement, ...]:
    """Return the judgement of every kind, in the order of the kinds."""
    return tuple(map(judge.kind, kinds()))


def decision(judgement: Judgement) -> Decision:
    return Decision(judgement.verdict, judgement.organization, judgement.rule)


def spread(labels: Sequence[Label]) -> tuple[Row[Label], ...]:
    """Return a row for each kind; the labels are in the order of the kinds."""
    return tuple(
        Row(tuple((value,) for value in kind), label, 1)
        for kind, label in zip(kinds(), labels, strict=True)
    )


def compressed(labels: Sequence[Label]) -> tuple[Row[Label], ...]:
    """Return few rows that together match every kind, each row only kinds with its own label.

    The labels are in the order of the kinds. Rows with the same label are next to each other.
    """
    allowed: dict[Label, Mask] = {}
    for index, label in enumerate(labels):
        allowed[label] = allowed.get(label, 0) | 1 << index
    rows = (row for label, mask in allowed.items() for row in _cover(label, mask))
    return tuple(rows)


def _cover(label: Label, allowed: Mask) -> list[Row[Label]]:
    """Return rows that match the allowed kinds and no others, the biggest first."""
    found: list[tuple[Row[Label], Mask]] = []
    left = allowed
    while left:
        first = (left & -left).bit_length() - 1
        grown = (_grown(kinds()[first], allowed, order) for order in _orders())
        values, mask = max(grown, key=lambda row: (row[1] & left).bit_count())
        found.append((Row(values, label, mask.bit_count()), mask))
        left &= ~mask
    found.sort(key=lambda row: -row[0].kinds)
    return [row for row, _ in _without_spare(found, allowed)]


def _without_spare(
    found: list[tuple[Row[Label], Mask]], allowed: Mask
) -> list[tuple[Row[Label], Mask]]:
    """Drop each row whose kinds the other rows match too, the smallest first."""
    for spare in reversed(found.copy()):
        rest = 0
        for row in found:
            rest |= row[1] if row is not spare else 0
        if rest == allowed:
            found = [row for row in found if row is not spare]
    return found


def _grown(kind: Facts, allowed: Mask, order: Sequence[int]) -> tuple[Values, Mask]:
    """Give each fact in turn every value that matches no kind it shouldn't."""
    values: list[tuple[Value | None, ...]] = [(value,) for value in kind]
    for place in order:
        others = _matched([*values[:place], COLUMNS[place], *values[place + 1 :]])
        wrong = others & ~allowed
        values[place] = tuple(v for v in COLUMNS[place] if not _having()[place][v] & wrong)
    return tuple(values), _matched(values)


def _matched(values: Sequence[Sequence[Value | None]]) -> Mask:
    mask = (1 << len(kinds())) - 1
    for place, accepted in enumerate(values):
        if accepted != COLUMNS[place]:
            having = _having()[place]
            mask &= sum(having[value] for value in accepted)
    return mask


@cache
def _having() -> tuple[dict[Value | None, Mask], ...]:
    """Return, for each fact and each of its values, the kinds that have it."""
    return tuple(
        {
            value: sum(1 << index for index, kind in enumerate(kinds()) if kind[place] == value)
            for value in column
        }
        for place, column in enumerate(COLUMNS)
    )


@cache
def _orders() -> tuple[tuple[int, ...], ...]:
    """Return orders of the facts to grow a row in: from each fact on, forwards and backwards."""
    places = range(len(COLUMNS))
    return tuple(
        tuple((first + step * place) % len(places) for place in places)
        for step in (1, -1)
        for first in places
    )

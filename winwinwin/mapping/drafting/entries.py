"""One field of a draft: where it comes from, and what its values mean."""

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from winwinwin.facts import DOMAINS, word
from winwinwin.mapping.drafting.columns import FEW, Column
from winwinwin.mapping.drafting.dates import Dates, dates_of
from winwinwin.mapping.drafting.names import Reading, exact_reading, kinds_of
from winwinwin.mapping.drafting.numbers import FIVE, Cut, cut_of
from winwinwin.mapping.drafting.scales import (
    DEAL,
    Answers,
    answer_words,
    nearly,
    not_recorded,
    recognised,
    told,
)
from winwinwin.record.spelling import ANSWERS, MISSING, NOT_RECORDED, OUTCOMES, bare

MOST_ANSWERS = 2 * FEW
"""Distinct values that a scale of words may have: more are texts."""
MOMENTS = ("date", "salesperson_won_at", "customer_won_at", "organization_won_at")
PIPELINE = re.compile(r"(?<=\S)\s+\((?:[^()]|\([^()]*\))+\)$")
"""The name of a pipeline behind a stage of it."""
STARS = re.compile(r"^(?=.{1,5}$)(?:★+☆*|⭐+)$")
OUTCOME_KINDS = frozenset(("opinion", "agreement", "ticket", "deal"))


NOTHING: Map[str, Any] = MappingProxyType({})


class Entry(NamedTuple):
    """A field, the column or conditions that it comes from, and what they mean."""

    field: str
    columns: tuple[Column, ...]
    """One, or those of the conditions."""
    listed: Map[str, list[str]] = NOTHING
    """The values of each meaning; [] for one that no value has."""
    cut: Cut | None = None
    """The scale of numbers instead."""
    conditions: Map[str, list[dict[str, list[str]]]] = NOTHING
    """The conditions of each meaning instead: values by column."""
    formats: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()
    """Values that are not recorded, of a column whose others have a meaning."""


def meanings(field: str) -> tuple[str, str]:
    """Return the keys of a mapping under which values of a fact are listed, the good one first."""
    good, bad = (word(value) for value in DOMAINS[field])
    return good, bad


def entry_of(field: str, column: Column, reading: Reading | None = None) -> Entry | None:
    """Return how a column gives a field, None where its values say that it doesn't.

    Without a reading, the column has the very name of the field.
    """
    if field in MOMENTS:
        dates = dates_of(column)
        return timed(field, column, dates) if dates and not dates.candidates else None
    is_exact = reading is None
    reading = reading or exact_reading(field)
    if reading is None:
        return Entry(field, (column,))
    spelt = OUTCOMES if "won" in DOMAINS[field] else ANSWERS
    if not column.is_complete or column.distinct > MOST_ANSWERS or not column.values:
        return _by_numbers(column, reading)
    words = [word for value in column.values if (word := bare(value)) not in MISSING]
    if all(each in spelt for each in words) and any(spelt[each] is not None for each in words):
        is_plain = spelt is ANSWERS or "deal" in reading.answers
        return (
            Entry(field, (column,)) if is_exact or (is_plain and column.numbers is None) else None
        )
    found = on_any_scale(column, reading)
    return found or (_as_spelt(field, column, spelt) if is_exact else None)


def on_any_scale(column: Column, reading: Reading) -> Entry | None:
    """Return how a column gives a fact, where its words, stars or numbers are one scale."""
    worded = answered(reading.field, column, kinds_of(reading))
    return worded or _by_stars(column, reading) or _by_numbers(column, reading)


def timed(field: str, column: Column, dates: Dates) -> Entry:
    unlisted = tuple(dates.left_out(dates.formats))
    return Entry(field, (column,), formats=tuple(dates.formats), unlisted=unlisted)


def answered(field: str, column: Column, kinds: Sequence[str]) -> Entry | None:
    """Return how the words of a column give a fact, where they are one scale."""
    if not column.is_complete:
        return None
    answers = recognised(column.values, kinds)
    if answers is None and DEAL in kinds:
        answers = _in_pipelines(column.values, kinds)
    return _listed(field, column, answers) if answers else None


def _in_pipelines(values: Sequence[str], kinds: Sequence[str]) -> Answers | None:
    """Return what stages of deals mean that have the name of their pipeline behind them."""
    stages = {value: PIPELINE.sub("", value) for value in values}
    found = recognised([*dict.fromkeys(stages.values())], kinds)
    if found is None or found.kind != DEAL:
        return None
    won, lost, others = (
        [value for value in values if stages[value] in end] or end
        for end in (found.won, found.lost, found.unlisted)
    )
    return found._replace(won=won, lost=lost, unlisted=others)


def nearly_answered(column: Column, reading: Reading) -> Entry | None:
    """Return how the words of a column may give a fact, where they are one scale but for a few."""
    is_short = column.is_complete and column.distinct <= MOST_ANSWERS
    answers = nearly(column.values, kinds_of(reading)) if is_short else None
    return _listed(reading.field, column, answers) if answers else None


def _listed(field: str, column: Column, answers: Answers) -> Entry:
    good, bad = meanings(field)
    listed = {good: answers.won, bad: answers.lost}
    return Entry(field, (column,), listed, unlisted=tuple(answers.unlisted))


def _by_numbers(column: Column, reading: Reading) -> Entry | None:
    cut = cut_of(column, reading)
    return Entry(reading.field, (column,), cut=cut) if cut else None


def _by_stars(column: Column, reading: Reading) -> Entry | None:
    """Return how up to five stars of a rating give a fact; `★★☆☆☆` are two."""
    if "number" not in reading.answers:
        return None
    written = [value for value in column.values if told(value) not in not_recorded()]
    shown = {value: value.strip().replace("\ufe0f", "") for value in written}
    if not all(map(STARS.match, shown.values())):
        return None
    if max(map(len, shown.values()), default=0) < FIVE.won:
        return None  # of three stars, nobody knows
    good, bad = meanings(reading.field)
    lit = {value: len(stars.rstrip("☆")) for value, stars in shown.items()}
    listed = {
        good: [value for value in written if lit[value] >= FIVE.won],
        bad: [value for value in written if lit[value] <= FIVE.lost],
    }
    taken = {value for values in listed.values() for value in values}
    others = [value for value in column.values if value not in taken]
    return Entry(reading.field, (column,), listed, unlisted=tuple(others))


def _as_spelt(field: str, column: Column, spelt: dict[str, Any]) -> Entry | None:
    """Return a fact whose column has its very name, with the values that are its own."""
    good, bad = meanings(field)
    values = [value for value in column.values if told(value) not in not_recorded()]
    known = {value: word(spelt.get(bare(value))) for value in values}
    listed = {key: [value for value in values if known[value] == key] for key in (good, bad)}
    others = [value for value in column.values if not known.get(value)]
    found = sum(map(len, listed.values()))
    if found <= len(values) - found:
        return None
    return Entry(field, (column,), listed, unlisted=tuple(others))


def looks_like_names(column: Column) -> bool:
    """Tell whether the values of a column may be people."""
    values = [value for value in column.values if bare(value) not in NOT_RECORDED]
    if not values or column.numbers is not None or dates_of(column):
        return False
    if not answer_words().isdisjoint(map(told, values)):
        return False
    short = [value for value in values if len(value) <= 40 and len(value.split()) <= 5]  # noqa: PLR2004  # a long name
    named = [value for value in short if any(map(str.isalpha, value)) and "?" not in value]
    return len(named) == len(values)

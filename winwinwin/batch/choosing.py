"""The records of a run that are looked at, with the names that stand for employees."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from winwinwin.errors import Problem, UnreadableError, printable, quoted
from winwinwin.kernel.judgement import Unjudged
from winwinwin.loading.documents import Item
from winwinwin.near import nearest
from winwinwin.output import streams
from winwinwin.pages.selected import dates_words, selected_words, selection_words
from winwinwin.record.described import ABOUT, Described
from winwinwin.record.interaction import FLAT_PATHS, Interaction, Recorded
from winwinwin.record.order import day
from winwinwin.record.spelling import MISSING, NOT_RECORDED
from winwinwin.stats.aliases import Aliases
from winwinwin.stats.dimensions import DIMENSIONS, grouping
from winwinwin.stats.selecting import ALL, Selected, Selection, field_of

MOST_VALUES = 10_000
"""Values of a dimension that one may have been meant of."""
EMPLOYEE = "employee"
QUOTED = re.compile(r"['\"].*['\"]", re.DOTALL)
"""From the first quotation mark to the last: a text may hold some itself."""
FIELDS = {*Interaction.model_fields, *FLAT_PATHS}
"""What a problem may be about without naming anybody: other keys are text from outside."""


class Choosing:
    """Keeps of a run's records those of a selection, and counts the others."""

    def __init__(self, selection: Selection = ALL, aliases: Aliases | None = None) -> None:
        self.left_out = 0
        self._selection = selection
        self._aliases = aliases
        self._undated = 0
        self._dates: tuple[date, date] | None = None
        self._values: dict[str, set[str | None]] = {each: set() for each in selection.only}
        self._groupings = {each: grouping(each) for each in selection.only}

    def of(self, items: Iterable[Item]) -> list[Item]:
        """Return the items that are looked at. What may belong to them does, as does a broken source."""
        kept = items if self._selection.is_all else filter(self._keeps, items)
        return list(kept if self._aliases is None else map(self._renamed, kept))

    def selected(self, kept: int) -> Selected | None:
        """Return what came of the selection; None where there was none, or nothing to select from."""
        if self._selection.is_all or not (kept or self.left_out):
            return None
        words = selection_words(self._selection, namer(self._aliases, {EMPLOYEE}))
        return Selected(words, kept + self.left_out, kept, self._undated, self._dates)

    def unmet(self) -> Iterator[Problem]:
        """Yield a problem for each value that no interaction has; for none where there is nothing."""
        for dimension, values in self._selection.only.items() if any(self._values.values()) else ():
            missing = [value for value in values if value not in self._values[dimension]]
            is_hidden = self._aliases is not None and dimension == EMPLOYEE
            known = known_of(dimension, self._values[dimension], self._aliases)
            yield from (not_met(dimension, value, known, is_hidden=is_hidden) for value in missing)

    def _keeps(self, item: Item) -> bool:
        if isinstance(item, UnreadableError):
            return True
        about, unread = _described(item)
        for dimension, value_of in self._groupings.items():
            values = self._values[dimension]
            if field_of(dimension) not in unread and len(values) < MOST_VALUES:
                values.add(value_of(about))
        if self._selection.keeps(about, unread):
            return True
        self.left_out += 1
        if self._selection.is_dated and self._selection.keeps_undated(about, unread):
            self._undated += about.date is None
            if about.date is not None:
                its = day(about.date)
                first, last = self._dates or (its, its)
                self._dates = min(first, its), max(last, its)
        return False

    def _renamed(self, item: Item) -> Item:
        if isinstance(item, Recorded):
            return item._replace(about=renamed(item.about, self._aliases))
        problems = tuple(map(without_text, item.problems))
        return (
            replace(item, problems=problems)
            if isinstance(item, Unjudged)
            else type(item)(*problems)
        )


def _described(item: Recorded | Unjudged) -> tuple[Described, frozenset[str]]:
    """Return what describes an item, and the fields of it that could not be read."""
    if isinstance(item, Recorded):
        return item.about, frozenset()
    return Described(**item.known), frozenset(ABOUT) - item.known.keys()


def renamed(about: Described, aliases: Aliases | None) -> Described:
    """Return what describes an interaction without the employee's name, and without notes, which tell it."""
    if aliases is None:
        return about
    return about._replace(employee=about.employee and aliases.of(about.employee), notes=None)


def without_text(problem: Problem) -> Problem:
    """Return a problem of a record as its place and field alone: a text may name anybody."""
    place = problem.place
    if place is None or place.line is None:
        return problem
    what, hint = "this cannot be read", "Run without --anonymous to see why."
    at = replace(place, text=None, caret=0)
    field = (problem.field or "").partition(".")[0]
    return Problem(
        what, hint=hint, field=field if field in FIELDS else None, place=at, number=problem.number
    )


def without_quotes(line: str, aliases: Aliases | None) -> str:
    """Return what is said of a table without the texts of it that are quoted, where employees have aliases."""
    return line if aliases is None else QUOTED.sub("…", line)


def namer(aliases: Aliases | None, hidden: Iterable[str]) -> Callable[[str, str], str]:
    """Return what names a value of a dimension; some dimensions are those of employees."""
    return lambda dimension, value: (
        aliases.of(value) if aliases is not None and dimension in set(hidden) else value
    )


def known_of(
    dimension: str, values: Iterable[str | None], aliases: Aliases | None
) -> Sequence[str]:
    """Return the values that may be meant and named: any text may name somebody, except ours."""
    if aliases is not None and dimension not in DIMENSIONS:
        return ()
    return sorted(value for value in values if value is not None)


def not_met(
    dimension: str, value: str | None, known: Iterable[str], *, is_hidden: bool = False
) -> Problem:
    """Return the problem of a value that no interaction has, with the nearest that one has."""
    if value is None:
        return Problem(f"every interaction has its {printable(dimension)} recorded")
    if is_hidden:
        hint = "Name each as recorded, not as --anonymous calls them; without it, you see which."
        return Problem(f"no interaction has an {dimension} that --only names", hint=hint)
    what = f"no interaction has {printable(dimension)} {quoted(value)}"
    if value.strip().lower() in (*MISSING, *NOT_RECORDED):
        return Problem(what, hint=f"For those without one, write nothing after =: {dimension}=")
    return Problem(what, nearest=nearest(value, known))


def say(selected: Selected | None, unmet: Iterable[Problem]) -> None:
    """Say on standard error what came of a selection."""
    if selected is not None:
        dates = dates_words(selected)
        lines = [
            f"selected: {selected_words(selected)}",
            *([dates] if dates else []),
            *map(str, unmet),
        ]
        streams.warn("".join(f"{line}\n" for line in lines))

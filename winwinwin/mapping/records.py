"""Records of files read by a mapping: the same facts as from a table with those columns."""

from collections import Counter
from typing import Any, TypeAlias

from winwinwin.errors import Problem, UsageError, nearest, quoted
from winwinwin.facts import word
from winwinwin.kernel.judgement import Unjudged
from winwinwin.mapping.fields import (
    IDLE,
    Reading,
    decided,
    interaction_of,
    read_field,
    without_idle_times,
)
from winwinwin.mapping.model import FieldSource, Mapping, found_at, leaves
from winwinwin.parsing.draft import Draft
from winwinwin.record.interaction import Interaction, Recorded

Passed: TypeAlias = Counter[tuple[str, str]]
"""How often each value of a field was read as not recorded: by field and value as shown."""


def passed_lines(passed: Passed) -> str:
    """Say which values a mapping has no meaning for, and how often each was read as not recorded."""
    return "".join(
        f"{field}: {rows:,} x {value} read as not recorded\n"
        for (field, value), rows in sorted(passed.items(), key=lambda item: (item[0][0], -item[1]))
    )


class MappedRecords:
    """Makes interactions of drafts by a mapping; other keys are passed over."""

    def __init__(self, mapping: Mapping) -> None:
        """Raise UsageError for a mapping that brings rows together, as only tables can."""
        _refuse_rows(mapping)
        self.passed: Passed = Counter()
        """The values so far that mean nothing in the mapping."""
        self._mapping = mapping
        self._unmet = dict(mapping.sources())
        """The fields whose path no record has had."""
        self._last: Any = None

    def __call__(self, draft: Draft) -> Recorded | Unjudged:
        mapping, record = self._mapping, draft.value
        if draft.problems or not isinstance(record, dict):
            hint = "Each record should be a mapping of keys to values."
            found = Problem("this is not a record", hint=hint)
            return Unjudged(None, tuple(draft.problems) or (found.at(draft.place()),))
        self._last = record
        for name in [name for name, source in self._unmet.items() if _has(record, source)]:
            del self._unmet[name]
        interaction, problems = read_record(mapping, record, self.passed)
        if interaction is not None:
            return Recorded.of(interaction, draft.tape.source, draft.line)
        record_id = _value(record, mapping.about.get("id"))
        placed = (problem.at(draft.place(_path(draft, mapping, problem))) for problem in problems)
        return Unjudged(record_id if isinstance(record_id, str) else None, tuple(placed))

    def unmet(self) -> list[Problem]:
        """Return a problem for each path that no record has, with the nearest one of the last record.

        A record may lack a path; if all of them do, it is probably misspelled.
        """
        paths = [path for path, _ in leaves(self._last)]
        return [
            Problem(
                f"no record has {' or '.join(map(quoted, source.columns))}",
                nearest=nearest(source.columns[0], paths),
                field=name,
                place=source.place,
            )
            for name, source in self._unmet.items()
            if paths
        ]

    @property
    def passed_lines(self) -> str:
        return passed_lines(self.passed)

    @property
    def has_met_a_fact(self) -> bool:
        """Whether any record has the path of a fact."""
        return any(name not in self._unmet for name in self._mapping.facts)


def _refuse_rows(mapping: Mapping) -> None:
    places = [("long", mapping.long.place)] if mapping.long else []
    places += [("join", join.place) for join in mapping.joins[:1]]
    hint = "Export the records as a table, such as CSV."
    what = "this is for tables, and these are records"
    if places:
        raise UsageError(*(Problem(what, hint=hint, field=name, place=at) for name, at in places))


def read_record(
    mapping: Mapping, record: Any, passed: Passed
) -> tuple[Interaction | None, tuple[Problem, ...]]:
    """Make an interaction of a record's values at the mapped paths, or return every problem."""
    readings: dict[str, Reading] = {}
    for name, source in (*mapping.facts.items(), *mapping.about.items()):
        own = read_field(name, source, found_at(record, source.column)[1])
        met = (
            source.met(column, _text(found_at(record, column)[1])) for column in source.conditions
        )
        readings[name] = reading = decided(name, source, own, met)
        if reading.passed:
            passed[name, reading.passed] += 1
    tags = {name: _value(record, source) for name, source in mapping.tags.items()}
    readings["tags"] = read_field("tags", None, tags)
    if problems := tuple(problem for each in readings.values() for problem in each.problems):
        return None, problems
    values = {name: reading.value for name, reading in readings.items()}
    facts = {name: values.pop(name) for name in mapping.facts}
    for name in without_idle_times(mapping, facts):
        passed[name, IDLE] += 1
    return interaction_of(facts, values)


def _text(written: Any) -> str | None:
    """Return a single value as text; None where there is none, or a mapping or a list."""
    return word(written) if isinstance(written, str | bool) else None


def _has(record: Any, source: FieldSource) -> bool:
    return any(".".join(found_at(record, column)[0]) == column for column in source.columns)


def _value(record: Any, source: FieldSource | None) -> Any:
    return found_at(record, source.column)[1] if source else None


def _path(draft: Draft, mapping: Mapping, problem: Problem) -> tuple[str, ...]:
    """Return the path of the value that a problem is about."""
    name = problem.field or ""
    source = mapping.facts.get(name) or mapping.about.get(name)
    return found_at(draft.value, source.column)[0] if source else ()

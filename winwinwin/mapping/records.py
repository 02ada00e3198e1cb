"""Records of files read by a mapping: the same facts as from a table with those columns."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from winwinwin.errors import Path, Problem, UsageError, quoted
from winwinwin.facts import word
from winwinwin.kernel.judgement import Unjudged
from winwinwin.loading.file_layout import FileLayout
from winwinwin.mapping.fields import (
    IDLE,
    Reading,
    decided,
    interaction_of,
    read_field,
    without_idle_times,
)
from winwinwin.mapping.model import FieldSource, Mapping
from winwinwin.mapping.passed import Passed, passed_lines
from winwinwin.mapping.paths import found_at, leaves, told_apart
from winwinwin.near import nearest
from winwinwin.parsing.draft import Draft
from winwinwin.record.described import ABOUT
from winwinwin.record.interaction import Interaction, Recorded

SAMPLE = 20
"""Records whose paths are offered in place of one that no record has."""


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
        self._sample: list[Any] = []
        """The first records."""
        self._last: Any = None

    def __call__(self, draft: Draft) -> Recorded | Unjudged:
        mapping, record = self._mapping, draft.value
        if draft.problems or not isinstance(record, dict):
            hint = "Each record should be a mapping of keys to values."
            found = Problem("this is not a record", hint=hint)
            return Unjudged(None, draft.problems.in_order() or (found.at(draft.place()),))
        self._last = record
        if len(self._sample) < SAMPLE:
            self._sample.append(record)
        for name in [name for name, source in self._unmet.items() if _has(record, source)]:
            del self._unmet[name]
        interaction, problems = read_record(mapping, record, self.passed)
        if interaction is not None:
            return Recorded.of(interaction, draft.tape.source, draft.line)
        record_id = _value(record, mapping.about.get("id"))
        placed = (problem.at(draft.place(_path(draft, mapping, problem))) for problem in problems)
        known = _known(mapping, record)
        return Unjudged(record_id if isinstance(record_id, str) else None, tuple(placed), known)

    def has(self, name: str) -> bool:
        """Tell whether a field that describes a record is mapped."""
        return name in self._mapping.about

    def begun_by(self, keys: Sequence[str]) -> int:
        """Return how many of the mapped paths begin with one of these keys."""
        begins = tuple(f"{key}{sign}" for key in keys for sign in ".[")
        paths = [source.column for _, source in self._mapping.sources()]
        return sum(path in keys or path.startswith(begins) for path in paths)

    def met_in(self, records: Sequence[Any]) -> int:
        """Return how many of the mapped paths lead to something in one of these records."""
        sources = [source for _, source in self._mapping.sources()]
        return sum(any(_has(record, source) for record in records) for source in sources)

    @property
    def file(self) -> FileLayout:
        """How the mapping says the files are read."""
        return self._mapping.file

    def unmet(self) -> list[Problem]:
        """Return a problem for each path that no record has, with the nearest one of the last record.

        Lists differ more than keys do, so items are looked for in the first records as well.

        A record may lack a path; if all of them do, it is probably misspelled.
        """
        paths = [path for path, _ in leaves(self._last)] if self._unmet else []
        told = told_apart(self._sample) if self._unmet else {}
        each = (leaves(record, told) for record in self._sample if self._unmet)
        items = [path for paths in each for path, _ in paths if "[" in path]
        return [
            Problem(
                f"no record has {' or '.join(map(quoted, source.columns))}",
                nearest=nearest(source.columns[0], items if "[" in source.columns[0] else paths),
                field=name,
                place=source.place,
            )
            for name, source in self._unmet.items()
            if paths
        ]

    @property
    def passed_lines(self) -> str:
        return passed_lines(self.passed, self._mapping)

    @property
    def has_met_a_fact(self) -> bool:
        """Whether any record has the path of a fact, where one is mapped."""
        return not self._mapping.facts or any(
            name not in self._unmet for name in self._mapping.facts
        )


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
        own = read_field(name, source, _value(record, source))
        met = (
            source.met(column, _text(found_at(record, column).value))
            for column in source.conditions
        )
        readings[name] = reading = decided(name, source, own, met)
        if reading.passed:
            passed[name, reading.passed] += 1
    readings["tags"] = _tags(mapping, record)
    if problems := tuple(problem for each in readings.values() for problem in each.problems):
        return None, problems
    values = {name: reading.value for name, reading in readings.items()}
    facts = {name: values.pop(name) for name in mapping.facts}
    for name in without_idle_times(mapping, facts):
        passed[name, IDLE] += 1
    return interaction_of(facts, values)


def _tags(mapping: Mapping, record: Any) -> Reading:
    tags = {name: _value(record, source) for name, source in mapping.tags.items()}
    return read_field("tags", None, tags)


def _known(mapping: Mapping, record: Any) -> dict[str, Any]:
    """Return what describes a record that is wrong somewhere, without what cannot be read."""
    read = {
        name: read_field(name, source, _value(record, source))
        for name, source in mapping.about.items()
    }
    readings = dict.fromkeys(ABOUT, Reading(None)) | read | {"tags": _tags(mapping, record)}
    return {name: reading.value for name, reading in readings.items() if not reading.problems}


def _text(written: Any) -> str | None:
    """Return a single value as text; None where there is none, or a mapping or a list."""
    return word(written) if isinstance(written, str | bool) else None


def _has(record: Any, source: FieldSource) -> bool:
    return any(found_at(record, column).is_there for column in source.columns)


def _value(record: Any, source: FieldSource | None) -> Any:
    return found_at(record, source.column).value if source and source.column else None


def _path(draft: Draft, mapping: Mapping, problem: Problem) -> Path:
    """Return the path of the value that a problem is about."""
    name = problem.field or ""
    source = mapping.facts.get(name) or mapping.about.get(name)
    return found_at(draft.value, source.column).path if source else ()

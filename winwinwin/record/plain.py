"""Records as Python programs have them: dicts of facts by flat name, or nested as in files."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import BaseModel

from winwinwin.errors import Place, Problem, Problems
from winwinwin.facts import PARTIES
from winwinwin.kernel.judgement import Unjudged
from winwinwin.near import nearest
from winwinwin.record.checking import refused
from winwinwin.record.interaction import FLAT_PATHS, About, Outcomes, nested

FLAT_KEYS = (*About.model_fields, *FLAT_PATHS)
FLAT_NAMES = {".".join(path): name for name, path in FLAT_PATHS.items()}
"""The flat name of each fact, by where a nested record has it."""
NESTED = (dict, BaseModel)
"""What a party is written as that has more than an outcome."""
ALIKE = {str, bool, int, float, type(None)}
"""The types whose equal values are read alike; equal times may be of different zones."""


class Plain(NamedTuple):
    """A record in the two parts that are read apart."""

    facts: dict[str, Any]
    about: dict[Any, Any]
    """What describes it, and any unknown keys."""
    is_flat: bool

    @classmethod
    def of(cls, record: Mapping[Any, Any]) -> "Plain":
        is_flat = not any(isinstance(record.get(party), NESTED) for party in PARTIES)
        names = FLAT_PATHS if is_flat else Outcomes.model_fields
        parts: tuple[dict[Any, Any], dict[Any, Any]] = {}, {}
        for name, value in record.items():
            parts[name not in names][name] = value
        return cls(*parts, is_flat)

    @property
    def key(self) -> tuple[Any, ...] | None:
        """What only facts have that are read alike; None where others might have it."""
        values = self.facts.values()
        is_sure = self.is_flat and ALIKE.issuperset(map(type, values))
        return (*self.facts, *values) if is_sure else None

    @property
    def written(self) -> dict[str, Any]:
        """The facts as a file has them."""
        return nested(self.facts) if self.is_flat else self.facts


def unjudged(record: Any, number: int) -> Unjudged:
    """Return everything that is wrong with the record of this number, from 1."""
    place, unknown, names = Place(f"record {number}"), Problems(), {}
    if isinstance(record, Mapping):
        facts, about, is_flat = Plain.of(record)
        if is_flat:
            unknown.take([key for key in about if key not in FLAT_KEYS], _unknown)
            about = {key: value for key, value in about.items() if key in FLAT_KEYS}
            facts, names = nested(facts), FLAT_NAMES
        record = about | facts
    found = refused(record, lambda _path, _key: place, unknown)
    problems = (
        replace(each, field=names.get(each.field or "", each.field), place=place)
        for each in found.problems
    )
    return replace(found, problems=tuple(problems))


def _unknown(key: Any) -> Problem:
    keys = ", ".join(FLAT_KEYS)
    return Problem("unknown key", keys, nearest(key, FLAT_KEYS), field=str(key))

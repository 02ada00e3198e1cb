"""Records as Python programs have them: dicts of facts by flat name, or nested as in files."""

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic import BaseModel

from winwinwin.errors import Place, Problems
from winwinwin.facts import PARTIES
from winwinwin.kernel.judgement import Unjudged
from winwinwin.parsing.refusals import unknown_key
from winwinwin.record.checking import refused, renamed
from winwinwin.record.interaction import FLAT_PATHS, About, Outcomes, nested

FLAT_KEYS = (*About.model_fields, *FLAT_PATHS)
FLAT_NAMES = {".".join(path): name for name, path in FLAT_PATHS.items()}
"""The flat name of each fact, by where a nested record has it."""
NESTED = (dict, BaseModel)
"""What a party is written as that has more than an outcome."""
ALIKE = {str, bool, int, float, type(None)}
"""The types whose equal values are read alike; equal times may be of different zones."""
TEXTS = {"id", "employee", "channel", "notes"}
"""What describes a record and may be any text."""


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
    def is_sure(self) -> bool:
        """Whether all whose facts are equal to these are read alike."""
        return self.is_flat and ALIKE.issuperset(map(type, self.facts.values()))

    @property
    def written(self) -> dict[str, Any]:
        """The facts as a file has them."""
        return nested(self.facts) if self.is_flat else self.facts


class Shape(NamedTuple):
    """Flat dicts with the same keys: how to take out what they hold."""

    facts: Callable[[Mapping[Any, Any]], tuple[Any, ...]]
    names: tuple[str, ...]
    """The keys of what describes them."""
    described: Callable[[Mapping[Any, Any]], tuple[Any, ...]]
    """Takes out what describes one."""
    is_text: bool
    """Whether only text describes them."""

    @classmethod
    def of(cls, plain: Plain) -> "Shape":
        names = tuple(plain.about)
        is_text = TEXTS.issuperset(names)
        return cls(values_of(tuple(plain.facts)), names, values_of(names), is_text)

    def is_certain(self, values: tuple[Any, ...]) -> bool:
        """Tell whether what describes a dict is sure to be read: text that can be printed is."""
        if not self.is_text:
            return False
        try:
            return "".join(values).isprintable()
        except TypeError:  # there are numbers, or None
            return ALIKE.issuperset(map(type, values)) and "".join(map(str, values)).isprintable()


def values_of(names: tuple[str, ...]) -> Callable[[Mapping[Any, Any]], tuple[Any, ...]]:
    """Return what takes the values of some keys out of a dict."""
    if len(names) == 1:
        [only] = names
        return lambda record: (record[only],)
    return itemgetter(*names) if names else lambda _: ()


def unjudged(record: Any, number: int) -> Unjudged:
    """Return everything that is wrong with the record of this number, from 1."""
    place, unknown, names = Place(f"record {number}"), Problems(), {}
    if isinstance(record, Mapping):
        facts, about, is_flat = Plain.of(record)
        if is_flat:
            keys = [key for key in about if key not in FLAT_KEYS]
            unknown.take(keys, lambda key: unknown_key(key, FLAT_KEYS, str(key)).at(place))
            about = {key: value for key, value in about.items() if key in FLAT_KEYS}
            facts, names = nested(facts), FLAT_NAMES
        record = about | facts
    return renamed(refused(record, lambda _path, _key: place, unknown), names)

"""The distinct texts of each token, read once each by the field's own reader."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError, count, quoted
from winwinwin.mapping.fields import Reading, read_field
from winwinwin.mapping.model import Mapping
from winwinwin.mapping.passed import Passed
from winwinwin.tables.marks import MARK, problem_of
from winwinwin.tables.moments import UNREADABLE
from winwinwin.tables.times import MOMENTS, examples
from winwinwin.tables.tokens import SHAPE, conditions, token

MOST_TEXTS = 1_000
"""Distinct texts that a token may have. An outcome has a handful."""

UNRECORDED = Reading(None)


@dataclass(frozen=True, slots=True)
class Alphabet:
    """What the texts of one token were read as: the readings are numbered, 0 is not recorded."""

    name: str
    readings: Sequence[Reading] = (UNRECORDED,)
    texts: Map[int, Sequence[Any]] = field(default_factory=dict)
    """The texts of each reading but the first."""
    codes: Map[Any, int] = field(default_factory=dict)
    """The number of each text."""

    def number(self, table: ir.Table) -> ir.Value:
        """Return the number of each row's reading."""
        column = table[token(self.name)]
        branches = [(column.isin(texts), code) for code, texts in self.texts.items()]
        number = ibis.cases(*branches, else_=0) if branches else ibis.literal(0)
        # a literal of 64 bits is written as one of 32, which overflows where keys are computed
        return number.cast("int64")


def read_alphabets(
    texts: Map[str, Map[Any, int]], mapping: Mapping
) -> tuple[list[Alphabet], Passed]:
    """Read the distinct texts of each token, given with their number of rows.

    Counts the values that a mapping has no meaning for. Raises UnreadableError for a token with
    too many texts.
    """
    passed: Passed = Counter()
    alphabets = []
    for name, found in texts.items():
        if name == SHAPE:
            alphabets.append(_shapes(found))
            continue
        if len(found) > MOST_TEXTS:
            raise UnreadableError(too_many_texts(name, mapping, found))
        alphabets.append(_alphabet(name, _reader(name, mapping), found, passed))
    return alphabets, passed


def _reader(name: str, mapping: Mapping) -> Callable[[str], Reading]:
    """Return what reads the texts of a token."""
    if name in (looked_at := conditions(mapping)):
        of, column = looked_at[name]
        return lambda text: Reading(mapping.facts[of].met(column, text))
    if name == MARK:
        return lambda text: Reading(None, (problem_of(text),))
    source = mapping.facts.get(name) or mapping.about[name]
    return lambda text: UNRECORDED if text == UNREADABLE else read_field(name, source, text)


def _alphabet(
    name: str, read: Callable[[str], Reading], found: Map[str, int], passed: Passed
) -> Alphabet:
    codes: dict[Any, int] = {None: 0}
    readings: list[Reading] = [UNRECORDED]
    texts: dict[int, list[str]] = {}
    for text, rows in sorted(found.items()):  # an engine has no order of its own
        reading = read(text)
        if reading.passed:
            passed[name, reading.passed] += rows
        same = reading.problems or reading.value
        if same not in codes:
            codes[same] = len(readings)
            readings.append(reading)
        if codes[same]:
            texts.setdefault(codes[same], []).append(text)
    return Alphabet(name, readings, texts, _codes(texts))


def _codes(texts: Map[int, Sequence[Any]]) -> dict[Any, int]:
    return {text: code for code, several in texts.items() for text in several}


def _shapes(found: Iterable[int]) -> Alphabet:
    """Number the shapes of times that occur; each stands for example times of that shape."""
    shapes = sorted(code for code in found if code)
    readings = [UNRECORDED, *(Reading(examples(shape)) for shape in shapes)]
    texts = {code: [shape] for code, shape in enumerate(shapes, 1)}
    return Alphabet(SHAPE, readings, texts, _codes(texts))


def too_many_texts(name: str, mapping: Mapping, found: Iterable[str]) -> Problem:
    name, column = conditions(mapping).get(name) or (name, "")
    source = mapping.facts.get(name) or mapping.about[name]
    column = column or source.name
    shown = ", ".join(quoted(text) for text in sorted(found)[:3])
    values = f"more than {count(MOST_TEXTS, 'distinct value')}"
    if name in MOMENTS or name == "date":
        what = f"column {quoted(column)} has {values} that are not usual dates or times: {shown} …"
        hint = "Write them like 2026-11-23 or 2026-11-23T14:30."
    else:
        what = f"column {quoted(column)} has {values}: {shown} …"
        hint = f"Does it really hold `{name}`? Numbers can be mapped as ranges."
    return Problem(what, hint=hint, field=name, place=source.place)

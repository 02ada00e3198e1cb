"""The distinct texts of each token, read once each by the field's own reader."""

from collections import Counter
from collections.abc import Iterable, Mapping as Map, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError, count, quoted
from winwinwin.sources.fields import Reading, read_field
from winwinwin.sources.mapped import Passed, passes
from winwinwin.sources.mapping import Mapping
from winwinwin.tables.times import MOMENTS, examples
from winwinwin.tables.tokens import SHAPE, token

COUNT = "winwinwin__count"
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

    def number(self, table: ir.Table) -> ir.Value:
        """Return the number of each row's reading."""
        column = table[token(self.name)]
        branches = [
            (column.isin(texts), ibis.literal(code, "int64")) for code, texts in self.texts.items()
        ]
        nothing = ibis.literal(0, "int64")
        return ibis.cases(*branches, else_=nothing) if branches else nothing


class Written(NamedTuple):
    """A distinct text of a token, and its number of rows."""

    token: str
    text: str | None
    rows: int


def read_alphabets(
    grouped: ir.Table, names: Iterable[str], mapping: Mapping
) -> tuple[list[Alphabet], Passed]:
    """Read every distinct text, and count those that a mapping has no meaning for.

    Raises UnreadableError for a token with too many texts.
    """
    texts: dict[str, dict[str, int]] = {name: {} for name in names}
    for written in _distinct(grouped, list(texts)):
        if written.text is not None:
            texts[written.token][written.text] = written.rows
    passed: Passed = Counter()
    alphabets = []
    for name, found in texts.items():
        if len(found) > MOST_TEXTS:
            raise UnreadableError(_too_many(name, mapping, found))
        alphabets.append(_shapes(found) if name == SHAPE else _alphabet(name, mapping, found, passed))
    return alphabets, passed


def _distinct(grouped: ir.Table, names: Sequence[str]) -> Iterable[Written]:
    """Ask the engine for the texts of all tokens at once."""
    parts = [
        grouped.group_by(text=grouped[token(name)].cast("string"))
        .agg(rows=grouped[COUNT].sum().cast("int64"))
        .limit(MOST_TEXTS + 2)
        .select(ibis.literal(name).name("token"), "text", "rows")
        for name in names
    ]
    for row in ibis.union(*parts).to_pyarrow().to_pylist():
        yield Written(row["token"], row["text"], row["rows"])


def _alphabet(name: str, mapping: Mapping, found: Map[str, int], passed: Passed) -> Alphabet:
    source = mapping.facts.get(name) or mapping.about[name]
    codes: dict[Any, int] = {None: 0}
    readings: list[Reading] = [UNRECORDED]
    texts: dict[int, list[str]] = {}
    for text, rows in found.items():
        reading = read_field(name, source, text)
        if passes(source, text, reading):
            passed[name, source.shown(text)] += rows
        same = reading.problems or reading.value
        if same not in codes:
            codes[same] = len(readings)
            readings.append(reading)
        if codes[same]:
            texts.setdefault(codes[same], []).append(text)
    return Alphabet(name, readings, texts)


def _shapes(found: Iterable[str]) -> Alphabet:
    """Number the shapes of times that occur; each stands for example times of that shape."""
    shapes = sorted(code for code in map(int, found) if code)
    readings = [UNRECORDED, *(Reading(examples(shape)) for shape in shapes)]
    return Alphabet(SHAPE, readings, {code: [shape] for code, shape in enumerate(shapes, 1)})


def _too_many(name: str, mapping: Mapping, found: Iterable[str]) -> Problem:
    source = mapping.facts.get(name) or mapping.about[name]
    shown = ", ".join(quoted(text) for text in sorted(found)[:3])
    values = f"more than {count(MOST_TEXTS, 'distinct value')}"
    if name in MOMENTS or name == "date":
        what = f"column {quoted(source.column)} has {values} that are no usual date or date-time: {shown} …"
        hint = "Write them like 2026-11-23 or 2026-11-23T14:30."
    else:
        what = f"column {quoted(source.column)} has {values}: {shown} …"
        hint = f"Is it really what says `{name}`? Numbers can be mapped by ranges."
    return Problem(what, hint=hint, field=name, place=source.place)

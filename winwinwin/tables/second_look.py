"""What an engine is told for a second look at columns that no program wrote.

Numbers and times as programs write them take one look. Where there are others, the distinct texts
of the first one tell what stands before decimals, and that other forms of times are to be looked for.
"""

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import replace

import ibis.expr.types as ir

from winwinwin.errors import Problem, UnreadableError, quoted
from winwinwin.mapping.model import MOMENTS, FieldSource, Mapping
from winwinwin.mapping.numbers import OUT_OF, POINT, Decimal, read_number, telling
from winwinwin.mapping.values import as_number
from winwinwin.tables.tokens import conditions

FRACTION = "^0?[.,]0*[1-9][0-9]*$"
ONE_WAY = "Write all of its numbers in one way."


def second_look(
    mapping: Mapping, texts: Map[str, Iterable[str | None]], *, knows_forms: bool
) -> Mapping:
    """Return what a second look takes; the same mapping where none is needed.

    Takes the distinct texts of each token, and whether the engine may look for forms of times.
    Raises UnreadableError for a column that writes decimals in two ways.
    """
    known = _with_decimals(mapping, texts)
    return _with_forms(known, texts) if knows_forms else known


def _with_forms(mapping: Mapping, texts: Map[str, Iterable[str | None]]) -> Mapping:
    """Have other forms of times looked for where the engine left any text unread."""

    def all_of(sources: Map[str, FieldSource]) -> dict[str, FieldSource]:
        return {
            name: replace(of, has_forms=name in MOMENTS and any(texts.get(name, ())))
            for name, of in sources.items()
        }

    facts, about = all_of(mapping.facts), all_of(mapping.about)
    if (facts, about) == (mapping.facts, mapping.about):
        return mapping
    return replace(mapping, facts=facts, about=about)


def _with_decimals(mapping: Mapping, texts: Map[str, Iterable[str | None]]) -> Mapping:
    """Return a mapping that knows what stands before the decimals of the columns that it cuts.

    Columns whose numbers a program wrote need no such thing. Raises UnreadableError for a column that writes decimals in two ways.
    """
    facts = dict(mapping.facts)
    for name, (field, column) in _cut_columns(mapping).items():
        found = sorted(text for text in texts.get(name, ()) if text and as_number(text) is None)
        decimal = _decimal(facts[field], column, field, found)
        if decimal:
            decimals = {**facts[field].decimals, column: decimal}
            facts[field] = replace(facts[field], decimals=decimals)
    return mapping if facts == mapping.facts else replace(mapping, facts=facts)


def refuse_mixed(mapping: Mapping, texts: Map[str, Iterable[str | None]]) -> None:
    """Raise UnreadableError for a column with a number that its decimals speak against."""
    for name, (field, column) in _cut_columns(mapping).items():
        decimal = mapping.facts[field].decimals.get(column)
        found = [text for text in texts.get(name, ()) if text]
        others = {other: text for other, text in telling(found).items() if other != decimal}
        if decimal and others:
            [other] = others.values()
            raise UnreadableError(_mixed(field, mapping.facts[field], column, [other]))


def refuse_fractions(
    table: ir.Table, mapping: Mapping, texts: Map[str, Iterable[str | None]]
) -> None:
    """Raise UnreadableError for a column with percentages and fractions: is 0.8 as much as 80%?

    A fraction is a number as programs write them, so the engine has to look for one.
    """
    for name, (field, column) in _cut_columns(mapping).items():
        found = [text for text in texts.get(name, ()) if text and "%" in text]
        percentages = sorted(text for text in found if read_number(text) is not None)
        fraction = _fraction_in(table[column]) if percentages else None
        if fraction is not None:
            shown = f"{quoted(percentages[0])} and {quoted(fraction)}"
            what = f"column {quoted(column)} has both percentages and fractions: {shown}"
            place = mapping.facts[field].place
            raise UnreadableError(Problem(what, hint=ONE_WAY, field=field, place=place))


def _fraction_in(column: ir.StringValue) -> str | None:
    """Return a number between 0 and 1 of a column; None where it has none."""
    text = column.strip()
    found = text.min(where=text.re_search(FRACTION)).name("found").as_table().to_pyarrow()
    fraction: str | None = found["found"][0].as_py()
    return fraction


def _cut_columns(mapping: Mapping) -> dict[str, tuple[str, str]]:
    """Return the tokens whose numbers are cut by ranges, each with its field and column."""
    own = {name: (name, of.column) for name, of in mapping.facts.items() if of.is_cut}
    looked_at = {
        name: (field, column)
        for name, (field, column) in conditions(mapping).items()
        if mapping.facts[field].ranges_of(column)
    }
    return own | looked_at


def _decimal(source: FieldSource, column: str, field: str, texts: Iterable[str]) -> Decimal | None:
    """Return what stands before decimals; None where no text but a program's holds a number."""
    numbers = [text for text in texts if read_number(text) is not None]
    told = telling(numbers)
    ends = {found[1]: text for text in numbers if (found := OUT_OF.search(text))}
    if len(ends) > 1:
        shown = " and ".join(quoted(text) for text in [*ends.values()][:2])
        what = f"column {quoted(column)} has scales of different length: {shown}"
        hint = "Bring its numbers to one scale."
        raise UnreadableError(Problem(what, hint=hint, field=field, place=source.place))
    if len(told) > 1:
        raise UnreadableError(_mixed(field, source, column, told.values()))
    return next(iter(told), POINT) if numbers else None


def _mixed(field: str, source: FieldSource, column: str, texts: Iterable[str]) -> Problem:
    shown = " and ".join(map(quoted, texts))
    what = f"column {quoted(column)} writes decimals both with a comma and with a point: {shown}"
    return Problem(what, hint=ONE_WAY, field=field, place=source.place)

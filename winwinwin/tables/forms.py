"""Times in other forms than ISO 8601, written as ISO 8601 by an engine: what `record.moments` does."""

import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from winwinwin.record.moments import CENTURY, MONTHS, NOON, ZONES, Form

GROUP = re.compile(r"\\.|\[[^]]*]|\((?!\?)")
"""A group of a pattern, and what may hold a bracket that is none."""
Get: TypeAlias = Callable[[str], ir.Value]
"""Returns a part that an earlier step added."""
Parts: TypeAlias = dict[str, ir.Value]
WRITTEN = "written_"
"""What the names of parts begin with that are still text."""
NOTHING = ibis.null("int64")


def form_of_each(get: Get, forms: Sequence[Form]) -> Parts:
    """Number the first form that a text has; null where it has none."""
    found = [(get("text").re_search(_whole(form)), number) for number, form in enumerate(forms)]
    return {"kind": ibis.cases(*found, else_=NOTHING)}


def cut(get: Get, forms: Sequence[Form]) -> Parts:
    """Cut texts into the parts of their forms; what a form lacks is empty.

    `since` are the microseconds from 1970 on of those that count from there.
    """
    kind, text = get("kind"), get("text")
    names = dict.fromkeys(part for form in forms if not form.unit for part in form.parts)
    parts: Parts = {f"{WRITTEN}{name}": _part(kind, text, name, forms) for name in names}
    counted = [
        (kind == number, _microseconds(text, form))
        for number, form in enumerate(forms)
        if form.unit
    ]
    return parts | {"since": ibis.cases(*counted, else_=NOTHING) if counted else NOTHING}


def _part(kind: ir.Value, text: ir.StringValue, name: str, forms: Sequence[Form]) -> ir.Value:
    found = [
        (kind == number, _group(text, form, form.parts.index(name)))
        for number, form in enumerate(forms)
        if name in form.parts
    ]
    return ibis.cases(*found, else_="").fill_null("")


def numbers(get: Get, forms: Sequence[Form]) -> Parts:
    """Put the parts of texts that were cut in the places of those that ISO 8601 would have."""
    of_parts = [number for number, form in enumerate(forms) if form.parts and not form.unit]
    is_cut = get("kind").isin(of_parts).fill_null(False)
    there = {part for form in forms for part in form.parts}

    def text(part: str) -> ir.Value:
        return get(f"{WRITTEN}{part}") if part in there else ibis.literal("")

    offset = _offset(text("offset_hours"), text("zone"))
    found: Parts = {
        "right": ibis.literal(True),
        "clock": text("hour") != "",
        "zone": offset != "",
        "year": _year(text("year")),
        "month": _month(text("month"), text("name")),
        "date": _number(text("day")),
        "hours": _hours(_number(text("hour")), text("half").lower()),
        "minutes": _number(text("minute")),
        "seconds": _number(text("second")),
        "micros": (text("fraction") + "000000").left(6).cast("int64"),
        "offset_hours": _number(offset.substr(1, 2)),
        "offset_minutes": _number(text("offset_minutes")),
        "sign": ibis.ifelse(offset.left(1) == "-", -1, 1),
    }
    return {name: ibis.ifelse(is_cut, value, get(name)) for name, value in found.items()}


def _number(digits: ir.Value) -> ir.Value:
    return ibis.ifelse(digits == "", "0", digits).cast("int64")


def _offset(offset: ir.Value, zone: ir.Value) -> ir.Value:
    """Return the hours from UTC with their sign, empty without a zone."""
    named = [(zone == name, hours) for name, hours in ZONES.items()]
    return ibis.cases((offset != "", offset), *named, else_="")


def _year(year: ir.Value) -> ir.Value:
    number = _number(year)
    century = ibis.ifelse(number >= CENTURY, 1900, 2000)
    return ibis.ifelse(year.length() > 2, number, number + century)  # noqa: PLR2004  # digits


def _month(month: ir.Value, name: ir.Value) -> ir.Value:
    months = [(name.lower().isin(names), number) for number, names in enumerate(MONTHS, 1)]
    return ibis.cases((name == "", _number(month)), *months, else_=0)


def _hours(hours: ir.Value, half: ir.Value) -> ir.Value:
    of_day = hours % NOON + ibis.ifelse(half == "p", NOON, 0)
    return ibis.cases((half == "", hours), (hours.between(1, NOON), of_day), else_=99)


def _whole(form: Form) -> str:
    return f"^(?:{form.pattern})$"


def _group(text: ir.StringValue, form: Form, place: int) -> ir.Value:
    return text.re_extract(alone(_whole(form), place), 1)


def alone(pattern: str, place: int) -> str:
    """Return a pattern of which only one group is kept: DuckDB knows no more than nine."""
    places = count()

    def kept(found: re.Match[str]) -> str:
        return "(?:" if found[0] == "(" and next(places) != place else found[0]

    return GROUP.sub(kept, pattern)


def _microseconds(text: ir.StringValue, form: Form) -> ir.Value:
    is_number = text.re_search(_whole(form)).fill_null(False)
    return (ibis.ifelse(is_number, text, "0").cast("float64") * form.unit).floor().cast("int64")

"""Times in other forms than ISO 8601, written as ISO 8601 by an engine: what `record.moments` does."""

import re
from collections.abc import Callable, Sequence
from itertools import count
from typing import TypeAlias

import ibis
import ibis.expr.types as ir

from winwinwin.record.moments import CENTURY, MONTHS, NOON, Form

GROUP = re.compile(r"\\.|\[[^]]*]|\((?!\?)")
"""A group of a pattern, and what may hold a bracket that is none."""
Get: TypeAlias = Callable[[str], ir.Value]
"""Returns a part that an earlier step added."""
Parts: TypeAlias = dict[str, ir.Value]
NOTHING = ibis.null("int64")


def form_of_each(text: ir.StringValue, forms: Sequence[Form]) -> Parts:
    """Number the first form that a text has; null where it has none."""
    found = [(text.re_search(_whole(form)), number) for number, form in enumerate(forms)]
    return {"text": text, "kind": ibis.cases(*found, else_=ibis.null("int64"))}


def cut(get: Get, forms: Sequence[Form]) -> Parts:
    """Cut texts into the parts of their forms; what a form lacks is empty.

    `since` are the microseconds from 1970 on of those that count from there.
    """
    kind, text = get("kind"), get("text")
    names = dict.fromkeys(part for form in forms if not form.unit for part in form.parts)
    parts: Parts = {name: _part(kind, text, name, forms) for name in names}
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


def as_iso(get: Get, forms: Sequence[Form]) -> Parts:
    """Write texts that were cut as ISO 8601. Others stay as they are.

    A form without parts is ISO 8601 itself.
    """
    names = dict.fromkeys(part for form in forms if not form.unit for part in form.parts)
    if not names:
        return {"iso": get("text")}
    cut_ones = [number for number, form in enumerate(forms) if form.parts and not form.unit]
    is_cut = get("kind").isin(cut_ones).fill_null(False)
    return {"iso": ibis.ifelse(is_cut, _iso({name: get(name) for name in names}), get("text"))}


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


def _iso(parts: Parts) -> ir.StringValue:
    """Do what `record.moments.iso` does."""
    day = _year(parts["year"]) + "-" + _month(parts) + "-" + _two(parts["day"])
    if "hour" not in parts:
        return day
    fraction, second = (parts.get(part, ibis.literal("")) for part in ("fraction", "second"))
    clock = _hour(parts) + ":" + _two(parts["minute"]) + ":" + _two(second)
    rest = ibis.ifelse(fraction == "", "", "." + fraction.left(6))
    return day + ibis.ifelse(parts["hour"] == "", "", "T" + clock + rest + _zone(parts))


def _two(digits: ir.Value) -> ir.Value:
    return digits.lpad(2, "0")


def _year(year: ir.Value) -> ir.Value:
    is_long = year.length() > 2  # noqa: PLR2004  # digits
    return ibis.cases((is_long, year), (year >= str(CENTURY), "19" + year), else_="20" + year)


def _month(parts: Parts) -> ir.Value:
    if "name" not in parts:
        return _two(parts["month"])
    name = parts["name"].lower()
    months = [(name.isin(names), f"{number:02}") for number, names in enumerate(MONTHS, 1)]
    if "month" in parts:
        months = [(parts["month"] != "", _two(parts["month"])), *months]
    return ibis.cases(*months, else_="00")


def _hour(parts: Parts) -> ir.Value:
    if "half" not in parts:
        return _two(parts["hour"])
    half = parts["half"].lower()
    hour = ibis.ifelse(parts["hour"] == "", "0", parts["hour"]).cast("int64")
    of_day = hour % NOON + ibis.ifelse(half == "p", NOON, 0)
    at = ibis.cases((half == "", hour), (hour.between(1, NOON), of_day), else_=99)
    return _two(at.cast("int64").cast("string"))


def _zone(parts: Parts) -> ir.Value:
    empty = ibis.literal("")
    utc = ibis.ifelse(parts.get("utc", empty) == "", "", "Z")
    if "offset_hours" not in parts:
        return utc
    offset, minutes = parts["offset_hours"], parts["offset_minutes"]
    hours = offset.left(1) + _two(offset.substr(1, 2))
    return ibis.ifelse(offset == "", utc, hours + ":" + _two(minutes))

"""Times of a table as numbers, computed by its engine.

The engine reads the usual forms of ISO 8601 and compares. What it cannot read stays text, which
Python then reads: the reader in `spelling` decides what a time is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial, reduce

import ibis
import ibis.expr.types as ir

from winwinwin.mapping.dates import form_of
from winwinwin.mapping.model import FieldSource
from winwinwin.record.moments import HARD_SPACES, PLAIN, Form
from winwinwin.tables.forms import Get, Parts, cut, form_of_each, numbers
from winwinwin.tables.steps import HELPER, settled
from winwinwin.tables.texts import as_text
from winwinwin.tables.traits import traits_of

ABSENT, DATE, LOCAL, ZONED = range(4)
"""Forms of a time that the engine reads: none, a date, a date-time without a zone and with one."""

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
OFFSET = "[+-][0-9]{2}:[0-9]{2}"
ZONE = f"(Z|{OFFSET})"

SECOND = 1_000_000
"""In microseconds."""
NANOSECONDS = 9
"""Digits of a fraction of a second."""
DAY_SECONDS = 86_400
EPOCH_DAY = 719_163
"""The day number of 1970-01-01."""

HOURS, MINUTES = 24, 60

ISO = Form(f"{DAY}({CLOCK}{ZONE}?)?", ())
"""What the engine cuts into parts."""
BY_PYTHON = "^[0-9]{4}-?(W|[0-9]{2})"
"""What the other forms of ISO 8601 begin with, such as those with weeks."""
LAST_DAY = 3_652_059
"""The day number of 9999-12-31."""

FORM, DAY_NUMBER, INSTANT, ODD = "form", "day", "instant", "odd"
UNREADABLE = f"{HELPER}unread"
"""What stands for all texts that nobody can read, so that a million of them are one combination."""


def part(name: str, what: str) -> str:
    """Return the helper column that holds a part of a time."""
    return f"{HELPER}{name}_{what}"


def forms_of(source: FieldSource) -> tuple[Form, ...]:
    """Return the forms that an engine looks for in a column: few are anything but ISO 8601."""
    return (*map(form_of, source.formats), ISO, *(PLAIN if source.has_forms else ()))


def with_moments(table: ir.Table, sources: Mapping[str, FieldSource]) -> ir.Table:
    """Add the parts of each column of times, by the name of its field.

    `form`; `day`, counted as Python's date.toordinal does, of the date as written; `instant`,
    microseconds since day 0, in UTC where there is a zone; `odd`, the text where Python may be able
    to read it, or has to refuse it, and UNREADABLE for what nobody can read. Day and instant are
    null but where the engine reads.
    """
    typed = {name: of for name, of in sources.items() if _is_typed(table, of.column)}
    texts = {name: of for name, of in sources.items() if name not in typed}
    if typed:
        table = _with_typed(table, typed)
    if not texts:
        return table
    others = {name: forms_of(of) for name, of in texts.items() if forms_of(of) != (ISO,)}
    own = table
    table = _step(
        table, texts, lambda name, _: {"text": _text(own[texts[name].column], name in others)}
    )
    for read in (_look, _cut):
        table = _step(table, texts, partial(_by_parts, read))
    for write in (form_of_each, cut, numbers) if others else ():
        table = _step(table, others, partial(_by_forms, write, others))
    table = _step(table, texts, partial(_by_parts, _check))
    return _step(
        table,
        texts,
        lambda name, get: _compute(get, texts[name], knows_forms=traits_of(table).knows_forms),
    )


def _with_typed(own: ir.Table, typed: Mapping[str, FieldSource]) -> ir.Table:
    """Add the parts of columns of dates and times, in one step where no date is beyond Python's."""
    if not traits_of(own).has_far_dates:
        nothing = {ODD: ibis.null("string")}
        return _step(own, typed, lambda name, _: _parts_of(own[typed[name].column]) | nothing)
    table = _step(own, typed, lambda name, _: _near(own[typed[name].column], typed[name]))
    return _step(table, typed, lambda _, get: _parts_of(get("near")))


def _is_typed(table: ir.Table, column: str) -> bool:
    kind, its = table[column].type(), traits_of(table)
    is_day = kind.is_date() and not its.has_loose_types
    return bool(is_day or (kind.is_timestamp() and its.has_microseconds))


def _text(column: ir.Value, is_even: bool) -> ir.StringValue:
    """Write a column as text, with plain spaces only as `record.moments.even` does where it matters."""
    spaces = HARD_SPACES if is_even else ()
    return reduce(lambda text, space: text.replace(space, " "), spaces, as_text(column)).strip()


def _step(table: ir.Table, names: Iterable[str], values: Callable[[str, Get], Parts]) -> ir.Table:
    """Add parts to all columns of text in one step, made of those of earlier ones."""
    parts = {
        part(name, what): value
        for name in names
        for what, value in values(name, _getter(table, name)).items()
    }
    return settled(table.mutate(**parts))


def _by_forms(
    write: Callable[[Get, Sequence[Form]], Parts],
    forms: Mapping[str, Sequence[Form]],
    name: str,
    get: Get,
) -> Parts:
    return write(get, forms[name])


def _by_parts(read: Callable[[Get], Parts], _name: str, get: Get) -> Parts:
    return read(get)


def _getter(table: ir.Table, name: str) -> Get:
    return lambda what: table[part(name, what)]


def _near(value: ir.Value, source: FieldSource) -> Parts:
    """Keep a date or time that Python has too; an engine has many more years, and infinity."""
    kind = value.type()
    if kind.is_timestamp() and kind.scale == NANOSECONDS:  # from 1677 to 2262
        is_near = value.year().notnull()
    elif kind.is_timestamp():
        zone = UTC if kind.timezone else None
        ends = (end.replace(tzinfo=zone) for end in (datetime.min, datetime.max))  # noqa: DTZ901  # the zone follows
        is_near = value.between(*ends)
    else:
        days = (ibis.literal(str(day)).cast(kind) for day in (date.min, date.max))
        is_near = value.between(*days)
    left = as_text(value) if source.otherwise == "error" else ibis.literal(UNREADABLE)
    return {
        "near": ibis.ifelse(is_near, value, ibis.null(kind)),
        ODD: ibis.ifelse(value.isnull() | is_near, ibis.null("string"), left),
    }


def _parts_of(near: ir.Value) -> Parts:
    return _of_date(near) if near.type().is_date() else _of_timestamp(near)


def _of_date(near: ir.DateValue) -> Parts:
    day = day_number(near.year(), near.month(), near.day())
    return _typed(near, DATE, day, day * DAY_SECONDS * SECOND)


def _of_timestamp(near: ir.TimestampValue) -> Parts:
    is_zoned = near.type().timezone is not None
    if is_zoned:
        seconds = near.epoch_seconds().cast("int64") + EPOCH_DAY * DAY_SECONDS
        day = seconds // DAY_SECONDS
    else:
        day = day_number(near.year(), near.month(), near.day())
        clock = (near.hour() * 60 + near.minute()) * 60 + near.second()
        seconds = day * DAY_SECONDS + clock
    form = ZONED if is_zoned else LOCAL
    return _typed(near, form, day, seconds * SECOND + near.microsecond())


def _typed(near: ir.Value, form: int, day: ir.Value, instant: ir.Value) -> Parts:
    return {
        FORM: ibis.ifelse(near.isnull(), ABSENT, form).cast("int64"),
        DAY_NUMBER: day.cast("int64"),
        INSTANT: instant.cast("int64"),
    }


def _look(get: Get) -> dict[str, ir.Value]:
    """Tell which parts a text has."""
    text = get("text")
    return {
        "clock": text.re_search(f"^{DAY}{CLOCK}{ZONE}?$"),
        "second": text.re_search(f"^{DAY}[T ][0-9]{{2}}:[0-9]{{2}}:"),
        "zone": text.re_search(f"^{DAY}{CLOCK}{ZONE}$"),
        "offset": text.re_search(f"^{DAY}{CLOCK}{OFFSET}$"),
        "right": text.re_search(f"^{DAY}({CLOCK}{ZONE}?)?$"),
        "fraction": text.re_search(f"^{DAY}[T ][0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}[.]"),
    }


def _cut(get: Get) -> dict[str, ir.Value]:
    """Cut the parts that a text has into numbers; what is not there is 0."""
    text = get("text")
    end = text.length()

    def digits(there: ir.Value, start: ir.Value | int, length: int = 2) -> ir.Value:
        return ibis.ifelse(there, text.substr(start, length), "0").cast("int64")

    has_second = get("second") & get("clock")
    has_fraction = get("fraction") & get("clock")
    zone = ibis.cases((get("offset"), 6), (get("zone"), 1), else_=0)
    micros = (text.substr(20, ibis.ifelse(has_fraction, end - 20 - zone, 0)) + "000000").substr(
        0, 6
    )
    return {
        "year": digits(get("right"), 0, 4),
        "month": digits(get("right"), 5),
        "date": digits(get("right"), 8),
        "hours": digits(get("clock"), 11),
        "minutes": digits(get("clock"), 14),
        "seconds": digits(has_second, 17),
        "micros": ibis.ifelse(has_fraction, micros, "0").cast("int64"),
        "offset_hours": digits(get("offset"), end - 5),
        "offset_minutes": digits(get("offset"), end - 2),
        "sign": ibis.ifelse(text.substr(end - 6, 1) == "-", -1, 1),
    }


def _check(get: Get) -> dict[str, ir.Value]:
    """Tell which texts are times, and count their days."""
    is_read = (
        get("right")
        & get("year").between(1, 9999)
        & get("month").between(1, 12)
        & (get("date") >= 1)
        & (get("date") <= _days_in(get("year"), get("month")))
        & (get("hours") < HOURS)
        & (get("minutes") < MINUTES)
        & (get("seconds") < MINUTES)
        & (get("offset_hours") < HOURS)
        & (get("offset_minutes") < MINUTES)
    )
    return {"read": is_read, "days": day_number(get("year"), get("month"), get("date"))}


def _compute(get: Get, source: FieldSource, *, knows_forms: bool) -> dict[str, ir.Value]:
    offset = get("sign") * (get("offset_hours") * MINUTES + get("offset_minutes"))
    minutes = (get("days") * HOURS + get("hours")) * MINUTES + get("minutes") - offset
    instant = (minutes * 60 + get("seconds")) * SECOND + get("micros")
    form = ibis.cases((get("zone"), ZONED), (get("clock"), LOCAL), else_=DATE)
    is_blank = get("text").isnull() | (get("text") == "")
    nothing, no_text = ibis.null("int64"), ibis.null("string")
    forms, days, instants = ([(get("read"), value)] for value in (form, get("days"), instant))
    known = is_blank | get("read")
    if any(each.unit for each in forms_of(source)):
        since = get("since") + EPOCH_DAY * DAY_SECONDS * SECOND
        day = since // (DAY_SECONDS * SECOND)
        is_counted = day.between(1, LAST_DAY).fill_null(False)
        forms, days, instants = (
            [(is_counted, value), *read]
            for value, read in ((ZONED, forms), (day, days), (since, instants))
        )
        known = known | is_counted
    is_pythons = source.otherwise == "error" or not knows_forms
    is_left = ibis.literal(True) if is_pythons else get("text").re_search(BY_PYTHON)
    return {
        FORM: ibis.cases(*forms, else_=ABSENT).cast("int64"),
        DAY_NUMBER: ibis.cases(*days, else_=nothing),
        INSTANT: ibis.cases(*instants, else_=nothing),
        ODD: ibis.cases((known, no_text), (is_left, get("text")), else_=UNREADABLE),
    }


def _days_in(year: ir.Value, month: ir.Value) -> ir.Value:
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = ibis.ifelse(leap, 29, 28)
    return ibis.cases((month == 2, february), (month.isin((4, 6, 9, 11)), 30), else_=31)


def day_number(year: ir.Value, month: ir.Value, date: ir.Value) -> ir.Value:
    """Count days as Python's date.toordinal does: years from March on, so that leap days end them."""
    from_march = month > 2
    years = ibis.ifelse(from_march, year, year - 1).cast("int64")
    months = ibis.ifelse(from_march, month - 3, month + 9).cast("int64")
    leap_days = years // 4 - years // 100 + years // 400
    return 365 * years + leap_days + (153 * months + 2) // 5 + date.cast("int64") - 306


def month_number(day: ir.Value) -> ir.Value:
    """Count months from the year 0 on, of a day as `day_number` counts it."""
    days = day + 305  # from the first of March of the year 0
    era = days // 146_097
    of_era = days - era * 146_097
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    return 12 * (400 * era + year) + (5 * of_year + 2) // 153 + 2

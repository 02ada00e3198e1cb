"""Times of a table as numbers, computed by its engine.

The engine reads the usual forms of ISO 8601 and compares. What it cannot read stays text, which
Python then reads: the reader in `spelling` decides what a time is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

import ibis
import ibis.expr.types as ir

from winwinwin.mapping.dates import form_of
from winwinwin.mapping.model import FieldSource
from winwinwin.record.moments import PLAIN, Form
from winwinwin.tables.forms import Get, Parts, as_iso, cut, form_of_each
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

FORM, DAY_NUMBER, INSTANT, ODD, UNREAD, TEXT = "form", "day", "instant", "odd", "unread", "text"


def part(name: str, what: str) -> str:
    """Return the helper column that holds a part of a time."""
    return f"{HELPER}{name}_{what}"


def forms_of(source: FieldSource) -> tuple[Form, ...]:
    """Return the forms that an engine looks for in a column: few are anything but ISO 8601."""
    return (*map(form_of, source.formats), ISO, *(PLAIN if source.has_forms else ()))


def with_moments(
    table: ir.Table, columns: Mapping[str, str], forms: Mapping[str, Sequence[Form]]
) -> ir.Table:
    """Add the parts of each column of times, by the name of its field, read in these forms.

    `form`; `day`, counted as Python's date.toordinal does, of the date as written; `instant`,
    microseconds since day 0, in UTC where there is a zone; `odd`, the text where Python may be able
    to read it; `unread`, whether nobody can. Day and instant are null but where the engine reads.
    """
    texts: dict[str, str] = {}
    typed: dict[str, ir.Value] = {}
    for name, column in columns.items():
        kind = table[column].type()
        if kind.is_date():
            typed |= _of_date(table[column], name)
        elif kind.is_timestamp() and traits_of(table).has_microseconds:
            typed |= _of_timestamp(table[column], name)
        else:
            texts[name] = column
    if typed:
        table = settled(table.mutate(**typed))
    if not texts:
        return table
    known = {name: forms.get(name, (ISO,)) for name in texts}
    written = {name: as_text(table[column]).strip() for name, column in texts.items()}
    table = _step(table, texts, lambda name, _: form_of_each(written[name], known[name]))
    table = _step(table, texts, lambda name, get: cut(get, known[name]))
    table = _step(table, texts, lambda name, get: as_iso(get, known[name]))
    for read in (_look, _cut, _check, _compute):
        table = _step(table, texts, partial(_by_parts, read))
    return table


def _step(table: ir.Table, names: Iterable[str], values: Callable[[str, Get], Parts]) -> ir.Table:
    """Add parts to all columns of text in one step, made of those of earlier ones."""
    parts = {
        part(name, what): value
        for name in names
        for what, value in values(name, _getter(table, name)).items()
    }
    return settled(table.mutate(**parts))


def _by_parts(read: Callable[[Get], Parts], _name: str, get: Get) -> Parts:
    return read(get)


def _getter(table: ir.Table, name: str) -> Get:
    return lambda what: table[part(name, what)]


def _of_date(value: ir.DateValue, name: str) -> dict[str, ir.Value]:
    day = day_number(value.year(), value.month(), value.day())
    form = ibis.ifelse(value.isnull(), ABSENT, DATE)
    return _typed(name, form, day, day * DAY_SECONDS * SECOND)


def _of_timestamp(value: ir.TimestampValue, name: str) -> dict[str, ir.Value]:
    is_zoned = value.type().timezone is not None
    if is_zoned:
        seconds = value.epoch_seconds().cast("int64") + EPOCH_DAY * DAY_SECONDS
        day = seconds // DAY_SECONDS
    else:
        day = day_number(value.year(), value.month(), value.day())
        clock = (value.hour() * 60 + value.minute()) * 60 + value.second()
        seconds = day * DAY_SECONDS + clock
    form = ibis.ifelse(value.isnull(), ABSENT, ZONED if is_zoned else LOCAL)
    return _typed(name, form, day, seconds * SECOND + value.microsecond())


def _typed(name: str, form: ir.Value, day: ir.Value, instant: ir.Value) -> dict[str, ir.Value]:
    return {
        part(name, FORM): form.cast("int64"),
        part(name, DAY_NUMBER): day.cast("int64"),
        part(name, INSTANT): instant.cast("int64"),
        part(name, ODD): ibis.null("string"),
        part(name, UNREAD): ibis.literal(False),
    }


def _look(get: Get) -> dict[str, ir.Value]:
    """Tell which parts a text has."""
    text = get("iso")
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
    text = get("iso")
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


def _compute(get: Get) -> dict[str, ir.Value]:
    offset = get("sign") * (get("offset_hours") * MINUTES + get("offset_minutes"))
    minutes = (get("days") * HOURS + get("hours")) * MINUTES + get("minutes") - offset
    instant = (minutes * 60 + get("seconds")) * SECOND + get("micros")
    form = ibis.cases((get("zone"), ZONED), (get("clock"), LOCAL), else_=DATE)
    counted = get("since") + EPOCH_DAY * DAY_SECONDS * SECOND
    counted_day = counted // (DAY_SECONDS * SECOND)
    is_counted = counted_day.between(1, LAST_DAY).fill_null(False)
    is_read = get("read").fill_null(False)
    is_blank = get("text").isnull() | (get("text") == "")
    is_odd = ~(is_blank | is_read | is_counted)
    may_be_read = get("text").re_search(BY_PYTHON) & get("since").isnull()
    nothing, no_text = ibis.null("int64"), ibis.null("string")
    return {
        FORM: ibis.cases((is_counted, ZONED), (is_read, form), else_=ABSENT).cast("int64"),
        DAY_NUMBER: ibis.cases((is_counted, counted_day), (is_read, get("days")), else_=nothing),
        INSTANT: ibis.cases((is_counted, counted), (is_read, instant), else_=nothing),
        ODD: ibis.ifelse(is_odd & may_be_read, get("text"), no_text),
        UNREAD: is_odd & ~may_be_read,
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

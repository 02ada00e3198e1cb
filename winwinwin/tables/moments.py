"""Times of a table as numbers, computed by its engine.

The engine reads the usual forms of ISO 8601 and compares. What it can't read stays text, which
Python then reads: the reader of `spelling` has the last word on what a time is.
"""

from collections.abc import Callable, Mapping

import ibis
import ibis.expr.types as ir

from winwinwin.tables.steps import HELPER, settled

ABSENT, DATE, LOCAL, ZONED = range(4)
"""Forms of a time that the engine reads: none, a date, a date-time without a zone and with one."""

DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = "[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
OFFSET = "[+-][0-9]{2}:[0-9]{2}"
ZONE = f"(Z|{OFFSET})"

GROUP = r"\1"
"""The first group of a pattern, in a replacement."""

SECOND = 1_000_000
"""In microseconds."""
DAY_SECONDS = 86_400
EPOCH_DAY = 719_163
"""The day number of 1970-01-01."""

FORM, DAY_NUMBER, INSTANT, ODD = "form", "day", "instant", "odd"


def part(name: str, what: str) -> str:
    """Return the helper column that holds a part of a time."""
    return f"{HELPER}{name}_{what}"


def with_moments(table: ir.Table, columns: Mapping[str, str]) -> ir.Table:
    """Add the parts of each column of times, by the name of its field.

    `form`; `day`, counted as Python's date.toordinal does, of the date as written; `instant`,
    microseconds since day 0, in UTC where there is a zone; `odd`, the text where it can't be read.
    Day and instant are null where there is nothing or something odd.
    """
    for name, column in columns.items():
        kind = table[column].type()
        if kind.is_date():
            table = _of_dates(table, name, column)
        elif kind.is_timestamp():
            table = _of_timestamps(table, name, column)
        else:
            table = _of_texts(table, name, column)
    return table


def _of_dates(table: ir.Table, name: str, column: str) -> ir.Table:
    value = table[column]
    day = day_number(value.year(), value.month(), value.day())
    return _add(table, name, ibis.ifelse(value.isnull(), ABSENT, DATE), day, day * DAY_SECONDS * SECOND)


def _of_timestamps(table: ir.Table, name: str, column: str) -> ir.Table:
    value = table[column]
    is_zoned = value.type().timezone is not None
    if is_zoned:
        seconds = value.epoch_seconds().cast("int64") + EPOCH_DAY * DAY_SECONDS
        day = seconds // DAY_SECONDS
    else:
        day = day_number(value.year(), value.month(), value.day())
        clock = (value.hour() * 60 + value.minute()) * 60 + value.second()
        seconds = day * DAY_SECONDS + clock
    form = ibis.ifelse(value.isnull(), ABSENT, ZONED if is_zoned else LOCAL)
    return _add(table, name, form, day, seconds * SECOND + value.microsecond())


def _add(
    table: ir.Table, name: str, form: ir.Value, day: ir.Value, instant: ir.Value
) -> ir.Table:
    parts = {
        part(name, FORM): form.cast("int64"),
        part(name, DAY_NUMBER): day.cast("int64"),
        part(name, INSTANT): instant.cast("int64"),
        part(name, ODD): ibis.null("string"),
    }
    return settled(table.mutate(**parts))


def _of_texts(table: ir.Table, name: str, column: str) -> ir.Table:
    """Read text in steps, each of which uses the columns of the one before."""

    def at(what: str) -> str:
        return part(name, what)

    text = table[column].cast("string").strip()
    table = settled(
        table.mutate(
            **{
                at("text"): text,
                at("clock"): text.re_search(f"^{DAY}{CLOCK}{ZONE}?$"),
                at("second"): text.re_search(f"^{DAY}[T ][0-9]{{2}}:[0-9]{{2}}:"),
                at("zone"): text.re_search(f"^{DAY}{CLOCK}{ZONE}$"),
                at("offset"): text.re_search(f"^{DAY}{CLOCK}{OFFSET}$"),
                at("right"): text.re_search(f"^{DAY}({CLOCK}{ZONE}?)?$"),
                at("fraction"): text.re_replace("^[^.]*[.]?([0-9]*).*$", GROUP),
            }
        )
    )
    text, end = table[at("text")], table[at("text")].length()

    def digits(there: str, start: ir.Value | int) -> ir.Value:
        return ibis.ifelse(table[at(there)], text.substr(start, 2), "0").cast("int64")

    is_after_utc = ibis.ifelse(text.substr(end - 6, 1) == "-", -1, 1)
    padded = (table[at("fraction")] + "000000").substr(0, 6)
    has_fraction = table[at("second")] & table[at("clock")]
    table = settled(
        table.mutate(
            **{
                at("year"): ibis.ifelse(table[at("right")], text.substr(0, 4), "0").cast("int64"),
                at("month"): digits("right", 5),
                at("date"): digits("right", 8),
                at("hours"): digits("clock", 11),
                at("minutes"): digits("clock", 14),
                at("seconds"): ibis.ifelse(has_fraction, text.substr(17, 2), "0").cast("int64"),
                at("micros"): ibis.ifelse(has_fraction, padded, "0").cast("int64"),
                at("offset_hours"): digits("offset", end - 5),
                at("offset_minutes"): digits("offset", end - 2),
                at("sign"): is_after_utc,
            }
        )
    )
    get = _getter(table, name)
    is_read = (
        get("right")
        & get("year").between(1, 9999)
        & get("month").between(1, 12)
        & (get("date") >= 1)
        & (get("date") <= _days_in(get("year"), get("month")))
        & (get("hours") < 24)
        & (get("minutes") < 60)
        & (get("seconds") < 60)
        & (get("offset_hours") < 24)
        & (get("offset_minutes") < 60)
    )
    table = settled(
        table.mutate(
            **{
                at("read"): is_read,
                at(DAY_NUMBER): day_number(get("year"), get("month"), get("date")),
            }
        )
    )
    get = _getter(table, name)
    offset = get("sign") * (get("offset_hours") * 60 + get("offset_minutes"))
    minutes = get(DAY_NUMBER) * 1440 + get("hours") * 60 + get("minutes") - offset
    instant = (minutes * 60 + get("seconds")) * SECOND + get("micros")
    form = ibis.cases((get("zone"), ZONED), (get("clock"), LOCAL), else_=DATE)
    is_blank = get("text").isnull() | (get("text") == "")
    nothing, no_text = ibis.null("int64"), ibis.null("string")
    return settled(
        table.mutate(
            **{
                at(FORM): ibis.ifelse(get("read"), form, ABSENT).fill_null(ABSENT).cast("int64"),
                at(DAY_NUMBER): ibis.ifelse(get("read"), get(DAY_NUMBER), nothing),
                at(INSTANT): ibis.ifelse(get("read"), instant, nothing),
                at(ODD): ibis.ifelse(is_blank | get("read"), no_text, get("text")),
            }
        )
    )


def _getter(table: ir.Table, name: str) -> Callable[[str], ir.Value]:
    return lambda what: table[part(name, what)]


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

"""How dates and times are written beside ISO 8601, as patterns that Python and every engine read alike."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import floor
from typing import NamedTuple

NAME = "[^0-9 .,/-]+"
"""The name of a day or a month."""
DAY_OF_WEEK = f"(?:{NAME}[.]?,? +)?"
HALF = "([AaPp])[.]?[Mm][.]?"
ZONE = "(Z|UTC|GMT)?(?: ?([+-][0-9]{1,2}):?([0-9]{2})?)?"
CLOCK = (
    "(?:(?:T|,? +)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    f"(?: ?{HALF})?(?: ?{ZONE})?)?"
)
CLOCK_PARTS = (
    "hour",
    "minute",
    "second",
    "fraction",
    "half",
    "utc",
    "offset_hours",
    "offset_minutes",
)
MONTH, DAY = "(0?[1-9]|1[0-2])", "(0?[1-9]|[12][0-9]|3[01])"
CENTURY = 69
"""Years of two digits from here on are of the last century."""
NOON = 12

MONTHS: tuple[tuple[str, ...], ...] = tuple(
    tuple(names.split())
    for names in (
        "jan january januar janvier enero ene januari janeiro janv",
        "feb february februar février fevrier febrero februari fevereiro févr fevr fev",
        "mar march märz maerz mrz mars marzo maart mrt março marco",
        "apr april avril avr abril abr",
        "may mai mayo mei maio",
        "jun june juni juin junio junho",
        "jul july juli juillet juil julio julho",
        "aug august août aout agosto ago augustus",
        "sep sept september septembre septiembre setembro set",
        "oct october oktober okt octobre octubre outubro out",
        "nov november novembre noviembre novembro",
        "dec december dezember dez décembre decembre déc diciembre dic dezembro",
    )
)
"""The names of the months: English, German, French, Spanish, Dutch and Portuguese, long and short."""


class Form(NamedTuple):
    """One way of writing dates or times."""

    pattern: str
    """What the whole text looks like. Its groups may be empty, or not there."""
    parts: tuple[str, ...]
    """What each group holds."""
    unit: int = 0
    """Microseconds of a number that counts from 1970; 0 for any other form."""


PLAIN = (
    Form(
        f"([0-9]{{4}})[-/.]{MONTH}[-/.]{DAY}{CLOCK}",
        ("year", "month", "day", *CLOCK_PARTS),
    ),
    Form(
        f"{DAY_OF_WEEK}({NAME})[ .-]+{DAY}(?:st|nd|rd|th)?(?:,? +|-)([0-9]{{4}}){CLOCK}",
        ("name", "day", "year", *CLOCK_PARTS),
    ),
    Form(
        f"{DAY_OF_WEEK}{DAY}(?:st|nd|rd|th|er)?(?:[ ./-]+)(?:de +)?({NAME})[ .,/-]+(?:de +)?([0-9]{{4}}|[0-9]{{2}}){CLOCK}",
        ("day", "name", "year", *CLOCK_PARTS),
    ),
)
"""The forms that can be read in one way only."""


def moment_in(written: str, forms: Iterable[Form]) -> date | None:
    """Return the date or date-time that a text writes in the first form that it has.

    None where it has none, or that is no day of the calendar.
    """
    for form in forms:
        if found := _compiled(form.pattern).fullmatch(written):
            return _moment(form, found)
    return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _moment(form: Form, found: re.Match[str]) -> date | None:
    texts = {part: text or "" for part, text in zip(form.parts, found.groups(), strict=True)}
    try:
        if form.unit:
            since = timedelta(microseconds=floor(float(texts["epoch"]) * form.unit))
            return datetime(1970, 1, 1, tzinfo=UTC) + since
        written = iso(texts)
        return datetime.fromisoformat(written) if "T" in written else date.fromisoformat(written)
    except (ValueError, OverflowError):
        return None


def iso(parts: Mapping[str, str]) -> str:
    """Write parts as ISO 8601. What is no date or time stays none."""
    day = f"{_year(parts['year'])}-{_month(parts)}-{parts['day']:0>2}"
    if not parts.get("hour"):
        return day
    fraction = parts.get("fraction", "")
    clock = f"{_hour(parts):0>2}:{parts['minute']:0>2}:{parts.get('second') or '0':0>2}"
    return f"{day}T{clock}{'.' + fraction[:6] if fraction else ''}{_zone(parts)}"


def _year(written: str) -> str:
    if len(written) != 2:  # noqa: PLR2004  # digits
        return written
    return f"{'19' if int(written) >= CENTURY else '20'}{written}"


def _month(parts: Mapping[str, str]) -> str:
    if "month" in parts:
        return f"{parts['month']:0>2}"
    name = parts["name"].lower()
    return next((f"{number:02}" for number, names in enumerate(MONTHS, 1) if name in names), "00")


def _hour(parts: Mapping[str, str]) -> str:
    half, hour = parts.get("half", "").lower(), int(parts["hour"])
    if not half:
        return str(hour)
    if not 1 <= hour <= NOON:
        return "99"
    return str(hour % NOON + (NOON if half == "p" else 0))


def _zone(parts: Mapping[str, str]) -> str:
    offset = parts.get("offset_hours", "")
    if not offset:
        return "Z" if parts.get("utc") else ""
    return f"{offset[0]}{offset[1:]:0>2}:{parts.get('offset_minutes') or '00'}"

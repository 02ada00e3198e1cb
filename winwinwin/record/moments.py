"""How dates and times are written beside ISO 8601, as patterns that Python and every engine read alike."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache, reduce
from math import floor
from typing import NamedTuple

HARD_SPACES = ("\u00a0", "\u202f")
"""The spaces that keep a line together: browsers and word processors write them within times."""

NAME = "[^0-9 .,/-]+"
"""The name of a month."""
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


ZONES = {
    **dict.fromkeys(("Z", "UTC", "UT", "GMT", "WET"), "+0"),
    **dict.fromkeys(("CET", "MEZ", "WEST"), "+1"),
    **dict.fromkeys(("CEST", "MESZ", "EET", "SAST"), "+2"),
    **dict.fromkeys(("EEST", "MSK"), "+3"),
    **dict.fromkeys(("SGT", "HKT", "AWST"), "+8"),
    **dict.fromkeys(("JST", "KST"), "+9"),
    "AEST": "+10",
    "AEDT": "+11",
    "NZST": "+12",
    "NZDT": "+13",
    "BRT": "-3",
    "EDT": "-4",
    "EST": "-5",
    "CDT": "-5",
    "MDT": "-6",
    "PDT": "-7",
    "PST": "-8",
    "AKDT": "-8",
    "AKST": "-9",
    "HST": "-10",
}
"""The hours from UTC of the zones whose short names mean one zone."""
AMBIGUOUS = ("AST", "BST", "CST", "IST", "MST", "SST")
"""Short names of several zones: an Indian, an Irish and an Israeli one, for example."""


class Form(NamedTuple):
    """One way of writing dates or times."""

    pattern: str
    """What the whole text looks like. Its groups may be empty, or not there."""
    parts: tuple[str, ...]
    """What each group holds."""
    unit: int = 0
    """Microseconds of a number that counts from 1970; 0 for any other form."""


TWO = "([0-9]{1,2})"
DIRECTIVES: dict[str, Form] = {
    "Y": Form("([0-9]{4})", ("year",)),
    "y": Form("([0-9]{2})", ("year",)),
    "m": Form("(0?[1-9]|1[0-2])", ("month",)),
    "b": Form(f"({NAME})[.]?", ("name",)),
    "B": Form(f"({NAME})", ("name",)),
    "d": Form("(0?[1-9]|[12][0-9]|3[01])", ("day",)),
    "e": Form("(0?[1-9]|[12][0-9]|3[01])", ("day",)),
    "H": Form(TWO, ("hour",)),
    "I": Form(TWO, ("hour",)),
    "M": Form(TWO, ("minute",)),
    "S": Form(TWO, ("second",)),
    "f": Form("([0-9]{1,9})", ("fraction",)),
    "p": Form("([AaPp])[.]? ?[Mm][.]?", ("half",)),
    "z": Form(
        f"(?:({'|'.join(ZONES)})|(?:(?:UTC|GMT) ?)?([+-][0-9]{{1,2}}):?([0-9]{{2}})?"
        r"(?: ?[(][^()]*[)]|\[[A-Za-z_/]+\])?)?",
        ("zone", "offset_hours", "offset_minutes"),
    ),
    "Z": Form(f"({'|'.join(ZONES)})?", ("zone",)),
    "a": Form("[^0-9 .,/]+[.]?", ()),
    "A": Form("[^0-9 .,/]+", ()),
    "%": Form("%", ()),
}
"""What each directive of a format looks like, and the parts that its groups hold."""
DIRECTIVE = re.compile("%(.)")


def form(template: str) -> Form:
    """Return the form of a pattern in which directives stand for the parts of dates."""
    found = [DIRECTIVES[name] for name in DIRECTIVE.findall(template)]
    pattern = DIRECTIVE.sub(lambda name: DIRECTIVES[name[1]].pattern, template)
    return Form(pattern, tuple(part for each in found for part in each.parts))


WEEKDAY = "(?:%a,? +)?"
TIME = "%H(?:[:.]| ?h ?)%M(?:[:.]%S(?:[.,]%f)?)?(?: ?%p)?(?: ?(?:Uhr|uur|h))?(?: ?%z)?"
CLOCK = f"(?:(?:T|,? +(?:(?:at|um|om|à|às|a las|@|-) +)?){TIME})?"
"""What may stand after a day."""

PLAIN = (
    form(f"{WEEKDAY}%Y[-/.年년] ?%m[-/.月월] ?%d[.日일]?(?: ?[(][^0-9()BC]+[)])?{CLOCK}"),
    form(f"{WEEKDAY}%B[ .-]+%d(?:st|nd|rd|th)?(?:,? +|-)%Y{CLOCK}"),
    form(f"{WEEKDAY}%b +%d +%H:%M:%S(?: +%z)? +%Y"),
    *(
        form(f"{WEEKDAY}%d(?:st|nd|rd|th|er)?[ ./-]+(?:de +)?%B[ .,/-]+(?:de +)?{year}{CLOCK}")
        for year in ("%Y", "%y")
    ),
)
"""The forms that can be read in one way only."""


def moment_in(written: str, forms: Iterable[Form]) -> date | None:
    """Return the date or date-time that a text writes in the first form that it has.

    None where it has none, or that is no day of the calendar.
    """
    spaced = even(written)
    for each in forms:
        if found := _compiled(each.pattern).fullmatch(spaced):
            return _moment(each, found)
    return None


def even(written: str) -> str:
    """Write plain spaces for those that keep a line together."""
    return reduce(lambda text, space: text.replace(space, " "), HARD_SPACES, written)


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
    offset = parts.get("offset_hours") or ZONES.get(parts.get("zone", ""), "")
    if not offset:
        return ""
    return f"{offset[0]}{offset[1:]:0>2}:{parts.get('offset_minutes') or '00'}"

"""Dates as people and systems write them: by formats, by plain forms, and on an engine alike."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest
from conftest import Run
from hypothesis import given, settings
from hypothesis import strategies as st

from winwinwin.loading.addresses import address
from winwinwin.mapping.dates import form_of, problem_of
from winwinwin.mapping.fields import read_field
from winwinwin.mapping.model import FieldSource
from winwinwin.record.moments import MONTHS, PLAIN, moment_in
from winwinwin.tables import engines
from winwinwin.tables.moments import (
    DAY_NUMBER,
    FORM,
    INSTANT,
    ODD,
    UNREADABLE,
    part,
    with_moments,
)

DAY = date(2026, 11, 23)
MORNING = datetime(2026, 11, 23, 9, 5, 11)  # noqa: DTZ001  # a local time
AFTERNOON = datetime(2026, 11, 23, 14, 5)  # noqa: DTZ001


def zoned(hours: float) -> datetime:
    return MORNING.replace(tzinfo=timezone(timedelta(hours=hours)))


PLAINLY: list[tuple[str, date | None]] = [
        ("2026/11/23", DAY), ("2026.11.23", DAY), ("2026-11-3", date(2026, 11, 3)),
        ("2026/11/23 9:05:11 AM GMT+1", zoned(1)), ("2026-11-23 09:05:11 UTC", zoned(0)),
        ("2026-11-23 09:05:11 -0500", zoned(-5)), ("2026-11-23 09:05:11 +05:30", zoned(5.5)),
        ("2026-11-23 09:05:11", MORNING), ("2026-11-23, 9:05:11 a.m.", MORNING),
        ("2026-11-23 9:05:11.250", MORNING.replace(microsecond=250_000)),
        ("Nov 23, 2026", DAY), ("November 23rd, 2026", DAY), ("Monday, November 23, 2026", DAY),
        ("23-Nov-26", DAY), ("23. November 2026", DAY), ("23 nov. 2026", DAY), ("23 Nov 1999", date(1999, 11, 23)),
        ("23 de noviembre de 2026", DAY), ("3 März 2026", date(2026, 3, 3)), ("1er mars 2026", date(2026, 3, 1)),
        ("Mon, 23 Nov 2026 09:05:11 GMT", zoned(0)), ("Nov 23, 2026, 9:05:11 AM", MORNING),
        ("Mon Nov 23 2026 09:05:11 GMT+0100 (Central European Standard Time)", zoned(1)),
        ("2026-11-23T09:05:11+01:00[Europe/Berlin]", zoned(1)), ("Mon Nov 23 09:05:11 EST 2026", zoned(-5)),
        ("Mon Nov 23 09:05:11 +0000 2026", zoned(0)), ("Tue Nov  3 09:05:11 2026", MORNING.replace(day=3)),
        ("Nov 23, 2026 at 9:05:11\u202fAM", MORNING), ("Nov 23, 2026 @ 09:05:11.000", MORNING),
        ("lundi 23 novembre 2026 à 14h05", AFTERNOON), ("23 nov. 2026 à 14 h 05", AFTERNOON),
        ("Mo., 23. November 2026 um 14:05 Uhr", AFTERNOON), ("Mon 2026-11-23 09:05:11 CET", zoned(1)),
        ("23 de noviembre de 2026 a las 2:05 p. m.", AFTERNOON), ("23 nov 2026, 2:05\u00a0p.\u00a0m.", AFTERNOON),
        ("segunda-feira, 23 de novembro de 2026 às 14:05", AFTERNOON), ("23 november 2026 om 14.05 uur", AFTERNOON),
        ("2026年11月23日", DAY), ("2026年11月23日 14:05", AFTERNOON), ("2026/11/23(月)", DAY), ("2026. 11. 23.", DAY),
        *((f"2026-11-23 09:05:11 {zone}", zoned(hours)) for zone, hours in (
            ("CEST", 2), ("MEZ", 1), ("EDT", -4), ("PST", -8), ("PDT", -7), ("JST", 9), ("Z", 0), ("GMT", 0))),
        *((f"2026-11-23 09:05:11 {zone}", None) for zone in ("IST", "CST", "EST+1", "XYZ", "est")),
        ("12/31/2026 12:00 AM", None), ("23.11.2026", None), ("11/23/26", None), ("2026-13-01", None),
        ("2026-02-30 10:00 UTC", None), ("2026/11/23 13:05 PM", None), ("2026/11/23 0:05 AM", None),
        ("23 Foo 2026", None), ("1795428000", None), ("46349.4", None), ("10:00", None), ("", None),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), PLAINLY)
def test_what_can_be_read_in_one_way_only_needs_no_format(written: str, meant: date | None) -> None:
    assert moment_in(written, PLAIN) == meant


@pytest.mark.parametrize(
    ("format_", "written", "meant"),
    [
        ("%d.%m.%Y", "23.11.2026", DAY), ("%d.%m.%Y", "3.1.2026", date(2026, 1, 3)),
        ("%m/%d/%Y", "11/23/2026", DAY), ("%m/%d/%y", "11/23/26", DAY), ("%D", "11/23/26", DAY),
        ("%m/%d/%Y %I:%M:%S %p", "11/23/2026 9:05:11 AM", MORNING),
        ("%m/%d/%Y %I:%M %p", "11/23/2026 12:05 am", datetime(2026, 11, 23, 0, 5)),  # noqa: DTZ001
        ("%d/%m/%Y %H:%M:%S", "23/11/2026 09:05:11", MORNING), ("%d-%b-%y", "23-NOV-26", DAY),
        ("%Y%m%d", "20261123", DAY), ("%d%m%Y", "23112026", DAY), ("%Y%m%d%H%M%S", "20261123090511", MORNING),
        ("%d.%m.%Y %H:%M:%S %z", "23.11.2026 09:05:11 +0100", zoned(1)),
        ("%A, %d. %B %Y", "Montag, 23. November 2026", DAY),
        ("%d/%m/%Y à %Hh%M", "23/11/2026 à 14h05", AFTERNOON), ("%a, %d.%m.%Y", "Mo., 23.11.2026", DAY),
        ("%d.%m.%Y um %H:%M Uhr", "23.11.2026 um 14:05 Uhr", AFTERNOON),
        ("%m/%d/%Y, %I:%M %p", "11/23/2026, 2:05\u202fPM", AFTERNOON),
        ("%d/%m/%Y %I:%M %p", "23/11/2026 2:05 p.\u00a0m.", AFTERNOON),
        ("%d.%m.%Y %H:%M:%S %Z", "23.11.2026 09:05:11 MEZ", zoned(1)),
        ("%m/%d/%Y %H:%M:%S %z", "11/23/2026 09:05:11 EST", zoned(-5)),
        ("%m/%d/%Y %H:%M:%S %z", "11/23/2026 09:05:11 CST", None),
        ("[%d(%m)%Y]", "[23(11)2026]", DAY), ("am %d.%m.%Y", "am 23.11.2026", DAY),
        ("epoch seconds", "1795424711", datetime(2026, 11, 23, 9, 5, 11, tzinfo=UTC)),
        ("epoch milliseconds", "1795424711250", datetime(2026, 11, 23, 9, 5, 11, 250_000, tzinfo=UTC)),
        ("epoch seconds", "946684800", datetime(2000, 1, 1, tzinfo=UTC)),
        ("epoch milliseconds", "4102444799999.5", datetime(2099, 12, 31, 23, 59, 59, 999_500, tzinfo=UTC)),
        *((each, text, None) for each in ("epoch seconds", "epoch milliseconds") for text in (
            "-1", "0", "2026", "20261123", "46349.4", "946684799", "4102444800", "946684799999", "4102444800000",
            "999999999999999")),
        ("%d.%m.%Y", "31.02.2026", None), ("%d.%m.%Y", "11/23/2026", None), ("%d.%m.%Y", "23.11.26", None),
    ],
)  # fmt: skip
def test_a_format_says_how_dates_are_written(
    format_: str, written: str, meant: date | None
) -> None:
    assert problem_of(format_) is None
    assert moment_in(written, [form_of(format_)]) == meant


def test_a_zone_of_several_is_refused_with_a_word() -> None:
    [problem] = read_field("date", None, "2026-11-23 09:05 IST").problems
    said = "'2026-11-23 09:05 IST' is in a time zone of several: IST. Write its hours from UTC"
    assert problem.message.startswith(said)


@pytest.mark.parametrize(
    ("format_", "said"),
    [
        ("%d.%m", "'%d.%m' is not a whole date. Name year, month and day, such as %d.%m.%Y."),
        ("%d.%m.%Y %H", "'%d.%m.%Y %H' is not a whole time. Name hour and minute, such as %H:%M."),
        ("%d.%m.%Y %M", "'%d.%m.%Y %M' is not a whole time."),
        ("%d.%m.%Y %m", "'%d.%m.%Y %m' has a part twice. Write each once."),
        ("%d.%q.%Y", "%q in '%d.%q.%Y' is not known. (%Y, "),
        ("dd.mm.yyyy", "'dd.mm.yyyy' is not a format of dates. (%d.%m.%Y %H:%M, epoch seconds"),
        ("epoch second", "'epoch second' is not a format of dates. Did you mean 'epoch seconds'?"),
        (None, "null is not a format of dates."),
        (["%d"], "a list is not a format of dates."),
    ],
)
def test_a_format_that_is_none_is_refused(format_: Any, said: str) -> None:
    problem = problem_of(format_)
    assert problem is not None
    assert problem.message.startswith(said)


# The same on an engine.

FORMATS = (
    "%d.%m.%Y %H:%M",
    "%m/%d/%Y",
    "%m/%d/%Y %I:%M %p",
    "%a, %d.%m.%Y um %H:%M Uhr",
    "%d-%b-%y",
    "epoch seconds",
    "epoch milliseconds",
    "%m/%d/%y, %H:%M %z",
    "%Y%m%d %H%M %z",
)


def engine_reads(
    texts: list[str | None], formats: tuple[str, ...], engine: Any = ibis
) -> list[date | str | None]:
    """Return what an engine makes of texts: a moment, 'odd' where Python has to look, None for nothing."""
    rows = pa.table({"t": pa.array(texts, pa.string()), "n": range(len(texts))})
    own = ibis.memtable(rows) if engine is ibis else engine.create_table("texts", rows, temp=True)
    table = with_moments(own, {"date": FieldSource("t", formats=formats, has_forms=True)})
    names = [part("date", what) for what in (FORM, DAY_NUMBER, INSTANT, ODD)]
    found = table.order_by("n").select(*names).to_pyarrow().to_pylist()
    return [_moment(*(row[name] for name in names)) for row in found]


def _moment(form: int, day: int, instant: int, odd: str | None) -> date | str | None:
    if odd is not None and odd != UNREADABLE:
        return "odd"
    if form == 0:
        return None
    if form == 1:
        return date.fromordinal(day)
    since_one = datetime(1, 1, 1) + timedelta(microseconds=instant) - timedelta(days=1)  # noqa: DTZ001
    return since_one.replace(tzinfo=UTC) if form == 3 else since_one


def python_reads(text: str | None, formats: tuple[str, ...]) -> date | None:
    moment: date | None = read_field("date", FieldSource("t", formats=formats), text).value
    return moment


EPOCHAL = ("1795424711", "1795424711250", "2026", "946684799", "946684800.25", "4102444799999", "0")
NAMES = [name for names in MONTHS for name in names]
numbers = st.integers(0, 40).map(str) | st.integers(0, 99).map("{:02}".format)
years = st.integers(0, 9999).map("{:04}".format) | st.integers(0, 99).map("{:02}".format)
gaps = st.sampled_from(
    ["-", "/", ".", " ", ", ", "", "T", ":", "h", " de ", " à ", "\u202f", "年", "月", "日 ", " @ "]
)
words = st.sampled_from(
    [
        *NAMES,
        "Nov",
        "NOV",
        "Foo",
        "AM",
        "pm",
        "a.m.",
        "Z",
        "UTC",
        "GMT+1",
        "+01:00",
        "-0530",
        "+7",
        "Mon,",
        "Mo.,",
        "Uhr",
        "CET",
        "EST",
        "IST",
        "a. m.",
        "(Central European Standard Time)",
    ]
)
pieces = st.tuples(numbers | years | words, gaps).map("".join)
likely = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).flatmap(  # noqa: DTZ001
    lambda when: st.sampled_from(
        [
            when.isoformat(), when.isoformat(" ", "seconds"), when.strftime("%d.%m.%Y %H:%M"),
            f"{when:%m/%d/}{when.year:04}", f"{when:%m/%d/}{when.year:04} {when:%I:%M %p}", when.strftime("%d-%b-%y"),
            f"{when.year:04}/{when.month}/{when.day} {when:%I:%M:%S %p} GMT+1",
            f"{when:%a %b %d} {when.year:04} {when:%H:%M:%S} GMT+0100 (Central European Standard Time)",
            f"{when:%a %b %d %H:%M:%S} PST {when.year:04}", f"{when:%A} {when:%d %B} {when.year:04} à {when:%Hh%M}",
            f"{when:%a}, {when:%d.%m.}{when.year:04} um {when:%H:%M} Uhr", f"{when.year:04}年{when.month}月{when.day}日",
            f"{when:%b %d}, {when.year:04} at {when:%I:%M}\u202f{when:%p}", f"{when.isoformat()}[Europe/Paris]",
            f"{when:%b %d}, {when.year:04}", f"{when:%a, %d %b} {when.year:04} {when:%H:%M:%S} GMT",
            f"{when.year:04}{when:%m%d %H%M} -0330", str(int((when - datetime(1970, 1, 1)).total_seconds())),  # noqa: DTZ001
            str(int((when - datetime(1970, 1, 1)).total_seconds() * 1000)), *EPOCHAL,  # noqa: DTZ001
        ]
    )
)  # fmt: skip
texts = st.none() | st.text(max_size=12) | likely | st.lists(pieces, max_size=8).map("".join)


@settings(max_examples=25, deadline=None)
@given(st.lists(texts, min_size=1, max_size=60), st.sets(st.sampled_from(FORMATS)))
def test_an_engine_reads_what_python_reads(found: list[str | None], chosen: set[str]) -> None:
    formats = tuple(sorted(chosen))
    for text, read in zip(found, engine_reads(found, formats), strict=True):
        if read != "odd":  # then Python reads it anyway
            assert read == python_reads(text, formats), text


@pytest.mark.xdist_group("postgres")
def test_postgresql_reads_what_python_reads(postgres_url: str) -> None:
    of_formats = ["23.11.2026 14:05", "11/23/2026 2:05\u202fPM", "11/23/26, 9:05 CET", *EPOCHAL]
    texts = [text for text, _ in PLAINLY] + of_formats
    engine = engines.connect(address(postgres_url))
    found = engine_reads([*texts], FORMATS, engine)
    engine.disconnect()
    for text, read in zip(texts, found, strict=True):
        assert read in ("odd", python_reads(text, FORMATS)), text


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_how_to_have_dates_read_names_their_column_and_keeps_its_formats(
    run: Run, tmp_path: Path, suffix: str
) -> None:
    days = ["23.11.2026", "1795428000000", "11/23/2026", "2026", "46349.4"]
    rows = [{"id": str(n), "Closed on": day, "customer": "won"} for n, day in enumerate(days)]
    text = ["id,Closed on,customer", *(",".join(row.values()) for row in rows)]
    lines = text if suffix == "csv" else list(map(json.dumps, rows))
    (tmp_path / f"t.{suffix}").write_text("\n".join(lines))
    (tmp_path / "m.yaml").write_text(
        "customer: customer\ndate: {column: Closed on,"
        ' format: ["%d.%m.%Y", epoch seconds, epoch milliseconds]}\n'
    )
    done = run("batch", f"t.{suffix}", "--map", "m.yaml", cwd=tmp_path)
    unread = [line for line in done.err.splitlines() if "read as not recorded" in line]
    assert sorted(line.split("'")[1] for line in unread) == ["11/23/2026", "2026", "46349.4"]
    known = '"%d.%m.%Y", "epoch seconds", "epoch milliseconds"'
    said = f'write date: {{column: Closed on, format: [{known}, "%m/%d/%Y"]}} in the mapping;'
    assert said in done.err


def test_dates_that_contradict_each_other_are_shown(run: Run, tmp_path: Path) -> None:
    rows = ["13/04/2026", "05/06/2026", "04/30/2026"]
    text = "".join(f"{n},won,{day}\n" for n, day in enumerate(rows))
    (tmp_path / "t.csv").write_text(f"id,customer,Closed\n{text}")
    said = "'13/04/2026' has the day first and '04/30/2026' has the month first, and others may"
    assert (
        f"# {said} be read in both ways. Uncomment one:\n" in run("map", "t.csv", cwd=tmp_path).out
    )
    (tmp_path / "m.yaml").write_text("customer: customer\ndate: Closed\n")
    assert f"in the mapping: {said}" in run("batch", "t.csv", "--map", "m.yaml", cwd=tmp_path).err

"""What a command line says of the interactions to look at: values, days and lengths of time."""

from collections.abc import Iterable
from datetime import date

from winwinwin.batch.asking import verdict_named
from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.kernel.verdict import Verdict
from winwinwin.near import nearest
from winwinwin.stats.periods import LENGTHS, any_period, last_period
from winwinwin.stats.selecting import Selection, alternatives

LIST = "winwinwin list FILE --only"
"""What lists the records with a verdict."""
LISTS = {
    Verdict.UNDETERMINED: "batch --ask FILE, or ",
    **dict.fromkeys(
        (Verdict.ORGANIZATION_LOSES, Verdict.NOT_COVERED, Verdict.OUT_OF_ORDER),
        "batch --talk FILE, or ",
    ),
}
"""What lists the interactions with a verdict of any source, where something does."""
DAYS = "2026-11-16, 2026-W47 or 2026-11"
"""How days, weeks and months are written, as an example."""


def selection_of(
    only: Iterable[str], since: str | None, until: str | None, last: str | None, today: date
) -> Selection:
    """Return what is asked for. Raises UsageError for what is no such thing."""
    wanted = alternatives(map(_only, only))
    begin = None if since is None else _day("--since", since)[0]
    end = None if until is None else _day("--until", until)[1]
    if last is not None:
        if begin is not None:
            what = "--last: --since is given too, and both say where to begin"
            raise UsageError(Problem(what, hint="Leave one of them out."))
        begin, end = _last(last, today, end)
    if begin and end and begin > end:
        what = f"--since: {begin.isoformat()} is after --until {end.isoformat()}"
        raise UsageError(Problem(what, hint="Exchange them."))
    return Selection(wanted, begin, end)


def _only(written: str) -> tuple[str, str | None]:
    dimension, equals, value = written.partition("=")
    dimension = dimension.strip()
    if not (equals and dimension):
        raise UsageError(_no_value(written))
    return dimension, value or None


def _no_value(written: str) -> Problem:
    """Return the problem of what is not WHAT=VALUE; a verdict is listed elsewhere."""
    what = f"--only: {quoted(written)} names no value"
    hint = "Write WHAT=VALUE, such as employee=Mateo, or employee= for those without one."
    try:
        verdict = verdict_named(written, "--only", [*Verdict])
    except UsageError:
        return Problem(what, hint=hint)
    return Problem(what, hint=f"{hint} For a verdict: {LISTS.get(verdict, '')}{LIST} {verdict}.")


def _day(flag: str, written: str) -> tuple[date, date]:
    found = any_period(written.strip())
    if found is None:
        raise UsageError(Problem(f"{flag}: {quoted(written)} is not a day, week or month", DAYS))
    return found


def _last(written: str, today: date, until: date | None) -> tuple[date, date]:
    found = last_period(written.strip().lower(), today, until)
    if found is None:
        what = f"--last: {quoted(written)} is not a length of time"
        raise UsageError(Problem(what, ", ".join(LENGTHS), nearest(written, LENGTHS)))
    return found

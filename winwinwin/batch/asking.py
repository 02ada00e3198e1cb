"""What can be asked of a batch on a command line: dimensions and gates."""

import re
from collections.abc import Sequence
from decimal import Decimal

from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.kernel.verdict import JUDGED, WORDINGS, Verdict
from winwinwin.near import nearest
from winwinwin.stats.dimensions import DIMENSIONS, TAG, grouping
from winwinwin.stats.gates import Gate

EVERYTHING = 100
"""Percent of the interactions of a run."""
LIMIT = re.compile(r"([0-9]{1,12})(\.[0-9]{1,12})?(%)?")
"""Few enough digits for an exact float; no run has a trillion interactions."""


def checked_dimension(dimension: str, flag: str = "--by") -> str:
    """Return a dimension that records can be grouped by. Raises UsageError for any other."""
    try:
        grouping(dimension)
    except KeyError:
        known = [*DIMENSIONS, f"{TAG}NAME"]
        what = f"{quoted(dimension)} is not a dimension"
        near = nearest(dimension, known)
        raise UsageError(Problem(what, ", ".join(known), near, field=flag)) from None
    return dimension


def verdict_named(word: str, flag: str, known: Sequence[Verdict]) -> Verdict:
    """Return a verdict by its code or its label. Raises UsageError, which names the known codes."""
    labels = {_apart(wording.label): verdict.value for verdict, wording in WORDINGS.items()}
    code = labels.get(_apart(word), word)
    if code not in known:
        here = " here" if code in labels.values() else ""
        what = f"{quoted(word)} is not a verdict{here}"
        raise UsageError(Problem(what, ", ".join(known), nearest(word, known), field=flag))
    return Verdict(code)


def _apart(word: str) -> str:
    """Return the words of a verdict in small letters, however they are joined."""
    return " ".join(re.split(r"[-_/\s]+", word.lower().strip()))


def parse_gate(written: str, *, at_least: bool = False, surely: bool = False) -> Gate:
    """Read VERDICT=N or VERDICT=N%; at most, also VERDICT alone. Raises UsageError for anything else."""
    flag = "--require" if at_least else "--fail-on"
    word, equals, limit = written.partition("=")
    verdict = verdict_named(word, flag, JUDGED)  # an invalid record fails a run in any case
    if at_least and not equals:
        hint = f"Write {verdict}=N or {verdict}=N%."
        raise UsageError(Problem(f"{flag}: {verdict} has no limit", hint=hint))
    number, percent = _read_limit(limit if equals else "0", flag)
    return Gate(verdict, number, percent, at_least, surely)


def _read_limit(written: str, flag: str) -> tuple[float, bool]:
    """Read a limit, and whether it is a percentage. Raises UsageError for what is none."""
    found = LIMIT.fullmatch(written)
    if found is None:
        hint = "Write a number of interactions, or a percentage."
        raise UsageError(Problem(f"{flag}: {quoted(written)} is not a limit", hint=hint))
    whole, fraction, percent = found.groups(default="")
    number = Decimal(whole + fraction)
    if fraction and not percent:
        what = f"{flag}: {quoted(written)} is not a number of interactions"
        percentage = f"{100 * number:f}".rstrip("0").rstrip(".")
        hint = f"Did you mean {percentage or 0}%?" if number <= 1 else "Write a whole number."
        raise UsageError(Problem(what, hint=hint))
    if percent and number > EVERYTHING:
        hint = "Write a percentage from 0 to 100."
        raise UsageError(Problem(f"{flag}: {quoted(written)} is more than all", hint=hint))
    return float(number), bool(percent)

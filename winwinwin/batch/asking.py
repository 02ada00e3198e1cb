"""What can be asked of a batch on a command line: dimensions and gates."""

import re
from collections.abc import Sequence

from winwinwin.errors import Problem, UsageError, quoted
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.near import nearest
from winwinwin.stats.dimensions import DIMENSIONS, TAG, grouping
from winwinwin.stats.tally import GATED, Gate

EVERYTHING = 100
"""Percent of the interactions of a run."""
LIMIT = re.compile(r"(\d+(?:\.\d+)?)(%?)")


def checked_dimension(dimension: str, flag: str = "--by") -> str:
    """Return a dimension that records can be grouped by. Raises UsageError for any other."""
    try:
        grouping(dimension)
    except KeyError:
        known = [*DIMENSIONS, f"{TAG}NAME"]
        what = f"{flag}: {quoted(dimension)} is not a dimension"
        raise UsageError(Problem(what, ", ".join(known), nearest(dimension, known))) from None
    return dimension


def verdict_named(word: str, flag: str, known: Sequence[str]) -> Verdict:
    """Return a verdict by its code or its label. Raises UsageError, which names the known codes."""
    labels = {wording.label: verdict.value for verdict, wording in WORDINGS.items()}
    code = labels.get(" ".join(word.lower().split()), word)
    if code not in known:
        what = f"{flag}: {quoted(word)} is not a verdict"
        raise UsageError(Problem(what, ", ".join(known), nearest(word, known)))
    return Verdict(code)


def parse_gate(written: str) -> Gate:
    """Read VERDICT, VERDICT=N or VERDICT=N%. Raises UsageError for anything else."""
    word, equals, limit = written.partition("=")
    verdict = verdict_named(word, "--fail-on", GATED)
    number = LIMIT.fullmatch(limit if equals else "0")
    if number is None:
        hint = "Write a number of interactions, or a percentage."
        raise UsageError(Problem(f"--fail-on: {quoted(limit)} is not a limit", hint=hint))
    gate = Gate(verdict, float(number[1]), bool(number[2]))
    if gate.percent and gate.limit > EVERYTHING:
        hint = "Write a percentage from 0 to 100."
        raise UsageError(Problem(f"--fail-on: {quoted(limit)} is more than all", hint=hint))
    return gate

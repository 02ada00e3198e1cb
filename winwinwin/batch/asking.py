"""What can be asked of a batch on a command line: dimensions and gates."""

import re

from winwinwin.errors import Problem, UsageError, nearest, quoted
from winwinwin.kernel.verdict import Verdict
from winwinwin.stats.dimensions import DIMENSIONS, TAG, grouping
from winwinwin.stats.tally import GATED, Gate

EVERYTHING = 100
"""Percent of the interactions of a run."""
LIMIT = re.compile(r"(\d+(?:\.\d+)?)(%?)")


def checked_dimension(dimension: str) -> str:
    """Return a dimension that records can be grouped by. Raises UsageError for any other."""
    try:
        grouping(dimension)
    except KeyError:
        known = [*DIMENSIONS, f"{TAG}NAME"]
        what = f"--by: {quoted(dimension)} is not a dimension"
        raise UsageError(Problem(what, ", ".join(known), nearest(dimension, known))) from None
    return dimension


def parse_gate(written: str) -> Gate:
    """Read VERDICT, VERDICT=N or VERDICT=N%. Raises UsageError for anything else."""
    verdict, equals, limit = written.partition("=")
    if verdict not in GATED:
        what = f"--fail-on: {quoted(verdict)} is not a verdict"
        raise UsageError(Problem(what, ", ".join(GATED), nearest(verdict, GATED)))
    number = LIMIT.fullmatch(limit if equals else "0")
    if number is None:
        hint = "Write a number of interactions, or a percentage."
        raise UsageError(Problem(f"--fail-on: {quoted(limit)} is not a limit", hint=hint))
    gate = Gate(Verdict(verdict), float(number[1]), bool(number[2]))
    if gate.percent and gate.limit > EVERYTHING:
        hint = "Write a percentage from 0 to 100."
        raise UsageError(Problem(f"--fail-on: {quoted(limit)} is more than all", hint=hint))
    return gate

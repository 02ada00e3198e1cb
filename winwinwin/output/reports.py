"""The mistakes of a run on standard error: the first of them, and how many more there are."""

from collections.abc import Iterable

from winwinwin.errors import Problem, count
from winwinwin.output import streams

MOST_ERRORS = 100
"""Problems of a run that are shown, unless --max-errors says otherwise."""


class Reports:
    """Shows problems as they come, up to a number of them."""

    def __init__(self, most: int = MOST_ERRORS) -> None:
        self._most = most
        self._found = 0

    def show(self, problems: Iterable[Problem | str]) -> None:
        """Show problems, each on lines of its own; a text is one that has its words already."""
        for problem in problems:
            if self._found < self._most:
                streams.warn(f"{problem}\n")
            self._found += problem.number if isinstance(problem, Problem) else 1

    def end(self) -> None:
        """Say how many were not shown."""
        if self._found > self._most:
            more = count(self._found - self._most, "more problem")
            streams.warn(f"{more} not shown (--max-errors {self._most})\n")

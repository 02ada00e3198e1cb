"""What to do about a mistake in YAML's syntax, from libyaml's message and the line."""

import re
from typing import NamedTuple

from winwinwin.errors import RUN_TOGETHER, apart

BLANKS = r" *(?:- +)*"
KEY = rf"{BLANKS}[^\s:#'\"\[{{][^:#]*: +"
"""What comes before a value on its line."""

NOT_A_KEY = "mapping values are not allowed in this context"
NO_COLON = "could not find expected ':'"
TOO_DEEP = "nested too deeply"
TOO_FAR_LEFT = "found a line that is indented too little"

CLOSE = "Close what opens here."
OTHER = "Check the quotes, brackets and indentation above it."


class Clue(NamedTuple):
    """How a mistake is recognized, and what to do about it."""

    said: str
    """A pattern of what libyaml says."""
    line: str
    """A pattern of the line up to the mark and the character there."""
    hint: str
    """What to do; {} is what the pattern of the line captures."""


CLUES = (
    Clue(TOO_DEEP, ".*", "Facts are not nested this deeply."),
    Clue(
        TOO_FAR_LEFT,
        ".*",
        "Close the quotes, or indent every line of the text further than its record.",
    ),
    Clue("tab character|cannot start any token", r".*\t", "Indent with spaces, not tabs."),
    Clue("cannot start any token", r".*(\S)", "Quote a text that begins with {}."),
    Clue(NOT_A_KEY, rf"{KEY}.*:", 'Quote a text that holds ": ".'),
    Clue("scanning an alias", ".*", "Quote a text that begins with *."),
    Clue("scanning an anchor", ".*", "Quote a text that begins with &."),
    Clue("scanning a tag", ".*", "Quote a text that begins with !."),
    Clue(
        "scanning a block scalar|expected (?:node content|key)|(?:entries|keys) are not allowed",
        rf"{KEY}([|>\[\]{{}},?-]).*",
        "Quote a text that begins with {}.",
    ),
    Clue("expected ',' or", ".*", "Put commas between the values, and close the bracket."),
    Clue("expected key", rf"{KEY}['\"].*", "Put other quotes around the whole text."),
)
"""The first that fits is taken."""


def hint(said: str, line: str, column: int) -> str:
    """Return what to do about a mistake at a column (from 0) of a line."""
    if (NOT_A_KEY in said or NO_COLON in said) and (found := runs_together(line)):
        return apart(found)
    for clue in CLUES:
        fits = re.fullmatch(clue.line, line[: column + 1])
        if fits and re.search(clue.said, said):
            return clue.hint.format(*fits.groups())
    return OTHER


def runs_together(line: str) -> re.Match[str] | None:
    """Find a key and a value without a blank between them at the beginning of a line."""
    begun = re.match(BLANKS, line)
    return RUN_TOGETHER.match(line, begun.end() if begun else 0)

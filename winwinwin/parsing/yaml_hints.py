"""What to do about a mistake in YAML's syntax, from libyaml's message and the line."""

import re
from typing import NamedTuple

from winwinwin.errors import RUN_TOGETHER, apart
from winwinwin.parsing.draft import WRAPPER

BLANKS = r" *(?:- +)*"
KEY = rf"{BLANKS}[^\s:#'\"\[{{][^:#]*: +"
"""What comes before a value on its line."""

NOT_A_KEY = "mapping values are not allowed in this context"
NO_COLON = "could not find expected ':'"
TOO_DEEP = "nested too deeply"
TOO_FAR_LEFT = "found a line that is indented too little"

CLOSE = "Close what opens here."
OTHER = "Check the quotes, brackets and indentation above it. The parser says: {}."
BEGIN = 'Begin each record with "- ".'
SAME_KEY = "Begin this line in the same column as the key above it."
SAME_DASH = "Begin this line in the same column as the dashes above it."

KEY_ABOVE = re.compile(rf"({BLANKS})[^\s:#'\"\[{{][^:#]*:(?:\s|$)")
OUT_OF_LINE = re.compile("expected (?:'-' indicator|key|<document start>)")
"""What libyaml says of a line that begins in a column of its own."""


class Clue(NamedTuple):
    """How a mistake is recognized, and what to do about it."""

    said: str
    """A pattern of what libyaml says."""
    line: str
    """A pattern of the line up to the mark and the character there."""
    hint: str
    """What to do; {} is what the pattern of the line captures."""
    rest: str = ".*"
    """A pattern of the rest of the line."""


CLUES = (
    Clue(TOO_DEEP, ".*", "Facts are not nested this deeply."),
    Clue(
        TOO_FAR_LEFT,
        ".*",
        "Close the quotes, or indent every line of the text further than its record.",
    ),
    Clue("tab character|cannot start any token", r".*\t", "Indent with spaces, not tabs."),
    Clue("cannot start any token", r".*(\S)", "Put quotes around text that begins with {}."),
    Clue(f"{NOT_A_KEY}|expected '-' indicator", " *-", BEGIN, rest=r"\w+:(?:\s.*)?"),
    Clue("scanning an alias", r" *\* ", BEGIN, rest=r" *\w+:(?:\s.*)?"),
    Clue(NOT_A_KEY, WRAPPER[0], f"Put a colon after {WRAPPER}.", rest=WRAPPER[1:]),
    Clue(
        NOT_A_KEY,
        rf"{KEY}\w+\s*[,;]\s*\w+:",
        "Write one key per line, or put quotes around the whole text.",
    ),
    Clue(NOT_A_KEY, rf"{KEY}.*:", "Put quotes around text that contains ': '."),
    Clue(
        "<document start>",
        r"\{",
        "Write --- between the records, or name their format: --input-format jsonl.",
    ),
    Clue("scanning an alias", ".*", "Put quotes around text that begins with *."),
    Clue("scanning an anchor", ".*", "Put quotes around text that begins with &."),
    Clue("scanning a tag", ".*", "Put quotes around text that begins with !."),
    Clue(
        "entries are not allowed",
        f"{KEY}-",
        "Leave the key out, or write unknown.",
        rest=r"\s*(?:#.*)?",
    ),
    Clue(
        "scanning a block scalar|expected (?:node content|key)|(?:entries|keys) are not allowed",
        rf"{KEY}([|>\[\]{{}},?-]).*",
        "Put quotes around text that begins with {}.",
    ),
    Clue("expected ',' or", ".*", "Put commas between the values, and close the bracket."),
    Clue(
        "expected key",
        rf"{KEY}['\"].*",
        "Use the other kind of quotes around the whole text.",
    ),
)
"""The first that fits is taken."""


def hint(said: str, line: str, column: int, above: str) -> str:
    """Return what to do about a mistake at a column (from 0) of a line, by the line above it."""
    if (NOT_A_KEY in said or NO_COLON in said) and (found := runs_together(line)):
        return apart(found)
    for clue in CLUES:
        fits = re.fullmatch(clue.line, line[: column + 1])
        if fits and re.search(clue.said, said) and re.fullmatch(clue.rest, line[column + 1 :]):
            return clue.hint.format(*fits.groups())
    return _alignment(said, line, column, above) or OTHER.format(said)


def _alignment(said: str, line: str, column: int, above: str) -> str:
    """Return where a line should begin that is out of line; '' where another thing is wrong."""
    indent = len(line) - len(line.lstrip(" "))
    key = KEY_ABOVE.match(above)
    key_column = key.end(1) if key else indent
    begins = column == indent and OUT_OF_LINE.search(said)
    goes_on = NOT_A_KEY in said and indent > key_column and ":" not in line[:column]
    if not (begins or goes_on):
        return ""
    if re.match(r"-(?:\s|$)", line[indent:]):
        is_first = key and key[1] == " " * indent  # the record above has no dash
        return BEGIN if is_first else SAME_DASH
    return SAME_KEY if key_column != indent else ""


def runs_together(line: str) -> re.Match[str] | None:
    """Find a key and a value that run together at the beginning of a line."""
    begun = re.match(BLANKS, line)
    return RUN_TOGETHER.match(line, begun.end() if begun else 0)


def runs_on(line: str) -> int | None:
    """Return the column from which a line is read as text that the next one continues.

    That is so where its key and value run together, a record's dash has no space behind it, or
    the key above a list has no colon. None for other lines.
    """
    if found := runs_together(line):
        return found.start()
    begun = re.match(rf" *(?=-\w+: )|(?={WRAPPER}$)", line)
    return begun.end() if begun else None

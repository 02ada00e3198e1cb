"""Wording a mistake in YAML's syntax, and finding where reading goes on after it."""

import re
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import yaml

from winwinwin.errors import Problem
from winwinwin.parsing.tape import CHUNK, Tape
from winwinwin.parsing.yaml_hints import CLOSE, NO_COLON, NOT_A_KEY, TOO_DEEP, hint, runs_on

MISTAKES = (yaml.MarkedYAMLError, UnicodeDecodeError)
"""What a parser raises; the second for a tag with percent escapes."""

Mistake: TypeAlias = yaml.MarkedYAMLError | UnicodeDecodeError

MARKERS = frozenset({"---", "..."})
"""What begins or ends a document."""

ITEM = re.compile(r" *-\s")
RECORD_DASH = r" *-(?=\n? +(?:\{|\w+: ))"
"""The dash of what looks like a record, at any column: orders have no such items."""

LONGEST_BEGINNING = 200
"""Enough characters to recognize an item or a document, with the line end before it."""

TOO_DEEP_FOR_LIBYAML = "exceeded maximum nesting depth"
"""What libyaml says from 0.2.6 on, which refuses a depth of 1,000 by itself."""


class Beginning(NamedTuple):
    """Where a list item or a document may begin."""

    position: int
    mark: str
    """A dash and what indents it, or one of the markers."""

    @property
    def is_item(self) -> bool:
        return self.mark not in MARKERS

    @property
    def column(self) -> int:
        """Column of an item's dash, from 0."""
        return len(self.mark) - 1

    @property
    def dash(self) -> int:
        """Position of an item's dash."""
        return self.position + self.column


class Blame(NamedTuple):
    """Where a mistake was made, and what it is."""

    position: int
    problem: Problem


def blame(mistake: Mistake, tape: Tape, zero: int, done: int) -> Blame:
    """Find a mistake on the tape, which may have been made far above where it was noticed.

    Brackets and quotes that run to the end of the document, or brackets that run to another list
    item, were left open.

    Marks count from the position `zero`; everything before the position `done` has been read.
    """
    if isinstance(mistake, UnicodeDecodeError) or mistake.problem_mark is None:
        problem = Problem("not YAML", hint="Remove the tag: it is not UTF-8.")
        return Blame(done + 1, problem.at(tape.place(done)))
    what = str(mistake.problem)
    where = f", {mistake.context}" if mistake.context else ""
    if what == TOO_DEEP_FOR_LIBYAML:
        what, where = TOO_DEEP, ""
    at = shown = zero + mistake.problem_mark.index
    begun = zero + mistake.context_mark.index if mistake.context_mark else -1
    line_start = at - mistake.problem_mark.column
    runs_out = tape.text(at, at + 3) in {"", *MARKERS} or (
        "flow" in where and begun < line_start and bool(ITEM.match(tape.text(line_start, at + 2)))
    )
    advice = ""
    if what == NOT_A_KEY:
        shown = _above(tape, at)
        at = line_start if line_start > done else at  # text from above may have run on to this line
    elif what == NO_COLON and begun >= done:
        at = shown = begun
    elif runs_out and begun >= done:
        at, shown, advice = begun, begun, CLOSE
    elif at == tape.end:
        shown = done + len(tape.text(done, at).rstrip())
    place = tape.place(shown)
    advice = advice or _advice(f"{what}{where}", tape, shown)
    return Blame(at, Problem("not YAML", hint=advice, place=place))


def _advice(said: str, tape: Tape, position: int) -> str:
    line, column = _line_of(tape, position)
    line_start = position - column
    above = _line_of(tape, line_start - 1)[0] if line_start else ""
    return hint(said, line, column, above)


def _line_of(tape: Tape, position: int) -> tuple[str, int]:
    """Return the line of a position, and its column from 0; of a long line, what is near it."""
    before = tape.text(position - LONGEST_BEGINNING, position).rpartition("\n")[2]
    return before + tape.text(position, position + LONGEST_BEGINNING).partition("\n")[0], len(
        before
    )


def _above(tape: Tape, colon: int) -> int:
    """Return where the blame lies for a colon: on the line above, if that runs on to this one."""
    line, column = _line_of(tape, colon)
    line_start = colon - column
    above, width = _line_of(tape, line_start - 1)
    found = runs_on(above) if line_start and ": " not in line[:column] else None
    return colon if found is None else line_start - 1 - width + found


def beginning_after(
    tape: Tape, mistake: int, done: int, begin: int, indent: int | None
) -> Beginning | None:
    """Return where to go on after a mistake: at the next item or document, None without one.

    Everything before the position `done` has been read, from the position `begin` on. In
    a list (with an indent), the item that the mistake is in may begin long before it.
    """
    own_passed = False
    for beginning in _beginnings(tape, done, indent):
        behind = beginning.position + len(beginning.mark) > mistake and beginning.position > begin
        in_list = not beginning.is_item or (indent is not None and beginning.column <= indent)
        if behind or (own_passed and in_list):
            return beginning
        own_passed |= beginning.is_item and in_list
    return None


def _beginnings(tape: Tape, start: int, indent: int | None) -> Iterator[Beginning]:
    """Yield each beginning from a position on, reading on for it and letting go of the rest."""
    dash = "" if indent is None else rf" {{0,{indent}}}-(?=\s)|"
    pattern = re.compile(rf"^(?:{dash}{RECORD_DASH}|(?:---|\.\.\.)(?=\s))", re.MULTILINE)
    column = tape.point(start).column - 1
    if tape.text(start - column, start) == " " * column:  # else it is in the middle of a line
        start, column = start - column, 0
    text = tape.following(start)
    first = 1 if column else 0
    ended = False
    while not ended:
        for match in pattern.finditer(text, first):
            first = match.end()
            yield Beginning(start + match.start(), match[0])
        more = tape.following(start + len(text))
        ended = not more
        cut = max(len(text) - LONGEST_BEGINNING, 0)
        start, text, first = start + cut, text[cut:] + more, max(first - cut, min(cut, 1))
        tape.let_go(start)


def item_before(tape: Tape, mistake: int, done: int, indent: int) -> tuple[int, int] | None:
    """Return where the first item that is not read begins and ends, if that is before a mistake.

    It ends before the next line that is not indented further, and before any other dash that is
    indented with a tab.
    """
    text = tape.text(done, mistake + LONGEST_BEGINNING)
    item = re.match(rf"((?:[ \t]*(?:#.*)?\n)*) {{0,{indent}}}-\s", text)
    line_behind = re.compile(rf"^ {{0,{indent}}}(?=[^\s#]|\t\s*-\s)", re.MULTILINE)
    behind = line_behind.search(text, item.end()) if item else None
    if not item or not behind or done + behind.start() > mistake:
        return None
    return done + item.end(1), done + behind.start()


def has_tail(tape: Tape, done: int, indent: int) -> bool:
    """Tell whether a list item that seemed complete continues with something unreadable."""
    text = tape.text(done, done + CHUNK)
    gap = re.match(r"(?:\s|#.*)*", text)
    rest = text[gap.end() :] if gap else text
    if re.match(r"-(?:\s|$)", rest):
        return False
    column = tape.point(done + len(text) - len(rest)).column - 1
    return column > indent or (column == indent and bool(re.match(r"\w+:\s", rest)))

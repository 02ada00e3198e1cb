"""The command that compares two rulebooks."""

import json
from collections import Counter
from collections.abc import Sequence

from winwinwin.analysis.difference import Change, change, difference, rows
from winwinwin.analysis.fingerprint import stamp
from winwinwin.analysis.table import kinds
from winwinwin.cli import output
from winwinwin.cli.rulebooks import judge_by
from winwinwin.errors import UnreadableError
from winwinwin.evaluation import Judge
from winwinwin.judgement import Unjudged
from winwinwin.render import markdown, plain
from winwinwin.render.differences import (
    Recordings,
    Sides,
    difference_object,
    difference_page,
)
from winwinwin.sources.documents import read_all

BUILTIN = "the built-in rulebook"


def diff(
    one: str,
    other: str | None,
    *,
    assumptions: bool,
    on: Sequence[str],
    exit_code: bool,
    format_name: str,
    color: bool,
) -> int:
    """Write what changes from one rulebook to another (None for the built-in one).

    Returns 2 where any of the interactions could not be read, 1 where the rulebooks differ and
    the exit code is to tell, else 0.
    """
    judges = judge_by(one, assumptions=assumptions), judge_by(other, assumptions=assumptions)
    sides = Sides(one, other or BUILTIN, (stamp(judges[0]), stamp(judges[1])))
    found = difference(*judges)
    recordings, is_whole = _recordings(on, *judges) if on else (None, True)
    blocks = difference_page(sides, found, rows(found.changed), len(kinds()), recordings)
    output.write_all(
        {
            "text": lambda: plain.paint(blocks),
            "screen": lambda: output.on_screen(blocks, color=color),
            "markdown": lambda: markdown.paint(blocks),
            "json": lambda: json.dumps(difference_object(sides, found, recordings)) + "\n",
        },
        format_name,
        [],
    )
    if not is_whole:
        return 2
    return int(exit_code and not found.is_same)


def _recordings(paths: Sequence[str], one: Judge, other: Judge) -> tuple[Recordings, bool]:
    """Judge interactions by both; and tell whether all that there is could be read."""
    changes: Counter[Change] = Counter()
    invalid = unread = 0
    for item in read_all(paths):
        if isinstance(item, UnreadableError):
            unread += 1
            output.warn(f"{item}\n")
        elif isinstance(item, Unjudged):
            invalid += 1
            output.warn("".join(f"{problem}\n" for problem in item.problems))
        else:
            changes[change(item.outcomes.facts, one, other)] += 1
    return Recordings(changes, invalid), not (invalid or unread)

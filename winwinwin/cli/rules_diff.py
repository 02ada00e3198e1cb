"""The command that compares two rulebooks."""

import json
from collections import Counter
from collections.abc import Sequence

from winwinwin.analysis.difference import VerdictPair, difference, rows, verdict_pair
from winwinwin.analysis.fingerprint import stamp
from winwinwin.analysis.table import kinds
from winwinwin.cli import garbage, output
from winwinwin.cli.rulebooks import judge_by
from winwinwin.evaluation import Judge
from winwinwin.render import markdown, plain
from winwinwin.render.differences import (
    Recordings,
    Sides,
    difference_object,
    difference_page,
)

BUILTIN = "the built-in rulebook"


def diff(
    one: str,
    other: str | None,
    *,
    assumptions: bool,
    on: Sequence[str],
    input_format: str | None,
    mapping: str | None,
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
    recordings, is_whole = _recordings(on, input_format, mapping, judges) if on else (None, True)
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


def _recordings(
    paths: Sequence[str], input_format: str | None, mapping: str | None, judges: tuple[Judge, Judge]
) -> tuple[Recordings, bool]:
    """Judge interactions by both; and tell whether all that there is could be read."""
    from winwinwin.cli import two  # a fifth of a second, of tables and pages

    garbage.collect()
    sides = [two.Side(path, input_format, mapping) for path in paths]
    tallies = [side.tally(judges[0], ()) for side in sides]
    pairs: Counter[VerdictPair] = Counter()
    for tally in tallies:
        for kind, number in tally.all.kinds.items():
            pairs[verdict_pair(kind, *judges)] += number
    invalid = sum(tally.invalid for tally in tallies)
    unread = sum(tally.unreadable for tally in tallies)
    return Recordings(pairs, invalid, unread), not any(tally.exit_code() for tally in tallies)

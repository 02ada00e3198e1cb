"""YAML to plain values, one record at a time: by lines where they are usual, by libyaml's events elsewhere."""

import re
from collections.abc import Generator, Iterator
from functools import partial

from winwinwin.errors import UnreadableError
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.tape import ILLEGAL, Tape
from winwinwin.parsing.yaml_events import Builder
from winwinwin.parsing.yaml_lines import Items
from winwinwin.parsing.yaml_mistakes import MISTAKES, Mistake, beginning_after, blame

NOT_YAML = re.compile(f"{ILLEGAL.pattern}|[\x85\u2028\u2029]")
"""With the characters that end a line in YAML 1.1 and don't in 1.2."""


def read_yaml(tape: Tape) -> Iterator[Draft]:
    """Yield the records of each document: a single one, a list, or a list under `interactions`.

    A mistake in the syntax loses its list item, or else its document: reading goes on at the next
    one. Raises UnreadableError where no next one can be found.
    """
    tape.refused = NOT_YAML
    rest: Builder | None = Builder(tape)
    is_first = True
    while rest is not None:
        usual = Items(tape, rest.begin, rest.prefix, partial(_slice, tape))
        for draft in () if rest.out_of_line else usual.read():
            is_first = False
            yield draft
        if usual.is_over:
            return
        builder = rest.at(usual.rest, usual.wrapper)
        rest = None
        try:
            for draft in builder.stream():
                is_first = False
                if draft.start >= usual.yielded:
                    yield draft
        except MISTAKES as mistake:
            rest = yield from _past(mistake, builder, usual.yielded, is_first=is_first)
            is_first = False


def _past(
    mistake: Mistake, builder: Builder, yielded: int, *, is_first: bool
) -> Generator[Draft, None, Builder | None]:
    """Yield what is to be said of a mistake, and return what reads on; None where nothing follows."""
    tape = builder.tape
    at, problem = blame(mistake, tape, builder.zero, builder.done)
    yield from (draft for draft in builder.unharmed(at) if draft.start >= yielded)
    try:
        found = beginning_after(tape, at, builder.done, builder.begin, builder.indent)
    except UnreadableError as error:
        raise UnreadableError(problem, *error.problems) from None
    problems = [problem, *tape.illegal_before(found.position if found else tape.end)]
    cut_off = builder.in_brackets or (is_first and builder.indent is None)
    if found is None and cut_off:
        raise UnreadableError(*problems) from None
    reported = builder.out_of_line and found is not None and found.dash == at
    if not reported:
        yield Draft.unwritten(tape, *problems)
    if found is None:
        return None
    rest = builder.going_on(found)
    same_list = found.is_item and builder.indent is not None
    rest.out_of_line = same_list and not reported and found.column != builder.indent
    return rest


def _slice(tape: Tape, begin: int, end: int, wrapper: str) -> list[Draft] | None:
    """Return the records between two positions, below a line; None where there is a mistake."""
    try:
        return list(Builder(tape, begin, wrapper, end).stream())
    except MISTAKES:
        return None

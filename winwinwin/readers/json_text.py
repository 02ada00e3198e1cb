"""JSON and JSONL to plain values, one record at a time, with the checks a parser leaves out.

Numbers stay text, as in YAML, so that an id keeps its digits.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from winwinwin.errors import SHOWN, Place, Problem, UnreadableError
from winwinwin.readers.draft import WRAPPER, Draft, beside_wrapper, given_twice
from winwinwin.readers.tape import Tape

SPACE = re.compile(r"[ \t\n]*")
HINT = "Check the commas, quotes and brackets around it."


def read_json(tape: Tape) -> Iterator[Draft]:
    """Yield the records of one JSON text: the one, the list, or the list under `interactions`.

    Raises UnreadableError at the first mistake in the syntax.
    """
    reader = Reader(tape, tape.read_all())
    try:
        yield from reader.document()
    except _NotJsonError as mistake:
        raise UnreadableError(mistake.problem) from None


def read_jsonl(tape: Tape) -> Iterator[Draft]:
    """Yield the record of each line that isn't blank. A mistake in one line costs that line."""
    start = number = 0
    rest = ""
    while more := tape.read():
        *lines, rest = (rest + more).split("\n")
        for line in lines:
            number += 1
            yield from _jsonl_record(tape, line, start, number)
            start += len(line) + 1
    yield from _jsonl_record(tape, rest, start, number + 1)


def _jsonl_record(tape: Tape, line: str, start: int, number: int) -> Iterator[Draft]:
    tape.let_go(start)
    if line.isspace() or not line:
        return
    reader = Reader(tape, line, start, number)
    try:
        record = reader.record(reader.after_space(0))
        reader.expect_end(reader.end)
        yield record
    except _NotJsonError as mistake:
        yield Draft.unwritten(tape, mistake.problem)


class _NotJsonError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


class Reader:
    """Reads records from a text, and notes what is wrong with the writing of the current one."""

    def __init__(self, tape: Tape, text: str, start: int = 0, line: int = 1) -> None:
        """Read a text that begins at a position of the tape, on a line (from 1)."""
        self.tape = tape
        self.text = text
        self.start = start
        self.first_line = self.line = line
        self.line_start = self.counted = 0
        self.end = 0
        """Position in the text after the value that was read last."""
        self.repeated = False
        """Whether an object of the current record has a key twice."""
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self.pairs,
            parse_int=str,
            parse_float=str,
            parse_constant=self.constant,
        )

    def document(self) -> Iterator[Draft]:
        at = self.after_space(0)
        if at == len(self.text):
            return
        if self.text[at] == "[":
            yield from self.items(at)
        elif self.text[at] == "{":
            yield from self.wrapper_or_record(at)
        else:
            yield self.record(at)
        self.expect_end(self.end)

    def items(self, at: int) -> Iterator[Draft]:
        """Yield the records of the list that begins here."""
        closed, at = self.opened(at, "]")
        while not closed:
            yield self.record(at)
            closed, at = self.separated("]")

    def wrapper_or_record(self, start: int) -> Iterator[Draft]:
        """Yield the one record that an object is, or the records that it wraps."""
        value: dict[str, Any] = {}
        problems: list[Problem] = []
        wraps = False
        keys = {}
        closed, at = self.opened(start, "}")
        while not closed:
            key_at = at
            key, at = self.key(at)
            if key == WRAPPER and self.text[at : at + 1] == "[":
                wraps = True
                yield from self.items(at)
            else:
                if key in value:
                    problems.append(given_twice(key).at(self.place(key_at)))
                keys[key] = key_at
                value.setdefault(key, self.value(at))
            closed, at = self.separated("}")
        if wraps:
            problems += [beside_wrapper(key).at(self.place(at)) for key, at in keys.items()]
        if problems or not wraps:
            yield self.draft(value, start, problems)

    def key(self, at: int) -> tuple[str, int]:
        """Return a key and where its value begins."""
        if self.text[at : at + 1] != '"':
            raise self.mistake("expecting a key in double quotes", at)
        key = self.value(at)
        colon = self.after_space(self.end)
        if self.text[colon : colon + 1] != ":":
            raise self.mistake("expecting ':'", colon)
        return key, self.after_space(colon + 1)

    def opened(self, at: int, closing: str) -> tuple[bool, int]:
        """Step into a list or object: whether it is closed at once, and where reading goes on."""
        at = self.after_space(at + 1)
        closed = self.text[at : at + 1] == closing
        self.end = at + 1
        return closed, at

    def separated(self, closing: str) -> tuple[bool, int]:
        """Step over a separator: whether it was the closing one, and where reading goes on."""
        at = self.after_space(self.end)
        separator = self.text[at : at + 1]
        if separator not in (",", closing) or not separator:
            raise self.mistake(f"expecting ',' or '{closing}'", at)
        self.end = at + 1
        return separator == closing, self.after_space(at + 1)

    def record(self, at: int) -> Draft:
        self.tape.let_go(self.start + at - SHOWN)
        return self.draft(self.value(at), at, [])

    def draft(self, value: Any, at: int, problems: list[Problem]) -> Draft:
        line, column = self.line_and_column(at)
        end = self.start + self.end
        draft = Draft(value, self.tape, self.start + at, end, line, column, problems)
        if self.repeated:
            problems += draft.repeated_keys()
            self.repeated = False
        if self.tape.illegal:
            problems += self.tape.illegal_before(end)
        return draft

    def value(self, at: int) -> Any:
        try:
            value, self.end = self.decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            raise self.mistake(error.msg[:1].lower() + error.msg[1:], error.pos) from None
        except RecursionError:
            raise self.mistake("nested too deep", at) from None
        return value

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(reversed(pairs))
        self.repeated |= len(value) != len(pairs)
        return value

    def constant(self, word: str) -> str:
        """Read what JSON does not have (NaN, Infinity) as text, for the field to refuse."""
        return word

    def after_space(self, at: int) -> int:
        match = SPACE.match(self.text, at)
        return match.end() if match else at

    def expect_end(self, at: int) -> None:
        at = self.after_space(at)
        if at < len(self.text):
            raise self.mistake("expecting nothing more", at)

    def line_and_column(self, at: int) -> tuple[int, int]:
        """Count on from the last place that was asked for, so that a run counts each line once."""
        if at < self.counted:
            self.counted, self.line, self.line_start = 0, self.first_line, 0
        self.line += self.text.count("\n", self.counted, at)
        self.line_start = max(self.line_start, self.text.rfind("\n", self.counted, at) + 1)
        self.counted = at
        return self.line, at - self.line_start

    def place(self, at: int) -> Place:
        line, column = self.line_and_column(at)
        return self.tape.place(self.start + at, line, column)

    def mistake(self, what: str, at: int) -> _NotJsonError:
        return _NotJsonError(Problem(f"not JSON: {what}", hint=HINT).at(self.place(at)))

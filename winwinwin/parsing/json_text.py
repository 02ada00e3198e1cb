"""JSON to plain values, one record at a time, with the checks a parser leaves out.

Numbers stay text, as in YAML, so that an id keeps its digits.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from winwinwin.errors import SHOWN, Place, Problem, Problems, UnreadableError
from winwinwin.parsing.draft import WRAPPER, Draft, beside_wrapper, given_twice
from winwinwin.parsing.places import json_tokens
from winwinwin.parsing.tape import Tape

SPACE = re.compile(r"[ \t\n]*")
SURROGATE = re.compile(
    r"\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}"  # a pair is one character
    r"|u([dD][89a-fA-F][\da-fA-F]{2})|.)"
)
"""An escape; its group holds the digits of a surrogate that has no pair."""
ANY_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
HINT = "Check the commas, quotes and brackets around it."


def read_json(tape: Tape) -> Iterator[Draft]:
    """Yield the records of a JSON text: a single one, a list, or a list under `interactions`.

    Raises UnreadableError at the first mistake in the syntax.
    """
    reader = Reader(tape, tape.read_all())
    with reader.mistakes_told():
        yield from reader.document()


class NotJsonError(Exception):
    """A mistake in the syntax."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.what)
        self.problem = problem


class Reader:
    """Reads records from a text, and notes what is wrong with the writing of the current one."""

    def __init__(self, tape: Tape, text: str, start: int = 0, line: int = 1) -> None:
        """Read a text that begins at a position of the tape, on a line (from 1)."""
        self.tape = tape
        self.start = start
        self.line = line
        """Line of the place up to which lines were counted."""
        self.counted = 0
        self.end = 0
        """Position in the text after the value that was read last."""
        self.repeated = False
        """Whether an object of the current record has a key twice."""
        self.text = self.without_surrogates(text) if ANY_SURROGATE.search(text) else text
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self.pairs,
            parse_int=str,
            parse_float=str,
            parse_constant=self.constant,
        )

    @contextmanager
    def mistakes_told(self) -> Iterator[None]:
        """Raise UnreadableError for a mistake in the syntax, with the illegal characters of the text."""
        try:
            yield
        except NotJsonError as mistake:
            illegal = self.tape.illegal_before(self.tape.end)
            raise UnreadableError(mistake.problem, *illegal) from None

    def without_surrogates(self, text: str) -> str:
        """Replace the escapes of half characters; their record reports them."""

        def replaced(escape: re.Match[str]) -> str:
            if escape[1] is None:
                return escape[0]
            self.tape.refuse(self.start + escape.start(), chr(int(escape[1], 16)))
            return r"\ufffd"

        return SURROGATE.sub(replaced, text)

    def line_record(self) -> Draft:
        """Return the one record of the text, or what is wrong with it."""
        try:
            record = self.record(self.after_space(0))
            self.expect_end()
        except NotJsonError as mistake:
            end = self.start + len(self.text)
            return Draft.unwritten(self.tape, mistake.problem, *self.tape.illegal_before(end))
        return record

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
        self.expect_end()

    def items(self, at: int) -> Iterator[Draft]:
        """Yield the records of the list that begins here."""
        closed, at = self.opened(at, "]")
        while not closed:
            yield self.record(at)
            closed, at = self.separated("]")

    def wrapper_or_record(self, start: int) -> Iterator[Draft]:
        """Yield the one record that an object is, or the records that it wraps."""
        value: dict[str, Any] = {}
        beside = Problems()
        wraps = False
        closed, at = self.opened(start, "}")
        while not closed:
            place = self.place(at)
            key, at = self.key(at)
            if key == WRAPPER and self.text[at : at + 1] == "[":
                if wraps:
                    beside.append(given_twice(key).at(place))
                yield from self.unwritten(beside)
                beside, wraps = Problems(), True
                yield from self.items(at)
            else:
                beside.append(beside_wrapper(key).at(place))
                self.repeated |= key in value
                value.setdefault(key, self.value(at))
            closed, at = self.separated("}")
        if wraps:
            yield from self.unwritten(beside)
        elif self.repeated or value != {WRAPPER: None}:
            yield self.draft(value, start)

    def unwritten(self, problems: Problems) -> Iterator[Draft]:
        if problems:
            yield Draft.unwritten(self.tape, *problems.in_order())

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
        return self.draft(self.value(at), at)

    def draft(self, value: Any, at: int) -> Draft:
        start, end = self.start + at, self.start + self.end
        draft = Draft(value, self.tape, json_tokens, start, end, self.line_of(at), 0)
        if self.repeated:
            draft.note_repeated_keys()
            self.repeated = False
        if self.tape.illegal:
            draft.problems.extend(self.tape.illegal_before(end))
        return draft

    def value(self, at: int) -> Any:
        try:
            value, self.end = self.decoder.raw_decode(self.text, at)
        except json.JSONDecodeError as error:
            what = error.msg.removesuffix(" at").removesuffix(" starting")
            raise self.mistake(what[:1].lower() + what[1:], error.pos) from None
        except RecursionError:
            raise self.mistake("nested too deeply", at) from None
        return value

    def pairs(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) != len(pairs):
            self.repeated = True
            value = dict(reversed(pairs))
        return value

    def constant(self, word: str) -> str:
        """Read what JSON lacks (NaN, Infinity) as text, which the field then refuses."""
        return word

    def after_space(self, at: int) -> int:
        match = SPACE.match(self.text, at)
        return match.end() if match else at

    def expect_end(self) -> None:
        at = self.after_space(self.end)
        if at < len(self.text):
            raise self.mistake("expecting nothing more", at)

    def line_of(self, at: int) -> int:
        """Count on from the last place that was asked for, so that a run counts each line once."""
        self.line += self.text.count("\n", self.counted, at)
        self.counted = at
        return self.line

    def place(self, at: int) -> Place:
        return self.tape.place(self.start + at)

    def mistake(self, what: str, at: int) -> NotJsonError:
        return NotJsonError(Problem(f"not JSON: {what}", hint=HINT).at(self.place(at)))

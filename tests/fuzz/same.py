"""Records read by lines against the same read by libyaml and json alone: nothing may differ.

`python tests/fuzz/same.py SECONDS [SEED]` makes up files, sound and broken, reads each both ways and
compares all that is said: values, places, problems, what is judged, and what ends the reading.
"""

import io
import random
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from winwinwin.errors import Problem, WinwinwinError
from winwinwin.kernel.judgement import Unjudged
from winwinwin.loading.documents import READERS
from winwinwin.parsing import json_lines, yaml_records
from winwinwin.parsing.draft import Draft
from winwinwin.parsing.tape import CHUNK, Tape
from winwinwin.record.checking import check
from winwinwin.record.interaction import About

FORMS = ("yaml", "jsonl")
MOST_FINDS = 5
WORDS = ("won", "lost", "unknown", "~", "null", "", "w", "?", "no", "yes", "true", "wun", "10")
PLAIN = ("W1", "2026-11-17", '"a note, with: things"', "Amara", "'x'", "x y", "10", "won", "a.b")
ODD = (
    *WORDS, "'won'", '"lost"', "010", "1.50", "won # c", "a: b", "x#y", "http://a.b/c:d", "- x", "-5",
    "2026-11-23T14:30", "[won]", "{outcome: won}", "{outcome: won, feels_good: yes}", "{}", "[]", "{a}",
    "{outcome: lost,feels_good: no}", "{outcome: won, outcome: lost}", "[salesperson, customer]", "{a: }",
    "[salesperson, 'customer']", "&a won", "*a", "!!str won", "|\n    some text\n    - more", "R&D", "[a,]",
    '"two\n    lines"', '"left\nlines"', "plain\n    goes on", "é ü", "日本", "a\tb", "a  b ", '"a\\n"',
    '"a\'b"', "'it''s'", "@x", "%x", "`x", "a\x85b", "a\u2028b", "a\x07b", "\ufeffx", "\ufffd", "\xa0x",
    ">-\n    folded\n\n    text", "<<", "12:30", "12:30:45", " x ", "#", "# c", "x #", "x: ", "-", "...",
    "--- x", "{outcome: won, won_at: 2026-11-16T10:00}", "{a: b c, d: e:f}", "{a: b#c}", "{a: b #c}",
    "|\n- x\n", "|1\n   x", "[a, b:c, d e]", "{a?: b}", "[a?b]", "won:", "a:\tb", "\x1b[31m", "\u202ex",
)  # fmt: skip
KEYS = ("date", "employee", "channel", "salesperson", "customer", "organization", "order", "notes")
ODD_KEYS = (
    *KEYS, "id", "tags", "interactions", "Id", "feels_good", "<<", "null", "? k", "'id'", "x-y", "é", "1",
    "salesperson_won_at", "a" * 70, "k k", "&a id", "no",
)  # fmt: skip
BETWEEN = (
    "",
    " ",
    "# c",
    "  # c",
    "      # c",
    "  - x",
    "...",
    "---",
    "\t",
    "  ",
    "    ",
    "-",
    "- ",
    "x",
)
TAILS = (
    "other: 1", "- ", "-", "- x", "---\n- id: 1", "...", "]", "  x: 1", "- {id: 5, salesperson: won}", "  - a",
    "- - id: 3", "-   id: 9\n    customer: won", "other: |\n  - text", "interactions:\n- id: 7", "-\tid: 8",
    "-\n  id: 10", "? - x", "- |\n  text\n- id: 11", "- id: 12\n  notes: 'open", "- id: 13\n  order: [a",
)  # fmt: skip


def yaml_file(chance: random.Random) -> bytes:
    """Make up a file of YAML: most of it usual, most files with something odd."""
    wraps = chance.random() < 0.2
    column = chance.choice((0, 0, 0, 0, 1, 2, 4)) if not wraps or chance.random() < 0.5 else 2
    lines = []
    if chance.random() < 0.2:
        lines.append(
            chance.choice(
                ("# head", "", "---", "%YAML 1.1\n---", "# a\n\n# b", "\ufeff", "--- # c")
            )
        )
    if wraps:
        lines.append("interactions:" + chance.choice(("", "", " ", "  # c")))
    oddness = chance.choice((0.0, 0.0, 0.02, 0.1, 0.6))
    for number in range(chance.randint(1, chance.choice((4, 8, 30)))):
        lines += _record(chance, number, column, oddness)
    if chance.random() < 0.15:
        lines.append(chance.choice(TAILS))
    text = chance.choice(["\n"] * 9 + ["\r\n"]).join(lines)
    text += chance.choice(("\n", "\n", "\n", "", "\n\n", " "))
    return _damaged(chance, text, [*"\n :-#[]{}\"'|>&*!,\t", "\n- ", "\n  ", "  ", "- "])


def _record(chance: random.Random, number: int, column: int, oddness: float) -> Iterator[str]:
    def is_odd() -> bool:
        return chance.random() < oddness

    keys = ["id", *chance.sample(KEYS, chance.randint(1, 6))]
    for place, usual in enumerate(keys):
        key = chance.choice(ODD_KEYS) if is_odd() else usual
        value = _value(chance, key, number, column) if not is_odd() else chance.choice(ODD)
        space = "" if value.startswith("\n") else " " * chance.choice((1, 1, 1, 2))
        lead = " " * column + ("- " if place == 0 else "  ")
        if is_odd() and is_odd():
            lead = chance.choice((" " * chance.randint(0, 6), "\t"))
        yield f"{lead}{key}:{space}{value}{' # c' if is_odd() else ''}"
        if is_odd():
            yield chance.choice(BETWEEN)
    if chance.random() < 0.1:
        yield ""


def _value(chance: random.Random, key: str, number: int, column: int) -> str:
    if key == "id":
        return f"W{number}"
    if key == "order":
        return "[salesperson, customer]"
    if key not in {"salesperson", "customer", "organization", "tags"}:
        return chance.choice(PLAIN)
    if chance.random() < 0.75:
        return chance.choice(WORDS[:7])
    inner = chance.sample(("outcome", "feels_good", "won_at", "believes_salesperson"), 2)
    if chance.random() < 0.1:
        inner.append(inner[0])
    if chance.random() < 0.5:
        return "{" + ", ".join(f"{each}: {chance.choice(WORDS[:3])}" for each in inner) + "}"
    indent = " " * (column + chance.choice((4, 4, 4, 3, 6)))
    return "".join(f"\n{indent}{each}: {chance.choice(WORDS[:12])}" for each in inner)


JSON_VALUES = (
    '"won"', '"lost"', "null", "true", "false", "1", "1.5", "1e3", "-0", '"a\\"b"', '"a\\u0041"',
    '"\\ud800"', '"\\ud83d\\ude00"', "NaN", "Infinity", '"2026-11-17"', '"wun"', '{"outcome":"won"}',
    '{"outcome": "won", "feels_good": true}', '{"outcome":"won","outcome":"lost"}', "[]", "{}",
    '["salesperson","customer"]', '["salesperson", 1]', '{"a":{"b":"c"}}', '""', '"é"', '"x: y"', '"\\\\"',
    "12345678901234567890123", '"a\tb"', "01", "'x'", '"unclosed', "[1,", '"\x7f"', '"\\n"', '"\\u0022"',
    '"\ufffd"', '"\u202e"', "[[]]", '{"a":1,"a":2}', '[{"a":"b","a":"c"}]', '"\\u0000"', "-", '"\x0b"',
)  # fmt: skip
JSON_KEYS = tuple(
    f'"{key}"' for key in (*KEYS, "id", "tags", "interactions", "Id", "", "sch\\u0065ma")
)


def jsonl_file(chance: random.Random) -> bytes:
    """Make up a file of JSONL likewise."""
    lines = []
    for _ in range(chance.randint(1, 6)):
        is_odd = chance.random() < 0.4
        colon, comma = chance.choice((":", ": ", " : ", ":\t")), chance.choice((",", ", ", " ,"))
        keys = (
            chance.choices(JSON_KEYS, k=chance.randint(0, 6))
            if is_odd
            else chance.sample(JSON_KEYS[:10], chance.randint(1, 7))
        )
        values = JSON_VALUES if is_odd else JSON_VALUES[:5] + JSON_VALUES[15:20]
        line = "{" + comma.join(f"{key}{colon}{chance.choice(values)}" for key in keys) + "}"
        if chance.random() < 0.05:
            line = chance.choice((" ", "[", "\ufeff", "x", "\x01", "\r")) + line
        if chance.random() < 0.05:
            line += chance.choice((" ", ",", "}", "x", "\t", " {}", "\x0c"))
        lines.append(line)
        if chance.random() < 0.05:
            lines.append(chance.choice(("", " ", "null", "[]", "1", '"x"', "\x0b")))
    text = "\n".join(lines) + chance.choice(("\n", "\n", "", "\r\n"))
    return _damaged(chance, text, [*'\n ":,{}[]\\\t', '"id":', "\\u"])


def _damaged(chance: random.Random, text: str, pieces: list[str]) -> bytes:
    """Change a few characters of some texts, or put a byte into one that is not UTF-8."""
    characters = list(text)
    for _ in range(chance.choice((0, 0, 0, 1, 2))):
        at = chance.randrange(len(characters) + 1)
        characters[at : at + chance.randint(0, 1)] = chance.choice(([], [chance.choice(pieces)]))
    raw = "".join(characters).encode("utf-8", "surrogatepass")
    if chance.random() < 0.02:
        at = chance.randrange(len(raw) + 1)
        raw = raw[:at] + b"\xff" + raw[at:]
    return raw


MADE = {"yaml": yaml_file, "jsonl": jsonl_file}


class NoItems(yaml_records.Items):
    """Leaves all to libyaml."""

    def read(self) -> Iterator[Draft]:
        return iter(())


@contextmanager
def the_long_way() -> Iterator[None]:
    """Read without what is remembered or taken for usual."""
    with (
        patch.object(yaml_records, "Items", NoItems),
        patch.object(json_lines, "usual", lambda _: None),
    ):
        yield


class Slow(io.BytesIO):
    """Gives a few bytes at a time, so that a small file is read in parts too."""

    def __init__(self, raw: bytes, size: int) -> None:
        super().__init__(raw)
        self.size = size

    def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
        return super().read(self.size)


def answers(raw: bytes, form: str, size: int) -> list[Any]:
    """Return all that is said of a file that is read in parts of a size."""
    said: list[Any] = []
    tape = Tape(Slow(raw, size), f"f.{form}")
    try:
        for draft in READERS[form](tape):
            value = draft.value
            keys = list(value) if isinstance(value, dict) else []
            places = [draft.place((key,)) for key in keys] if draft.line else []
            stands = (draft.start, draft.line, draft.column) if draft.line else ()
            whole = size == CHUNK
            said.append((repr(value), stands, draft.is_whole, _worded(draft.problems, whole=whole)))
            said.append(
                (
                    places if whole else [place.line for place in places],
                    _checked(draft, whole=whole),
                )
            )
    except WinwinwinError as error:
        said.append(_worded(error.problems, whole=size == CHUNK))
    return said


def _worded(problems: Iterable[Problem], *, whole: bool) -> list[str]:
    """Return problems in words; the line that is shown of a part may end with the part."""
    return [str(problem) if whole else problem.line for problem in problems]


def _checked(draft: Draft, *, whole: bool) -> Any:
    found = check(draft)
    if isinstance(found, Unjudged):
        return found.id, _worded(found.problems, whole=whole), found.known
    about = {name: getattr(found.about, name) for name in About.model_fields}
    return about, repr(found.outcomes), found.name


def difference(raw: bytes, form: str, size: int = CHUNK) -> str:
    """Return what differs between both ways of reading a file, '' for nothing.

    Where a part ends within a mistake, libyaml's way may see less of it than in a file that is read
    at once; being right there is no difference.
    """
    short = answers(raw, form, size)
    with the_long_way():
        long = answers(raw, form, size)
        if short == long or (size < CHUNK and short == answers(raw, form, len(raw) + 1)):
            return ""
    pairs = zip([*short, "nothing"], [*long, "nothing"], strict=False)
    return next(f"{raw!r}\n  {one}\n  {other}" for one, other in pairs if one != other)


def main(seconds: str, seed: str = "0", *forms: str) -> int:
    chance, end = random.Random(int(seed)), time.monotonic() + float(seconds)
    files = dict.fromkeys(forms or FORMS, 0)
    finds = 0
    while time.monotonic() < end and finds < MOST_FINDS:
        for form in files:
            files[form] += 1
            size = chance.choice((CHUNK, CHUNK, 100, 300))
            if found := difference(MADE[form](chance), form, size):
                finds += 1
                print(f"{size} bytes at a time: {found}", flush=True)
    print(f"{files} files, {finds} differ")
    return int(bool(finds))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

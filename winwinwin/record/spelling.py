"""How the value of each field may be written, and how anything else is refused."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Annotated, Any, TypeAlias

from pydantic import (
    BeforeValidator,
    GetPydanticSchema,
    WithJsonSchema,
)
from pydantic_core import core_schema

from winwinwin.errors import RUN_TOGETHER, Problem, apart, quoted
from winwinwin.facts import PARTIES, Outcome, Party
from winwinwin.near import nearest
from winwinwin.parsing.refusals import refusal
from winwinwin.record.moments import AMBIGUOUS, PLAIN, moment_in
from winwinwin.record.texts import LINE, NameField, TextField, is_missing

SPACES = "\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200C))  # with the space of no width
)
QUOTES = "‘’‚‛“”„‟«»‹›"  # noqa: RUF001  # these are meant
VARIATION_SELECTORS = "\ufe0e\ufe0f"
"""What makes a check mark a plain sign or a picture."""
AROUND = f"{SPACES}{QUOTES}{VARIATION_SELECTORS}\u2060\ufeff"
"""What word processors, spreadsheets and web pages leave around a word."""


def _one_of(characters: str) -> str:
    """Return a set of characters as a pattern that Python and JSON Schema read alike."""
    return "[" + "".join(rf"\u{ord(character):04x}" for character in characters) + "]"


WITHIN = _one_of(SPACES) + "+"
"""The spaces between the words of a value, as a pattern."""

NOT_RECORDED = ("unknown", "?", "", "null")
MISSING = ("n/a", "na", "n.a.", "#n/a", "<na>", "none", "nan", "nat", "nil", "-", "--", "–", "—")  # noqa: RUF001  # dashes are meant
"""What systems write where nothing is recorded: a person who writes it may mean something else."""
YES, NO = ("✓", "✔", "✅", "☑"), ("✗", "✘", "✖", "❌", "☒")
OUTCOMES: dict[str, Outcome | None] = {
    **dict.fromkeys(("won", "win", "w", "success", *YES), "won"),
    **dict.fromkeys(("closed won", "closed-won", "closed_won"), "won"),
    **dict.fromkeys(("lost", "lose", "loss", "l", "failure", *NO), "lost"),
    **dict.fromkeys(("closed lost", "closed-lost", "closed_lost"), "lost"),
    **dict.fromkeys(NOT_RECORDED, None),
}
ANSWERS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "yes", "y", "1", *YES), True),
    **dict.fromkeys(("false", "no", "n", "0", *NO), False),
    **dict.fromkeys(NOT_RECORDED, None),
}
ORDER_SEPARATORS = re.compile(r"[,;>]")


def bare(written: str) -> str:
    """Return a value in small letters, with one space between its words.

    The spaces and typographic quotes around it are left out.
    """
    return re.sub(WITHIN, " ", written.strip(AROUND)).lower()


def read_outcome(value: Any) -> Outcome | None:
    if isinstance(value, str) and (written := bare(value)) in OUTCOMES:
        return OUTCOMES[written]
    if is_missing(value):
        return None
    raise refusal(_not_a_word(value, "is not an outcome", "won, lost or unknown", OUTCOMES))


def read_answer(value: Any) -> bool | None:
    if isinstance(value, str) and (written := bare(value)) in ANSWERS:
        return ANSWERS[written]
    if is_missing(value):
        return None
    if value in (0, 1):  # false and true are
        return bool(value)
    accepted = "yes, y, true, 1 or no, n, false, 0"
    raise refusal(_not_a_word(value, "is not yes or no", accepted, ANSWERS))


def read_moment(value: Any) -> date | None:
    """Read a date or date-time, in ISO 8601 or in a form that can be read in one way only.

    A date-time is a date too.
    """
    if isinstance(value, str):
        return _written_moment(value)
    if is_missing(value):
        return None
    if isinstance(value, date):
        return value
    raise refusal(_not_a_moment(value))


@lru_cache(maxsize=1024)  # a file repeats its dates
def _written_moment(value: str) -> date | None:
    written = value.strip(AROUND)
    if written.lower() in NOT_RECORDED:
        return None
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(written)
        except ValueError:
            continue
    if (moment := moment_in(written, PLAIN)) is None:
        raise refusal(_not_a_moment(value))
    return moment


def _not_a_moment(value: Any) -> Problem:
    what = f"{quoted(value)} is not a date"
    for zone in AMBIGUOUS:
        if isinstance(value, str) and value.rstrip(AROUND).endswith(f" {zone}"):
            what = f"{quoted(value)} is in a time zone of several: {zone}"
            return Problem(what, hint="Write its hours from UTC, such as +05:30.")
    return Problem(what, "2026-11-23 or 2026-11-23T14:30")


def read_party(value: Any) -> Party:
    written = bare(value) if isinstance(value, str) else value
    for party in PARTIES:
        if party == written:
            return party
    what = f"{quoted(value)} is not a party"
    raise refusal(Problem(what, ", ".join(PARTIES), nearest(value, PARTIES)))


def read_order(value: Any) -> Any:
    """Split an order written as text; an empty one is not recorded."""
    if isinstance(value, str):
        is_recorded = bare(value) not in NOT_RECORDED
        value = [part.strip() for part in ORDER_SEPARATORS.split(value)] if is_recorded else None
    if value is None or isinstance(value, list | tuple):
        return value or None
    hint = "List the parties in the order in which they won."
    raise refusal(Problem(f"{quoted(value)} is not a list of parties", hint=hint))


def read_tags(value: Any) -> Any:
    if value is None or isinstance(value, dict):
        return value or {}
    raise refusal(Problem(f"{quoted(value)} is not a mapping of tags", hint="Write name: value."))


def _not_a_word(value: Any, what: str, accepted: str, words: Iterable[str]) -> Problem:
    found = RUN_TOGETHER.match(value) if isinstance(value, str) else None
    near = nearest(value, [word for word in words if len(word) > 1])
    return Problem(f"{quoted(value)} {what}", accepted, near, apart(found) if found else "")


def _schema(
    description: str, offered: Iterable[Any], words: Iterable[str], *others: dict[str, Any]
) -> WithJsonSchema:
    """Accept these words in any case; an editor offers only the usual ones."""
    spelt = _matching("|".join(map(_any_case, words)))
    accepted = [{"enum": list(offered)}, spelt, *others, {"type": "null"}]
    return WithJsonSchema({"description": description, "anyOf": accepted})


def _matching(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^{_AROUND}({pattern}){_AROUND}$"}


def _any_case(word: str) -> str:
    """Write a word as a pattern that JSON Schema's regular expressions match in any case."""
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else _escaped(c) for c in word)


SYNTAX = r"^$\.*+?()[]{}|/"
"""The characters that mean something in ECMAScript's regular expressions."""


def _escaped(character: str) -> str:
    if character == " ":
        return WITHIN
    # in an editor's regular expressions, an escape of anything else is an error
    return f"\\{character}" if character in SYNTAX else character


_AROUND = _one_of(AROUND) + "*"


def _read_by(read: Callable[[Any], Any]) -> GetPydanticSchema:
    """Read a field by a function; it is serialized by the type of what that returns.

    PlainValidator serializes it by the type of the field, and warns about every date.
    """
    return GetPydanticSchema(lambda _, __: core_schema.no_info_plain_validator_function(read))


OutcomeField: TypeAlias = Annotated[
    Outcome | None,
    _read_by(read_outcome),
    _schema("won, lost or unknown", ("won", "lost", "unknown"), OUTCOMES),
]
AnswerField: TypeAlias = Annotated[
    bool | None,
    _read_by(read_answer),
    _schema("true or false", (True, False), ANSWERS, {"enum": [0, 1]}),
]
MomentField: TypeAlias = Annotated[
    date | None,
    _read_by(read_moment),
    WithJsonSchema(
        {"description": "a date like 2026-11-23, or a time", "type": ["string", "null"]}
    ),
]


PARTY = "|".join(map(_any_case, PARTIES))
PARTIES_AS_TEXT = f"({PARTY})({_AROUND}{ORDER_SEPARATORS.pattern}{_AROUND}({PARTY}))*"
PARTIES_AS_LIST = {
    "type": "array",
    "items": {"anyOf": [{"enum": list(PARTIES)}, _matching(PARTY)]},
    "uniqueItems": True,
}

PartyField: TypeAlias = Annotated[Party, _read_by(read_party)]
OrderField: TypeAlias = Annotated[
    tuple[PartyField, ...] | None,
    BeforeValidator(read_order),
    WithJsonSchema(
        {
            "anyOf": [
                PARTIES_AS_LIST,
                _matching("|".join([PARTIES_AS_TEXT, *map(_any_case, NOT_RECORDED)])),
                {"type": "null"},
            ]
        }
    ),
]


TagsField: TypeAlias = Annotated[
    dict[NameField, TextField],
    BeforeValidator(read_tags),
    WithJsonSchema(
        {
            "type": ["object", "null"],
            "propertyNames": {"not": {"pattern": LINE.forbidden}},
            "additionalProperties": LINE.of_json,
        }
    ),
]

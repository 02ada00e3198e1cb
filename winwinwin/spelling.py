"""How the value of each field may be written, and what is said of anything else."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from numbers import Number
from typing import Annotated, Any, TypeAlias

from pydantic import (
    BeforeValidator,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    WithJsonSchema,
)
from pydantic_core import CoreSchema, core_schema

from winwinwin.errors import Problem, nearest, quoted
from winwinwin.facts import PARTIES, Outcome, Party, word
from winwinwin.refusals import refusal

NOT_RECORDED = ("unknown", "?", "", "null")
OUTCOMES: dict[str, Outcome | None] = {
    **dict.fromkeys(("won", "win", "w"), "won"),
    **dict.fromkeys(("lost", "lose", "loss", "l"), "lost"),
    **dict.fromkeys(NOT_RECORDED, None),
}
ANSWERS: dict[str, bool | None] = {
    **dict.fromkeys(("true", "yes", "y", "1"), True),
    **dict.fromkeys(("false", "no", "n", "0"), False),
    **dict.fromkeys(NOT_RECORDED, None),
}
ORDER_SEPARATORS = re.compile(r"[,;>]")


def is_missing(value: Any) -> bool:
    """Tell whether a value is none: None, or what numbers and pandas have for it (NaN, NaT, NA)."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124  # NaN and NaT differ from themselves
    except TypeError:  # and of NA nothing can be told
        return True


def read_outcome(value: Any) -> Outcome | None:
    try:
        return OUTCOMES[value.strip().lower()]
    except (KeyError, AttributeError):
        if is_missing(value):
            return None
    accepted = "won, lost or unknown"
    what = f"{quoted(value)} is not an outcome"
    raise refusal(Problem(what, accepted, _nearest_word(value, OUTCOMES)))


def read_answer(value: Any) -> bool | None:
    if is_missing(value):
        return None
    if value in (0, 1):  # false and true are
        return bool(value)
    try:
        return ANSWERS[value.strip().lower()]
    except (KeyError, AttributeError):
        what = f"{quoted(value)} is neither true nor false"
    accepted = "true, yes, y, 1 or false, no, n, 0"
    raise refusal(Problem(what, accepted, _nearest_word(value, ANSWERS)))


def read_moment(value: Any) -> date | None:
    """Read an ISO 8601 date or date-time; a date-time is a date too."""
    if isinstance(value, str):
        return _written_moment(value)
    if is_missing(value):
        return None
    if isinstance(value, date):
        return value
    raise refusal(_not_a_moment(value))


@lru_cache(maxsize=1024)  # a file repeats its dates
def _written_moment(value: str) -> date | None:
    written = value.strip()
    if written.lower() in NOT_RECORDED:
        return None
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            return read(written)
        except ValueError:
            continue
    raise refusal(_not_a_moment(value))


def _not_a_moment(value: Any) -> Problem:
    what = f"{quoted(value)} is not a date or date-time of ISO 8601"
    return Problem(what, "such as 2026-11-23 or 2026-11-23T14:30")


def read_party(value: Any) -> Party:
    written = value.strip().lower() if isinstance(value, str) else value
    for party in PARTIES:
        if party == written:
            return party
    what = f"{quoted(value)} is not a party"
    raise refusal(Problem(what, ", ".join(PARTIES), nearest(value, PARTIES)))


def read_order(value: Any) -> Any:
    """Split an order written as text; nothing at all is not recorded."""
    if isinstance(value, str):
        recorded = value.strip().lower() not in NOT_RECORDED
        value = [part.strip() for part in ORDER_SEPARATORS.split(value)] if recorded else None
    if value is None or isinstance(value, list | tuple):
        return value or None
    hint = "Write the parties in the order in which they won."
    raise refusal(Problem(f"{quoted(value)} is not a list of parties", hint=hint))


def read_tags(value: Any) -> Any:
    if value is None or isinstance(value, dict):
        return value or {}
    raise refusal(Problem(f"{quoted(value)} is not a mapping of tags", hint="Write name: value."))


def _nearest_word(value: Any, words: Iterable[str]) -> str | None:
    return nearest(value, [word for word in words if len(word) > 1])


def _schema(
    description: str, offered: Iterable[Any], words: Iterable[str], *others: dict[str, Any]
) -> WithJsonSchema:
    """Accept these words in any case; an editor offers only the usual ones."""
    spelt = _matching("|".join(map(_any_case, words)))
    accepted = [{"enum": list(offered)}, spelt, *others, {"type": "null"}]
    return WithJsonSchema({"description": description, "anyOf": accepted})


def _matching(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": rf"^\s*({pattern})\s*$"}


def _any_case(word: str) -> str:
    """Write a word as a pattern that JSON Schema's regular expressions match in any case."""
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else re.escape(c) for c in word)


def _read_by(read: Callable[[Any], Any]) -> GetPydanticSchema:
    """Take for a field what a function makes of its value; it is written by what it then is.

    PlainValidator writes it by the type of the field, and warns of every date.
    """
    return GetPydanticSchema(lambda _, __: core_schema.no_info_plain_validator_function(read))


SINGLE = [{"type": kind} for kind in ("string", "number", "boolean", "null")]
"""A single value, as an editor sees it that takes `yes` or `12` in YAML for more than text."""

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
    WithJsonSchema({"description": "ISO 8601 date or date-time", "type": ["string", "null"]}),
]


def read_text(value: Any) -> str | None:
    """Read what is a single value and no text yet: a number, or JSON's true and false."""
    if is_missing(value):
        return None
    if isinstance(value, bool):
        return word(value)
    if isinstance(value, Number):
        return str(value)
    raise ValueError  # without the value: it may be too large to print


def _text(_source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
    as_it_is = core_schema.nullable_schema(core_schema.str_schema(strict=True))
    return core_schema.union_schema(
        [as_it_is, core_schema.no_info_plain_validator_function(read_text)],
        mode="left_to_right",
        custom_error_type="text_type",
        custom_error_message="is not a single value",  # what a person reads is worded elsewhere
    )


TextField: TypeAlias = Annotated[
    str | None, GetPydanticSchema(_text), WithJsonSchema({"anyOf": SINGLE})
]
PARTY = "|".join(map(_any_case, PARTIES))
PARTIES_AS_TEXT = rf"({PARTY})(\s*{ORDER_SEPARATORS.pattern}\s*({PARTY}))*"
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
    dict[str, TextField],
    BeforeValidator(read_tags),
    WithJsonSchema({"type": ["object", "null"], "additionalProperties": {"anyOf": SINGLE}}),
]

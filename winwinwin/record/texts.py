"""Text in a record: single values that cannot steer a terminal or reverse what is around them."""

import re
from numbers import Number
from typing import Annotated, Any, NamedTuple, TypeAlias

from pydantic import GetCoreSchemaHandler, GetPydanticSchema, StringConstraints, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

from winwinwin.errors import Problem, quoted
from winwinwin.facts import word

CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
"""Characters that steer a terminal or reverse text, beside tabs and line breaks."""


class Text(NamedTuple):
    """A kind of text, and the characters that it must not hold."""

    error: str
    """The type of pydantic's error."""
    forbidden: str
    """What it must not hold, as a pattern that Python and JSON Schema read alike."""
    allowed: str
    """The same for pydantic, which knows no lookahead: the whole of an allowed text."""

    def problem(self, value: Any) -> Problem:
        """Return what is wrong with a value that is not such a text."""
        found = re.search(self.forbidden, value) if isinstance(value, str) else None
        if found is None:
            return Problem(f"{quoted(value)} is not text", hint="Write a single value.")
        character = found[0]
        name = BREAKS.get(character, f"the control character U+{ord(character):04X}")
        what = f"character {found.start() + 1} of {quoted(value)} is {name}"
        hint = "Only notes may hold it." if character in BREAKS else "Remove it."
        return Problem(what, hint=hint)

    def _schema(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        as_it_is = core_schema.str_schema(strict=True, pattern=self.allowed)
        return core_schema.union_schema(
            [
                core_schema.nullable_schema(as_it_is),
                core_schema.no_info_plain_validator_function(read_text),
            ],
            mode="left_to_right",
            custom_error_type=self.error,
            custom_error_message="is not a single value without control characters",
        )

    @property
    def of_json(self) -> dict[str, Any]:
        """What an editor accepts: it takes `yes` or `12` in YAML for more than text."""
        others = [{"type": kind} for kind in ("number", "boolean", "null")]
        return {"anyOf": [{"type": "string", "not": {"pattern": self.forbidden}}, *others]}

    @property
    def field(self) -> tuple[GetPydanticSchema, WithJsonSchema]:
        return GetPydanticSchema(self._schema), WithJsonSchema(self.of_json)


BREAKS = {"\t": "a tab", "\n": "a line break", "\r": "a carriage return"}
"""What notes may hold and a line may not: texts come from any system."""
LINE = Text("line_type", rf"[{CONTROLS}\t\n\r]", rf"^[^{CONTROLS}\t\n\r]*$")
NOTES = Text("notes_type", rf"[{CONTROLS}]", rf"^[^{CONTROLS}]*$")
TEXTS = {LINE.error: LINE, NOTES.error: NOTES, "string_pattern_mismatch": LINE}
"""By the type of pydantic's error; the last is that of a tag's name."""


def is_missing(value: Any) -> bool:
    """Tell whether nothing is recorded: None, or NaN, NaT or NA as numbers and pandas have it."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124  # NaN and NaT differ from themselves
    except TypeError:  # NA cannot be compared
        return True


def read_text(value: Any) -> str | None:
    """Read a single value that is not text yet: a number, or JSON's true and false."""
    if is_missing(value):
        return None
    if isinstance(value, bool):
        return word(value)
    if isinstance(value, Number):
        return str(value)
    raise ValueError  # without the value: it may be too large to print


TextField: TypeAlias = Annotated[str | None, *LINE.field]
NotesField: TypeAlias = Annotated[str | None, *NOTES.field]
NameField: TypeAlias = Annotated[str, StringConstraints(pattern=LINE.allowed)]

"""Drafting a mapping: what each column holds, and a guess where its name suggests a field.

A column here is a column of a table, or a dotted path of records.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from winwinwin.editors import schema_comment
from winwinwin.errors import count, printable, quoted, shortened
from winwinwin.facts import DOMAINS, word
from winwinwin.mapping.headers import columns_called
from winwinwin.mapping.model import ABOUT_FIELDS
from winwinwin.mapping.paths import leaves, told_apart
from winwinwin.mapping.values import as_number
from winwinwin.record.interaction import FLAT_PATHS
from winwinwin.record.spelling import ANSWERS, NOT_RECORDED, OUTCOMES, bare

WORD = re.compile("[a-z]+")
FEW = 12
"""Distinct values that are listed; of more, the first few are."""
SHOWN = 60
"""Characters of a value or name that a comment shows."""

HINTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "salesperson_feels_good": (("staff", "proud"), ("staff", "feel"), ("agent", "feel")),
    "salesperson_believes_lost_for_customer": (
        ("staff", "gave"),
        ("staff", "cost"),
        ("gave", "in"),
    ),
    "customer_believes_salesperson": (("customer", "who"), ("customer", "believes")),
    "salesperson_won_at": (("sold", "at"), ("deal", "at")),
    "customer_won_at": (("delivered", "at"),),
    "organization_won_at": (("paid", "at"),),
    "salesperson": (("salesperson",), ("staff", "how"), ("staff", "satisfied")),
    "customer": (("customer",), ("client",), ("satisfaction",), ("satisfied",)),
    "organization": (("organization",), ("organisation",), ("books",), ("booked",)),
    "id": (("id",), ("response",), ("ticket",), ("case",)),
    "date": (("date",), ("day",), ("closed",)),
    "employee": (("employee",), ("seller",), ("agent",), ("staff",)),
    "channel": (("channel",), ("medium",)),
}
"""Words in a column's name that suggest a field, the most telling fields first."""


class Column(NamedTuple):
    """A column, and what it holds."""

    name: str
    values: list[str]
    """The distinct values, the most frequent first; of many, at least one more than are listed."""
    distinct: int
    numbers: tuple[float, float] | None
    """The least and greatest, where all values are numbers."""


def columns_of(records: Sequence[Any]) -> list[Column]:
    """Return the dotted paths of records, in the order in which they turn up, with their values."""
    counts: dict[str, Counter[str]] = {}
    told = told_apart(records)
    for record in records:
        for path, value in leaves(record, told):
            counted = counts.setdefault(path, Counter())
            if value is not None:
                counted[_as_text(value)] += 1
    return [_column(path, counted) for path, counted in counts.items()]


def _as_text(value: Any) -> str:
    return ",".join(map(word, value)) if isinstance(value, list) else word(value)


def _column(path: str, counted: Counter[str]) -> Column:
    frequent = sorted(counted, key=lambda value: (-counted[value], value))
    numbers = [number for value in counted if (number := as_number(value)) is not None]
    all_numbers = bool(numbers) and len(numbers) == len(counted)
    return Column(
        path, frequent, len(counted), (min(numbers), max(numbers)) if all_numbers else None
    )


def draft(columns: Sequence[Column], name: str) -> str:
    """Return the text of a mapping file: the guesses, and everything else as comments."""
    guesses = guessed([column.name for column in columns])
    by_name = {column.name: column for column in columns}
    lines = [
        *schema_comment("mapping").splitlines(),
        "#",
        f"# How the columns of {printable(name)} become facts: a draft. Check every line.",
        "# Values that are not listed are not recorded; `otherwise: error` refuses them.",
        "# Numbers may be listed as ranges: {at least: 4}, {more than: 6, less than: 9}.",
        "",
    ]
    for field in (*ABOUT_FIELDS, *FLAT_PATHS):
        if field in guesses:
            lines += _entry(field, by_name[guesses[field]])
    if not set(FLAT_PATHS) & set(guesses):
        lines += ["# No column name suggests a fact. Map one like this:", "#"]
        lines += ["# customer:", "#   column: NAME", "#   won: [VALUE]", "#   lost: [VALUE]", ""]
    unread = [column for column in columns if column.name not in guesses.values()]
    if unread:
        lines += ["# Columns that are not mapped:", "#"]
        lines += [
            line for column in unread for line in _described(column, f"{_yaml(column.name)}: ")
        ]
    missing = [fact for fact in FLAT_PATHS if fact not in guesses]
    if missing:
        lines += ["#"] if unread else []
        lines += [f"# Facts without a column: {', '.join(missing)}"]
    return "\n".join(lines).rstrip() + "\n"


def guessed(names: Sequence[str]) -> dict[str, str]:
    """Return a column for each field, where the name of one suggests it."""
    guesses: dict[str, str] = {
        field: column
        for field in (*FLAT_PATHS, *ABOUT_FIELDS)
        for column in columns_called(field, names)[:1]
    }
    for field, hints in HINTS.items():
        for name in names:
            words = set(WORD.findall(name.lower()))
            speaks = any(words.issuperset(hint) for hint in hints)
            if speaks and field not in guesses and name not in guesses.values():
                guesses[field] = name
    return guesses


def _entry(field: str, column: Column) -> list[str]:
    """Write a field's part of the mapping: spelt values as they are, others to be sorted."""
    if field not in DOMAINS or field == "order":
        return [f"{field}: {_yaml(column.name)}", *_described(column), ""]
    spelt = OUTCOMES if "won" in DOMAINS[field] else ANSWERS
    if all(bare(value) in spelt for value in column.values) and column.distinct <= FEW:
        return [f"{field}: {_yaml(column.name)}", *_described(column), ""]
    yes, no = (word(value) for value in DOMAINS[field])
    lines = [f"{field}:", f"  column: {_yaml(column.name)}", *_described(column, indent="  ")]
    if column.numbers is not None and column.distinct > 2:  # noqa: PLR2004  # two numbers mean yes and no
        low, high = column.numbers
        middle = (low + high) / 2
        return [
            *lines,
            f"  {yes}: {{more than: {middle:g}}}",
            f"  {no}: {{less than: {middle:g}}}",
            "",
        ]
    values = [value for value in column.values[:FEW] if bare(value) not in NOT_RECORDED]
    sorted_: dict[str, list[str]] = dict(_sorted(values, yes, no))
    return [
        *lines,
        *(f"  {meaning}: [{', '.join(map(_yaml, sorted_[meaning]))}]" for meaning in (yes, no)),
        "",
    ]


GOOD = (
    "very satisfied",
    "satisfied",
    "agree",
    "good",
    "yes",
    "won",
    "happy",
    "excellent",
    "great",
    "true",
)
BAD = (
    "dissatisfied",
    "unsatisfied",
    "disagree",
    "bad",
    "no",
    "lost",
    "unhappy",
    "poor",
    "false",
    "not ",
)


def _sorted(values: Sequence[str], yes: str, no: str) -> Iterator[tuple[str, list[str]]]:
    """Sort the values with telling words; a person has to sort the others."""
    lost = [
        value
        for value in values
        if any(part in f"{value.lower()} " for part in BAD[:3]) or value.lower().startswith(BAD)
    ]
    won = [
        value
        for value in values
        if value not in lost and any(part in value.lower() for part in GOOD)
    ]
    yield yes, won
    yield no, lost


def _described(column: Column, start: str = "", indent: str = "") -> list[str]:
    if column.numbers is not None and column.distinct > FEW:
        low, high = column.numbers
        said = f"{count(column.distinct, 'number')} from {low:g} to {high:g}"
    elif column.distinct > FEW:
        shown = ", ".join(_shown(value) for value in column.values[:3])
        said = f"{count(column.distinct, 'value')}, such as {shown}"
    else:
        said = ", ".join(_shown(value) for value in column.values) or "nothing"
    return [f"{indent}# {start}{said}"]


def _shown(value: str) -> str:
    return quoted(shortened(value, SHOWN))


def _yaml(text: str) -> str:
    """Write a text in YAML: plain where that is safe, else in double quotes."""
    plain = (
        text.replace("_", "").replace(" ", "").isalnum() and text == text.strip() and text.isascii()
    )
    return text if plain and as_number(text) is None else json.dumps(text)

"""Records as agents give them: each fact with its quote from a conversation, or it does not count."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from pydantic import ValidationError

from winwinwin.errors import Problem, Problems, count, quoted
from winwinwin.kernel.judgement import Unjudged
from winwinwin.limits import LONGEST_QUOTE, LONGEST_WORDS, MOST_TAGS
from winwinwin.mcp.asked import ABOUT, FACTS, LENGTHS, QUOTE, VALUE
from winwinwin.near import nearest
from winwinwin.pages.words import value_words
from winwinwin.parsing.refusals import unknown_key
from winwinwin.record.checking import refused, renamed
from winwinwin.record.interaction import FLAT_PATHS, Interaction, Recorded, nested
from winwinwin.record.plain import FLAT_NAMES
from winwinwin.record.texts import NOTES
from winwinwin.rows.records import written

NO_QUOTE, EMPTY_QUOTE = "it has no quote", "its quote is empty"


class Dropped(NamedTuple):
    """A fact that was given and does not count."""

    fact: str
    why: str


class Given(NamedTuple):
    """A record as it was given."""

    record: Recorded | Unjudged
    dropped: tuple[Dropped, ...]


def read(given: Any, more: tuple[str, ...] = ()) -> Given:
    """Read one record; a tool's own arguments may stand beside it."""
    if not isinstance(given, Mapping):
        what = f"{quoted(given)} is not a record"
        return Given(_invalid(Problem(what, hint=f"Give an object with {FACTS}.")), ())
    problems = Problems()
    problems.take([key for key in given if key not in (FACTS, *ABOUT, *more)], _unknown(more))
    facts = given.get(FACTS)
    if not isinstance(facts, Mapping):
        hint = f"Give each fact as an object with {VALUE} and {QUOTE}."
        problems.append(Problem(f"{quoted(facts)} is not an object", hint=hint, field=FACTS))
        facts = {}
    about = {name: given[name] for name in ABOUT if name in given}
    problems.extend(_too_long(about))
    values, quotes, dropped = _sorted(facts, problems)
    return Given(_record({**about, **nested(values)}, quotes, problems), tuple(dropped))


def _unknown(more: tuple[str, ...]) -> Any:
    known = (FACTS, *ABOUT, *more)

    def worded(key: Any) -> Problem:
        problem = unknown_key(key, known, str(key))
        if key in FLAT_PATHS:
            return replace(problem, nearest=None, hint=f"Put it under {FACTS}.")
        return problem

    return worded


def _sorted(
    facts: Mapping[str, Any], problems: Problems
) -> tuple[dict[str, Any], dict[str, str], list[Dropped]]:
    """Part the facts that count, their quotes, and what does not count; add what is wrong."""
    values: dict[str, Any] = {}
    quotes: dict[str, str] = {}
    dropped: list[Dropped] = []
    problems.take([name for name in facts if name not in FLAT_PATHS], _unknown_fact)
    for name in FLAT_PATHS:
        entry = facts.get(name)
        entry = entry if isinstance(entry, Mapping) else {VALUE: entry}
        problems.extend(_wrong(name, entry))
        value, quote = entry.get(VALUE), entry.get(QUOTE)
        if why := _missing(quote):
            dropped += [Dropped(name, why)] if value is not None else []
        else:
            values[name], quotes[name] = value, " ".join(str(quote).split())
    return values, quotes, dropped


def _unknown_fact(name: Any) -> Problem:
    names = list(FLAT_PATHS)
    return Problem("unknown fact", ", ".join(names), nearest(name, names), field=f"{FACTS}.{name}")


def _missing(quote: Any) -> str:
    """Say why a quote is none; '' for a quote, be it wrong."""
    if quote is None:
        return NO_QUOTE
    return EMPTY_QUOTE if isinstance(quote, str) and not quote.strip() else ""


def _wrong(name: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with a fact, but for its value's words."""
    at = f"{FACTS}.{name}"
    for key in sorted(set(entry) - {VALUE, QUOTE}):
        yield unknown_key(key, (VALUE, QUOTE), f"{at}.{key}")
    value, quote = entry.get(VALUE), entry.get(QUOTE)
    if problem := _longer(value, LONGEST_WORDS, f"{at}.{VALUE}"):
        yield problem
    if quote is None:
        return
    field = f"{at}.{QUOTE}"
    if not isinstance(quote, str) or re.search(NOTES.forbidden, quote):
        problem = NOTES.problem(quote)
        yield Problem(problem.what, hint=problem.hint, field=field)
    elif problem := _longer(quote, LONGEST_QUOTE, field):
        yield problem


def _too_long(about: Mapping[str, Any]) -> Iterator[Problem]:
    for name, value in about.items():
        if name != "tags":
            if problem := _longer(value, LENGTHS.get(name, LONGEST_WORDS), name):
                yield problem
        elif isinstance(value, Mapping):
            if len(value) > MOST_TAGS:
                yield Problem(f"{len(value):,} tags are too many", f"up to {MOST_TAGS}", field=name)
            for part in (*value, *value.values()):
                if problem := _longer(part, LONGEST_WORDS, name):
                    yield problem


def _longer(value: Any, most: int, field: str) -> Problem | None:
    """Return the problem with a text of too many characters, or a list of too many items."""
    if not isinstance(value, str | list) or len(value) <= most:
        return None
    unit = "character" if isinstance(value, str) else "item"
    what = f"{quoted(value)} is too long: {count(len(value), unit)}"
    return Problem(what, f"up to {most:,}", field=field)


def _record(
    plain: Mapping[str, Any], quotes: Mapping[str, str], problems: Problems
) -> Recorded | Unjudged:
    """Make a record with its quotes among its notes, or report every problem by its argument."""
    try:
        interaction = Interaction.model_validate(plain)
    except ValidationError:
        interaction = None
    if problems or interaction is None:
        return renamed(refused(plain, lambda _path, _key: None, problems), ARGUMENTS)
    recorded = interaction.recorded
    lines = [
        f'{name}: {written(recorded[name]) if name in recorded else value_words(None)}. "{quote}"'
        for name, quote in quotes.items()
    ]
    notes = "\n".join(filter(None, (interaction.notes, *lines)))
    return Recorded.of(interaction.model_copy(update={"notes": notes}))


ARGUMENTS = {path: f"{FACTS}.{name}.{VALUE}" for path, name in FLAT_NAMES.items()}
"""Where an agent gives what is at a dotted path of a record."""


def _invalid(*problems: Problem) -> Unjudged:
    return Unjudged(None, problems)

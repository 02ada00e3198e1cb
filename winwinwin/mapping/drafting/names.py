"""What a column's name or question says: whose it is, and what it asks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import Any, NamedTuple

from winwinwin.mapping.drafting.columns import Column
from winwinwin.mapping.drafting.data import plain
from winwinwin.mapping.drafting.scales import folded

CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
WORD = re.compile(r"[a-z0-9#]+")
LABEL = re.compile(r"^([^:?]{2,30}):\s|\(([^()]{2,30})\)|^([^?]{2,20}) [-\u2013\u2014] ")
"""A party named before a colon or dash, or in brackets."""
ITEM = re.compile(r"\[(\w+)=([^\[\]]+)\]")
"""An item of a list by one of its keys, as in `participants[role=agent].csat`."""
BOTH_ENDS = re.compile(r"\b(\w+) (?:or|oder|ou|o|of|and|und) (?:dis|un|in|on)\1\b")
"""A question that names both ends of its scale, as in `satisfied or dissatisfied`."""
NUMBERED = re.compile(
    r"^\s*(?:q|f|p|v)?\d{1,2}(?:[_.]\d{1,2})?[a-z]?(?:[.):_]|\s)\s*(?=\D)", re.IGNORECASE
)
"""The number of a question before it, as in `Q1. How satisfied are you?`"""
PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\[(?:list|txt|text|flag|int|num|dec)\]$")
"""What stands for a name in a question, and the type that Zendesk writes behind its own fields."""
POINTS = frozenset(map(str, (*range(11), 100)))
"""The numbers that a scale may begin and end with."""
PARTIES = ("customer", "staff")
FILLER, ENDS, POINT, OUT_OF = "filler", "ends", "point", "out of"
OBJECTS = "(subject|detail|staff|addressed)"
LONGEST = 8
"""Words of the longest phrase that is looked for."""
MOST = 512
"""Ways of understanding one name that are tried."""


class Reading(NamedTuple):
    """What a name says that its column holds."""

    field: str
    answers: frozenset[str]
    """What it may be answered with: numbers, words, yes or no."""
    says: frozenset[str]
    """What its words stand for."""
    is_certain: bool = True
    """Whether every word is understood; else the column is no more than proposed."""


@cache
def _data() -> Any:
    return plain(files("winwinwin.mapping.drafting").joinpath("names.yaml"))


def worded(name: str) -> str:
    """Return the words of a name, in small letters without accents and with a blank between them."""
    return " ".join(WORD.findall(folded(CAMEL.sub(" ", ITEM.sub(r"[\2]", name)))))


def reading_of(column: Column) -> Reading | None:
    """Return what a column's name or question says of a fact; None where it doesn't say anything."""
    if sign := _sign(column.name):
        return _of_an_item(column.name[sign.end() :], worded(sign[2]))
    text = PLACEHOLDER.sub(" ", NUMBERED.sub("", column.text))
    for labelled in LABEL.finditer(text):
        party = _party_in(worded(next(filter(None, labelled.groups()))))
        if party:
            rest = f"{text[: labelled.start()]} {text[labelled.end() :]}"
            return _labelled(party, _understood(rest))
    text = _question(column.name) or text
    understood = _understood(text)
    asked = _first("asked", understood) if "?" in text else None
    alone = None if any(FILLER in each for each in understood) else _first("alone", understood)
    return asked or alone or _first("readings", understood) or _proposed(understood)


def exact_reading(field: str) -> Reading | None:
    """Return what the very name of a fact says; None for a fact that is no outcome or answer."""
    answers = _data()["exact"].get(field)
    return Reading(field, frozenset(answers), frozenset()) if answers else None


def kinds_of(reading: Reading) -> list[str]:
    """Return the kinds of scales of words that a name asks for."""
    kinds = _data()["kinds"]
    return sorted(kind for each in reading.answers for kind in kinds.get(each, [each]))


def _labelled(party: str, understood: "list[frozenset[str]]") -> Reading | None:
    found = _first(f"by {party}", understood)
    return found or (_first("readings", understood) if party == "customer" else None)


def _of_an_item(rest: str, role: str) -> Reading | None:
    """Return what the value of an item says: its party's own opinion."""
    party = _party_in(role.rpartition(" ")[2])
    if party is None:
        return None
    understood = _understood(rest)
    found = _labelled(party, understood) or _first("readings", understood)
    is_opinion = found is not None and found.field == "customer" and party == "staff"
    return found._replace(field="salesperson") if found and is_opinion else found


def _sign(name: str) -> re.Match[str] | None:
    """Return the last part of a path that names an item by its role, or by nothing but a party."""
    signs = reversed([*ITEM.finditer(name)])
    return next((each for each in signs if each[1] == "role" or _party_in(worded(each[2]))), None)


def _question(name: str) -> str | None:
    """Return the last question that a path names an item by."""
    return next((each[2] for each in reversed([*ITEM.finditer(name)])), None)


def _party_in(words: str) -> str | None:
    """Return the only party that a label names, with nothing else."""
    named = [each - {FILLER} for each in _classes(words.split()) if FILLER not in each]
    return next((party for party in PARTIES if named == [frozenset((party,))]), None)


def _understood(text: str) -> list[frozenset[str]]:
    """Return what each word or phrase of a text may stand for; nothing, where it isn't known."""
    words = worded(BOTH_ENDS.sub(r"\1", worded(text))).split()
    found = [*_classes(words)]
    points = sum(word in POINTS for word in words)
    is_scale = points > 1 or (points and (OUT_OF in " ".join(words) or ENDS in _says(found)))
    idle = frozenset((FILLER, ENDS, POINT)) if is_scale else frozenset((FILLER,))
    return [(each | {FILLER} if idle & each else each) - {ENDS, POINT} for each in found]


def _classes(words: Sequence[str]) -> Iterator[frozenset[str]]:
    place = 0
    while place < len(words):
        spans = range(min(LONGEST, len(words) - place), 0, -1)
        phrases = ((span, " ".join(words[place : place + span])) for span in spans)
        span, known = next(
            ((span, each) for span, phrase in phrases if (each := _vocabulary().get(phrase))),
            (1, frozenset((POINT,)) if words[place] in POINTS else frozenset()),
        )
        yield known
        place += span


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name, phrases in _data()["words"].items():
        for phrase in phrases:
            said = worded(phrase)
            found[said] = found.get(said, frozenset()) | {name}
    return found


def _first(listed: str, understood: Sequence[frozenset[str]]) -> Reading | None:
    """Return the readings whose shapes a name has, as one; None where some word isn't understood."""
    if not all(understood):
        return None
    ways = [*islice(product(*map(sorted, understood)), MOST)]
    written = {"".join(f"{each} " for each in way if each != FILLER) for way in ways}
    fitting = [
        (field, answers)
        for field, answers, shapes in _readings(listed)
        if any(shapes.fullmatch(each) for each in written)
    ]
    if not fitting:
        return None
    field = fitting[0][0]
    answers = frozenset().union(*(each for of, each in fitting if of == field))
    return Reading(field, answers, _says(understood))


def _says(understood: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*understood)


@cache
def _readings(listed: str) -> list[tuple[str, frozenset[str], re.Pattern[str]]]:
    return [
        (each["field"], frozenset(each["answers"]), _shapes(each["shapes"]))
        for each in _data()[listed]
    ]


def _shapes(written: Iterable[str]) -> re.Pattern[str]:
    """Return what finds the shapes: each word stands for itself with a blank behind it."""
    full = "|".join(written).replace("object", OBJECTS).replace(" ", "\n")
    return re.compile(re.sub(r"[a-z]+", r"(?:\g<0> )", full).replace("\n", ""))


def _proposed(understood: Sequence[frozenset[str]]) -> Reading | None:
    """Return what a name seems to ask of the customer whose words aren't all known."""
    says = _says(understood)
    if all(understood) or not says.isdisjoint(("customer", "otherwise", "work")):
        return None
    is_asked = "addressed" in says and not says.isdisjoint(("satisfied", "recommend", "rate"))
    if not is_asked and "satisfaction" not in says:
        return None
    answers = frozenset(("number", "words") if is_asked else ("words",))
    return Reading("customer", answers, says, is_certain=False)


@cache
def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of some phrases; a star stands for the rest of a word."""
    spelt = (worded(phrase.replace("*", "9999")).replace("9999", "[a-z]*") for phrase in phrases)
    return re.compile(rf"(?<!\S)(?:{'|'.join(spelt)})(?!\S)")


def rank(field: str, name: str) -> int | None:
    """Return how plainly a name is that of a field beside the facts, 0 the most; None where it isn't."""
    ranked = [_pattern(tuple(phrases)) for phrases in _data()["fields"][field]]
    whole, last = worded(name), worded(name.rpartition(".")[2])
    for place, pattern in enumerate([*ranked, *ranked]):
        if pattern.fullmatch(whole if place < len(ranked) else last):
            return place
    return None


def is_deal(name: str) -> bool:
    """Tell whether a column is named as the state or outcome of a deal."""
    return any(_pattern(tuple(phrases)).fullmatch(worded(name)) for phrases in _data()["deal"])

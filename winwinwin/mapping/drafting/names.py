"""What a column's name or question says: whose it is, and what it asks."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

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
PARTIES = ("customer", "salesperson", "organization")


@cache
def _data() -> Any:
    return plain(files("winwinwin.mapping.drafting").joinpath("names.yaml"))


def worded(name: str) -> str:
    """Return the words of a name, in small letters without accents and with a blank between them."""
    return " ".join(WORD.findall(folded(CAMEL.sub(" ", ITEM.sub(r"[\2]", name)))))


def speaks(words: str, listed: str, but: Sequence[str] = ()) -> bool:
    """Tell whether a name has one of the words or phrases of a list of the data, but for some."""
    return bool(_pattern(tuple(each for each in _data()[listed] if each not in but)).search(words))


@cache
def _pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return what finds any of some phrases; a star stands for the rest of a word."""
    spelt = (worded(phrase.replace("*", "9999")).replace("9999", "[a-z]*") for phrase in phrases)
    return re.compile(rf"(?<!\S)(?:{'|'.join(spelt)})(?!\S)")


def parties_in(words: str) -> list[str]:
    """Return the parties that are named, the first first."""
    found = {party: match.start() for party in PARTIES if (match := _party(party).search(words))}
    return sorted(found, key=lambda party: found[party])


def party_of(column: Column) -> str | None:
    """Return whose outcome a column would be, if it holds outcomes; None where its name doesn't say."""
    if sign := _sign(column.name):
        return _belongs_to(worded(sign[2]))
    for labelled in LABEL.finditer(column.text):
        words = worded(next(filter(None, labelled.groups())))
        if parties := parties_in(words):
            return parties[0]
    words = worded(column.text)
    parties = parties_in(words)
    asks = speaks(words, "opinion") or speaks(words, "rating")
    asks = asks or ("?" in column.text and speaks(words, "resolved"))
    if speaks(words, "you"):
        return "customer" if asks else None
    if parties and parties[0] == "salesperson" and asks:
        return _asked_about_staff(words, parties)
    if parties:
        return parties[0]
    return "customer" if asks else None


def _sign(name: str) -> re.Match[str] | None:
    """Return the last part of a path that names an item by its role, or by nothing but a party."""
    signs = reversed([*ITEM.finditer(name)])
    return next((each for each in signs if each[1] == "role" or _called(worded(each[2]))), None)


def _belongs_to(role: str) -> str | None:
    """Return the party that a role is of: it ends with its name, as `support agent` does."""
    return _called(role.rpartition(" ")[2])


def _called(words: str) -> str | None:
    return next((party for party in PARTIES if _party(party).fullmatch(words)), None)


def _party(party: str) -> re.Pattern[str]:
    return _pattern(tuple(_data()["parties"][party]))


def _asked_about_staff(words: str, parties: Sequence[str]) -> str | None:
    """Return whose opinion it is where the staff is named: theirs, or one about them."""
    named = _party("salesperson").match(words)
    is_their_own = named and words[named.end() :].strip() in _data()["own opinion"]
    if is_their_own or speaks(words, "own rating"):
        return "salesperson"
    if speaks(words, "rating"):
        return "customer"
    if "csat" in words or "nps" in words.split() or "recommend" in words or len(parties) > 1:
        return "customer"
    return "salesperson" if words.startswith(("employee", "staff", "mitarbeiter")) else None


def field_of(column: Column) -> str | None:
    """Return the fact that a column's name or question is about; its values have to agree."""
    words = worded(column.text)
    party = party_of(column)
    if speaks(BOTH_ENDS.sub("", words), "turned around") and not _handled(words):
        return None
    is_other = speaks(words, "no outcome") and not asks_opinion(words)
    if is_other or speaks(words, "employer"):
        return None
    if speaks(words, "believes lost"):
        return "salesperson_believes_lost_for_customer" if party == "salesperson" else None
    if speaks(words, "feels good") and (party == "salesperson" or speaks(words, "own work")):
        return "salesperson_feels_good"
    if speaks(words, "who got more") and party == "customer":
        return "customer_believes_salesperson"
    return party


def _handled(words: str) -> bool:
    """Tell whether a question asks how a complaint or a problem was dealt with."""
    return asks_opinion(words) and not speaks(words, "turned around", but=("complain*", "problems"))


def asks_opinion(words: str) -> bool:
    """Tell whether a question asks for an opinion, whatever on: on the wait, the price, the plan."""
    return speaks(words, "you") and (speaks(words, "opinion") or speaks(words, "rating"))


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

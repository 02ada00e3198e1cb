"""Scales of answers: recognised by all values of a column, or not at all."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple, TypeAlias

from winwinwin.mapping.drafting.columns import FEW
from winwinwin.record import spelling

End: TypeAlias = Literal["won", "neutral", "lost"]
ENDS: tuple[End, ...] = ("won", "neutral", "lost")

POINTS = re.compile(
    r"^[(\[]?\d{1,3}[)\]]?\s*(?:[-\u2013\u2014:.=]|points?:)\s*(?=\D)|^[(\[]\d{1,3}[)\]]\s*"
    r"|^[(\[]?[a-g][.)\]]\s+(?=\S)"
)
"""The points or letter before an answer, as in `5 - Very likely` and `a. Excellent`."""
POINTS_AFTER = re.compile(r"\s*[(\[]\d{1,3}[)\]]$")
TONES = re.compile("[\U0001f3fb-\U0001f3ff]")
"""What colours the skin of a thumb or a face."""
LOUD = re.compile(r"[\s!.*]+$")
"""What may follow an answer without changing it."""

DEAL = "deal"
CLOSED = "closed"
"""What the words begin with that nothing but a deal is called."""
MIXED = frozenset(("opinion", "agreement"))
"""The kinds of scales whose words may stand side by side in one column."""


LACKING = 0.34
"""The share of the answers that may be unknown for a scale to be proposed."""


class Scale(NamedTuple):
    """A scale: what each of its words means."""

    name: str
    kind: str
    language: str
    ends: dict[str, End]
    """By word, as `told` writes it."""
    written: dict[End, tuple[str, ...]]
    """The words of each end, as people write them."""


class Answers(NamedTuple):
    """What the values of a column mean, in the order in which they are most frequent."""

    name: str
    kind: str
    won: list[str]
    lost: list[str]
    unlisted: list[str]
    """The neutral ones and those that are not recorded."""


def told(value: str) -> str:
    """Return what an answer says: without its points, accents, capitals and typographic marks."""
    written = TONES.sub("", spelling.bare(value)).replace("\u2019", "'")
    written = POINTS_AFTER.sub("", POINTS.sub("", written, count=1))
    return folded(LOUD.sub("", written)) or written


def folded(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


@cache
def _data() -> Any:
    from winwinwin.mapping.drafting.data import plain

    return plain(files("winwinwin.mapping.drafting").joinpath("scales.yaml"))


@cache
def scales() -> tuple[Scale, ...]:
    """Return every known scale."""
    return tuple(
        Scale(
            each["name"],
            each["kind"],
            each["language"],
            {told(word): end for end in ENDS for word in each[end]},
            {end: tuple(each[end]) for end in ENDS},
        )
        for each in _data()["scales"]
    )


@cache
def not_recorded() -> frozenset[str]:
    """Return the answers that say nothing, in every language."""
    listed = (word for each in _data()["not recorded"] for word in each["words"])
    return frozenset(map(told, [*listed, *spelling.NOT_RECORDED]))


@cache
def answer_words() -> frozenset[str]:
    """Return every word of every scale."""
    return frozenset(word for scale in scales() for word in scale.ends)


def recognised(values: Sequence[str], kinds: Iterable[str]) -> Answers | None:
    """Return what the values mean on the one scale that has all of them; None where none has."""
    wanted = frozenset(kinds)
    words = {value: told(value) for value in values}
    said = {word for word in words.values() if word not in not_recorded()}
    candidates = [scale for scale in scales() if scale.kind in wanted]
    for scale in candidates:
        if said <= scale.ends.keys() and _has_an_end(said, scale.ends):
            return _whole(scale, words)
    mixed = _agreed([scale for scale in candidates if scale.kind in MIXED], said)
    if said <= mixed.keys() and {"won", "lost"} <= {mixed[word] for word in said}:
        return _answers("opinions", "opinion", words, mixed)
    deals = (scale for scale in candidates if scale.kind == DEAL)
    staged = (scale for scale in deals if _closes(said, scale.ends, is_named=wanted == {DEAL}))
    return next((_answers(each.name, each.kind, words, each.ends) for each in staged), None)


def nearly(values: Sequence[str], kinds: Iterable[str]) -> Answers | None:
    """Return what the values mean on a scale that has both of its ends among them, but lacks a few."""
    wanted = frozenset(kinds) & MIXED
    words = {value: told(value) for value in values}
    said = {word for word in words.values() if word not in not_recorded()}
    known = _agreed([scale for scale in scales() if scale.kind in wanted], said)
    lacking = sum(word not in known for word in said)
    if lacking > LACKING * len(said) or not {"won", "lost"} <= {*known.values()}:
        return None
    return _answers("opinions", "opinion", words, known)


def _whole(scale: Scale, words: dict[str, str]) -> Answers:
    """Return what words mean; the next export may have the end of the scale that this one lacks."""
    found = _answers(scale.name, scale.kind, words, scale.ends)
    return found._replace(
        won=found.won or [*scale.written["won"][:FEW]],
        lost=found.lost or [*scale.written["lost"][:FEW]],
    )


def _closes(said: Iterable[str], ends: dict[str, End], *, is_named: bool) -> bool:
    """Tell whether deals are won and lost by some words, whatever the stages of open ones are called."""
    closed = {ends.get(word) for word in said if is_named or word.startswith(CLOSED)}
    return {"won", "lost"} <= closed


def _has_an_end(said: Iterable[str], ends: dict[str, End]) -> bool:
    return any(ends[word] != "neutral" for word in said)


def _agreed(candidates: Sequence[Scale], said: Iterable[str]) -> dict[str, End]:
    """Return what words mean on which all scales agree that know them."""
    meant = {
        word: {scale.ends[word] for scale in candidates if word in scale.ends} for word in said
    }
    return {word: next(iter(ends)) for word, ends in meant.items() if len(ends) == 1}


def end_of(value: str) -> End | None:
    """Return the end of a scale of opinions that an answer is at, whatever the scale."""
    word = told(value)
    return _agreed([scale for scale in scales() if scale.kind in MIXED], [word]).get(word)


def _answers(name: str, kind: str, words: dict[str, str], ends: dict[str, End]) -> Answers:
    by_end: dict[End | None, list[str]] = {end: [] for end in (*ENDS, None)}
    for value, word in words.items():
        by_end[ends.get(word)].append(value)
    unlisted = [value for value in words if ends.get(words[value]) not in ("won", "lost")]
    return Answers(name, kind, by_end["won"], by_end["lost"], unlisted)

"""All judgements as a table that a page can look up: no rule is written a second time in JavaScript."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any, TypeAlias

from winwinwin.errors import printable
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.kinds import COMBINATIONS, place
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.verdict import WORDINGS
from winwinwin.pages.blocks import Line, Text, Triple, line
from winwinwin.pages.interaction import (
    assumed_line,
    books_line,
    needs_line,
    note_lines,
    remedy_lines,
    rule_line,
    triple,
)
from winwinwin.pages.why import reasons_sentence
from winwinwin.pages.words import verdict_sentence

Said: TypeAlias = tuple[tuple[str, str, str], ...]
"""Words with what they are about, and their tone."""

NO_KIND = -1
"""The row of a combination of facts that no interaction can have."""


class Numbered:
    """Different values, each with its number in the order in which they were met."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}

    def of(self, value: Hashable) -> int:
        return self._numbers.setdefault(value, len(self._numbers))

    @property
    def values(self) -> list[Hashable]:
        return list(self._numbers)


def lookup(judgements: Iterable[Judgement], rulebook: Rulebook) -> dict[str, Any]:
    """Return the row of each combination of facts, and the rows, which name what they say by number.

    A row holds the verdict, the facts to ask for next, and what is said. The number of a combination
    is its place among the values of the facts, not recorded last, as of sets of kinds.
    """
    rows, said = Numbered(), Numbered()
    kinds = [NO_KIND] * COMBINATIONS
    for judgement in judgements:
        words = tuple(said.of(each) for each in _said(card(judgement, rulebook)))
        row = (judgement.verdict.value, judgement.needs, words)
        kinds[place(judgement.facts)] = rows.of(row)
    return {"kinds": kinds, "rows": rows.values, "said": said.values}


def card(judgement: Judgement, rulebook: Rulebook) -> list[Triple | Line]:
    """Say of a judgement what its form shows: who won, the verdict, why, what to ask and to change."""
    sentence = Text(verdict_sentence(judgement), WORDINGS[judgement.verdict].tone)
    return [
        triple(judgement, rulebook),
        line(sentence),
        *rule_line(judgement, rulebook),
        line(reasons_sentence(judgement), label="why"),
        *assumed_line(judgement),
        *needs_line(judgement),
        *remedy_lines(judgement),
        *note_lines(judgement, rulebook),
        *books_line(judgement),
    ]


def _said(blocks: Sequence[Triple | Line]) -> Iterable[Said]:
    for block in blocks:
        if isinstance(block, Triple):
            yield tuple((party, words.words, words.tone) for party, words in block.parties)
        else:
            labels = (block.label, *[""] * (len(block.parts) - 1))
            yield tuple(
                (label, printable(part.words), part.tone)
                for label, part in zip(labels, block.parts, strict=True)
            )

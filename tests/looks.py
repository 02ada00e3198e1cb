"""What a terminal was sent, taken apart: words and their looks."""

import re
from typing import NamedTuple

LOOK = re.compile(r"\x1b\[([\d;]*)m")
COLOURS = {*range(30, 50), *range(90, 108)}
"""The codes that set a colour; bold, dim and reverse are none."""


class Words(NamedTuple):
    """Words that were sent in one look."""

    words: str
    look: frozenset[int]


def bare(sent: str) -> str:
    """Return what was sent without its looks; there must be nothing else to take away."""
    text = LOOK.sub("", sent)
    assert text.replace("\n", "").isprintable()
    return text


def looks(sent: str) -> list[Words]:
    """Return all words that were sent with the look of each."""
    found = []
    look: frozenset[int] = frozenset()
    for index, part in enumerate(LOOK.split(sent)):
        if index % 2:
            codes = {int(code or 0) for code in part.split(";")}
            look = frozenset() if codes == {0} else look | codes
        elif part.strip():
            found.append(Words(part.strip(), look))
    return found


def codes(sent: str) -> set[int]:
    """Return the codes of every look that was set, whether words came in it or not."""
    return {int(code or 0) for look in LOOK.findall(sent) for code in look.split(";")}

"""What a terminal was sent, taken apart: words and their looks."""

import re
from typing import NamedTuple

LOOK = re.compile(r"\x1b\[([\d;]*)m")
BOLD, REVERSE = "1", "7"
WON, ORDER, LOST, OPEN, MUTED = (f"38;5;{number}" for number in (31, 137, 166, 98, 243))


class Words(NamedTuple):
    """Words that were sent in one look."""

    words: str
    look: frozenset[str]


def bare(sent: str) -> str:
    """Return what was sent without its looks; there must be nothing else to take away."""
    text = LOOK.sub("", sent)
    assert text.replace("\n", "").isprintable()
    return text


def looks(sent: str) -> list[Words]:
    """Return all words that were sent with the look of each."""
    found = []
    look: frozenset[str] = frozenset()
    for index, part in enumerate(LOOK.split(sent)):
        if index % 2:
            codes = set(re.findall(r"[34]8;5;\d+|\d+", part))
            look = frozenset() if codes == {"0"} else look | codes
        elif part.strip():
            found.append(Words(part.strip(), look))
    return found


def colours(sent: str) -> set[str]:
    """Return every code but those that all terminals know without a colour."""
    found = {code for each in LOOK.findall(sent) for code in re.findall(r"[34]8;5;\d+|\d+", each)}
    return found - {"0", BOLD, REVERSE}

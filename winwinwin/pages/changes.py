"""How a change of a share is said: to a person, and to a program."""

from collections.abc import Iterable, Mapping
from typing import Any

from winwinwin.pages.blocks import Line, Table, Text, line
from winwinwin.pages.words import (
    is_rate,
    listed,
    percent,
    possible_words,
    share_words,
    sure_words,
    undecided,
    undetermined,
)
from winwinwin.stats.bounds import Bounds
from winwinwin.stats.comparison import Change, Moved, Way
from winwinwin.stats.exact import SIGNIFICANCE
from winwinwin.vocabulary import Tone

COLUMNS = ("before", "share", "after", "share", "points", "")
NUMERIC = frozenset(range(1, 6))
SHARES = (2, 4)
TEST_LABEL = "test"
SIGNIFICANT = "significant"
NO_CHANGE = "no change"
MINUS = "\N{MINUS SIGN}"
WAYS: dict[Way, str] = {1: "better", -1: "worse"}


def changes_table(what: str, rows: Iterable[tuple[Text, Change, int]]) -> Table:
    """Put changes in a table; with 1 a rise is good, with -1 a fall, with 0 neither."""
    cells = tuple(
        (
            name,
            *share_cells(change.before),
            *share_cells(change.after),
            Text(moved(change), tone_of(change, good)),
            Text(significance(change), tone_of(change, good)),
        )
        for name, change, good in rows
    )
    return Table((what, *COLUMNS), cells, NUMERIC, spare=SHARES)


def share_cells(found: Bounds) -> tuple[Text, Text]:
    return Text(f"{found.sure:,}"), Text(share_words(found) if found.most_of else "-", "muted")


def tone_of(change: Change, good: int) -> Tone:
    """Return the tone of a change: plain where it is not significant."""
    if change.is_undecided:
        return "open"
    if not change.is_significant:
        return "plain"
    if not good:
        return "strong"
    return "won" if change.goes(1 if good > 0 else -1) else "lost"


def moved(change: Change) -> str:
    """Write a change in percentage points, from its least to its most where these differ.

    '-' where one side has no interactions, or too few for a rate.
    """
    if not (change.has_both and is_rate(change.before, change.after)):
        return "-"
    if change.is_exact:
        return f"{change.points:+.1f}" if change.points else "0.0"
    return f"{change.points_lowest:+.1f} to {change.points_highest:+.1f}"


def points(change: Change) -> str:
    """Say by how much something changed; of too few for a rate, from what to what."""
    if change.has_both and change.is_none and change.is_exact:
        return NO_CHANGE
    if not change.has_both or is_rate(change.before, change.after):
        return f"{moved(change)} points"
    return f"from {_one_way(change.before)} to {_one_way(change.after)}"


def _one_way(found: Bounds) -> str:
    most = possible_words(found)
    return f"{sure_words(found)} ({most})" if most else sure_words(found)


def signed(words: str) -> str:
    """Write a minus sign before each number that a hyphen makes negative."""
    return " ".join(
        f"{MINUS}{word[1:]}" if word[:1] == "-" and word[1:2].isdigit() else word
        for word in words.split(" ")
    )


def significance(change: Change) -> str:
    """Say whether a change is significant, or may be; '' where it is not."""
    if change.is_significant:
        return SIGNIFICANT
    return undecided(change.undetermined) if change.is_undecided else ""


def judged_words(change: Change, good: int) -> str:
    """Say likewise, and whether for the better: where colour says it, words do too."""
    said = significance(change)
    ways = [
        words for way, words in WAYS.items() if good and change.goes(1 if way * good > 0 else -1)
    ]
    return ", ".join([*ways, said]) if said else ""


def change_words(change: Change) -> str:
    """Say by how much something changed, and whether significantly."""
    said = significance(change)
    if not said and change.is_none:
        return NO_CHANGE
    return f"{points(change)}, {said or f'not {SIGNIFICANT}'}"


def could_be(found: Moved) -> str:
    """Say where a run may have become better or worse, for all that is recorded: '' for nowhere."""
    ways = [words for way, words in WAYS.items() if found.may_be(way) and not found.is_(way)]
    number = max((change.undetermined for _, change in found.watched), default=0)
    return f"could be {listed(ways, 'or')}: {undetermined(number)}" if ways else ""


def headline(found: Moved, since: str = "than before") -> Text:
    """Say in a few words what became of a run."""
    sure = [words for way, words in WAYS.items() if found.is_(way)]
    if sure:
        said = f"{listed(sure, 'and')} {since}"
        tone: Tone = "strong" if len(sure) == len(WAYS) else "won" if found.is_(1) else "lost"
    elif said := could_be(found):
        tone = "open"
    elif all(change.is_none for _, change in found.watched):
        said, tone = NO_CHANGE, "plain"
    else:
        said, tone = "no change by more than chance", "plain"
    return Text(f"{said[0].upper()}{said[1:]}", tone)


def in_short(found: Moved, said: Iterable[tuple[str, Change, int]]) -> Line:
    """Say in one line how wins and losses changed, and whether it could be worse."""
    parts: list[Text] = []
    for words, change, good in said:
        parts += [Text("; ")] if parts else []
        parts.append(Text(words, tone_of(change, good)))
    if found.may_be_worse and not found.is_worse:
        parts += [Text("; "), Text(could_be(found), "open")]
    return line(*parts, label="in short")


def test_line(test: str) -> Line:
    said = f"{test} within each table; significant: a probability below {percent(SIGNIFICANCE)}"
    return line(f"{said}, whatever the undetermined ones turn out to be", label=TEST_LABEL)


def change_objects(what: str, changes: Mapping[Any, Change]) -> list[dict[str, Any]]:
    return [{what: key} | change_object(change) for key, change in changes.items()]


def change_object(change: Change) -> dict[str, Any]:
    """Return a change for JSON; shares and probabilities are from 0 to 1."""
    return {
        "before": share_object(change.before),
        "after": share_object(change.after),
        "points": change.points,
        "points_lowest": change.points_lowest,
        "points_highest": change.points_highest,
        **chances_object(change),
    }


def chances_object(change: Change) -> dict[str, Any]:
    return {
        "probability": change.chances.recorded,
        "probability_lowest": change.chances.lowest,
        "probability_highest": change.chances.highest,
        "more_than_noise": change.is_significant,
        "more_than_noise_possible": change.is_significant or change.is_undecided,
    }


def share_object(found: Bounds) -> dict[str, Any]:
    return {
        "count": found.sure,
        "total": found.fewest_of,
        "share": found.share_sure,
        "possible": found.possible,
        "share_possible": found.share_possible,
    }

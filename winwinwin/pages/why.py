"""Why a verdict is given, why not another, and what makes two interactions differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from winwinwin.analysis.why import Comparison, Obstacle, Part, Slip, WhyNot
from winwinwin.errors import count, printable
from winwinwin.facts import Setting
from winwinwin.kernel.judgement import ConditionFinding, Judgement, Settings
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.blocks import Block, Line, Table, Text, Title, line
from winwinwin.pages.words import (
    FACTS,
    had,
    listed,
    setting_words,
    stated,
    value_words,
    verdict_text,
)

MOST_SLIPS = 5
"""Wrong entries that are shown; more tell nothing new."""

PARTS: dict[Part, str] = {
    "lacks": "would give it, but is not met",
    "comes_later": "would give it, but an earlier rule decides or still may",
    "fires": "stands in the way: it fires",
    "may_fire": "stands in the way: it may still fire",
}


def reason_words(reason: Settings, assumed: Iterable[Setting]) -> str:
    """Say a reason: `the customer lost and the customer thinks the salesperson won (assumed)`."""
    filled_in = set(assumed)
    return listed(
        [stated(each) + " (assumed)" * (each in filled_in) for each in reason],
        "and",
    )


def reasons_sentence(judgement: Judgement) -> str:
    """Say what settles a verdict by itself, the first of the smallest reasons."""
    if judgement.verdict is Verdict.UNDETERMINED:
        return "Nothing that is recorded settles it yet."
    if not judgement.reasons:
        return "No facts settle it alone: it rests on what is assumed of those that are missing."
    first = judgement.reasons[0]
    if not first:
        return "It is so whatever is recorded."
    if len(first) == 1:
        return f"That {reason_words(first, judgement.assumed)} settles it; nothing else matters."
    said = reason_words(first, judgement.assumed)
    return f"Together these settle it, and nothing else matters: {said}."


def reasons_blocks(judgement: Judgement) -> Iterator[Block]:
    """Say everything that would settle the verdict by itself."""
    yield Title(Text("What alone settles it"), depth=1)
    yield line(reasons_sentence(judgement))
    for reason in judgement.reasons[1:]:
        yield line(reason_words(reason, judgement.assumed), label="or")


def firmness_sentence(judgement: Judgement) -> str:
    """Say how many wrong entries would change a verdict; '' of an undetermined one."""
    if judgement.verdict is Verdict.UNDETERMINED:
        return ""
    if judgement.firmness is None:
        return "No wrong entry could change it."
    if judgement.firmness == 1:
        return "One wrong entry would change it."
    return f"Only {judgement.firmness} wrong entries together would change it."


def firmness_blocks(judgement: Judgement, slips: Iterable[Slip]) -> Iterator[Block]:
    """Say how many wrong entries would change the verdict, and which."""
    said, found = firmness_sentence(judgement), list(slips)
    if not said:
        return
    yield Title(Text("How firm it is"), depth=1)
    yield line(f"{said[:-1]}:" if found else said)
    for slip in found[:MOST_SLIPS]:
        yield line(f"if {had(slip.changes)}: ", verdict_text(slip.verdict))
    if len(found) > MOST_SLIPS:
        yield line(f"and {count(len(found) - MOST_SLIPS, 'other way')}")


def why_not_blocks(why_not: WhyNot, judgement: Judgement) -> Iterator[Block]:
    """Say what would give another verdict, and what each rule has to do with it."""
    label = WORDINGS[why_not.verdict].label
    yield Title(Text(f"Why not: {label}"), depth=1)
    if why_not.verdict is judgement.verdict:
        yield line(f"The verdict is {label}.")
        return
    yield from ways_lines(why_not.changes, label)
    if not why_not.obstacles:
        yield line("No rule stands in the way.")
    for obstacle in why_not.obstacles:
        yield line(_obstacle_words(obstacle), label=obstacle.rule)


def ways_lines(ways: Sequence[Settings], label: str) -> Iterator[Line]:
    """Say what would give a verdict."""
    if not ways:
        yield line(f"No change to the facts would give the verdict {label}.")
        return
    first, *others = ways
    yield line(f"The verdict would be {label} if ", Text(had(first), "strong"))
    for way in others:
        yield line("if ", Text(had(way), "strong"), label="or")


def _obstacle_words(obstacle: Obstacle) -> str:
    said = "; ".join(map(_condition_words, obstacle.conditions))
    return f"{PARTS[obstacle.part]}{f' ({said})' if said else ''}"


def _condition_words(condition: ConditionFinding) -> str:
    fact, value = FACTS[condition.fact], value_words(condition.value)
    if condition.value == condition.wanted:
        return f"{fact}: {value}"
    instead = "not" if condition.value is not None else "needed:"
    return f"{fact}: {value}, {instead} {value_words(condition.wanted)}"


def comparison_blocks(
    found: Comparison, names: tuple[str, str], judgement: Judgement
) -> Iterator[Block]:
    """Set two interactions beside each other."""
    one, other = map(printable, names)
    yield Title(Text(f"Compared with {other}"), depth=1)
    yield line(_decisive_words(found, (one, other), judgement))
    heads = ("fact", one, other)
    if found.differs:
        yield Table(heads, tuple(_rows(found.differs)))
    if found.same:
        yield line("; ".join(map(setting_words, found.same)), label="shared")


def _rows(differs: Mapping[str, tuple[object, object]]) -> Iterator[tuple[Text, ...]]:
    for fact, values in differs.items():
        yield (Text(FACTS[fact]), *(Text(value_words(value)) for value in values))  # type: ignore[arg-type]


def _decisive_words(found: Comparison, names: tuple[str, str], judgement: Judgement) -> str:
    one, other = names
    label = WORDINGS[found.verdict].label
    if found.verdict is judgement.verdict:
        return f"Both: {label}."
    ways = [listed([FACTS[fact] for fact in facts], "and") for facts in found.decisive]
    if ways[1:]:
        changed = "one of these were"
    else:
        changed = "these were" if found.decisive[0][1:] else "that were"
    return (
        f"{one}: {WORDINGS[judgement.verdict].label}. {other}: {label}. "
        f"What makes the difference: {'; or '.join(ways)}. "
        f"If {changed} as in {other}, {one} would get the same verdict."
    )

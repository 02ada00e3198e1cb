"""The calls to talk about: every interaction that is not WIN/WIN/WIN, the worst first, each with its reason."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from winwinwin.errors import SHOWN, shortened
from winwinwin.kernel.judgement import Judgement
from winwinwin.kernel.rulebook import Rulebook
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.blocks import Block, Table, Text, Title, line
from winwinwin.pages.interaction import rule_line
from winwinwin.pages.why import firmness_sentence, reasons_sentence
from winwinwin.pages.words import HELPED, helped, verdict_sentence, verdict_text
from winwinwin.record.described import Described
from winwinwin.record.order import day
from winwinwin.stats.dimensions import Grouping
from winwinwin.stats.groups import Group

TITLE = "Calls to talk about"
HIDDEN = "booked as won, ruled lost"
WORST = (
    Verdict.ORGANIZATION_LOSES,
    Verdict.NOT_COVERED,
    Verdict.OUT_OF_ORDER,
    Verdict.UNDETERMINED,
)
"""The verdicts to talk about, the worst first."""
FEWEST = 5
"""Calls that a terminal lists below the summary."""


class Call(NamedTuple):
    """An interaction to talk about."""

    name: str
    """The id; without one, the place."""
    date: date | None
    employee: str | None
    channel: str | None
    notes: str | None
    groups: Mapping[str, str | None]
    """Its value of each dimension."""
    judgement: Judgement


def call_of(
    about: Described, name: str, judgement: Judgement, groupings: Mapping[str, Grouping]
) -> Call:
    return Call(
        name,
        None if about.date is None else day(about.date),
        about.employee or None,
        about.channel or None,
        about.notes or None,
        {by: value_of(about) for by, value_of in groupings.items()},
        judgement,
    )


def is_hidden_loss(judgement: Judgement) -> bool:
    return judgement.organization == "lost" and judgement.facts.organization == "won"


def rank(judgement: Judgement) -> int | None:
    """Return how soon to talk about it, 0 first: hidden losses, then as in WORST; None for a win."""
    if is_hidden_loss(judgement):
        return 0
    verdict = judgement.verdict
    return 1 + WORST.index(verdict) if verdict in WORST else None


def number_of(group: Group) -> int:
    """Count the interactions to talk about."""
    return sum(count for judgement, count in group.judged() if rank(judgement) is not None)


def decided(judgement: Judgement, rulebook: Rulebook) -> str:
    """Say in a sentence what decided the verdict, or why nothing did."""
    if judgement.verdict is not Verdict.ORGANIZATION_LOSES:
        return verdict_sentence(judgement)
    [said] = rule_line(judgement, rulebook)
    return "".join(part.words for part in said.parts).rstrip(".") + "."


def helps(judgement: Judgement) -> str:
    """Say in a sentence what would have helped; of the undetermined, what to ask."""
    if judgement.verdict is Verdict.UNDETERMINED:
        return helped(judgement)
    if not judgement.remedies:
        return "No change to the facts would make it WIN/WIN/WIN."
    return f"It would be WIN/WIN/WIN {helped(judgement)}."


def why(judgement: Judgement, rulebook: Rulebook) -> str:
    """Say what decided the verdict, what settles it, how firm it is, and what would have helped."""
    said = [decided(judgement, rulebook)]
    if judgement.verdict is not Verdict.UNDETERMINED:
        said += [reasons_sentence(judgement), firmness_sentence(judgement)]
    return " ".join([*said, helps(judgement)])


def talk_blocks(calls: Sequence[Call], group: Group) -> list[Block]:
    """List the first calls, count the others and say how to get them; nothing where there are none."""
    if not calls:
        return []
    listed = calls[:FEWEST]
    rows = tuple(
        (
            Text(shortened(call.name, SHOWN), whole=True),
            Text(shortened(call.employee or "-", SHOWN), whole=True),
            verdict_text(call.judgement.verdict),
            Text(helped(call.judgement) or "-"),
        )
        for call in listed
    )
    more = number_of(group) - len(rows)
    columns = ("interaction", "employee", "verdict", HELPED)
    table = Table(columns, rows, spare=(2,))
    said = f"and {more:,} more: --talk calls.csv writes them all"
    return [Title(Text(TITLE)), table, *([line(Text(said, "muted"))] if more else [])]


class Reason(NamedTuple):
    """What calls have in common."""

    rank: int
    label: str
    decided: str


def reason_of(judgement: Judgement, rulebook: Rulebook) -> Reason | None:
    place = rank(judgement)
    if place is None:
        return None
    words = WORDINGS[judgement.verdict]
    is_open = judgement.verdict is Verdict.UNDETERMINED
    said = words.sentence if is_open else decided(judgement, rulebook)
    return Reason(place, words.label if place else HIDDEN, said)


def talk_sections(
    calls: Sequence[Call], group: Group, rulebook: Rulebook, most: int
) -> Iterator[Block]:
    """List so many calls by reason, and count all of each; nothing where there are none."""
    reasons: Counter[Reason] = Counter()
    for judgement, count in group.judged():
        if reason := reason_of(judgement, rulebook):
            reasons[reason] += count
    if not reasons:
        return
    listed: dict[Reason | None, list[Call]] = {}
    for call in calls[:most]:
        listed.setdefault(reason_of(call.judgement, rulebook), []).append(call)
    yield Title(Text(f"{TITLE}: {reasons.total():,}"))
    for reason in sorted(reasons, key=lambda one: (one.rank, -reasons[one], one.decided)):
        found, number = listed.get(reason, []), reasons[reason]
        yield line(Text(f"{reason.label}: {number:,}", "strong"), f". {reason.decided}")
        if found:
            yield calls_table(found)
            if number > len(found):
                yield line(f"and {number - len(found):,} more")


def calls_table(calls: Sequence[Call]) -> Table:
    """Set calls in a table, without the columns that are empty in all its rows."""
    columns = ("id", "date", "employee", "channel", "notes", "triple", HELPED)
    cells = [
        (
            call.name,
            "" if call.date is None else call.date.isoformat(),
            call.employee or "",
            call.channel or "",
            call.notes or "",
            call.judgement.triple,
            helps(call.judgement),
        )
        for call in calls
    ]
    kept = [place for place in range(len(columns)) if any(row[place] for row in cells)]
    rows = tuple(tuple(Text(row[place]) for place in kept) for row in cells)
    return Table(tuple(columns[place] for place in kept), rows)

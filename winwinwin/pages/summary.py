"""What a person reads about many interactions: the counts, and what follows from them."""

from collections.abc import Iterator, Sequence

from winwinwin.errors import count
from winwinwin.facts import Outcome
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages.ask import ask_line
from winwinwin.pages.blocks import Bar, Block, Line, Matrix, Table, Text, Tile, Title, line
from winwinwin.pages.groups import groups_blocks
from winwinwin.pages.selected import selected_line
from winwinwin.pages.shares import INTERVAL, SHARE_COLUMNS, share_cells, shares_table
from winwinwin.pages.words import (
    FACTS,
    FEW,
    NOT_JUDGED,
    OUTCOME_TONES,
    duration,
    had,
    interactions,
    interval_words,
    percent,
    share,
    unjudged_words,
    verdict_text,
)
from winwinwin.stats.bounds import agrees_with_books, decided_by, has_verdict, of_all
from winwinwin.stats.groups import Group
from winwinwin.stats.tally import Gaps, Tally

OUTCOMES: tuple[Outcome | None, ...] = ("won", "lost", None)
UNKNOWN = "?"
MOST_LEVERS = 5
"""Levers that are listed; the others are only counted."""


def summary(tally: Tally, *, grouped: bool = True) -> list[Block]:
    """Sum up a run, with or without its groups; without a valid record only what failed."""
    group = tally.all
    if not group.total:
        nothing = Title(Text("Nothing was judged", "lost"))
        return [nothing, *selected_line(tally), *failures_line(tally)]
    return [
        Title(Text(f"{interactions(group.total)} judged")),
        *selected_line(tally),
        verdicts_table(group),
        *failures_line(tally),
        *biggest_lever(group),
        *ask_line(group),
        Title(Text("Who won, and what the rules say about the organization")),
        matrix(group),
        *levers_blocks(group),
        Title(Text("Which rule decided")),
        rules_table(group),
        *notes_line(group),
        *books_blocks(group),
        *(groups_blocks(tally) if grouped else ()),
        Title(Text("How complete the records are")),
        origins_table(group),
        *gaps_line(tally),
    ]


def verdicts_table(group: Group) -> Table:
    rows = []
    for verdict in group.verdicts():
        found = group.share(has_verdict(verdict))
        is_rate = verdict is not Verdict.UNDETERMINED
        bar = Bar(found.share_sure, WORDINGS[verdict].tone)
        rows.append((verdict_text(verdict), *share_cells(found, is_rate=is_rate), bar))
    return shares_table(("verdict", *SHARE_COLUMNS, ""), rows)


def matrix(group: Group) -> Matrix:
    """Set salesperson against customer; each cell has what the rules say about the organization."""
    cells = group.matrix()
    rows = tuple(
        (
            f"salesperson {salesperson or UNKNOWN}",
            tuple(
                tile([cells[salesperson, customer, ruled] for ruled in OUTCOMES], group.total)
                for customer in OUTCOMES
            ),
        )
        for salesperson in OUTCOMES
    )
    return Matrix(tuple(f"customer {customer or UNKNOWN}" for customer in OUTCOMES), rows)


def tile(ruled: Sequence[int], total: int) -> Tile:
    """Make a cell of how often the rules say that the organization won, lost, or neither."""
    number = sum(ruled)
    if not number:
        return Tile("0", "", "", "muted")
    part = percent(share(number, total)) if total >= FEW else ""
    found = [(count, words) for count, words in zip(ruled, OUTCOME_TONES, strict=True) if count]
    said = ", ".join(f"{words} {count:,}" if len(found) > 1 else words for count, words in found)
    most = max(found)[1]
    return Tile(f"{number:,}", part, said, OUTCOME_TONES[most])


def failures_line(tally: Tally) -> list[Line]:
    said = unjudged_words(tally.invalid, tally.unreadable)
    return [line(Text(said, "lost"), label=NOT_JUDGED)] if said else []


def biggest_lever(group: Group) -> list[Line]:
    said = lever_sentence(group)
    return [line(Text(said, "strong"), label="biggest lever")] if said else []


def lever_sentence(group: Group) -> str:
    """Say what the biggest lever would do; '' where no change would make one WIN/WIN/WIN."""
    levers = group.levers()
    if not levers:
        return ""
    settled = group.total - group.verdicts()[Verdict.UNDETERMINED]
    others = settled - group.verdicts()[Verdict.WIN_WIN_WIN]
    biggest = levers[0]
    return f"{biggest.turned:,} of {others:,} would be WIN/WIN/WIN if {had(biggest.remedy)}"


def levers_blocks(group: Group) -> Iterator[Block]:
    levers = group.levers()
    if len(levers) < 2:  # noqa: PLR2004  # a single one has just been said
        return
    most = levers[0].turned
    yield Title(Text("What would make the others WIN/WIN/WIN"))
    rows = tuple(
        (Text(had(remedy)), Text(f"{number:,}"), Bar(share(number, most), "won"))
        for remedy, number in levers[:MOST_LEVERS]
    )
    yield Table(("if", "would fix", ""), rows, frozenset({1}))
    if len(levers) > MOST_LEVERS:
        yield line(f"and {count(len(levers) - MOST_LEVERS, 'smaller one')}")


def rules_table(group: Group) -> Table:
    rows = []
    for rule, number in group.rules().most_common():
        found = group.share(decided_by(rule)) if rule else of_all(number, group.total)
        name = Text(rule or "no single rule", "plain" if rule else "muted")
        rows.append((name, *share_cells(found, is_rate=rule is not None), Bar(found.share_sure)))
    return shares_table(("rule", *SHARE_COLUMNS, ""), rows)


def notes_line(group: Group) -> list[Line]:
    notes = group.notes()
    said = "; ".join(f"{note.replace('_', ' ')} {number:,}" for note, number in notes.most_common())
    return [line(said, label="notes")] if said else []


def books_blocks(group: Group) -> Iterator[Block]:
    """Compare rules and books, where anything is booked."""
    test = group.backtest()
    if not test.compared:
        return
    yield Title(Text("Rules and books"))
    cells = test.cells
    rows = tuple(
        (
            Text(f"ruled {ruled}"),
            Text(f"{cells[ruled, 'won']:,}", "plain" if ruled == "won" else "lost"),
            Text(f"{cells[ruled, 'lost']:,}", "plain" if ruled == "lost" else "lost"),
        )
        for ruled in ("won", "lost")
    )
    yield Table(("", "booked won", "booked lost"), rows, frozenset({1, 2}))
    yield line(agreement_sentence(group), label="they agree")
    yield line(f"{group.contradictions:,}", label="they disagree")
    if test.unruled:
        yield line(f"{test.unruled:,}", label=UNRULED)


UNRULED = "booked, but undecided by the rules"
"""The label of the interactions that have no ruled outcome to compare with the books."""


def agreement_sentence(group: Group) -> str:
    """Say how often rules and books agree, and how sure that share is."""
    test, found = group.backtest(), group.share(agrees_with_books)
    said = f"{test.agreeing:,} of {test.compared:,}"
    if test.compared < FEW:
        return said
    least, most = percent(found.share_sure), percent(found.share_possible)
    more = "" if least == most else f"{least} to {most} once all is known; "
    agreed = percent(share(test.agreeing, test.compared))
    return f"{said}, {agreed} ({more}{INTERVAL} {interval_words(found)})"


def origins_table(group: Group) -> Table:
    rows = tuple(
        (
            Text(FACTS[fact]),
            *(Text(f"{origins[origin]:,}") for origin in ("recorded", "assumed", "missing")),
        )
        for fact, origins in group.origins().items()
    )
    return Table(("fact", "recorded", "assumed", "missing"), rows, frozenset({1, 2, 3}))


def gaps_line(tally: Tally) -> list[Line]:
    return [line(gaps_sentence(tally.gaps), label="gap")] if tally.gaps else []


def gaps_sentence(gaps: Gaps) -> str:
    """Say how long the gaps are."""
    middle, most = duration(gaps.median), duration(gaps.ninth_decile)
    with_times = f"{interactions(gaps.measured)} with both times"
    return f"median {middle}, 90% within {most} ({with_times})"

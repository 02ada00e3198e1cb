"""What a person or a program reads about three and more runs, or about the periods of one."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from winwinwin.errors import count
from winwinwin.kernel.judgement import SCHEMA
from winwinwin.kernel.rulebook import Stamp
from winwinwin.kernel.verdict import JUDGED, WORDINGS, Verdict
from winwinwin.pages import changes
from winwinwin.pages.blocks import Block, Line, Table, Text, Title, line
from winwinwin.pages.comparison import run_lines, run_object
from winwinwin.pages.groups import value_text
from winwinwin.pages.page import Page
from winwinwin.pages.shares import SHARE_COLUMNS, share_cells, shares_table
from winwinwin.pages.words import NOT_JUDGED, interactions, listed, share_words, undetermined
from winwinwin.stats.comparison import TEST, WATCHED, Way
from winwinwin.stats.over_time import Course, Periods
from winwinwin.stats.standing import in_order
from winwinwin.stats.tally import Tally
from winwinwin.stats.trend import TREND_TEST

ABOUT_SOURCES = ("before", "after", "source", "period", "left out", NOT_JUDGED)
"""The labels of lines about what was read."""
TURNS: dict[Way, str] = {1: "rise", -1: "fall"}
NOTHING = "There are not two periods to compare."


class Read(NamedTuple):
    """What the periods come from."""

    sources: Sequence[tuple[str, Tally]]
    period: str | None = None
    """The period that the one source is divided by; None where each source is a period."""

    @property
    def title(self) -> str:
        names = [name for name, _ in self.sources]
        return f"{names[0]} by {self.period}" if self.period else f"{names[0]} to {names[-1]}"

    @property
    def undated(self) -> int:
        """Interactions that are in no period."""
        if self.period is None:
            return 0
        left = self.sources[0][1].groups[self.period].get(None)
        return left.total if left else 0


def page(periods: Periods, read: Read, stamp: Stamp) -> Page:
    """Say what changed over some periods."""
    return Page(
        title=read.title,
        blocks=periods_blocks(periods, read, stamp),
        data=lambda: periods_object(periods, read, stamp),
        brief=lambda: [in_short(periods)],
    )


def periods_blocks(periods: Periods, read: Read, stamp: Stamp) -> list[Block]:
    begin: list[Block] = [
        Title(Text(count(len(periods.runs), "period"), "strong")),
        *source_lines(read),
        in_short(periods),
    ]
    end = line(str(stamp), label="rulebook")
    if not periods.has_two:
        return [*begin, end]
    return [
        *begin,
        *(block for verdict in WATCHED for block in course_blocks(periods, verdict)),
        *others(periods),
        *(block for by in periods.groups for block in group_blocks(by, periods)),
        changes.test_line(f"for a trend, the {TREND_TEST}; between periods, {TEST}"),
        end,
    ]


def source_lines(read: Read) -> Iterator[Line]:
    for name, tally in read.sources:
        yield from run_lines("source" if read.period else "period", name, tally)
    if read.undated:
        yield line(Text(f"{interactions(read.undated)} without a date", "open"), label="left out")


def in_short(periods: Periods) -> Line:
    """Say in one line whether the shares of wins and losses rise or fall."""
    if not periods.has_two:
        return line(Text(NOTHING, "open"))
    return changes.in_short(
        periods,
        (
            (
                f"{WORDINGS[verdict].label} {trend_words(course)}",
                course.trend,
                WORDINGS[verdict].direction,
            )
            for verdict, course in periods.courses.items()
        ),
    )


def trend_words(course: Course) -> str:
    """Say whether a share rises or falls, as the predicate of a sentence."""
    trend = course.trend
    ways = [words for way, words in TURNS.items() if trend.may_go(way)]
    if trend.is_significant:
        return f"{listed(ways, 'and')}s, {changes.SIGNIFICANT}"
    if trend.is_undecided:
        return f"may {listed(ways, 'or')}: {undetermined(trend.undetermined)}"
    if len({(found.share_sure, found.share_possible) for found in course.known}) == 1:
        return f"has {changes.NO_CHANGE}"
    return "has no trend by more than chance"


def course_blocks(periods: Periods, verdict: Verdict) -> Iterator[Block]:
    """Show a share by period, how it changed from each to the next, and over them all."""
    label, good = WORDINGS[verdict].label, WORDINGS[verdict].direction
    yield Title(Text(label))
    yield course_table(periods, verdict)
    course, last = periods.courses[verdict], len(periods.runs) - 1
    if last > 1:  # of two, the table has said it
        change = periods.steps[verdict][0, last]
        yield line(
            Text(changes.change_words(change), changes.tone_of(change, good)),
            label="first to last",
        )
    yield line(
        Text(f"{label} {trend_words(course)}", changes.tone_of(course.trend, good)), label="trend"
    )


def course_table(periods: Periods, verdict: Verdict) -> Table:
    good = WORDINGS[verdict].direction
    rows = []
    for place, name in enumerate(periods.names):
        found = periods.verdicts[verdict][place]
        step = periods.steps[verdict].get((place - 1, place))
        moved = (changes.moved(step), changes.significance(step)) if step else ("", "")
        tone = changes.tone_of(step, good) if step else "muted"
        cells = (Text(name), Text(f"{found.most_of:,}"), *share_cells(found))
        rows.append((*cells, *(Text(words, tone) for words in moved)))
    return shares_table(("period", "judged", *SHARE_COLUMNS, "points", ""), rows)


def others(periods: Periods) -> Iterator[Block]:
    """Show the shares of the verdicts that make a run neither better nor worse."""
    found = [verdict for verdict in JUDGED if verdict not in WATCHED]
    rows = tuple(
        (Text(name), *(Text(share_words(periods.verdicts[verdict][place])) for verdict in found))
        for place, name in enumerate(periods.names)
    )
    yield Title(Text("The other verdicts"))
    labels = (WORDINGS[verdict].label for verdict in found)
    yield Table(("period", *labels), rows, frozenset(range(1, len(found) + 1)))


def group_blocks(by: str, periods: Periods) -> Iterator[Block]:
    """Show the share of wins of each group by period, and whether it rises or falls."""
    groups = {value: found[Verdict.WIN_WIN_WIN] for value, found in periods.groups[by].items()}
    rows = tuple(
        (
            value_text(value),
            *(Text(share_words(found) if found.most_of else "-") for found in groups[value].shares),
            Text(
                trend_words(groups[value]),
                changes.tone_of(groups[value].trend, 1),
            ),
        )
        for value in in_order(by, {value: course.known[-1] for value, course in groups.items()})
    )
    yield Title(Text(f"{WORDINGS[Verdict.WIN_WIN_WIN].label}, by {by}"))
    yield Table((by, *periods.names, ""), rows, frozenset(range(1, len(periods.names) + 1)))


def periods_object(periods: Periods, read: Read, stamp: Stamp) -> dict[str, Any]:
    """Return the periods for JSON, field by field."""
    return {
        "schema": SCHEMA,
        "sources": [run_object(name, tally) for name, tally in read.sources],
        "by": read.period,
        "periods": [
            {"name": name, "judged": run.total}
            for name, run in zip(periods.names, periods.runs, strict=True)
        ],
        "undated": read.undated,
        "test": TEST,
        "trend_test": TREND_TEST,
        "worse": periods.is_worse,
        "worse_possible": periods.may_be_worse,
        "verdicts": [
            {"verdict": verdict, "shares": list(map(changes.share_object, shares))}
            | watched_object(periods, verdict)
            for verdict, shares in periods.verdicts.items()
        ],
        "groups": [
            {"by": by, "value": value}
            | {"verdicts": [{"verdict": v} | course_object(course) for v, course in found.items()]}
            for by, values in periods.groups.items()
            for value, found in values.items()
        ],
        "rulebook": stamp._asdict(),
    }


def watched_object(periods: Periods, verdict: Verdict) -> dict[str, Any]:
    if verdict not in periods.courses:
        return {"trend": None, "changes": []}
    names = periods.names
    return {
        "trend": trend_object(periods.courses[verdict]),
        "changes": [
            {"from": names[one], "to": names[other]} | changes.change_object(change)
            for (one, other), change in periods.steps[verdict].items()
        ],
    }


def course_object(course: Course) -> dict[str, Any]:
    shares = list(map(changes.share_object, course.shares))
    return {"shares": shares, "trend": trend_object(course)}


def trend_object(course: Course) -> dict[str, Any]:
    """Return a trend; its direction is 1 or -1 where it is significant, else 0."""
    trend = course.trend
    return {"direction": trend.goes(1) - trend.goes(-1)} | changes.chances_object(trend)

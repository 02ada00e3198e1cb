"""What a person or a program reads of two runs beside each other."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from winwinwin.comparison import NOISE, TEST, WATCHED, Change, Comparison, Part
from winwinwin.judgement import SCHEMA, WORDINGS, Verdict
from winwinwin.render import plain
from winwinwin.render.blocks import Block, Cell, Line, Table, Text, Title, line
from winwinwin.render.page import Page
from winwinwin.render.summary import MOST_LEVERS, NO_VALUE, failures_line, remedy_words
from winwinwin.render.view import interactions, percent, verdict_text
from winwinwin.rulebook import Stamp
from winwinwin.tally import Tally
from winwinwin.vocabulary import Tone

COLUMNS = ("before", "share", "after", "share", "points", "")
NUMERIC = frozenset(range(1, 6))
SHARES = (2, 4)
GOOD: dict[Verdict, int] = {Verdict.WIN_WIN_WIN: 1, Verdict.ORGANIZATION_LOSES: -1}
"""The direction in which a verdict that is watched should move."""


def page(comparison: Comparison, before: str, after: str, stamp: Stamp) -> Page:
    """Say what changed between two sources, called by these names; HTML has charts of it too."""

    def figures() -> str:
        from winwinwin.render.report.moves import figures  # two seconds of imports

        return figures(comparison)

    return Page(
        title=f"{before} and {after}",
        blocks=comparison_blocks(comparison, before, after, stamp=stamp),
        data=lambda: comparison_object(comparison, before, after, stamp=stamp),
        brief=lambda: plain.paint([answer(comparison)]),
        figures=figures,
    )


def comparison_blocks(
    comparison: Comparison, before: str, after: str, *, stamp: Stamp
) -> list[Block]:
    return [
        Title(Text("Before and after", "strong")),
        *run_lines("before", before, comparison.before),
        *run_lines("after", after, comparison.after),
        answer(comparison),
        Title(Text("Verdicts")),
        changes_table(
            "verdict",
            (
                (
                    verdict_text(verdict),
                    change,
                    GOOD.get(verdict, 0),
                )
                for verdict, change in comparison.verdicts.items()
            ),
        ),
        Title(Text("Which rule decided")),
        changes_table(
            "rule",
            (
                (Text(rule or "no single rule"), change, 0)
                for rule, change in comparison.rules.items()
            ),
        ),
        *lever_blocks(comparison),
        *(block for by in comparison.groups for block in group_blocks(by, comparison)),
        line(
            f"{TEST} within each table; more than noise is a probability below {percent(NOISE)}",
            label="test",
        ),
        line(str(stamp), label="rulebook"),
    ]


def run_lines(which: str, name: str, tally: Tally) -> list[Line]:
    """Say what a run was of, and what of it could not be read."""
    return [line(f"{name}, {interactions(tally.all.total)}", label=which), *failures_line(tally)]


def answer(comparison: Comparison) -> Line:
    """Say in a sentence what became of the wins and losses."""
    if not (comparison.before.all.total and comparison.after.all.total):
        return line(Text("One of the two holds nothing to compare.", "open"))
    parts = []
    for verdict in WATCHED:
        change = comparison.verdicts[verdict]
        noise = "more than noise" if change.is_real else "within noise"
        said = f"{WORDINGS[verdict].label} {points(change)}, {noise}"
        parts.append(Text(said, tone_of(change, GOOD[verdict])))
    return Line((parts[0], Text("; "), parts[1]), "in short")


def changes_table(what: str, rows: Iterable[tuple[Text, Change, int]]) -> Table:
    """Set changes in a table; a direction of 1 calls a rise good, -1 a fall, 0 neither."""
    cells = tuple(
        (name, *part_cells(change.before), *part_cells(change.after), *change_cells(change, good))
        for name, change, good in rows
    )
    return Table((what, *COLUMNS), cells, NUMERIC, spare=SHARES)


def part_cells(part: Part) -> tuple[Text, Text]:
    return Text(f"{part.hits:,}"), Text(percent(part.share) if part.total else "-", "muted")


def change_cells(change: Change, good: int) -> tuple[Cell, Cell]:
    tone = tone_of(change, good)
    said = Text("more than noise" if change.is_real else "", tone)
    return Text(moved(change), tone), said


def tone_of(change: Change, good: int) -> Tone:
    """Return the colour of a change: of something only where it is more than noise."""
    if not change.is_real:
        return "plain"
    return "won" if change.points * good > 0 else "lost" if good else "strong"


def moved(change: Change) -> str:
    """Write a change of share in percentage points; '-' where one side is of nothing."""
    return f"{change.points:+.1f}" if change.before.total and change.after.total else "-"


def points(change: Change) -> str:
    """Say a change of share, where both sides are of something."""
    return f"{moved(change)} points"


def lever_blocks(comparison: Comparison) -> Iterator[Block]:
    levers = sorted(comparison.levers.items(), key=lambda item: -item[1].after.hits)
    if levers:
        yield Title(Text("What would make the others WIN/WIN/WIN"))
        rows = ((Text(remedy_words(remedy)), change, 0) for remedy, change in levers[:MOST_LEVERS])
        yield changes_table("remedy", rows)


def group_blocks(by: str, comparison: Comparison) -> Iterator[Block]:
    for verdict in WATCHED:
        yield Title(Text(f"{WORDINGS[verdict].label}, by {by}"))
        yield changes_table(
            by,
            (
                (Text(NO_VALUE, "muted") if value is None else Text(value), changes[verdict], good)
                for value, changes in comparison.groups[by].items()
                for good in [GOOD[verdict]]
            ),
        )


def comparison_object(
    comparison: Comparison, before: str, after: str, *, stamp: Stamp
) -> dict[str, Any]:
    """Return the comparison as JSON has it, field by field; shares and probabilities from 0 to 1."""
    return {
        "schema": SCHEMA,
        "before": run_object(before, comparison.before),
        "after": run_object(after, comparison.after),
        "test": TEST,
        "worse": comparison.is_worse,
        "verdicts": change_objects("verdict", comparison.verdicts),
        "rules": change_objects("rule", comparison.rules),
        "levers": [
            {"remedy": dict(remedy)} | change_object(change)
            for remedy, change in comparison.levers.items()
        ],
        "groups": [
            {"by": by, "value": value} | {"verdicts": change_objects("verdict", changes)}
            for by, values in comparison.groups.items()
            for value, changes in values.items()
        ],
        "rulebook": stamp._asdict(),
    }


def run_object(name: str, tally: Tally) -> dict[str, Any]:
    return {
        "source": name,
        "judged": tally.all.total,
        "invalid": tally.invalid,
        "unreadable": tally.unreadable,
    }


def change_objects(what: str, changes: Mapping[Any, Change]) -> list[dict[str, Any]]:
    return [{what: key} | change_object(change) for key, change in changes.items()]


def change_object(change: Change) -> dict[str, Any]:
    return {
        "before": part_object(change.before),
        "after": part_object(change.after),
        "points": change.points,
        "probability": change.probability,
        "more_than_noise": change.is_real,
    }


def part_object(part: Part) -> dict[str, Any]:
    return {"count": part.hits, "total": part.total, "share": part.share}

"""What a person or a program reads about two runs compared."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from winwinwin.kernel.judgement import SCHEMA
from winwinwin.kernel.rulebook import Stamp
from winwinwin.kernel.verdict import WORDINGS
from winwinwin.pages.blocks import Block, Cell, Line, Table, Text, Title, line
from winwinwin.pages.page import Page
from winwinwin.pages.selected import selected_line
from winwinwin.pages.summary import MOST_LEVERS, NO_VALUE, failures_line
from winwinwin.pages.words import had, interactions, percent, verdict_text
from winwinwin.stats.comparison import SIGNIFICANCE, TEST, WATCHED, Change, Comparison, Part
from winwinwin.stats.tally import Tally
from winwinwin.vocabulary import Tone

COLUMNS = ("before", "share", "after", "share", "points", "")
NUMERIC = frozenset(range(1, 6))
SIGNIFICANT = "significant"
SHARES = (2, 4)


def page(comparison: Comparison, before: str, after: str, stamp: Stamp) -> Page:
    """Say what changed between two sources, called by these names."""
    return Page(
        title=f"{before} and {after}",
        blocks=comparison_blocks(comparison, before, after, stamp=stamp),
        data=lambda: comparison_object(comparison, before, after, stamp=stamp),
        brief=lambda: [in_short(comparison)],
    )


def comparison_blocks(
    comparison: Comparison, before: str, after: str, *, stamp: Stamp
) -> list[Block]:
    return [
        Title(Text("Before and after", "strong")),
        *run_lines("before", before, comparison.before),
        *run_lines("after", after, comparison.after),
        in_short(comparison),
        Title(Text("Verdicts")),
        changes_table(
            "verdict",
            (
                (verdict_text(verdict), change, WORDINGS[verdict].direction)
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
            f"{TEST} within each table; significant: a probability below {percent(SIGNIFICANCE)}",
            label="test",
        ),
        line(str(stamp), label="rulebook"),
    ]


def run_lines(which: str, name: str, tally: Tally) -> list[Line]:
    """Name a run, count it, and say what was selected of it and what could not be read."""
    named = line(f"{name}, {interactions(tally.all.total)}", label=which)
    return [named, *selected_line(tally), *failures_line(tally)]


def in_short(comparison: Comparison) -> Line:
    """Say in one line how the wins and losses changed."""
    if not (comparison.before.all.total and comparison.after.all.total):
        return line(Text("One of the two runs has nothing to compare.", "open"))
    parts: list[Text] = []
    for verdict in WATCHED:
        change = comparison.verdicts[verdict]
        significance = SIGNIFICANT if change.is_significant else f"not {SIGNIFICANT}"
        said = f"{WORDINGS[verdict].label} {points(change)}, {significance}"
        parts += [Text("; ")] if parts else []
        parts.append(Text(said, tone_of(change, WORDINGS[verdict].direction)))
    return line(*parts, label="in short")


def changes_table(what: str, rows: Iterable[tuple[Text, Change, int]]) -> Table:
    """Put changes in a table; with 1 a rise is good, with -1 a fall, with 0 neither."""
    cells = tuple(
        (name, *part_cells(change.before), *part_cells(change.after), *change_cells(change, good))
        for name, change, good in rows
    )
    return Table((what, *COLUMNS), cells, NUMERIC, spare=SHARES)


def part_cells(part: Part) -> tuple[Text, Text]:
    return Text(f"{part.hits:,}"), Text(percent(part.share) if part.total else "-", "muted")


def change_cells(change: Change, good: int) -> tuple[Cell, Cell]:
    tone = tone_of(change, good)
    said = Text(SIGNIFICANT if change.is_significant else "", tone)
    return Text(moved(change), tone), said


def tone_of(change: Change, good: int) -> Tone:
    """Return the tone of a change: plain where it is not significant."""
    if not change.is_significant:
        return "plain"
    return "won" if change.points * good > 0 else "lost" if good else "strong"


def moved(change: Change) -> str:
    """Write a change of share in percentage points; '-' where one side has no interactions."""
    return f"{change.points:+.1f}" if change.before.total and change.after.total else "-"


def points(change: Change) -> str:
    return f"{moved(change)} points"


def lever_blocks(comparison: Comparison) -> Iterator[Block]:
    levers = sorted(comparison.levers.items(), key=lambda item: -item[1].after.hits)
    if levers:
        yield Title(Text("What would make the others WIN/WIN/WIN"))
        rows = ((Text(had(remedy)), change, 0) for remedy, change in levers[:MOST_LEVERS])
        yield changes_table("if", rows)


def group_blocks(by: str, comparison: Comparison) -> Iterator[Block]:
    for verdict in WATCHED:
        yield Title(Text(f"{WORDINGS[verdict].label}, by {by}"))
        yield changes_table(
            by,
            (
                (
                    Text(NO_VALUE, "muted") if value is None else Text(value),
                    changes[verdict],
                    WORDINGS[verdict].direction,
                )
                for value, changes in comparison.groups[by].items()
            ),
        )


def comparison_object(
    comparison: Comparison, before: str, after: str, *, stamp: Stamp
) -> dict[str, Any]:
    """Return the comparison for JSON, field by field; shares and probabilities are from 0 to 1."""
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
        "more_than_noise": change.is_significant,
    }


def part_object(part: Part) -> dict[str, Any]:
    return {"count": part.hits, "total": part.total, "share": part.share}

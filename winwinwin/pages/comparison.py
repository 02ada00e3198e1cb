"""What a person or a program reads about two runs compared."""

from collections.abc import Iterator, Mapping
from typing import Any

from winwinwin.kernel.judgement import SCHEMA
from winwinwin.kernel.rulebook import Stamp
from winwinwin.kernel.verdict import WORDINGS, Verdict
from winwinwin.pages import changes
from winwinwin.pages.blocks import Block, Line, Text, Title, line
from winwinwin.pages.changes import change_object, change_objects, change_words, changes_table
from winwinwin.pages.groups import value_text
from winwinwin.pages.page import Page
from winwinwin.pages.selected import selected_line
from winwinwin.pages.summary import MOST_LEVERS, failures_line
from winwinwin.pages.words import had, interactions, share_words, undetermined, verdict_text
from winwinwin.stats.comparison import TEST, WATCHED, Change, Comparison
from winwinwin.stats.standing import in_order
from winwinwin.stats.tally import Tally

Groups = Mapping[str | None, Mapping[Verdict, Change]]

NOTHING = "One of the two runs has nothing to compare."
NEITHER = "Neither of the two runs has anything to compare."


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
        changes.test_line(TEST),
        line(str(stamp), label="rulebook"),
    ]


def run_lines(which: str, name: str, tally: Tally) -> list[Line]:
    """Name a run, count it, and say what was selected of it and what could not be read."""
    named = line(f"{name}, {interactions(tally.all.total)}", label=which)
    return [named, *selected_line(tally), *failures_line(tally)]


def in_short(comparison: Comparison) -> Line:
    """Say in one line how the wins and losses changed."""
    if not comparison.has_two:
        has_one = comparison.before.all.total or comparison.after.all.total
        return line(Text(NOTHING if has_one else NEITHER, "open"))
    is_same = all(change.is_none for change in comparison.verdicts.values())
    if is_same and not (comparison.may_be(1) or comparison.may_be(-1)):
        open_ones = max(change.undetermined for change in comparison.verdicts.values())
        still = f" as recorded; {undetermined(open_ones)}" if open_ones else ""
        return line(f"{changes.NO_CHANGE}{still}", label="in short")
    return changes.in_short(
        comparison,
        (
            (
                f"{WORDINGS[verdict].label} {change_words(change)}",
                change,
                WORDINGS[verdict].direction,
            )
            for verdict, change in comparison.watched
        ),
    )


def biggest_levers(comparison: Comparison) -> list[tuple[Text, Change, int]]:
    levers = sorted(comparison.levers.items(), key=lambda item: -item[1].after.sure)
    return [(Text(had(remedy)), change, 0) for remedy, change in levers[:MOST_LEVERS]]


def lever_blocks(comparison: Comparison) -> Iterator[Block]:
    if comparison.levers:
        yield Title(Text("What would make the others WIN/WIN/WIN"))
        yield changes_table("if", biggest_levers(comparison))


def group_blocks(by: str, comparison: Comparison) -> Iterator[Block]:
    groups = comparison.groups[by]
    both = in_both(by, groups)
    for verdict in WATCHED if both else ():
        yield Title(Text(f"{WORDINGS[verdict].label}, by {by}"))
        rows = [
            (value_text(value), groups[value][verdict], WORDINGS[verdict].direction)
            for value in both
        ]
        yield changes_table(by, rows)
    one_sided = [(label, said) for label, said in one_side(by, groups) if said]
    if one_sided and not both:
        yield Title(Text(f"By {by}"))
    for label, said in one_sided:
        yield line("; ".join(said), label=label)


def in_both(by: str, groups: Groups) -> list[str | None]:
    """Return the values that both runs have: periods in their order, others by their share after."""
    wins = {value: each[Verdict.WIN_WIN_WIN] for value, each in groups.items()}
    after = {value: change.after for value, change in wins.items() if change.has_both}
    return [*in_order(by, after)]


def one_side(by: str, groups: Groups) -> list[tuple[str, list[str]]]:
    """Name the values that only one of the runs has, with their shares of wins."""
    wins = {value: each[Verdict.WIN_WIN_WIN] for value, each in groups.items()}
    sides = {
        f"only before, by {by}": {v: c.before for v, c in wins.items() if not c.after.most_of},
        f"only after, by {by}": {v: c.after for v, c in wins.items() if not c.before.most_of},
    }
    return [
        (
            label,
            [
                f"{value_text(value).words} {share_words(found[value])}"
                for value in in_order(by, found)
            ],
        )
        for label, found in sides.items()
    ]


def comparison_object(
    comparison: Comparison, before: str, after: str, *, stamp: Stamp
) -> dict[str, Any]:
    """Return the comparison for JSON, field by field."""
    return {
        "schema": SCHEMA,
        "before": run_object(before, comparison.before),
        "after": run_object(after, comparison.after),
        "test": TEST,
        "worse": comparison.is_worse,
        "worse_possible": comparison.may_be_worse,
        "verdicts": change_objects("verdict", comparison.verdicts),
        "rules": change_objects("rule", comparison.rules),
        "levers": [
            {"remedy": dict(remedy)} | change_object(change)
            for remedy, change in comparison.levers.items()
        ],
        "groups": [
            {"by": by, "value": value} | {"verdicts": change_objects("verdict", found)}
            for by, values in comparison.groups.items()
            for value, found in values.items()
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

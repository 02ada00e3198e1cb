"""The command for two batches, for several, or for the periods of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import typer

from winwinwin.cli import completion
from winwinwin.cli.filters import Filters
from winwinwin.cli.inputs import Input
from winwinwin.cli.options import BriefOutput, Grouping, Rules
from winwinwin.cli.parameters import argument, option
from winwinwin.errors import INVALID, Place, Problem, UsageError, quoted
from winwinwin.near import nearest
from winwinwin.output.streams import STANDARD_INPUT

if TYPE_CHECKING:
    from winwinwin.batch.face import Source
    from winwinwin.kernel.rulebook import Stamp
    from winwinwin.pages.page import Page
    from winwinwin.stats.comparison import Comparison
    from winwinwin.stats.over_time import Periods
    from winwinwin.stats.tally import Tally

    Told: TypeAlias = tuple[Comparison | Periods, Page]
    """What was found, and what is said of it."""


def _map_of(about: str) -> Any:
    return typer.Option(metavar="FILE", autocompletion=completion.documents, help=about)


@dataclass(frozen=True)
class Sides(Input):
    """How the inputs are read."""

    map_before: Annotated[str | None, _map_of("The mapping of the first of two alone.")] = None
    map_after: Annotated[str | None, _map_of("The mapping of the second of two alone.")] = None


def compare(
    inputs: Annotated[
        list[str],
        argument(
            "INPUT...",
            "Files, globs or folders that batch reads: two, or more from first to last, or one.",
            completion.inputs,
        ),
    ],
    *,
    reading: Sides,
    filters: Filters,
    grouping: Grouping,
    fail_on_worse: Annotated[
        bool,
        option(
            "Output",
            "Exit 1 where surely and significantly fewer are WIN/WIN/WIN, or more organizations lose.",
            "--fail-on-worse",
        ),
    ] = False,
    to: BriefOutput,
    rules: Rules,
) -> int:
    """Compare batches: what changed, and whether significantly.

    Two inputs are compared in every detail, three and more as periods in the order given. One input
    is divided into its periods: --by day, week or month.

    Exits 0 when done, 1 when --fail-on-worse failed, 2 when anything could not be read.

    Examples:
    winwinwin compare last.yaml week.yaml
    winwinwin compare 'calls/*.yaml' week.yaml --by employee -o change.html
    winwinwin compare week.yaml survey.csv --map-after survey.map.yaml
    winwinwin compare last.yaml week.yaml --fail-on-worse
    winwinwin compare 'calls/*.yaml' last.yaml week.yaml
    winwinwin compare week.yaml --by day
    """
    from winwinwin.batch.opening import count, files_of
    from winwinwin.cli import garbage, writing
    from winwinwin.output import files

    garbage.collect()
    by = tuple(dict.fromkeys(grouping.by or ()))
    sources = [*map(filters.of, _sources(inputs, reading))]
    if len(inputs) == 1:
        _check_period(inputs[0], by)
    if "html" in to.wanted:
        writing.need_report()
    judge = rules.judge()
    files.refuse_overwriting(to.files, [*rules.files, *chain.from_iterable(map(files_of, sources))])
    tallies = [_blaming(source.name, partial(count, source, judge, by)) for source in sources]
    named = [(source.name, tally) for source, tally in zip(sources, tallies, strict=True)]
    compared = _two if len(named) == 2 else _several  # noqa: PLR2004  # before and after
    found, page = compared(named, by, judge.stamp)
    made = replace(page, rows={"html": lambda: _html(found, page, judge.stamp)})
    writing.write(made, to)
    gate = _gate(found) if fail_on_worse else 0
    return max(gate, *(tally.exit_code() for tally in tallies))


def _blaming(name: str, count: Callable[[], "Tally"]) -> "Tally":
    """Count one input. Raises UsageError that names it for an option that does not fit it."""
    try:
        return count()
    except UsageError as error:
        raise UsageError(*(each.at(each.place or Place(name)) for each in error.problems)) from None


def _gate(found: "Comparison | Periods") -> int:
    """Return the exit code of --fail-on-worse, and say what it can't tell."""
    from winwinwin.output import streams
    from winwinwin.pages.changes import could_be

    if not found.has_two:
        streams.warn("--fail-on-worse: there is nothing to compare\n")
        return INVALID  # a gate that has nothing to look at must not pass
    if found.may_be_worse and not found.is_worse:
        streams.warn(f"--fail-on-worse: not surely worse, but {could_be(found)}\n")
    return int(found.is_worse)


def _sources(inputs: Sequence[str], reading: Sides) -> "list[Source]":
    """Return where each input is, and how it is read. Raises UsageError for what can't be."""
    maps = reading.map_before, reading.map_after
    if inputs.count(STANDARD_INPUT) > 1:
        hint = "Name a file for one of the two."
        raise UsageError(Problem("standard input can be read only once", hint=hint))
    if any(maps) and len(inputs) != len(maps):
        what = "--map-before and --map-after are for two inputs"
        raise UsageError(Problem(what, hint="Give one mapping for all: --map FILE."))
    if not any(maps):
        return [reading.source([path]) for path in inputs]
    return [reading.source([path], mapping) for path, mapping in zip(inputs, maps, strict=True)]


def _check_period(name: str, by: Sequence[str]) -> None:
    """Raise UsageError unless one input is divided by one period."""
    from winwinwin.stats.dimensions import DATE_PARTS

    if not by:
        hint = "Name another one, or divide it: --by day, week or month."
        raise UsageError(Problem(f"{quoted(name)} has nothing to be compared with", hint=hint))
    for word in by:
        if word not in DATE_PARTS:
            what = f"--by: {quoted(word)} is not a period, and one input is compared over time"
            hint = f"To set groups side by side: winwinwin batch {name} --by {word}"
            raise UsageError(Problem(what, ", ".join(DATE_PARTS), nearest(word, DATE_PARTS), hint))
    if len(by) > 1:
        raise UsageError(Problem("--by: one input is divided by one period", ", ".join(DATE_PARTS)))


def _two(named: "Sequence[tuple[str, Tally]]", by: Sequence[str], stamp: "Stamp") -> "Told":
    from winwinwin.pages.comparison import page
    from winwinwin.stats.comparison import compare as compared

    del by  # the tallies have it
    (before, earlier), (after, later) = named
    found = compared(earlier, later)
    return found, page(found, before, after, stamp)


def _several(named: "Sequence[tuple[str, Tally]]", by: Sequence[str], stamp: "Stamp") -> "Told":
    from winwinwin.pages.periods import Read, page
    from winwinwin.stats.over_time import of_one, of_runs

    names, tallies = zip(*named, strict=True)
    is_one = len(named) == 1
    found = of_one(tallies[0], by[0]) if is_one else of_runs(names, tallies)
    return found, page(found, Read(named, by[0] if is_one else None), stamp)


def _html(found: "Comparison | Periods", page: "Page", stamp: "Stamp") -> str:
    from winwinwin.report.comparison import page as made  # two seconds of imports

    return made(found, page, stamp)
